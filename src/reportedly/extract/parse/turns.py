"""Turns of a transcript: paragraphs that open with the name of who speaks ("IDA HOLM, HOST:", "HOLM:", "Ida Holm:", "Q:").

The label is no part of what is said, so it is kept beside the paragraph and not parsed with it.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.extract.parse.marks import QUOTE_CHARACTERS
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.offices import find_office, is_given_name
from reportedly.language.naming.states import state_of
from reportedly.language.tables import load_table
from reportedly.model import PassageRole, Span

_CAPS = rf"(?:Mc|Mac)?[A-Z][A-Z.{QUOTE_CHARACTERS}-]+|[A-Z]\."
_MIXED = rf"[A-Z][a-z{QUOTE_CHARACTERS}-]+(?:\s[A-Z][\w.{QUOTE_CHARACTERS}-]+){{1,3}}"
_ROLE = r"(?P<role>\s?,\s[^:\n]{2,80}|\s\([^)\n]{2,80}\))?"
_CAPITALS = re.compile(rf"(?P<name>(?:{_CAPS})(?:\s(?:{_CAPS})){{0,4}})(?:\s#?\d)?{_ROLE}\s?(?P<colon>:)(?=\s|$)")
_ALONE = re.compile(rf"(?P<name>{_MIXED}){_ROLE}\s?(?P<colon>:)$")
_INLINE = re.compile(rf"(?P<name>{_MIXED}){_ROLE}\s?(?P<colon>:)(?=\s\S)")
_LETTER = re.compile(r"(?P<name>[QA])(?P<role>)\s?(?P<colon>[:.])(?=\s)")
_LETTERS = {"Q": "questioner", "A": "interviewee"}
_TALK = re.compile(r"\?|\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|us)\b")  # what reports in a list of labelled items lack
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")  # what answers of a person have, and those of an explainer lack
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{2,60}[)\]]\s*")
_LEAST = 3  # labelled paragraphs of a transcript, at least, of two speakers or more

_Place = tuple[int, int, PassageRole]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn a paragraph belongs to.

    Attributes:
        label: the name as printed at the turn's beginning, which may stand in an earlier paragraph.
        colon: the mark behind it.
        name: the speaker in full where another label has the full name, in the case of names ("Ida Holm").
        role: what stands beside the name ("HOST"), as printed; empty where nothing does.
        crew: whether the role is that of those who make the programme.
    """

    label: Span
    colon: Span
    name: str
    role: str
    crew: bool


def with_turns(text: str, places: Sequence[_Place]) -> list[tuple[_Place, Turn | None]]:
    """The paragraphs of an article with whose turn each is.

    Args:
        text: the document's text.
        places: first character, one past the last, and role of each paragraph.

    Returns:
        The paragraphs without the labels of turns and without what stands in brackets right behind one, each with its turn; those that
        are nothing but a label are gone. Where an article is no transcript, the paragraphs as they are.
    """
    headed = {places[0]} if places and places[0][2] != "body" else set()  # the page's own headline opens no turn
    labels = _labels(text, [place for place in places if place not in headed])
    sections = {place for place, label in labels.items() if _heads_section(label)}
    labels = {place: label for place, label in labels.items() if place not in sections}
    full = _full_names(list(labels.values()))
    begins = [label.colon.end for label in labels.values()]
    talk = [text[first:last] for first, last in itertools.pairwise([*begins, *(place[1] for place in places[-1:])])]
    if len(labels) < _LEAST or not _is_talk([full[label.name.casefold()] for label in labels.values()], talk):
        return [(place, None) for place in places]
    turned: list[tuple[_Place, Turn | None]] = []
    current: Turn | None = None
    for place in places:
        start, end, role = place
        if place in labels:
            current = full[labels[place].name.casefold()]
            current = replace(current, label=labels[place].label, colon=labels[place].colon)
            start, role = labels[place].colon.end, "body"  # a short turn looks like a crosshead
        if place in sections:
            current = None
        aside = _ASIDE.match(text, start, end)
        start = aside.end() if aside else start
        words = text[start:end]
        if words.strip():
            turned.append(((start + len(words) - len(words.lstrip()), end, role), current if role == "body" else None))
    return turned


def _labels(text: str, places: Sequence[_Place]) -> dict[_Place, Turn]:
    """The labels of paragraphs: all those in capitals or on a line of their own.

    Letters count where two questions have one and an answer speaks of whoever answers: an explainer's do not. Names in small letters on the
    line of their words count where all are people's, one of them speaks again and the words are talk: such lines are as often the items
    of a list.
    """
    found = {place: label for place in places if (label := _label(text, place, _CAPITALS, _ALONE)) is not None}
    letters = {place: label for place in places if (label := _label(text, place, _LETTER)) is not None}
    asked = [place for place, label in letters.items() if label.name == _LETTERS["Q"] and "?" in text[place[0] : place[1]]]
    answers = [text[place[0] : place[1]] for place, label in letters.items() if label.name == _LETTERS["A"]]
    if len(asked) > 1 and any(_OWN.search(_QUOTED.sub("", answer)) for answer in answers):
        found |= letters
    inline = {place: label for place in places if place not in found and (label := _label(text, place, _INLINE)) is not None}
    names = Counter(label.name for label in inline.values())
    talk = [text[label.colon.end : place[1]] for place, label in inline.items()]
    asking = any("?" in words for words in talk) and 2 * sum(map(_talks, talk)) >= len(talk)
    if len(inline) > len(names) > 1 and asking and all(_is_persons(name, text, labels) for name, labels in names.items()):
        found |= inline
    return {place: found[place] for place in places if place in found}


def _is_persons(name: str, text: str, labels: int) -> bool:
    """Whether a label is a person's: it begins with a given name, or the text has the name elsewhere, too; not "Dear Editor"."""
    return is_given_name(name.partition(" ")[0]) or text.count(name) > labels


def _talks(words: str) -> bool:
    """Whether a paragraph asks something or speaks of those who talk."""
    return _TALK.search(words) is not None


def _label(text: str, place: _Place, pattern: re.Pattern[str], alone: re.Pattern[str] | None = None) -> Turn | None:
    start, end, _ = place
    match = pattern.match(text, start, end) or (alone.fullmatch(text, start, end) if alone is not None else None)
    if match is None:
        return None
    role = (match["role"] or "").strip(" ,()")
    crew = not _words("crew").isdisjoint(f"{match['name']} {role}".casefold().replace(",", " ").split())
    return Turn(
        label=_span(text, *match.span("name")), colon=_span(text, *match.span("colon")), name=_cased(match["name"]), role=role, crew=crew
    )


def _heads_section(label: Turn) -> bool:
    """Whether a label names no speaker but what follows: "THE FACTS:", "UPDATE:", a dateline."""
    name = label.name.casefold()
    first, _, rest = name.partition(" ")
    if name in load_table("cues")["labels"]["words"] or state_of(label.name) is not None or (not rest and country_of(label.name)):
        return True
    return first in _words("sections") and find_office(rest) is None  # but "THE PRESIDENT:"


def _is_talk(turns: Sequence[Turn], talk: Sequence[str]) -> bool:
    """Whether labels are those of people who talk: two or more, of whom one speaks again, makes the programme, or is nobody who is named.

    The lines of a memorandum, an agenda or a market report ("TO:", "TIME:", "BONDS:") have a label each; those of a round of matches have
    them again and again, but in no line does anybody ask or speak of himself.
    """
    names = {turn.name for turn in turns}
    unnamed = any(turn.crew or turn.name.islower() for turn in turns)
    return len(names) > 1 and (unnamed or (len(names) < len(turns) and any(map(_talks, talk))))


def _full_names(labels: Sequence[Turn]) -> dict[str, Turn]:
    """For each printed name in small letters the label that says most of it: without a title, longer, with a role."""
    longer: dict[str, Turn] = {}
    found: dict[str, Turn] = {}
    for label in sorted(labels, key=_telling):
        words = label.name.casefold().split()
        longer.update((" ".join(words[first:]), label) for first in range(1, len(words)))
        found[" ".join(words)] = label
    return {name: max(label, longer.get(_surname(name), label), key=_telling) for name, label in found.items()}


def _telling(label: Turn) -> tuple[bool, int, bool]:
    """How much a label tells of a name, to compare it with another by."""
    name = label.name.casefold()
    return _surname(name) == name, len(name), bool(label.role)


def _surname(name: str) -> str:
    """A short name without its title: "mr. holm" -> "holm"."""
    words = name.split()
    return words[-1] if len(words) > 1 and words[0].strip(".") in load_table("offices")["honorifics"]["words"] else name


def _cased(name: str) -> str:
    """A name in capitals as names are written; who has no name stays in small letters ("unidentified woman")."""
    if name in _LETTERS:
        return _LETTERS[name]
    if _words("unnamed").issuperset(name.casefold().split()):
        return name.casefold()
    return name.title() if name.isupper() else name


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_table("transcripts")[section]["words"])
