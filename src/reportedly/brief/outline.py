"""A brief as a run of headings, paragraphs, tables and pictures: what a word processor's file and a printed page are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.brief.markdown import numbers_text
from reportedly.brief.report import Brief, FigurePanel, FigureRow, Line
from reportedly.brief.wording import translated

Kind = Literal["title", "section", "part", "text", "note", "item", "subitem", "source"]

HEAD = ("counts up to", "words", "principal", "speaker", "said", "relay", "standing", "claims")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A heading, a paragraph or an item of a list.

    Attributes:
        kind: which.
        text: its words.
        label: what stands before them in bold; empty where nothing does.
        numbers: the citations behind them, `[3][7]`; empty where there are none.
    """

    kind: Kind
    text: str
    label: str = ""
    numbers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a series.

    Attributes:
        svg: the picture.
        alt: the picture in words.
    """

    svg: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table.

    Attributes:
        head: the names of its columns.
        rows: its rows.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Words | Picture | Grid


def outline(brief: Brief) -> Iterator[Piece]:
    """The pieces of a brief in reading order, the same as in its other forms."""
    yield Words(kind="title", text=brief.title)
    heads = (brief.clock, brief.reading, *(f"Not read: {row}" for row in brief.failed), *brief.saved_later, brief.policy)
    yield from (Words(kind="note", text=_plain(row)) for row in heads)
    yield from _section("What happened", [_item(line) for line in brief.timeline])
    yield from _section("Figures", [piece for panel in brief.figures for piece in _panel(panel)])
    yield from _section("Not counted here", [_item(line) for line in brief.not_counted])
    yield from _section("What cannot all hold", list(_contradictions(brief)))
    yield from _section("What is put forward, and what is disputed", list(_statements(brief)))
    yield from _section("Who says what", list(_voices(brief)))
    yield from _section("Refusals and silences", [_item(line) for line in brief.refusals])
    yield from _section(f"What changed in the last {brief.days} days", [_item(line) for line in brief.changes])
    yield from _section("Sources", list(_sources(brief)))


def _section(title: str, pieces: Sequence[Piece]) -> list[Piece]:
    return [Words(kind="section", text=title), *pieces] if pieces else []


def _item(line: Line, kind: Kind = "item") -> Words:
    return Words(kind=kind, text=_plain(line.text), label=_plain(line.label or ""), numbers=numbers_text(line.numbers))


def _panel(panel: FigurePanel) -> Iterator[Piece]:
    yield Words(kind="part", text=_plain(panel.heading))
    yield _item(panel.summary, "text")
    yield Words(kind="note", text=_plain(f"{panel.counts}. {panel.why}{f' {panel.implied}.' if panel.implied else ''}"))
    yield Picture(svg=panel.picture, alt=panel.alt)
    yield Grid(head=HEAD, rows=tuple(tuple(map(_plain, _cells(row))) for row in panel.rows))
    yield from (_item(life) for life in panel.lives)


def _cells(row: FigureRow) -> tuple[str, ...]:
    return (
        row.cut_off,
        f"“{row.words}”",
        row.principal or "none",
        row.speakers,
        row.said,
        row.relay,
        f"{row.standing}{f' ({row.note})' if row.note else ''}",
        numbers_text(row.numbers),
    )


def _contradictions(brief: Brief) -> Iterator[Piece]:
    yield from (_item(line) for line in brief.contradictions)
    if brief.more_contradictions:
        yield Words(kind="note", text=f"and {brief.more_contradictions} more in the ledger")


def _statements(brief: Brief) -> Iterator[Piece]:
    for panel in brief.statements:
        yield _item(panel.text)
        yield _item(panel.support, "subitem")
        for line in panel.disputes:
            yield Words(
                kind="subitem", text=_plain(line.text), label=_plain(f"disputed by {line.label or ''}"), numbers=numbers_text(line.numbers)
            )


def _voices(brief: Brief) -> Iterator[Piece]:
    for voice in brief.voices:
        yield Words(kind="part", text=_plain(voice.principal))
        yield from (_item(line) for line in voice.lines)
        if voice.left_out:
            yield Words(kind="note", text=f"and {voice.left_out} more in the ledger")


def _sources(brief: Brief) -> Iterator[Piece]:
    for source in brief.sources:
        head = f"{source.document}, {source.outlet or 'unnamed outlet'}, {source.published}"
        told = f" {translated(source.translation)}" if source.translation else ""
        yield Words(kind="source", text=_plain(f"{head}: “{source.passage}”{told} ({source.claim})"), label=f"[{source.number}]")


def _plain(text: str) -> str:
    """Words without line breaks, control characters and halves of surrogate pairs, which neither format can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
