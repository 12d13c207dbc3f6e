"""Says when each claim was uttered and when what it is about took place."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.extract.acts.contents import passage_number
from reportedly.extract.acts.joined_statements import joined_statements, lend_between
from reportedly.extract.acts.placed_events import PlacedEvent, placed_events, tells_of_elsewhere
from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.times.happening import after_event, happened_words, not_before
from reportedly.extract.times.news_day import carry_said, survey
from reportedly.extract.times.occurrences import Occurrences, counts_toll, dated_occurrences, inherit_happened, lend
from reportedly.extract.times.saying import said_words
from reportedly.extract.times.tolls import date_toll, event_of, takes_up_event, toll_beside
from reportedly.extract.times.windows import window_basis, window_of
from reportedly.language.naming.outlets import outlet_row
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Interval

__all__ = ["Dates", "date_claim", "date_claims", "find_article_times", "published_bound", "share_times", "window_basis", "window_of"]

_TAKEN_UP = 2  # paragraphs for which "that disaster" takes up the event told of last

Dates = tuple[Interval | None, Interval | None]
"""When a claim was said, and when what it is about happened."""


@once_for_article
def find_article_times(parsed: ParsedArticle) -> list[TimeExpression]:
    """The expressions of time in an article's paragraphs, in text order, resolved against its publication.

    All paragraphs are read in one go, so that "a month later" finds the date of a paragraph before; dates in digits, holidays and
    seasons are read as in the country of the outlet.
    """
    if not parsed.passages:
        return []
    start, end = parsed.passages[0].start, parsed.passages[-1].end
    outlet = outlet_row(parsed.article.outlet) if parsed.article.outlet else None
    country = outlet.country if outlet else None
    found = find_times(parsed.text, start, end, against=parsed.article.published, country=country)
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
    events = _EventDays(parsed=parsed, times=shared, occurrences=occurrences, places=placed_events(parsed, times))
    uttered = [by_words[place] or carry_said(around, place) for place in range(len(attributions))]
    happened = [events.date(attribution, said) for attribution, said in zip(attributions, uttered, strict=True)]
    told = lend_between(joined_statements(parsed, attributions), [_of_words(day) for day in happened])
    dates: list[Dates] = []
    for attribution, said, own, lent in zip(attributions, uttered, happened, told, strict=True):
        day = lent or own
        dated = not_before(said, day) or after_event(parsed, attribution, day)
        dates.append((dated or published_bound(parsed), day))
    return dates


def _of_words(happened: Interval | None) -> Interval | None:
    """A day that a claim's own words give; None for one that the article lends it."""
    return happened if happened is not None and happened.basis != "inferred" else None


@dataclass(slots=True, kw_only=True)
class _EventDays:
    """Dates what an article's claims tell of, one after the other.

    Attributes:
        parsed: the article.
        times: the expressions of time of each paragraph.
        occurrences: the events that the article dates.
        places: the events that the article places.
        latest: paragraph and day of the event told of last, which "in that disaster" takes up.
    """

    parsed: ParsedArticle
    times: Sequence[Sequence[TimeExpression]]
    occurrences: Occurrences
    places: Sequence[PlacedEvent] = ()
    latest: tuple[int, Interval] | None = None

    def date(self, attribution: Attribution, said: Interval | None) -> Interval | None:
        """When what a claim tells of took place; None where neither its words nor the article's other dates say."""
        passage, here = self.parsed.passages[attribution.passage], self.times[attribution.passage]
        toll = toll_beside(passage, attribution.content, here)
        if toll is not None:
            happened = date_toll(toll, passage, here) or lend(self.occurrences.get(event_of(toll) or ""))
        else:
            happened = happened_words(self.parsed, attribution, here, said) or self._elsewhere(attribution, said)
            if happened is None and not tells_of_elsewhere(self.parsed, attribution, self.places):
                happened = inherit_happened(self.parsed, attribution, self.occurrences)
        tokens = [token for piece in attribution.content for token in passage.tokens(piece) or ()]
        if happened is None and self.latest is not None and counts_toll(tokens) and takes_up_event(tokens):
            paragraph, day = self.latest
            happened = lend(day) if attribution.passage - paragraph <= _TAKEN_UP else None
        if happened is not None and happened.first is not None and happened.last is not None:
            self.latest = (attribution.passage, happened)
        return happened

    def _elsewhere(self, attribution: Attribution, said: Interval | None) -> Interval | None:
        """The date in a piece of the content that stands in another paragraph than the cue."""
        for piece in attribution.content:
            number = passage_number(self.parsed, piece.start)
            if number is not None and number != attribution.passage:
                moved = replace(attribution, passage=number, content=(piece,))
                happened = happened_words(self.parsed, moved, self.times[number], said)
                if happened is not None:
                    return happened
        return None


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
