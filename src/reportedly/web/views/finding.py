"""Search over claims and texts, with facets."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.api import Desk
from reportedly.model import Hit, Translation, interval_text
from reportedly.query.counting import find_claims
from reportedly.query.facets import FACETS, FoundClaim, Wanted
from reportedly.query.listing import best_hits, ids_held, titles_by_id
from reportedly.web.asking import Standpoint
from reportedly.web.views.claim import speaker_words, words_of

PAGE = 50  # claims on one page
_MOST_CHOICES = 12  # choices of a facet
_PASSAGES = 10  # of texts, beside the claims
_MOST_PASSAGES = 100  # when they are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a facet.

    Attributes:
        value: what an address says for it.
        words: what a reader sees.
        claims: how many of the claims found have it.
        chosen: whether it is chosen.
    """

    value: str
    words: str
    claims: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim in the list.

    Attributes:
        id: the claim's id.
        speaker: who says it.
        principal: for whom; None where that is the speaker, or unknown.
        stance: what they do with it.
        said: when, in words.
        words: its content.
        translation: its content in another language; None where nobody translated it.
        figures: its figures as printed, each with its measure.
        outlet: who carried it.
        day: the end of `said`, for order.
    """

    id: str
    speaker: str
    principal: str | None
    stance: str
    said: str
    words: str
    translation: Translation | None
    figures: tuple[tuple[str, str], ...]
    outlet: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What a search found.

    Attributes:
        claims: one page of claims, newest said first.
        total: how many there are.
        facets: the choices of each facet.
        hits: passages of texts that hold the words, one a document.
        more: whether there may be more of them.
        documents: name -> id, of the documents in `hits`.
    """

    claims: tuple[Found, ...]
    total: int
    facets: Mapping[str, tuple[Choice, ...]]
    hits: tuple[Hit, ...]
    more: bool
    documents: Mapping[str, str]


def search_page(
    desk: Desk, words: str, chosen: Mapping[str, str], standpoint: Standpoint, offset: int, *, texts: bool = False
) -> SearchPage:
    """Search claims and texts.

    Args:
        desk: the ledger's desk.
        words: what must occur, all of it; empty finds everything.
        chosen: facet -> chosen value.
        standpoint: as of when.
        offset: how many claims stand on earlier pages; passages of texts stand on the first alone.
        texts: whether all passages are wanted, and not the best only.
    """
    most = _MOST_PASSAGES if texts else _PASSAGES
    question = standpoint.question(limit=most)
    wants_texts = bool(words.strip()) and not offset
    hits = tuple(best_hits(desk.library, words, question.filters, question.clocks)) if wants_texts else ()
    wanted = Wanted(words=words, chosen=chosen, clocks=question.clocks, offset=offset, limit=PAGE, choices=_MOST_CHOICES)
    found = find_claims(desk.library, wanted)
    titles = titles_by_id(desk.library, found.counts["story"].keys())
    return SearchPage(
        claims=tuple(_found(one) for one in found.claims),
        total=found.total,
        facets={name: tuple(_choice(name, value, many, chosen, titles) for value, many in found.counts[name].items()) for name in FACETS},
        hits=hits,
        more=not texts and len(hits) == most,
        documents=ids_held(desk.library, {hit.document for hit in hits}),
    )


def _choice(facet: str, value: str, claims: int, chosen: Mapping[str, str], titles: Mapping[str, str]) -> Choice:
    words = {"story": titles.get(value, value), "measure": value.replace("_", " ")}.get(facet, value)
    return Choice(value=value, words=words, claims=claims, chosen=value == chosen.get(facet))


def _found(one: FoundClaim) -> Found:
    claim = one.stored.claim
    speaker = speaker_words(claim, one.outlet)
    last = claim.said.last_day if claim.said else None
    principal = next((found.principal for found in one.speakers), None)
    return Found(
        id=claim.id,
        speaker=speaker,
        principal=principal if principal != speaker else None,
        stance=claim.stance,
        said=interval_text(claim.said),
        words=words_of(claim),
        translation=claim.translation,
        figures=tuple((figure.measure.replace("_", " "), figure.span.text) for figure in claim.figures),
        outlet=one.outlet,
        day=last.isoformat() if last else "",
    )
