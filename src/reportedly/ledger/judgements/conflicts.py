"""Tells a person what others did since they looked, so that nobody overwrites anybody unseen (optimistic concurrency)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportedly.errors import ConflictError
from reportedly.model import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What came into a ledger after a revision.

    Attributes:
        judged: judgements made since, with their revision.
        undone: judgements taken back since, with their revision and who did it.
        read: claim id -> revision, of claims read anew since.
    """

    judged: Iterable[tuple[Judgement, int]]
    undone: Iterable[tuple[Judgement, int, str]]
    read: Mapping[str, int]


def check_unseen(judgement: Judgement, seen: int, since: Since) -> None:
    """Hold a judgement, or the undoing of one, to what came since its maker looked.

    What other coders of a double coding say is no conflict: they are blind to one another.

    Args:
        judgement: the judgement that is to be made or undone.
        seen: revision that its maker looked at.
        since: what came after it.

    Raises:
        ConflictError: something of the same targets did.
    """
    targets = set(judgement.targets)
    deeds = [
        f"{made.by} did {made.kind} on {_first(made, targets)} in revision {revision} ({made.id})"
        for made, revision in since.judged
        if made.id != judgement.id and targets.intersection(made.targets) and _meet(judgement, made)
    ]
    deeds += [
        f"{by or 'somebody'} undid {gone.id} on {_first(gone, targets)} in revision {revision}"
        for gone, revision, by in since.undone
        if targets.intersection(gone.targets) and _meet(judgement, gone)
    ]
    deeds += [f"{claim} was read anew in revision {since.read[claim]}" for claim in sorted(targets & since.read.keys())]
    if deeds:
        raise ConflictError(seen, deeds)


def _meet(mine: Judgement, theirs: Judgement) -> bool:
    if mine.coding is None:
        return theirs.coding is None
    return theirs.coding is None or (theirs.coding == mine.coding and theirs.by == mine.by)


def _first(judgement: Judgement, targets: set[str]) -> str:
    return next(target for target in judgement.targets if target in targets)
