"""Voices: each claim once, with every appearance of it, as the decisions about utterances and origins see it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import ArticleKey, Claim, Interval, StoredClaim, carrier_name
from reportedly.resolve.actors import Cast
from reportedly.resolve.mentions import is_thing
from reportedly.resolve.remembering import per_report
from reportedly.resolve.reports import Report, words_of
from reportedly.resolve.weights import word_weight

_ALIKE = 0.5  # Jaccard of content words from which two contents count as one thing said
_FEW = 4  # content words below which a likeness tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A claim with all its appearances.

    Attributes:
        claim: the claim as its least appearance has it.
        stored: its least appearance.
        articles: every article that it appears in, sorted.
        outlets: who carried it, sorted; a page whose outlet nobody tells counts under its own name.
        speakers: ids of the actors that speak, sorted; empty where nobody named does, as in narration.
        principals: whom they speak for, sorted.
        named: whether some speaker is an actor, not a thing ("evidence suggests", "the treaty requires").
        said: when it was uttered; where no words say, up to the publication; None where nothing bounds it.
        published: when its first article was published, or None.
        words: the content's words that tell something.
    """

    claim: Claim
    stored: StoredClaim
    articles: tuple[ArticleKey, ...]
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    principals: tuple[str, ...]
    named: bool
    said: Interval | None
    published: Interval | None
    words: frozenset[str]

    @property
    def attributed(self) -> bool:
        """Whether somebody named speaks, not the outlet of its own."""
        return bool(self.speakers)


def gather_voices(reports: Sequence[Report], cast: Cast) -> tuple[Voice, ...]:
    """Each claim once.

    Args:
        reports: all articles with their claims.
        cast: who is who.

    Returns:
        The claims with their appearances, sorted by id.
    """
    appearances: dict[str, list[tuple[Report, StoredClaim]]] = defaultdict(list)
    for report in reports:
        for stored in report.claims:
            appearances[stored.claim.id].append((report, stored))
    return tuple(_voice(appearances[identity], cast) for identity in sorted(appearances))


def by_article(voices: Sequence[Voice]) -> Mapping[ArticleKey, tuple[Voice, ...]]:
    """The voices of each article, sorted by place in the text."""
    found: dict[ArticleKey, list[Voice]] = defaultdict(list)
    for voice in sorted(voices, key=lambda voice: (voice.claim.start, voice.claim.id)):
        for key in voice.articles:
            found[key].append(voice)
    return {key: tuple(several) for key, several in found.items()}


@per_report
def telling_words(report: Report) -> dict[str, frozenset[str]]:
    """Of each claim of an article, by its id, the words of its content that tell something."""
    return {
        stored.claim.id: frozenset(word for span in stored.claim.content for word in words_of(span.text) if word_weight(word) > 0)
        for stored in report.claims
    }


def contents_alike(one: Voice, other: Voice) -> bool:
    """Whether two contents say the same in much the same words."""
    if min(len(one.words), len(other.words)) < _FEW:
        return bool(one.words) and one.words == other.words
    return len(one.words & other.words) / len(one.words | other.words) >= _ALIKE


def _voice(appearances: Sequence[tuple[Report, StoredClaim]], cast: Cast) -> Voice:
    report, stored = min(appearances, key=lambda pair: pair[1].article)
    claim = stored.claim
    actors = [cast.actor(stored, name) for name in claim.speakers] if claim.form != "narration" else []
    outlets = {carrier_name(found.article, found.document) for found, _ in appearances}
    dated = [found.published for found, _ in appearances if found.published]
    published = min(dated, key=lambda interval: (interval.first or "", interval.last or ""), default=report.published)
    return Voice(
        claim=claim,
        stored=stored,
        articles=tuple(sorted({each.article for _, each in appearances})),
        outlets=tuple(sorted(outlets)),
        speakers=tuple(sorted({actor.id for actor in actors if actor})),
        principals=cast.principals(stored),
        named=claim.form != "narration" and not all(is_thing(name) for name in claim.speakers),
        said=claim.said or (Interval(first=None, last=published.last, basis="published") if published else None),
        published=published,
        words=telling_words(report)[claim.id],
    )
