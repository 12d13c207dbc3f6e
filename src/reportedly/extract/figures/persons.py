"""Tells which words of a parse stand for one person: an indefinite noun, a name, an age, a pronoun."""

import functools
import re
from dataclasses import dataclass, field

from reportedly.extract.parse.tokens import Token
from reportedly.language.naming.names import name_actor
from reportedly.language.numerals.counted import class_of, is_human
from reportedly.language.numerals.measures import measures_of, row
from reportedly.language.tables import load_table
from reportedly.language.times.words import names_date

_HEADLINE = 3
"""How far into a sentence a headline may name its person without an article."""

_LONGEST_NAME = 5
"""No name of a person has more words."""

_BLOW = 5
"""How many words behind a blow its bullet may stand."""

_LOOKS = 20
"""How many places of a word are looked at."""

_BESIDE = 40
"""How many characters before a word may belong to the same name."""

_AGED = re.compile(r"(?: Jr\.?| Sr\.?)?, \d\d?[,.;]")
_NAME_BEFORE = re.compile(r"[A-Z][\w'\u2019-]+ (?:[A-Z]\. )?$")
_NAME_BEHIND = re.compile(r" [A-Z][\w'\u2019-]+")

_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "poss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """The words of an article in which a lone surname or first name is looked up.

    Attributes:
        text: the article's characters.
        headline: whether a headline is being read, which names people without an article.
        known: words asked about so far, each with whether a fuller name of a person holds it.
    """

    text: str
    headline: bool = False
    known: dict[str, bool] = field(default_factory=dict)

    def holds(self, word: str) -> bool:
        """Whether the article names a person in full by a name that begins or ends with this word."""
        if word not in self.known:
            self.known[word] = self._named(word)
        return self.known[word]

    def _named(self, word: str) -> bool:
        place = -1
        for _ in range(_LOOKS):
            place = self.text.find(word, place + 1)
            if place < 0:
                return False
            end = place + len(word)
            whole = not self.text[place - 1 : place].isalnum() and not self.text[end : end + 1].isalnum()
            if whole and self._is_name_at(place, end):
                return True
        return False

    def _is_name_at(self, start: int, end: int) -> bool:
        """Whether the word at a place is told as a person: with an age, or within a name of two words or more."""
        before = self.text[max(0, start - _BESIDE) : start]
        if before.endswith("year-old ") or _AGED.match(self.text, end):
            return True
        earlier, later = _NAME_BEFORE.search(before), _NAME_BEHIND.match(self.text, end)
        names = [earlier.group() + self.text[start:end] if earlier else "", self.text[start:end] + later.group() if later else ""]
        return any(name and name_actor(name).kind == "person" for name in names) and name_actor(self.text[start:end]).kind in {
            "person",
            "other",
        }


def is_one_person(token: Token, book: NameBook) -> bool:
    """Whether a token is the head of words for one person.

    Args:
        token: any token.
        book: the article's names.
    """
    if token.lower_ in rows("single", "reflexive"):
        return token.dep_ == "dobj"
    if is_aged(token):
        return _is_known(token) or book.headline or _opens(token.doc[max(0, token.i - 2)])
    if token.tag_ == "NNP":
        named = token.dep_ in _ROLES and not _is_known(token)
        return named and (is_named(token, book) or (book.headline and is_human(class_of(token.lower_))))
    if token.lower_ in rows("single", "another"):
        return token.dep_ in {"nsubj", "nsubjpass", "dobj"}
    told = token.dep_ == "appos" and is_indefinite(token) and is_named(token.head, book)  # "Ida Roe, 43, a teacher, also died"
    return token.tag_ == "NN" and not told and _is_person_noun(token, book)


def _is_person_noun(token: Token, book: NameBook) -> bool:
    if not (is_human(class_of(token.lower_)) or any(is_age(c) for c in token.children)):
        return False
    if measures_of("nouns", token.lemma_.lower()) or token.lower_ in rows("single", "abstract"):
        return False
    bare = not any(c.dep_ in {"det", "poss"} for c in token.children)
    return _is_known(token) or (bare and (book.headline or (token.text[:1].isupper() and _opens(token))))


def _is_known(token: Token) -> bool:
    """Whether an article or a possessive makes it one: `a man`, `the driver`, `her son`."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _determiners()) for c in token.children)


@functools.cache
def _determiners() -> frozenset[str]:
    return rows("single", "articles") | rows("single", "definite")


def is_bare(token: Token) -> bool:
    """`a man and child`: the article stands for both."""
    return token.tag_ == "NN" and is_human(class_of(token.lower_)) and not any(c.dep_ in {"det", "poss", "nummod"} for c in token.children)


def is_named(token: Token, book: NameBook) -> bool:
    """Whether a token is the last word of a person's name: of two words or more, or of one that the article gives in full elsewhere."""
    if token.tag_ != "NNP" or token.dep_ not in _ROLES or not token.text[:1].isupper():
        return False
    if token.dep_ != "poss" and any(c.tag_ == "POS" for c in token.doc[token.i + 1 : token.i + 2]):
        return False  # "killed Hezbollah's commander"
    words = name_tokens(token)
    if _names_no_person(words):
        return False
    if len(words) == 1:
        return book.holds(token.text) and not (names_date(token.text) and token.i + 1 < len(token.doc) and token.nbor().like_num)
    return len(words) <= _LONGEST_NAME and name_actor(" ".join(t.text for t in words)).kind == "person"


def _names_no_person(words: list[Token]) -> bool:
    """`Typhoon Amang`, `South Hill`; but `South Hill Senator Ida Roe` by the title, and `Lake Bell` who does or suffers something."""
    places = [place for place, t in enumerate(words[:-1]) if t.lower_ in rows("single", "no_persons")]
    if not places or any(is_human(class_of(t.lower_)) for t in words[places[-1] + 1 : -1]):
        return False
    two = len(words) == 2 and words[0].lower_ in rows("single", "first_names")  # noqa: PLR2004 - first name and surname
    return not (two and words[1].dep_ in {"nsubj", "nsubjpass"})


def name_tokens(token: Token) -> list[Token]:
    """The tokens of a name from its first word to its last, titles before it included."""
    first = token.i
    while first and token.doc[first - 1].tag_ == "NNP" and token.doc[first - 1].text[:1].isalpha() and not token.doc[first].is_sent_start:
        first -= 1
    return list(token.doc[first : token.i + 1])


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun for one person, as subject or object."""
    return token.tag_ == "PRP" and token.lower_ in rows("single", "pronouns") and token.dep_ in {"nsubj", "nsubjpass", "dobj"}


def is_aged(token: Token) -> bool:
    """`a 14-year-old`, standing for a person."""
    return is_age(token) and (token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"} or headline_word(token) is not None)


def headline_word(token: Token) -> Token | None:
    """The word behind an age that says what befell its bearer; None where it describes a noun as usual.

    Args:
        token: the last word of an age.
    """
    word = token.nbor() if token.i + 1 < len(token.doc) else None
    if word is None or not is_age(token) or token.dep_ not in {"amod", "compound", "nmod"} or word != token.head:
        return None
    rows = row("killed")
    hits = word.lower_ in rows["headline_hits"] and (word.lower_ in rows["struck_past"] or _by_bullet(word))
    return word if hits or word.lower_ in (*rows["headline_deaths"], *rows["headline_hurts"]) else None


def _by_bullet(word: Token) -> bool:
    return any(t.lower_ in row("killed")["struck_by"] for t in word.doc[word.i + 1 : word.i + 1 + _BLOW])


def is_age(token: Token) -> bool:
    """The last word of `14-year-old`."""
    place = token.i
    old = token.lower_ == "old" and place > 1 and bool({token.nbor(-2).lower_, token.nbor(-1).lower_} & {"year", "month"})
    return old or token.lower_ in {"year-old", "month-old"}


def is_indefinite(token: Token) -> bool:
    """Whether an indefinite article makes it somebody not told of before."""
    return any(c.lower_ in rows("single", "articles") for c in token.children if c.dep_ == "det")


def _opens(token: Token) -> bool:
    """Whether a token stands among the first of its sentence."""
    return any(t.is_sent_start for t in token.doc[max(0, token.i - _HEADLINE) : token.i + 1])


@functools.cache
def rows(section: str, key: str) -> frozenset[str]:
    """The words of a row of the shares table."""
    return frozenset(load_table("shares")[section][key])
