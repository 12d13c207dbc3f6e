"""The noun phrase around a quantity: which tokens it is, what it counts, how far its words reach."""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.figures.quantities import Quantity
from reportedly.extract.parse.tokens import Doc, Token
from reportedly.language.numerals.counted import class_of
from reportedly.language.numerals.measures import is_money
from reportedly.language.tables import load_table

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INSIDE = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "POS", "HYPH", "CD", "AFX", "FW", "RB", "RBR", "RBS"}) | _NOUNS
_JOINED = frozenset({"compound", "nmod", "amod", "poss", "case", "nummod", "advmod", "punct", "npadvmod"})
_LONGEST = 9
_LARGEST_KIND = 10
_JOINED_WORD = re.compile(r"[-\u2010\u2011](?P<word>[^\W\d_]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A quantity inside a parse.

    Attributes:
        quantity: the quantity, its places counted in the paragraph.
        first: its first token, qualifier included.
        number: the token of the numeral that hangs highest in the parse.
        head: the noun that is counted; None where the number stands alone.
        last: the last token of the phrase.
        start: first character in the paragraph.
        end: one past the last.
        text: the paragraph's characters (spaCy puts `doc.text` together anew each time).
        whole: the noun behind "of" ("2,000 of the soldiers"); None where there is none.
        attached: whether the number only describes the noun ("a 5-year war", "a 7.8-magnitude quake").
        more: whether `more`, `additional` or `another` stands in it.
        person: by what one person is counted without a numeral; None for a quantity and for nobody.
    """

    quantity: Quantity
    first: Token
    number: Token
    head: Token | None
    last: Token
    start: int
    end: int
    text: str
    whole: Token | None = None
    attached: bool = False
    more: bool = False
    person: Literal["noun", "name", "pronoun"] | None = None

    @property
    def doc(self) -> Doc:
        """The paragraph's parse."""
        return self.number.doc

    @property
    def top(self) -> Token:
        """The token by which the phrase hangs on the rest of its sentence."""
        if self.head is not None and not self.attached:
            return self.head
        return self.number

    @property
    def noun(self) -> Token | None:
        """What is counted: the noun itself, else the one behind "of"."""
        return self.head or self.whole


def read_phrase(doc: Doc, text: str, quantity: Quantity, limit: int, more_words: frozenset[str]) -> Phrase | None:
    """The phrase of a quantity.

    Args:
        doc: the paragraph's parse.
        text: its characters.
        quantity: the quantity, its places counted in the paragraph.
        limit: where the next quantity starts; the phrase ends before it.
        more_words: words that make an addition of it.

    Returns:
        The phrase; None where the quantity meets no token.
    """
    numeral = doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
    stretch = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if numeral is None or stretch is None or not len(numeral):
        return None
    tokens = _run(doc, stretch[-1].i + 1, limit)
    head = next((t for t in reversed(tokens) if t.tag_ in _NOUNS | {"VBZ"}), None)
    number = numeral.root
    attached = head is not None and _attached(text, quantity)
    whole = None if head is not None and not attached else _whole(doc, stretch[-1], tokens, limit, quantity)
    last = (
        head
        if head is not None and not attached
        else whole or (tokens[-1] if tokens and not attached and tokens[-1].lower_ in more_words else stretch[-1])
    )
    return Phrase(
        quantity=quantity,
        first=stretch[0],
        number=number,
        head=head,
        whole=whole,
        last=last,
        start=quantity.start,
        end=max(quantity.end, last.idx + len(last.text)),
        attached=attached,
        more=_adds(doc, quantity, (numeral.start, last.i + 1), more_words),
        text=text,
    )


def _adds(doc: Doc, quantity: Quantity, tokens: tuple[int, int], more_words: frozenset[str]) -> bool:
    """`3,000 more troops`, `another 20`; the `more` of "more than" and "or more" is a bound."""
    number, end = tokens
    behind = any(t.lower_ in more_words for t in doc[number:end] if not quantity.number_end <= t.idx < quantity.end)
    before = doc[max(0, number - 2) : number]
    return behind or any(t.lower_ in more_words - {"more"} for t in before)


def _run(doc: Doc, start: int, limit: int) -> list[Token]:
    """The words behind the number that belong to its noun phrase: modifiers, then nouns, ending with the head."""
    tokens: list[Token] = []
    for token in doc[start : start + _LONGEST]:
        if token.idx >= limit or token.is_sent_start or (token.tag_ not in _INSIDE and not _plural(tokens, token)):
            break
        beyond = any(t.tag_ == "NNS" for t in tokens) and token.lower_ in load_table("constructions")["phrase_ends"]["behind_nouns"]
        if beyond or token.lower_ in _ends() or _is_fate(token):
            break
        seen = any(t.tag_ in _NOUNS for t in tokens)
        if seen and token.tag_ != "VBZ" and not _continues(tokens, token):
            break
        tokens.append(token)
        if token.tag_ == "VBZ":
            break
    while tokens and tokens[-1].tag_ not in _NOUNS | {"VBZ"} and tokens[-1].lower_ not in {"more", "others"}:
        tokens.pop()
    return tokens


def _is_fate(token: Token) -> bool:
    """`and four hurt`: what befell them, where no noun follows."""
    following = token.nbor().tag_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in load_table("constructions")["phrase_ends"]["fates"] and following not in _NOUNS


def _plural(tokens: list[Token], token: Token) -> bool:
    """`four mountain passes`: a number wants a plural, where the tagger took it for a verb."""
    before = tokens[-1] if tokens else None
    close = token.tag_ == "VBZ" and token.text.endswith("s") and token.i + 1 < len(token.doc) and token.nbor().dep_ == "prep"
    return close and before is not None and before.tag_ == "NN" and class_of(before.lower_) is None and before.whitespace_ == " "


def _continues(tokens: list[Token], token: Token) -> bool:
    """Whether a word behind a noun is still before the head."""
    previous = tokens[-1]
    if token.tag_ in {"POS", "HYPH"} or previous.tag_ in {"POS", "HYPH"}:
        return True
    inner = previous.dep_ in _JOINED and previous.head.i >= token.i
    if token.tag_ in _NOUNS:
        return inner or (previous.tag_ in {"NN", "NNP"} and token.tag_ in {"NN", "NNS"} and previous.head.i >= token.i)
    return inner and token.tag_ in {"JJ", "VBN", "VBG"} and token.head.i > token.i


def _attached(text: str, quantity: Quantity) -> bool:
    """Whether a unit or a hyphen makes the number an adjective of the noun."""
    if quantity.unit is not None:
        return True
    return (joined := joined_word(text, quantity.end)) is not None and joined not in _sized("words")


def joined_word(text: str, end: int) -> str | None:
    """The word that a hyphen joins to a number, in lower case; None where none is joined, empty where no word follows the hyphen."""
    match = _JOINED_WORD.match(text, end)
    return None if match is None else match["word"].lower()


def names_kind(text: str, quantity: Quantity) -> bool:
    """Whether a small number in words and the word joined to it say of what kind a thing is: `a three-bed flat`."""
    if not quantity.word or quantity.unit is not None or quantity.ratio or quantity.low is None or quantity.low > _LARGEST_KIND:
        return False
    joined = joined_word(text, quantity.number_end)
    return bool(joined) and joined not in _sized("kinds_kept") and quantity.low == quantity.high


def _whole(doc: Doc, last: Token, run: list[Token], limit: int, quantity: Quantity) -> Token | None:
    """The noun behind "of" (behind "in", for money: "millions in debt")."""
    start = (run[-1].i if run else last.i) + 1
    if start >= len(doc) or doc[start].idx >= limit:
        return None
    links = {"of", "in"} if is_money(quantity.unit) and not run else {"of"}
    if doc[start].lower_ not in links:
        return None
    nouns = [t for t in doc[start + 1 : start + 1 + _LONGEST] if t.idx < limit]
    seen: list[Token] = []
    for token in nouns:
        if not seen and token.tag_ in {"DT", "PRP$", "PDT"}:
            continue
        if not seen and token.tag_ in {"PRP", "WP"}:
            return token
        named = any(t.tag_ in _NOUNS for t in seen)
        if token.tag_ not in _INSIDE or (named and not _continues(seen, token)):
            break
        seen.append(token)
    return next((t for t in reversed(seen) if t.tag_ in _NOUNS), None)


@functools.cache
def _sized(key: str) -> frozenset[str]:
    return frozenset(load_table("constructions")["sized"][key])


@functools.cache
def _ends() -> frozenset[str]:
    return frozenset(load_table("constructions")["phrase_ends"]["words"])
