"""Short names: whom a bare name ("the police", "BAE", "Erdogan") means in its story, where only one actor can be meant."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportedly.language.naming.names import state_of
from reportedly.language.naming.offices import find_office
from reportedly.language.tables import load_table
from reportedly.model import ArticleKey, Story
from reportedly.resolve.employers import named
from reportedly.resolve.mentions import Mention
from reportedly.resolve.namesakes import is_person_named, name_parts, same_actor
from reportedly.resolve.office_holders import name_holders
from reportedly.resolve.weights import word_weight

_STATE = re.compile(r" \([^()]+\)$")  # "(Norway)" behind a body's name
_TELLING = 0.8  # weight of a word that does not stand in news of every sort
_INITIALS = 3  # letters that initials need before they tell anything

_By = Mapping[ArticleKey, Sequence[Mention]]


def expand_short_names(mentions: Sequence[Mention], stories: Sequence[Story]) -> tuple[Mention, ...]:
    """The mentions, bare names standing for the one actor of their article, else of their story, whose longer name they shorten.

    "The coast guard" is the Norwegian coast guard where no other coast guard speaks, "BAE" is BAE Systems, a bare surname the one
    person of that name and principal, and an office that one person holds is who is named with it. A person of whom one article says
    only "police chief" speaks for the body that the others of its story name. A body without a state that no longer name explains
    ("the government") is that of the only state whose actors speak in its article, else in its story.

    Args:
        mentions: every actor of every article.
        stories: the stories.

    Returns:
        The mentions in their order.
    """
    story_of = {key: story.articles for story in stories for key in story.articles}
    speaking = _speaking(mentions)
    meant = dict(_longer(speaking, story_of))
    full = _of_employers([meant.get((mention.where, mention.name), mention) for mention in mentions])
    states: dict[ArticleKey, set[str]] = defaultdict(set)
    for mention in full:
        if mention.claims and mention.principal and state_of(mention.principal) == mention.principal:
            states[mention.where].add(mention.principal)
    placed = [_of_state(mention, states, story_of.get(mention.where, ())) for mention in full]
    served = _speaking(placed)
    return name_holders([_of_cabinet(mention, served.get(mention.where, ())) for mention in placed], story_of)


def _speaking(mentions: Sequence[Mention]) -> _By:
    found: dict[ArticleKey, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.claims:
            found[mention.where].append(mention)
    return found


def _longer(speaking: _By, story_of: Mapping[ArticleKey, Sequence[ArticleKey]]) -> Iterator[tuple[tuple[ArticleKey, str], Mention]]:
    index: dict[ArticleKey, dict[Hashable, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for where, mentions in speaking.items():
        for mention in mentions:
            for key in _full_keys(mention):
                index[story_of.get(where, (where,))[0]][key].append(mention)
    for where, mentions in speaking.items():
        near = index[story_of.get(where, (where,))[0]]
        for mention in mentions:
            others = [other for key in _short_keys(mention) for other in near.get(key, ())]
            found = _meant(mention, [o for o in others if o.where == where]) or _meant(mention, [o for o in others if o.where != where])
            if found:
                yield (where, mention.name), replace(mention, kind=found.kind, principal=found.principal, means=found.name)
            elif mention.kind == "person" and mention.inferred and (principal := _printed(near[mention.name, "name"])):
                yield (where, mention.name), replace(mention, principal=principal, inferred=False)


def _full_keys(mention: Mention) -> Iterator[Hashable]:
    """What a mention is found by where another name may shorten it."""
    words, parts = mention.name.split() or [""], name_parts(mention.name)
    yield mention.name, "name"
    yield _STATE.sub("", mention.name), "bare"
    yield words[-1].casefold(), "tail"
    if mention.kind == "organisation":
        yield words[0], "first"
        yield _initials(words), "initials"
    if len(parts) > 1:
        yield from ((part, "part") for part in {parts[0], parts[-1]})


def _short_keys(mention: Mention) -> Iterator[Hashable]:
    """What a mention looks by for the names that it may shorten."""
    short = _bare_form(mention)
    if short:
        yield short, "bare"
        yield short.rpartition(" ")[2].casefold(), "tail"
    yield mention.name.partition(" ")[0], "first"
    yield mention.name, "initials"
    yield from ((part, "part") for part in name_parts(mention.name))


def _meant(mention: Mention, others: Sequence[Mention]) -> Mention | None:
    """The only one among others whose longer name a mention shortens, or None."""
    short = _bare_form(mention)
    if short:
        found = {other.name: other for other in others if other.name != mention.name and _stands_for(short, other)}
        if found:
            return found[min(found)] if len(found) == 1 else None
    if mention.kind in ("organisation", "other") and mention.principal in (None, mention.name):
        found = {other.name: other for other in others if _shortens(mention.name, other)}
        if found:
            return found[min(found)] if len(found) == 1 else None
    return _of_surname(mention, others) if mention.kind in ("person", "other") else None


def _bare_form(mention: Mention) -> str | None:
    """The name that says what sort of body speaks and not which, as the article's own words have it; None where they say which."""
    printed = {named(words).name for words in mention.words}
    if mention.kind == "body" and len(printed) == 1 and mention.name not in printed and (form := next(iter(printed)))[:1].islower():
        return form
    itself = mention.principal in (None, mention.name)
    return mention.name if itself and (mention.name[:1].islower() or mention.kind in ("body", "organisation")) else None


def _stands_for(short: str, full: Mention) -> bool:
    """Whether a longer name is a proper one before a bare one; of a name that is capitalised the state behind it alone may be left out.

    What stands before a group's name is an actor: "U.S. officials", not "Education officials".
    """
    before = full.name[: -len(short)].split() if short[:1].islower() and full.name.casefold().endswith(f" {short.casefold()}") else []
    proper = bool(before) and all(word[:1].isupper() for word in before)
    if proper and full.kind == "group":
        proper = named(" ".join(before)).kind in ("state", "body", "organisation", "outlet")
    return full.name != short and (proper or _STATE.sub("", full.name) == short)


def _shortens(short: str, full: Mention) -> bool:
    """Whether an organisation's name is the first words or the initials of another's ("BAE", "MEA")."""
    words = full.name.split()
    size = len(short.split())
    if full.kind != "organisation" or full.principal not in (None, full.name) or size >= len(words) or not short[:1].isupper():
        return False
    first = words[:size] == short.split() and any(word_weight(word.lower()) >= _TELLING for word in words[:size])
    return first or (short.isupper() and len(short) >= _INITIALS and short == _initials(words))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[:1].isupper())


def _of_surname(mention: Mention, others: Sequence[Mention]) -> Mention | None:
    """The only person whose surname a bare one is, of the same principal; several spellings of one person are one."""
    parts = name_parts(mention.name)
    if len(parts) != 1 or not mention.name[:1].isupper():
        return None
    family_first = load_table("personal_names")["family_first"]["states"]
    found: dict[str, Mention] = {}
    for other in others:
        full = name_parts(other.name)
        surname = full[0 if other.principal in family_first else -1] if len(full) > 1 and is_person_named(other.identity) else None
        if surname == parts[0] and (mention.principal is None or mention.principal == other.principal):
            found[other.name] = other
    first = found[min(found)] if found else None
    alone = first and all(other is first or same_actor(first.identity, other.identity) for other in found.values())
    return first if alone else None


def _printed(others: Sequence[Mention]) -> str | None:
    """The only principal that words of the story's articles name for a person whom they mention, or None."""
    found = {other.principal for other in others if not other.inferred and other.principal}
    return next(iter(found)) if len(found) == 1 else None


def _of_employers(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, whoever speaks for a shortened organisation speaking for the one that is meant."""
    meant = {(m.where, m.name): m for m in mentions if m.means and m.kind == "organisation"}

    def employed(mention: Mention) -> Mention:
        owner = meant.get((mention.where, mention.principal or ""))
        return replace(mention, principal=owner.principal) if owner and owner.name != mention.name else mention

    return [employed(mention) for mention in mentions]


def _of_cabinet(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A minister of whom nothing says of which state, as one of the only state whose office holders speak in the same article."""
    if mention.kind != "person" or mention.principal or not _serves_state(mention):
        return mention
    states = {
        other.principal for other in others if other.principal and state_of(other.principal) == other.principal and _serves_state(other)
    }
    return replace(mention, principal=next(iter(states)), inferred=True) if len(states) == 1 else mention


def _serves_state(mention: Mention) -> bool:
    """Whether a person holds an office of a state: "Justice Minister"."""
    held = (find_office(words) for words in mention.offices)
    return mention.kind == "person" and any(office and office.kind == "state" and not office.former for office in held)


def _of_state(mention: Mention, states: Mapping[ArticleKey, set[str]], story: Sequence[ArticleKey]) -> Mention:
    if mention.means or mention.kind != "body" or mention.principal not in (None, mention.name):
        return mention
    here = states.get(mention.where) or set()
    around: set[str] = set().union(*(states.get(key, set()) for key in story))
    known = here if len(here) == 1 else around
    if len(known) != 1:
        return mention
    state = next(iter(known))
    return replace(mention, principal=state, means=f"{mention.name} ({state})")
