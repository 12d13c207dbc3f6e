"""Brings short names of persons under the full name that they take up in an article."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.speakers.armed_groups import is_armed, is_armed_description
from reportedly.extract.speakers.mentions import Mention
from reportedly.language.naming.bodies import find_body
from reportedly.language.naming.names import name_words, same_person
from reportedly.language.naming.offices import office_words, person_name
from reportedly.model import ActorName

_TOO_SHORT = 2  # letters of an acronym that may be anything
_NEAR = 2  # paragraphs for which a short name stays with who was named in full; newswire changes speakers by paragraph
_HEADLINE_WEIGHT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The persons whom an article names in full.

    Attributes:
        names: full names, the most prominent first.
        by_word: for each word of a name, in small letters, the full names that have it, the most prominent first.
    """

    names: frozenset[str]
    by_word: Mapping[str, Sequence[str]]

    def called(self, name: str) -> list[str]:
        """The full names that a short name may stand for, the most prominent first."""
        words = name_words(name)
        return [full for full in self.by_word.get(words[0], ()) if same_person(name, full)] if words else []


def lead_people(raw: Sequence[Mention], parsed: ParsedArticle) -> People:
    """The persons named in full by how often they are named, the headline counting more; the earliest first among equals.

    Args:
        raw: the article's mentions in text order, short names unresolved.
        parsed: the article.
    """
    counts: Counter[str] = Counter()
    for mention in raw:
        if mention.full and mention.name.kind == "person" and person_name(mention.actor):
            counts[mention.actor] += _HEADLINE_WEIGHT if parsed.passages[mention.passage].role == "headline" else 1
    by_word = _index(counts)
    for name in list(counts):  # "Bou Habib" beside "Abdallah Bou Habib" is no person of its own
        near = by_word.get(name_words(name)[0], ())
        longer = next((n for n in near if n in counts and len(n) > len(name) and same_person(name, n)), None)
        if longer:
            counts[longer] += counts.pop(name)
    ranked = [name for name, _ in counts.most_common()]
    return People(names=frozenset(ranked), by_word=_index(ranked))


def resolve_mentions(raw: Sequence[Mention], people: People) -> tuple[Mention, ...]:
    """The mentions with each short name under the full name that it takes up, in the same order."""
    done: list[Mention] = []
    history: dict[str, list[Mention]] = {}
    spelt = spelt_out(raw)
    armed: Mention | None = None
    for short in raw:
        named = armed if is_armed_description(short.span.text) else spelt.get(short.actor)
        mention = replace(short, name=named.name, actor=named.actor, full=False) if named else short
        armed = mention if is_armed(mention.actor) else armed
        actor, full = mention.actor, mention.full
        if mention.name.kind in {"person", "other"} and (not full or (actor not in people.names and mention.name.role is None)):
            taken = take_up(mention.name, mention.passage, people, history)
            actor, full = taken or actor, full and taken is None
        resolved = mention if (actor, full) == (mention.actor, mention.full) else replace(mention, actor=actor, full=full)
        done.append(resolved)
        if full:
            history.setdefault(actor, []).append(resolved)
    return tuple(done)


def spelt_out(raw: Sequence[Mention]) -> dict[str, Mention]:
    """For each acronym that names an organisation the mention that spells it out: "BMA" is "British Medical Association".

    Args:
        raw: an article's mentions in text order.

    Returns:
        The earliest name whose words have the letters; an acronym that the tables know is not among them.
    """
    names = {m.actor for m in raw if m.name.kind == "organisation"}
    acronyms = {name for name in names if name.isupper() and name.isalpha() and len(name) > _TOO_SHORT and find_body(name, "") is None}
    found: dict[str, Mention] = {}
    for mention in raw if acronyms else ():
        words = [w for w in mention.actor.split(" (")[0].split() if w[0].isupper()]
        letters = "".join(w[0] for w in words)
        if letters in acronyms and len(words) == len(letters) and mention.name.kind in {"organisation", "body"}:
            found.setdefault(letters, mention)
    return found


def take_up(
    short: ActorName, passage: int, people: People, history: Mapping[str, Sequence[Mention]], before: int | None = None
) -> str | None:
    """The full name of the person whom a short name takes up.

    The nearest person named in full in the last paragraphs wins; beyond that a short name belongs to the article's leading
    person of that name. A descriptor ("Unification Ministry spokesman Kim") decides before either.

    Args:
        short: the name as the short phrase gives it.
        passage: place of the paragraph where it stands.
        people: the persons named in full.
        history: for each actor its full mentions in text order.
        before: place of the document that such a mention must end before; None for any.

    Returns:
        The full name; None where nobody of the article has such a name.
    """
    candidates = people.called(short.name)
    if len(candidates) < 2:  # noqa: PLR2004 - nothing to choose between
        return candidates[0] if candidates else None
    latest = {name: mention for name in candidates if (mention := _latest(history.get(name, ()), before, short)) is not None}
    if short.role and latest:
        return max(latest, key=lambda name: latest[name].span.start)
    unbound = short if not short.role else replace(short, role=None)
    last = {name: mention for name in candidates if (mention := _latest(history.get(name, ()), before, unbound)) is not None}
    near = {name: mention for name, mention in last.items() if passage - mention.passage <= _NEAR}
    return max(near, key=lambda name: near[name].span.start) if near else candidates[0]


def _latest(mentions: Sequence[Mention], before: int | None, short: ActorName) -> Mention | None:
    """The last full mention of an actor before a place; with a role in the short name, only one with the same office."""
    wanted = office_words(short.role) if short.role else None
    for mention in reversed(mentions):
        if before is not None and mention.span.end > before:
            continue
        if wanted is None or _same_office(mention.name, short, wanted):
            return mention
    return None


def _same_office(full: ActorName, short: ActorName, wanted: frozenset[str]) -> bool:
    return bool(office_words(full.role or "") & wanted) and (short.principal is None or full.principal in {None, short.principal})


def _index(names: Sequence[str] | Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        for word in dict.fromkeys(name_words(name)):
            found.setdefault(word, []).append(name)
    return found
