"""The events that an article places, and which of them a claim tells of: by their class, by their day, by what was told last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.acts.content_names import place_in_article
from reportedly.extract.acts.contents import content_of
from reportedly.extract.acts.participants import places_at
from reportedly.extract.acts.place_states import common_state, state_in
from reportedly.extract.acts.told_places import loose_places
from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import cast_of
from reportedly.extract.times.attachment import governor, head_of
from reportedly.extract.times.event_classes import aftermath_at, class_at
from reportedly.extract.times.occurrences import counts_toll
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import is_state, region_of, state_of
from reportedly.language.places import is_known_place, name_place
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Interval

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = frozenset({"day", "time"})
_LONGEST = 3  # words of a place before the name of an event
_NEAR = 1  # paragraphs back in which an event told of last is the one that is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEvent:
    """One mention of an event with where it was.

    Attributes:
        sort: its class, a row of the dating table.
        place: canonical name.
        day: the day that its own words give it; None where they give none.
        passage: the number of its paragraph.
        at: its place in the document's text.
    """

    sort: str
    place: str
    day: Interval | None
    passage: int
    at: int


def placed_events(parsed: ParsedArticle, times: Sequence[TimeExpression]) -> tuple[PlacedEvent, ...]:
    """The events that an article places, in text order.

    Args:
        parsed: the parsed article.
        times: its expressions of time in text order.
    """
    return tuple(event for number in range(len(parsed.passages)) for event in _placed_here(parsed, number, times))


def event_place(
    parsed: ParsedArticle, attribution: Attribution, events: Sequence[PlacedEvent], times: Sequence[TimeExpression]
) -> str | None:
    """The place of the event that a content tells of, or whose toll it counts where the article places events of one class only.

    Of several events of a class the one is meant whose day the content names ("Monday's strike"); without a day the state of most
    of them, or, where none has most, the one told of last.

    Args:
        parsed: the parsed article.
        attribution: the claim.
        events: what `placed_events` found.
        times: the article's expressions of time in text order.

    Returns:
        A place's canonical name, the home of what the article tells where it places no event; None where the words leave it open.
    """
    tokens = [token for _, piece in content_of(parsed, attribution) for token in piece]
    named = [token for token in tokens if class_at(token) is not None]
    if any(_is_other(token) or any(c.lower_ in {"a", "an"} for c in token.children) for token in named):
        return None  # "killed in a quake on Thursday" is not the one that is known
    before = (known for token in named for name in _named_before(token) if (known := place_in_article(parsed, name)))
    if (told := next(before, None)) is not None:
        return told  # "those killed in the Tyre strike"
    sorts = {sort for token in tokens if (sort := class_at(token) or aftermath_at(token)) is not None}
    if not sorts and not counts_toll(tokens):
        return None
    near = [event for event in events if not sorts or event.sort in sorts]
    if not near:
        return cast_of(parsed).home
    days = [time.interval for time in times if named and _is_day(time) and any(piece.overlaps(time.span) for piece in attribution.content)]
    groups = [[event for event in near if event.sort == sort] for sort in sorted({event.sort for event in near})]
    placed = {place for group in groups if (place := _meant(parsed, attribution, group, days)) is not None}
    return next(iter(placed)) if len(placed) == 1 else None


def tells_of_elsewhere(parsed: ParsedArticle, attribution: Attribution, events: Sequence[PlacedEvent]) -> bool:
    """Whether a claim names a place in which none of the article's events was, so that their day is not its own.

    Only for places that the tables have: a village that they lack may lie where the event was; and only where each event is somebody's
    deed, for what nature does reaches far.

    Args:
        parsed: the parsed article.
        attribution: the claim.
        events: what `placed_events` found.
    """
    natural = load_table("dating")["natural"]["classes"]
    if not events or any(event.sort in natural for event in events):
        return False
    preps = (token for _, piece in content_of(parsed, attribution) for token in piece if token.dep_ == "prep")
    own = {known for token in preps for name in places_at(token) if (known := place_in_article(parsed, name))}
    placed = {event.place for event in events}
    listed = all(country_of(place) is not None for place in (*own, *placed))
    return bool(own) and listed and not any(_share_ground(one, other) for one in own for other in placed)


def _share_ground(one: str, other: str) -> bool:
    """Whether two places are one, or one of them is the state or region that may hold the other."""
    if one == other:
        return True
    wide = [place for place in (one, other) if is_state(place) or region_of(place) == place]
    return bool(wide) and country_of(one) == country_of(other)


def _of_day(events: Sequence[PlacedEvent], days: Sequence[Interval | None]) -> Sequence[PlacedEvent]:
    """Those of one class that happened on a day that a content names, else those without a day; all where it names none."""
    if not days or all(event.day is None for event in events):
        return events
    same = [event for event in events if any(_on(event.day, day) for day in days)]
    return same or [event for event in events if event.day is None]


def _meant(parsed: ParsedArticle, attribution: Attribution, events: Sequence[PlacedEvent], days: Sequence[Interval | None]) -> str | None:
    """Where the one of a class was that a claim speaks of.

    Of those on a day that it names, and of all where it names none: the place or state of most of them; else the place of the one
    told of right before; else that of the first, of which the article tells. On another day than all of them only their common state.
    """
    told = _of_day(events, days)
    if not told:
        states = {state_in(parsed, event.place) for event in events}
        return next(iter(states)) if len(states) == 1 else None
    common = common_state(parsed, [event.place for event in told])
    if common is not None:
        return common
    start = attribution.content[0].start
    before = [event for event in told if event.at < start and attribution.passage - event.passage <= _NEAR]
    return (before[-1] if before else told[0]).place


def _placed_here(parsed: ParsedArticle, number: int, times: Sequence[TimeExpression]) -> Iterator[PlacedEvent]:
    passage = parsed.passages[number]
    here = [time for time in times if _is_day(time) and passage.start <= time.span.start < passage.end]
    for token in passage.doc:
        sort = class_at(token) if token.pos_ in {"NOUN", "PROPN"} else None
        if sort is None or _is_other(token):
            continue
        place = next((known for name in _places_of_event(token) if (known := place_in_article(parsed, name))), None)
        if place is not None:
            yield PlacedEvent(sort=sort, place=place, day=_day_of(passage, token, here), passage=number, at=passage.start + token.idx)


def _is_day(time: TimeExpression) -> bool:
    return time.kind == "date" and time.interval is not None and time.granularity in _DATED and time.direction is None


def _day_of(passage: ParsedPassage, noun: Token, times: Sequence[TimeExpression]) -> Interval | None:
    """The day of an event: on its noun ("Monday's strike"), or on the verb whose subject, object or circumstance it is."""
    above = governor(noun)
    for time in times:
        token = head_of(passage, time.span)
        if token is None or token.sent.start != noun.sent.start:
            continue
        if noun in token.ancestors or (above is not None and (verb := governor(token)) is not None and verb.i == above.i):
            return time.interval
    return None


def _on(one: Interval | None, other: Interval | None) -> bool:
    """Whether two dates share a day."""
    if one is None or other is None or one.first_day is None or other.first_day is None:
        return False
    return one.first_day <= (other.last_day or other.first_day) and other.first_day <= (one.last_day or one.first_day)


def _places_of_event(noun: Token) -> Iterator[str]:
    """The places named with an event: behind it, with its verb, as what it struck, as its owner."""
    yield from places_at(noun)
    yield from _named_before(noun)
    struck = (
        thing for prep in noun.children if prep.dep_ == "prep" for thing in prep.children if thing.dep_ == "pobj" and thing.pos_ == "NOUN"
    )
    yield from (name for thing in struck for prep in thing.children if prep.dep_ == "prep" for name in places_at(prep))
    verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    if verb is not None:
        yield from places_at(verb)
        for below in (t for c in verb.children if c.dep_ in {"dobj", "prep"} for t in c.subtree):
            yield from loose_places(below)
            if below.dep_ == "dobj" and below.pos_ == "PROPN" and (state := state_of(below.text)) is not None:
                yield state
    if class_at(noun) in load_table("dating")["natural"]["classes"]:  # who owns a strike is who struck, not where
        yield from (state for c in noun.children if c.dep_ in {"poss", "compound"} and (state := _named_state(c)) is not None)


def _named_before(noun: Token) -> Iterator[str]:
    """The city or region named right before an event: "the Tyre strike", "the Golan Heights attack"; a state there may have struck."""
    first = noun.i
    while first and noun.i - first < _LONGEST and noun.doc[first - 1].pos_ == "PROPN" and not noun.doc[first].is_sent_start:
        first -= 1
    for start in range(first, noun.i):
        words = noun.doc[start : noun.i].text
        name = name_place(words)
        if name is not None and not is_state(name) and (country_of(name) is not None or is_known_place(words)):
            yield name
            return


def _named_state(token: Token) -> str | None:
    return state_of(token.text) if token.text[:1].isupper() else None


def _is_other(noun: Token) -> bool:
    """Whether a noun's words show it to be another event than the article's ("a similar quake", "the 2010 quake")."""
    others = load_table("dating")["others"]["words"]
    return class_at(noun) is not None and any(c.lower_ in others or _YEAR.fullmatch(c.text) for c in noun.children)
