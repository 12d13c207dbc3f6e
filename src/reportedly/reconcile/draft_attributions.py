"""Checks an attribution of a draft that holds no figure: whether the ledger has it, from whom, and who disputes it."""

import re

from reportedly.language.naming.names import name_actor, name_words
from reportedly.model import Actor, Claim, Clocks, StoredClaim
from reportedly.reconcile.assessments import assessments_of
from reportedly.reconcile.content import content_words, overlap
from reportedly.reconcile.draft_rows import Finding
from reportedly.reconcile.lookup import Lookup

_LIKE = 0.5  # share of the smaller one's content words, with what common acts add, that makes two contents tell the same
_COMMON_ACT = 0.25
_NAME_WORD = re.compile(r"\w{3,}")
_NO_NAMES = frozenset(("the", "and", "for", "its", "their", "his", "her", "our"))
_FEWEST = 2  # content words in common: one alone tells nothing


def principals_in_draft(lookup: Lookup, claim: Claim) -> frozenset[str]:
    """For whom the speakers of a draft's claim speak, by the ledger's actors, else by their own words.

    A draft that says "the union" or gives a name in full means whom the ledger has under a longer or a shorter name: it names nobody else.
    """
    found: set[str] = set()
    told = dict(zip(claim.speakers, claim.principals, strict=False))
    for name in claim.speakers if claim.form != "narration" else ():
        actor = lookup.actor_by_name.get(name)
        found.add((actor.principal or actor.name) if actor else told.get(name) or name_actor(name).principal or name)
        found |= _meant(lookup, name, known=actor is not None)
    return frozenset(found)


def _meant(lookup: Lookup, name: str, *, known: bool) -> set[str]:
    """The principals of the actors whom a draft may mean by a description or by a longer or shorter name.

    Args:
        lookup: over the holdings.
        name: what the draft calls them: "union", "Kari Hansen".
        known: whether the ledger has an actor of this very name; it then means nobody else, unless it is a description.
    """
    words = _words_of(name)
    described = not known or name.islower()
    full = () if known else _personal(name)
    return {
        actor.principal or actor.name
        for actor in lookup.holdings.links.actors
        if (words and described and any(words <= theirs for theirs in _names(actor))) or (full and _is_surname(actor, full))
    }


def _personal(name: str) -> tuple[str, ...]:
    """The words of a person's name; none where it names a body, or only an office."""
    named = name_actor(name)
    return name_words(named.name) if named.kind == "person" and named.name != named.role else ()


def _is_surname(actor: Actor, full: tuple[str, ...]) -> bool:
    """Whether a person's name ends as the ledger names an actor, by what is no body, office or country: "Petra Moe" and "Moe"."""
    return any(
        full[-len(short) :] == short
        for known in {actor.name, *actor.names}
        if (short := name_words(known)) and (named := name_actor(known)).kind in {"person", "other"} and named.role is None
    )


def _names(actor: Actor) -> set[frozenset[str]]:
    names = (actor.name, *actor.names, *(role.name for role in actor.roles))
    return {words for known in names if (words := _words_of(known))}


def _words_of(name: str) -> frozenset[str]:
    return frozenset(_NAME_WORD.findall(name.casefold())) - _NO_NAMES


def check_attribution(lookup: Lookup, claim: Claim, principals: frozenset[str]) -> Finding:
    """What the ledger holds of an attribution.

    Args:
        lookup: over the holdings as the clocks show them.
        claim: the draft's claim.
        principals: for whom its speakers speak.

    Returns:
        supported, disputed, outdated (its principal's position is another now), wrong_speaker or not_in_ledger.
    """
    alike = sorted(
        ((score, stored) for stored in lookup.holdings.claims if (score := _alike(lookup, claim, stored)) >= _LIKE),
        key=lambda pair: (-pair[0], lookup.age(pair[1])),
    )
    own = [stored for _, stored in alike if principals & _principals(lookup, stored)]
    if own:
        return _position(lookup, own[0], principals)
    if alike:
        other = alike[0][1]
        who = ", ".join(sorted(_principals(lookup, other))) or lookup.outlet_of(other)
        return Finding(verdict="wrong_speaker", claims=(other.claim.id,), why=f"The ledger has this from {who}.")
    return Finding(verdict="not_in_ledger", why="No claim in the ledger says this.")


def _position(lookup: Lookup, stored: StoredClaim, principals: frozenset[str]) -> Finding:
    """Whether the claim's principal still says so, and who disputes it."""
    claim = stored.claim.id
    for row in lookup.once(assessments_of, Clocks()):
        mine = next((position for position in row.positions if position.claim == claim), None)
        if mine is None:
            continue
        decided = [p for p in row.positions if p.principal in principals and p.position != "open"]
        if decided and mine.position != "open" and decided[-1].position != mine.position:
            why = f"{decided[-1].actor} has since taken another position."
            return Finding(verdict="outdated", claims=(claim, decided[-1].claim), why=why)
        others = [dispute for dispute in row.disputes if dispute.actor not in principals]
        if others and mine.position == "supports":
            why = f"Disputed by {', '.join(dispute.actor for dispute in others)}."
            return Finding(verdict="disputed", claims=(claim, *(dispute.claim for dispute in others)), why=why)
    return Finding(verdict="supported", claims=(claim,), why=f"{', '.join(stored.claim.speakers)} is reported to have said so.")


def _principals(lookup: Lookup, stored: StoredClaim) -> frozenset[str]:
    voices = lookup.voices(stored, None)
    return frozenset(voice.principal for voice in voices if voice.principal)


def _alike(lookup: Lookup, claim: Claim, stored: StoredClaim) -> float:
    """How much a claim of the ledger tells the same as the draft's, 0 to about 1; 0 where one denies and the other does not."""
    if (claim.stance == "denies") != (stored.claim.stance == "denies"):
        return 0.0
    mine = content_words(" ".join(span.text for span in claim.content))
    theirs = content_words(lookup.words_of(stored))
    if len(mine & theirs) < _FEWEST:
        return 0.0
    acts = {(act.act, act.agent) for act in claim.acts} & {(act.act, act.agent) for act in stored.claim.acts}
    return overlap(mine, theirs) + (_COMMON_ACT if acts else 0.0)
