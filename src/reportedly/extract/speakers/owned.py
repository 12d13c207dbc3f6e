"""Who speaks where something is somebody's: "his government", "its embassy in Oslo", "Berg's office", "their report"."""

import re

from reportedly.extract.speakers.namesakes import take_up
from reportedly.extract.speakers.pronouns import refer_pronoun
from reportedly.extract.speakers.reference import Context, Referent
from reportedly.extract.speakers.stated_things import is_thing, is_utterance
from reportedly.language.naming.bodies import find_body
from reportedly.language.naming.names import name_actor, principal_of, seat_of_office
from reportedly.language.naming.offices import find_office
from reportedly.language.naming.phrases import plain
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Span

_NAMED_OFFICE = re.compile(r"^(?:[Tt]he )?(?:[Oo]ffice of (?:the )?(?P<behind>[A-Z].+)|(?P<owner>[A-Z].*)'s [Oo]ffice)$")
_IN_OWN = re.compile(
    r"^(?P<what>.+?) (?:on|in) (?P<pronoun>his|her|its|their) (?:[a-z]+ )?(?:website|site|page|account|channel|feed|report|bulletin|blog)$"
)  # "figures on its website"
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}


def possessed(words: str, span: Span, context: Context) -> Referent | None:
    """Who speaks where the source is somebody's.

    Args:
        words: the source.
        span: where it stands.
        context: its article.

    Returns:
        The office of somebody named ("Berg's office"); by a pronoun the owner's body ("its military"), or the owner where what speaks is
        an utterance, a spokesman or an office of its own. None where the words tell no owner or nothing answers them.
    """
    named = _NAMED_OFFICE.match(plain(words))
    if named is not None:
        return _office_of(named["owner"] or named["behind"], span, context)
    placed = _IN_OWN.match(plain(words))
    owned = f"{placed['pronoun']} {placed['what']}" if placed is not None and is_thing(placed["what"]) else plain(words)
    pronoun, _, rest = owned.partition(" ")
    key = pronoun.casefold()
    if key not in _OWNERS or not rest or not _may_be_owned(rest):
        return None
    for owner in refer_pronoun(_OWNERS[key], span, context):
        found = _of_owner(rest, owner, context)
        if found is not None:
            return Referent(name=found, evidence=owner.evidence)
    return None


def _office_of(owner: str, span: Span, context: Context) -> Referent | None:
    """The office of somebody named: that of the office which the article gives him anywhere."""
    cast = context.cast
    name = name_actor(owner, home=cast.home)
    full = take_up(name, context.passage, cast.people, cast.by_actor, span.start) if name.kind in {"person", "other"} else None
    described = cast.best.get(full or name.name)
    if described is None or described.name.kind != "person" or name.role:
        return None  # with an office beside the name the words tell by themselves
    return Referent(name=seat_of(described.name, context), evidence=described.span)


def _may_be_owned(rest: str) -> bool:
    return rest == "office" or _speaks_for_owner(rest) or is_utterance(rest) or is_thing(rest) or find_body(_at_home(rest), "") is not None


def _of_owner(rest: str, owner: Referent, context: Context) -> ActorName | None:
    principal = principal_of(owner.name)
    if rest == "office":
        return seat_of(owner.name, context)
    if is_utterance(rest) or is_thing(rest):
        return owner.name
    if _speaks_for_owner(rest):
        if owner.name.kind == "person":
            return ActorName(name=f"{rest} for {owner.name.name}", kind="person", principal=principal, role=rest)
        return ActorName(name=owner.name.name, kind=owner.name.kind, principal=principal, role=rest)
    return find_body(_at_home(rest), principal) if principal else None


def seat_of(owner: ActorName, context: Context) -> ActorName:
    """The body that "his office" is: that of the office which the article gives its owner, else one by the owner's name.

    Args:
        owner: whose office.
        context: the article.
    """
    described = context.cast.best.get(owner.name)
    name = described.name if described is not None else owner
    by_role = seat_of_office(name.role or owner.role or "", principal_of(name) or principal_of(owner))
    return by_role or ActorName(name=f"Office of {owner.name}", kind="body", principal=principal_of(owner))


def _speaks_for_owner(rest: str) -> bool:
    office = find_office(rest)
    return office is not None and office.holder is None and office.head.startswith("spokes") and not (office.before or office.after)


def _at_home(rest: str) -> str:
    """A body abroad without where it is: "embassy in Oslo" is its owner's, not Norway's."""
    first, _, behind = rest.partition(" ")
    return (
        first if first.casefold() in load_table("bodies")["abroad"]["rows"]["words"] and behind.startswith(("in ", "at ", "to ")) else rest
    )
