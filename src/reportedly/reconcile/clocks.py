"""Shows what was said, published and recorded by a date: design section 5, 'Three clocks'."""

import dataclasses
import datetime as dt
import threading
from collections import OrderedDict

from reportedly.errors import BadDateError
from reportedly.model import Article, ArticleKey, Clocks, Document, Holdings, StoredClaim, parse_day
from reportedly.reconcile.lookup import Lookup, said_by
from reportedly.reconcile.narrowing import narrow_links

_KEPT = 8  # states of the holdings that are remembered at least: a brief asks for three, and the desk for one a reader
_MOST_CLAIMS = 20_000  # claims of those that are remembered beyond
_TOLD = tuple(field.name for field in dataclasses.fields(Holdings) if field.name != "revision")


class _Remembered:
    """The last few states of the holdings that were asked for, with all that was made of them.

    A state is known by the very objects that the rows came in, which are held on to; rows are never changed, so what was made of them
    holds, also in a later revision that left them as they were.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: OrderedDict[tuple[tuple[int, ...], Clocks], tuple[Holdings, Lookup]] = OrderedDict()
        self._claims = 0

    def lookup(self, holdings: Holdings, clocks: Clocks) -> Lookup:
        key = tuple(id(getattr(holdings, name)) for name in _TOLD), clocks
        with self._lock:
            found = self._states.get(key)
            if found is not None:
                self._states.move_to_end(key)
                return found[1]
        made = Lookup(_narrowed(holdings, clocks), clocks)
        with self._lock:
            if key not in self._states:
                self._claims += len(holdings.claims)
            self._states[key] = holdings, made
            while len(self._states) > _KEPT and self._claims > _MOST_CLAIMS:
                self._claims -= len(self._states.popitem(last=False)[1][0].claims)
        return made


_REMEMBERED = _Remembered()


def lookup_at(holdings: Holdings, clocks: Clocks) -> Lookup:
    """A lookup over the holdings as the clocks show them; of the last few states that were asked for, the one made before.

    Args:
        holdings: all that the ledger holds, or one story's rows.
        clocks: the clocks.

    Raises:
        BadDateError: `recorded_before` is a text that is no ISO date or time.
    """
    return _REMEMBERED.lookup(holdings, clocks)


def visible(holdings: Holdings, clocks: Clocks) -> Holdings:
    """The holdings as the clocks show them, links reduced to what is left.

    `as_of` takes the end of `said`, and where a claim has none the end of its article's publication; `published_by` takes the
    end of the article's publication; `recorded_before` takes a ledger's revision (an integer) or a moment (ISO 8601, read as UTC
    where it names no zone). A claim that has no such bound appears only without the clock.

    Args:
        holdings: all that the ledger holds.
        clocks: the clocks; without any the holdings come back as they are.

    Returns:
        A new `Holdings`; ids of origins, events, statements and stories stay as they were.

    Raises:
        BadDateError: `recorded_before` is a text that is no ISO date or time.
    """
    if not clocks.running:
        return holdings
    seen = lookup_at(holdings, clocks).holdings
    return seen if seen.revision == holdings.revision else dataclasses.replace(seen, revision=holdings.revision)


def _narrowed(holdings: Holdings, clocks: Clocks) -> Holdings:
    if not clocks.running:
        return holdings
    moment = _moment(clocks.recorded_before) if isinstance(clocks.recorded_before, str) else None
    documents = {name: document for name, document in holdings.documents.items() if _held(document, moment)}
    days = lookup_at(holdings, Clocks()).once(_days)
    claims = tuple(
        stored
        for stored, (said, published) in zip(holdings.claims, days, strict=True)
        if stored.document in documents and _shown(stored, said, published, clocks)
    )
    articles = _shown_articles(holdings, documents, claims, clocks)
    emptied = {key[0] for key in holdings.articles} - {key[0] for key in articles}
    narrowed = dataclasses.replace(
        holdings,
        documents={name: document for name, document in documents.items() if name not in emptied},
        articles=articles,
        claims=claims,
        judgements=tuple(judgement for judgement in holdings.judgements if moment is None or _moment(judgement.at) < moment),
    )
    return dataclasses.replace(narrowed, links=narrow_links(narrowed, clocks.as_of or clocks.published_by))


def day_text(clocks: Clocks) -> str | None:
    """The day that the clocks show, ISO; None where neither saying nor publication is bounded."""
    day = clocks.as_of or clocks.published_by
    return day.isoformat() if day else None


def _days(lookup: Lookup) -> tuple[tuple[dt.date | None, dt.date | None], ...]:
    """For each claim the day by which it had been said, and that by which its article was published; asked by every clock."""
    published = {key: article.published for key, article in lookup.holdings.articles.items()}
    printed = {key: interval.last_day if interval else None for key, interval in published.items()}
    keyed = [(stored, stored.article) for stored in lookup.holdings.claims]
    return tuple((said_by(stored, published.get(key)), printed.get(key)) for stored, key in keyed)


def _shown(stored: StoredClaim, said: dt.date | None, published: dt.date | None, clocks: Clocks) -> bool:
    if clocks.as_of is not None and not _by(said, clocks.as_of):
        return False
    if clocks.published_by is not None and not _by(published, clocks.published_by):
        return False
    return not isinstance(clocks.recorded_before, int) or stored.recorded < clocks.recorded_before


def _shown_articles(
    holdings: Holdings, documents: dict[str, Document], claims: tuple[StoredClaim, ...], clocks: Clocks
) -> dict[ArticleKey, Article]:
    """Articles with a claim that is shown, or published in time; those of a later revision are known by their claims alone."""
    speaking = {stored.article for stored in claims}
    day = min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)

    def kept(key: ArticleKey, article: Article) -> bool:
        if key in speaking or key[0] not in documents or isinstance(clocks.recorded_before, int):
            return key in speaking
        return day is None or _by(article.published.last_day if article.published else None, day)

    return {key: article for key, article in holdings.articles.items() if kept(key, article)}


def _by(day: dt.date | None, clock: dt.date) -> bool:
    return day is not None and day <= clock


def _held(document: Document, moment: dt.datetime | None) -> bool:
    return moment is None or (bool(document.read_at) and _moment(document.read_at) < moment)


def _moment(words: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError:
        try:
            found = dt.datetime.combine(parse_day(words), dt.time())
        except ValueError as error:
            raise BadDateError(words, name="recorded_before") from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
