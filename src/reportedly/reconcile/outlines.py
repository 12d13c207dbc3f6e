"""Outlines: what a timeline needs of each claim of a large part, packed document by document, so that it is drawn up without reading them.

An outline holds, of the claims that can stand on a timeline, when what they tell took place, the numbers of their words and of the words of
their sentences, and what they share with others (event, act of speech, acts); and all periods that claims name. It is made of the rows
as readers see them when a part is linked. Words go by number (`word_number`), days by `date.toordinal`, 0 standing for none.
"""

import datetime as dt
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reportedly.model import ArticleKey, Holdings, StoredClaim
from reportedly.reconcile.centrality import word_number, word_numbers
from reportedly.reconcile.content import content_words
from reportedly.reconcile.keys import UNMEASURED
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.moments import Kind, date_of, is_leading
from reportedly.reconcile.periods import named_times
from reportedly.reconcile.sentences import sentence_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]

VERSION = 1
"""The first byte of an outline: the form that it is packed in."""

HAPPENED, SAID, BODY, LEADS = 1, 2, 4, 8
"""Flags of a row: it says when something happened; it is an utterance that words date; it stands in an article's body; at its head."""

_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("articles", "number", "<i4"),
    ("articles", "story", "<u8"),
    ("articles", "published", "S40"),
    ("articles", "day", "<i4"),
    ("articles", "said", "<i4"),
    ("rows", "article", "<i4"),
    ("rows", "claim", "S18"),
    ("rows", "start", "<i4"),
    ("rows", "first", "<i4"),
    ("rows", "last", "<i4"),
    ("rows", "by", "<i4"),
    ("rows", "flags", "<u1"),
    ("rows", "event", "<u8"),
    ("rows", "utterance", "<u8"),
    ("rows", "sentence", "<u8"),
    ("rows", "words", "<i4"),
    ("rows", "printed", "<i4"),
    ("rows", "acts", "<i4"),
    ("rows", "length", "<i4"),
    ("vocabulary", "vocabulary", "<u8"),
    ("words", "words_of", "<i4"),
    ("printed", "printed_of", "<i4"),
    ("acts", "acts_of", "<u8"),
    ("text", "text", "S1"),
    ("periods", "period_article", "<i4"),
    ("periods", "period_first", "<i4"),
    ("periods", "period_last", "<i4"),
    ("periods", "period_by", "<i4"),
)
"""What is packed, in this order: the table, the column's name and its type as NumPy writes it.

articles: number; number of the story's id, 0 for none; end of publication as printed, "~" for none, and its day; first day by which a claim
of it had been said. rows: place of the article in `articles`; claim; place in the text; first and last day; day by which it had been said;
flags; numbers of event, act of speech and sentence; how many words, words of the sentence and acts are its own in the tables that follow,
and bytes of `text`, the sentences in UTF-8. words and printed: places in `vocabulary`. periods: place of the article; first and last day;
day by which the claim that names it had been said.
"""

_TABLES = tuple(dict.fromkeys(table for table, *_ in _COLUMNS))
_HEAD = struct.Struct(f"<B{len(_TABLES)}I")


def number_of(identity: str | None) -> int:
    """The number of an id; 0 for none."""
    return word_number(identity) if identity else 0


def day_number(day: dt.date | None) -> int:
    """The number of a day; 0 for none."""
    return day.toordinal() if day else 0


def make_outlines(held: Holdings) -> dict[str, bytes]:
    """The outlines of the documents of a part.

    Args:
        held: the part's rows as readers see them, with its own links.

    Returns:
        By document's id.
    """
    lookup = Lookup(held)
    claims: dict[str, list[StoredClaim]] = defaultdict(list)
    articles: dict[str, list[ArticleKey]] = {document: [] for document, _ in held.articles}
    for key in sorted(held.articles):
        articles[key[0]].append(key)
    for stored in held.claims:
        claims[stored.document].append(stored)
    return {document: _Maker(lookup, keys, claims.get(document, ())).pack() for document, keys in articles.items()}


class _Maker:
    """Packs what a timeline needs of one document.

    Args:
        lookup: over the part.
        keys: the document's articles in the part, in order.
        claims: its claims.
    """

    def __init__(self, lookup: Lookup, keys: Sequence[ArticleKey], claims: Sequence[StoredClaim]) -> None:
        self._lookup = lookup
        self._place = {key: place for place, key in enumerate(keys)}
        self._columns: dict[str, list[object]] = {name: [] for _, name, _ in _COLUMNS}
        self._words: dict[int, int] = {}
        self._text: list[bytes] = []
        said = [day_number(lookup.said_by(stored)) for stored in claims]
        self._articles(keys, zip(claims, said, strict=True))
        for stored, by in zip(claims, said, strict=True):
            self._row(stored, by)
            self._periods(stored, by)
        self._columns["vocabulary"] = [*self._words]

    def pack(self) -> bytes:
        """The outline."""
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted for large parts

        columns = [(table, np.array(self._columns[name], dtype=kind).tobytes(), np.dtype(kind)) for table, name, kind in _COLUMNS]
        columns = [(t, b"".join(self._text) if t == "text" else packed, kind) for t, packed, kind in columns]
        sizes = {table: len(packed) // kind.itemsize for table, packed, kind in reversed(columns)}
        return _HEAD.pack(VERSION, *(sizes[table] for table in _TABLES)) + b"".join(packed for _, packed, _ in columns)

    def _add(self, **values: object) -> None:
        for name, value in values.items():
            self._columns[name].append(value)

    def _articles(self, keys: Sequence[ArticleKey], claims: Iterable[tuple[StoredClaim, int]]) -> None:
        """Note the articles, with the first day by which one of their claims had been said."""
        least: dict[ArticleKey, int] = {}
        for stored, day in claims:
            if day:
                least[stored.article] = min(day, least.get(stored.article, day))
        for key in keys:
            published = self._lookup.holdings.articles[key].published
            stories = self._lookup.stories.get(key, ())
            self._add(
                number=key[1],
                story=number_of(stories[0].id if stories else None),
                published=(published.last or "~") if published else "~",
                day=day_number(published.last_day if published else None),
                said=least.get(key, 0),
            )

    def _row(self, stored: StoredClaim, by: int) -> None:
        claim, links = stored.claim, self._lookup.holdings.links
        kind, when = date_of(self._lookup, stored) or (None, None)
        if claim.part == "caption" or (not _counts(stored) and (when is None or when.first is None)):
            return
        words, sentence = content_words(self._lookup.words_of(stored)), sentence_of(self._lookup, stored)
        printed, text = content_words(sentence), sentence.encode("utf-8", "surrogatepass")
        acts = {f"{act.act}\x1f{act.agent}" for act in claim.acts if act.agent}
        self._add(
            article=self._place[stored.article],
            claim=claim.id,
            start=claim.start,
            first=day_number(when.first_day if when else None),
            last=day_number(when.last_day if when else None),
            by=by,
            flags=self._flags(stored, kind),
            event=number_of(links.event_of.get(claim.id)),
            utterance=number_of(links.utterance_of.get(claim.id)),
            sentence=word_number(sentence),
            words=len(words),
            printed=len(printed),
            acts=len(acts),
            length=len(text),
        )
        self._text.append(text)
        self._columns["words_of"] += self._places(words)
        self._columns["printed_of"] += self._places(printed)
        self._columns["acts_of"] += sorted(word_number(act) for act in acts)

    def _flags(self, stored: StoredClaim, kind: Kind | None) -> int:
        in_body, leads = stored.claim.part == "body", is_leading(self._lookup, stored)
        return HAPPENED * (kind == "happened") | SAID * (kind == "said") | BODY * in_body | LEADS * leads

    def _places(self, words: Iterable[str]) -> list[int]:
        """Places of words in the vocabulary, in the order of their numbers."""
        known = self._words
        return [known.setdefault(number, len(known)) for number in word_numbers(words)]

    def _periods(self, stored: StoredClaim, by: int) -> None:
        times = [*named_times(stored.claim)]
        if not times:
            return
        place = self._place[stored.article]
        for first, last in dict.fromkeys((when.first_day, when.last_day) for when in times):
            self._add(period_article=place, period_first=day_number(first), period_last=day_number(last), period_by=by)


def _counts(stored: StoredClaim) -> bool:
    """Whether a claim may be where a count turned."""
    return stored.claim.happened is None and any(figure.measure != UNMEASURED for figure in stored.claim.figures)


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The outlines of some documents as columns; see `_COLUMNS`.

    Attributes:
        documents: ids of the documents.
        columns: the columns by name, those of all documents one after the other.
        counts: how many entries of each table each document has, by the table's name.
    """

    documents: Sequence[str]
    columns: "Mapping[str, Column]"
    counts: "Mapping[str, Column]"

    def owners(self, table: str) -> "Column":
        """For each entry of a table the place of its document in `documents`."""
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted for large parts

        return np.repeat(np.arange(len(self.documents)), self.counts[table])

    def sentence(self, row: int) -> str:
        """The sentence of a row."""
        end = int(self._ends[row])
        start = end - int(self.columns["length"][row])
        return self.columns["text"][start:end].tobytes().decode("utf-8", "surrogatepass")

    @cached_property
    def _ends(self) -> "Column":
        """Where in `text` the sentence of each row ends."""
        return self.columns["length"].cumsum()

    def shifted(self, name: str, table: str, into: str) -> "Column":
        """A column of places within each document's own entries of another table, as places among those of all documents."""
        import numpy as np  # noqa: PLC0415

        starts = np.cumsum(self.counts[into]) - self.counts[into]
        shifted: Column = self.columns[name] + np.repeat(starts, self.counts[table])
        return shifted


def read_outlines(packed: Sequence[tuple[str, bytes]]) -> Outlines | None:
    """The outlines of some documents.

    Args:
        packed: ids of documents with their outlines.

    Returns:
        None where one is packed in another form than this version's.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and only wanted for large parts

    kinds = [(table, name, np.dtype(kind)) for table, name, kind in _COLUMNS]
    pieces: dict[str, list[bytes]] = {name: [] for _, name, _ in kinds}
    sizes: list[tuple[int, ...]] = []
    for _, content in packed:
        version, *counts = _HEAD.unpack_from(content)
        if version != VERSION:
            return None
        of_table, start = dict(zip(_TABLES, counts, strict=True)), _HEAD.size
        for table, name, kind in kinds:
            end = start + of_table[table] * kind.itemsize
            pieces[name].append(content[start:end])
            start = end
        sizes.append(tuple(counts))
    columns = {name: np.frombuffer(b"".join(pieces[name]), dtype=kind) for _, name, kind in kinds}
    table_counts = np.array(sizes, dtype=np.int64).reshape(len(packed), len(_TABLES))
    return Outlines(
        documents=[document for document, _ in packed],
        columns=columns,
        counts={table: table_counts[:, place] for place, table in enumerate(_TABLES)},
    )
