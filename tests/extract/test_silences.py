"""Answers that were not given, speakers set against each other, and phrases that tell only whom somebody cites."""

from collections.abc import Callable

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.model import Article, Claim

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="module")
def claims(make_article: MakeArticle) -> Callable[[str], list[Claim]]:
    """The attributed claims of a text by rules."""
    extractor = ClaimExtractor(model="rules")

    def read(text: str) -> list[Claim]:
        (extraction,) = extractor.extract(text, [make_article(text)])
        return [claim for claim in extraction.claims if claim.form != "narration"]

    return read


@pytest.mark.parametrize(
    ("text", "speakers", "content"),
    [
        ("The Bergen Bank did not respond to a request for comment.", ("Bergen Bank",), "a request for comment"),
        ("Norway has yet to reply to the letter.", ("Norway",), "the letter"),
        ("Neither Norway nor Sweden answered questions about the pier.", ("Norway", "Sweden"), "questions about the pier"),
        ("Norway and Sweden did not return calls.", ("Norway", "Sweden"), "calls"),
    ],
)
def test_no_answer_is_a_refusal(claims: Callable[[str], list[Claim]], text: str, speakers: tuple[str, ...], content: str) -> None:
    """Whoever was asked and gave no answer declines, one by one where several were asked."""
    (claim,) = claims(text)
    assert (claim.speakers, claim.stance) == (speakers, "declines")
    assert [piece.text for piece in claim.content] == [content]


@pytest.mark.parametrize("text", ["The fire brigade responded to a call from the school.", "The goalkeeper did not return to the bench."])
def test_an_answer_or_another_deed_is_no_refusal(claims: Callable[[str], list[Claim]], text: str) -> None:
    """What was answered, and what is no answer, puts nothing forward."""
    assert claims(text) == []


@pytest.mark.parametrize("word", ["while", "though", "although", "whereas"])
def test_each_of_two_speakers_keeps_to_its_own_clause(claims: Callable[[str], list[Claim]], word: str) -> None:
    """What one says ends before the clause that sets the other against it."""
    found = claims(f"Norway said the pier was open, {word} Sweden said it was shut.")
    assert [(c.speakers, c.content[0].text) for c in found] == [(("Norway",), "the pier was open"), (("Sweden",), "it was shut")]


def test_a_contrast_inside_what_is_said_stays(claims: Callable[[str], list[Claim]]) -> None:
    """A clause of contrast in which nobody speaks is part of what is said."""
    (claim,) = claims("Norway said the pier was open, while the road was shut.")
    assert claim.content[0].text == "the pier was open, while the road was shut"


def test_whom_somebody_cites_is_no_claim(claims: Callable[[str], list[Claim]]) -> None:
    """ "Citing" with a bare name behind it puts nothing forward; what is said there stands."""
    found = claims("Amnesty International said nine people drowned, citing local officials.")
    assert [(c.speakers, c.content[0].text) for c in found] == [(("Amnesty International",), "nine people drowned")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Nine people drowned, his lawyer Ida Holm tweeted.", ("Ida Holm",)),
        ("Nine people drowned, the harbour's website Brygga reported.", ("Brygga",)),
    ],
)
def test_a_description_before_a_name_is_part_of_the_source(
    claims: Callable[[str], list[Claim]], text: str, speakers: tuple[str, ...]
) -> None:
    """A cue at the end of a sentence reports it though the parse took the speaker's description and name for two subjects."""
    (claim,) = claims(text)
    assert (claim.speakers, claim.content[0].text) == (speakers, "Nine people drowned")
