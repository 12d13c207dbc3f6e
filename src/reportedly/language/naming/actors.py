"""Canonical names: what a noun phrase of an article calls an actor, and whom that actor speaks for."""

import functools
import re

from reportedly.language.naming.bodies import (
    find_body,
    firm_after,
    is_commercial,
    is_firm,
    is_organisation,
    is_state_outlet,
    is_topic,
    split_state,
    undescribed,
)
from reportedly.language.naming.groups import find_group, is_regional
from reportedly.language.naming.offices import Office, find_office, has_title, is_given_name, person_name, rank_of
from reportedly.language.naming.outlets import find_outlet
from reportedly.language.naming.phrases import acronyms, bare, is_proper, plain, undetermined, unpossessed
from reportedly.language.naming.possible import names_nobody
from reportedly.language.naming.states import adjective_of, is_people, is_state, leading_state, region_of, state_of, states_in
from reportedly.language.structures import is_structure
from reportedly.language.tables import load_table
from reportedly.model import ActorName

_CANONICAL = re.compile(r"^(?P<name>[^()]+) \((?P<owner>[^()]+)\)$")
_LED_BY = re.compile(r"^(?P<leader>.+?)(?:'s)?(?: [a-z-]+){0,2} (?P<what>[Gg]overnment|[Aa]dministration|[Cc]abinet|office|regime)$")
_OFFICE_OF = re.compile(r"^(?P<what>[Oo]ffice|[Gg]overnment|[Aa]dministration) of (?:the )?(?P<leader>.+)$")
_NAME_LINKS = frozenset({"of", "for", "and", "the", "in", "on", "to", "de", "la", "del", "du", "der", "des", "al", "&", "without", "with"})
_SITTING = re.compile(r"^(?P<name>[^,]+?),? (?:in|near|outside) .+$")
_IN_TOWN = re.compile(
    r"^(?P<name>[A-Z][^,]*?),? (?:in|near|outside) (?:the )?(?:[\w'-]+ ){0,3}(?:city|town|village|suburb|capital|port) of [A-Z].*$"
)
_DEPUTIES = frozenset({"vice", "deputy", "assistant"})
_FULL = (2, 3)  # words of a full name
_STAFF = re.compile(r"^(?P<owner>[A-Z][^']*)'s (?P<name>[A-Z][^']+)$")
_MEMBER = re.compile(r"^(?P<name>[^,]+?),? (?P<link>of|from|with|at) (?:the )?(?P<owner>[A-Z].*)$")


@functools.lru_cache(maxsize=8192)
def name_actor(phrase: str, *, home: str | None = None) -> ActorName:
    """The canonical form of a noun phrase as printed.

    Args:
        phrase: the words that name an actor, with titles and apposition.
        home: the state that a bare "the agency", "state media" or "the government" belongs to, where context gives one.

    Returns:
        Name, kind, principal and role. Words that name no known kind of actor come back as they stand, with kind `other`.
    """
    canonical = _CANONICAL.match(phrase)
    if canonical and (is_state(canonical["owner"]) or region_of(canonical["owner"])):
        return _bracketed(canonical["name"], canonical["owner"], phrase)
    text = unpossessed(bare(phrase))
    found = None if names_nobody(phrase) else _found(phrase, text, home)
    if found:
        return found
    first, comma, second = text.partition(", ")
    if comma and first:  # "One charity, CARE International,": the name is in the apposition
        proper = is_proper(second) and not is_proper(first.split()[-1])
        return name_actor(second if proper else first, home=home)
    words = text.split()
    owner = leading_state(words)
    if owner is not None and owner.possessive and words[owner.size :] and all(map(is_proper, words[owner.size :])):
        text = " ".join(words[owner.size :])  # "Norway's Fjordbygg" goes on as "Fjordbygg"
    return ActorName(name=text or plain(phrase), kind="other")


def _found(phrase: str, text: str, home: str | None) -> ActorName | None:
    """What a phrase names of a known kind; the first that it can be counts.

    Args:
        phrase: as printed.
        text: the same without brackets, clauses and determiner.
        home: see `name_actor`.
    """
    return (
        _state(text)
        or _described_firm(text)
        or _outlet_alone(phrase)
        or find_body(phrase, home)
        or _government(text, home)
        or _outlet(phrase)
        or _holder(text, home)
        or find_group(text, home)
        or _member(text, home)
        or _person(text, home)
        or _organisation(text, phrase)
    )


def _bracketed(name: str, owner: str, whole: str) -> ActorName:
    """A canonical name comes back as it is: "General Staff (Ukraine)"."""
    inner = name_actor(name, home=owner)
    kind = inner.kind if inner.kind != "other" else "body"
    return ActorName(name=whole, kind=kind, principal=owner if inner.principal in {None, name} else inner.principal, role=None)


def principal_of(name: ActorName) -> str | None:
    """The body that an actor speaks for; itself for a state, an organisation or an outlet; None where the words do not say."""
    if name.principal:
        return name.principal
    return name.name if name.kind in {"state", "organisation", "outlet"} else None


def same_person(short: str, full: str) -> bool:
    """Whether a short name ("Ryder", "Kim", "Mr. Austin") may stand for a full one; case and hyphens aside."""
    a, b = name_words(short), name_words(full)
    if not a or not b or len(a) > len(b):
        return False
    return set(a) <= set(b) and (len(a) > 1 or a[0] in {b[-1], b[0]} or (len(b) > 2 and a[0] in b[1:]))  # noqa: PLR2004 - double surnames


@functools.lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a person's name without titles, in small letters."""
    cleaned = person_name(plain(name)) or plain(name)
    return tuple(w.strip(".,'").casefold() for w in cleaned.split())


def _state(text: str) -> ActorName | None:
    state = state_of(text)
    if state and is_people(text):
        return ActorName(name=text, kind="group", principal=None)
    if state:
        return ActorName(name=state, kind="state", principal=state)
    region = region_of(text)
    return ActorName(name=region, kind="body", principal=region) if region else None


def _government(text: str, home: str | None) -> ActorName | None:
    """A government by the name of who leads it: "Correa's leftist government", "Trump administration", "office of President Correa"."""
    match = _LED_BY.match(text) or _OFFICE_OF.match(text)
    if match is None:
        return None
    leader = name_actor(match["leader"], home=home)
    state = principal_of(leader) if leader.kind in {"person", "state"} else None
    if state is None:
        return None
    if match["what"].casefold() != "office":
        return find_body("government", state)
    return seat_of_office(match["leader"], state) or ActorName(name=f"Office of {leader.name}", kind="body", principal=state)


def seat_of_office(title: str, state: str | None) -> ActorName | None:
    """The body that the office of a head of state or of government is: "Prime Minister Berg" -> "Prime Minister's Office (Norway)".

    Args:
        title: the office, or the words that name its holder with it.
        state: whose office it is; None gives none.

    Returns:
        The body; None for every other office, and for one that somebody held before.
    """
    office = find_office(title) if state and is_state(state) else None
    if office is None or office.former or not _DEPUTIES.isdisjoint(office.title.casefold().split()):
        return None
    row = load_table("offices")["seats"]["rows"].get(office.head)
    return find_body(row, state) if row else None


def _described_firm(text: str) -> ActorName | None:
    """An organisation that an apposition tells to be one: "Harbour Watch, a group of volunteers"."""
    first, _, second = text.partition(", ")
    described = second.startswith(("a ", "an ", "the ")) and is_firm(second)
    if not described or not all(is_proper(w) for w in first.split()) or find_body(first) or find_outlet(first) or find_office(first):
        return None
    return ActorName(name=first, kind="organisation", principal=first)


def _outlet_alone(phrase: str) -> ActorName | None:
    """An outlet by its full name, before a state is looked for in it: "the Washington Post" is no body of the United States."""
    name = undetermined(plain(phrase))
    words = name.split()
    if len(words) < 2 or not is_proper(name) or is_state_outlet(name):  # noqa: PLR2004 - a single word may be anything
        return None
    paper = all(map(is_proper, words)) and words[-1] in load_table("bodies")["commercial"]["rows"]["papers"]
    outlet = find_outlet(name)
    if paper or (outlet and find_body(phrase, "") is None):
        return ActorName(name=outlet or name, kind="outlet", principal=outlet or name)
    return None


def _outlet(phrase: str) -> ActorName | None:
    text = plain(phrase)
    outlet = find_outlet(text) if is_proper(undetermined(text)) else None
    if outlet is None and " " in text:
        name = undescribed(undetermined(text))
        outlet = find_outlet(name) if is_proper(name) else None
    return ActorName(name=outlet, kind="outlet", principal=outlet) if outlet else None


def _holder(text: str, home: str | None) -> ActorName | None:
    """A person with an office, an unnamed holder of one, or a body by way of its spokesman."""
    office = find_office(text)
    if office is None:
        behind = _MEMBER.match(text)  # "Foreign Minister Ida Holm of Norway"
        state = state_of(behind["owner"]) if behind else None
        return _holder(behind["name"], state) if behind and state else None
    free = office.former or office.kind == "private"
    principal = None if free else _speaks_for(office, home)
    if office.holder:
        known = _known(office.holder)
        if known and not free and not (office.before or office.after):
            principal = known.principal
        return ActorName(name=known.name if known else office.holder, kind="person", principal=principal, role=office.title)
    return _unnamed(office, principal, home)


def _unnamed(office: Office, principal: str | None, home: str | None) -> ActorName:
    owner = office.before or office.after
    if office.head.startswith(("spokes", "representative")) and owner:
        body = name_actor(owner, home=state_of(office.place) or home)
        if body.kind in {"state", "body", "organisation", "outlet"}:
            return ActorName(name=body.name, kind=body.kind, principal=principal_of(body), role=office.title)
    return ActorName(name=_office_name(office, principal), kind="person", principal=principal, role=office.title)


def _office_name(office: Office, principal: str | None) -> str:
    """The canonical name of an unnamed holder: "Minister of National Defense (South Korea)", "Mayor of Muisne"."""
    if office.kind == "place" and office.after:
        return f"{office.head.capitalize()} of {office.after}"
    if office.head == "minister":
        _, topic = split_state(office.before)
        ministry = find_body(f"{topic or office.after} ministry", principal)
        if ministry and (topic or office.after):
            return ministry.name.replace("Ministry", "Minister", 1)
    if office.kind == "state" and principal:
        _, rest = split_state(office.title)
        rest = undetermined(rest.removesuffix(f" of {principal}"))
        return f"{rest[:1].upper()}{rest[1:]} ({principal})"
    return office.title


def _speaks_for(office: Office, home: str | None) -> str | None:
    defaults = load_table("offices")["states"]["rows"]
    owners = [words for words in (office.before, office.after) if words]
    home = state_of(office.place) or home
    if office.kind == "place":
        return office.after or unpossessed(office.before) or None
    for words in owners:
        owner = _owner(words, home if office.kind == "owner" else None)
        if owner:
            return owner
    if office.kind == "owner" and not owners and office.head in load_table("offices")["servants"]["words"]:
        return home
    if office.kind == "state":
        row = defaults.get(office.head)
        return str(row["state"]) if row and home not in row["others"] else home
    return None


def _owner(words: str, home: str | None) -> str | None:
    """The principal that the words before or after an office name."""
    leader = find_office(words)
    if leader is not None and leader.holder:
        return principal_of(name_actor(words, home=home))
    state = state_of(words) or split_state(words)[0] or next(states_in(words), None)
    body = find_body(words, state or home)
    if body or state:
        return (body.principal if body else None) or state
    proper = []
    for word in undetermined(words).split():
        if not is_proper(word):
            break
        proper.append(word)
        if word != unpossessed(word):
            break
    name = unpossessed(" ".join(proper))
    known = name and (find_body(name, home) or _outlet(name))
    if known:
        return known.principal if known.kind != "body" or known.principal else home
    return home if is_topic(name) else name if name and not is_regional(name) else None


def _member(text: str, home: str | None) -> ActorName | None:
    """A person with the organisation named after the name: "Barry Hirshorn of the Pacific Tsunami Warning Center"."""
    staff = _STAFF.match(text)  # "the BBC's Imogen Foulkes"
    reporter = person_name(staff["name"]) if staff and not is_organisation(staff["name"]) else None
    if staff and reporter and " " in reporter:
        return ActorName(name=reporter, kind="person", principal=principal_of(name_actor(staff["owner"], home=home)), role=None)
    match = _MEMBER.match(text)
    name = match and person_name(match["name"])
    if not match or not name or " " not in name or is_organisation(match["name"]):
        sitting = _SITTING.match(text)
        inner = _person(sitting["name"], home) if sitting else None
        return inner if inner and " " in inner.name else None
    owner = name_actor(match["owner"], home=home)
    employed = owner.kind in {"body", "organisation", "outlet"}
    if not employed and match["link"] != "from":  # "Rosa Diaz from Quito" is of nobody
        return None
    return ActorName(name=name, kind="person", principal=principal_of(owner) if employed else None, role=None)


def _person(text: str, home: str | None) -> ActorName | None:
    words = text.split()
    lower = next((n for n, w in enumerate(words) if is_proper(w)), 0)
    if lower and len(words) - lower in {2, 3} and not is_firm(words[lower - 1]):  # "hairdresser Rosa Diaz"
        return _person(" ".join(words[lower:]), home)
    name = person_name(text)
    if not name or (" " in name and is_structure(name)):
        return None
    people = leading_state(words)
    if people is not None and people.adjective and not people.possessive and not is_organisation(text):
        rest = words[people.size :]
        if len(rest) in _FULL and (is_given_name(rest[0]) or has_title(" ".join(rest)) or _known(" ".join(rest))):
            return _person(" ".join(rest), home)  # "Australian Rosa Diaz", but "British American Tobacco"
    known = _known(name)
    titled = has_title(text)
    if known:
        return ActorName(name=known.name, kind="person", principal=known.principal)
    if titled or (" " in name and not is_organisation(name) and not _is_acronym(name.split()[0])):
        rank = rank_of(text)
        return ActorName(name=name, kind="person", principal=home if rank else None, role=rank)
    return None


def _organisation(text: str, phrase: str) -> ActorName | None:
    firm = firm_after(text)
    if firm:
        return ActorName(name=firm, kind="organisation", principal=firm)
    sitting = _IN_TOWN.match(text)
    text = sitting["name"] if sitting and is_organisation(sitting["name"]) else text
    words = text.split()
    if not words or not is_proper(words[0]) or not is_proper(words[-1]) or ", " in text:
        return None
    if not all(is_proper(w) or w in _NAME_LINKS for w in words):
        return None
    if is_organisation(text) and is_commercial(text):
        mention = leading_state(words)
        name = " ".join(words[mention.size :]) if mention and mention.possessive else text
        return ActorName(name=name, kind="organisation", principal=name)
    if is_organisation(text) or acronyms(phrase) or (len(words) == 1 and _is_acronym(text)):
        state, _ = split_state(text)
        adjectival = state and text.startswith((adjective_of(state), state))
        return ActorName(name=text, kind="organisation", principal=text if not adjectival else None)
    return None


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def _known(name: str) -> ActorName | None:
    return _leaders().get(name)


@functools.cache
def _leaders() -> dict[str, ActorName]:
    found = {}
    for name, row in load_table("people")["leaders"]["rows"].items():
        for form in (name, *row["names"]):
            found[form] = ActorName(name=name, kind="person", principal=row["principal"])
    return found
