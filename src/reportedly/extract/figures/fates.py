"""What became of single persons whom an article tells of more than once: shot in one sentence, dead in a later one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.figures.persons import is_age, name_tokens, rows
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.measures import row
from reportedly.language.tables import load_table
from reportedly.model import Figure

_NEAR = 2
"""Paragraphs back to whom a pronoun may take up."""

_AGE_BEHIND = re.compile(r",? \(?(?:age[ds]? )?(?P<age>\d{1,3})(?:[,.;)]|$)")
_AGE = re.compile(r"(?P<age>\d{1,3})[- ](?:year|month)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """One person whom a figure counts.

    Attributes:
        paragraph: the figure's paragraph.
        place: its place among the figures of the paragraph.
        noun: the noun in lower case; empty for a name or a pronoun.
        names: the words of the name; empty for a noun or a pronoun.
        age: as printed; empty where not told.
        pronoun: whether a pronoun stands for the person.
        figure: the figure.
    """

    paragraph: int
    place: int
    noun: str
    names: frozenset[str]
    age: str
    pronoun: bool
    figure: Figure


def settle_fates(parsed: ParsedArticle, figures: Sequence[Sequence[Figure]], phrases: Sequence[Sequence[Phrase]]) -> list[list[Figure]]:
    """The figures of an article with the fate of each single person made one.

    Whoever is hit by a bullet is a composite until the article tells more: where it tells of no death, an injured one; where the
    dead are other persons, likewise. Who is called injured and may be, or is, one of the dead is a composite. A pronoun counts
    somebody only where the article counts nobody else by that measure.

    Args:
        parsed: the article.
        figures: its figures, paragraph by paragraph.
        phrases: their phrases, alike.

    Returns:
        The figures in the same order, some with another measure, without the pronouns that count nobody new.
    """
    if not any(figures):
        return [list(paragraph) for paragraph in figures]
    deadly = _tells_of_death(parsed)
    persons = list(_persons(figures, phrases))
    dead = [_antecedent(p, persons) for p in persons if p.figure.measure == "killed" and p.figure.reality == "actual"]
    others_died = _counts_more_dead(figures)
    settled = [list(paragraph) for paragraph in figures]
    for person in persons:
        measure = _fate(person, dead, others_died=others_died)
        settled[person.paragraph][person.place] = replace(person.figure, measure=measure)
    if not deadly:
        settled = [[_survived(figure) for figure in paragraph] for paragraph in settled]
    return _without_pronouns(settled, persons)


def _fate(person: _Person, dead: Sequence[_Person], *, others_died: bool) -> str:
    """The measure of a person's figure in the light of who died."""
    measure = person.figure.measure
    if measure not in {"injured", "killed_or_injured"} or not dead or person.pronoun:
        return measure
    known = [_same(person, one) for one in dead]
    if measure == "injured":
        vital = person.figure.verb in _struck_verbs()
        return "killed_or_injured" if True in known or (vital and None in known and person.figure.verb == "shoot") else measure
    return "injured" if all(same is False for same in known) and not others_died and person.figure.verb in _struck_verbs() else measure


def _same(one: _Person, other: _Person) -> bool | None:
    """Whether two figures count the same person; None where the words leave it open."""
    if one.names and other.names:
        return bool(one.names & other.names)
    if one.age and other.age:
        return one.age == other.age
    kinds = {_gender(one.noun), _gender(other.noun)} - {""}
    if len(kinds) > 1:
        return False
    if one.noun and one.noun == other.noun:
        return True
    return None


def _gender(noun: str) -> str:
    return next((kind for kind in ("male", "female") if noun in rows("single", kind)), "")


def _antecedent(person: _Person, persons: Sequence[_Person]) -> _Person:
    """Whom a pronoun takes up: the nearest person counted before it, as far as the words tell."""
    if not person.pronoun:
        return person
    before = [p for p in persons if (p.paragraph, p.place) < (person.paragraph, person.place) and not p.pronoun]
    near = before[-1] if before and person.paragraph - before[-1].paragraph <= _NEAR else None
    return person if near is None else near


def _persons(figures: Sequence[Sequence[Figure]], phrases: Sequence[Sequence[Phrase]]) -> Iterator[_Person]:
    for paragraph, here in enumerate(figures):
        for place, figure in enumerate(here):
            phrase = phrases[paragraph][place]
            if phrase.person is None or figure.low != 1 or figure.high != 1:
                continue
            head = phrase.number
            yield _Person(
                paragraph=paragraph,
                place=place,
                noun=head.lemma_.lower() if phrase.person == "noun" else "",
                names=frozenset(t.text for t in name_tokens(head) if len(t.text) > 1) if phrase.person == "name" else frozenset(),
                age=_age(phrase, head),
                pronoun=phrase.person == "pronoun",
                figure=figure,
            )


def _age(phrase: Phrase, head: Token) -> str:
    old = head if is_age(head) else next((c for c in head.children if is_age(c)), None)
    if old is not None:
        words = phrase.text[max(0, old.idx - len("100-months-")) : old.idx + len(old.text)]
        match = list(_AGE.finditer(words))
        return match[-1]["age"] if match else ""
    behind = _AGE_BEHIND.match(phrase.text, phrase.end)
    return behind["age"] if behind else ""


def _counts_more_dead(figures: Sequence[Sequence[Figure]]) -> bool:
    """Whether some figure counts several dead, who may be any of those told of."""
    return any(
        figure.measure == "killed" and (figure.low is None or figure.low > 1) and figure.high != 0 for here in figures for figure in here
    )


def _tells_of_death(parsed: ParsedArticle) -> bool:
    """Whether any word of an article tells of a death; a homicide unit and a charge of attempted murder tell of none."""
    rows_of = row("killed")
    words, no_death = frozenset(rows_of["death_words"]), frozenset(rows_of["no_death"])
    text = " ".join(re.findall(r"[^\W\d_]+", parsed.text[parsed.passages[0].start : parsed.passages[-1].end].lower())).split()
    return any(
        word in words and not {f"{text[k - 1]} {word}" if k else "", f"{word} {text[k + 1]}" if k + 1 < len(text) else ""} & no_death
        for k, word in enumerate(text)
    )


def _survived(figure: Figure) -> Figure:
    """People hit by bullets are injured where their article tells of no death at all."""
    if figure.verb in _struck_verbs() and figure.measure == "killed_or_injured":
        return replace(figure, measure="injured")
    return figure


def _struck_verbs() -> frozenset[str]:
    return frozenset(row("killed")["struck_verbs"] + row("killed")["struck_by_verbs"])


def _without_pronouns(figures: Sequence[Sequence[Figure]], persons: Sequence[_Person]) -> list[list[Figure]]:
    """The figures without the pronouns whose measure another figure counts by, or an earlier pronoun."""
    pronouns = {(p.paragraph, p.place) for p in persons if p.pronoun}
    seen = {f.measure for n, here in enumerate(figures) for k, f in enumerate(here) if (n, k) not in pronouns}
    kept: list[list[Figure]] = []
    for number, here in enumerate(figures):
        places = []
        for place, figure in enumerate(here):
            if (number, place) not in pronouns:
                places.append(place)
            elif figure.measure not in seen and figure.measure in load_table("shares")["single"]["pronoun_measures"]:
                seen.add(figure.measure)
                places.append(place)
        moved = {old: new for new, old in enumerate(places)}
        kept.append([_renumbered(here[old], moved) for old in places])
    return kept


def _renumbered(figure: Figure, moved: Mapping[int, int]) -> Figure:
    return figure if figure.of is None else replace(figure, of=moved.get(figure.of))
