"""Everybody whom an article names, short names brought under the full ones they take up."""

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.speakers.homes import count_states, home_of
from reportedly.extract.speakers.mentions import Mention, mentions_in
from reportedly.extract.speakers.namesakes import People, lead_people, resolve_mentions, spelt_out
from reportedly.language.naming.bodies import local_sort
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.language.naming.offices import Gender, gender_of_name
from reportedly.language.naming.states import is_state
from reportedly.language.tables import load_table
from reportedly.model import Span

_FAR = 60  # paragraphs beyond which nothing is taken up, so that a long article's time grows with its length only


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody whom an article names.

    Attributes:
        mentions: in text order.
        home: the state that the article is about, where one stands out; else None.
        states: the states named in the article.
        people: the persons named in full.
        heads: places of the mentions' head words, ascending.
        by_actor: the full mentions of each actor, in text order.
        uses: how often each actor is mentioned.
        local: for each sort of local body ("police") the only one of its sort that the article names ("Nordland police").
        spelt: for each acronym of an organisation the mention that spells it out.
        best: for each actor named in full the mention that says most: with a principal and a role, the earliest such.
    """

    mentions: tuple[Mention, ...]
    home: str | None
    states: frozenset[str]
    people: People
    heads: tuple[int, ...]
    by_actor: Mapping[str, Sequence[Mention]]
    uses: Mapping[str, int]
    local: Mapping[str, Mention]
    spelt: Mapping[str, Mention]
    best: Mapping[str, Mention]

    def before(self, place: int, passage: int, reach: int = _FAR) -> Iterator[Mention]:
        """The mentions that end at or before a place of the document, the nearest first.

        Args:
            place: in the document's text.
            passage: place of the paragraph that holds it.
            reach: how many paragraphs are looked back.
        """
        for number in range(bisect.bisect_left(self.heads, place) - 1, -1, -1):
            mention = self.mentions[number]
            if passage - mention.passage > min(reach, _FAR):
                return
            if mention.span.end <= place:
                yield mention

    def after(self, place: int, passage: int) -> Iterator[Mention]:
        """The mentions that begin at or behind a place of the document, the nearest first."""
        for number in range(bisect.bisect_left(self.heads, place), len(self.mentions)):
            mention = self.mentions[number]
            if mention.passage - passage > _FAR:
                return
            if mention.span.start >= place:
                yield mention

    def inside(self, span: Span) -> Sequence[Mention]:
        """The mentions whose head word stands in a span, in text order."""
        return self.mentions[bisect.bisect_left(self.heads, span.start) : bisect.bisect_left(self.heads, span.end)]

    def at(self, head: int) -> Mention | None:
        """The mention whose head word begins at a place of the document."""
        number = bisect.bisect_left(self.heads, head)
        return self.mentions[number] if number < len(self.heads) and self.heads[number] == head else None

    def principal(self, actor: str) -> str | None:
        """Whom an actor speaks for, as far as the article says."""
        mention = self.best.get(actor)
        return principal_of(mention.name) if mention else None


@once_for_article
def cast_of(parsed: ParsedArticle) -> Cast:
    """Read off an article whom it names.

    Args:
        parsed: the parsed article.

    Returns:
        Its cast; short names of persons stand under the full name they take up.
    """
    counts = count_states(parsed)
    home = home_of(parsed, counts)
    found = [m for place, passage in enumerate(parsed.passages) for m in mentions_in(passage, place, home)]
    raw = list(_beside_seats([m for m in found if not _runs_on(m, found, parsed)]))
    people = lead_people(raw, parsed)
    mentions = _with_genders(resolve_mentions(raw, people))
    by_actor: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.full:
            by_actor.setdefault(mention.actor, []).append(mention)
    return Cast(
        mentions=mentions,
        home=home,
        states=frozenset(counts),
        people=people,
        heads=tuple(m.head for m in mentions),
        by_actor=by_actor,
        uses=Counter(m.actor for m in mentions),
        local=_only_local(mentions),
        spelt=spelt_out(raw),
        best={actor: max(named, key=_says_most) for actor, named in by_actor.items()},
    )


def _with_genders(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of persons with what any title of theirs, else their given name, says of them."""
    titled: dict[str, set[Gender]] = {}
    for mention in mentions:
        if mention.gender is not None:
            titled.setdefault(mention.actor, set()).add(mention.gender)
    told = {mention.actor: gender_of_name(mention.actor) for mention in mentions}
    told |= {actor: next(iter(genders)) if len(genders) == 1 else None for actor, genders in titled.items()}
    return tuple(
        replace(m, gender=told[m.actor]) if m.gender is None and m.name.kind in {"person", "other"} and told[m.actor] else m
        for m in mentions
    )


def seat_state(mention: Mention) -> str | None:
    """The state by whose seat a subject is named ("The White House condemned it"), which bare bodies behind it belong to; else None."""
    state = principal_of(mention.name)
    seats = load_table("states")["seats"]["words"]
    return state if state and mention.subject and is_state(state) and any(seat in mention.span.text for seat in seats) else None


def _beside_seats(raw: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, bare bodies right behind a state's seat being that state's: the "National Security Council" after the White House."""
    last: Mention | None = None
    for mention in raw:
        seat = seat_state(last) if last is not None and mention.passage - last.passage <= 1 else None
        if seat and principal_of(mention.name) not in {None, seat, mention.name.name}:
            printed = name_actor(mention.span.text)
            free = printed.kind == mention.name.kind and printed.principal is None
            name = name_actor(mention.span.text, home=seat) if free else mention.name
            mention = replace(mention, name=name, actor=name.name)  # noqa: PLW2901 - the mention as it is meant
        elif mention.subject and is_state(principal_of(mention.name) or ""):
            last = mention
        yield mention


def _runs_on(mention: Mention, others: Sequence[Mention], parsed: ParsedArticle) -> bool:
    """Whether a name in a headline set in capitals runs on into the sentence: "Kim Jong Un Guides Work" where the body has Kim Jong Un."""
    if parsed.passages[mention.passage].role == "body" or mention.name.kind != "person":
        return False
    words = mention.name.name.split()
    names = (o.name.name.split() for o in others if o.name.kind == "person" and parsed.passages[o.passage].role == "body")
    return any(1 < len(name) < len(words) and words[: len(name)] == name for name in names)


def _says_most(mention: Mention) -> tuple[bool, bool, int]:
    return principal_of(mention.name) is not None, mention.name.role is not None, -mention.span.start


def _only_local(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """For each sort of body of a place the first mention of the only body of that sort."""
    found: dict[str, Mention] = {}
    several: set[str] = set()
    for mention in mentions:
        sort = local_sort(mention.name.name) if mention.name.kind == "body" else None
        if sort is not None and found.setdefault(sort, mention).name.name != mention.name.name:
            several.add(sort)
    return {
        sort: mention for sort, mention in found.items() if sort not in several and mention.name.principal not in {None, mention.name.name}
    }
