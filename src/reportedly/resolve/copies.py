"""Copies: articles that repeat another's text, and later versions of a page.

Candidates come from MinHash over word 5-grams (Broder, 'On the resemblance and containment of documents', 1997), banded so
that only articles with something in common meet; each candidate is then compared exactly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rensa import RMinHash

from reportedly.model import ArticleKey, CopyKind, CopyLink
from reportedly.resolve.reports import Report, days_between, words_of

_GRAM = 5  # words in a shingle
_PERMUTATIONS = 256
_ROWS = 2  # 128 bands of 2: a pair with a seventh of its shingles in common is met nine times in ten
_SEED = 1997
_NEAR = 0.8  # containment from which the shorter side counts as repeated whole
_MUCH = 0.5  # containment from which a part counts as repeated
_ALIKE = 0.6  # length of the shorter side over the longer's, from which the two count as one text
_ENOUGH = 20  # shingles in common below which a likeness may be a boilerplate line


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """An article as its word 5-grams.

    Attributes:
        report: the article.
        shingles: its distinct 5-grams, each joined by spaces.
    """

    report: Report
    shingles: frozenset[str]


def find_copies(reports: Sequence[Report]) -> tuple[CopyLink, ...]:
    """The pairs of articles of which one repeats the other.

    Args:
        reports: all articles; teasers are passed over.

    Returns:
        The links, sorted; `first` is the earlier article, or the lesser key where the order is unknown.
    """
    shingled = [_shingle(report) for report in reports if report.article.kind != "teaser"]
    by_key = {side.report.key: side for side in shingled}
    links = (compare(by_key[one], by_key[other]) for one, other in _candidates(shingled))
    return tuple(sorted((link for link in links if link is not None), key=lambda link: (link.first, link.second)))


def compare(one: Shingled, other: Shingled) -> CopyLink | None:
    """What two articles have of one another, from the two sides alone.

    Returns:
        The link, or None where neither repeats enough of the other.
    """
    shorter, longer = sorted((one, other), key=lambda side: (len(side.shingles), side.report.key))
    common = len(shorter.shingles & longer.shingles)
    containment = common / len(shorter.shingles) if shorter.shingles else 0.0
    if containment < _MUCH or (common < _ENOUGH and shorter.shingles != longer.shingles):
        return None
    alike = len(shorter.shingles) / len(longer.shingles) >= _ALIKE
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
        evidence=_evidence(common, shorter, kind, first.outlet),
    )


def superseding(copies: Iterable[CopyLink], reports: Sequence[Report]) -> dict[ArticleKey, ArticleKey]:
    """For each earlier version of a page the next later one."""
    moments = {report.key: report.published.first if report.published else None for report in reports}
    later: dict[ArticleKey, list[ArticleKey]] = defaultdict(list)
    for link in copies:
        if link.kind == "version":
            later[link.first].append(link.second)
    return {key: min(successors, key=lambda successor: (moments[successor] or "", successor)) for key, successors in later.items()}


def shingle_words(text: str) -> frozenset[str]:
    """The distinct word 5-grams of a text; a shorter text is one shingle."""
    words = words_of(text)
    if len(words) < _GRAM:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1))


def _shingle(report: Report) -> Shingled:
    return Shingled(report=report, shingles=shingle_words(report.text))


def _candidates(shingled: Sequence[Shingled]) -> Iterator[tuple[ArticleKey, ArticleKey]]:
    bands: dict[tuple[int, tuple[int, ...]], list[ArticleKey]] = defaultdict(list)
    for side in shingled:
        if side.shingles:
            for band in _bands(side.shingles):
                bands[band].append(side.report.key)
    yield from sorted({pair for keys in bands.values() for pair in combinations(sorted(keys), 2)})


def _bands(shingles: frozenset[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(shingles))
    values = sketch.digest()
    for start in range(0, _PERMUTATIONS, _ROWS):
        yield start, tuple(values[start : start + _ROWS])


def _order(one: Report, other: Report) -> tuple[Report, Report, bool]:
    """The two in order of publication (else of key), and whether that order is known."""
    first, second = sorted((one, other), key=lambda report: report.key)
    moments = [report.article.published.first if report.article.published else None for report in (first, second)]
    apart = days_between(first.published, second.published)
    if moments[0] is None or moments[1] is None or moments[0] == moments[1]:
        return first, second, False
    known = bool(apart) or all("T" in moment for moment in moments if moment)
    return (first, second, known) if moments[0] < moments[1] else (second, first, known)


def _evidence(common: int, shorter: Shingled, kind: CopyKind, outlet: str | None) -> str:
    words = f"{common} of {len(shorter.shingles)} word 5-grams of the shorter stand in the other"
    return f"{words}; both by {outlet or 'one address'}, this one later" if kind == "version" else words
