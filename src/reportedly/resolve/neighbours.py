"""Neighbours: how an article that is added finds the part of the ledger that it touches, and links only that anew.

Every page leaves marks in the ledger: pairs of its strong names and words, a sample of its word 5-grams, its texts. A page can only be
of one story with a page that shares such a pair, and only be its copy if it shares of the sample what `near_enough` asks for; so the
marks find every part that a new page can touch, and the parts found, linked anew from nothing, are what a rebuild of all would make.
Which pairs and 5-grams tell enough to be marks is decided by tables that ship with the package, so that what many pages have makes no
long lists, however large a ledger is.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from reportedly.model import ArticleKey, Holdings, Interval, Near, Page, parse_day
from reportedly.model.ports import Neighbourhood
from reportedly.resolve.features import Features, features_of
from reportedly.resolve.incidents import Incident, differ
from reportedly.resolve.linking import link_parts
from reportedly.resolve.marking import mark
from reportedly.resolve.reports import Report, gather_reports
from reportedly.resolve.settling import uniter
from reportedly.resolve.shingles import near_enough, shingle
from reportedly.resolve.stories import belong, gather_pages, keys_of

_TRIES = 5  # times that another process may come between
_AT_ONCE = 2_000  # documents that changed beyond which they are linked in batches, of half as many and more
_SEEDS = 50  # documents whose parts are looked up at once for a batch


def relink(ledger: Neighbourhood) -> None:
    """Bring a ledger's links up to its content.

    Only the parts near what changed are read and linked anew; the links are those that a rebuild of the whole gives. Where another
    process links some of the same articles meanwhile, it is done again; after a few times it is left to the next run. Where many changed,
    they are linked one batch after the other, each with all of its parts, so that memory does not grow with their number.

    Args:
        ledger: the store.
    """
    tries = _TRIES
    while tries:
        changed = ledger.unlinked()
        if changed is None:
            whole = ledger.holdings_of(None)
            marked = Marked(gather_reports(whole))
            parts = link_parts(whole, marked.features)
            batch = changed
            done = ledger.put_parts(parts, marked.pages, None, frozenset(whole.documents), unite=uniter(whole.judgements))
        else:
            batch = _batch(ledger, changed)
            done = _link_near(ledger, batch)
        if done and batch == changed:
            return
        tries -= not done


def _batch(ledger: Neighbourhood, changed: frozenset[str]) -> frozenset[str]:
    """Those of the documents that changed which are linked at once: all, or where they are many some with the others of their parts."""
    if len(changed) <= _AT_ONCE:
        return changed
    batch: frozenset[str] = frozenset()
    seeds = sorted(changed)
    while seeds and len(batch) < _AT_ONCE // 2:
        taken, seeds = seeds[:_SEEDS], seeds[_SEEDS:]
        parts = ledger.parts_of([document for document in taken if document not in batch])
        batch |= changed.intersection(taken) | changed.intersection(document for articles in parts.values() for document, _ in articles)
    return batch


def _link_near(ledger: Neighbourhood, changed: frozenset[str]) -> bool:
    fresh = ledger.holdings_of(changed)
    marked = Marked(gather_reports(fresh))
    touched = ledger.parts_of(changed)
    touched |= dict(_joining(ledger, marked, frozenset(touched)))
    keys = frozenset(fresh.articles).union(*touched.values())
    known = {key: _features(key, told) for articles in touched.values() for key, told in articles.items() if told}
    known = {key: features for key, features in known.items() if key[0] not in changed} | marked.features
    around = ledger.holdings_of({document for document, _ in keys})
    parts = link_parts(_only(around, keys), known)
    return ledger.put_parts(parts, marked.pages, frozenset(touched), changed, unite=uniter(around.judgements))


def _joining(ledger: Neighbourhood, marked: "Marked", touched: Collection[str]) -> Iterator[tuple[str, dict[ArticleKey, str]]]:
    """The parts that some articles are of one with, beside those known to be touched, with what is told of their articles."""
    joined: set[str] = set()
    likely: dict[str, list[tuple[Page, Near]]] = {}
    for near in ledger.near(marked.pages):
        page = marked.by_article[near.met]
        if near.part in touched:
            continue
        if near.texts or (near.shingles and near_enough(near.shingles, page.sampled, near.sampled)):
            joined.add(near.part)
        elif near.names and not differ(_incident(page.incident), _incident(near.incident)):
            likely.setdefault(near.part, []).append((page, near))
    found = ledger.parts_of(joined | likely.keys()) if joined or likely else {}
    for part, articles in found.items():
        pairs = likely.get(part, ())
        if part in joined or any(
            belong(marked.features[page.article], _features(near.article, articles[near.article])) for page, near in pairs
        ):
            yield part, articles


class Marked:
    """Articles with the marks that they leave and the features that the decision about stories needs.

    Args:
        reports: all articles of some documents; teasers leave the mark of their text alone, the first item of a live page the names of all.

    Attributes:
        features: of every article but teasers and later items of a live page.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        told = {report.key: report for report in reports if report.article.kind != "teaser"}
        self._reports = sorted(reports, key=lambda report: report.key)
        self.features = {members[0].key: features_of(members) for members in gather_pages(told)}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The marks, sorted by article."""
        return tuple(_page(report, self.features.get(report.key)) for report in self._reports)

    @cached_property
    def by_article(self) -> Mapping[ArticleKey, Page]:
        """The marks by article."""
        return {page.article: page for page in self.pages}


def _only(holdings: Holdings, keys: Collection[ArticleKey]) -> Holdings:
    """The rows of some articles; other articles of their documents belong to other parts."""
    return replace(
        holdings,
        articles={key: article for key, article in holdings.articles.items() if key in keys},
        claims=tuple(stored for stored in holdings.claims if stored.article in keys),
    )


def _page(report: Report, features: Features | None) -> Page:
    shingles = shingle(report.text) if report.article.kind != "teaser" else None
    return Page(
        article=report.key,
        names=frozenset(mark("names", *pair) for pair in keys_of(features)) if features else frozenset(),
        shingles=frozenset(number >> 4 for number in shingles.sample.tolist()) if shingles else frozenset(),
        sampled=shingles.sampled if shingles else 0,
        texts=frozenset({mark("text", report.document.text_digest, str(report.article.number))}),
        incident=f"{features.incident.kind} {features.incident.day.isoformat()}" if features and features.incident else None,
        features=json.dumps(dict(_plain(features)), separators=(",", ":")) if features else "",
    )


def _plain(features: Features) -> Iterator[tuple[str, Any]]:
    yield "names", dict(features.names)
    yield "words", dict(features.words)
    if features.published:
        yield "published", [features.published.first, features.published.last]
    if features.incident:
        yield "incident", f"{features.incident.kind} {features.incident.day.isoformat()}"


def _features(key: ArticleKey, told: str) -> Features:
    row = json.loads(told) if told else {}
    published = row.get("published")
    return Features(
        key=key,
        names=row.get("names", {}),
        words=row.get("words", {}),
        published=Interval(first=published[0], last=published[1]) if published else None,
        incident=_incident(row.get("incident")),
    )


def _incident(words: str | None) -> Incident | None:
    kind, _, day = (words or "").rpartition(" ")
    return Incident(kind=kind, day=parse_day(day)) if kind else None
