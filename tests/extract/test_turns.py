"""Turns of transcripts: whose word each is, and who is quoted in one."""

from collections.abc import Callable

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.extract.parse.parsing import parse
from reportedly.extract.parse.turns import Turn, _full_names
from reportedly.model import Article, Claim, Passage, Span

AT = Span(start=0, end=1, text="H")

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
        "TO: All staff\nFROM: The director\nDATE: 4 March\nSUBJECT: The dam\nThe dam holds, the council said.",
        "BONDS: Yields rose.\nOIL: Crude fell, the bank said.\nGOLD: Bullion stood.",
        "Cooking Time:\nAn hour\nMain Ingredients:\nFlour\nFor The Sauce:\nCream",
        "LAGOS: The dam holds.\nGOMA: The bridge is shut.\nLAGOS: Trains stood.\nKARACHI: It rained.",
        "IDA HOLM: I came at noon.\nHOLM: The dam leaks.\nHOLM: It will fall.",
        "FJORD FC: Dahl scored.\nNORDBY: Berg was sent off.\nFJORD FC: The coach was ill.",
        "Wind Power: It is cheap.\nTidal Power: It is dear.\nWind Power: What of the birds?",
        "Ida Holm: The US won.\nRosa Dahl: The US lost.\nIda Holm: What of Norway?\nRosa Dahl: The US left.",
        "Dear Editor: Why is the dam shut?\nIn Brief: Two men fell ill.\nDear Editor: We want it open.",
        "Breaking News: Who shook us all?\nTop Story: The dam leaks, we hear.\nBreaking News: Rain fell on my town.",
    ],
)
def test_other_labels_make_no_transcript(text: str) -> None:
    """Datelines, labels of sections, of single lines and of a single speaker are no turns."""
    assert all(p.turn is None for p in parse(text, article_of(text)).passages)


def test_a_title_is_no_part_of_a_full_name() -> None:
    """A label with a title has the full name of another, also where that is the shorter one."""
    text = "MS. LI: The dam holds.\nBO LI: It leaks.\nIDA HOLM: It does not, I hear.\nMS. LI: It will."
    assert [p.turn.name for p in parse(text, article_of(text)).passages if p.turn] == ["Bo Li", "Bo Li", "Ida Holm", "Bo Li"]


def test_many_labels_take_as_long_as_their_number() -> None:
    """Each label is compared with those of its surname, and with no others."""
    text = "".join(f"H{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}: No.\n" for n in range(4_000)) + "HAAA: No."
    asked = 0

    class Counted(str):
        __slots__ = ()

        def casefold(self) -> str:
            nonlocal asked
            asked += 1
            return super().casefold()

    labels = [Turn(label=AT, colon=AT, name=Counted(line.partition(":")[0]), role="", crew=False) for line in text.split("\n")]
    assert len(_full_names(labels)) == 4_000
    assert asked < 10 * len(labels)


def test_a_section_ends_a_turn() -> None:
    """What a fact check holds against a quotation is not the quoted one's."""
    text = "HOLM: The dam is new.\nTHE FACTS: It was built in 1950.\nThe council says so.\nDAHL: You see it leak.\nHOLM: It does not."
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


def test_labels_of_sections_and_days_say_nothing(claims: Callable[..., list[Claim]]) -> None:
    """What stands behind the label of a section or a day of the week is not said by the label."""
    text = "THE FACTS: The council counted 120 sheep.\nVERDICT: The dam was built in 1950.\nMONDAY: Rain fell in the north.\nHOLM: It held."
    assert [claim.speakers for claim in claims(text)] == [("council",), ("HOLM",)]


def test_a_short_turn_with_a_number_is_its_speakers(claims: Callable[..., list[Claim]]) -> None:
    """Few words put something forward where they hold a number; thanks put nothing forward."""
    text = "IDA HOLM, HOST: Who came?\nKARI MOE: We counted 12 families.\nHOLM: Thank you both.\nMOE: Forty left."
    found = claims(text, "Fjord Radio")
    assert [(claim.content[0].text, claim.speakers) for claim in found] == [
        ("We counted 12 families", ("Kari Moe",)),
        ("Forty left", ("Kari Moe",)),
    ]


def test_who_was_quoted_before_speaks_in_a_turn_through_nobody(claims: Callable[..., list[Claim]]) -> None:
    """Somebody whom a reporter quoted and who then speaks is heard at first hand, and relays whom he quotes alone."""
    text = (
        "IDA HOLM, HOST: Lars Dahl joins us now.\n"
        'LARS DAHL, BYLINE: "We were told to leave at noon," said Kari Moe, a teacher.\n'
        "HOLM: How many have left?\n"
        "MOE: We counted 12 families. My sister said the road is shut."
    )
    found = {claim.content[0].text: (claim.speakers, claim.via) for claim in claims(text, "Fjord Radio")}
    assert found['"We were told to leave at noon,"'] == (("Kari Moe",), ("Lars Dahl", "Fjord Radio"))
    assert found["We counted 12 families"] == (("Kari Moe",), ("Fjord Radio",))
    assert found["the road is shut"] == (("sister",), ("Kari Moe", "Fjord Radio"))
