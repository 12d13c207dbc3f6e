"""Bodies of states, and organisations that speak for themselves, from the table `bodies.toml`."""

import functools
import re
from dataclasses import dataclass, replace

from reportedly.language.naming.phrases import acronyms, bare, is_proper, plain, unpossessed
from reportedly.language.naming.states import adjective_of, leading_state, region_of, state_of
from reportedly.language.tables import load_table
from reportedly.model import ActorKind, ActorName

_OF = re.compile(r"^(?P<rest>.+) (?:of|in|for) (?:the )?(?P<owner>[A-Z][\w.' -]+)$")
_MINISTRY = re.compile(
    r"^(?:(?P<of>ministry|department|secretariat) (?:of|for) (?:the )?(?P<topic>.+)|(?P<first>.+) (?P<kind>ministry|department))$"
)
_IN = re.compile(r"^(?P<body>.+?) (?:in|at) (?:the )?(?P<place>[A-Z].*)$")
_OF_FORCES = re.compile(r"^(?P<rest>.+) of (?:the )?(?P<owner>[A-Z].* (?:forces|military|army|navy|police))$")
_NAME_LINKS = frozenset({"of", "for", "and", "on", "the", "de", "la", "del", "du", "der", "des"})
_TOPIC_LINKS = frozenset({"of", "for", "from", "at", "by", "to", "in"})
_DESCRIBED = re.compile(r"\s(?:of|for|in|that|which|with|based|on|from|run|led|owned)\s")
_OWNED = re.compile(r"\w-(?:owned|run|based|backed|affiliated|linked|aligned|funded)$")
_RULED = re.compile(
    r"(?P<link>\b(?:in|of) (?:the )?)[A-Z][\w'.]*-(?:ruled|run|controlled|held|administered|occupied|governed|led) (?=[A-Z])"
)
_UNITED = re.compile(r"^United Nations'? (?=[a-z])")
_RUN_BY = re.compile(r"^(?P<owner>[A-Z][\w']*)-(?:run|led|controlled|backed|allied)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    name: str
    kind: ActorKind
    principal: str


@functools.lru_cache(maxsize=8192)
def find_body(phrase: str, home: str | None = None) -> ActorName | None:
    """The body or organisation that a phrase names.

    Args:
        phrase: such as "Seoul's National Intelligence Service", "the foreign ministry", "KCNA" or "the government".
        home: the state that a body without a state belongs to.

    Returns:
        Its canonical form; None where the phrase names neither a body of a state nor a known organisation.
    """
    text = unpossessed(bare(phrase))
    text = _RULED.sub(r"\g<link>", text) if "-" in text else text
    whole = _UNITED.sub("UN ", text.replace("'s ", " ", 1))  # "the UN's refugee agency"
    for form in (text, text.partition("'s ")[2], whole, *(acronyms(phrase) if plain(phrase).endswith((")", "]")) else ())):
        named = _named().get(form) or _named_folded().get(form.casefold())
        if named and not (form != text and named.name in _national()):
            return ActorName(name=named.name, kind=named.kind, principal=named.principal)
    described = _described(text)
    if described:
        return ActorName(name=described.name, kind=described.kind, principal=described.principal)
    state, rest = split_state(text)
    if not rest or (_is_academic(rest) and not leading_state(text.split())):
        return None
    return _as_printed(_typed(rest, state, home), text, rest) or _located(text, home) or _local(text)


@functools.lru_cache(maxsize=8192)
def split_state(text: str) -> tuple[str | None, str]:
    """The state (or region) that owns a body, and the words that are left.

    "South Korea's Unification Ministry" -> ("South Korea", "Unification Ministry"); "government of Ecuador" -> ("Ecuador", "government").
    """
    words = text.split()
    mention = leading_state(words)
    if mention and mention.size < len(words):
        return mention.state, " ".join(words[mention.size :])
    for size in (3, 2, 1):
        region = region_of(" ".join(words[:size]))
        if region and size < len(words):
            return region, " ".join(words[size:])
    forces = _OF_FORCES.match(text)
    mention = leading_state(forces["owner"].split()) if forces else None
    if forces and mention:  # "General Staff of the Iranian armed forces"
        return mention.state, forces["rest"]
    trailing = _OF.match(text)
    owner = trailing and (state_of(trailing["owner"]) or region_of(trailing["owner"]))
    if trailing and owner:
        return owner, trailing["rest"]
    return None, text


@functools.lru_cache(maxsize=8192)
def is_organisation(name: str) -> bool:
    """Whether the last word of a capitalised name shows it to be an organisation ("Airlines", "Institute")."""
    words = [w.casefold().strip(".,'") for w in name.split()]
    heads = _organisation_heads()
    early = words[: next((i for i, w in enumerate(words) if w in {"of", "for", "on", "to"}), len(words))]
    return bool(words) and (words[-1] in heads or (bool(early) and early[-1] in heads) or words[0] == "ministry")


def is_firm(words: str) -> bool:
    """Whether the head noun of a description says that what it describes is an organisation: "a group of volunteers", "security firm"."""
    head = _DESCRIBED.split(words, maxsplit=1)[0].split()[-1:]
    return bool(head) and (head[0].casefold() in _descriptors() or head[0].casefold() in _organisation_heads())


def is_commercial(name: str) -> bool:
    """Whether the last word of a capitalised name is one of companies' ("Airlines")."""
    return name.rsplit(maxsplit=1)[-1].casefold().strip(".,") in load_table("bodies")["commercial"]["rows"]["words"]


def local_sort(name: str) -> str | None:
    """What sort of body of a place or a state a name ends in: "Nordland police" -> "police"; None where it is none of those."""
    words = name.casefold().split()
    rows = load_table("bodies")["local"]["rows"]
    return next((tail for size in (3, 2, 1) if len(words) > size and (tail := " ".join(words[-size:])) in rows["words"]), None)


def agencies_of(state: str) -> frozenset[str]:
    """Canonical names of the news agencies that the state runs."""
    rows = load_table("bodies")["agencies"]["rows"]
    return frozenset(name for name, row in rows.items() if row["state"] == state)


def is_state_outlet(name: str) -> bool:
    """Whether a canonical name is a state's news agency or its state media."""
    return name in load_table("bodies")["agencies"]["rows"] or name.startswith(("State media", "State news agency"))


def is_topic(words: str) -> bool:
    """Whether words are a ministry's topic ("Interior")."""
    return words.casefold() in _topics()


@functools.lru_cache(maxsize=8192)
def undescribed(text: str) -> str:
    """A name without the words that only describe it: "State-run Anadolu news agency" -> "Anadolu"."""
    words = text.split()
    mention = leading_state(words)
    words = words[mention.size :] if mention and mention.size < len(words) else words
    while words and _OWNED.search(words[0]):
        words = words[1:]
    describing = load_table("bodies")["descriptors"]["rows"]["words"]
    while words and words[0].casefold() in describing:
        words = words[1:]
    while words and words[-1].casefold() in describing and not words[-1].isupper():
        words = words[:-1]
    return " ".join(words)


@functools.lru_cache(maxsize=8192)
def firm_after(text: str) -> str | None:
    """The organisation named after a word for what it is: "security firm FireEye" -> "FireEye"; None where there is none."""
    words = text.split()
    firms = load_table("bodies")["descriptors"]["rows"]["firms"]
    place = next((i for i, w in enumerate(words[:-1]) if (w if i else w.casefold()) in firms and is_proper(words[i + 1])), None)
    return (
        " ".join(words[place + 1 :])
        if place is not None and all(is_proper(w) or w in {"of", "the", "and", "for"} for w in words[place + 1 :])
        else None
    )


def _as_printed(found: ActorName | None, text: str, rest: str) -> ActorName | None:
    """A body by its own name where that begins with the state's: "Kenya Railways", "British Medical Association", "Bank of Uganda".

    Args:
        found: the body as its words without the state make it.
        text: the name with the state.
        rest: the name without it.
    """
    if (
        found is None
        or found.principal is None
        or not found.name.startswith(f"{rest} (")
        or rest in _national()
        or rest.casefold() in _bracket_types()
    ):
        return found
    words = text.split()
    mention = leading_state(words)
    voluntary = rest.rsplit(maxsplit=1)[-1].casefold() in load_table("bodies")["voluntary"]["rows"]["words"]
    if mention is None:
        own = " " not in rest and " " in text
    else:
        own = not mention.possessive and (voluntary if mention.adjective else not words[0].strip(".").isupper())
    if not own or not all(is_proper(w) or w in _NAME_LINKS for w in words):
        return found
    return replace(found, name=text, principal=text if found.kind == "organisation" else found.principal)


def _described(text: str) -> _Named | None:
    """A known name among words that describe it: "state news agency KCNA"."""
    name = undescribed(text)
    named = _named().get(name) if name != text else None
    state = leading_state(text.split())
    if named and state is not None and named.name in _national():
        return None
    return named if named and (state is None or named.principal in {state.state, named.name}) else None


def _typed(rest: str, state: str | None, home: str | None) -> ActorName | None:
    words = rest.split()
    while len(words) > 1 and words[0].casefold() in _noise():
        words.pop(0)
    rest = " ".join(words)
    run_by = _RUN_BY.match(rest)
    named = _named().get(rest) or _named_folded().get(rest.casefold())
    if named and state in {None, named.principal}:
        return ActorName(name=named.name, kind=named.kind, principal=named.principal)
    if run_by and state_of(run_by["owner"]) is None:
        owner = find_body(run_by["owner"])
        inner = _typed(rest[run_by.end() :].strip(), state, home)
        return inner and ActorName(name=inner.name, kind=inner.kind, principal=owner.principal if owner else inner.principal)
    owner_state = state or home
    return _ministry(rest, owner_state) or _type(rest, owner_state) or _proper_body(rest, state)


def _is_academic(rest: str) -> bool:
    return not _academic().isdisjoint(rest.casefold().split())


def _ministry(rest: str, state: str | None) -> ActorName | None:
    match = _MINISTRY.match(rest.casefold())
    if not match:
        return None
    printed = match["topic"] or match["first"]
    if match["first"] and not _TOPIC_LINKS.isdisjoint(printed.split()):
        return None  # "a spokesperson for the ministry"
    topic = _topics().get(printed)
    kind = match["of"] or match["kind"]
    if not topic and (kind == "department" or printed in {"the", ""}):
        return None
    topic = topic or printed.title().replace(" And ", " and ").replace(" Of ", " of ")
    rows = load_table("bodies")["ministries"]["named"]
    default = "Ministry of" if kind != "department" or topic in _topics().values() else "Department of"
    name = rows.get(state, {}).get(topic, f"{default} {topic}")
    return ActorName(name=f"{name} ({state})" if state else name, kind="body", principal=state)


def _type(rest: str, state: str | None) -> ActorName | None:
    key = rest.casefold()
    noun = _adjective_types().get(key)
    if noun:
        kind: ActorKind = "group" if noun == "media" else "body"
        name = f"{adjective_of(state)} {noun}" if state else noun
        return ActorName(name=name, kind=kind, principal=None if noun == "media" else state)
    noun = _bracket_types().get(key)
    if not noun:
        return None
    own = _named_types().get((state or "", noun), noun)
    name = _named()[own].name if own in _named() and own != noun else f"{own} ({state})" if state else own
    return ActorName(name=name, kind="organisation" if is_state_outlet(noun) else "body", principal=state)


def _proper_body(rest: str, state: str | None) -> ActorName | None:
    """A capitalised body that only its owner's state explains: "Ukraine's Centre for Countering Disinformation"."""
    words = rest.split()
    rows = load_table("bodies")
    upper = words[: next((n for n, w in enumerate(words) if not (is_proper(w) or w in _NAME_LINKS)), len(words))]
    tail = words[len(upper) :]  # "Magen David Adom emergency service"
    named = bool(upper) and is_proper(upper[0]) and len(tail) < 3 and all(w.isalpha() and w.islower() for w in tail)  # noqa: PLR2004 - a short description
    if not state or not named or "," in rest or "'s " in rest or " and the " in rest:
        return None
    if not is_organisation(rest) or is_commercial(rest) or set(upper) & set(rows["commercial"]["rows"]["papers"]):
        return None
    name = f"{rest} ({state})"
    if words[-1].casefold() in rows["voluntary"]["rows"]["words"]:
        return ActorName(name=name, kind="organisation", principal=name)
    return ActorName(name=name, kind="body", principal=state)


def _located(text: str, home: str | None) -> ActorName | None:
    """A body by where it sits: "the U.S. Embassy in Ankara", "the prosecutor's office in Bergen"."""
    match = _IN.match(text)
    if match is None:
        return None
    state, rest = split_state(match["body"])
    return _typed(rest, state, state_of(match["place"]) or home)


def _local(text: str) -> ActorName | None:
    """A body of a place that is no state: "Nordland police" speaks for Nordland."""
    words = text.split()
    rows = load_table("bodies")["local"]["rows"]
    for size in (3, 2, 1):
        place, tail = words[:-size], " ".join(words[-size:]).casefold()
        if tail not in rows["words"] or not place or not all(is_proper(w) for w in place):
            continue
        if any(w.casefold() in rows["not_places"] for w in place):
            return None
        return ActorName(name=text, kind="body", principal=unpossessed(" ".join(place)))
    return None


@functools.cache
def _named() -> dict[str, _Named]:
    tables = load_table("bodies")
    found: dict[str, _Named] = {}
    for name, aliases in tables["organisations"]["rows"].items():
        for form in (name, *aliases):
            found[form] = _Named(name=name, kind="organisation", principal=name)
    for section, kind in (("agencies", "organisation"), ("named", "body")):
        for name, row in tables[section]["rows"].items():
            for form in (name, *row["names"]):
                found[form] = _Named(name=name, kind="organisation" if kind == "organisation" else "body", principal=row["state"])
    return found


@functools.cache
def _national() -> frozenset[str]:
    """Names of organisations of which states have one each."""
    return frozenset(load_table("bodies")["national"]["rows"]["names"])


@functools.cache
def _named_folded() -> dict[str, _Named]:
    """Names of several words, whatever their case; acronyms keep theirs."""
    return {form.casefold(): named for form, named in _named().items() if " " in form}


@functools.cache
def _topics() -> dict[str, str]:
    return {word: topic for topic, words in load_table("bodies")["ministries"]["rows"].items() for word in words}


@functools.cache
def _adjective_types() -> dict[str, str]:
    return {word: noun for noun, words in load_table("bodies")["types"]["adjective"].items() for word in words}


@functools.cache
def _bracket_types() -> dict[str, str]:
    return {word: noun for noun, words in load_table("bodies")["types"]["bracket"].items() for word in words}


@functools.cache
def _named_types() -> dict[tuple[str, str], str]:
    rows = load_table("bodies")["types"]["named"]
    return {(row["state"], row["type"]): name for name, row in rows.items()}


@functools.cache
def _academic() -> frozenset[str]:
    return frozenset(load_table("bodies")["academic"]["rows"]["words"])


@functools.cache
def _descriptors() -> frozenset[str]:
    """Words for what an organisation is."""
    rows = load_table("bodies")["descriptors"]["rows"]
    return frozenset({*rows["firms"], *rows["words"]})


@functools.cache
def _organisation_heads() -> frozenset[str]:
    return frozenset(load_table("bodies")["organisation_heads"]["rows"]["words"])


@functools.cache
def _noise() -> frozenset[str]:
    return frozenset(load_table("groups")["noise"]["words"])
