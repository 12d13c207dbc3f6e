"""Where numbers and statements come from, as answers: the life of a number, and documents that the heap lacks."""

from dataclasses import dataclass
from typing import Literal

from reportedly.model.interval import Interval

Loss = Literal[
    "qualifier lost",
    "composite collapsed",
    "rounded",
    "window lost",
    "population widened",
    "attribution dropped",
    "suspected made confirmed",
]
"""What a report may do to a number that it hands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report of a number.

    Attributes:
        claim: the claim's id.
        document: the document's name.
        outlet: who carried it.
        published: when; None where nothing tells.
        speakers: to whom it puts the number; none where the outlet speaks.
        via: who relayed it, nearest the speaker first.
        text: the number in its words.
        changes: what became of it since the first report.
    """

    claim: str
    document: str
    outlet: str
    published: Interval | None
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    text: str
    changes: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A number's life: one principal's figure from its first report to the last that descends from it.

    Attributes:
        story: the story's id.
        origins: ids of the origins that it takes in, that of the first report first.
        principal: whose figure it is.
        measure: what the first report counts.
        outlets: who carried it, sorted.
        tellings: the reports, the first one first, by publication.
    """

    story: str
    origins: tuple[str, ...]
    principal: str
    measure: str
    outlets: tuple[str, ...]
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryRow:
    """An origin of which the heap holds no document by the speaker.

    Attributes:
        story: the story's id.
        origin: the origin's id.
        principal: whose assessment it is.
        speakers: who spoke, sorted.
        said: when, as its first report tells; None where nothing does.
        text: its words in the first report.
        outlets: who carried it, sorted.
        first: name of the document with the first report.
        claims: ids of the claims that carry it, sorted.
    """

    story: str
    origin: str
    principal: str
    speakers: tuple[str, ...]
    said: Interval | None
    text: str
    outlets: tuple[str, ...]
    first: str
    claims: tuple[str, ...]
