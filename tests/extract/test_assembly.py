from collections.abc import Callable
from decimal import Decimal

import pytest

from reportedly.extract import assembly
from reportedly.extract.acts.stance import find_stance
from reportedly.extract.assembly import assemble, bounded, share_out
from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Figure, Interval, Span

MakeArticle = Callable[..., Article]
PUBLISHED = Interval(first="2024-03-08", last="2024-03-08")


def attribution(start: int, end: int, *, cue: bool = True) -> Attribution:
    """An attribution whose content is a stretch of a text of x's."""
    cues = (Span(start=0, end=1, text="x"),) if cue else ()
    return Attribution(passage=0, content=(Span(start=start, end=end, text="x" * (end - start)),), cue=cues, source=(), form="indirect")


def figure(start: int, end: int, of: int | None = None) -> Figure:
    """A figure at a stretch of a text of x's."""
    return Figure(span=Span(start=start, end=end, text="x" * (end - start)), low=Decimal(1), high=Decimal(1), qualifier="exact", of=of)


def test_figure_goes_to_the_innermost_content_alone() -> None:
    """A figure inside two contents belongs to the shorter one."""
    shared = share_out([attribution(0, 100), attribution(20, 60)], [[figure(30, 35), figure(70, 75)]])
    assert [[f.span.start for f in here] for here in shared] == [[70], [30]]


def test_related_figure_is_counted_within_its_claim() -> None:
    """`of` counts among the claim's own figures, and is dropped where the other figure is another claim's."""
    apart, together = share_out(
        [attribution(0, 20), attribution(30, 60)], [[figure(5, 8), figure(31, 33), figure(40, 43, of=1), figure(50, 53, of=0)]]
    )
    assert [f.of for f in apart] == [None]
    assert [f.of for f in together] == [None, 0, None]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, (None, "2024-03-08")),
        (Interval(first="2024-03-04", last="2024-03-04"), ("2024-03-04", "2024-03-04")),
        (Interval(first="2024-03-04", last="2024-03-10"), ("2024-03-04", "2024-03-08")),
        (Interval(first="2024-03-04", last=None), ("2024-03-04", "2024-03-08")),
        (Interval(first="2024-03-10", last="2024-03-12"), (None, "2024-03-08")),
    ],
)
def test_nothing_is_said_after_it_was_published(said: Interval | None, expected: tuple[str | None, str | None]) -> None:
    """Without words any time up to publication; with words no later than that."""
    found = bounded(said, PUBLISHED)
    assert found is not None
    assert (found.first, found.last) == expected


def test_without_publication_the_words_stand() -> None:
    """An undated article bounds nothing."""
    said = Interval(first="2024-03-04", last="2024-03-04")
    assert bounded(said, None) == said
    assert bounded(None, None) is None


def test_failure_on_one_passage_is_a_problem_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, make_article: MakeArticle) -> None:
    """A rule that fails on a claim costs that claim alone, and says where."""

    def failing(parsed: object, attribution: Attribution, **known: bool) -> object:
        if "tide" in attribution.content[0].text:
            raise IndexError("no such tide")
        return find_stance(parsed, attribution, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(assembly, "find_stance", failing)
    text = "The mayor said the tide was high.\nThe mayor said the wind was strong."
    claims, problems = assemble(parse(text, make_article(text)), "digest")
    assert [claim.content[0].text for claim in claims] == ["the wind was strong"]
    assert [(p.code, text[p.start : p.end]) for p in problems] == [("extraction-failed", "the tide was high")]


def test_failing_figures_of_one_paragraph_leave_the_others(monkeypatch: pytest.MonkeyPatch, make_article: MakeArticle) -> None:
    """Where figures cannot be read of the whole article they are read paragraph by paragraph."""

    def failing(parsed: object, times: object) -> list[list[Figure]]:
        if any("tide" in p.doc.text for p in getattr(parsed, "passages", ())):
            raise ValueError("no such tide")
        return find_figures(parsed, times)  # type: ignore[arg-type]

    monkeypatch.setattr(assembly, "find_figures", failing)
    text = "The tide drowned 12 cows.\nThe storm killed 40 people."
    claims, problems = assemble(parse(text, make_article(text)), "digest")
    assert [f.low for claim in claims for f in claim.figures] == [Decimal(40)]
    assert [p.code for p in problems] == ["extraction-failed"]
