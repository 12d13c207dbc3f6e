import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Claim, Figure, Interval, Span, decimal_text, interval_text, parse_day, record_of, row_of

TEXT = "The harbour office said at least 47 boats sank."


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end, text=TEXT[start:end])


def claim(**changes: object) -> Claim:
    figure = Figure(span=span(24, 41), low=Decimal(47), high=None, qualifier="at_least", measure="destroyed", counted="boats")
    fields = {
        "document": "a.txt",
        "article": 0,
        "id": "c:1",
        "content": (span(24, 46),),
        "cue": (span(19, 23),),
        "source": (span(0, 18),),
        "speakers": ("Harbour office",),
        "figures": (figure,),
        "said": Interval(first=None, last="2025-10-24", basis="published"),
    }
    return Claim(**(fields | changes))  # type: ignore[arg-type]


def test_a_claim_survives_the_way_to_json_and_back() -> None:
    """`record_of` undoes `row_of`, through JSON text."""
    before = claim()
    assert record_of(Claim, json.loads(json.dumps(row_of(before)))) == before


def test_a_row_has_the_shapes_of_the_claim_record() -> None:
    """One span is an object, none is null, several are a list; bounds are strings or null; `from` and `to` name an interval's ends."""
    row = row_of(claim(source=(), content=(span(0, 3), span(4, 11))))
    assert row["source"] is None
    assert [piece["text"] for piece in row["content"]] == ["The", "harbour"]
    assert row["cue"] == {"start": 19, "end": 23, "text": "said"}
    assert (row["figures"][0]["low"], row["figures"][0]["high"], row["figures"][0]["text"]) == ("47", None, "at least 47 boats")
    assert (row["said"]["from"], row["said"]["to"], row["said"]["basis"]) == (None, "2025-10-24", "published")


def test_a_row_without_a_needed_field_is_refused() -> None:
    """A missing field without default is a ValueError that names the record."""
    with pytest.raises(ValueError, match="Claim"):
        record_of(Claim, {"document": "a.txt"})


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_decimals_print_plainly_and_read_back(number: Decimal) -> None:
    """No exponent, no trailing zeros after the point, and the same number."""
    words = decimal_text(number)
    assert "E" not in words
    assert Decimal(words) == number


@pytest.mark.parametrize(
    ("words", "last", "day"),
    [
        ("2024", False, "2024-01-01"),
        ("2024", True, "2024-12-31"),
        ("2024-02", True, "2024-02-29"),
        ("2025-10-24T09:30:00+09:00", True, "2025-10-24"),
    ],
)
def test_a_day_is_read_from_a_year_a_month_a_date_or_a_time(words: str, last: bool, day: str) -> None:  # noqa: FBT001 - a test's parameter
    """A year or a month stands for its first or last day."""
    assert parse_day(words, last=last).isoformat() == day


@pytest.mark.parametrize("words", ["", "tomorrow", "2025-13", "2025-02-30", "20251-01-01"])
def test_a_date_that_is_none_is_refused(words: str) -> None:
    """What is no date raises a ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        parse_day(words)


def test_intervals_read_as_words() -> None:
    """An open end says so, and no bound at all is undated."""
    assert interval_text(None) == "undated"
    assert interval_text(Interval(first="2024-01-01", last=None)) == "from 2024-01-01"
    assert interval_text(Interval(first=None, last="2025-10-24")) == "by 2025-10-24"
    assert interval_text(Interval(first="2025-01-01", last="2025-01-31")) == "2025-01-01 to 2025-01-31"


def test_open_intervals_meet() -> None:
    """An open end reaches all the way; closed ones must share a day."""
    january = Interval(first="2025-01-01", last="2025-01-31")
    assert january.meets(Interval(first="2025-01-31", last=None))
    assert not january.meets(Interval(first="2025-02-01", last=None))
    assert january.meets(Interval(first=None, last=None))
