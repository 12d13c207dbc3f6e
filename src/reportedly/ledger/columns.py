"""The claims of a ledger as columns of numbers, for counting over all of them: read once, then only the parts that changed.

A row is an appearance of a claim. A million rows take about 60 MB, and counting a facet over them some milliseconds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen

Numbers = np.ndarray[Any, np.dtype[Any]]

SINGLE = ("stance", "form", "outlet", "story")
"""Columns with one word a row."""

_DATES = ("day", "published", "last")
_WORDS = (*SINGLE, "claim", "document")
_PLACE = ("document", "start", "end", "claim")
_SHOWN = (*_PLACE, *_DATES, *SINGLE, "measures")
_VOICES = (*_PLACE, "side", "place", "name")
_EMPTY = len("[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who a side is across parts.

    Attributes:
        id: the actor's id.
        name: its name.
        principal: for whom it speaks; its own name where nobody is known.
    """

    id: str
    name: str
    principal: str


@dataclass(slots=True)
class Vocabulary:
    """Words by number."""

    words: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The number of a word, a new one where it is new."""
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.words)
            self.words.append(word)
        return found

    def many(self, words: Sequence[str]) -> Numbers:
        """The numbers of some words."""
        for word in words:
            if word not in self.numbers:
                self.number(word)
        return _numbers(map(self.numbers.__getitem__, words))


class Columns:
    """The columns of one ledger.

    Attributes:
        words: the vocabulary of each column.
        rows: column -> a number a row: the claim's, `day`, `published` and `last` as ordinals (0 for none), the words of `SINGLE`, the
            `document`; `lead`, whether the row is its claim's first appearance.
        pairs: `measure` and `side` -> row numbers and the words' numbers beside them.
        cast: who each side is, by the side's id.
        spoken: `speaker` and `principal` -> what each side, by number, is called.
        names: the same, each name once, and the number that it has there by the side's number.
    """

    def __init__(self) -> None:
        self.words: dict[str, Vocabulary] = {name: Vocabulary() for name in (*_WORDS, "measure", "side")}
        self.rows: dict[str, Numbers] = {}
        self.pairs: dict[str, tuple[Numbers, Numbers]] = {}
        self.cast: dict[str, Cast] = {}
        self.spoken: dict[str, list[str]] = {}
        self.names: dict[str, tuple[list[str], Numbers]] = {}
        self._versions: dict[str, str] = {}
        self._chunks: dict[str, dict[str, Any]] = {}
        self._days: dict[str, int] = {"": 0}

    def refresh(self, connection: Connection) -> None:
        """Bring the columns up to the ledger; only parts that changed are read."""
        parts = schema.parts.c
        now = {row.id: row.version for row in connection.execute(select(parts.id, parts.version))}
        changed = [part for part, version in now.items() if self._versions.get(part) != version]
        gone = self._versions.keys() - now.keys()
        if not changed and not gone and self.rows:
            return
        sides = {side for part in (*changed, *gone) for side in self._chunks.get(part, {}).get("sides", ())}
        for part in gone:
            del self._chunks[part]
        whole = not self._chunks
        self._chunks.update((part, self._chunk([], [])) for part in changed)
        for part, rows, voices in _by_part(connection, None if whole else changed):
            self._chunks[part] = self._chunk(rows, voices)
        sides.update(*(self._chunks[part]["sides"] for part in changed))
        self._versions = now
        self._recast(connection, sides, whole=whole)
        self._assemble()
        self._name()

    def _name(self) -> None:
        """What each side is called, and each name once with the number that it has among the sides."""
        casts = [(side, self.cast.get(side)) for side in self.words["side"].words]
        self.spoken = {
            "speaker": [cast.name if cast else side.removeprefix("=") for side, cast in casts],
            "principal": [cast.principal if cast else side.removeprefix("=") for side, cast in casts],
        }
        self.names = {}
        for name, called in self.spoken.items():
            known: dict[str, int] = {}
            numbers = np.fromiter((known.setdefault(word, len(known)) for word in called), dtype=np.int64, count=len(called))
            self.names[name] = list(known), numbers

    def _chunk(self, rows: Sequence[Any], voices: Sequence[Any]) -> dict[str, Any]:
        """The columns of one part; a speaker whom nobody resolved is a side by its name alone."""
        told = dict(zip(_SHOWN, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_SHOWN, ())
        spoken = dict(zip(_VOICES, zip(*voices, strict=True), strict=True)) if voices else dict.fromkeys(_VOICES, ())
        found: dict[str, Any] = {name: self.words[name].many([word or "" for word in told[name]]) for name in _WORDS}
        for name in _DATES:
            found[name] = _numbers(map(self._ordinal, told[name]))
        found["lead"] = np.zeros(len(rows), dtype=bool)
        found["lead"][np.unique(found["claim"], return_index=True)[1]] = True
        measures = [(at, word) for at, words in enumerate(told["measures"]) if len(words) > _EMPTY for word in _listed(words)]
        found["measure"] = _numbers(at for at, _ in measures), self.words["measure"].many([word for _, word in measures])
        places = {place: at for at, place in enumerate(zip(*(told[name] for name in _PLACE), strict=True))}
        rows_of = _numbers(places[place] for place in zip(*(spoken[name] for name in _PLACE), strict=True))
        sides = self.words["side"].many([side or f"={name}" for side, name in zip(spoken["side"], spoken["name"], strict=True)])
        order = np.lexsort((_numbers(spoken["place"]), rows_of))
        found["side"] = rows_of[order], sides[order]
        found["sides"] = set(spoken["side"]) - {""}
        return found

    def _ordinal(self, day: str) -> int:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = ordinal(day)
        return found

    def _recast(self, connection: Connection, sides: set[str], *, whole: bool) -> None:
        """Read who sides are: those that changed, and all that are or were one with them."""
        table, united = schema.sides.c, schema.united.c
        query = select(table.id, united.id.label("actor"), united.name, united.principal).join_from(
            schema.sides, schema.united, united.id == table.united
        )
        if whole:
            rows: Iterable[Any] = connection.execute(query)
            self.cast.clear()
        else:
            before = {self.cast[side].id for side in sides if side in self.cast}
            wanted = sides | {side for side, cast in self.cast.items() if cast.id in before}
            for side in wanted:
                self.cast.pop(side, None)
            direct = list(chosen(connection, query, table.id, sorted(wanted)))
            rows = [*direct, *chosen(connection, query, table.united, sorted({row.actor for row in direct}))]
        for row in rows:
            self.cast[row.id] = Cast(id=row.actor, name=row.name, principal=row.principal or row.name)

    def _assemble(self) -> None:
        """Put the chunks one after the other."""
        chunks = [self._chunks[part] for part in sorted(self._chunks)]
        self.rows = {name: _joined([chunk[name] for chunk in chunks]) for name in (*_WORDS, *_DATES, "lead")}
        self.pairs = {}  # never those of a copy that somebody counts over
        starts = np.cumsum([0, *(len(chunk["claim"]) for chunk in chunks)])[:-1]
        for name in ("measure", "side"):
            shifts = np.repeat(starts, [len(chunk[name][0]) for chunk in chunks])
            self.pairs[name] = _joined([chunk[name][0] for chunk in chunks]) + shifts, _joined([chunk[name][1] for chunk in chunks])


def ordinal(day: str) -> int:
    """A number for an ISO day that sorts as the day does; 0 for none."""
    return int(day.replace("-", "")) if day else 0


def _by_part(connection: Connection, parts: Collection[str] | None) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """The rows of `shown` and `voices` of some parts, or of all, by part, in the order of the tables' keys."""
    shown, voices = (_rows(connection, table, names, parts) for table, names in ((schema.shown, _SHOWN), (schema.voices, _VOICES)))
    for part, rows in shown.items():
        yield part, rows, voices.get(part, [])


def _rows(connection: Connection, table: Any, names: Sequence[str], parts: Collection[str] | None) -> dict[str, list[Any]]:  # noqa: ANN401 - a table
    query = select(table.c.part, *(table.c[name] for name in names)).order_by(*table.primary_key)
    rows = connection.execute(query).all() if parts is None else chosen(connection, query, table.c.part, sorted(parts))
    found: dict[str, list[Any]] = defaultdict(list)
    for part, *row in rows:
        found[part].append(row)
    return found


def _listed(measures: str) -> list[str]:
    return measures[2:-2].split('","')


def _numbers(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, dtype=np.int32)


def _joined(pieces: Sequence[Numbers]) -> Numbers:
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int32)
