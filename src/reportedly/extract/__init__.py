"""Articles to claims: attribution, speakers, stance, figures, times, acts."""

from reportedly.extract.extractor import RuleExtractor

__all__ = ["RuleExtractor"]
