from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from reportedly.model import Assessment, Change, Entry, Interval, Position
from reportedly.model import Passage as Stretch
from reportedly.web.rendering import lit
from reportedly.web.views.claim import Passage, passages_of
from reportedly.web.views.marking import MarkedSpan, mark
from reportedly.web.views.paging import part_of
from reportedly.web.views.positions import short_days, statement_views
from reportedly.web.views.story import under_headings

KINDS = st.sampled_from(["content", "cue", "source", "figure"])


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70), KINDS), max_size=6),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_pieces_put_together_give_the_stretch(text: str, drawn: list[tuple[int, int, str]], one: int, other: int) -> None:
    """Whatever spans overlap, nothing is lost or doubled, and each character belongs to just the spans that hold it."""
    first, last = sorted((min(one, len(text)), min(other, len(text))))
    spans = [MarkedSpan(start=start, end=end, kind=kind) for start, end, kind in drawn]
    pieces = mark(text, (first, last), spans)
    assert "".join(piece.text for piece in pieces) == text[first:last]
    for piece in pieces:
        for place in range(piece.start, piece.start + len(piece.text)):
            assert set(piece.kinds) == {span.kind for span in spans if span.start <= place < span.end}


@given(
    st.lists(st.integers(1, 9), max_size=8),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30), KINDS), max_size=10),
)
def test_passages_are_marked_as_if_each_were_looked_at_alone(lengths: list[int], drawn: list[tuple[int, int, str]]) -> None:
    """Going through passages and spans side by side gives what looking at all spans for every passage gives."""
    edges = [sum(lengths[:count]) + count for count in range(len(lengths) + 1)]
    text = "abcdefghij" * 10
    stretches = [Stretch(start=start, end=start + length, role="body") for start, length in zip(edges, lengths, strict=False)]
    spans = [MarkedSpan(start=start, end=start + length, kind=kind) for start, length, kind in drawn]
    ordered = sorted(spans, key=lambda span: span.start)
    alone = tuple(Passage(role="body", pieces=mark(text, (s.start, s.end), ordered)) for s in stretches)
    assert passages_of(text, stretches, spans) == alone


@given(st.lists(st.integers(), max_size=30), st.integers(1, 40), st.integers(1, 7))
def test_the_pages_of_a_part_put_together_are_the_list(rows: list[int], page: int, size: int) -> None:
    """No row is lost or doubled; a page behind the end is the last; first and last tell where a page stands."""
    seen: list[int] = []
    shown = part_of(rows, 1, size)
    while True:
        assert list(shown.rows) == rows[shown.pager.first - 1 : shown.pager.last]
        seen += shown.rows
        if shown.pager.after is None:
            break
        shown = part_of(rows, int(shown.pager.after), size)
    assert seen == rows
    late = part_of(rows, page, size)
    assert late.pager.page == min(page, max(1, -(-len(rows) // size)))


@given(st.text(max_size=80), st.text(max_size=20))
def test_words_that_were_found_are_marked_and_nothing_else_changes(text: str, words: str) -> None:
    """Without its marks the text is the escaped text, whatever stands in it or is searched for."""
    assert lit(text, words).replace("<mark>", "").replace("</mark>", "") == escape(text)


def test_words_are_marked_where_they_begin_like_what_is_sought() -> None:
    """In any case and with any ending, not inside a word; single letters and signs are not sought."""
    assert lit("Killed: 12 skilled <men>, killers", "kill a *") == "<mark>Killed</mark>: 12 skilled &lt;men&gt;, <mark>killers</mark>"


def test_changes_of_figures_have_the_headings_of_the_page() -> None:
    """A change is known by its claims and words; one of a statement stays as it was told."""
    entry = Entry(
        claims=("c:1",), said=None, cut_off=None, published=None, speakers=(), principal=None, low=None, high=None, qualifier="exact",
        words="26 people", standing="current", origin="o:1", outlets=("A", "B"), via=(), known_from=None, note=None,
    )  # fmt: skip
    series = SimpleNamespace(entries=(entry,))
    change = Change(said=None, kind="revision", what="killed, people (A and B)", before="27", after="26 people", claims=("c:1",))
    other = replace(change, claims=("c:2",))
    gone = replace(change, before="26 people", after=None)
    found = under_headings([change, other, gone], [SimpleNamespace(heading="People killed", series=series)])  # type: ignore[list-item]
    assert [row.what for row in found] == ["People killed · A and B", other.what, "People killed · A and B"]


def test_intervals_are_short_in_a_grid() -> None:
    """A day, a whole month, days of one month, of one year, an open start."""
    days = [("2024-10-05", "2024-10-05"), ("2024-10-01", "2024-10-31"), ("2025-04-26", "2025-04-28"), ("2024-09-01", "2024-12-21")]
    found = [short_days(Interval(first=first, last=last)) for first, last in days]
    assert found == ["2024-10-05", "2024-10", "2025-04-26\u201328", "2024-09-01\u201312-21"]
    assert short_days(Interval(first=None, last="2024-10-05")) == "by 2024-10-05"


def position(actor: str, said: Interval, claim: str) -> Position:
    return Position(actor=actor, principal=None, position="supports", stance="asserts", said=said, claim=claim, party=False)


def test_what_may_have_been_said_long_before_stands_first() -> None:
    """Of two utterances whose last day is one, that without a first day stands in the earlier column."""
    day = Interval(first="2024-11-19", last="2024-11-19")
    by_then = Interval(first=None, last="2024-11-19")
    row = Assessment(
        story="s:1", event=None, statement="p:1", text="the ship was full", as_of=None, support="alleged", principals=("A",),
        acknowledged_by=(), disputes=(), positions=(position("A", day, "c:1"), position("A", by_then, "c:2")),
    )  # fmt: skip
    assert statement_views([row])[0].grid.columns == ("by 2024-11-19", "2024-11-19")
