"""Neighbours: how an article that is added finds the part of the ledger that it touches, and links only that anew.

Every page leaves marks in the ledger: pairs of its strong names and words, a sample of its word 5-grams, its texts. A page can only be
of one story with a page that shares such a pair, and only be its copy if it shares of the sample what `near_enough` asks for; so the
marks find every part that a new page can touch, and the parts found, linked anew from nothing, are what a rebuild of all would make.
Which pairs and 5-grams tell enough to be marks is decided by tables that ship with the package, so that what many pages have makes no
long lists, however large a ledger is.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

from reportedly.model import ArticleKey, Holdings, Interval, Near, Page, parse_day
from reportedly.model.ports import Neighbourhood
from reportedly.resolve.features import Features, features_of
from reportedly.resolve.groups import Groups
from reportedly.resolve.incidents import Incident, differ
from reportedly.resolve.linking import link_parts
from reportedly.resolve.marking import mark
from reportedly.resolve.remembering import FEW, Remembered
from reportedly.resolve.reports import Report, gather_reports
from reportedly.resolve.settling import uniter
from reportedly.resolve.shingles import near_enough, shingle
from reportedly.resolve.stories import belong, gather_pages, keys_of

_TRIES = 5  # times that another process may come between
_AT_ONCE = 2_000  # documents that changed beyond which they are linked in batches, of half as many and more
_SEEDS = 50  # documents whose parts are looked up at once for a batch
_READ = 250  # documents whose marks are made at once
_LOOKED = 64  # articles whose neighbours are looked at at once: what is told of these grows with the ledger
_LINKED = 250  # articles that are linked at once; more only where they hang together

Touched = dict[str, dict[ArticleKey, str]]
"""Parts by id: their articles with what is told of each, as in `Page.features`."""


def relink(ledger: Neighbourhood, remembered: Remembered | None = None) -> None:
    """Bring a ledger's links up to its content.

    Only the parts near what changed are read and linked anew; the links are those that a rebuild of the whole gives. Where another
    process links some of the same articles meanwhile, it is done again; after a few times it is left to the next run. Where many changed,
    they are linked one batch after the other, each with all of its parts, so that memory does not grow with their number: first they are
    grouped by their marks, so that each group, which nothing links with another, is read and linked by itself.

    Args:
        ledger: the store.
        remembered: reports of earlier linkings of this ledger; None remembers nothing.
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
            done = _link_near(ledger, batch, remembered)
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


def _link_near(ledger: Neighbourhood, changed: frozenset[str], remembered: Remembered | None) -> bool:
    """Link documents that changed with what they touch, in batches that no link leaves; whether all could be written."""
    few = remembered if len(changed) <= FEW else None
    if remembered is not None:
        remembered.forget(changed)
    fresh = _read_fresh(ledger, changed)
    groups = Groups()
    touched = _join_parts(ledger, fresh, changed, groups)
    _join_pages(fresh, groups)
    done = True
    for documents, parts in _gathered(fresh, changed, touched, groups):
        done = _link_some(ledger, fresh, documents, {part: touched[part] for part in parts}, few) and done
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    """Documents that changed, by what they are found by.

    Attributes:
        pages: the marks of their articles, sorted by article.
        features: of the articles, as in `Marked`.
        merged: whether a person merged claims of theirs: that may join what has no mark in common.
    """

    pages: tuple[Page, ...]
    features: Mapping[ArticleKey, Features]
    merged: bool


def _read_fresh(ledger: Neighbourhood, changed: Collection[str]) -> _Fresh:
    """The marks of documents, whose claims are in memory a few documents at a time."""
    pages: list[Page] = []
    features: dict[ArticleKey, Features] = {}
    merged, ids = False, sorted(changed)
    for start in range(0, len(ids), _READ):
        held = ledger.holdings_of(frozenset(ids[start : start + _READ]))
        marked = Marked(gather_reports(held))
        pages += marked.pages
        features |= marked.features
        merged = merged or any(judgement.kind == "merge" and judgement.text_digest is not None for judgement in held.judgements)
    return _Fresh(pages=tuple(pages), features=features, merged=merged)


def _join_parts(ledger: Neighbourhood, fresh: _Fresh, changed: frozenset[str], groups: Groups) -> Touched:
    """The parts that documents stand in or are of one with, joined with these; with what is told of the parts' articles."""
    touched = ledger.parts_of(changed)
    for part, articles in touched.items():
        for document in changed.intersection(document for document, _ in articles):
            groups.join((part,), document)
    for start in range(0, len(fresh.pages), _LOOKED):
        joined, likely = _near_parts(ledger, fresh.pages[start : start + _LOOKED], changed)
        others = (joined.keys() | likely.keys()) - touched.keys()
        found = ledger.parts_of(others) if others else {}
        for part in sorted(joined.keys() | likely.keys()):
            articles = touched.get(part) or found.get(part, {})
            for document in joined.get(part, ()):
                groups.join((part,), document)
            met = _join_likely(fresh, part, articles, likely.get(part, ()), groups)
            if articles and (met or part in joined):
                touched[part] = articles
    return touched


def _near_parts(
    ledger: Neighbourhood, pages: Sequence[Page], changed: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, list[tuple[Page, Near]]]]:
    """The parts that some documents are of one with, and those that some may be of one with, by their ids.

    Marks that the ledger has of documents that changed are those of what they were, and are passed over.
    """
    by_article = {page.article: page for page in pages}
    joined: dict[str, set[str]] = defaultdict(set)
    likely: dict[str, list[tuple[Page, Near]]] = defaultdict(list)
    for near in ledger.near(pages):
        page = by_article[near.met]
        if near.article[0] in changed:
            continue
        if near.texts or (near.shingles and near_enough(near.shingles, page.sampled, near.sampled)):
            joined[near.part].add(page.article[0])
        elif near.names and not differ(_incident(page.incident), _incident(near.incident)):
            likely[near.part].append((page, near))
    return joined, likely


def _join_likely(fresh: _Fresh, part: str, articles: Mapping[ArticleKey, str], pairs: Iterable[tuple[Page, Near]], groups: Groups) -> bool:
    """Join a part with the documents that belong to an article of it; whether one does that was not joined with it before."""
    told: dict[ArticleKey, Features] = {}
    met = False
    for page, near in pairs:
        if groups.find((part,)) == groups.find(page.article[0]):
            continue
        if near.article not in told:
            told[near.article] = _features(near.article, articles.get(near.article, ""))  # gone if others linked meanwhile
        if belong(fresh.features[page.article], told[near.article]):
            met = groups.join((part,), page.article[0])
    return met


def _join_pages(fresh: _Fresh, groups: Groups) -> None:
    """Join documents of which articles may be of one part by their marks."""
    for pages in _sharing(fresh.pages, lambda page: page.texts):
        for one, other in pairwise(pages):
            groups.join(one.article[0], other.article[0])
    shared: Counter[tuple[ArticleKey, ArticleKey]] = Counter()
    for pages in _sharing(fresh.pages, lambda page: page.shingles):
        shared.update((one.article, other.article) for one, other in combinations(pages, 2))
    sampled = {page.article: page.sampled for page in fresh.pages}
    for (one_key, other_key), both in shared.items():
        if near_enough(both, sampled[one_key], sampled[other_key]):
            groups.join(one_key[0], other_key[0])
    for pages in _sharing(fresh.pages, lambda page: page.names):
        for one, other in combinations(pages, 2):
            if groups.find(one.article[0]) != groups.find(other.article[0]) and belong(
                fresh.features[one.article], fresh.features[other.article]
            ):
                groups.join(one.article[0], other.article[0])


def _sharing(pages: Iterable[Page], marks: Callable[[Page], Iterable[int]]) -> Iterator[list[Page]]:
    """The pages that have a mark in common, for every mark that several have."""
    found: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        for number in marks(page):
            found[number].append(page)
    return (several for several in found.values() if len(several) > 1)


def _gathered(fresh: _Fresh, changed: Collection[str], touched: Touched, groups: Groups) -> Iterator[tuple[frozenset[str], list[str]]]:
    """Documents and parts of whole groups, so many together as are linked at once; where a person merged claims, all together."""
    articles = Counter(page.article[0] for page in fresh.pages)
    found: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for document in sorted(changed):
        found[groups.find(document)][0].append(document)
    for part in sorted(touched):
        found[groups.find((part,))][1].append(part)
    documents: list[str] = []
    parts: list[str] = []
    size = 0
    for some, near in found.values():
        more = sum(articles[document] for document in some) + sum(len(touched[part]) for part in near)
        if size and size + more > _LINKED and not fresh.merged:
            yield frozenset(documents), parts
            documents, parts, size = [], [], 0
        documents += some
        parts += near
        size += more
    yield frozenset(documents), parts


def _link_some(ledger: Neighbourhood, fresh: _Fresh, changed: frozenset[str], touched: Touched, remembered: Remembered | None) -> bool:
    """Link some of the documents with the parts that they touch; whether it could be written."""
    pages = tuple(page for page in fresh.pages if page.article[0] in changed)
    keys = frozenset(page.article for page in pages).union(*touched.values())
    known = {key: _features(key, told) for articles in touched.values() for key, told in articles.items() if told}
    known = {key: features for key, features in known.items() if key[0] not in changed}
    known |= {page.article: fresh.features[page.article] for page in pages if page.article in fresh.features}
    around = ledger.holdings_of({document for document, _ in keys})
    parts, unite = link_parts(_only(around, keys), known, remembered), uniter(around.judgements)
    del around, known  # so that what was read is gone before it is written
    return ledger.put_parts(parts, pages, frozenset(touched), changed, unite=unite)


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
