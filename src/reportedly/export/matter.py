"""What is exported: rows of a ledger that were all formed with the same clocks."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.model import (
    Actor,
    ActorRow,
    Article,
    Assessment,
    Clocks,
    Document,
    Holdings,
    Series,
    Span,
    StoredClaim,
    TimelineEntry,
    carrier_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMatter:
    """What an export is made from.

    Attributes:
        holdings: the rows that the clocks let see.
        clocks: as of when.
        policy: the policy that formed the series.
        series: the series.
        statements: the assessed statements.
        timeline: the dated events.
        actors: the actors that made a claim to be seen.
        program: name and version of this program.
    """

    holdings: Holdings
    clocks: Clocks
    policy: str
    series: tuple[Series, ...]
    statements: tuple[Assessment, ...]
    timeline: tuple[TimelineEntry, ...]
    actors: tuple[ActorRow, ...]
    program: str

    def claims_by_id(self) -> dict[str, StoredClaim]:
        """Each claim once, in its first appearance."""
        found: dict[str, StoredClaim] = {}
        for stored in self.holdings.claims:
            found.setdefault(stored.claim.id, stored)
        return found

    def article_of(self, stored: StoredClaim) -> Article:
        """The article that a claim stands in."""
        return self.holdings.articles[stored.article]

    def document_of(self, stored: StoredClaim) -> Document:
        """The document that a claim stands in."""
        return self.holdings.documents[stored.document]

    def outlet_of(self, stored: StoredClaim) -> str:
        """Who carried a claim, for readers."""
        return carrier_name(self.article_of(stored), self.document_of(stored))

    def story_titles(self) -> dict[str, str]:
        """Story id -> title."""
        return {story.id: story.title for story in self.holdings.links.stories}

    def speakers_of(self, stored: StoredClaim) -> list[Actor]:
        """The actors across documents that a claim's speakers are, in order; those that nobody told are left out."""
        actors = {actor.id: actor for actor in self.holdings.links.actors}
        names = (self.holdings.links.actor_of.get((*stored.article, name)) for name in stored.claim.speakers)
        return [actors[name] for name in names if name in actors]


def words_of(spans: Iterable[Span]) -> str:
    """The words of a part of a claim that may stand in pieces."""
    return " … ".join(" ".join(span.text.split()) for span in spans)
