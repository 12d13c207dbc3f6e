"""Applies people's corrections to what was extracted; nothing stored is changed by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportedly.ledger.judgements.attaching import Ground, attach_judgements
from reportedly.ledger.judgements.moving import moved
from reportedly.ledger.search.lookup import choose_id
from reportedly.model import (
    Article,
    ArticleKey,
    Claim,
    Document,
    Holdings,
    Judgement,
    Problem,
    Row,
    Span,
    StoredClaim,
    claim_id,
    record_of,
    row_of,
)

BY_HAND = "judgement"
"""The extractor of a claim that a person added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a ledger holds before people's corrections are applied.

    Attributes:
        holdings: the claims as extracted, the judgements as made, in order of their moment.
        texts_of: document id -> digests of every text that it was read as, now and before.
        arrived: judgement id -> revision in which it came.
        akin: document id -> digests of the texts of other savings of its page.
    """

    holdings: Holdings
    texts_of: Mapping[str, frozenset[str]]
    arrived: Mapping[str, int]
    akin: Mapping[str, frozenset[str]] = field(default_factory=dict)


def apply_judgements(stored: Stored) -> Holdings:
    """What a ledger holds in the eyes of its people.

    Args:
        stored: what it holds before.

    Returns:
        Rejected claims left out, amended ones amended, added ones added, and judgements with the targets they have now.
        What cannot be applied is a problem.
    """
    raw = stored.holdings
    if not raw.judgements:
        return raw
    claims, problems = _add(stored)
    ground = Ground(claims=claims, documents=raw.documents, texts_of=stored.texts_of, akin=stored.akin)
    judgements, unattached = attach_judgements(raw.judgements, ground)
    kept, refused = _apply(raw, claims, [judgement for judgement in judgements if judgement.in_force])
    return replace(
        raw,
        claims=tuple(sorted(kept, key=order)),
        judgements=tuple(judgements),
        problems=(*raw.problems, *problems, *unattached, *refused),
    )


def order(stored: StoredClaim) -> tuple[str, int, int, str]:
    """The order of claims everywhere: by document id, then by place."""
    return stored.document, stored.claim.start, stored.claim.end, stored.claim.id


def amended(claim: Claim, changes: Mapping[str, object]) -> Claim:
    """A claim with some fields as a person has them.

    Raises:
        ValueError: a change has the wrong shape, or would make it a claim of another place.
    """
    row: Row = row_of(claim)
    strange = sorted(set(changes) - set(row) | set(changes) & {"document", "article", "id"})
    if strange:
        message = f"a claim has no field {strange[0]!r} that could be changed"
        raise ValueError(message)
    made = record_of(Claim, {**row, **changes})
    if not made.content:
        message = "a claim needs content"
        raise ValueError(message)
    return made


def added_claim(document: Document, articles: Mapping[ArticleKey, Article], changes: Mapping[str, object]) -> Claim:
    """The claim that a person added, in one appearance of its text.

    Args:
        document: the appearance.
        articles: the ledger's articles.
        changes: the claim's fields as they stand in the JSON record.

    Raises:
        ValueError: the fields make no claim.
    """
    row = {**changes, "document": document.name, "article": 0, "id": ""}
    bare = record_of(Claim, row)
    if not bare.content:
        message = "a claim needs content"
        raise ValueError(message)
    identity = claim_id(document.text_digest, bare.content, bare.cue, bare.source)
    own = [article for key, article in sorted(articles.items()) if key[0] == document.id]
    if not own:
        message = "the page holds no article that a claim could stand in"
        raise ValueError(message)
    return replace(bare, id=identity, article=next((a.number for a in own if _holds(a, bare.start)), own[0].number))


def _holds(article: Article, place: int) -> bool:
    return any(passage.start <= place < passage.end for passage in article.passages)


def _add(stored: Stored) -> tuple[list[StoredClaim], list[Problem]]:
    """The claims with those that people added, one an appearance of their text; none where that text was removed."""
    raw = stored.holdings
    claims, problems = list(raw.claims), []
    held = {(c.claim.id, c.document) for c in claims}
    for judgement, document in _places(raw):
        try:
            claim = added_claim(document, raw.articles, judgement.changes)
        except ValueError as error:
            problems.append(_refused(judgement, str(error), document.name, judgement.spans))
            continue
        if (claim.id, document.id) not in held:
            held.add((claim.id, document.id))
            recorded = stored.arrived.get(judgement.id, raw.revision)
            claims.append(StoredClaim(claim=claim, document=document.id, extractor=BY_HAND, recorded=recorded))
    return claims, problems


def _places(raw: Holdings) -> Iterator[tuple[Judgement, Document]]:
    for judgement in raw.judgements:
        if judgement.kind == "add" and judgement.in_force:
            for document in raw.documents.values():
                if document.text_digest == judgement.text_digest:
                    yield judgement, document


def _apply(raw: Holdings, claims: Sequence[StoredClaim], judgements: Sequence[Judgement]) -> tuple[list[StoredClaim], list[Problem]]:
    rejected = {target for j in judgements if j.kind == "reject" for target in j.targets}
    amends: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        for target in judgement.targets if judgement.kind == "amend" else ():
            amends.setdefault(target, []).append(judgement)
    problems: list[Problem] = []
    kept = []
    for stored in claims:
        if stored.claim.id in rejected:
            continue
        claim = stored.claim
        for judgement in amends.get(claim.id, ()):
            try:
                claim = amended(claim, _changes_for(raw, stored, judgement))
            except ValueError as error:
                problems.append(_refused(judgement, str(error), claim.document, claim.content))
        kept.append(stored if claim is stored.claim else replace(stored, claim=claim))
    return kept, problems


def _changes_for(raw: Holdings, stored: StoredClaim, judgement: Judgement) -> Mapping[str, object]:
    """What a judgement changes of a claim; its spans are moved where the claim stands in another text than it was made for.

    Raises:
        ValueError: the words of a span are not in that text.
    """
    if judgement.text_digest in (None, raw.documents[stored.document].text_digest):
        return judgement.changes
    return moved(dict(judgement.changes), raw.text_of(stored.document), stored.claim.start)


def _refused(judgement: Judgement, reason: str, document: str, spans: Sequence[Span]) -> Problem:
    message = f"judgement {judgement.id} cannot be applied: {reason}"
    start, end = (spans[0].start, spans[-1].end) if spans else (None, None)
    return Problem(code="bad-judgement", message=message, document=document, start=start, end=end)


def find_claim(stored: Stored, words: str) -> StoredClaim:
    """The claim with an id that begins so.

    Args:
        stored: what the ledger holds.
        words: the id or its start, with or without `c:`.

    Returns:
        Its appearance in the first document by id, as amended; one that was rejected as it was extracted.

    Raises:
        UnknownIdError: none begins so.
        AmbiguousIdError: several do.
    """
    claims = [*apply_judgements(stored).claims, *stored.holdings.claims]
    wanted = choose_id("claim", "c:", words, (found.claim.id for found in claims))
    return next(found for found in claims if found.claim.id == wanted)
