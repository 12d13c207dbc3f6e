import datetime as dt
from typing import Any

from reportedly.model import CopyLink
from reportedly.reconcile import find_changes

MONDAY, FRIDAY = dt.date(2025, 3, 3), dt.date(2025, 3, 7)


def changes(newsroom: Any) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.before, change.after) for change in find_changes(newsroom.holdings(), MONDAY, FRIDAY, "widest")]


def count(newsroom: Any, by: str, day: str, words: str, bounds: tuple[int, int | None]) -> str:
    page = newsroom.report(f"{by}-{day}-{words}", published=day)
    qualifier = "exact" if bounds[1] is not None else "more_than"
    claim: str = newsroom.claim(
        page, f"It has {words} dead", by=by, said=day, figures=[newsroom.figure(words, *bounds, qualifier=qualifier)]
    )
    return claim


def test_figures_are_new_revised_or_restated(newsroom: Any) -> None:
    """A ministry raises its count and repeats a floor, a hospital gives its first; what was known before is no change."""
    count(newsroom, "Ministry", "2025-03-02", "40", (40, 40))
    count(newsroom, "Ministry", "2025-03-04", "52", (52, 52))
    count(newsroom, "Hospital", "2025-03-05", "30", (30, 30))
    count(newsroom, "Ministry", "2025-03-06", "over 40", (40, None))
    assert changes(newsroom) == [("revision", "40", "52"), ("new figure", None, "30"), ("restatement", "52", "over 40")]


def test_a_principal_takes_a_position_and_turns(newsroom: Any) -> None:
    """A silence broken is a new position, a denial given up a reversal."""
    page = newsroom.report("page", published="2025-03-07")
    members = {
        newsroom.claim(page, "No comment", by="Army", said="2025-03-01", stance="declines"): "open",
        newsroom.claim(page, "Never", by="Palace", said="2025-03-02", stance="denies"): "denies",
        newsroom.claim(page, "We fired", by="Army", said="2025-03-05"): "supports",
        newsroom.claim(page, "It was us", by="Palace", said="2025-03-06"): "supports",
    }
    newsroom.statement("They fired", members)
    assert changes(newsroom) == [("new position", "No comment", "We fired"), ("reversal", "Never", "It was us")]


def test_a_rewritten_page_is_listed(newsroom: Any) -> None:
    """A later version of the same outlet, published between the two days."""
    old = newsroom.report("old.txt", published="2025-03-02")
    new = newsroom.report("new.txt", published="2025-03-05", title="Bridge falls")
    for page in (old, new):
        newsroom.claim(page, "The bridge fell", by="Mayor", said="2025-03-02")
    newsroom.more = {"copies": (CopyLink(first=(old, 0), second=(new, 0), kind="version", containment=1.0, evidence="same words"),)}
    assert changes(newsroom) == [("edited page", "old.txt (2025-03-02)", "new.txt (2025-03-05)")]
