"""A ledger in memory, for tests and for those who want no file: the same answers as the SQLite store from plain dictionaries.

It keeps a log of what changed it. An earlier state is the log's beginning, done again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from reportedly.ledger.care.digesting import digest_records, judgement_text
from reportedly.ledger.codec import article_text, claim_text, document_text
from reportedly.ledger.documents.addresses import texts_akin
from reportedly.ledger.documents.entry import Counts, compare, entry_of, problems_of, sort_problems, version_of
from reportedly.ledger.judgements.anchors import anchors_of, check_claim, check_text, encode_text
from reportedly.ledger.judgements.history import deeds_of, newest_first
from reportedly.ledger.judgements.judging import Stored, apply_judgements, find_claim, order
from reportedly.ledger.moments import Clock, moment_text, now, parse_moment
from reportedly.ledger.search.lookup import Named, choose_document, choose_id
from reportedly.ledger.search.searching import find_match, hit_of, read_terms
from reportedly.ledger.state import State
from reportedly.model import Deed, Document, Extraction, Hit, Holdings, Judgement, Links, Problem, Reading, StoredClaim, VerifyRow, row_of

_PER = 1000  # characters, of which the rank is the number of matches


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """Something that changed content: in which revision, when, which document it brought or took away, and how it is done again."""

    revision: int
    at: str
    document: str | None
    do: Callable[[State], object]
    removed: tuple[str, str] | None = None  # name and reason


class MemoryStore:
    """A ledger in memory; see `store.LedgerStore` for what each method promises.

    Args:
        clock: tells the time of what is recorded.
    """

    def __init__(self, clock: Clock = now) -> None:
        self._clock = clock
        self._state = State()
        self._log: list[_Deed] = []

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is to be let go."""

    def close(self) -> None:
        """Nothing is to be let go."""

    @property
    def revision(self) -> int:
        """The ledger's revision; 0 for an empty one."""
        return self._state.revision

    def _do(self, do: Callable[[State], object], document: str | None = None, *, links: bool = True) -> None:
        """Change content, on which `links` depend or not, noting in the log what was done; nothing is noted where nothing changed."""
        state = self._state
        state.touched = False
        do(state)
        if state.touched:
            state.revision += 1
            state.changed = state.revision if links else state.changed
            at = max([moment_text(self._clock()), *(deed.at for deed in self._log[-1:])])
            self._log.append(_Deed(revision=state.revision, at=at, document=document, do=do))

    def put(self, reading: Reading, extractions: Sequence[Extraction], *, forced: bool = False) -> Counts:
        """Store one document with its claims; how many documents, claims and problems were new."""
        if reading.document is None:
            return 0, 0, self.put_problems(problems_of(reading, extractions))
        entry = entry_of(reading.document, reading, extractions)
        counts: list[Counts] = []
        self._do(lambda state: counts.append(state.enter(entry, forced=forced)), entry.document.id)
        return counts[0]

    def put_all(self, made: Sequence[tuple[Reading, Sequence[Extraction]]]) -> Counts:
        """Store documents with their claims; how many documents, claims and problems were new."""
        counts = [self.put(reading, extractions) for reading, extractions in made]
        return sum(c[0] for c in counts), sum(c[1] for c in counts), sum(c[2] for c in counts)

    def put_problems(self, problems: Iterable[Problem]) -> int:
        """Store problems that belong to no document; how many were new."""
        found, counts = tuple(problems), list[int]()
        self._do(lambda state: counts.append(state.enter_problems(found, None)))
        return counts[0]

    def holds(self, document: str, extractor: str) -> bool:
        """Whether the ledger has this document (by id), extracted by this version of the extractor."""
        entry = self._state.entries.get(document)
        return entry is not None and entry.version.extractor in (extractor, "")

    def is_current(self, reading: Reading, extractor: str) -> bool:
        """Whether `put` would store nothing of this reading, so that it need not be extracted."""
        document = reading.document
        entry = self._state.entries.get(document.id) if document else None
        if document is None or entry is None or document.name not in self._state.names[document.id]:
            return False
        return compare(version_of(document, reading, extractor if reading.articles else ""), entry.version) != "replace"

    def put_links(self, links: Links) -> None:
        """Replace the links by newer ones; the revision rises where they differ."""
        self._state.link(links)

    def links_outdated(self) -> bool:
        """Whether content changed since the links were stored."""
        return self._state.changed > self._state.linked

    def holdings(self, recorded_before: str | int | None = None) -> Holdings:
        """What the ledger holds, now or before a revision or moment, judgements applied."""
        return apply_judgements(_stored(self._before(recorded_before)))

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:  # noqa: ARG002 - a ledger in memory is small
        """What the ledger holds, of some documents at least."""
        return self.holdings()

    def _before(self, moment: str | int | None) -> State:
        if moment is None or (isinstance(moment, int) and moment > self.revision):
            return self._state
        if isinstance(moment, int):
            deeds = [deed for deed in self._log if deed.revision < moment]
        else:
            until = parse_moment(moment)
            deeds = [deed for deed in self._log if deed.at < until]
            if len(deeds) == len(self._log):
                return self._state
        state = State()
        for deed in deeds:
            state.revision = deed.revision - 1
            deed.do(state)
            state.revision = deed.revision
        return state

    def judge(self, judgement: Judgement, *, seen: int | None = None) -> None:
        """Append a judgement."""
        self._do(_judging(judgement, seen), links=judgement.bears_on_links)

    def undo(self, judgement: str, *, by: str = "", reason: str = "", seen: int | None = None) -> None:
        """Take a judgement back by its id or the start of one."""
        identity = choose_id("judgement", "j:", judgement, self._state.judgements)
        self._do(lambda state: state.undo(identity, by, reason, seen), links=self._state.judgements[identity][0].bears_on_links)

    def history(self, target: str | None = None) -> list[Deed]:  # noqa: ARG002 - a ledger in memory is small
        """The audit log: what people did, the newest first."""
        state = self._state
        judged = [(judgement, revision, state.undone.get(k)) for k, (judgement, revision) in state.judgements.items()]
        removals = [
            Deed(
                revision=deed.revision, at=deed.at, by="", deed="remove", judgement=None, targets=(deed.removed[0],), reason=deed.removed[1]
            )
            for deed in self._log
            if deed.removed
        ]
        return newest_first([*deeds_of(judged, [(deed.revision, deed.at) for deed in self._log]), *removals])

    def remove(self, document: Document, reason: str) -> None:
        """Erase a document's text and claims; its digest and a tombstone stay."""
        self._do(lambda state: state.erase(document.id, reason))
        stone = replace(self._log[-1], do=lambda state: state.removed.update({document.id: reason}), removed=(document.name, reason))
        self._log = [*(deed for deed in self._log[:-1] if deed.document != document.id), stone]

    def find_document(self, words: str) -> Document:
        """The document that words mean."""
        state = self._state
        return choose_document(words, [Named(document=state.document(k), names=frozenset(state.names[k])) for k in state.entries])

    def find_claim(self, words: str) -> StoredClaim:
        """The claim with an id that begins so."""
        return find_claim(_stored(self._state), words)

    def all_claims(self) -> tuple[StoredClaim, ...]:
        """Every claim as extracted."""
        return _stored(self._state).holdings.claims

    def problems(self) -> tuple[Problem, ...]:
        """What could not be used, by document, place and code."""
        return sort_problems(self.holdings().problems)

    def search(self, words: str, *, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        """Passages of all documents, or of some, that hold all the words, a "quoted phrase" or a prefix*; best first, one a document."""
        held = _stored(self._state).holdings
        terms = read_terms(words)
        hits = []
        for identity, document in held.documents.items():
            text = held.text_of(identity)
            match = find_match(text, terms)
            if match and (within is None or identity in within):
                around = (
                    [a for k, a in held.articles.items() if k[0] == identity],
                    [c.claim for c in held.claims if c.document == identity],
                )
                hits.append(hit_of(document, text, match, _PER * match.times / (_PER + len(text)), around))
        return sorted(hits, key=lambda hit: (-hit.rank, hit.document))[: max(0, limit)]

    def verify(self) -> Iterator[VerifyRow]:
        """Every anchor of every claim, with whether it holds."""
        held = _stored(self._state).holdings
        for document in sorted(held.documents.values(), key=lambda d: (d.name, d.id)):
            text = held.text_of(document.id)
            broken = check_text(document.text_digest, encode_text(text), document.name)
            if broken:
                yield broken
            for stored in held.claims:
                if stored.document == document.id:
                    anchors = {(a.start, a.end): a for a in anchors_of(stored.claim, text)}
                    yield from check_claim(row_of(stored.claim), text, anchors)

    def digest(self) -> str:
        """A digest of the content records: no row order, no recorded times, no names but the least, no links."""
        return digest_records(_records(self._state))


def _judging(judgement: Judgement, seen: int | None) -> Callable[[State], None]:
    return lambda state: state.judge(judgement, seen)


def _stored(state: State) -> Stored:
    """The state's records as a store reads them."""
    documents = {identity: state.document(identity) for identity in sorted(state.entries)}
    entries = [(k, state.entries[k], documents[k].name) for k in documents]
    claims = [
        StoredClaim(claim=replace(claim, document=name), document=k, extractor=by, recorded=state.recorded[k, claim.id])
        for k, entry, name in entries
        for claim, by in entry.claims.values()
    ]
    judgements = [replace(j, undone=j.id in state.undone) for j, _ in state.judgements.values()]
    holdings = Holdings(
        documents=documents,
        articles={
            (k, a.number): replace(a, document=name) for k, entry, name in entries for a in sorted(entry.articles, key=lambda a: a.number)
        },
        texts=dict(sorted((d.text_digest, state.text(k)) for k, d in documents.items())),
        claims=tuple(sorted(claims, key=order)),
        links=state.links,
        judgements=tuple(sorted(judgements, key=lambda j: (j.at, j.id))),
        problems=sort_problems(problem for _, problem in state.problems.values()),
        revision=state.revision,
    )
    texts_of = {k: frozenset(state.texts[k]) for k in documents}
    return Stored(
        holdings=holdings,
        texts_of=texts_of,
        arrived={k: recorded for k, (_, recorded) in state.judgements.items()},
        akin=texts_akin(((d.id, d.url, d.name) for d in documents.values()), texts_of),
    )


def _records(state: State) -> Iterator[tuple[str, ...]]:
    for identity, entry in state.entries.items():
        yield "document", identity, min(state.names[identity]), entry.version.extractor, document_text(entry.document)
        for article in entry.articles:
            yield "article", identity, str(article.number), article_text(article)
        for claim, extractor in entry.claims.values():
            yield "claim", identity, claim.id, extractor, claim_text(claim)
    for judgement, _ in state.judgements.values():
        yield "judgement", judgement.id, judgement_text(judgement), str(judgement.id in state.undone)
