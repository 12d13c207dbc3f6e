"""Finds the counts that one sentence joins, of which the circumstances told once are those of all.

"44 inmates were killed and 10 wounded in a riot at Norport on Monday" puts forward two counts; the place and the day behind the second are
the first one's, too. Source: Quirk et al., A Comprehensive Grammar of the English Language (1985), sections 13.44 ff. and 13.92 ff.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from reportedly.extract.acts.contents import content_of
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import tense_of
from reportedly.extract.times.occurrences import counts_toll
from reportedly.language.numerals.measures import measures_of
from reportedly.language.tables import load_table

T = TypeVar("T")


def joined_statements(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Neighbouring counts of a toll under one cue between which nothing but `and` stands.

    Args:
        parsed: the parsed article.
        attributions: its attributions.

    Returns:
        Pairs of their places in the list, the one that stands first in the text first, in text order.
    """
    order = sorted(range(len(attributions)), key=lambda place: (attributions[place].content[0].start, attributions[place].content[-1].end))
    return [(one, other) for one, other in pairwise(order) if _joined(parsed, attributions[one], attributions[other])]


def _joined(parsed: ParsedArticle, one: Attribution, other: Attribution) -> bool:
    if one.passage != other.passage or one.cue != other.cue or one.source != other.source:
        return False
    between = parsed.text[one.content[-1].end : other.content[0].start]
    words = between.lower().replace(",", " ").split()
    if " ".join(words) not in load_table("narration")["joints"]["words"]:
        return False
    first, second = ([token for _, tokens in content_of(parsed, each) for token in tokens] for each in (one, other))
    return counts_toll(first) and counts_toll(second) and _share_circumstances(first, second)


def _share_circumstances(first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether one clause tells where and when for both: the other tells neither, and no perfect stands beside a past."""
    verbs = [next((t for t in tokens if t.pos_ == "VERB"), None) for tokens in (first, second)]
    if verbs[0] is None or verbs[1] is None or (_has_circumstance(first, verbs[0]) and _has_circumstance(second, verbs[1])):
        return False
    return _is_elliptical(verbs[1]) or tense_of(verbs[0]) == tense_of(verbs[1])


def _has_circumstance(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether anything behind a verb may tell where, when or of what: "in the war", "since January", "on Monday"."""
    behind = [t for t in tokens if t.i > verb.i]
    plain = load_table("narration")["joints"]["no_circumstances"]
    return any(t.dep_ in {"npadvmod", "mark"} or (t.dep_ == "prep" and t.lower_ not in plain) for t in behind)


def _is_elliptical(verb: Token) -> bool:
    """Whether a count has a bare participle for its verb: "and 10 wounded"."""
    bare = not any(c.dep_ in {"aux", "auxpass", "dobj"} for c in verb.children)
    return bare and verb.tag_ in {"VBN", "VBD"} and bool(measures_of("object_verbs", verb.lemma_.lower()))


def lend_between(pairs: Sequence[tuple[int, int]], values: Sequence[T | None]) -> list[T | None]:
    """Give each statement without a value that of the one it is joined with.

    Args:
        pairs: what `joined_statements` found.
        values: one a statement, None where its own words give none.

    Returns:
        The values in the same order.
    """
    lent = list(values)
    for one, other in (*pairs, *reversed(pairs)):
        lent[one], lent[other] = lent[one] or lent[other], lent[other] or lent[one]
    return lent
