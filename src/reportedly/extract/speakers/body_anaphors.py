"""Which body or organisation "the agency", "the ministry" or "the company" takes up."""

import re
from collections.abc import Sequence

from reportedly.extract.speakers.armed_groups import is_armed
from reportedly.extract.speakers.cast import Cast
from reportedly.extract.speakers.mentions import Mention
from reportedly.extract.speakers.reference import FAR, Referent
from reportedly.language.naming.bodies import find_body
from reportedly.language.naming.names import principal_of
from reportedly.language.naming.phrases import bare, is_proper, plain
from reportedly.language.tables import load_table

_ENTITIES = frozenset({"state", "body", "organisation", "outlet", "group"})
_DETERMINERS = frozenset({"the", "this", "that", "its", "their"})
_OWN = 2  # words that a noun of a sort may take up, at most, for a name with the very noun to be meant: "group" may be anybody
_MINISTRIES = frozenset({"ministry", "department"})
_MINISTER = re.compile(r"(?:^|\s)(?P<topic>[A-Za-z]+) (?:[Mm]inister|[Ss]ecretary)$")
_FORCES = frozenset({"army", "military", "navy"})  # of a state
_BARE_BODIES = frozenset({"police", "army"})  # at a sentence's start they look like names


def take_up_body(words: str, place: int, passage: int, cast: Cast) -> Referent | None:
    """The body of a sort named last: "the agency", "the ministry", "the outlet".

    Args:
        words: the phrase.
        place: where it stands in the document.
        passage: place of its paragraph.
        cast: whom the article names.

    Returns:
        The body, one of the very word before one of its sort, and one of the same paragraph before any other; None where the
        words take up none.
    """
    text = plain(words).casefold()
    determiner, _, noun = text.partition(" ")
    rows = load_table("bodies")["anaphors"]["rows"]
    if determiner not in _DETERMINERS and " " in text:
        return None
    noun = noun or determiner
    nouns = rows.get(noun) or rows.get(noun.removesuffix("s"))
    if not nouns or (" " not in text and text not in rows) or (text == noun and is_proper(plain(words)) and noun in _BARE_BODIES):
        return None
    before = list(cast.before(place, passage, FAR))
    opens = not before and not passage  # a headline names by its sort what the first paragraphs name in full
    told = list(cast.after(place, passage)) if opens else before
    earlier = [m for m in told if m.name.kind in _ENTITIES and _known(m) and not (noun in _FORCES and is_armed(m.name.name))]
    exact = [m for m in told if (m in earlier or (len(nouns) <= _OWN and _bears(m, noun))) and noun in _last_words(m)]
    alike = [m for m in earlier if _last_words(m) & set(nouns) or f"*{m.name.kind}" in nouns]
    if determiner != "the" and not exact and not opens:
        return None
    here = [[m for m in group if m.passage == passage] for group in (exact, alike)]
    minister = _of_minister(before, passage if exact else None) if noun in _MINISTRIES and not here[0] else None
    if minister is not None:
        return minister
    found = here[0] or here[1] or exact or alike
    return Referent(name=found[0].name, evidence=found[0].span) if found else None


def _of_minister(before: Sequence[Mention], passage: int | None) -> Referent | None:
    """The ministry of the minister named last: "the ministry" after "Foreign Minister Ida Holm".

    Args:
        before: the mentions before the words, the nearest first.
        passage: place of the only paragraph that counts; None for any.
    """
    for mention in before:
        role = mention.name.role if mention.name.kind == "person" and passage in {None, mention.passage} else None
        topic = _MINISTER.search(bare(role or ""))
        state = principal_of(mention.name)
        body = find_body(f"{topic['topic']} ministry", state) if topic and state else None
        if body is not None:
            return Referent(name=body, evidence=mention.span)
    return None


def _known(mention: Mention) -> bool:
    """Whether a mention says more than an anaphor does."""
    return principal_of(mention.name) is not None


def _bears(mention: Mention, noun: str) -> bool:
    """Whether a mention is a proper name with the very noun behind it, whatever it is: "the CGT union"."""
    words = bare(mention.span.text).split()
    return mention.name.kind != "person" and len(words) > 1 and is_proper(words[0]) and words[-1].casefold() == noun


def _last_words(mention: Mention) -> set[str]:
    """The head words of a body's printed and canonical name."""
    printed = bare(mention.span.text).split()[-1:]
    canonical = mention.name.name.split(" (")[0].split()
    linked = canonical[: canonical.index("of")] if "of" in canonical else canonical
    return {w.casefold() for w in (*printed, *canonical[-1:], *linked[-1:], *canonical[:1])}
