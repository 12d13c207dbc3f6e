"""Neighbours: how an article that is added finds the part of the ledger that it touches, and links only that anew.

Every page leaves marks in the ledger: pairs of its strong names and words, a sample of its word 5-grams, its texts. A page can only be
of one story with a page that shares such a pair, and only be its copy if it shares of the sample what `near_enough` asks for; so the
marks find every part that a new page can touch, and the parts found, linked anew from nothing, are what a rebuild of all would make.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportedly.model import ArticleKey, Holdings, Interval, Near, Page, digest, parse_day
from reportedly.model.ports import Neighbourhood
from reportedly.resolve.features import Features, features_of
from reportedly.resolve.incidents import Incident
from reportedly.resolve.linking import link_parts
from reportedly.resolve.reports import Report, gather_reports
from reportedly.resolve.shingles import near_enough, sample, shingle
from reportedly.resolve.stories import belong, gather_pages, keys_of

_TRIES = 5  # times that another process may come between
_BITS = 15  # hexadecimal digits of a mark: below 2^60, so that any database's integers hold it


def relink(ledger: Neighbourhood) -> None:
    """Bring a ledger's links up to its content.

    Only the parts near what changed are read and linked anew; the links are those that a rebuild of the whole gives. Where another
    process links some of the same articles meanwhile, it is done again; after a few times it is left to the next run.

    Args:
        ledger: the store.
    """
    for _ in range(_TRIES):
        changed = ledger.unlinked()
        if changed is None:
            whole = ledger.holdings_of(None)
            ledger.put_parts(link_parts(whole), gather_marks(gather_reports(whole)), None, frozenset(whole.documents))
            return
        if _link_near(ledger, changed):
            return


def _link_near(ledger: Neighbourhood, changed: frozenset[str]) -> bool:
    fresh = ledger.holdings_of(changed)
    pages = gather_marks(gather_reports(fresh))
    touched = ledger.parts_of(changed)
    for page in pages:
        found = {near.part for near in ledger.near(page) if near.part not in touched and joins(page, near)}
        touched |= ledger.parts_of(found) if found else {}
    keys = frozenset(fresh.articles).union(*touched.values())
    around = ledger.holdings_of({document for document, _ in keys})
    return ledger.put_parts(link_parts(_only(around, keys)), pages, frozenset(touched), changed)


def gather_marks(reports: Sequence[Report]) -> tuple[Page, ...]:
    """The marks of articles, sorted by article; the first item of a live page leaves the names of all.

    Args:
        reports: all articles of some documents; teasers leave the mark of their text alone.
    """
    told = {report.key: report for report in reports if report.article.kind != "teaser"}
    heads = {members[0].key: features_of(members) for members in gather_pages(told)}
    return tuple(_page(report, heads.get(report.key)) for report in sorted(reports, key=lambda report: report.key))


def joins(page: Page, near: Near) -> bool:
    """Whether a page is of one part with one of the ledger."""
    if near.texts or (near.shingles and near_enough(near.shingles, len(page.shingles), near.sampled)):
        return True
    return bool(near.names) and belong(_features(page.article, page.features), _features(page.article, near.features))


def _only(holdings: Holdings, keys: Collection[ArticleKey]) -> Holdings:
    """The rows of some articles; other articles of their documents belong to other parts."""
    return replace(
        holdings,
        articles={key: article for key, article in holdings.articles.items() if key in keys},
        claims=tuple(stored for stored in holdings.claims if stored.article in keys),
    )


def _page(report: Report, features: Features | None) -> Page:
    told = report.article.kind != "teaser"
    return Page(
        article=report.key,
        names=frozenset(_number("names", *pair) for pair in keys_of(features)) if features else frozenset(),
        shingles=frozenset(number >> 4 for number in sample(shingle(report.text)).tolist()) if told else frozenset(),
        texts=frozenset({_text(report)}),
        features=dict(_plain(features)) if features else {},
    )


def _text(report: Report) -> int:
    return _number("text", report.document.text_digest, str(report.article.number))


def _number(*words: str) -> int:
    return int(digest("\x1f".join(words).encode("utf-8", "surrogatepass"))[:_BITS], 16)


def _plain(features: Features) -> Iterator[tuple[str, Any]]:
    yield "names", dict(features.names)
    yield "words", dict(features.words)
    if features.published:
        yield "published", [features.published.first, features.published.last]
    if features.incident:
        yield "incident", [features.incident.kind, features.incident.day.isoformat()]


def _features(key: ArticleKey, row: Mapping[str, Any]) -> Features:
    published, incident = row.get("published"), row.get("incident")
    return Features(
        key=key,
        names=row.get("names", {}),
        words=row.get("words", {}),
        published=Interval(first=published[0], last=published[1]) if published else None,
        incident=Incident(kind=incident[0], day=parse_day(incident[1])) if incident else None,
    )
