"""Short forms for people: ids, intervals, numbers and the words of spans."""

from typing import Any

from reportedly.model import Row, parse_day

_SHORT = 8  # digits of an id that a table prints


def short(identifier: str | None) -> str:
    """An id with its first digits, enough to ask for it again."""
    if not identifier:
        return ""
    kind, _, digits = identifier.partition(":")
    return f"{kind}:{digits[:_SHORT]}"


def when(interval: Row | None) -> str:
    """An interval's days: `2024-11-12`, `2024-11`, `2024`, `2024-11-12 to 2024-11-14`, `by 2024-11-12`, `from 2024`, `undated`."""
    if not interval or (interval["from"] is None and interval["to"] is None):
        return "undated"
    first, last = (day and day[:10] for day in (interval["from"], interval["to"]))
    if first is None:
        return f"by {last}"
    if last is None:
        return f"from {first}"
    return _whole(first, last) or f"{first} to {last}"


def _whole(first: str, last: str) -> str | None:
    """The day, month or year that an interval is exactly; None where it is none."""
    for length in (10, 7, 4):
        words = first[:length]
        if (parse_day(words).isoformat(), parse_day(words, last=True).isoformat()) == (first, last):
            return words
    return None


def words(part: Any) -> str:  # noqa: ANN401 - one span, several, or none
    """The words of a claim's part, its pieces joined by an ellipsis, line breaks as blanks."""
    spans = part if isinstance(part, list) else [part] if part else []
    return " ".join(" … ".join(span["text"] for span in spans).split())


def number_text(number: str) -> str:
    """A decimal string with its thousands apart: `15,000`."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}"


def bounds_text(row: Row) -> str:
    """What is stated of a series' low and high: `15,000`, `4 to 16`, `10,000 or more`, `up to 24`, `no number`."""
    low, high = (number_text(row[end]) if row[end] is not None else None for end in ("low", "high"))
    if low is None:
        return "no number" if high is None else f"up to {high}"
    if high is None:
        return f"{low} or more"
    spread = low if low == high else f"{low} to {high}"
    return f"{spread}, open above" if row["open_high"] else spread
