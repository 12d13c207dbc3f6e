"""Everybody whom an article names, short names brought under the full ones they take up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.mentions import Mention, mentions_in
from reportedly.extract.parsed import ParsedArticle
from reportedly.language.names import principal_of, same_person
from reportedly.language.offices import office_words, person_name
from reportedly.language.states import is_state, states_in
from reportedly.model import ActorName

_NEAR = 2  # paragraphs for which a short name stays with who was named in full; newswire changes speakers by paragraph
_HEADLINE_WEIGHT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody whom an article names.

    Attributes:
        mentions: in text order.
        home: the state that the article is about, where one stands out; else None.
        states: the states named in the article.
        leading: full names of persons, the most prominent first.
    """

    mentions: tuple[Mention, ...]
    home: str | None
    states: frozenset[str]
    leading: tuple[str, ...]

    def before(self, place: int) -> Iterator[Mention]:
        """The mentions that end at or before a place of the document, the nearest first."""
        return (m for m in reversed(self.mentions) if m.span.end <= place)

    def described(self, actor: str) -> Mention | None:
        """The mention of an actor that says most: with a principal and a role, the earliest such; None where nobody names it."""
        named = [m for m in self.mentions if m.actor == actor and m.full]
        return max(named, key=lambda m: ((principal_of(m.name) is not None) * 2 + (m.name.role is not None), -m.span.start), default=None)

    def principal(self, actor: str) -> str | None:
        """Whom an actor speaks for, as far as the article says."""
        mention = self.described(actor)
        return principal_of(mention.name) if mention else None


def cast_of(parsed: ParsedArticle) -> Cast:
    """Read off an article whom it names.

    Args:
        parsed: the parsed article.

    Returns:
        Its cast; short names of persons stand under the full name they take up.
    """
    counts = _state_counts(parsed)
    home = _home(counts)
    raw = [m for place, passage in enumerate(parsed.passages) for m in mentions_in(passage, place, home)]
    leading = _leading(raw, parsed)
    return Cast(mentions=_resolved(raw, leading), home=home, states=frozenset(counts), leading=leading)


def take_up(short: ActorName, passage: int, earlier: Sequence[Mention], leading: Sequence[str]) -> str | None:
    """The full name of the person whom a short name takes up.

    The nearest person named in full in the last paragraphs wins; beyond that a short name belongs to the article's leading
    person of that name. A descriptor ("Unification Ministry spokesman Kim") decides before either.

    Args:
        short: the name as the short phrase gives it.
        passage: place of the paragraph where it stands.
        earlier: the mentions before it, in text order.
        leading: full names of persons, the most prominent first.

    Returns:
        The full name; None where nobody of the article has such a name.
    """
    candidates = [name for name in leading if same_person(short.name, name)]
    if short.role and len(candidates) > 1:
        wanted = office_words(short.role)
        described = [m for m in earlier if m.full and m.actor in candidates and _same_office(m.name, short, wanted)]
        if described:
            return described[-1].actor
    if len(candidates) < 2:  # noqa: PLR2004 - nothing to choose between
        return candidates[0] if candidates else None
    near = [m for m in earlier if m.actor in candidates and m.full and passage - m.passage <= _NEAR]
    return near[-1].actor if near else candidates[0]


def _same_office(full: ActorName, short: ActorName, wanted: frozenset[str]) -> bool:
    return bool(office_words(full.role or "") & wanted) and (short.principal is None or full.principal in {None, short.principal})


def _resolved(raw: Sequence[Mention], leading: Sequence[str]) -> tuple[Mention, ...]:
    done: list[Mention] = []
    for mention in raw:
        actor, full = mention.actor, mention.full
        if mention.name.kind in {"person", "other"} and (not full or (actor not in leading and mention.name.role is None)):
            taken = take_up(mention.name, mention.passage, done, leading)
            actor, full = taken or actor, full and taken is None
        done.append(replace(mention, actor=actor, full=full))
    return tuple(done)


def _leading(raw: Sequence[Mention], parsed: ParsedArticle) -> tuple[str, ...]:
    """Full names of persons by how often they are named, the headline counting more; the earliest first among equals."""
    counts: Counter[str] = Counter()
    for mention in raw:
        if mention.full and mention.name.kind == "person" and person_name(mention.actor):
            counts[mention.actor] += _HEADLINE_WEIGHT if parsed.passages[mention.passage].role == "headline" else 1
    for name in list(counts):  # "Bou Habib" beside "Abdallah Bou Habib" is no person of its own
        longer = next((n for n in counts if len(n) > len(name) and same_person(name, n)), None)
        if longer:
            counts[longer] += counts.pop(name)
    return tuple(name for name, _ in counts.most_common())


def _state_counts(parsed: ParsedArticle) -> Counter[str]:
    counts: Counter[str] = Counter()
    for passage in parsed.passages:
        weight = _HEADLINE_WEIGHT if passage.role == "headline" else 1
        for state in states_in(passage.doc.text):
            counts[state] += weight
    return counts


def _home(counts: Counter[str]) -> str | None:
    """The state that makes up more than half of all that are named; a single mention is none."""
    ranked = [(n, state) for state, n in counts.items() if is_state(state)]
    if not ranked:
        return None
    most, state = max(ranked)
    return state if most > 1 and 2 * most > sum(n for n, _ in ranked) else None
