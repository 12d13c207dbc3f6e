"""The audit log: every judgement, undoing and removal in the order in which they came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.model import Deed, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """A judgement's taking back.

    Attributes:
        by: who did it; empty where nobody signed.
        reason: why.
        revision: revision of the ledger in which it came.
    """

    by: str
    reason: str
    revision: int


def deeds_of(judged: Iterable[tuple[Judgement, int, Undoing | None]], at: Iterable[tuple[int, str]]) -> Iterator[Deed]:
    """The deeds of judgements.

    Args:
        judged: each judgement, the revision in which it came, and how it was taken back.
        at: each revision with its moment.

    Yields:
        One deed a judgement and one an undoing, in no order.
    """
    moments = dict(at)
    for judgement, revision, undoing in judged:
        yield Deed(
            revision=revision,
            at=judgement.at,
            by=judgement.by,
            deed=judgement.kind,
            judgement=judgement.id,
            targets=judgement.targets,
            reason=judgement.reason,
            changes=judgement.changes,
            coding=judgement.coding,
            settles=judgement.settles,
            undone=undoing is not None,
        )
        if undoing is not None:
            yield Deed(
                revision=undoing.revision,
                at=moments.get(undoing.revision, ""),
                by=undoing.by,
                deed="undo",
                judgement=judgement.id,
                targets=judgement.targets,
                reason=undoing.reason,
                coding=judgement.coding,
            )


def newest_first(deeds: Iterable[Deed]) -> list[Deed]:
    """Deeds with the newest first; those of one revision in the order of their ids."""
    return sorted(deeds, key=lambda deed: (-deed.revision, deed.judgement or "", deed.deed))
