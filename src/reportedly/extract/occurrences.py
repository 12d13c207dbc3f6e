"""Finds the events that an article dates and lends their date to claims about them that have none."""

import functools
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from reportedly.extract.attachment import clause_verbs, governor, head_of, tense_of
from reportedly.extract.parsed import Attribution, ParsedArticle
from reportedly.language.tables import load_table
from reportedly.language.times import TimeExpression
from reportedly.model import Interval

Occurrences = Mapping[str, Interval | None]
"""For each class of event that an article dates, its day; None where it gives several."""


def dated_occurrences(parsed: ParsedArticle, times: Sequence[Sequence[TimeExpression]]) -> Occurrences:
    """The events to which an article's words give a day ("Saturday's quake", "the storm hit on Friday").

    Args:
        parsed: the article.
        times: the expressions of time of each paragraph.
    """
    found: dict[str, Interval | None] = {}
    for passage, here in zip(parsed.passages, times, strict=True):
        for time in here:
            if time.granularity not in {"day", "time", "week"} or time.interval is None or time.direction is not None or time.ahead:
                continue
            token = head_of(passage, time.span)
            for sort in _sorts_at(token) if token is not None else ():
                known = found.get(sort, time.interval)
                found[sort] = known if known is not None and _same_days(known, time.interval) else None
    return found


def inherit_happened(parsed: ParsedArticle, attribution: Attribution, occurrences: Occurrences) -> Interval | None:
    """The day of the dated event that a content tells of, or whose toll it counts.

    Only for what is told as past, and only where the article gives that class of event a single day; a toll that names no
    event belongs to the one class of event that the article dates.
    """
    if not occurrences or attribution.form == "direct" or not _tells_of_past(parsed, attribution):
        return None
    named = _acting_sorts(parsed, attribution)
    if not named and _counts_toll(parsed, attribution):
        named = set(occurrences)
    day = occurrences.get(next(iter(named))) if len(named) == 1 else None
    if day is None:
        return None
    return Interval(first=str(day.first_day), last=str(day.last_day), basis="inferred", granularity=day.granularity, against=day.against)


def _same_days(one: Interval, other: Interval) -> bool:
    return (one.first_day, one.last_day) == (other.first_day, other.last_day)


def _tells_of_past(parsed: ParsedArticle, attribution: Attribution) -> bool:
    """Whether a content is told as past, or as the state that the past left ("40 are missing")."""
    verbs = _verbs(parsed, attribution)
    return (
        not verbs
        or tense_of(verbs[0]) in {"past", "perfect", "none"}
        or (verbs[0].lemma_ in {"be", "remain"} and tense_of(verbs[0]) == "present")
    )


def _acting_sorts(parsed: ParsedArticle, attribution: Attribution) -> set[str]:
    """The classes of event that the content's verbs have as their subject, or that it names without a verb."""
    verbs = _verbs(parsed, attribution)
    nouns = [noun for verb in verbs for noun in subjects(verb)] if verbs else _heads(parsed, attribution)
    events = [noun for noun in nouns if noun.lemma_.lower() in _classes()]
    if any(child.lower_ in load_table("dating")["others"]["words"] for noun in events for child in noun.children):
        return set(_classes().values())  # another event than the dated one
    return {_classes()[noun.lemma_.lower()] for noun in events}


def _verbs(parsed: ParsedArticle, attribution: Attribution) -> list[Token]:
    """The verbs that carry a content, in text order."""
    passage = parsed.passages[attribution.passage]
    return [passage.doc[place] for place in sorted(clause_verbs(passage, attribution.content))]


def _sorts_at(token: Token) -> list[str]:
    """The classes of event that a date hangs on: its own noun, or the subject of its verb."""
    nouns = [above for above in (token, *token.ancestors) if above.pos_ in {"NOUN", "PROPN"}]
    verb = token if token.pos_ in {"VERB", "AUX"} else governor(token)
    direct = [noun for noun in nouns if verb is None or noun.i in {t.i for t in _below(token, verb)}]
    if verb is not None:
        direct += subjects(verb)
    return list(dict.fromkeys(_classes()[noun.lemma_.lower()] for noun in direct if noun.lemma_.lower() in _classes()))


def subjects(verb: Token) -> list[Token]:
    """What does a verb's act: its subject, its passive's agent, the noun that a relative clause tells of."""
    found = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    found += [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    found += [verb.head] if verb.dep_ in {"relcl", "acl"} else []
    if not found and verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return subjects(verb.head)
    return found


def _below(token: Token, verb: Token) -> list[Token]:
    path = []
    for above in token.ancestors:
        if above.i == verb.i:
            break
        path.append(above)
    return path


def _heads(parsed: ParsedArticle, attribution: Attribution) -> list[Token]:
    found = (head_of(parsed.passages[attribution.passage], piece) for piece in attribution.content)
    return [token for token in found if token is not None]


def _counts_toll(parsed: ParsedArticle, attribution: Attribution) -> bool:
    """Whether a content counts what an event left behind."""
    passage = parsed.passages[attribution.passage]
    tokens = [token for piece in attribution.content for token in passage.tokens(piece) or ()]
    toll = set(load_table("dating")["toll"]["words"])
    return any(token.like_num for token in tokens) and any(token.lemma_.lower() in toll for token in tokens)


@functools.cache
def _classes() -> dict[str, str]:
    rows = load_table("dating")["events"]
    return {word: sort for sort, words in rows.items() if sort != "source" for word in words}
