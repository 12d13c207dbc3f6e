"""Remembers what was found of each article alone, so that one more article in a large story is looked at by itself.

Reports are records of rows that never change, so what depends on one report alone holds as long as it is the same report. `per_report`
keeps that with the report; `Remembered` keeps the reports of large stories from one linking to the next.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection
from operator import is_
from typing import TypeVar
from weakref import WeakKeyDictionary

from reportedly.model import ArticleKey, Holdings
from reportedly.resolve.reports import Report, gather_reports

V = TypeVar("V")

FEW = 64
"""Documents that changed up to which what they are linked with is remembered for the next that come."""

_MOST = 60_000
"""Claims of remembered reports at most."""

_LEAST = 2_000
"""Claims from which what is linked together is remembered."""


def per_report(find: Callable[[Report], V]) -> Callable[[Report], V]:
    """A function of a report alone that is asked once of each, for as long as the report is there.

    Args:
        find: the function; what it gives does not hold the report itself.
    """
    known: WeakKeyDictionary[Report, V] = WeakKeyDictionary()

    def found(report: Report) -> V:
        value = known.get(report)
        if value is None:
            known[report] = value = find(report)
        return value

    return found


class Remembered:
    """The reports of articles that were linked before, those longest unused going first where they become too many."""

    def __init__(self) -> None:
        self._reports: OrderedDict[ArticleKey, Report] = OrderedDict()
        self._claims = 0

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents whose reports are remembered."""
        return frozenset(document for document, _ in self._reports)

    def gather(self, holdings: Holdings) -> tuple[Report, ...]:
        """As `gather_reports`; where an article, its document and its claims are the very records of a remembered report, that one."""
        reports = tuple(self._same(report) for report in gather_reports(holdings))
        if sum(len(report.claims) for report in reports) >= _LEAST:
            self._keep(reports)
        return reports

    def forget(self, documents: Collection[str]) -> None:
        """Forget the reports of some documents, by their ids."""
        for key in [key for key in self._reports if key[0] in documents]:
            self._claims -= len(self._reports.pop(key).claims)

    def _same(self, report: Report) -> Report:
        known = self._reports.get(report.key)
        return known if known is not None and _alike(known, report) else report

    def _keep(self, reports: Collection[Report]) -> None:
        for report in reports:
            before = self._reports.pop(report.key, None)
            self._reports[report.key] = report
            self._claims += len(report.claims) - (len(before.claims) if before else 0)
        while self._reports and self._claims > _MOST:
            _, gone = self._reports.popitem(last=False)
            self._claims -= len(gone.claims)


def _alike(one: Report, other: Report) -> bool:
    same = one.document is other.document and one.article is other.article and len(one.claims) == len(other.claims)
    return same and all(map(is_, one.claims, other.claims)) and one.text == other.text
