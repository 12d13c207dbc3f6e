"""Offices and titles, and the persons who hold them, from the table `offices.toml`."""

import functools
import re
from dataclasses import dataclass, replace
from typing import Literal

from reportedly.language.naming.bodies import is_organisation
from reportedly.language.naming.phrases import DETERMINERS, is_proper, undetermined, unpossessed
from reportedly.language.naming.states import leading_state
from reportedly.language.tables import load_table

OfficeClass = Literal["state", "owner", "place", "private"]
Gender = Literal["he", "she"]

_LONGEST = 4  # words of the longest office in the table
_LINKS = frozenset({"of", "for", "at", "from", "with", "to", "in", "by", "on"})
_COMMA = re.compile(r",\s+")
_AGE = re.compile(r",?\s*\b(?:aged\s+)?\d{1,3}\b(?:-year-old)?,?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office and who is said to hold it.

    Attributes:
        title: the office as printed, without determiner: "Pentagon spokesman".
        head: the words of the table in it: "spokesman".
        kind: whose word the holder's word is.
        before: what stands before the office and its modifiers: "Pentagon", "South Korea's Unification Ministry".
        after: what follows "of", "for", "at" after it: "U.S. Department of Health and Human Services".
        place: where the holder sits ("a government spokesman in Oslo"); empty where not said.
        holder: the person's name as printed, ranks left out; None where nobody is named.
        former: whether the office is a past one.
    """

    title: str
    head: str
    kind: OfficeClass
    before: str
    after: str
    holder: str | None
    former: bool
    place: str = ""


@functools.lru_cache(maxsize=8192)
def find_office(phrase: str) -> Office | None:
    """The office that a phrase names, with its holder.

    Args:
        phrase: "Secretary of Defense Lloyd J. Austin III", "Valery Gerasimov, chief of the general staff", "the defense minister".

    Returns:
        The office; None where the phrase names none.
    """
    segments = [s for s in _COMMA.split(_AGE.sub(", ", phrase).strip(" ,")) if s]
    for place, segment in enumerate(segments):
        office = _in_segment(undetermined(segment))
        if office is None:
            continue
        if office.holder is None:
            office = _with_holder(office, segments, place)
        return office
    return None


@functools.lru_cache(maxsize=8192)
def person_name(text: str) -> str | None:
    """A person's name without honorifics, ranks, middle initials and numbers.

    "Maj. Gen. Pat Ryder" -> "Pat Ryder"; "Lloyd J. Austin III" -> "Lloyd Austin"; "Robert F. Kennedy Jr." -> "Robert Kennedy Jr.".
    None where the words are no name.
    """
    words = _without_titles(unpossessed(text.strip(" ,")).split())
    if not words or not _is_name(words):
        return None
    kept = [w for place, w in enumerate(words) if not _is_initial(w) or place == 0]
    while len(kept) > 1 and _key(kept[-1]) in _table("name_parts", "dropped"):
        kept.pop()
    return " ".join(kept) if any(len(_key(w)) > 1 for w in kept) else None


def has_title(text: str) -> bool:
    """Whether a name is printed with an honorific or a rank ("Mr. Kim")."""
    words = text.split()
    return len(words) > 1 and len(_without_titles(words)) < len(words)


def rank_of(text: str) -> str | None:
    """The military rank that a name is printed with ("Lt. Gen."), or None."""
    words = text.split()
    count = len(words) - len(_without_titles(words))
    return " ".join(words[:count]) if any(_key(w) in _table("ranks", "armed") for w in words[:count]) else None


def gender_of(phrase: str) -> Gender | None:
    """What an office or honorific says of its holder ("spokeswoman" -> "she"), or None."""
    words = {_key(w) for w in phrase.split()}
    rows = load_table("offices")["gender"]
    if words & set(rows["she"]):
        return "she"
    return "he" if words & set(rows["he"]) else None


def gender_of_name(name: str) -> Gender | None:
    """What the first word of a full name says of who bears it ("Donald Trump" -> "he"), or None."""
    first, _, rest = name.partition(" ")
    return _given().get(first.casefold()) if rest else None


def is_given_name(word: str) -> bool:
    """Whether a word is a given name of the table, of men, women or both."""
    return word.casefold() in _given() or word.casefold() in load_table("personal_names")["given"]["both"]


@functools.cache
def _given() -> dict[str, Gender]:
    rows = load_table("personal_names")["given"]
    genders: tuple[Gender, ...] = ("he", "she")
    return {name: gender for gender in genders for name in rows[gender]}


def plain_office_words(title: str) -> frozenset[str]:
    """The words of an office, small letters."""
    return frozenset({_key(unpossessed(w)) for w in title.split()} - DETERMINERS)


def office_words(title: str) -> frozenset[str]:
    """The words of an office and those that stand for them ("spokesman" for "spokesperson"), small letters."""
    synonyms = load_table("offices")["synonyms"]["rows"]
    words = {_key(unpossessed(w)) for w in title.split()} - DETERMINERS
    return frozenset(words.union(*(synonyms.get(w, ()) for w in words)))


def _in_segment(segment: str) -> Office | None:
    words = segment.split()
    found = _heads(words)
    if not found:
        return None
    name_from = _name_start(words)
    direct = next((h for h in found if h[0] + h[1] <= name_from < len(words) and _all_ranks(words[h[0] + h[1] : name_from])), None)
    start, size, kind = direct or _unheld(words, found)
    link = next((i for i, w in enumerate(words[:start]) if i and _is_link(w)), None)
    if direct and link is not None and found[0][0] + found[0][1] == link:  # "spokesman for Secretary General Guterres"
        direct, link, (start, size, kind) = None, None, found[0]
    if link is not None and (direct is None or words[link - 1].islower()) and not _is_spokesman(words, link, start, size):
        return None  # "an ally of Chancellor Angela Merkel": the office is not what the phrase is about
    rest = words[start + size :]
    place = ""
    if direct:
        after, holder = "", person_name(" ".join(rest))
    elif not rest or _is_link(rest[0]):
        after, holder = _after(" ".join(rest[1:]))
        if rest and rest[0].casefold() == "in" and is_proper(after):
            place, _, after = after.partition(" for ")
        if rest and rest[0].casefold() == "to":  # an ambassador to a state speaks for another
            after = ""
    else:
        return None
    before, former = _before(words[:start])
    title = words[: len(words) - len(rest)] if direct or not rest else [w for w in words if w not in (holder or "").split()]
    head = " ".join(_key(w) for w in words[start : start + size])
    head = load_table("offices")["short"]["rows"].get(head, head)
    return Office(title=" ".join(title), head=head, kind=kind, before=before, after=after, holder=holder, former=former, place=place)


def _is_spokesman(words: list[str], link: int, start: int, size: int) -> bool:
    """Whether the phrase ends in the spokesman of a body whose name has the link: "a Department of Health spokesman"."""
    named = is_proper(words[link - 1]) and is_proper(words[link + 1])
    return named and start + size == len(words) and _key(words[start]).startswith("spokes")


def _unheld(words: list[str], found: list[tuple[int, int, OfficeClass]]) -> tuple[int, int, OfficeClass]:
    """The last office before the first link ("counsel and vice president at the bank"), else the first."""
    ending = (h for h in found if h[0] + h[1] == len(words) or _is_link(words[h[0] + h[1]]))
    return next(ending, found[0])


def _heads(words: list[str]) -> list[tuple[int, int, OfficeClass]]:
    """First word, size and class of each office among the words, the longest at each place, in order."""
    found: list[tuple[int, int, OfficeClass]] = []
    place = 0
    while place < len(words):
        longest = _LONGEST if _key(words[place]) in _ends_of_offices()[0] else 0
        for size in range(min(longest, len(words) - place), 0, -1):
            kind = _class_of(" ".join(words[place : place + size]))
            if kind:
                found.append((place, size, kind))
                place += size - 1
                break
        place += 1
    # "Deputy Foreign Minister": what only qualifies the next office is no office of its own
    return [h for n, h in enumerate(found) if n + 1 == len(found) or found[n + 1][0] != h[0] + h[1]]


def _name_start(words: list[str]) -> int:
    """Where the name words begin that end the segment, offices and ranks not among them; its length where it ends in none."""
    place = len(words)
    while place and _is_name_word(words[place - 1], last=place == len(words)) and not _ends_office(words, place):
        place -= 1
    while place < len(words) and (_key(words[place]) in _table("name_parts", "particles") and not is_proper(words[place])):
        place += 1
    return place


def _ends_office(words: list[str], place: int) -> bool:
    """Whether an office of the table ends before word `place`."""
    if _key(words[place - 1]) not in _ends_of_offices()[1]:
        return False
    return any(_class_of(" ".join(words[place - size : place])) for size in range(1, min(_LONGEST, place) + 1))


def _all_ranks(words: list[str]) -> bool:
    ranks, honorifics = _table("ranks", "words"), _table("honorifics", "words")
    return all(_key(w) in ranks or _key(w) in honorifics for w in words)


def _after(text: str) -> tuple[str, str | None]:
    """What follows "of": the owner, or a ministry's topic and then the holder ("of Internal Security Diego Fuentes")."""
    topics = _topics()
    words = undetermined(text).split()
    for size in range(len(words) - 1, 0, -1):
        named = " ".join(words[size:])
        if " ".join(words[:size]).casefold() in topics and not is_organisation(named) and (name := person_name(named)):
            return " ".join(words[:size]), name
    mention = leading_state(words)
    named = " ".join(words[mention.size :]) if mention else ""
    if mention and named and not is_organisation(named) and (name := person_name(named)):
        return " ".join(words[: mention.size]), name
    return " ".join(words), None


def _before(words: list[str]) -> tuple[str, bool]:
    """The owner before an office without modifiers, and whether the office is a past one."""
    gone = _table("former", "words")
    former = any(_key(w) in gone or w.casefold().startswith("ex-") for w in words)
    kept = [w for w in words if _key(w) not in gone]
    while kept and _key(kept[-1]) in _table("modifiers", "words"):
        kept.pop()
    while kept and kept[0].islower() and _key(kept[0]) in _table("modifiers", "words"):
        kept.pop(0)
    return " ".join(kept), former


def _is_link(word: str) -> bool:
    return word.casefold() in _LINKS


def _with_holder(office: Office, segments: list[str], place: int) -> Office:
    """The holder named beside the office: before it ("Koo, a spokesman") or after it ("the spokesman, Koo")."""
    rest = [*segments[:place][::-1], *segments[place + 1 : place + 2]]
    for number, segment in enumerate(rest):
        named = undetermined(segment).strip()
        holder = person_name(named) or (_member_name(named) if number >= place else None)
        if holder and (" " in holder or place > 0) and not is_organisation(holder):
            return replace(office, holder=holder)
    return office


def _member_name(segment: str) -> str | None:
    """The person of an apposition that adds where the holder works: "a health official, Dr. Ida Holm of the Nordland Institute"."""
    words = segment.split()
    link = next((n for n, word in enumerate(words) if n and _is_link(word)), None)
    holder = person_name(" ".join(words[:link])) if link else None
    return holder if holder and " " in holder else None


def _without_titles(words: list[str]) -> list[str]:
    titles = _titles()
    service = len(words) > 2 and _key(words[0]) in _table("ranks", "words") and _key(words[1]) in _table("ranks", "start")  # noqa: PLR2004 - "Army Gen. Milley"
    start = 1 if service else 0
    while start < len(words) - 1 and (_key(words[start]) in titles or (start and _key(words[start]) in _table("ranks", "words"))):
        start += 1
    return words[start:]


def _is_name(words: list[str]) -> bool:
    return all(_is_name_word(w, last=place == len(words) - 1) for place, w in enumerate(words)) and is_proper(words[-1])


def _is_name_word(word: str, *, last: bool) -> bool:
    key = _key(word)
    if key in _table("name_parts", "particles"):
        return not last
    if word.endswith(",") and not last:
        return False
    return is_proper(word) and "'s" not in word and not word.endswith("'") and any(c.isalpha() for c in word)


def _is_initial(word: str) -> bool:
    return len(word) == len("A.") and word[1] == "." and "A" <= word[0] <= "Z"


@functools.lru_cache(maxsize=16_384)
def _key(word: str) -> str:
    return word.casefold().strip(".,;:\"'")


@functools.lru_cache(maxsize=8192)
def _class_of(words: str) -> OfficeClass | None:
    key = " ".join(_key(w) for w in words.split())
    key = load_table("offices")["short"]["rows"].get(key, key)
    return _classes().get(key)


@functools.cache
def _ends_of_offices() -> tuple[frozenset[str], frozenset[str]]:
    """The words that offices of the table begin with, and those they end in; most words do neither."""
    names = [*_classes(), *load_table("offices")["short"]["rows"]]
    return frozenset(name.split()[0] for name in names), frozenset(name.split()[-1] for name in names)


@functools.cache
def _classes() -> dict[str, OfficeClass]:
    kinds: tuple[OfficeClass, ...] = ("private", "place", "owner", "state")
    return {word: kind for kind in kinds for word in load_table("offices")[kind]["words"]}


@functools.cache
def _topics() -> frozenset[str]:
    """The topics of ministries."""
    return frozenset(word for words in load_table("bodies")["ministries"]["rows"].values() for word in words)


@functools.cache
def _titles() -> frozenset[str]:
    """What a name may be printed with before it."""
    return _table("honorifics", "words") | _table("ranks", "start")


@functools.cache
def _table(section: str, field: str) -> frozenset[str]:
    return frozenset(load_table("offices")[section][field])
