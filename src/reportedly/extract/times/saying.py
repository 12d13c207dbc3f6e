"""Reads from the words around a cue when something was said."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import ancestors, between, cue_verb, governor, head_of, is_aside, is_negated, is_verb, sharing
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Interval, Span

_NEXT = 3  # tokens that may stand between a date and the cue or source it belongs to, where the parse does not say
_PARTICIPLES = {"VBG", "VBN"}


def said_words(parsed: ParsedArticle, attribution: Attribution, times: Sequence[TimeExpression]) -> Interval | None:
    """The date that stands with the cue, outside the content.

    Args:
        parsed: the parsed article.
        attribution: the claim.
        times: expressions of time of its paragraph, or of the whole article.

    Returns:
        The interval, never ending after the publication; None where no words say it, and for narration.
    """
    passage = parsed.passages[attribution.passage]
    verb = cue_verb(passage, attribution)
    if verb is None or attribution.form == "narration":
        return None
    verbs = {v.i for v in (*sharing(verb), *_meanwhile(verb))} | _cue_places(passage, attribution)
    found = [time for time, token in _outside(passage, attribution, times, verb) if _dates_saying(passage, attribution, time, token, verbs)]
    nearest = min(found, key=lambda time: min(abs(time.span.start - piece.start) for piece in _frame(attribution)), default=None)
    negated = any(is_negated(passage.doc[place]) for place in verbs)
    if nearest is None:
        return None
    uttered = _uttered(nearest, parsed.article.published, negated=negated)
    return replace(uttered, first=None) if uttered is not None and _is_before(passage, verb, nearest) else uttered


def _meanwhile(verb: Token) -> list[Token]:
    """The verb of the deed during which something is said ("spoke in Lima on Tuesday, as he said that ..."), if any."""
    words = load_table("dating")["sayings"]
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if verb.dep_ != "advcl" or not marks & set(words["meanwhile"]) or any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children):
        return []
    return [verb.head] if is_verb(verb.head) else []


def _is_before(passage: ParsedPassage, verb: Token, time: TimeExpression) -> bool:
    """Whether the date is that of another deed which the saying came before ("confirmed it on Monday, after denying it")."""
    token = head_of(passage, time.span)
    dated = governor(token) if token is not None else None
    if dated is None or dated.i == verb.i or dated.i not in {above.i for above in ancestors(verb)}:
        return False
    path = [verb, *between(verb, dated)]
    return any(t.lower_ == "after" for t in path) or any(c.lower_ == "after" for t in path for c in t.children if c.dep_ == "mark")


def _outside(
    passage: ParsedPassage, attribution: Attribution, times: Sequence[TimeExpression], verb: Token
) -> Iterator[tuple[TimeExpression, Token]]:
    """The dated expressions of the cue's sentence that stand in no piece of the content, with the token each hangs by."""
    for time in times:
        if time.interval is None or any(piece.overlaps(time.span) for piece in attribution.content):
            continue
        token = head_of(passage, time.span)
        if token is not None and token.sent.start == verb.sent.start:
            yield time, token


def _dates_saying(passage: ParsedPassage, attribution: Attribution, time: TimeExpression, token: Token, verbs: Collection[int]) -> bool:
    """Whether a date outside the content belongs to the cue: by the parse, else by standing next to it."""
    if token.i in verbs or any(0 <= time.span.start - cue.end <= 1 for cue in attribution.cue):
        return True
    if any(piece.contains(time.span) for piece in attribution.source) or not any(is_verb(passage.doc[place]) for place in verbs):
        return _names_saying(token)
    above = governor(token)
    if above is not None and above.i in verbs:
        return not is_aside(token, above)
    if above is not None and _opens_saying(above, verbs):
        return True
    if above is not None and any(a.i in verbs for a in ancestors(above)):
        return False  # another clause below the cue
    return _is_beside(passage, attribution, time)


def _opens_saying(verb: Token, verbs: Collection[int]) -> bool:
    """Whether a participle clause below the cue tells of the same utterance ("Speaking on Friday, ...")."""
    saying = verb.tag_ in _PARTICIPLES and verb.lemma_ in load_table("dating")["sayings"]["verbs"]
    return saying and any(above.i in verbs for above in ancestors(verb))


def _names_saying(token: Token) -> bool:
    """Whether a date hangs on a noun of saying ("Monday's statement", "a report released Friday")."""
    words = load_table("dating")["sayings"]
    for above in (token, *ancestors(token)):
        if above.lemma_.lower() in words["nouns"] or (above.tag_ in _PARTICIPLES and above.lemma_ in words["verbs"]):
            return True
        if is_verb(above) and above.tag_ not in _PARTICIPLES:
            return False
    return False


def _is_beside(passage: ParsedPassage, attribution: Attribution, time: TimeExpression) -> bool:
    """Whether a date stands next to cue or source with no verb and no content between."""
    for piece in _frame(attribution):
        start, end = min(piece.end, time.span.end), max(piece.start, time.span.start)
        if start > end:
            return True
        if any(content.start >= start and content.end <= end for content in attribution.content):
            continue
        gap = passage.doc.char_span(start - passage.start, end - passage.start, alignment_mode="contract")
        if gap is None or (len(gap) <= _NEXT and not any(is_verb(token) for token in gap)):
            return True
    return False


def _frame(attribution: Attribution) -> tuple[Span, ...]:
    return (*attribution.cue, *attribution.source)


def _cue_places(passage: ParsedPassage, attribution: Attribution) -> set[int]:
    return {token.i for piece in attribution.cue for token in passage.tokens(piece) or ()}


def _uttered(time: TimeExpression, published: Interval | None, *, negated: bool) -> Interval | None:
    """The interval of an utterance; the day before for "had not confirmed until Monday"."""
    interval = time.interval
    if interval is None:
        return None
    if time.direction == "until" and negated and interval.last_day is not None:
        day_before = interval.last_day.fromordinal(interval.last_day.toordinal() - 1)
        return replace(interval, first=None, last=day_before.isoformat())
    limit = published.last_day if published is not None else None
    if published is None or limit is None:
        return interval
    if interval.first_day is not None and interval.first_day > limit:
        return None  # nothing is said after it was published: the date belongs to something ahead
    if interval.last_day is None or interval.last_day > limit:
        return replace(interval, last=published.last)
    return interval
