"""Whom a relay cites is the speaker, the relay an outer level."""

from collections.abc import Callable

import pytest

from reportedly.extract.parse.parsed import Attribution

Attribute = Callable[..., list[Attribution]]


def levels(found: Attribution) -> tuple[list[str], list[str]]:
    """The words of a source and of the sources around it."""
    return [span.text for span in found.source], [span.text for level in found.outer for span in level.source]


@pytest.mark.parametrize(
    ("text", "source", "relays"),
    [
        ("State television reported 20 dead, citing a military source.", "a military source", ["State television"]),
        (
            "At least 20 miners were killed on Sunday, state television NTB reported, citing a military source.",
            "a military source",
            ["state television NTB"],
        ),
        ("Xinhua, citing local hospital sources, reported that 11 soldiers had been wounded.", "local hospital sources", ["Xinhua"]),
        ("The Norland News Agency said the dam had burst, quoting Mayor Ida Lind.", "Mayor Ida Lind", ["The Norland News Agency"]),
    ],
)
def test_whom_a_relay_cites_speaks(attribute: Attribute, text: str, source: str, relays: list[str]) -> None:
    """ "X reported A, citing Y" is one claim of Y's through X, and "citing Y" puts nothing forward."""
    found = [a for a in attribute(text) if a.form != "narration"]
    assert [levels(a) for a in found] == [([source], relays)]


def test_a_body_that_cites_speaks_for_itself(attribute: Attribute) -> None:
    """A ministry that cites somebody is no relay."""
    found = attribute("The defence ministry said that 11 soldiers had been wounded, citing hospital officials.")
    assert "The defence ministry" in [words for a in found for words in levels(a)[0]]


def test_what_is_cited_and_cannot_speak_is_no_source(attribute: Attribute) -> None:
    """ "Citing security concerns" names nobody."""
    found = attribute("State television reported 20 dead, citing security concerns.")
    assert all("security concerns" not in levels(a)[0] for a in found)


def test_local_media_behind_an_official_tally_are_its_relay(attribute: Attribute) -> None:
    """ "The media reported A, according to the tally" is the tally's word; "officials said A, according to Z" stays the officials'."""
    (told,) = attribute("Local media reported that 58 hikers were stranded, according to a provincial rescue log.")
    (kept,) = attribute("Local officials in the Varde district said the dead were two girls, according to the broadcaster NRK.")
    assert levels(told) == (["a provincial rescue log"], ["Local media"])
    assert levels(kept) == (["Local officials in the Varde district"], ["the broadcaster NRK"])
