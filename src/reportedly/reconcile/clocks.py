"""Shows what was said, published and recorded by a date: design section 5, 'Three clocks'."""

import dataclasses
import datetime as dt

from reportedly.errors import BadDateError
from reportedly.model import Article, ArticleKey, Clocks, Document, Holdings, StoredClaim, parse_day
from reportedly.reconcile.lookup import said_by
from reportedly.reconcile.narrowing import narrow_links


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
    moment = _moment(clocks.recorded_before) if isinstance(clocks.recorded_before, str) else None
    documents = {name: document for name, document in holdings.documents.items() if _held(document, moment)}
    claims = tuple(stored for stored in holdings.claims if stored.document in documents and _shown(holdings, stored, clocks))
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


def _shown(holdings: Holdings, stored: StoredClaim, clocks: Clocks) -> bool:
    article = holdings.articles.get(stored.article)
    published = article.published if article else None
    if clocks.as_of is not None and not _by(said_by(stored, published), clocks.as_of):
        return False
    if clocks.published_by is not None and not _by(published.last_day if published else None, clocks.published_by):
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
