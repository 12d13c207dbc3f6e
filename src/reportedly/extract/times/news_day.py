"""Bounds the saying of claims without a date by what the article dates around them."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.times.attachment import ancestors, cue_verb, governor, head_of, tense_of
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Interval

_OPENING = 4  # paragraphs in which a report gives the day of its news
_SHORTEST = 80  # characters; shorter lines are furniture that the reader could not tell
_RECENT = 40  # attributions looked back at; two paragraphs hold fewer
_FRESH = dt.timedelta(days=7)
_PRONOUNS = {"he", "she", "they", "it", "who"}
_POSSESSIVE = {"\u2019s", "'s"}
_HEADLINES = {"headline", "standfirst", "caption"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence that dates an utterance told of elsewhere ("Kim made the remarks Thursday").

    Attributes:
        speaker: the last word of its subject, in small letters.
        said: its date.
    """

    speaker: str
    said: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What of an article can date an utterance whose own words do not.

    Attributes:
        parsed: the article.
        attributions: its attributions in text order.
        said: for each, what its own words date; None where they do not.
        speakers: for each, canonical names; None where nobody resolved them.
        news: the first day of the article's news; None where its opening names none.
        opening: places of the paragraphs that open the article.
        remarks: for each paragraph, sentences that date an utterance told of elsewhere.
    """

    parsed: ParsedArticle
    attributions: Sequence[Attribution]
    said: Sequence[Interval | None]
    speakers: Sequence[Sequence[str]] | None
    news: dt.date | None
    opening: frozenset[int]
    remarks: Sequence[Sequence[Remark]]


def survey(
    parsed: ParsedArticle,
    attributions: Sequence[Attribution],
    times: Sequence[Sequence[TimeExpression]],
    said: Sequence[Interval | None],
    speakers: Sequence[Sequence[str]] | None,
) -> Surroundings:
    """What of an article can date an utterance whose own words do not.

    Args:
        parsed: the article.
        attributions: its attributions in text order.
        times: the expressions of time of each paragraph.
        said: for each attribution what its own words date.
        speakers: for each attribution canonical names, or None.
    """
    opening = _opening(parsed)
    return Surroundings(
        parsed=parsed,
        attributions=attributions,
        said=said,
        speakers=speakers,
        news=_news_day(parsed, [(parsed.passages[place], time) for place in sorted(opening) for time in times[place]]),
        opening=opening,
        remarks=[list(_remarks(passage, times[place])) for place, passage in enumerate(parsed.passages)],
    )


def _news_day(parsed: ParsedArticle, opening: Sequence[tuple[ParsedPassage, TimeExpression]]) -> dt.date | None:
    """The first day, from a week before publication on, that an article's opening names for its news, or None.

    A day on which something had happened before ("had been checked on Monday") is none of the news; a day that only tells which
    thing is meant ("Saturday's quake") counts where no other stands.
    """
    published = parsed.article.published
    if published is None or published.last_day is None:
        return None
    first, last = published.first_day or published.last_day, published.last_day  # a month where the article is dated no nearer
    days: dict[bool, list[dt.date]] = {True: [], False: []}
    for passage, time in opening:
        day = time.interval.first_day if time.interval is not None else None
        if day is None or time.granularity not in {"day", "time"} or time.direction is not None or _is_told_back(passage, time):
            continue
        if first - _FRESH < day <= last:
            days[_is_aside(passage, time)].append(day)
    return min(days[False] or days[True], default=None)


def _remarks(passage: ParsedPassage, times: Sequence[TimeExpression]) -> Iterator[Remark]:
    """The sentences of a paragraph that date an utterance told of elsewhere."""
    words = load_table("dating")["sayings"]
    for time in times:
        token = head_of(passage, time.span) if time.interval is not None else None
        verb = governor(token) if token is not None else None
        if verb is None or time.interval is None or verb.lemma_ not in words["taking_up"]:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and any(c.dep_ == "dobj" and c.lemma_ in words["taken_up"] for c in verb.children):
            yield Remark(speaker=subject.lower_, said=time.interval)


def carry_said(around: Surroundings, place: int) -> Interval | None:
    """When an undated utterance of the past was made, by the article's other dates.

    In this order: the date of what was told right before, in the paragraph or (of a quotation that opens the next) in the one
    before, of the same speaker, of one of several joint ones, or of one that speaks for the same principal; a sentence in the same
    or an adjacent paragraph that dates the speaker's remarks; the only date of the same speaker in the same or the paragraph before; the
    time from the first day of the article's news to its publication, beginning earlier where an older date stands in the paragraph,
    or right before it for somebody not heard till then.
    What a speaker thinks in the present ("evidence suggests ..., she said") was told with what the same one said in the paragraph.

    Args:
        around: what the article dates.
        place: which attribution is meant.

    Returns:
        An inferred interval, or None where nothing bounds it below.
    """
    attribution, published = around.attributions[place], around.parsed.article.published
    if attribution.form == "narration" or published is None:
        return None
    if not _is_past(around, attribution):
        told = _told_along(around, place)
        return None if told is None else _as_inferred(around.said[told]) or carry_said(around, told)
    recent = range(max(0, place - _RECENT), place)
    continued = _continued(around, place)
    if continued is not None:
        return _as_inferred(continued)
    near = [i for i in recent if around.said[i] is not None and attribution.passage - around.attributions[i].passage <= 1]
    beside = around.remarks[max(0, attribution.passage - 1) : attribution.passage + 2]
    taken_up = [remark.said for paragraph in beside for remark in paragraph if _is_of(remark, attribution)]
    same = taken_up or [said for i in near if _same_speaker(around, i, place) and (said := around.said[i]) is not None]
    dates = {(said.first, said.last) for said in same}
    if len(dates) == 1:
        return _as_inferred(same[0])
    if around.news is None:
        return None
    known = any(_same_speaker(around, i, place) for i in recent)
    beside_it = [i for i in near if around.attributions[i].passage == attribution.passage or not known]
    older = [day for i in beside_it if (said := around.said[i]) is not None and (day := said.first_day) is not None and day < around.news]
    return Interval(first=min([around.news, *older]).isoformat(), last=published.last, basis="inferred")


def _as_inferred(said: Interval | None) -> Interval | None:
    return None if said is None else Interval(first=said.first, last=said.last, granularity=said.granularity, basis="inferred")


def _told_along(around: Surroundings, place: int) -> int | None:
    """The utterance of the past in the same paragraph with whose words one in the present was told, or None."""
    attribution = around.attributions[place]
    verb = cue_verb(around.parsed.passages[attribution.passage], attribution)
    if around.speakers is None or verb is None or tense_of(verb) != "present":
        return None
    beside = (n for n in (place + 1, place - 1) if 0 <= n < len(around.attributions))
    return next((n for n in beside if _is_told_by_same(around, n, place)), None)


def _is_told_by_same(around: Surroundings, one: int, other: int) -> bool:
    here, there = around.attributions[one], around.attributions[other]
    spoken = here.passage == there.passage and here.form != "narration" and _same_speaker(around, one, other)
    return spoken and _is_past(around, here)


def _continued(around: Surroundings, place: int) -> Interval | None:
    """The date in words of the dated utterance before, where the two speak for one; else None.

    It stands in the same paragraph; a quotation that opens a paragraph goes on with what ended the one before.
    """
    attribution = around.attributions[place]
    opens = attribution.form == "direct" and (place == 0 or around.attributions[place - 1].passage < attribution.passage)
    reach = attribution.passage - opens
    for earlier in range(place - 1, max(-1, place - _RECENT), -1):
        if around.attributions[earlier].passage < reach:
            return None
        said = around.said[earlier]
        if said is not None:
            return said if _speak_for_one(around, earlier, place) else None
        if opens and around.attributions[earlier].form != "narration":
            return None  # what it goes on with has no date of its own
    return None


def _speak_for_one(around: Surroundings, one: int, other: int) -> bool:
    if around.speakers is None:
        return _same_speaker(around, one, other)
    sides = [
        {name for speaker in around.speakers[n] for name in (speaker, principal_of(name_actor(speaker))) if name} for n in (one, other)
    ]
    return bool(sides[0] & sides[1])


def _opening(parsed: ParsedArticle) -> frozenset[int]:
    body = [i for i, p in enumerate(parsed.passages) if p.role == "body" and len(p.doc.text) >= _SHORTEST][:_OPENING]
    return frozenset([*(i for i, p in enumerate(parsed.passages) if p.role == "standfirst"), *body])


def _is_past(around: Surroundings, attribution: Attribution) -> bool:
    """Whether a cue tells of one utterance in the past; a quotation without a cue does, and so does the perfect of fresh news."""
    passage = around.parsed.passages[attribution.passage]
    verb = cue_verb(passage, attribution)
    if verb is None:
        return attribution.form in {"direct", "mixed"}
    tense = tense_of(verb, headline=passage.role in _HEADLINES)
    return tense == "past" or (tense == "perfect" and attribution.passage in around.opening)


def _is_of(remark: Remark, attribution: Attribution) -> bool:
    words = [word.casefold() for piece in attribution.source for word in re.findall(r"\w+", piece.text)]
    return remark.speaker in words


def _same_speaker(around: Surroundings, one: int, other: int) -> bool:
    if around.speakers is not None:
        return bool(around.speakers[one]) and set(around.speakers[one]) == set(around.speakers[other])
    a, b = (" ".join(piece.text for piece in around.attributions[i].source).casefold() for i in (one, other))
    if b in _PRONOUNS:
        return one == other - 1
    return bool(a and b) and (a == b or a.endswith(" " + b) or b.endswith(" " + a))


def _is_told_back(passage: ParsedPassage, time: TimeExpression) -> bool:
    """Whether a date's verb tells of what had gone before ("had been checked on Monday")."""
    token = head_of(passage, time.span)
    verb = governor(token) if token is not None else None
    return verb is not None and any(c.lemma_ == "have" and c.tag_ == "VBD" and c.dep_ == "aux" for c in verb.children)


def _is_aside(passage: ParsedPassage, time: TimeExpression) -> bool:
    """Whether a date stands in a relative clause or only tells which thing is meant ("Saturday's quake")."""
    token = head_of(passage, time.span)
    if token is None or passage.doc.text[time.span.end - passage.start :][:2] in _POSSESSIVE:
        return True
    return any(above.dep_ in {"relcl", "acl"} for above in ancestors(token))
