"""Marking: words as numbers by which rows of a ledger find each other."""

from reportedly.model import digest

_BITS = 15  # hexadecimal digits of a mark: below 2^60, so that any database's integers hold it


def mark(*words: str) -> int:
    """A number for some words in their order, the same on every machine; others have it once in 10^18."""
    return int(digest("\x1f".join(words).encode("utf-8", "surrogatepass"))[:_BITS], 16)
