"""Numbers that somebody puts somewhere or counts are that one's claims."""

from collections.abc import Callable

import pytest

WhoSaid = Callable[..., list[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Governor Ida Lind earlier put the number of dead at 31.", ("Governor Ida Lind", "earlier put", "the number of dead at 31")),
        (
            "Norland's foreign ministry puts the number of arrivals at 132,360.",
            ("Norland's foreign ministry", "puts", "the number of arrivals at 132,360"),
        ),
        ("The union had estimated the crowd at 2.8 million.", ("The union", "had estimated", "the crowd at 2.8 million")),
        ("Police counted 81,000 marchers.", ("Police", "counted", "81,000 marchers")),
        ("A human rights commission counted four dead.", ("A human rights commission", "counted", "four dead")),
    ],
)
def test_a_number_belongs_to_who_gives_it(who_said: WhoSaid, text: str, expected: tuple[str, str, str]) -> None:
    """ "Put the toll at 12" and "counted 12 dead" attribute as "said" does."""
    assert who_said(text) == [expected]


@pytest.mark.parametrize("text", ["The storm put 300 people at risk.", "The crew put the boat at anchor.", "She counted on her brother."])
def test_other_uses_of_the_verbs_report_nothing(who_said: WhoSaid, text: str) -> None:
    """Without a number that something is said to have there is no claim."""
    assert who_said(text) == []


def test_an_ordered_thing_is_held_whole(who_said: WhoSaid) -> None:
    """The infinitive belongs to the order wherever the parse hangs it."""
    ((_, _, content),) = who_said("Officials told residents to expect more flooding.")
    assert content == "residents to expect more flooding"


@pytest.mark.parametrize("text", ["A clerk asked not to be named.", "The aide spoke on condition of anonymity."])
def test_terms_of_speaking_are_no_claim(who_said: WhoSaid, text: str) -> None:
    """On what terms somebody spoke puts nothing forward."""
    assert who_said(text) == []


def test_headline_ends_with_its_speaker(who_said: WhoSaid) -> None:
    """A body behind a dash speaks, and a capital right behind one; a paper's name and a place do not."""
    assert who_said("Norland jets down 12 drones overnight - Defense Ministry", role="headline")[0][0] == "Defense Ministry"
    assert who_said("Norland attack in Pakistan kills two children -Islamabad", role="headline")[0][0] == "Islamabad"
    assert who_said("Two children killed in the harbour - BBC News", role="headline") == []


def test_a_sentence_opens_with_its_speaker(who_said: WhoSaid) -> None:
    """A live report's "Officials: ..." attributes inside a paragraph, too."""
    assert who_said("The fire has grown. Officials: 12 firefighters were hurt.")[-1] == ("Officials", ":", "12 firefighters were hurt")
