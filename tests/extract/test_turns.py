"""Turns of transcripts: whose word each is, and who is quoted in one."""

from collections.abc import Callable

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Claim, Passage

LABELS = {
    "capitals": ("IDA HOLM, HOST", "LARS DAHL, BYLINE", "HOLM", "DAHL"),
    "on a line of their own": ("Ida Holm", "Lars Dahl", "Ida Holm", "Lars Dahl"),
    "with titles": ("MS. HOLM", "LARS DAHL (correspondent)", "MS. HOLM", "MR. DAHL"),
}


def article_of(text: str, outlet: str | None = None) -> Article:
    """An article whose one passage is all of a text."""
    return Article(document="t", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), outlet=outlet)


@pytest.fixture(scope="module")
def claims() -> Callable[..., list[Claim]]:
    """The claims of a text by rules, narration left out."""
    extractor = ClaimExtractor(model="rules")

    def read(text: str, outlet: str | None = None) -> list[Claim]:
        (extraction,) = extractor.extract(text, [article_of(text, outlet)])
        return [claim for claim in extraction.claims if claim.form != "narration"]

    return read


@pytest.mark.parametrize("style", LABELS)
def test_labels_are_no_words_of_their_paragraphs(style: str) -> None:
    """The name before the colon, and what stands in brackets behind it, is kept beside the paragraph and not parsed."""
    one, other, again, last = LABELS[style]
    text = f"{one}:\nThe dam is holding.\n{other}:\n(Through an interpreter) We counted 40 sheep.\n{again}:\nHow many?\n{last}:\nForty."
    passages = parse(text, article_of(text)).passages
    assert [p.doc.text for p in passages] == ["The dam is holding.", "We counted 40 sheep.", "How many?", "Forty."]
    assert [p.turn.name.split()[-1] for p in passages if p.turn] == ["Holm", "Dahl", "Holm", "Dahl"]


def test_a_short_label_has_the_full_name_of_another() -> None:
    """The label "HOLM:" is Ida Holm, and a paragraph without a label goes on with the turn before."""
    text = "IDA HOLM, HOST: Good evening to all.\nLARS DAHL: The dam holds.\nHOLM: And the bridge?\nIt was closed at noon."
    passages = parse(text, article_of(text)).passages
    assert [(p.turn.name, p.turn.crew) for p in passages if p.turn] == [
        ("Ida Holm", True),
        ("Lars Dahl", False),
        ("Ida Holm", True),
        ("Ida Holm", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "OSLO: The dam holds.\nBERGEN: The bridge is shut.\nPARIS: Trains stood.",
        "UPDATE: The dam holds.\nPHOTO: The bridge.\nTHE FACTS: It was built in 1950.",
        "Minister: No more cuts.\nThe dam holds.\nHOLM: We said so.",
    ],
)
def test_other_labels_make_no_transcript(text: str) -> None:
    """Datelines, labels of sections and a single speaker's label are no turns."""
    assert all(p.turn is None for p in parse(text, article_of(text)).passages)


def test_a_section_ends_a_turn() -> None:
    """What a fact check holds against a quotation is not the quoted one's."""
    text = "HOLM: The dam is new.\nTHE FACTS: It was built in 1950.\nThe council says so.\nDAHL: It leaks.\nHOLM: It does not leak at all."
    assert [p.turn.name if p.turn else None for p in parse(text, article_of(text)).passages] == ["Holm", None, None, "Dahl", "Holm"]


def test_who_is_quoted_in_a_turn_speaks_through_its_speaker(claims: Callable[..., list[Claim]]) -> None:
    """Others' words are theirs, relayed by whoever's turn it is; the rest of the turn is its speaker's, and questions are nobody's."""
    text = (
        "IDA HOLM, HOST: How is the dam tonight?\n"
        "LARS DAHL, BYLINE: The council says the dam is safe. I walked along it this morning.\n"
        "HOLM: And the people there?\n"
        "DAHL: I think they will leave by Friday."
    )
    found = {
        claim.content[0].text: (claim.speakers, claim.via, claim.form, claim.source[0].text, claim.stance)
        for claim in claims(text, "Fjord Radio")
    }
    assert found == {
        "the dam is safe": (("council",), ("Lars Dahl", "Fjord Radio"), "indirect", "The council", "asserts"),
        "I walked along it this morning": (("Lars Dahl",), ("Fjord Radio",), "direct", "LARS DAHL", "asserts"),
        "I think they will leave by Friday": (("Lars Dahl",), ("Fjord Radio",), "direct", "DAHL", "asserts"),
    }


def test_spans_of_turns_hold_their_words(claims: Callable[..., list[Claim]]) -> None:
    """The label's and the colon's places in the document carry the words given with them, also from a later paragraph."""
    text = (
        "LARS DAHL: The dam holds for now.\nThe bridge was closed at noon.\nIDA HOLM: Thank you.\n"
        "UNIDENTIFIED WOMAN: We saw the water rise."
    )
    found = claims(text)
    spans = [span for claim in found for span in (*claim.content, *claim.cue, *claim.source)]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert [(claim.speakers, claim.source[0].text) for claim in found] == [
        (("Lars Dahl",), "LARS DAHL"),
        (("Lars Dahl",), "LARS DAHL"),
        (("unidentified woman",), "UNIDENTIFIED WOMAN"),
    ]
