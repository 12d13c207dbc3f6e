"""Shows articles that print no date under the dates that other articles give them; the stored records stay as they were read."""

from dataclasses import replace

from reportedly.language.times.finding import find_times
from reportedly.model import Holdings, Interval, StoredClaim


def redate(holdings: Holdings) -> Holdings:
    """The holdings with the dates of `links.dates` in their articles and claims.

    A claim that no words date was said by the end of its article's publication, and none was said later than that. Words that count
    from the article's day ("on Thursday") are counted from the narrower date.

    Args:
        holdings: rows as they are stored.

    Returns:
        New holdings; the same where no article was dated by others. Doing it twice changes nothing.
    """
    given = {date.article: date.published for date in holdings.links.dates if date.article in holdings.articles}
    if all(holdings.articles[key].published == published for key, published in given.items()):
        return holdings
    dated = {key: replace(holdings.articles[key], published=published, published_evidence="inferred") for key, published in given.items()}
    texts = {document: holdings.text_of(document) for document in {key[0] for key in given}}
    claims = tuple(
        _dated(stored, given[stored.article], texts[stored.document]) if stored.article in given else stored for stored in holdings.claims
    )
    return replace(holdings, articles={**holdings.articles, **dated}, claims=claims)


def _dated(stored: StoredClaim, published: Interval, text: str) -> StoredClaim:
    claim = stored.claim
    said, happened = _counted(claim.said, published, text), _counted(claim.happened, published, text)
    said = _ended(said, published)
    if (said, happened) == (claim.said, claim.happened):
        return stored
    return replace(stored, claim=replace(claim, said=said, happened=happened))


def _counted(interval: Interval | None, published: Interval, text: str) -> Interval | None:
    """An interval narrowed to what its words mean when they are counted from the article's own days; as it was where that is outside."""
    if interval is None or interval.words is None or interval.basis != "words" or interval.first_day is None or interval.last_day is None:
        return interval
    times = find_times(text, interval.words.start, interval.words.end, against=published)
    found = times[0].interval if len(times) == 1 and times[0].relative else None
    if found is None or found.first_day is None or found.last_day is None:
        return interval
    inside = interval.first_day <= found.first_day and found.last_day <= interval.last_day
    return replace(interval, first=found.first, last=found.last) if inside else interval


def _ended(said: Interval | None, published: Interval) -> Interval | None:
    """When something was said, with no day after the publication."""
    end = published.last_day
    if end is None:
        return said
    if said is None or said.basis == "published":
        return Interval(first=None, last=published.last, basis="published")
    if (said.first_day is None or said.first_day <= end) and (said.last_day is None or said.last_day > end):
        return replace(said, last=published.last)
    return said
