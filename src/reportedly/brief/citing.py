"""Numbers the claims that a brief cites, in the order of their first use, and keeps the passage of each."""

from collections.abc import Iterable

from reportedly.brief.report import Source
from reportedly.model import Claim, Holdings, StoredClaim, interval_text

LONGEST_PASSAGE = 300  # characters, design section 3


class Citations:
    """The sources of one brief.

    Args:
        holdings: where the claims stand.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._claims: dict[str, StoredClaim] = {}
        for stored in holdings.claims:
            self._claims.setdefault(stored.claim.id, stored)
        self._numbers: dict[str, int] = {}

    def claim(self, identifier: str) -> Claim | None:
        """The claim of an id, or None where the clock hides it."""
        stored = self._claims.get(identifier)
        return stored.claim if stored else None

    def cite(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The numbers of claims, given out as they are first used; a claim that the clock hides gets none."""
        known = [c for c in dict.fromkeys(claims) if c in self._claims]
        return tuple(sorted(self._numbers.setdefault(c, len(self._numbers) + 1) for c in known))

    def sources(self) -> tuple[Source, ...]:
        """The sources that were cited, by number."""
        return tuple(self._source(number, claim) for claim, number in self._numbers.items())

    def _source(self, number: int, identifier: str) -> Source:
        stored = self._claims[identifier]
        article = self._holdings.articles[stored.article]
        return Source(
            number=number,
            claim=identifier,
            document=stored.claim.document,
            outlet=article.outlet,
            published=interval_text(article.published),
            passage=passage_of(self._holdings.text_of(stored.document), stored.claim),
            translation=stored.claim.translation,
        )


def passage_of(text: str, claim: Claim) -> str:
    """The words of a claim with its source and cue, as they stand in the text, at most 300 characters."""
    spans = sorted([*claim.content, *claim.cue, *claim.source])
    start, end = spans[0].start, max(s.end for s in spans)
    words = " ".join(text[start:end].split())
    return words if len(words) <= LONGEST_PASSAGE else words[: LONGEST_PASSAGE - 1].rstrip() + "…"
