"""The claims of a ledger as columns of numbers, for counting over all of them: read once, then only the parts that changed.

A row is an appearance of a claim. A million rows take about 60 MB, and counting a facet over them some milliseconds.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.revisions import read_state

Numbers = np.ndarray[Any, np.dtype[Any]]

SINGLE = ("stance", "form", "outlet", "story")
"""Columns with one word a row."""

_DATES = ("day", "published", "last")
_WORDS = (*SINGLE, "claim", "document")
_PLACE = ("document", "start", "end", "claim")
_SHOWN = (*_PLACE, *_DATES, *SINGLE, "measures")
_PAIRS = ("measure", "side")
_OF_CAST = {"speaker": "name", "principal": "principal"}
_VOICES = (*_PLACE, "side", "place", "name")
_EMPTY = len("[]")
_LOGGED = 2_000  # refreshes of which it is known what they changed


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
        state: the ledger's state of which they are; None before the first refresh.
        serial: how often a refresh found something changed.
    """

    def __init__(self) -> None:
        self.words: dict[str, Vocabulary] = {name: Vocabulary() for name in (*_WORDS, "measure", "side")}
        self.rows: dict[str, Numbers] = {}
        self.pairs: dict[str, tuple[Numbers, Numbers]] = {}
        self.cast: dict[str, Cast] = {}
        self.spoken: dict[str, list[str]] = {}
        self.names: dict[str, tuple[list[str], Numbers]] = {}
        self.state: tuple[int, int, int] | None = None
        self.serial = 0
        self._log: deque[tuple[int, frozenset[str]]] = deque(maxlen=_LOGGED)
        self._versions: dict[str, str] = {}
        self._parts = Vocabulary()
        self._sides: dict[str, frozenset[str]] = {}
        self._called: dict[str, Vocabulary] = {"speaker": Vocabulary(), "principal": Vocabulary()}
        self._days: dict[str, int] = {"": 0}

    def refresh(self, connection: Connection) -> None:
        """Bring the columns up to the ledger; only parts that changed are read."""
        state = read_state(connection)
        if state == self.state:
            return
        self.state = state
        parts = schema.parts.c
        now = {row.id: row.version for row in connection.execute(select(parts.id, parts.version))}
        changed = [part for part, version in now.items() if self._versions.get(part) != version]
        gone = self._versions.keys() - now.keys()
        if not changed and not gone and self.rows:
            return
        whole = not self.rows
        chunks = {part: self._chunk(rows, voices) for part, rows, voices in _by_part(connection, None if whole else changed)}
        sides = {side for part in (*changed, *gone) for side in self._sides.get(part, ())}
        self._sides = {part: told for part, told in self._sides.items() if part in now}
        self._sides.update((part, chunks[part]["sides"] if part in chunks else frozenset()) for part in changed)
        sides.update(*(self._sides[part] for part in changed))
        self._replace(chunks, {part for part in (*changed, *gone) if part in self._versions})
        self._versions = now
        self.serial += 1
        self._log.append((self.serial, frozenset(changed)))
        self._name(self._recast(connection, sides, whole=whole))

    def changed_since(self, serial: int) -> frozenset[str] | None:
        """Ids of the parts that came or changed since these columns had a serial; None where that is not known any more."""
        log = [(at, parts) for at, parts in tuple(self._log) if serial < at <= self.serial]
        return frozenset().union(*(parts for _, parts in log)) if len(log) == self.serial - serial else None

    def _name(self, sides: Collection[str]) -> None:
        """What some sides, and those that are new, are called now; what was there is left as it is, for somebody may count over it."""
        words, numbers = self.words["side"].words, self.words["side"].numbers
        known = len(self.spoken.get("speaker", ()))
        places = [*(number for side in sides if (number := numbers.get(side, known)) < known), *range(known, len(words))]
        for name, vocabulary in self._called.items():
            called = [*self.spoken.get(name, ()), *words[known:]]
            for place in places:
                cast = self.cast.get(words[place])
                called[place] = getattr(cast, _OF_CAST[name]) if cast else words[place].removeprefix("=")
            merged = np.zeros(len(words), dtype=np.int64)
            merged[:known] = self.names[name][1] if known else ()
            merged[places] = [vocabulary.number(called[place]) for place in places]
            self.spoken = {**self.spoken, name: called}
            self.names = {**self.names, name: (list(vocabulary.words), merged)}

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
        found["sides"] = frozenset(spoken["side"]) - {""}
        return found

    def _ordinal(self, day: str) -> int:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = ordinal(day)
        return found

    def _recast(self, connection: Connection, sides: set[str], *, whole: bool) -> Collection[str]:
        """Read who sides are: those that changed, and all that are or were one with them; gives those that were looked at."""
        table, united = schema.sides.c, schema.united.c
        query = select(table.id, united.id.label("actor"), united.name, united.principal).join_from(
            schema.sides, schema.united, united.id == table.united
        )
        if whole:
            rows: Iterable[Any] = connection.execute(query)
            self.cast = {}
        else:
            before = {self.cast[side].id for side in sides if side in self.cast}
            wanted = sides | {side for side, cast in self.cast.items() if cast.id in before}
            for side in wanted:
                self.cast.pop(side, None)
            direct = list(chosen(connection, query, table.id, sorted(wanted)))
            rows = [*direct, *chosen(connection, query, table.united, sorted({row.actor for row in direct}))]
        found = {row.id: Cast(id=row.actor, name=row.name, principal=row.principal or row.name) for row in rows}
        self.cast.update(found)
        return found if whole else {*wanted, *found}

    def _replace(self, chunks: Mapping[str, Mapping[str, Any]], gone: Collection[str]) -> None:
        """Put the rows of some parts behind the others, and take out those that were there of parts that changed or are no more."""
        told = [chunks[part] for part in sorted(chunks)] or [self._chunk((), ())]
        sizes = [len(chunk["claim"]) for chunk in told]
        come = {name: _joined([chunk[name] for chunk in told]) for name in (*_WORDS, *_DATES, "lead")}
        come["part"] = np.repeat(self._parts.many(sorted(chunks) or [""]), sizes)
        rows = self.rows or {name: column[:0] for name, column in come.items()}
        kept = ~np.isin(rows["part"], [self._parts.numbers[part] for part in gone if part in self._parts.numbers])
        starts = int(kept.sum()) + np.cumsum([0, *sizes])[:-1]
        moved = np.cumsum(kept) - 1
        whole = bool(kept.all())
        self.rows = {name: np.concatenate([rows[name] if whole else rows[name][kept], come[name]]) for name in come}
        pairs, self.pairs = self.pairs, {}  # never those of a copy that somebody counts over
        for name in _PAIRS:
            at, words = pairs.get(name, (_joined([]), _joined([])))
            stay = slice(None) if whole else kept[at]
            shifts = np.repeat(starts, [len(chunk[name][0]) for chunk in told])
            self.pairs[name] = (
                np.concatenate([moved[at[stay]], _joined([chunk[name][0] for chunk in told]) + shifts]),
                np.concatenate([words[stay], _joined([chunk[name][1] for chunk in told])]),
            )


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
