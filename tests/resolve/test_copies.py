from typing import Any

import pytest

from reportedly.resolve.copies import find_copies, superseding
from reportedly.resolve.reports import gather_reports

WIRE = (
    "The river rose by two metres in one night, the water board said on Monday. Crews moved forty families out of the low streets "
    "near the old mill before dawn. Nobody was hurt, a spokesman for the town told reporters. Schools stay closed until the end of "
    "the week, and trains go no further than the junction. The bridge, built in the last century, is shut to lorries."
)
OTHER = (
    "A committee of the upper house will hear three professors about the new tariff on Thursday. The chairwoman wants a vote before "
    "the summer recess. Importers have asked for a longer period of grace, while two unions back the bill as it stands now."
)
ADDED = " Late in the evening the board lowered its warning by one step, and the first families went home again with their pets."


def links(desk: Any) -> list[tuple[str, bool]]:
    return [(link.kind, link.containment > 0.9) for link in find_copies(gather_reports(desk.holdings()))]


def test_one_text_by_two_outlets_is_a_copy(desk: Any) -> None:
    """The same words under another name are a copy."""
    desk.article(WIRE, outlet="Fjord Times", day="2021-03-01")
    desk.article(WIRE, outlet="Coast Herald", day="2021-03-01")
    assert links(desk) == [("copy", True)]


def test_a_text_inside_a_longer_one_is_partial(desk: Any) -> None:
    """An article that holds another's text among much else repeats it in part."""
    desk.article(WIRE, outlet="Fjord Times", day="2021-03-01")
    desk.article(WIRE + " " + OTHER + ADDED + ADDED[::-1], outlet="Coast Herald", day="2021-03-01")
    assert [kind for kind, _ in links(desk)] == ["partial"]


def test_a_later_near_duplicate_of_one_outlet_is_a_version(desk: Any) -> None:
    """The same outlet's later page supersedes the earlier one."""
    first = desk.article(WIRE, outlet="Fjord Times", day="2021-03-01")
    second = desk.article(WIRE.replace("forty", "sixty") + ADDED, outlet="Fjord Times", day="2021-03-02")
    reports = gather_reports(desk.holdings())
    (link,) = find_copies(reports)
    assert link.kind == "version"
    assert superseding([link], reports) == {(first, 0): (second, 0)}


def test_a_version_needs_a_known_order(desk: Any) -> None:
    """Without dates the outlet's two pages are copies, none supersedes the other."""
    desk.article(WIRE, outlet="Fjord Times", day=None)
    desk.article(WIRE + ADDED, outlet="Fjord Times", day=None)
    assert [kind for kind, _ in links(desk)] == ["copy"]


@pytest.mark.parametrize("kind", ["article", "teaser"])
def test_different_texts_and_teasers_are_none(desk: Any, kind: str) -> None:
    """Texts with nothing in common are no copies, and teasers are not compared."""
    desk.article(WIRE, outlet="Fjord Times", day="2021-03-01", kind=kind)
    desk.article(OTHER if kind == "article" else WIRE, outlet="Coast Herald", day="2021-03-01")
    assert links(desk) == []
