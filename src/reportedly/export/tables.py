"""Flat tables of a ledger, for spreadsheets, databases and data frames."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportedly.export.matter import ExportMatter, words_of
from reportedly.model import Interval, StoredClaim

Kind = Literal["text", "texts", "number", "count", "day", "flag"]
Cell = str | tuple[str, ...] | Decimal | int | dt.date | bool | None

LIST = "; "
"""What stands between the parts of a list where a cell is one string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name.
        kind: what its cells are: a text, a list of texts, a decimal number, a whole number, a civil day, or true and false. Any cell may
            be None: not known.
    """

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        name: its name, which a file takes.
        columns: its columns in order.
        rows: its rows, a cell a column.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def columns(words: str) -> tuple[Column, ...]:
    """Columns from words `name` or `name:kind`, apart by blanks."""
    kinds: dict[str, Kind] = {"texts": "texts", "number": "number", "count": "count", "day": "day", "flag": "flag", "": "text"}
    pairs = [word.partition(":") for word in words.split()]
    return tuple(Column(name=name, kind=kinds[kind]) for name, _, kind in pairs)


def first_day(interval: Interval | None) -> dt.date | None:
    """The first day of an interval, or None."""
    return interval.first_day if interval else None


def last_day(interval: Interval | None) -> dt.date | None:
    """The last day of an interval, or None."""
    return interval.last_day if interval else None


def all_tables(matter: ExportMatter) -> list[Table]:
    """Every table: documents, articles, claims, figures, series, entries, positions, timeline, actors."""
    return [make(matter) for make in _MAKERS]


def _documents(matter: ExportMatter) -> Table:
    rows = tuple(
        (d.id, d.name, d.media_type, d.url, d.publisher, d.published, d.fetched, d.title, d.text_digest, d.bytes_digest)
        for d in matter.holdings.documents.values()
    )
    return Table(
        name="documents",
        columns=columns("document name media_type url publisher published fetched title text_sha256 bytes_sha256"),
        rows=rows,
    )


def _articles(matter: ExportMatter) -> Table:
    story_of = {key: story.id for story in matter.holdings.links.stories for key in story.articles}
    rows = tuple(
        (
            *(key[0], key[1], a.kind, a.title, a.outlet, a.byline, first_day(a.published), last_day(a.published)),
            *(a.published_evidence, a.language, story_of.get(key)),
        )
        for key, a in matter.holdings.articles.items()
    )
    names = "document article:count kind title outlet byline published_from:day published_to:day evidence language story"
    return Table(name="articles", columns=columns(names), rows=rows)


def _claims(matter: ExportMatter) -> Table:
    def row(stored: StoredClaim) -> tuple[Cell, ...]:
        claim = stored.claim
        return (
            *(claim.id, stored.document, claim.article, claim.start, claim.end, words_of(claim.content)),
            *(words_of(claim.cue), words_of(claim.source), claim.speakers),
            tuple(actor.principal or "" for actor in matter.speakers_of(stored)),
            *(claim.via, claim.form, claim.stance, claim.knowledge),
            *(first_day(claim.said), last_day(claim.said), first_day(claim.happened), last_day(claim.happened)),
            *(claim.place, claim.country, matter.holdings.links.event_of.get(claim.id), stored.extractor),
            *((told.text, told.language, told.by) if (told := claim.translation) else (None, None, None)),
        )

    names = (
        "claim document article:count start:count end:count content cue source speakers:texts principals:texts via:texts form stance "
        "knowledge said_from:day said_to:day happened_from:day happened_to:day place country event extractor translation "
        "translation_language translated_by"
    )
    return Table(name="claims", columns=columns(names), rows=tuple(map(row, matter.holdings.claims)))


def _figures(matter: ExportMatter) -> Table:
    rows = tuple(
        (
            *(c.claim.id, c.document, k, f.span.start, f.span.end, f.span.text, f.low, f.high, f.qualifier, f.unit, f.per),
            *(f.measure, f.counted, f.population, f.share, f.status, f.reality, f.basis, first_day(f.window), last_day(f.window)),
        )
        for c in matter.holdings.claims
        for k, f in enumerate(c.claim.figures)
    )
    names = (
        "claim document figure:count start:count end:count words low:number high:number qualifier unit per measure counted population "
        "share status reality basis window_from:day window_to:day"
    )
    return Table(name="figures", columns=columns(names), rows=rows)


def _series(matter: ExportMatter) -> Table:
    titles = matter.story_titles()
    rows = tuple(
        (
            *(s.id, s.story, titles.get(s.story), s.event, s.measure, s.counted, s.unit, s.population, s.place, s.status, s.share),
            *(_day(s.as_of), s.policy, s.low, s.best, s.high, s.open_high, s.why, s.outlets, s.utterances, s.principals),
            *(tuple(f"{d.actor}: {d.how} ({d.what})" for d in s.disputes), s.implied_low, s.implied_high),
        )
        for s in matter.series
    )
    names = (
        "series story story_title event measure counted unit population place status share as_of:day policy low:number best:number "
        "high:number open_high:flag why outlets:count utterances:count principals:count disputes:texts implied_low:number "
        "implied_high:number"
    )
    return Table(name="series", columns=columns(names), rows=rows)


def _entries(matter: ExportMatter) -> Table:
    rows = tuple(
        (
            *(s.id, k, first_day(e.said), last_day(e.said), first_day(e.cut_off), last_day(e.cut_off), last_day(e.published), e.speakers),
            *(e.principal, e.low, e.high, e.qualifier, e.words, e.standing, e.origin, e.outlets, e.via, e.claims, e.note),
        )
        for s in matter.series
        for k, e in enumerate(s.entries)
    )
    names = (
        "series entry:count said_from:day said_to:day cut_off_from:day cut_off_to:day published_to:day speakers:texts principal low:number "
        "high:number qualifier words standing origin outlets:texts via:texts claims:texts note"
    )
    return Table(name="entries", columns=columns(names), rows=rows)


def _positions(matter: ExportMatter) -> Table:
    rows = tuple(
        (
            *(a.statement, a.story, a.event, a.text, _day(a.as_of), a.support, p.actor, p.principal, p.position, p.stance),
            *(first_day(p.said), last_day(p.said), p.claim, p.party),
        )
        for a in matter.statements
        for p in a.positions
    )
    names = "statement story event text as_of:day support actor principal position stance said_from:day said_to:day claim party:flag"
    return Table(name="positions", columns=columns(names), rows=rows)


def _timeline(matter: ExportMatter) -> Table:
    rows = tuple(
        (_day(e.date), _day(e.to, last=True), e.text, Decimal(str(e.weight)), e.claims, e.documents, e.principals) for e in matter.timeline
    )
    names = "date:day to:day text weight:number claims:texts documents:texts principals:texts"
    return Table(name="timeline", columns=columns(names), rows=rows)


def _actors(matter: ExportMatter) -> Table:
    rows = tuple(
        (a.actor, a.kind, a.principal, a.names, tuple(name for name, _, _ in a.roles), a.stands_for, a.claims) for a in matter.actors
    )
    return Table(name="actors", columns=columns("actor kind principal names:texts roles:texts stands_for:texts claims:texts"), rows=rows)


def _day(words: str | None, *, last: bool = False) -> dt.date | None:
    interval = Interval(first=words, last=words)
    return interval.last_day if last else interval.first_day


_MAKERS: Sequence[Callable[[ExportMatter], Table]] = (
    _documents,
    _articles,
    _claims,
    _figures,
    _series,
    _entries,
    _positions,
    _timeline,
    _actors,
)


def cells_as_text(table: Table) -> Iterator[list[str]]:
    """The rows of a table as strings: empty for what is not known, lists joined, numbers in plain digits, `true` and `false`."""
    for row in table.rows:
        yield [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return LIST.join(cell)
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return str(cell)
