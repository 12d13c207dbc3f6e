"""Orders what each actor says of a statement, so that its latest position can be told."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportedly.model import Position, Statement, StatementMember, StoredClaim
from reportedly.reconcile.lookup import Lookup


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """One principal's word on a statement.

    Attributes:
        stored: the claim.
        member: its part in the statement.
        position: the row for readers.
        utterance: id of the act of speech.
        origin: id of the origin; the claim's own where it descends from none.
    """

    stored: StoredClaim
    member: StatementMember
    position: Position
    utterance: str
    origin: str


def standpoints_of(lookup: Lookup, statement: Statement) -> list[Standpoint]:
    """What is said of a statement, in order of saying; a claim of several appearances once, a joint one for each principal.

    Args:
        lookup: over the holdings as the clocks show them.
        statement: the statement.

    Returns:
        Narration comes with the principal None unless it repeats a principal's own word.
    """
    parties = parties_of(lookup, statement)
    found = [standpoint for member in statement.members for standpoint in _standpoints(lookup, member, parties)]
    return sorted(found, key=lambda standpoint: (*_saying(lookup, standpoint.stored), standpoint.position.actor))


def parties_of(lookup: Lookup, statement: Statement) -> frozenset[str]:
    """The parties to a statement's act: as resolved, and whom the user sets for it by words that it or one of its claims prints."""
    claims = [stored for member in statement.members for stored in lookup.claims.get(member.claim, ())[:1]]
    printed = [text.casefold() for text in (statement.text, *(lookup.words_of(stored) for stored in claims))]
    chosen: set[str] = set()
    for asked, names in lookup.holdings.settings.parties.items():
        words = asked.casefold().split()
        if asked == statement.id or any(all(word in text for word in words) for text in printed):
            chosen |= set(names)
    return frozenset(chosen | set(statement.parties))


def latest_positions(standpoints: list[Standpoint]) -> Mapping[str, Standpoint]:
    """Each principal's latest word that takes a side; one that only leaves it open takes none back.

    A word known from publication alone never replaces a dated one.
    """
    latest: dict[str, Standpoint] = {}
    for standpoint in standpoints:
        principal = standpoint.position.principal
        if principal is None or standpoint.position.position == "open":
            continue
        held = latest.get(principal)
        if held is None or dated(standpoint.stored) or not dated(held.stored):
            latest[principal] = standpoint
    return latest


def dated(stored: StoredClaim) -> bool:
    """Whether a claim's saying is bounded below."""
    return stored.claim.said is not None and stored.claim.said.first is not None


def later(lookup: Lookup, one: StoredClaim, other: StoredClaim) -> bool:
    """Whether one claim was said after another, as far as their dates tell."""
    return _saying(lookup, one) > _saying(lookup, other)


def _saying(lookup: Lookup, stored: StoredClaim) -> tuple[dt.date, bool, str, str, bool, int, str]:
    """A sort key by saying; of one day's words in one article a confirmation comes last: "confirmed it, after denying it for days"."""
    published, document, start, claim = lookup.age(stored)
    day = lookup.said_by(stored) or dt.date.min
    return day, dated(stored), published, document, stored.claim.stance == "confirms", start, claim


def _standpoints(lookup: Lookup, member: StatementMember, parties: frozenset[str]) -> Iterator[Standpoint]:
    appearances = lookup.claims.get(member.claim, ())
    if not appearances:
        return
    stored = appearances[0]
    known = lookup.holdings.links.origin_of.get(member.claim)
    for voice in lookup.voices(stored, known):
        actor = ", ".join(voice.speakers) or voice.principal or lookup.outlet_of(stored)
        position = Position(
            actor=actor,
            principal=voice.principal,
            position=member.position,
            stance=stored.claim.stance,
            said=stored.claim.said,
            claim=member.claim,
            party=voice.principal in parties,
        )
        yield Standpoint(
            stored=stored,
            member=member,
            position=position,
            utterance=lookup.utterance_of(member.claim),
            origin=known or member.claim,
        )
