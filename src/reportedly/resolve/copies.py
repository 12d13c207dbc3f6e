"""Copies: articles that repeat another's text, and later versions of a page.

What counts is containment over word 5-grams (Broder, 'On the resemblance and containment of documents', 1997), found by an exact
join, so that no pair is missed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.model import ArticleKey, CopyKind, CopyLink
from reportedly.resolve.reports import Report, days_between
from reportedly.resolve.shingles import Shingles, common, near_enough, shingle, similar_pairs

_NEAR = 0.8  # containment from which the shorter side counts as repeated whole
_MUCH = 0.5  # containment from which a part counts as repeated
_ALIKE = 0.6  # length of the shorter side over the longer's, from which the two count as one text
_ENOUGH = 20  # shingles in common below which a likeness may be a boilerplate line


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """An article as its word 5-grams.

    Attributes:
        report: the article.
        shingles: its distinct 5-grams.
    """

    report: Report
    shingles: Shingles


def find_copies(reports: Sequence[Report]) -> tuple[CopyLink, ...]:
    """The pairs of articles of which one repeats the other.

    Args:
        reports: all articles; teasers are passed over.

    Returns:
        The links, sorted; `first` is the earlier article, or the lesser key where the order is unknown.
    """
    shingled = [_shingle(report) for report in reports if report.article.kind != "teaser"]
    pairs = similar_pairs([side.shingles.numbers for side in shingled], share=_MUCH, least=_ENOUGH)
    links = (compare(shingled[one], shingled[other]) for one, other in pairs)
    return tuple(sorted((link for link in links if link is not None), key=lambda link: (link.first, link.second)))


def compare(one: Shingled, other: Shingled) -> CopyLink | None:
    """What two articles have of one another, from the two sides alone.

    Returns:
        The link, or None where neither repeats enough of the other.
    """
    shorter, longer = sorted((one, other), key=lambda side: (len(side.shingles.numbers), side.report.key))
    less, more = shorter.shingles, longer.shingles
    both, count = common(less.numbers, more.numbers), len(less.numbers)
    containment = both / count if count else 0.0
    if containment < _MUCH or (both < _ENOUGH and not np.array_equal(less.numbers, more.numbers)):
        return None
    if not near_enough(common(less.sample, more.sample), less.sampled, more.sampled):
        return None  # the ledger finds no other pair when an article is added
    alike = count / len(more.numbers) >= _ALIKE
    first, second, ordered = _order(one.report, other.report)
    same_outlet = first.outlet is not None and first.outlet == second.outlet
    same_page = first.document.url is not None and first.document.url == second.document.url
    kind: CopyKind = "copy" if containment >= _NEAR and alike else "partial"
    if ordered and (same_outlet or same_page) and (alike or containment >= _NEAR) and first.document.id != second.document.id:
        kind = "version"
    return CopyLink(
        first=first.key,
        second=second.key,
        kind=kind,
        containment=round(containment, 4),
        evidence=_evidence(both, count, kind, first.outlet),
    )


def superseding(copies: Iterable[CopyLink], reports: Sequence[Report]) -> dict[ArticleKey, ArticleKey]:
    """For each earlier version of a page the next later one."""
    moments = {report.key: report.published.first if report.published else None for report in reports}
    later: dict[ArticleKey, list[ArticleKey]] = defaultdict(list)
    for link in copies:
        if link.kind == "version":
            later[link.first].append(link.second)
    return {key: min(successors, key=lambda successor: (moments[successor] or "", successor)) for key, successors in later.items()}


def _shingle(report: Report) -> Shingled:
    return Shingled(report=report, shingles=shingle(report.text))


def _order(one: Report, other: Report) -> tuple[Report, Report, bool]:
    """The two in order of publication (else of key), and whether that order is known."""
    first, second = sorted((one, other), key=lambda report: report.key)
    moments = [report.article.published.first if report.article.published else None for report in (first, second)]
    apart = days_between(first.published, second.published)
    if moments[0] is None or moments[1] is None or moments[0] == moments[1]:
        return first, second, False
    known = bool(apart) or all("T" in moment for moment in moments if moment)
    return (first, second, known) if moments[0] < moments[1] else (second, first, known)


def _evidence(both: int, count: int, kind: CopyKind, outlet: str | None) -> str:
    words = f"{both} of {count} word 5-grams of the shorter stand in the other"
    return f"{words}; both by {outlet or 'one address'}, this one later" if kind == "version" else words
