"""Precedence: what the articles of one story tell about when those of them that print no date were published.

Four things tell, each from the articles' own words; none moves a date that a page prints:

- an article came after the report of another outlet that it cites or copies by name;
- it came after the day on which something was said that it quotes word for word, where another article gives that day;
- a bare weekday lies within the week up to its article, so that where another article dates the same words, quotation or happening,
  the week that begins on that day holds the publication.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from reportedly.model import ArticleKey, Claim, CopyLink, Interval
from reportedly.resolve.actors import Cast
from reportedly.resolve.day_words import DaySentence, day_sentences, words_alike
from reportedly.resolve.reports import Report, words_of
from reportedly.resolve.weights import word_weight

_WEEK = dt.timedelta(days=6)
_QUOTED = 7  # words of a quotation that nobody says twice alike
_ALIKE = 0.5  # Jaccard of content words from which two contents count as one thing said
_FEW = 4  # content words below which a likeness tells nothing
_BLOCK = 6  # longest words of a content: candidates share two of them
_LEAD = 400  # characters of the body in which an article tells its news
_QUOTATION = re.compile(r"[\u201c\"]([^\u201c\u201d\"]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What one article tells about the publication of another that prints no date.

    Attributes:
        article: the article that is bounded.
        by: the article that tells.
        evidence: what it rests on, in words.
        first: no earlier than this day; None where it does not say.
        last: no later than this day; None where it does not say.
        order: `after` where it was published no earlier than `by`, `before` where no later; None where only the days tell.
    """

    article: ArticleKey
    by: ArticleKey
    evidence: str
    first: dt.date | None = None
    last: dt.date | None = None
    order: Literal["after", "before"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim as a side of these decisions.

    Attributes:
        speakers: ids of the actors that speak; empty for the article's own voice.
        outlets: the other outlets that the claim is had from.
        words: the content's words that tell something.
        quoted: every run of seven words between its quotation marks.
        values: the numbers it states.
        day: the day on which it was said, or for own voice happened, where the article gives one.
        weekday: the only weekday that its sentence names; None for none.
        leads: whether it stands in the opening of its article.
    """

    speakers: frozenset[str]
    outlets: frozenset[str]
    words: frozenset[str]
    quoted: frozenset[tuple[str, ...]]
    values: frozenset[str]
    day: dt.date | None
    weekday: int | None
    leads: bool

    def repeats(self, other: "Told") -> bool:
        """Whether the two say the same: the same numbers in much the same words."""
        both = self.words & other.words
        enough = min(len(self.words), len(other.words)) >= _FEW
        return enough and self.values == other.values and len(both) / len(self.words | other.words) >= _ALIKE

    def quotes(self, other: "Told") -> bool:
        """Whether the two quote one speaker with the same words."""
        return bool(self.quoted & other.quoted and self.speakers & other.speakers)


class Side:
    """An article as a side of these decisions; its parts are made when they are first asked for."""

    def __init__(self, report: Report, text: str, cast: Cast) -> None:
        self.report, self.key = report, report.key
        self.is_open = is_open(report)
        self._text, self._cast = text, cast

    @property
    def name(self) -> str:
        """Its outlet for readers, else its document."""
        return self.report.article.outlet or self.report.document.name

    @cached_property
    def sentences(self) -> tuple[DaySentence, ...]:
        """Its sentences with one weekday each."""
        return day_sentences(self.report, self._text)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Its claims in text order."""
        return tuple(self._told(stored.claim) for stored in self.report.claims)

    def _told(self, claim: Claim) -> Told:
        narrated = claim.form == "narration"
        actors = {name: self._cast.actor_of.get((*self.key, name), name) for name in claim.speakers}
        body = next((passage.start for passage in self.report.article.passages if passage.role == "body"), 0)
        return Told(
            speakers=frozenset() if narrated else frozenset(actors.values()),
            outlets=frozenset() if narrated else frozenset((*claim.speakers, *claim.via)) - {self.report.article.outlet or ""},
            words=frozenset(word for span in claim.content for word in words_of(span.text) if word_weight(word) > 0),
            quoted=_quoted(claim),
            values=frozenset(str(n.normalize()) for figure in claim.figures for n in (figure.low, figure.high) if n is not None),
            day=_day(claim.happened if narrated else claim.said),
            weekday=next((sentence.weekday for sentence in self.sentences if sentence.holds(claim)), None),
            leads=claim.part != "body" or claim.start < body + _LEAD,
        )


def is_open(report: Report) -> bool:
    """Whether nothing prints an article's date, so that others may bound it; teasers tell nothing."""
    article, published = report.article, report.article.published
    return article.kind != "teaser" and (published is None or "inferred" in (article.published_evidence, published.basis))


def find_bounds(sides: Sequence[Side], copies: Iterable[CopyLink]) -> tuple[Bound, ...]:
    """What the articles of one story tell about those of them that print no date.

    Args:
        sides: the story's articles.
        copies: near-duplicates among them.

    Returns:
        The bounds, sorted.
    """
    several = sorted((side for side in sides if side.report.article.kind != "teaser"), key=lambda side: side.key)
    if not any(side.is_open for side in several):
        return ()
    found = {*_copied({side.key: side for side in several}, copies), *_cited(several), *_one_day(several), *_told_by_both(several)}
    return tuple(sorted(found, key=lambda bound: (bound.article, bound.by, bound.evidence)))


def _copied(sides: Mapping[ArticleKey, Side], copies: Iterable[CopyLink]) -> Iterator[Bound]:
    """A copy that names the outlet it is copied from came after it."""
    for link in copies:
        pair = sides.get(link.first), sides.get(link.second)
        for one, other in (pair, pair[::-1]):
            if one and other and other.report.article.outlet in set(one.report.article.credits) - {one.report.article.outlet}:
                yield from _ordered(other, one, f"copies the report of {other.name}, which it names")


def _cited(sides: Sequence[Side]) -> Iterator[Bound]:
    """An article that cites an outlet came after that outlet's report, where only one of its reports opens with what is cited."""
    news: dict[str, list[tuple[Side, Told]]] = defaultdict(list)
    for side in sides:
        for told in side.told if side.report.article.outlet else ():
            if told.leads:
                news[side.report.article.outlet or ""].append((side, told))
    for side in sides:
        for told in side.told:
            for outlet in sorted(told.outlets & news.keys()):
                sources = {other.key: other for other, theirs in news[outlet] if other.key != side.key and told.repeats(theirs)}
                for other in sources.values() if len(sources) == 1 else ():
                    yield from _ordered(other, side, f"cites what the report of {other.name} opens with")


def _one_day(sides: Sequence[Side]) -> Iterator[Bound]:
    """The day of a happening that an open article calls by its weekday, where all others that tell of it mean one day."""
    dated: dict[tuple[str, int], list[tuple[Side, DaySentence]]] = defaultdict(list)
    for side in sides:
        for sentence in side.sentences if not side.is_open else ():
            for word in sentence.words if sentence.day else ():
                dated[word, sentence.weekday].append((side, sentence))
    for one in sides:
        for sentence in one.sentences if one.is_open else ():
            told = (pair for word in sorted(sentence.words) for pair in dated.get((word, sentence.weekday), ()))
            near = {(other.key, theirs.start): (other, theirs) for other, theirs in told}
            same = [(other, theirs) for other, theirs in near.values() if words_alike(sentence, theirs)]
            for other, theirs in same if len({theirs.day for _, theirs in same}) == 1 else ():
                if theirs.day:
                    yield _within_week(one, other, theirs.day, f"tells by its weekday of what {other.name} dates {theirs.day}")


def _told_by_both(sides: Sequence[Side]) -> Iterator[Bound]:
    """What the claims that two articles have in common tell about the one of them that prints no date."""
    blocks: dict[Hashable, list[tuple[Side, Told]]] = defaultdict(list)
    for side in sides:
        for told in side.told:
            for key in _keys(told):
                blocks[key].append((side, told))
    for members in blocks.values():
        for one, mine in members:
            for other, theirs in members if one.is_open else ():
                if not other.is_open and theirs.day is not None:
                    yield from _of_pair(one, mine, other, (theirs, theirs.day))


def _of_pair(one: Side, mine: Told, other: Side, dated: tuple[Told, dt.date]) -> Iterator[Bound]:
    theirs, day = dated
    quoted = mine.quotes(theirs)
    if quoted:
        yield Bound(article=one.key, by=other.key, first=day, evidence=f"quotes what was said on {day}, as {other.name} tells")
    if mine.weekday == day.weekday() and (quoted or (mine.speakers == theirs.speakers and mine.repeats(theirs))):
        yield _within_week(one, other, day, f"gives the weekday of what was said on {day}, as {other.name} tells")


def _ordered(earlier: Side, later: Side, evidence: str) -> Iterator[Bound]:
    """The bounds that an order of two articles gives those of them that print no date."""
    if later.is_open:
        yield Bound(article=later.key, by=earlier.key, order="after", evidence=evidence)
    if earlier.is_open:
        yield Bound(article=earlier.key, by=later.key, order="before", evidence=f"{later.name} {evidence}")


def _within_week(one: Side, other: Side, day: dt.date, evidence: str) -> Bound:
    return Bound(article=one.key, by=other.key, first=day, last=day + _WEEK, evidence=evidence)


def _keys(told: Told) -> Iterator[Hashable]:
    yield from told.quoted
    longest = sorted(told.words, key=lambda word: (-len(word), word))[:_BLOCK]
    yield from combinations(sorted(longest), 2)


def _quoted(claim: Claim) -> frozenset[tuple[str, ...]]:
    runs = [words_of(match.group(1)) for span in claim.content for match in _QUOTATION.finditer(span.text)]
    return frozenset(tuple(run[place : place + _QUOTED]) for run in runs for place in range(len(run) - _QUOTED + 1))


def _day(interval: Interval | None) -> dt.date | None:
    """The one day that an article gives; None for a longer stretch, and where only its publication bounds it."""
    if interval is None or interval.basis == "published" or interval.first_day != interval.last_day:
        return None
    return interval.first_day
