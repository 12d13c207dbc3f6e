"""Circumstances that one sentence tells once of several counts; every sentence is the project's own."""

from collections.abc import Callable

import pytest

from reportedly.extract.acts.joined_statements import lend_between
from reportedly.model import Claim

Claims = Callable[[str], list[Claim]]


def days(claim: Claim) -> tuple[str | None, str | None]:
    happened = claim.happened
    return (None, None) if happened is None else (happened.first, happened.last)


def test_the_place_and_day_behind_the_last_count_are_those_of_all(claims: Claims) -> None:
    """`12 were killed and 30 wounded in a riot in Karachi on Monday` places and dates the killed, too."""
    told = claims("At least 12 inmates were killed and 30 wounded in a riot in Karachi on Monday, the prison service said.")
    assert [(claim.place, days(claim)) for claim in told] == [("Karachi", ("2024-03-04", "2024-03-04"))] * 2


def test_counts_with_places_of_their_own_keep_them(claims: Claims) -> None:
    """Two counts joined by `and` stay apart where each has a place."""
    told = claims("The police said 12 people were killed in Karachi and 30 were hurt in Lahore.")
    assert [figure.place or claim.place for claim in told for figure in claim.figures] == ["Karachi", "Lahore"]


def test_a_toll_is_where_its_sentence_puts_the_rest(claims: Claims) -> None:
    """A toll added behind the speaker is placed by what the same sentence tells before, and not by whose soldiers died."""
    told = claims("Rebels broke the truce in Donetsk nine times on Sunday, the army said, adding that two Polish soldiers were killed.")
    assert told[-1].place == "Donetsk"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("More than 60,000 people have been killed in the war and 12 died in Rafah on Monday, officials said.", None),
        ("About 200 people have been killed since January and 20 died in Goma on Monday, officials said.", "2024-01-01"),
    ],
)
def test_counts_with_circumstances_of_their_own_take_none(claims: Claims, text: str, first: str | None) -> None:
    """A war's toll is not that of the last day, however `and` joins the two."""
    assert (claims(text)[0].place, days(claims(text)[0])[0]) == (None, first)


@pytest.mark.parametrize(
    "text",
    [
        "The president met ministers in Geneva on Monday and said that 40 people had died.",
        "The ministry said talks would go on in Vienna, adding that 14 people had been killed this week.",
        "Rebels shelled Donetsk, the army said, adding that 300 Polish soldiers had been killed this month.",
        "A flood hit Karachi on Monday, the mayor said, adding that nationwide 300 people had died this year.",
        "Two people died in a fire and three were killed in a crash on Sunday in Oslo, police said.",
    ],
)
def test_a_toll_takes_no_place_of_another_matter(claims: Claims, text: str) -> None:
    """Where a speaker was, where talks are held and where another blow fell is not where the counted died."""
    toll = next(c for c in claims(text) if any(word in c.content[-1].text for word in ("300", "14", "40", "fire")))
    assert toll.place not in {"Geneva", "Vienna", "Donetsk", "Karachi", "Oslo"}


def test_a_deed_lends_no_place_to_another_deed(claims: Claims) -> None:
    """What counts no toll takes no place from its neighbour."""
    told = claims("The ministry said that 12 people were killed in Karachi and that it would buy 40 buses.")
    assert next(claim for claim in told if "buses" in claim.content[-1].text).place != "Karachi"


def test_lending_reaches_through_a_chain_both_ways() -> None:
    """Of three joined statements the only one with a value gives it to both others; statements that are not joined get nothing."""
    assert lend_between([(0, 1), (1, 2)], [None, None, "here", None]) == ["here", "here", "here", None]
    assert lend_between([(0, 1), (1, 2)], ["here", None, None, None]) == ["here", "here", "here", None]
    assert lend_between([(0, 1)], ["here", "there"]) == ["here", "there"]


def test_what_is_told_of_the_world_is_in_no_state(claims: Claims) -> None:
    """A count of so many countries takes no place from what the article is about."""
    text = "Norway closed its schools. In Norway, 40 people died of the flu. The flu has killed 900 people in 48 countries, it said."
    assert next(claim for claim in claims(text) if "900" in claim.content[-1].text).place is None


def test_a_deed_elsewhere_takes_no_day_from_the_article(claims: Claims) -> None:
    """The dead of another city did not die on the day of the article's strike."""
    told = claims("An air strike in Kabul killed 12 people on Monday. Some 60 people were killed in Herat, the army said.")
    assert days(told[-1]) == (None, None)


def test_a_year_told_in_the_perfect_ends_with_the_publication(claims: Claims) -> None:
    """`have died this year` reaches up to the article; `will close this year` to the year's end."""
    assert days(claims("Some 300 people have died in Karachi this year, officials said.")[0]) == ("2024-01-01", "2024-03-08")
    assert days(claims("The port of Karachi will close 40 offices this year, officials said.")[0])[1] == "2024-12-31"


def test_waters_that_are_crossed_are_places(claims: Claims) -> None:
    """Who dies crossing a channel dies there."""
    assert claims("Nine swimmers drowned when crossing the Irish Sea since May, the coast guard said.")[0].place == "Irish Sea"


def test_a_channel_that_is_sued_is_no_place(claims: Claims) -> None:
    """Only who crosses or reaches a channel or sea is there."""
    assert claims("Nine forecasters sued the Weather Channel, officials said.")[0].place is None


def test_a_state_that_is_entered_is_the_place(claims: Claims) -> None:
    """`have entered Lebanon` tells where those are who are counted."""
    assert claims("Some 90,000 people have entered Lebanon, a source said.")[0].place == "Lebanon"


def test_an_occasion_dates_what_befell(claims: Claims) -> None:
    """`died when a bus fell into a ravine on Sunday` died on Sunday; a later visit dates nothing."""
    told = claims("Eight people died and 40 were hurt when a bus fell into a ravine in Karachi on Sunday, police said.")
    assert [(claim.place, days(claim)) for claim in told] == [("Karachi", ("2024-03-03", "2024-03-03"))] * 2
