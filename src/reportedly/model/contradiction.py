"""Claims that cannot all hold, as an answer."""

from dataclasses import dataclass
from typing import Literal

Rule = Literal[
    "half within composite",
    "part within total",
    "subset within total",
    "statuses make all",
    "no less later",
    "old and additional within new",
]
"""The rules of arithmetic of which claims may break one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A smallest set of claims that cannot all hold: some numbers fit whatever one of them is left out.

    Attributes:
        rule: which rule of arithmetic they break; where several join, the last.
        story: the story's id.
        claims: ids of the claims, the first of each figure, in the rule's order: parts before their whole, earlier before later.
        series: ids of the series.
        passages: the printed words of each claim.
        why: one sentence with the printed figures and the reason.
    """

    rule: Rule
    story: str
    claims: tuple[str, ...]
    series: tuple[str, ...]
    passages: tuple[str, ...]
    why: str
