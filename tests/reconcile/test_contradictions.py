from typing import Any

from reportedly.model import Clocks
from reportedly.reconcile import build_series, find_contradictions


def plain(*values: object) -> tuple[object, ...]:
    """Values side by side, so that a decimal may be compared with a whole number."""
    return values


def count(newsroom: Any, by: str, day: str, number: int, **more: Any) -> str:
    page = newsroom.report(f"{by}-{day}-{number}", published=day)
    figure = newsroom.figure(str(number), number, number, **more)
    claim: str = newsroom.claim(page, f"It counts {number}", by=by, said=day, figures=[figure])
    return claim


def test_a_half_that_exceeds_its_composite_contradicts_it(newsroom: Any) -> None:
    """900 killed and, by the same day, 700 killed or injured cannot both hold."""
    half = count(newsroom, "Army", "2025-03-01", 900)
    whole = count(newsroom, "Clinic", "2025-03-01", 700, measure="killed_or_injured")
    assert [(found.rule, found.claims) for found in find_contradictions(newsroom.holdings(), Clocks())] == [
        ("half within composite", (half, whole))
    ]


def test_a_later_half_may_exceed_an_older_composite(newsroom: Any) -> None:
    """The composite of March says nothing of September's dead."""
    count(newsroom, "Army", "2025-09-01", 900)
    count(newsroom, "Clinic", "2025-03-01", 700, measure="killed_or_injured")
    assert find_contradictions(newsroom.holdings(), Clocks()) == []


def test_a_toll_that_falls_is_shown(newsroom: Any) -> None:
    """Dead do not return: 60 on Monday and 52 on Tuesday cannot both hold; people missing may well be found."""
    first, second = count(newsroom, "Ministry", "2025-03-03", 60), count(newsroom, "Ministry", "2025-03-04", 52)
    for day, number in (("2025-03-03", 231), ("2025-03-04", 130)):
        count(newsroom, "Ministry", day, number, measure="missing")
    assert [(found.rule, found.claims) for found in find_contradictions(newsroom.holdings(), Clocks())] == [
        ("no less later", (first, second))
    ]


def test_a_part_bounds_its_total_from_below_and_a_composite_its_halves_from_above(newsroom: Any) -> None:
    """What follows from other series stands in columns of its own and never among the stated bounds."""
    count(newsroom, "Army", "2025-03-01", 100, measure="killed_or_injured")
    count(newsroom, "Army", "2025-03-01", 30)
    count(newsroom, "Clinic", "2025-03-01", 45, share="part")
    rows = {(row.measure, row.share): row for row in build_series(newsroom.holdings(), Clocks(), "widest")}
    total = rows["killed", "total"]
    assert plain(total.low, total.high, total.implied_low, total.implied_high) == (30, 30, 45, None)
    assert plain(rows["killed_or_injured", "total"].implied_low, rows["killed", "part"].implied_high) == (None, 30)
