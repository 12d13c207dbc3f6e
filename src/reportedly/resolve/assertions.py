"""Assertions: a claim, or one figure of it, as the decisions about origins see it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from reportedly.language.numerals.counted import class_of
from reportedly.model import ArticleKey, Figure, Interval
from reportedly.resolve.reports import days_between
from reportedly.resolve.voices import Voice, contents_alike

_TELLING = 10  # least number by which an article is known to repeat another's figure
_ONE_ASSESSMENT = 3  # days between the cut-offs of one principal's figures up to which they are one assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A claim, or one figure of it.

    Attributes:
        name: the claim's id, `id#k` for its figure k, or `id#k@P` for what principal P has of a figure that several put forward.
        voice: the claim.
        figure: the figure; None for the claim itself.
        principals: whose assertion it is, sorted; empty where nobody is named.
        event: id of the event it is about, or None.
        stories: ids of the stories of its articles, sorted.
    """

    name: str
    voice: Voice
    figure: Figure | None
    principals: tuple[str, ...]
    event: str | None
    stories: tuple[str, ...]

    @property
    def cut_off(self) -> Interval | None:
        """The day it counts up to: its window's end, else said, else published."""
        window = self.figure.window if self.figure else None
        if window and window.last:
            return replace(window, first=window.last)
        return self.voice.said

    @property
    def told_of(self) -> Interval | None:
        """The time that it tells of, which is that of its assessment whenever it is repeated; None where no words say."""
        window = self.figure.window if self.figure else None
        return window or self.voice.claim.happened

    @property
    def is_part(self) -> bool:
        """Whether it is one principal's part in a joint figure."""
        return "@" in self.name

    @property
    def bounds(self) -> tuple[str, ...]:
        """The numbers it states."""
        figure = self.figure
        return _numbers(figure.low, figure.high) if figure else ()

    @property
    def wire_keys(self) -> tuple[Hashable, ...]:
        """Keys that two copies of one own-voice assertion share."""
        if self.figure is None:
            return tuple(("words", word) for word in sorted(self.voice.words, key=lambda word: (-len(word), word))[:2])
        return (("figure", self.figure.measure, *(self.bounds or (self.figure.span.text.lower(),))),)


@lru_cache(maxsize=1 << 14)
def _numbers(low: Decimal | None, high: Decimal | None) -> tuple[str, ...]:
    return tuple(sorted({str(number.normalize()) for number in (low, high) if number is not None}))


def gather_assertions(voices: Sequence[Voice], event_of: Mapping[str, str], stories_of: Mapping[ArticleKey, str]) -> tuple[Assertion, ...]:
    """Every claim and every figure, sorted by name."""
    return tuple(sorted((a for voice in voices for a in _assertions(voice, event_of, stories_of)), key=lambda a: a.name))


def one_assessment(one: Assertion, other: Assertion) -> str | None:
    """Why two figures of the same principal are one assessment, or None where they are two.

    They count the same and state a common number, and their cut-offs lie within three days or are not known to differ, or one is
    told of the time for which the other was given: "10,000 to 12,000 last fall", said in spring, is last fall's assessment.
    """
    if not _counts_same(one, other) or not set(one.bounds) & set(other.bounds):
        return None
    apart = days_between(one.cut_off, other.cut_off)
    if not apart:
        return "one principal's figure, cut-offs that meet"
    if apart <= _ONE_ASSESSMENT:
        return f"one principal's figure, cut-offs {apart} days apart"
    times = [(one.told_of, other.told_of), (one.told_of, other.cut_off), (one.cut_off, other.told_of)]
    return "one principal's figure, told of one time" if any(days_between(*pair) == 0 for pair in times) else None


def figure_repeats(own: Assertion, spoken: Assertion) -> bool:
    """Whether an own-voice figure repeats an attributed one of its article: the same count with a common number."""
    return _counts_same(own, spoken) and bool(set(own.bounds) & set(spoken.bounds))


def own_voice_repeats(own: Assertion, spoken: Assertion) -> bool:
    """Whether an own-voice figure repeats an attributed one of its story that was out when the article was published.

    Across articles a number below ten tells nothing: any two reports share a one or a two.
    """
    published, said = own.voice.published, spoken.voice.said
    telling = any(map(is_telling, set(own.bounds) & set(spoken.bounds)))
    if not telling or not figure_repeats(own, spoken) or published is None or said is None or said.last is None or published.last is None:
        return False
    return said.last[:10] <= published.last[:10]


@lru_cache(maxsize=1 << 14)
def is_telling(number: str) -> bool:
    """Whether a number that two articles state tells that one repeats the other's figure."""
    return Decimal(number) >= _TELLING


def same_wire(one: Assertion, other: Assertion, repeats: frozenset[tuple[ArticleKey, ArticleKey]]) -> str | None:
    """Why two unattributed assertions are one, or None: told twice in one article, or in articles of which one copies the other."""
    if (one.figure is None) != (other.figure is None):
        return None
    alike = figure_repeats(one, other) if one.figure else contents_alike(one.voice, other.voice)
    if one.figure and other.figure and not one.bounds and not other.bounds:
        alike = one.figure.span.text.lower() == other.figure.span.text.lower() and _counts_same(one, other)
    if not alike:
        return None
    if set(one.voice.articles) & set(other.voice.articles):
        return "told twice in one article"
    copied = any((mine, theirs) in repeats for mine in one.voice.articles for theirs in other.voice.articles)
    return "one text carried by several" if copied else None


def _assertions(voice: Voice, event_of: Mapping[str, str], stories_of: Mapping[ArticleKey, str]) -> Iterator[Assertion]:
    stories = tuple(sorted({stories_of[key] for key in voice.articles if key in stories_of}))
    identity, who = voice.claim.id, voice.principals
    whole = Assertion(name=identity, voice=voice, figure=None, principals=who, event=event_of.get(identity), stories=stories)
    yield whole
    for place, figure in enumerate(voice.claim.figures):
        name = f"{identity}#{place}"
        told = replace(whole, name=name, figure=figure, event=event_of.get(name, whole.event))
        yield told
        if voice.attributed and len(who) > 1:
            yield from (replace(told, name=f"{name}@{principal}", principals=(principal,)) for principal in who)


def _counts_same(one: Assertion, other: Assertion) -> bool:
    mine, theirs = one.figure, other.figure
    if mine is None or theirs is None or one.event != other.event:
        return False
    if not set(one.stories) & set(other.stories) and not set(one.voice.articles) & set(other.voice.articles):
        return False
    same = (mine.measure, mine.unit, mine.per, mine.share, mine.status) == (
        theirs.measure,
        theirs.unit,
        theirs.per,
        theirs.share,
        theirs.status,
    )
    return same and _fit(class_of(mine.counted), class_of(theirs.counted)) and _fit(mine.population, theirs.population)


def _fit(mine: str | None, theirs: str | None) -> bool:
    """Whether two values agree as far as both are given."""
    return mine is None or theirs is None or mine == theirs
