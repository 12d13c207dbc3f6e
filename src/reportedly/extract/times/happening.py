"""Reads from a claim's own words when what it is about took place."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import between, clause_verbs, governor, head_of, is_aside, tense_of
from reportedly.extract.times.compared_times import compared_since
from reportedly.extract.times.tolls import counts_only
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Interval

_NEAR = 7  # days before publication within which an event bounds when it was told of
_WEEK = 7


def happened_words(
    parsed: ParsedArticle, attribution: Attribution, times: Sequence[TimeExpression], said: Interval | None
) -> Interval | None:
    """The date of the content's main clause.

    A date in a relative clause dates something else ("the region that was seized last year") and is left out; in narration
    it stands where it is the only one. So is the day on which a toll stood ("rose to 27 on Friday"): it is the day of counting.

    Args:
        parsed: the parsed article.
        attribution: the claim.
        times: expressions of time of its paragraph, or of the whole article.
        said: when it was uttered, where known: "today" in a quotation is that day, and the past ends with it.

    Returns:
        The interval, or None where no words say it.
    """
    passage = parsed.passages[attribution.passage]
    verbs = clause_verbs(passage, attribution.content)
    counting = {place for place in verbs if counts_only(passage.doc[place])}
    main: list[TimeExpression] = []
    aside: list[TimeExpression] = []
    for time in times:
        token = head_of(passage, time.span) if time.interval is not None else None
        if token is None or not _belongs(attribution, time, token, verbs, said) or compared_since(passage, time) is not None:
            continue
        if (above := governor(token)) is not None and above.i in counting:
            continue  # the day of the count, not of what is counted
        (main if _is_main(token, verbs) or _opens(attribution, time) else aside).append(time)
    if main:
        return _so_far(parsed, _resolved(parsed, attribution, main[0], said), passage, verbs)
    if attribution.form == "narration" and len(aside) == 1:
        return _resolved(parsed, attribution, aside[0], said)
    return _bounded(passage, attribution, verbs, said)


def after_event(parsed: ParsedArticle, attribution: Attribution, happened: Interval | None) -> Interval | None:
    """When something was said that tells of a fresh event: after the event began, up to the publication."""
    published = parsed.article.published
    if attribution.form == "narration" or happened is None or published is None or published.last_day is None:
        return None
    first = happened.first_day
    if first is None or not 0 <= (published.last_day - first).days <= _NEAR:
        return None
    return Interval(first=first.isoformat(), last=published.last, basis="inferred")


def not_before(said: Interval | None, happened: Interval | None) -> Interval | None:
    """An inferred date of saying that does not begin before the day of what was told of.

    Args:
        said: when it was said; a date read from words stays as it is.
        happened: when what it tells of took place.
    """
    if said is None or happened is None or said.basis != "inferred" or happened.first_day is None:
        return said
    if happened.basis == "inferred" and happened.first_day == said.last_day:
        return said  # what is under way was lent the day of publication
    begins_late = said.first_day is not None and said.first_day < happened.first_day
    reached = said.last_day is None or happened.first_day <= said.last_day
    return replace(said, first=happened.first_day.isoformat(), granularity=None) if begins_late and reached else said


def _belongs(attribution: Attribution, time: TimeExpression, token: Token, verbs: Collection[int], said: Interval | None) -> bool:
    """Whether a date stands in the content, or before it in its clause ("On Wednesday, the fleet left, he said")."""
    if any(piece.overlaps(time.span) for piece in attribution.content):
        return True
    above = governor(token)
    return above is not None and above.i in verbs and (said is None or said.words != time.span) and not _in_frame(attribution, time)


def _opens(attribution: Attribution, time: TimeExpression) -> bool:
    """Whether a content begins with the date, after a word at most, whatever the parse makes of it."""
    for piece in attribution.content:
        before = piece.text[: max(0, time.span.start - piece.start)]
        if piece.contains(time.span) and len(before.split()) <= 1:
            return True
    return False


def _in_frame(attribution: Attribution, time: TimeExpression) -> bool:
    return any(piece.overlaps(time.span) for piece in (*attribution.cue, *attribution.source))


def _is_main(token: Token, verbs: Collection[int]) -> bool:
    above = governor(token)
    if above is None:
        return True
    told = above.i in verbs or _happens_then(above, verbs)
    return told and not is_aside(token, above) and not _names_another(token, above)


def _happens_then(verb: Token, verbs: Collection[int]) -> bool:
    """Whether a clause tells the occasion of what is told: "eight died when a bus fell into the river on Sunday"."""
    when = any(c.lower_ == "when" and c.dep_ in {"advmod", "mark"} for c in verb.children)
    return when and verb.dep_ == "advcl" and verb.head.i in verbs and {verb.tag_, verb.head.tag_} <= {"VBD", "VBN"}


def _names_another(token: Token, verb: Token) -> bool:
    """Whether a date only tells which event is meant that the deed relates to.

    "left after Saturday's blast"; "came days before his visit next week".
    """
    words, above = load_table("dating")["elsewhere"], between(token, verb)
    if token.dep_ in {"compound", "poss", "nummod", "nmod", "amod"}:
        return any(one.lower_ in words["prepositions"] for one in above)
    noun = next((place for place, one in enumerate(above) if one.pos_ in {"NOUN", "PROPN"}), None)
    return noun is not None and any(one.lower_ in words["temporal"] for one in above[noun:])


def _resolved(parsed: ParsedArticle, attribution: Attribution, time: TimeExpression, said: Interval | None) -> Interval | None:
    """The interval of a date; a quotation's relative words count from its saying, and the past ends with the saying."""
    interval = time.interval
    if interval is None or said is None or said.last_day is None:
        return interval
    if time.relative and attribution.form == "direct" and said.first_day and (said.last_day - said.first_day).days < _WEEK:
        again = find_times(parsed.text, time.span.start, time.span.end, against=said)
        interval = again[0].interval or interval if again else interval
    if time.direction is not None or time.ahead or interval.first_day is None or interval.last_day is None:
        return interval
    if interval.first_day <= said.last_day < interval.last_day and time.granularity == "range":
        return replace(interval, last=said.last_day.isoformat())
    return interval


def _so_far(parsed: ParsedArticle, interval: Interval | None, passage: ParsedPassage, verbs: Collection[int]) -> Interval | None:
    """A stretch of time that is not over, told as past ("300 have died this year"): up to the publication."""
    published = parsed.article.published
    today = published.last_day if published is not None and published.first_day == published.last_day else None
    if interval is None or today is None or interval.first_day is None or interval.last_day is None or not verbs:
        return interval
    told = all(tense_of(passage.doc[place]) == "perfect" for place in verbs)
    return replace(interval, last=today.isoformat()) if told and interval.first_day < today < interval.last_day else interval


def _bounded(passage: ParsedPassage, attribution: Attribution, verbs: Collection[int], said: Interval | None) -> Interval | None:
    """A bound that an adverb of the main clause gives against the saying ("have already left")."""
    if said is None or said.last is None or said.basis == "published":
        return None
    words = load_table("dating")["bounds"]["words"]
    for piece in attribution.content:
        for token in passage.tokens(piece) or ():
            side = words.get(token.lower_) if token.head.i in verbs else None
            if side is not None:
                first, last = (None, said.last) if side == "before" else (said.first, None)
                return Interval(
                    first=first, last=last, words=passage.span(passage.doc[token.i : token.i + 1]), against=said.last[:10], basis="words"
                )
    return None
