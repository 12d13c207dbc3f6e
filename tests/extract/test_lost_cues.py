"""What the tagger lost of an attribution found again, and what is no part of one left out."""

from collections.abc import Callable

import pytest

from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, lay_out
from reportedly.extract.attribution.lost_cues import with_cue
from reportedly.extract.attribution.mending import mend
from reportedly.extract.attribution.quotations import find_quotations
from reportedly.extract.attribution.unspoken import spoken
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article

MakeArticle = Callable[..., Article]


@pytest.fixture
def mark(make_article: MakeArticle) -> Callable[..., tuple[Layout, Finding]]:
    """A paragraph with a finding of the first places of some words."""

    def place(text: str, source: str, cue: str, *content: str) -> tuple[Layout, Finding]:
        passages = parse(text, make_article(text)).passages

        def places(*words: str) -> tuple[Range, ...]:
            return tuple((text.index(w), text.index(w) + len(w)) for w in words if w)

        finding = Finding(head=0, cue=places(cue), source=places(source), content=places(*content))
        return lay_out(passages[0], find_quotations(passages)[0]), finding

    return place


Mark = Callable[..., tuple[Layout, Finding]]


def cue_of(layout: Layout, finding: Finding) -> list[str]:
    """The words of the cue that is found again."""
    return [layout.text[start:end] for start, end in with_cue(layout, finding).cue]


@pytest.mark.parametrize(
    ("text", "source", "content", "cue"),
    [
        ("“The harbour is full of timber.” ― Inga Solberg", "Inga Solberg", "“The harbour is full of timber.”", "―"),
        ("“The harbour is full of timber.” -- Inga Solberg", "Inga Solberg", "“The harbour is full of timber.”", "--"),
        ("SOLBERG: The harbour is full of timber.", "SOLBERG", "The harbour is full of timber", ":"),
        ("The council confirmed the closing of the bridge.", "The council", "the closing of the bridge", "confirmed"),
    ],
)
def test_a_source_without_a_cue_takes_the_mark_or_the_verb_between(mark: Mark, text: str, source: str, content: str, cue: str) -> None:
    """A dash behind the words and a colon before them report, and so does the verb that joins a subject with its object."""
    assert cue_of(*mark(text, source, "", content)) == [cue]


def test_a_source_beside_other_words_takes_no_cue(mark: Mark) -> None:
    """Where more than a mark stands between, and no verb joins the two, nothing is made up."""
    layout, finding = mark("The bridge is closed. Ferries run, in the plan of Solberg: twice a day.", "Solberg", "", "The bridge is closed")
    assert with_cue(layout, finding) == finding


def test_what_stands_in_a_sentence_before_is_no_part_of_a_reported_clause(mark: Mark) -> None:
    """The outlet told it first; quoted words of the sentence before stay the speaker's."""
    layout, finding = mark(
        "The ferry line carried 40,000 people last year. Now the operator warns that it may close.",
        "the operator",
        "warns",
        "The ferry line carried 40,000 people last year",
        "that it may close",
    )
    assert [[layout.text[a:b] for a, b in one.content] for one in mend(layout, [finding], [])] == [["that it may close"]]
    layout, quoted = mark(
        "“We carried 40,000 people.” Now the operator warns that it may close.",
        "the operator",
        "warns",
        "“We carried 40,000 people.”",
        "that it may close",
    )
    assert mend(layout, [quoted], []) == [quoted]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("If confirmed, the find would be the oldest in the valley.", "", "confirmed", "the find would be the oldest in the valley"),
        ("Only minor theft has been reported.", "", "has been reported", "Only minor theft"),
    ],
)
def test_nobody_speaks_in_a_condition_or_a_bare_passive(mark: Mark, text: str, source: str, cue: str, content: str) -> None:
    """A condition tells of no saying, and a passive may say nothing of its subject."""
    layout, finding = mark(text, source, cue, content)
    assert spoken(layout, [finding], [], load_cues()) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The port did not confirm the sinking.", "The port", "did not confirm", "the sinking"),
        ("If the reports hold, officials say, the find is old.", "officials", "say", "the find is old"),
        ("The line was accused of hiding the leak.", "", "was accused of", "hiding the leak"),
        ("A night curfew was announced.", "", "was announced", "A night curfew"),
    ],
)
def test_what_somebody_says_beside_a_condition_or_a_negation_stands(mark: Mark, text: str, source: str, cue: str, content: str) -> None:
    """Cues of the table may be negated, a condition may be part of what is said, and a passive may tell what somebody is accused of."""
    layout, finding = mark(text, source, cue, content)
    assert spoken(layout, [finding], [], load_cues()) == [finding]


def pieces(make_article: MakeArticle, text: str) -> list[list[str]]:
    """The contents that the rules find, narration last."""
    found = find_attributions(parse(text, make_article(text)))
    return [[piece.text for piece in a.content] for a in sorted(found, key=lambda a: a.form == "narration")]


def test_a_dated_relative_clause_is_told_by_the_outlet(make_article: MakeArticle) -> None:
    """When a known event took place is background: behind the content and inside it; its figures are the outlet's."""
    assert pieces(make_article, "Nine people were hurt in the fire, which broke out late on 3 May, the mayor said.") == [
        ["Nine people were hurt in the fire"],
        ["which broke out late on 3 May"],
    ]
    assert pieces(make_article, "The mayor said the fire, which killed 14 people on 3 May, was set by a guard.") == [
        ["the fire", "was set by a guard"],
        ["which killed 14 people on 3 May"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        "the fire, which killed 14 people, was set by a guard",
        "the fire, which broke out on 3 May, was set by a guard",
        "the fire that broke out on 3 May was set by a guard",
    ],
)
def test_other_relative_clauses_stay_in_what_is_said(make_article: MakeArticle, content: str) -> None:
    """Without a date or in the middle the clause may be the speaker's; without a comma it tells which fire is meant."""
    assert pieces(make_article, f"The mayor said {content}.")[0] == [content]


def test_a_quotation_keeps_its_dated_clauses(make_article: MakeArticle) -> None:
    """Words between quotation marks are the speaker's own."""
    assert pieces(make_article, "“We saw the fire, which broke out on 3 May, from the hill,” the mayor said.")[0] == [
        "“We saw the fire, which broke out on 3 May, from the hill,”"
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The survey put the tremor at 6.5, but the institute then upgraded it to a 6.9.", "it to a 6.9"),
        ("The ministry revised the toll to 43.", "the toll to 43"),
    ],
)
def test_who_revises_a_value_gives_it(make_article: MakeArticle, text: str, content: str) -> None:
    """Raising, lowering and revising a number attribute it, also where the number is taken up by a pronoun."""
    assert [content] in pieces(make_article, text)
