"""Finds the events that an article dates and lends their date to claims about them that have none."""

import functools
from collections.abc import Iterator, Mapping, Sequence

from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import clause_verbs, governor, head_of, tense_of
from reportedly.extract.times.event_classes import aftermath_at, class_at, event_classes
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Interval

Occurrences = Mapping[str, Interval | None]
"""For each class of event that an article dates, its day; None where it gives several."""

_DATED = frozenset({"day", "time", "week"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def dated_occurrences(parsed: ParsedArticle, times: Sequence[Sequence[TimeExpression]]) -> Occurrences:
    """The events to which an article's words give a day ("Saturday's quake", "the storm hit on Friday").

    Args:
        parsed: the article.
        times: the expressions of time of each paragraph.
    """
    found: dict[str, Interval | None] = {}
    for passage, here in zip(parsed.passages, times, strict=True):
        for time in here:
            if time.granularity not in _DATED or time.interval is None or time.direction is not None or time.ahead:
                continue
            token = head_of(passage, time.span)
            for sort in _sorts_at(token) if token is not None else ():
                known = found.get(sort, time.interval)
                found[sort] = known if known is not None and _same_days(known, time.interval) else None
    return found


def inherit_happened(parsed: ParsedArticle, attribution: Attribution, occurrences: Occurrences) -> Interval | None:
    """The day of the dated event that a content tells of, or whose toll it counts.

    Only for what is told as past, and only where the article gives that class of event a single day; a toll that names no
    event belongs to the one class of event that the article dates. What comes after an event, or has gone on since, lies
    between its day and the publication; a count of what is still going on ("26,000 are living in shelters") is of the day of publication.
    """
    passage = parsed.passages[attribution.passage]
    if attribution.form == "direct":
        return None
    tokens = [token for piece in attribution.content for token in passage.tokens(piece) or ()]
    near = {sort for token in tokens if (sort := _near_event(token)) is not None}
    if len(near) == 1:
        return lend(occurrences.get(next(iter(near))))
    verbs = _verbs(passage, attribution)
    after = _after_event(tokens, verbs)
    if after is not None:
        return _since(occurrences.get(after), parsed.article.published)
    if any(is_ongoing(verb) for verb in verbs):
        return _now(parsed.article.published) if any(_is_counted(noun) for verb in verbs for noun in subjects(verb)) else None
    if not _tells_of_past(verbs):
        return None
    named = _acting_sorts(passage, attribution, verbs)
    if not named and counts_toll(tokens):
        named = {sort for token in tokens if (sort := class_at(token)) is not None and sort in occurrences} or set(occurrences)
    return lend(occurrences.get(next(iter(named)))) if len(named) == 1 else None


def lend(day: Interval | None) -> Interval | None:
    """The day of an event for a claim that does not say it; None where there is none."""
    if day is None:
        return None
    return Interval(first=str(day.first_day), last=str(day.last_day), basis="inferred", granularity=day.granularity, against=day.against)


def is_ongoing(verb: Token) -> bool:
    """Whether a verb tells of something under way ("are sleeping in shelters")."""
    left = verb.lower_ in load_table("dating")["toll"]["words"]  # "are missing" is what an event left
    auxiliaries = {c.lemma_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBG" and not left and auxiliaries == {"be"}


def _is_counted(noun: Token) -> bool:
    return noun.tag_ == "NNS" and any(c.like_num for c in noun.children)


def subjects(verb: Token) -> list[Token]:
    """What does a verb's act: its subject, its passive's agent, the noun that a relative clause tells of."""
    found = [c for c in verb.children if c.dep_ in _SUBJECTS]
    found += [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    found += [verb.head] if verb.dep_ in {"relcl", "acl"} else []
    if not found and verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return subjects(verb.head)
    return found


def counts_toll(tokens: Sequence[Token]) -> bool:
    """Whether the tokens of a content count what an event left behind, by a numeral or one by one ("killing the driver")."""
    toll = set(load_table("dating")["toll"]["words"])
    left = [token for token in tokens if token.lemma_.lower() in toll or token.lower_ in toll]
    numbered = any(token.like_num for token in tokens)
    return bool(left) and (numbered or any(_has_one_object(token) for token in left))


def _has_one_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" and child.tag_ == "NN" and child.pos_ == "NOUN" for child in verb.children)


def _same_days(one: Interval, other: Interval) -> bool:
    return (one.first_day, one.last_day) == (other.first_day, other.last_day)


def _since(day: Interval | None, published: Interval | None) -> Interval | None:
    """From an event's day up to the publication."""
    if day is None or day.first_day is None or published is None or published.last_day is None or published.last_day < day.first_day:
        return None
    return Interval(first=str(day.first_day), last=str(published.last_day), basis="inferred", granularity="range", against=day.against)


def _now(published: Interval | None) -> Interval | None:
    """The day of publication, where that is one day."""
    if published is None or published.first_day is None or published.first_day != published.last_day:
        return None
    return Interval(first=str(published.first_day), last=str(published.last_day), basis="inferred", granularity="day")


def _near_event(token: Token) -> str | None:
    """The class of the event within minutes or hours of which something happened ("in the hour after the quake"), or None."""
    words = _near()
    if token.lower_ not in words["sides"] or token.i == token.sent.start:
        return None
    if token.doc[token.i - 1].lemma_.lower() not in words["units"]:
        return None
    below = [t for t in token.subtree if t.i > token.i] or [t for t in token.head.subtree if t.i > token.i]
    return next((sort for t in below if (sort := class_at(t)) is not None), None)


@functools.cache
def _near() -> Mapping[str, frozenset[str]]:
    words = load_table("dating")["near"]
    return {field: frozenset(words[field]) for field in ("units", "sides")}


def _after_event(tokens: Sequence[Token], verbs: Sequence[Token]) -> str | None:
    """The class of the event since which something has gone on, or in whose aftermath it came, or None."""
    for verb in verbs:
        after = next((sort for noun in subjects(verb) for t in (noun, *noun.conjuncts) if (sort := aftermath_at(t)) is not None), None)
        if after is not None:
            return after
    since = [token for token in tokens if token.lower_ == "since" and token.dep_ in {"prep", "mark"}]
    return next((sort for token in since for t in token.children if (sort := class_at(t)) is not None), None)


def _tells_of_past(verbs: Sequence[Token]) -> bool:
    """Whether a content is told as past, or as the state that the past left ("40 are missing")."""
    return (
        not verbs
        or tense_of(verbs[0]) in {"past", "perfect", "none"}
        or (verbs[0].lemma_ in {"be", "remain"} and tense_of(verbs[0]) == "present")
        or verbs[0].lower_ in load_table("dating")["toll"]["words"]
    )


def _acting_sorts(passage: ParsedPassage, attribution: Attribution, verbs: Sequence[Token]) -> set[str]:
    """The classes of event that the content's verbs have as their subject, or that it names without a verb."""
    nouns = [noun for verb in verbs for noun in (*subjects(verb), *_objects(verb))] if verbs else list(_heads(passage, attribution))
    nouns = [taken for noun in nouns if (taken := _taken_up(noun)) is not None]
    events = [noun for noun in nouns if class_at(noun) is not None]
    if any(child.lower_ in load_table("dating")["others"]["words"] for noun in events for child in noun.children):
        return set(event_classes().values())  # another event than the dated one
    return {sort for noun in events if (sort := class_at(noun)) is not None}


def _objects(verb: Token) -> list[Token]:
    """A verb's pronoun for what was told of before ("the survey put it at 7.1")."""
    return [child for child in verb.children if child.dep_ == "dobj" and child.lower_ == "it"]


def _taken_up(noun: Token) -> Token | None:
    """The noun itself; for "it" the event that is a subject before in its sentence, else in the sentence before."""
    if noun.lower_ != "it":
        return noun
    sentence = noun.sent
    before = sentence.doc[sentence.start - 1].sent if sentence.start else ()
    for words in ([t for t in sentence if t.i < noun.i], before):
        event = next((t for t in words if t.dep_ in _SUBJECTS and class_at(t) is not None), None)
        if event is not None:
            return event
    return None


def _verbs(passage: ParsedPassage, attribution: Attribution) -> list[Token]:
    """The verbs that carry a content, in text order."""
    return [passage.doc[place] for place in sorted(clause_verbs(passage, attribution.content))]


def _sorts_at(token: Token) -> list[str]:
    """The classes of event that a date hangs on: its own noun, or the subject of its verb."""
    nouns = [above for above in (token, *token.ancestors) if above.pos_ in {"NOUN", "PROPN"}]
    verb = token if token.pos_ in {"VERB", "AUX"} else governor(token)
    direct = [noun for noun in nouns if verb is None or noun.i in {t.i for t in _below(token, verb)}]
    if verb is not None:
        direct += subjects(verb)
    return list(dict.fromkeys(sort for noun in direct if (sort := class_at(noun)) is not None))


def _below(token: Token, verb: Token) -> list[Token]:
    path = []
    for above in token.ancestors:
        if above.i == verb.i:
            break
        path.append(above)
    return path


def _heads(passage: ParsedPassage, attribution: Attribution) -> Iterator[Token]:
    for piece in attribution.content:
        token = head_of(passage, piece)
        if token is not None:
            yield token
