"""Articles to claims: attribution, speakers, stance, figures, times, acts."""

from reportedly.extract.extractor import ClaimExtractor

__all__ = ["ClaimExtractor"]
