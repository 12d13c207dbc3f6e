"""People counted without a numeral, and what became of them; every sentence is the project's own."""

import pytest

from reportedly.extract.assembly import share_out
from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Figure, Interval, Passage

Told = list[tuple[str, str]]


def article_of(text: str, headline: int = 0) -> Article:
    day = Interval(first="2025-10-24", last="2025-10-24")
    passages: tuple[Passage, ...] = (Passage(start=headline, end=len(text), role="body"),)
    if headline:
        passages = (Passage(start=0, end=headline, role="headline"), *passages)
    return Article(document="page", number=0, kind="article", passages=passages, published=day)


def figures(text: str, headline: int = 0) -> list[Figure]:
    return [f for paragraph in find_figures(parse(text, article_of(text, headline))) for f in paragraph if f.unit is None]


def told(text: str, headline: int = 0) -> Told:
    return [(f.span.text, f.measure) for f in figures(text, headline)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Ross was killed on Friday.", [("Dana Ross", "killed")]),
        ("The blast killed Dana Ross and Lee Moran.", [("Dana Ross and Lee Moran", "killed")]),
        ("He was charged with the murder of Dana Ross.", [("Dana Ross", "killed")]),
        ("The fatal shooting of 16-year-old Dana Ross shocked the town.", [("Dana Ross", "killed")]),
        ("A nurse called Dana Ross lived there. Ross died on Friday.", [("Ross", "killed")]),
        ("The flood reached Norland City. City of sorrow, said a sign.", []),
        ("Canada lost a game. Canada died a little.", []),
        ("Dana Ross spoke on Friday.", []),
    ],
)
def test_a_named_person_is_one(text: str, expected: Told) -> None:
    """A name counts where what befell it is counted; a lone surname where the article gives the name in full; a state never."""
    assert told(text) == expected


def test_a_pronoun_counts_only_whom_nothing_else_counts() -> None:
    """`he died` is one where the article names no dead, and nobody new where it does."""
    assert told("The clerk ran home. She died at noon.") == [("She", "killed")]
    assert told("A clerk was killed. She died at noon.") == [("A clerk", "killed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A clerk was shot in the head.", [("A clerk", "injured")]),
        ("A clerk was shot in the head and later died.", [("A clerk", "killed")]),
        ("A clerk was shot and was later pronounced dead.", [("A clerk", "killed")]),
        ("A clerk was shot in the head. The clerk died at noon.", [("A clerk", "killed_or_injured"), ("The clerk", "killed")]),
        ("A woman was shot in the leg. A man was shot dead.", [("A woman", "injured"), ("A man", "killed")]),
        ("A woman was shot. A man was shot dead.", [("A woman", "injured"), ("A man", "killed")]),
        ("A clerk was shot. Homicide detectives asked for help.", [("A clerk", "injured")]),
        ("A clerk was shot. Two people died in the raid.", [("A clerk", "killed_or_injured"), ("Two people", "killed")]),
        ("A clerk was shot and is in stable condition. Two people died.", [("A clerk", "injured"), ("Two people", "killed")]),
        ("Bullets hit a clerk and a guard.", [("a clerk and a guard", "injured")]),
        ("The gun went off, hitting a clerk in the leg.", [("a clerk", "injured")]),
    ],
)
def test_a_bullet_alone_tells_no_fate(text: str, expected: Told) -> None:
    """Whoever is hit stays a composite until the article says what became of them, or that nobody died, or that others did."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Officers found a boy suffering from a gunshot wound.", "injured"),
        ("Two passengers were taken to a hospital with minor injuries.", "injured"),
        ("Two passengers were taken to a hospital.", "hospitalised"),
        ("The driver took his own life.", "killed"),
    ],
)
def test_words_beside_the_verb_say_more_than_the_verb(text: str, measure: str) -> None:
    """Wounds told of beside a hospital are injuries."""
    assert [m for _, m in told(text)] == [measure]


def test_wounds_are_no_people() -> None:
    """`suffered two wounds` counts wounds."""
    assert told("The driver suffered two gunshot wounds.") == [("The driver", "injured"), ("two gunshot wounds", "other")]


def test_a_headline_names_people_without_an_article() -> None:
    """A headline's bare noun is one person; the same words inside the report are read with their article."""
    text = "Police say local teenager was shot dead in the east\nThe street was closed."
    assert [m for _, m in told(text, headline=text.index("\n"))] == ["killed"]
    assert told("In the east, police say local teenager was shot dead.") == []


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("Were 40 people killed in the fire?", "expected"),
        ("Why were 40 people killed in the fire?", "actual"),
        ("It is unclear whether 40 people died.", "expected"),
        ("He was going to kill 40 people.", "planned"),
        ("He had set fire to the barn and shot dead six people.", "actual"),
        ("They faced trial for two attempted murders.", "attempted"),
        ("Norland will begin the withdrawal of 3,000 troops.", "planned"),
        ("Officials may have been involved in a theft of $81 million.", "actual"),
        ("They sent instructions to transfer $951 million abroad.", "planned"),
    ],
)
def test_what_did_not_come_to_pass_is_marked(text: str, reality: str) -> None:
    """Questions, conditions, plans and attempts are no facts; what a verb governs only through an event's noun is untouched by its mood."""
    found = [f for paragraph in find_figures(parse(text, article_of(text))) for f in paragraph]
    assert [f.reality for f in found] == [reality]


@pytest.mark.parametrize(
    "text",
    [
        "Several neighbours said the road was closed.",
        "Dana Ross, 34, said the road was closed.",
        "Who will pay for the 12 houses?",
        "According to two officials, the road was closed.",
        "The mayor said 12 people had died, and 30 were hurt.",
    ],
)
def test_no_figure_is_without_a_claim(text: str) -> None:
    """Figures in the words for a source and in questions are the outlet's own."""
    parsed = parse(text, article_of(text))
    found = find_figures(parsed)
    attributions = find_attributions(parsed, found)
    held = [figure.span for one in share_out(attributions, found) for figure in one]
    assert sorted(held, key=lambda span: span.start) == [f.span for paragraph in found for f in paragraph] != []


def test_a_sum_counts_what_was_counted_before_it() -> None:
    """`bringing the total to 16` takes the measure of its sentence; a death toll says itself what it counts."""
    assert told("Police arrested four men, bringing the total to 16.") == [("four men", "detained"), ("16", "detained")]
    assert told("Police arrested four men as the death toll rose to 16.")[-1] == ("16", "killed")


def test_cases_belong_to_the_disease_of_their_paragraph() -> None:
    """`20 cases` beside a virus are infections, before a court they are none."""
    assert told("The virus spread. The north has 20 cases.") == [("20 cases", "infected")]
    assert told("The court heard 20 cases.") == [("20 cases", "other")]
