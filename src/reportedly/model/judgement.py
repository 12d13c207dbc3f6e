"""People's corrections: never overwritten by a later run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reportedly.model.span import Span

JudgementKind = Literal["add", "accept", "reject", "amend", "merge", "split", "grade"]

RELIABILITIES = ("A", "B", "C", "D", "E", "F")
"""Source reliability, A (reliable) to F (cannot be judged): the Admiralty code of NATO STANAG 2511."""

CREDIBILITIES = (1, 2, 3, 4, 5, 6)
"""Credibility of one report, 1 (confirmed) to 6 (cannot be judged): as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's correction, as the faces take it.

    Attributes:
        kind: add, accept, reject, amend, merge, split or grade.
        targets: ids (or their starts) of claims, or names: of actors for merge and split, of actors or outlets for grade.
        by: who judges.
        reason: why.
        changes: for amend and add, the claim's fields with their new values; for grade `reliability` of names or `credibility` of claims.
        coding: name of the double coding that it belongs to; it then changes nothing until somebody settles it. None is in force at once.
        settles: ids of the codings that it decides between.
        seen: revision of the ledger that the person looked at; None judges without looking whether somebody else did since.
    """

    kind: JudgementKind
    targets: tuple[str, ...]
    by: str
    reason: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    coding: str | None = None
    settles: tuple[str, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One correction by a person.

    Attributes:
        id: `j:` and a hash of its content and its moment.
        kind: what is done.
        targets: ids of the claims, or names of the actors, that it is about; several for merge and split.
        text_digest: the text that the first target stands in; None for actors.
        spans: the content spans of the first target with their words, so that it attaches again after a re-reading.
        changes: for amend and add, the claim's fields with their new values, as they stand in the JSON record; for grade the grade.
        frozen: the record as the person saw it, as JSON text.
        by: who judged.
        at: when, aware UTC in ISO form.
        reason: why, in the person's words.
        coding: name of the double coding that it belongs to, and changes nothing by itself; None where it is in force.
        settles: ids of the codings that it decides between.
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
    coding: str | None = None
    settles: tuple[str, ...] = ()
    undone: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it changes what the ledger answers."""
        return not self.undone and self.coding is None

    @property
    def bears_on_links(self) -> bool:
        """Whether links across documents depend on it."""
        return self.coding is None and self.kind not in ("accept", "grade")
