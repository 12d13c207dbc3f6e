"""Holds a written brief to a bundle, for somebody who has neither the ledger nor the pages."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from reportedly.brief.citing import passage_of
from reportedly.brief.rereading import WrittenBrief, WrittenSource
from reportedly.model import BriefCheck, Claim, Span, record_of

if TYPE_CHECKING:
    from reportedly.ledger.bundles.parcel import Carried, Parcel

Verdict = Literal["holds", "elsewhere", "differs", "not_in_bundle", "unchecked"]
Placed = Mapping[str, tuple[Claim, "Carried"]]

_CUT = "…"
_BROKEN = re.compile(_CUT)
_PUT_IN = re.compile(rf"{_CUT}|\[[^\]]*\]")


def check_against(brief: WrittenBrief, parcel: "Parcel") -> list[BriefCheck]:
    """What a bundle says of each source of a brief, and of each quotation in its lines.

    Args:
        brief: the brief as written.
        parcel: the bundle.

    Returns:
        Sources first, then quotations, in the brief's order. A quotation holds if it stands in the text of a source that its line cites,
        and stands elsewhere if another source of the brief has it, as the older of two figures in a line on the newer.
    """
    claims: dict[str, tuple[Claim, Carried]] = {}
    for carried in parcel.documents:
        for identity, (claim, _) in carried.entry.claims.items():
            claims.setdefault(identity, (claim, carried))
    for claim, carried in _added(parcel):
        claims.setdefault(claim.id, (claim, carried))
    rows = [
        BriefCheck(part="source", numbers=(s.number,), claim=s.claim, text=s.passage, verdict=_of_source(s, claims)) for s in brief.sources
    ]
    texts = {s.number: _plain(claims[s.claim][1].entry.text) for s in brief.sources if s.claim in claims and claims[s.claim][1].complete}
    for words, numbers in brief.lines:
        cited = [texts[number] for number in numbers if number in texts]
        for quotation, verdict in _quotations(words, cited, list(texts.values())):
            rows.append(BriefCheck(part="quotation", numbers=numbers, claim=None, text=quotation, verdict=verdict))
    return rows


def _added(parcel: "Parcel") -> Iterator[tuple[Claim, "Carried"]]:
    """The claims that people added, each in the document that it was found in."""
    by_text = {carried.entry.document.text_digest: carried for carried in parcel.documents}
    for judgement, undoing in parcel.judgements:
        carried = by_text.get(judgement.text_digest or "")
        if judgement.kind == "add" and undoing is None and judgement.in_force and carried is not None:
            row = {**judgement.changes, "document": carried.entry.document.name, "article": 0, "id": judgement.targets[0]}
            yield record_of(Claim, row), carried


def _of_source(source: WrittenSource, claims: Placed) -> Verdict:
    """A passage is that of the claim's own text; by a bundle without it, it must hold what the claim's short quotations say."""
    found = claims.get(source.claim)
    if found is None:
        return "not_in_bundle"
    claim, carried = found
    if carried.complete:
        return "holds" if _plain(source.passage) == _plain(passage_of(carried.entry.text, claim)) else "differs"
    if source.passage.endswith(_CUT):
        return "unchecked"
    spans: tuple[Span, ...] = (*claim.content, *claim.cue, *claim.source)
    return "holds" if all(_plain(span.text.removesuffix(_CUT)) in _plain(source.passage) for span in spans) else "differs"


def _quotations(words: str, cited: list[str], others: list[str]) -> Iterator[tuple[str, Verdict]]:
    """Each quotation of a line, with those inside it."""
    place = words.find("“")
    while place >= 0:
        rest = words[place + 1 :]
        ends = _ends(rest)
        if not ends:
            return
        end, verdict = _found(rest, ends, cited, others) if cited else (ends[0], "unchecked")
        yield rest[:end], verdict
        place = words.find("“", place + 1 + end)


def _ends(rest: str) -> list[int]:
    """Where a quotation may end: at the mark that closes as many as were opened; where none does, at any, the last first."""
    open_marks = 1
    for place, character in enumerate(rest):
        open_marks += (character == "“") - (character == "”")
        if not open_marks:
            return [place]
    return [place for place in range(len(rest) - 1, -1, -1) if rest[place] == "”"]


def _found(words: str, ends: list[int], cited: list[str], others: list[str]) -> tuple[int, Verdict]:
    """Where a quotation ends, and whether it stands in the texts cited, in others, or in none."""
    places: tuple[tuple[Verdict, list[str]], ...] = (("holds", cited), ("elsewhere", others))
    for verdict, texts in places:
        end = next((k for k in ends if _stands(words[:k], texts)), None)
        if end is not None:
            return end, verdict
    return ends[0], "differs"


def _stands(quotation: str, texts: list[str]) -> bool:
    """Whether every piece of a quotation stands in one of some texts; it may be cut, broken, or have a name put in in [brackets]."""
    ways = [[_plain(part) for part in parting.split(quotation)] for parting in (_BROKEN, _PUT_IN)]
    return any(all(piece in text for piece in pieces) for pieces in ways for text in texts)


def _plain(words: str) -> str:
    return " ".join(words.split())
