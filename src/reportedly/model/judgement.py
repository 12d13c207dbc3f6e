"""People's corrections: never overwritten by a later run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportedly.model.span import Span

JudgementKind = Literal["add", "accept", "reject", "amend", "merge", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One correction by a person.

    Attributes:
        id: `j:` and a hash of its content and its moment.
        kind: what is done.
        targets: ids of the claims, or names of the actors, that it is about; several for merge and split.
        text_digest: the text that the first target stands in; None for actors.
        spans: the content spans of the first target with their words, so that it attaches again after a re-reading.
        changes: for amend and add, the claim's fields with their new values, as they stand in the JSON record.
        frozen: the record as the person saw it, as JSON text.
        by: who judged.
        at: when, aware UTC in ISO form.
        reason: why, in the person's words.
        undone: whether a later judgement took it back.
    """

    id: str
    kind: JudgementKind
    targets: tuple[str, ...]
    by: str
    at: str
    reason: str
    text_digest: str | None = None
    spans: tuple[Span, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    frozen: str = ""
    undone: bool = False
