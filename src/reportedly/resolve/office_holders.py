"""Office holders: whom an article means that names only the office, where another article of the story names who held it then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from reportedly.language.naming.offices import find_office
from reportedly.language.tables import load_table
from reportedly.model import ArticleKey
from reportedly.resolve.employers import named, named_of
from reportedly.resolve.mentions import Mention
from reportedly.resolve.namesakes import is_person_named, same_actor

_Near = Mapping[Hashable, Sequence[Mention]]
_FEW = 8  # words of a name beyond which it is no office of a person
_SAME_TIME = 31  # days between two articles up to which an office is taken to have one holder


def name_holders(mentions: Sequence[Mention], around: Mapping[ArticleKey, Sequence[ArticleKey]]) -> tuple[Mention, ...]:
    """The mentions, an office of which there is one ("the Israeli prime minister") standing for the only one named with it in its story.

    An office changes hands, so that the two articles lie within a month of each other; where several are named, or none, it stays an
    office. The office that a person leads ("Netanyahu's office") is that of the person's title, where there is one.

    Args:
        mentions: every actor of every article.
        around: for each article those of its story.

    Returns:
        The mentions in their order.
    """
    index: dict[ArticleKey, dict[Hashable, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        if mention.kind == "person" and mention.principal and mention.offices and is_person_named(mention.identity):
            near = index[around.get(mention.where, (mention.where,))[0]]
            near[mention.name, "name"].append(mention)
            for form in sorted({form for words in mention.offices for form in _offices(words, mention.principal)}):
                near[mention.principal, form].append(mention)
    found = []
    for mention in mentions:
        near = index[around.get(mention.where, (mention.where,))[0]]
        found.append(_held(mention, near) or _led(mention, near) or mention)
    return tuple(found)


def _held(mention: Mention, near: _Near) -> Mention | None:
    """The mention as the person who held its office at its time, or None."""
    if mention.kind != "person" or mention.means or not mention.principal or is_person_named(mention.identity):
        return None
    named_so = near.get((mention.principal, mention.name.casefold()), ())
    holders = sorted({other.name: other for other in named_so if _within_month(other.day, mention.day)}.values(), key=lambda o: o.name)
    if not holders or any(same_actor(holders[0].identity, other.identity) is None for other in holders[1:]):
        return None
    return replace(mention, means=holders[0].means or holders[0].name, why="the only one named with this office in its story that month")


def _offices(words: str, principal: str) -> Iterator[str]:
    """The canonical name of an office as printed, where one person holds it at a time."""
    table = load_table("personal_names")["one_holder"]
    office = find_office(words)
    if (
        office
        and office.head in table["heads"]
        and not office.former
        and not any(one in words.casefold().split() for one in table["several"])
    ):
        yield named_of(words, principal).name.casefold()


def _led(mention: Mention, near: _Near) -> Mention | None:
    """The office of a person ("Office of Benjamin Netanyahu") as that of the person's title, or None."""
    words = mention.name.split()
    if mention.kind in ("person", "group", "outlet") or mention.means or len(words) > _FEW:
        return None
    pieces = [" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2)]
    for other in (other for piece in pieces for other in near.get((piece, "name"), ())):
        for title in other.offices if mention.principal in (None, mention.name, other.principal) else ():
            body = named(mention.name.replace(other.name, f"{title} {other.name}"))
            if body.kind == "body" and other.name not in body.name and body.principal == other.principal:
                why = f"{other.name} is named as {title}"
                return replace(mention, kind="body", principal=body.principal, means=body.name, why=why)
    return None


def _within_month(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return abs(dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days <= _SAME_TIME
