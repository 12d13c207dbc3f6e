"""Events inside a story: its own, and those of the past that its articles only compare it with."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import ArticleKey, Event, Interval, Story, group_id
from reportedly.resolve.comparisons import PastEvent, find_past_events, opening_of, opens_with, reaches_on
from reportedly.resolve.incidents import find_told, kinds_told
from reportedly.resolve.remembering import per_report
from reportedly.resolve.reports import Report
from reportedly.resolve.voices import Voice

_MARGIN = dt.timedelta(days=60)  # how long before a story's first report its own events may lie when a date alone tells
_EARLIER = dt.timedelta(days=2)  # from which a day is another than the story's own; one more is what time zones explain
_HALF = 0.5  # share of a story's leads that name a past event, or of its claims that name a day, from which it is the story's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A claim, or one of its figures, that is about a past event.

    Attributes:
        name: the claim's id, or `id#k` for its figure k.
        voice: the claim.
        event: the past event.
    """

    name: str
    voice: Voice
    event: PastEvent


def build_events(
    stories: Sequence[Story], reports: Mapping[ArticleKey, Report], voices: Mapping[ArticleKey, Sequence[Voice]]
) -> tuple[tuple[Event, ...], dict[str, str]]:
    """The events of every story.

    Args:
        stories: the stories.
        reports: articles by key.
        voices: the claims of each article.

    Returns:
        The events, sorted by id, and for each claim in a story the id of its event; where only a figure of a claim is about
        another event, `id#k` leads to that one.
    """
    events: dict[str, Event] = {}
    event_of: dict[str, str] = {}
    for story in stories:
        members = {voice.claim.id: voice for key in story.articles for voice in voices.get(key, ())}
        several = [members[identity] for identity in sorted(members)]
        for event, names in _story_events(story, reports, several):
            events[event.id] = event
            event_of.update(dict.fromkeys(names, event.id))
    return tuple(events[identity] for identity in sorted(events)), dict(sorted(event_of.items()))


def _story_events(story: Story, reports: Mapping[ArticleKey, Report], voices: Sequence[Voice]) -> Iterator[tuple[Event, list[str]]]:
    past: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in _references(story, reports, voices):
        past[reference.event.key].append(reference)
    aside: set[str] = set()
    for key in sorted(past):
        if not _is_own(past[key][0].event, story, reports):
            names = sorted({reference.name for reference in past[key]})
            aside.update(names)
            yield _past_event(story, past[key]), names
    own = [voice for voice in voices if voice.claim.id not in aside]
    if own:
        yield _own_event(story, own), [voice.claim.id for voice in own]


def _references(story: Story, reports: Mapping[ArticleKey, Report], voices: Sequence[Voice]) -> Iterator[Reference]:
    days = [day for key in story.articles if (interval := reports[key].published) and (day := interval.first_day or interval.last_day)]
    if not days:
        return
    before, own = (min(days) - _MARGIN).isoformat(), _own_day(voices)
    kinds = kinds_told(" ".join([story.title, *(reports[key].title or "" for key in story.articles)]))
    for voice in voices:
        found = [*_of_another_day(voice, own, kinds), *_past_of(voice, reports[voice.stored.article], before)]
        figures = voice.claim.figures
        inside = {place: event for place, figure in enumerate(figures) for event in found if event.start <= figure.span.start < event.end}
        if _long_past(voice, before):
            whole = next((event for event in found if event.happened.first == _happened(voice).first), _as_past(voice))
            inside = {place: whole for place, figure in enumerate(figures) if figure.measure != "other"} | inside
        if figures and len(inside) == len(figures):
            yield Reference(name=voice.claim.id, voice=voice, event=inside[0])
        yield from (Reference(name=f"{voice.claim.id}#{place}", voice=voice, event=event) for place, event in inside.items())


@per_report
def _openings(report: Report) -> tuple[str, str]:
    """How an article and its headline begin."""
    return opening_of(report.text), opening_of(report.article.title or "")


def _past_of(voice: Voice, report: Report, before: str) -> tuple[PastEvent, ...]:
    """`find_past_events` of a claim, remembered with its report: the day before which is past seldom changes as a story grows."""
    known, asked = _past_known(report), (before, voice.published)
    held = known.get(voice.claim.id)
    if held is None or held[0] != asked:
        known[voice.claim.id] = held = asked, tuple(find_past_events(voice.claim, before, voice.published))
    return held[1]


@per_report
def _past_known(_: Report) -> dict[str, tuple[tuple[str, Interval | None], tuple[PastEvent, ...]]]:
    """Of claims of an article the past events that were found, after what was asked."""
    return {}


def _own_day(voices: Iterable[Voice]) -> dt.date | None:
    """The day that most claims of a story give to what happened, as long as half of those with a day do; None where it has no one day."""
    days = Counter(day for voice in voices if voice.claim.figures and (day := _day_of(voice)))
    most = min(days, key=lambda day: (-days[day], day), default=None)
    return most if most is not None and days[most] >= _HALF * days.total() else None


def _day_of(voice: Voice) -> dt.date | None:
    happened = voice.claim.happened
    return happened.first_day if happened and happened.granularity == "day" else None


def _of_another_day(voice: Voice, own: dt.date | None, kinds: Collection[str]) -> Iterator[PastEvent]:
    """What a claim tells of an earlier happening of the story's own kind, on a day of its own: another quake, two days before."""
    day, happened = _day_of(voice), voice.claim.happened
    if own is None or day is None or happened is None or happened.basis != "words" or not voice.claim.figures or own - day < _EARLIER:
        return
    for span in voice.claim.content:
        kind = next((told.kind for told in find_told(span.text, voice.published) if told.day == day and told.kind in kinds), None)
        if kind is not None:
            yield PastEvent(noun=kind, happened=happened, words=span.text, start=span.start, end=span.end)


def _long_past(voice: Voice, before: str) -> bool:
    """Whether a claim says itself that all it tells of happened before its story's own events."""
    happened = _happened(voice)
    if happened.words is None or happened.first is None or happened.last is None:
        return False
    return happened.last[:10] < before and not reaches_on(happened.words.text)


def _happened(voice: Voice) -> Interval:
    return voice.claim.happened or Interval(first=None, last=None)


def _as_past(voice: Voice) -> PastEvent:
    claim, happened = voice.claim, _happened(voice)
    words = happened.words.text if happened.words else ""
    return PastEvent(noun="", happened=happened, words=words, start=claim.start, end=claim.end)


def _is_own(event: PastEvent, story: Story, reports: Mapping[ArticleKey, Report]) -> bool:
    """Whether the story is about the past event after all: half of its articles open with it."""
    naming = sum(any(opens_with(opening, event) for opening in _openings(reports[key])) for key in story.articles)
    return naming >= _HALF * len(story.articles)


def _past_event(story: Story, references: Sequence[Reference]) -> Event:
    least = min(references, key=lambda reference: (len(reference.event.words), reference.event.words))
    return Event(
        id=group_id("e", (reference.name for reference in references)),
        story=story.id,
        parent=None,
        label=least.event.words,
        place=_commonest(reference.voice.claim.place for reference in references),
        happened=least.event.happened,
        background=True,
        claims=tuple(sorted({reference.voice.claim.id for reference in references})),
    )


def _own_event(story: Story, voices: Sequence[Voice]) -> Event:
    dated = [voice.claim.happened for voice in voices if voice.claim.happened and voice.claim.happened.granularity == "day"]
    first = min(dated, key=lambda interval: (interval.first or "~", interval.last or "~"), default=None)
    return Event(
        id=group_id("e", (voice.claim.id for voice in voices)),
        story=story.id,
        parent=None,
        label=story.title,
        place=_commonest(voice.claim.place for voice in voices),
        happened=_span(dated, first),
        background=False,
        claims=tuple(voice.claim.id for voice in voices),
    )


def _span(dated: Sequence[Interval], first: Interval | None) -> Interval | None:
    """The day most claims name, the earliest of equals; None where no claim names a day."""
    if first is None:
        return None
    days = Counter(interval.first for interval in dated)
    most = min(days, key=lambda day: (-days[day], day or "~"))
    return min((i for i in dated if i.first == most), key=lambda i: (i.last or "~", i.words.text if i.words else ""))


def _commonest(places: Iterable[str | None]) -> str | None:
    counts = Counter(place for place in places if place)
    return min(counts, key=lambda place: (-counts[place], place), default=None)
