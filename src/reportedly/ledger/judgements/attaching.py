"""Finds the claim that a judgement is about after its text was read or extracted anew (design section 3)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportedly.ledger.search.tokens import words_of
from reportedly.model import Document, Judgement, Problem, Span, StoredClaim, row_of

LEAST_JACCARD = 0.5
"""How much of two contents must be common for a judgement to follow from one to the other."""

_SPREADING = frozenset({"accept", "reject", "amend", "grade"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What judgements are attached to.

    Attributes:
        claims: the claims as extracted, with those that people added.
        documents: by id.
        texts_of: document id -> digests of every text that it was read as, now and before.
        akin: document id -> digests of the texts of other savings of its page.
    """

    claims: Sequence[StoredClaim]
    documents: Mapping[str, Document]
    texts_of: Mapping[str, frozenset[str]]
    akin: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of_text(self, text: str | None) -> list[StoredClaim]:
        """The claims of documents that were read as this text at some time."""
        return [c for c in self.claims if text is not None and text in self.texts_of.get(c.document, ())]


def attach_judgements(judgements: Sequence[Judgement], ground: Ground) -> tuple[list[Judgement], list[Problem]]:
    """Judgements about the claims as they are now.

    Args:
        judgements: as they were made, in order of their moment; those undone are passed on as they are.
        ground: the claims.

    Returns:
        The judgements, the first target of each being the claim with the same source head and content Jaccard of 0.5 or more
        where the one judged is gone, and the last ones the like claims of the same page saved again; and a problem for each that
        fits no claim, which stays as it was.
    """
    known = {stored.claim.id for stored in ground.claims}
    again = _saved_again(ground)
    attached: list[Judgement] = []
    problems: list[Problem] = []
    for judgement in judgements:
        found = _follow(judgement, ground, known) if _is_loose(judgement, ground, known) else judgement
        attached.append(_spread(found or judgement, again, ground.documents))
        if found is None:
            problems.append(_unattached(judgement, ground))
    return attached, problems


def _saved_again(ground: Ground) -> dict[str, list[list[StoredClaim]]]:
    """For each text the claims of each other saving of its page."""
    if not ground.akin:
        return {}
    claims: dict[str, list[StoredClaim]] = defaultdict(list)
    for stored in ground.claims:
        if stored.document in ground.akin:
            claims[stored.document].append(stored)
    found: dict[str, list[list[StoredClaim]]] = defaultdict(list)
    for document in sorted(claims):
        for text in ground.akin[document]:
            found[text].append(claims[document])
    return found


def _spread(judgement: Judgement, again: Mapping[str, Sequence[Sequence[StoredClaim]]], documents: Mapping[str, Document]) -> Judgement:
    """A judgement of one claim with those that the other savings of its page have in its place: the same source, figures and words."""
    text = judgement.text_digest or ""
    if not judgement.in_force or judgement.kind not in _SPREADING or not judgement.spans or text not in again:
        return judgement
    numbers = _numbers(json.loads(judgement.frozen).get("figures", ()) if judgement.frozen else ())
    like = []
    for claims in again[text]:
        matches = [(_likeness(judgement, c, documents), c) for c in claims if c.claim.id not in judgement.targets]
        fitting = [
            (jaccard, c)
            for jaccard, c in matches
            if jaccard >= LEAST_JACCARD and _same_source(judgement, c) and _numbers(row_of(c.claim)["figures"]) == numbers
        ]
        if fitting:
            like.append(min(fitting, key=lambda row: (-row[0], row[1].claim.start, row[1].claim.id))[1].claim.id)
    return replace(judgement, targets=(*judgement.targets, *dict.fromkeys(like)))


def _numbers(figures: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """What a claim counts; a page that is saved again with another toll says something else."""
    return [(figure.get("measure"), figure.get("low"), figure.get("high")) for figure in figures]


def _is_loose(judgement: Judgement, ground: Ground, known: set[str]) -> bool:
    """Whether what a judgement is about is no longer there: its claims or, for an addition, its text."""
    if judgement.undone:
        return False
    if judgement.kind == "add":
        return all(document.text_digest != judgement.text_digest for document in ground.documents.values())
    return any(target.startswith("c:") and target not in known for target in judgement.targets)


def _follow(judgement: Judgement, ground: Ground, known: set[str]) -> Judgement | None:
    first, *others = judgement.targets
    if judgement.kind == "add" or any(t.startswith("c:") and t not in known for t in others):
        return None  # of the others no spans were kept
    matches = [(_likeness(judgement, c, ground.documents), c) for c in ground.of_text(judgement.text_digest)]
    fitting = [(jaccard, c) for jaccard, c in matches if jaccard >= LEAST_JACCARD and _same_source(judgement, c)]
    if not fitting:
        return None
    _, best = min(fitting, key=lambda row: (-row[0], row[1].claim.start, row[1].claim.id))
    return replace(judgement, targets=(best.claim.id, *others)) if first.startswith("c:") else None


def _likeness(judgement: Judgement, stored: StoredClaim, documents: Mapping[str, Document]) -> float:
    """Jaccard of the contents: of their characters in the same text, of their words in another."""
    if documents[stored.document].text_digest == judgement.text_digest:
        return _jaccard(_characters(judgement.spans), _characters(stored.claim.content))
    return _jaccard(_words(judgement.spans), _words(stored.claim.content))


def _characters(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _words(spans: Sequence[Span]) -> set[tuple[str, int]]:
    """Words with their number of occurrence, so that a word said twice counts twice."""
    seen: defaultdict[str, int] = defaultdict(int)
    found = set()
    for span in spans:
        for word in words_of(span.text):
            seen[word] += 1
            found.add((word, seen[word]))
    return found


def _jaccard(a: set[Any], b: set[Any]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def _same_source(judgement: Judgement, stored: StoredClaim) -> bool:
    """Whether both name the same source: the same head word, or the same speakers where a new version cut the words otherwise."""
    frozen: dict[str, Any] = json.loads(judgement.frozen) if judgement.frozen else {}
    source = frozen.get("source") or []
    pieces = [source] if isinstance(source, dict) else source
    before = _head(" ".join(piece["text"] for piece in pieces))
    after = _head(" ".join(span.text for span in stored.claim.source))
    speakers = frozenset(frozen.get("speakers") or ())
    return before == after or (bool(speakers) and speakers == frozenset(stored.claim.speakers))


def _head(source: str) -> str:
    """The last word before the first comma: the head of an English noun phrase but for what follows its noun."""
    words = words_of(source.partition(",")[0])
    return words[-1] if words else ""


def _unattached(judgement: Judgement, ground: Ground) -> Problem:
    holders = sorted(d.name for d in ground.documents.values() if judgement.text_digest in ground.texts_of.get(d.id, ()))
    return Problem(
        code="unattached-judgement",
        message=f"judgement {judgement.id} ({judgement.kind}, by {judgement.by}) fits no claim any more; it is kept and not applied",
        document=holders[0] if holders else None,
        start=judgement.spans[0].start if judgement.spans else None,
        end=judgement.spans[-1].end if judgement.spans else None,
    )
