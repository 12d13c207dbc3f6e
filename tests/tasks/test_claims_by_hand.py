"""Claims that people find: where their words stand, what is typed of them, and the translation wherever the claim goes."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.api import Correction, Desk, Question
from reportedly.brief import render_brief
from reportedly.errors import BadJudgementError
from reportedly.model import Claim, Filters, Interval
from reportedly.query.counting import find_claims
from reportedly.query.facets import Wanted
from reportedly.tasks.claims_by_hand import (
    Addition,
    Quoted,
    TypedAct,
    TypedFigure,
    act_choices,
    add_claim,
    figure_row,
    find_words,
    number_of,
    qualifier_for,
)
from reportedly.tasks.handover import brief_file, export, infobox, verify_brief

FOREIGN = """Ferge sank i Vestfjorden: 26 omkom

Bodø, 18. november 2024. Fergen Skarvik sank tirsdag. 26 mennesker omkom, sa politiet i Nordland mandag.

Fem passasjerer er savnet, opplyste kystvakten.
"""
STORY = "Ferge sank"


@pytest.fixture
def desk(ledger: Path, tmp_path: Path) -> Iterator[Desk]:
    """The examples, and a page in another language."""
    page = tmp_path / "ferge.txt"
    page.write_text(FOREIGN, encoding="utf-8")
    page.with_name("ferge.meta.json").write_text('{"publisher": "Nordlys", "published": "2024-11-18"}', encoding="utf-8")
    with Desk(ledger) as opened:
        opened.add([page])
        yield opened


def document(desk: Desk) -> str:
    return next(d.id for d in desk.holdings().documents.values() if d.name.endswith("ferge.txt"))


def add(desk: Desk) -> Claim:
    """The police's toll, translated."""
    toll = TypedFigure(words="26 mennesker", measure="killed", low="26", high="26", counted="people")
    made = add_claim(
        desk,
        document(desk),
        Addition(
            content=Quoted(words="26 mennesker omkom"),
            source=Quoted(words="politiet i Nordland"),
            cue=Quoted(words="sa"),
            speakers=("Nordland police",),
            said=Interval(first="2024-11-18", last="2024-11-18"),
            figures=(toll,),
            translation="26 people\n died",
            by="Ines",
        ),
    )
    return desk.show(made.targets[0]).claim


def test_a_claim_is_added_with_all_that_is_typed(desk: Desk) -> None:
    """Spans are those of the page, the cue the one nearest the claim; the number enters a series and the translation says whose it is."""
    claim = add(desk)
    text = desk.store.holdings_of([document(desk)]).text_of(document(desk))
    for span in (*claim.content, *claim.source, *claim.cue, claim.figures[0].span):
        assert text[span.start : span.end] == span.text
    assert claim.cue[0].start == text.index(", sa ") + 2
    assert (claim.form, claim.via, claim.part) == ("indirect", ("Nordlys",), "body")
    assert claim.translation is not None
    assert (claim.translation.text, claim.translation.by, claim.translation.language) == ("26 people died", "Ines", "en")
    series = next(s for s in desk.figures(Question(filters=Filters(story=STORY))) if s.measure == "killed")
    assert (series.low, series.high) == (Decimal(26), Decimal(26))


def test_the_translation_goes_wherever_the_claim_does(desk: Desk, tmp_path: Path) -> None:
    """Brief in every form, tables, linked data, wikitext, FollowTheMoney, and another ledger by a bundle; the brief still verifies."""
    pytest.importorskip("docx")
    add(desk)
    question = Question(filters=Filters(story=STORY))
    brief = desk.brief(question)
    for form in ("md", "html", "json"):
        words = render_brief(brief, form)
        assert "26 people died" in words, form
        assert "Ines" in words, form
    assert brief_file(brief, "docx")[:2] == b"PK"
    row = next(r for r in csv.DictReader(io.StringIO(export(desk, question, "csv")["claims.csv"].decode())) if r["translation"])
    assert (row["translation"], row["translated_by"], row["translation_language"]) == ("26 people died", "Ines", "en")
    graph = json.loads(next(iter(export(desk, question, "jsonld").values())))["@graph"]
    told = next(node["workTranslation"] for node in graph if "workTranslation" in node)
    assert (told["text"], told["inLanguage"], told["translator"]["name"]) == ("26 people died", "en", "Ines")
    assert "|trans-quote=26 people died (translated by Ines)" in infobox(desk, question)
    assert b"26 people died (translated by Ines)" in next(iter(export(desk, question, "ftm").values()))
    bundle = tmp_path / "b.bundle"
    bundle.write_bytes(next(iter(export(desk, Question(), "bundle").values())))
    page = tmp_path / "brief.html"
    page.write_text(render_brief(brief, "html"), encoding="utf-8")
    assert {row.verdict for row in verify_brief(page, bundle)} == {"holds"}


def test_a_judgement_of_another_face_names_the_translator_too(desk: Desk) -> None:
    """Whoever amends a claim by a translation is its translator, unless they name somebody; one without words is refused."""
    claim = desk.claims(Question(filters=Filters(measure="killed")))[0].claim.id

    def amend(**translation: str) -> None:
        desk.judge(Correction(kind="amend", targets=(claim,), by="Bo", reason="", changes={"translation": translation}))

    amend(text="Vier Tote", language="de")
    first = desk.show(claim).claim.translation
    amend(text="Quatre morts", language="fr", by="Ines")
    second = desk.show(claim).claim.translation
    assert first is not None
    assert second is not None
    assert (first.by, second.by) == ("Bo", "Ines")
    with pytest.raises(BadJudgementError, match="needs words"):
        amend(text=" ")


def test_what_nobody_says_is_the_outlets_own_voice(desk: Desk) -> None:
    """Without a speaker and a source the outlet speaks, no later than it published; the claim needs no translation."""
    made = add_claim(desk, document(desk), Addition(content=Quoted(words="Fergen Skarvik\nsank tirsdag"), by="Ines"))
    claim = desk.show(made.targets[0]).claim
    assert (claim.form, claim.speakers, claim.translation) == ("narration", ("Nordlys",), None)
    assert claim.said is not None
    assert (claim.said.first, claim.said.last, claim.said.basis) == (None, "2024-11-18", "published")


@pytest.mark.parametrize(
    ("addition", "why"),
    [
        (Addition(content=Quoted(words="27 mennesker"), by="I"), "do not stand in this text"),
        (Addition(content=Quoted(words="26"), by="I"), "stand 2 times"),
        (Addition(content=Quoted(words=" "), by="I"), "needs words"),
        (Addition(content=Quoted(words="Fem passasjerer"), figures=(TypedFigure(words="Fem", low="x"),), by="I"), "is no number"),
        (Addition(content=Quoted(words="Fem passasjerer"), figures=(TypedFigure(words="Fem", low="7", high="5"),), by="I"), "more than"),
        (Addition(content=Quoted(words="Fem passasjerer"), figures=(TypedFigure(words="seks"),), by="I"), "do not stand"),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, addition: Addition, why: str) -> None:
    """With the reason, and nothing is stored."""
    with pytest.raises(BadJudgementError, match=why):
        add_claim(desk, document(desk), addition)
    assert not desk.holdings().judgements


WORDS = st.lists(st.text("ab.(é😀", min_size=1, max_size=3), min_size=1, max_size=5)


@given(before=WORDS, chosen=WORDS, after=WORDS, gap=st.sampled_from([" ", "\n", "\r\n", "  \t"]), typed=st.sampled_from([" ", "\n", "   "]))
def test_selected_words_are_found_whatever_the_blanks(before: list[str], chosen: list[str], after: list[str], gap: str, typed: str) -> None:
    """A selection at its place is found there, though the browser gives other blanks than the text has."""
    text = gap.join([*before, *chosen, *after])
    at = len(gap.join(before)) + len(gap)
    start, end = find_words(text, Quoted(words=typed.join(chosen), at=at))
    assert (start, text[start:end]) == (at, gap.join(chosen))


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", ""]))
def test_numbers_are_typed_with_any_sign_between_thousands(number: int, sign: str) -> None:
    """`1,234`, `1 234` and `1234` are one number; nothing typed is not known."""
    assert number_of(f"{number:,}".replace(",", sign)) == number
    assert number_of("") is None


def test_bounds_say_how_words_bound_a_number() -> None:
    """A wish that fits stands, one that does not gives way."""
    five, six = Decimal(5), Decimal(6)
    given = [(five, five, "about"), (five, None, None), (None, five, "fewer_than"), (five, six, "exact"), (None, None, "exact")]
    assert [qualifier_for(*row) for row in given] == ["about", "at_least", "fewer_than", "range", "vague"]  # type: ignore[arg-type]
    assert figure_row("some 5 or more", TypedFigure(words="5", low="5"), 0)["qualifier"] == "at_least"


def test_search_finds_the_words_of_a_translation(desk: Desk) -> None:
    """Words that stand on no page, but in what a person made of it, lead to the claim; its own words do so still."""
    claim = add(desk)
    for words in ("26 people died", "DIED 26", "mennesker omkom"):
        assert claim.id in [found.stored.claim.id for found in find_claims(desk.library, Wanted(words=words)).claims]
        assert claim.id in [
            found.stored.claim.id for found in find_claims(desk.library, Wanted(words=words, chosen={"form": "indirect"})).claims
        ]


def sinking(desk: Desk, **act: str) -> Claim:
    """The sinking, with an act."""
    addition = Addition(
        content=Quoted(words="Fergen Skarvik sank tirsdag"),
        speakers=("Nordland police",),
        translation="The ferry Skarvik sank on Tuesday",
        act=TypedAct(**{"act": "capture", "agent": "Norway", **act}),  # type: ignore[arg-type] # words alone
        by="Ines",
    )
    return desk.show(add_claim(desk, document(desk), addition).targets[0]).claim


def test_an_added_claim_with_an_act_enters_the_statements(desk: Desk) -> None:
    """What a person says is done makes a statement in the claim's own words, put forward by its speaker."""
    assert "capture" in act_choices()
    claim = sinking(desk, words="sank", patient="Skarvik")
    assert [(act.act, act.span.text, act.agent, act.patient) for act in claim.acts] == [("capture", "sank", "Norway", "Skarvik")]
    told = [row for row in desk.statements(Question()) if any(position.claim == claim.id for position in row.positions)]
    assert [row.principals for row in told] == [("Nordland",)]


@pytest.mark.parametrize(("field", "words", "why"), [("act", "sing-along", "is no act"), ("words", "omkom", "do not stand in the claim")])
def test_an_act_that_does_not_fit_is_refused(desk: Desk, field: str, words: str, why: str) -> None:
    """An act that no table knows, or whose words stand elsewhere, stores nothing."""
    with pytest.raises(BadJudgementError, match=why):
        sinking(desk, **{"act": "capture", field: words})
    assert not desk.holdings().judgements
