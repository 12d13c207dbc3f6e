"""Finds the time that a count covers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import governor, head_of, is_verb, sharing
from reportedly.extract.times.compared_times import compared_since
from reportedly.extract.times.event_classes import class_at
from reportedly.extract.times.tolls import counts_only
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import FigureBasis, Interval, Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_DEEPEST = 5  # coordinated clauses that a date before the first of them may span

Window = tuple[Interval, FigureBasis]


def window_of(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> Interval | None:
    """The time that a count covers, where words in its clause say so ("since 2024", "in the last 24 hours").

    Args:
        passage: the paragraph.
        figure: the figure's words.
        times: expressions of time; those outside the paragraph are ignored.
    """
    found = _window(passage, figure, times)
    return None if found is None else found[0]


def window_basis(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> FigureBasis | None:
    """How that time bounds the count.

    Args:
        passage: the paragraph.
        figure: the figure's words.
        times: expressions of time; those outside the paragraph are ignored.

    Returns:
        Cumulative since or up to it, or so far in it; at that moment, where a toll stood so then; else during it. None where no
        words say a time.
    """
    found = _window(passage, figure, times)
    return None if found is None else found[1]


def _window(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> Window | None:
    """The nearest date that hangs on the verb which the figure hangs on, else one that spans the clauses or counts what is counted."""
    counted = head_of(passage, figure)
    verb = counted if counted is None or is_verb(counted) else governor(counted)
    if counted is None or verb is None:
        return None
    dated = [(time, above) for time, above in _dated(passage, counted, times) if not _of_another(passage, figure, time)]
    compared = next((time for time, _ in dated if _of_compared(passage, figure, time)), None)
    if compared is not None and compared.interval is not None:
        return compared.interval, "moment"
    ways = (
        [(time, time.interval) for time, above in dated if above.i == verb.i],
        [(time, _opened(time.interval)) for time, above in dated if _since_clause(above, verb)],
        [(time, time.interval) for time, above in dated if above.i in {v.i for v in sharing(verb)}],
        [(time, time.interval) for time, above in dated if _counts_them(above, counted)],
        [(time, time.interval) for time, above in dated if _spans(passage, time, above, verb)],
        [(time, time.interval) for time, _ in dated if _dates_antecedent(passage, time, verb)],
    )
    for way in ways:
        near = min(way, key=lambda pair: abs(pair[0].span.start - figure.start), default=None)
        if near is not None and near[1] is not None:
            return near[1], _basis(near[0], near[1], verb)
    return None


def _of_another(passage: ParsedPassage, figure: Span, time: TimeExpression) -> bool:
    """Whether a date belongs to a number that the figure is compared with: "65 per cent, down from 79 per cent in 2017"."""
    since = compared_since(passage, time)
    return since is not None and figure.start < since


def _of_compared(passage: ParsedPassage, figure: Span, time: TimeExpression) -> bool:
    """Whether a figure is itself the number that a date belongs to: "down from 4.4 million at the peak on Monday"."""
    since = compared_since(passage, time)
    return since is not None and since < figure.start < time.span.start


def _dated(passage: ParsedPassage, counted: Token, times: Sequence[TimeExpression]) -> Iterator[tuple[TimeExpression, Token]]:
    """The dates of the figure's sentence, each with the verb it hangs on."""
    for time in times:
        token = head_of(passage, time.span) if time.kind == "date" and time.interval is not None else None
        above = governor(token) if token is not None and token.sent.start == counted.sent.start else None
        if above is not None:
            yield time, above


def _basis(time: TimeExpression, window: Interval, verb: Token) -> FigureBasis:
    if time.direction is not None or time.to_date or window.last is None:
        return "cumulative"
    return "moment" if counts_only(verb) else "during"


def _opened(interval: Interval | None) -> Interval | None:
    return None if interval is None or interval.first is None else replace(interval, last=None)


def _since_clause(above: Token, verb: Token) -> bool:
    """Whether a date stands in a clause that says since when: "have died since the war began in 2022"."""
    since = any(c.lower_ == "since" and c.dep_ in {"mark", "prep"} for c in above.children)
    return since and above.dep_ == "advcl" and above.head.i == verb.i


def _dates_antecedent(passage: ParsedPassage, time: TimeExpression, verb: Token) -> bool:
    """Whether a date dates the event whose relative clause counts: "condemned an attack in March that killed 12"."""
    token = head_of(passage, time.span)
    if token is None or verb.dep_ != "relcl" or token.i > verb.i:
        return False
    event = token.head.head if token.head.dep_ == "prep" else token.head
    return verb.head in {event, token} and class_at(event) is not None


def _counts_them(above: Token, counted: Token) -> bool:
    """Whether a date hangs on a participle that says how those counted were counted: "the 40 deaths recorded since January"."""
    words = load_table("dating")
    counting = {*words["toll"]["words"], *words["tallies"]["verbs"]}
    return above.dep_ == "acl" and above.tag_ == "VBN" and above.head.i == counted.i and above.lemma_.lower() in counting


def _spans(passage: ParsedPassage, time: TimeExpression, above: Token, verb: Token) -> bool:
    """Whether a date before the first of several coordinated clauses is that of them all: "In May 40 died and 12 were hurt"."""
    at = verb
    for _ in range(_DEEPEST):
        if at.dep_ != "conj" or not is_verb(at.head):
            return False
        at = at.head
        if at.i == above.i:
            subject = next((c for c in at.children if c.dep_ in _SUBJECTS), None)
            return subject is not None and time.span.start < passage.start + subject.left_edge.idx
    return False
