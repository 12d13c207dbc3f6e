"""Says when each claim was uttered and when what it is about took place."""

import bisect
from collections.abc import Sequence

from reportedly.extract.happening import after_event, happened_words
from reportedly.extract.news_day import carry_said, survey
from reportedly.extract.occurrences import dated_occurrences, inherit_happened
from reportedly.extract.parsed import Attribution, ParsedArticle
from reportedly.extract.saying import said_words
from reportedly.extract.windows import window_basis, window_of
from reportedly.language.times import TimeExpression, find_times
from reportedly.model import Interval

__all__ = ["Dates", "date_claim", "date_claims", "find_article_times", "published_bound", "share_times", "window_basis", "window_of"]

Dates = tuple[Interval | None, Interval | None]
"""When a claim was said, and when what it is about happened."""


def find_article_times(parsed: ParsedArticle) -> list[TimeExpression]:
    """The expressions of time in an article's paragraphs, in text order, resolved against its publication.

    All paragraphs are read in one go, so that "a month later" finds the date of a paragraph before.
    """
    if not parsed.passages:
        return []
    start, end = parsed.passages[0].start, parsed.passages[-1].end
    found = find_times(parsed.text, start, end, against=parsed.article.published)
    return [time for times in share_times(parsed, found) for time in times]


def date_claim(parsed: ParsedArticle, attribution: Attribution, times: Sequence[TimeExpression]) -> Dates:
    """When a claim was uttered and when what it is about took place, from its own words alone.

    Args:
        parsed: the parsed article.
        attribution: the claim's source, cue and content.
        times: expressions of time of its paragraph, or of the whole article.

    Returns:
        (said, happened); said without words is any time up to the publication, happened without words None.
    """
    said = said_words(parsed, attribution, times)
    happened = happened_words(parsed, attribution, times, said)
    return said or published_bound(parsed), happened


def date_claims(
    parsed: ParsedArticle,
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    speakers: Sequence[Sequence[str]] | None = None,
) -> list[Dates]:
    """When each claim of an article was uttered and when what it is about took place.

    Where its own words do not say, what the article dates elsewhere bounds them (basis `inferred`): an utterance of the same
    speaker nearby, the day that the article's opening gives for its news, the event whose toll is counted.

    Args:
        parsed: the parsed article.
        attributions: its attributions in text order.
        times: its expressions of time, as `find_article_times` gives them.
        speakers: canonical names of each attribution's speakers; None lets the words of the sources stand for them.

    Returns:
        One (said, happened) an attribution, in order.
    """
    shared = share_times(parsed, times)
    by_words = [said_words(parsed, attribution, shared[attribution.passage]) for attribution in attributions]
    occurrences = dated_occurrences(parsed, shared)
    around = survey(parsed, attributions, shared, by_words, speakers)
    dates: list[Dates] = []
    for place, attribution in enumerate(attributions):
        said = by_words[place] or carry_said(around, place)
        happened = happened_words(parsed, attribution, shared[attribution.passage], said)
        happened = happened or inherit_happened(parsed, attribution, occurrences)
        dates.append((said or after_event(parsed, attribution, happened) or published_bound(parsed), happened))
    return dates


def share_times(parsed: ParsedArticle, times: Sequence[TimeExpression]) -> list[list[TimeExpression]]:
    """The expressions of time that lie inside each paragraph, a list a paragraph."""
    shared: list[list[TimeExpression]] = [[] for _ in parsed.passages]
    starts = [passage.start for passage in parsed.passages]
    for time in times:
        place = bisect.bisect_right(starts, time.span.start) - 1
        if place >= 0 and time.span.end <= parsed.passages[place].end:
            shared[place].append(time)
    return shared


def published_bound(parsed: ParsedArticle) -> Interval | None:
    """Any time up to the article's publication; None where that is unknown."""
    published = parsed.article.published
    if published is None or published.last is None:
        return None
    return Interval(first=None, last=published.last, basis="published")
