"""Features of an article for bringing stories together: whom and where it names, what it is about, when it came out."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.language.naming.outlets import find_outlet
from reportedly.language.naming.states import leading_state
from reportedly.model import ArticleKey, Interval
from reportedly.resolve.incidents import Incident, find_incident
from reportedly.resolve.reports import Report, words_of
from reportedly.resolve.weights import stem, word_weight

_TOKEN = re.compile(r"[^\W\d_]+(?:[.'\u2019][^\W\d_]+)*\.?")
_STATE_MARK = "="  # first character of a state's term
_LONGEST = 4  # words of a state's name that are looked at
_LEAD = 2.5  # how much more a feature of the title or the opening weighs
_STATE = 0.6  # weight of a state: many situations have it in common
_IN_BODY = 0.75  # share of the words of a headline's last part that the body must hold too, or it tells of the outlet
_PARTS = re.compile(r"\s+(?:[-|\u2013\u2014]|::)\s+")
_HOME = {"united states": 0.2, "united kingdom": 0.4}  # states that English news names in passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """An article as a side of the story decision.

    Attributes:
        key: the article.
        names: capitalised words and states -> weight, the squares adding up to 1; in order of the words, so that sums over them come out
            the same wherever they were kept.
        words: stems of other content words -> weight, likewise.
        published: when it was published, or None.
        incident: the happening of one day that it tells of; None where it gives none.
    """

    key: ArticleKey
    names: Mapping[str, float]
    words: Mapping[str, float]
    published: Interval | None
    incident: Incident | None = None


def features_of(reports: Sequence[Report]) -> Features:
    """The features of an article, or of all the items of a live page, from their text and the shipped tables alone.

    Args:
        reports: the article; or the items in page order, under the key of the first.

    Returns:
        The features.
    """
    lead = {term.lower() for report in reports for term in _terms(_bare(report, report.lead))}
    printed = Counter(term for report in reports for term in _terms(_bare(report, f"{report.article.title or ''}\n{report.text}")))
    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for term, count in printed.items():
        counts[term.lower()] += count
        capital[term.lower()] += count if term[0] == _STATE_MARK or term[0].isupper() else 0
    names: dict[str, float] = {}
    words: dict[str, float] = {}
    for term, count in counts.items():
        value = term_weight(term) * (1 + math.log(count)) * (_LEAD if term in lead else 1.0)
        if not value:
            continue
        if 2 * capital[term] > count:
            names[term] = value
        else:
            words[stem(term)] = words.get(stem(term), 0.0) + value
    return Features(
        key=reports[0].key, names=_unit(names), words=_unit(words), published=reports[0].published, incident=find_incident(reports)
    )


def _bare(report: Report, words: str) -> str:
    """Words of an article without what its headline says of the outlet: a last part that names one, or that the body knows little of."""
    title = report.article.title or ""
    head, *tails = _PARTS.split(title)
    if not tails:
        return words
    told = frozenset(words_of(report.text.replace(title, "")))
    kept = [tail for tail in tails if find_outlet(tail) is None and _known(words_of(tail), told)]
    return words.replace(title, " ".join([head, *kept]))


def _known(words: Sequence[str], told: frozenset[str]) -> bool:
    return sum(word in told for word in words) >= _IN_BODY * len(words)


def _terms(text: str) -> Iterator[str]:
    """The text's words as printed, whatever names a state made one term."""
    tokens = [_plain(match.group()) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        state = leading_state(tokens[at : at + _LONGEST]) if tokens[at][0].isupper() else None
        yield _STATE_MARK + state.state if state else tokens[at].removesuffix("'s")
        at += state.size if state else 1


def _plain(token: str) -> str:
    """A token with straight apostrophes, its full stop kept in an abbreviation alone ("U.S.")."""
    plain = token.replace("\u2019", "'")
    return plain if "." in plain[:-1] else plain.rstrip(".")


def term_weight(term: str) -> float:
    """How much a term tells of which situation a text is about."""
    if term[0] == _STATE_MARK:
        return _HOME.get(term[1:], _STATE)
    return word_weight(term)


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(vector[form] * vector[form] for form in sorted(vector)))
    return {form: vector[form] / length for form in sorted(vector)} if length else {}
