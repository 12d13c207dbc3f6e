"""The tokens of a parsed paragraph and its tree, in plain Python.

Rules look at every token of an article many times, and each look at a token of the parser's own makes an object or asks its store
of strings anew. So a paragraph's parse is read once into these, whose attributes are plain values and whose children are at hand.
Their names are spaCy's.
"""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, overload

Alignment = Literal["expand", "contract"]

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr", "oprd", "pobj", "pcomp", "appos", "ROOT"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_OPENING = frozenset({"“", "``"})
_MARKS = _OPENING | {"”", "''", '"'}  # of quotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is the same wherever a word stands with the same tag and label.

    Attributes:
        text: the characters.
        lower: the characters in lower case.
        tag: the fine part of speech (Penn Treebank).
        dep: the label of its dependency (ClearNLP).
        pos: the coarse part of speech (Universal Dependencies).
        lemma: the base form.
        is_punct: whether all characters are punctuation.
        is_space: whether all characters are white space.
        is_alpha: whether all characters are letters.
        is_quote: whether it is a quotation mark.
        like_num: whether it is written as a number or is a number word.
    """

    text: str
    lower: str
    tag: str
    dep: str
    pos: str
    lemma: str
    is_punct: bool
    is_space: bool
    is_alpha: bool
    is_quote: bool
    like_num: bool


class Token:
    """A token in its paragraph: a word with a place and a head.

    Attributes:
        doc: its paragraph.
        i: its place among the paragraph's tokens.
        idx: its first character in the paragraph, in code points.
        text: its characters.
        lower_: its characters in lower case.
        tag_: fine part of speech.
        pos_: coarse part of speech.
        dep_: label of the dependency on its head.
        lemma_: base form.
        whitespace_: the blank behind it, else nothing.
        is_sent_start: whether a sentence begins with it; None where the parser does not say.
        head: the token it hangs on; itself at the root of a sentence.
        children: the tokens that hang on it, in text order.
        left_edge: the first of all tokens below it, itself among them.
        right_edge: the last of them.
    """

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_sent_start",
        "left_edge",
        "lemma_",
        "lower_",
        "pos_",
        "right_edge",
        "tag_",
        "text",
        "whitespace_",
        "word",
    )

    def __init__(self, doc: "Doc", i: int, idx: int, word: Word, *, blank: bool, start: bool | None) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.word = word
        self.text = word.text
        self.lower_ = word.lower
        self.tag_ = word.tag
        self.pos_ = word.pos
        self.dep_ = word.dep
        self.lemma_ = word.lemma
        self.whitespace_ = " " if blank else ""
        self.is_sent_start = start
        self.head: Token = self
        self.children: Sequence[Token] = ()
        self.left_edge: Token = self
        self.right_edge: Token = self
        self._subtree: Sequence[Token] | None = None

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.tag_} {self.dep_}>"

    @property
    def text_with_ws(self) -> str:
        """Its characters and the blank behind it."""
        return self.text + self.whitespace_

    @property
    def is_punct(self) -> bool:
        """Whether all its characters are punctuation."""
        return self.word.is_punct

    @property
    def is_space(self) -> bool:
        """Whether all its characters are white space."""
        return self.word.is_space

    @property
    def is_alpha(self) -> bool:
        """Whether all its characters are letters."""
        return self.word.is_alpha

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.word.is_quote

    @property
    def like_num(self) -> bool:
        """Whether it is written as a number or is a number word."""
        return self.word.like_num

    @property
    def sent(self) -> "TokenSpan":
        """The sentence it stands in."""
        return self.doc.sentence_of(self.i)

    @property
    def subtree(self) -> Sequence["Token"]:
        """Itself and all tokens below it, each between those below it on its left and on its right: the order of the text."""
        if self._subtree is None:
            self._subtree = self.doc.below(self) if self.children else (self,)
        return self._subtree

    @property
    def ancestors(self) -> Iterator["Token"]:
        """Its head, the head of that, and so on up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple["Token", ...]:
        """The tokens coordinated with it, itself left out."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found += [child for child in token.children if child.dep_ == "conj" and child.i > token.i]
        return tuple(token for token in found if token is not self)

    def nbor(self, distance: int = 1) -> "Token":
        """The token `distance` places on, or back where it is negative.

        Raises:
            IndexError: the paragraph ends before.
        """
        place = self.i + distance
        if place < 0:
            raise IndexError(place)
        return self.doc.tokens[place]


class TokenSpan:
    """Neighbouring tokens of a paragraph.

    Attributes:
        doc: the paragraph.
        start: place of the first token.
        end: one past the place of the last.
    """

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: "Doc", start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> "TokenSpan": ...
    def __getitem__(self, place: int | slice) -> "Token | TokenSpan":
        if isinstance(place, slice):
            start, end = _bounds(place, len(self))
            return TokenSpan(self.doc, self.start + start, self.start + end)
        at = (self.end if place < 0 else self.start) + place
        if not self.start <= at < self.end:
            raise IndexError(place)
        return self.doc.tokens[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TokenSpan) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __repr__(self) -> str:
        return f"<{self.start}:{self.end} {self.text}>"

    @property
    def start_char(self) -> int:
        """First character in the paragraph, in code points."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc.tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """One past the last character, the blank behind it left out."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The characters."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence, the first of several."""
        tokens = self.doc.tokens[self.start : self.end]
        for token in tokens:
            if token.head is token:
                return token
        tops = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(tops, key=_depth, default=tokens[0])

    @property
    def sent(self) -> "TokenSpan":
        """The sentence that its first token stands in."""
        return self.doc.sentence_of(self.start)


Placed = tuple[Word, int, bool, bool | None]
"""A word, the place of its head (its own at the root of a sentence), whether a blank stands behind it, and whether a sentence begins with
it (None where the parser does not say)."""


class Doc:
    """A paragraph's tokens.

    Args:
        text: the paragraph's characters; the tokens stand in it in order, with nothing but blanks between.
        placed: its tokens in order.
        printed: what the document has in the place of `text`, character by character.
        verbs: the base forms of the verbs that the pipeline's lemmatiser knows.

    Attributes:
        length: one past the last token's last character, the blank behind it taken in.
    """

    __slots__ = ("_chunks", "_idxs", "_quoted", "_sentences", "_whole", "length", "printed", "text", "tokens", "verbs")

    def __init__(self, text: str, placed: Iterable[Placed], *, printed: str, verbs: AbstractSet[str] = frozenset()) -> None:
        self.text = text
        self.printed = printed
        self.verbs = verbs
        self.tokens: list[Token] = []
        self._idxs: list[int] = []
        self._sentences: list[TokenSpan] | None = None
        self._chunks: list[TokenSpan] | None = None
        self._whole: list[bool] | None = None
        self._quoted: frozenset[int] | None = None
        idx = 0
        heads: list[int] = []
        for i, (word, head, blank, start) in enumerate(placed):
            idx = text.index(word.text, idx)
            self.tokens.append(Token(self, i, idx, word, blank=blank, start=start))
            self._idxs.append(idx)
            idx += len(word.text) + blank
            heads.append(head)
        self.length = idx
        _link(self.tokens, heads)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> TokenSpan: ...
    def __getitem__(self, place: int | slice) -> Token | TokenSpan:
        if isinstance(place, slice):
            return TokenSpan(self, *_bounds(place, len(self.tokens)))
        return self.tokens[place]

    @property
    def sents(self) -> list[TokenSpan]:
        """The sentences in order."""
        return list(dict.fromkeys(self._sentence_list()))

    def sentence_of(self, place: int) -> TokenSpan:
        """The sentence that the token at `place` stands in."""
        return self._sentence_list()[place]

    @property
    def quoted(self) -> frozenset[int]:
        """The places of the tokens inside quotation marks; a mark that nothing closes counts to the paragraph's end."""
        if self._quoted is None:
            self._quoted = frozenset(_quoted(self.tokens))
        return self._quoted

    @property
    def noun_chunks(self) -> list[TokenSpan]:
        """The base noun phrases in order: a noun or pronoun with what stands before it, none inside another."""
        if self._chunks is None:
            self._chunks = list(_noun_chunks(self))
        return self._chunks

    def char_span(self, start: int, end: int, alignment_mode: Alignment) -> TokenSpan | None:
        """The tokens between two characters.

        Args:
            start: first character, in code points from the paragraph's start.
            end: one past the last.
            alignment_mode: `expand` takes tokens that lie partly inside, `contract` only whole ones.

        Returns:
            The tokens; None where a character lies outside the paragraph, or where no token lies wholly inside.
        """
        if not (0 <= start < len(self.text) and 0 < end <= len(self.text)):
            return None
        first = self.tokens[bisect.bisect_right(self._idxs, start) - 1]
        last = self.tokens[bisect.bisect_right(self._idxs, end - 1) - 1]
        begin, stop = first.i, last.i + 1
        if alignment_mode == "contract":
            begin += first.idx < start
            stop -= end < last.idx + len(last.text)
            if stop <= begin:
                return None
        else:
            begin += start >= first.idx + len(first.text)  # the blank behind a token is no part of it
        return TokenSpan(self, begin, stop) if begin <= stop else None

    def below(self, top: Token) -> Sequence[Token]:
        """A token and those below it: the tokens between its edges, unless arcs cross."""
        if self._whole is None:
            self._whole = _whole(self.tokens)
        return tuple(self.tokens[top.left_edge.i : top.right_edge.i + 1]) if self._whole[top.i] else _below(top)

    def _sentence_list(self) -> list[TokenSpan]:
        """For each token its sentence."""
        if self._sentences is None:
            begins = [0, *(token.i for token in self.tokens[1:] if token.is_sent_start), len(self.tokens)]
            spans = [TokenSpan(self, start, end) for start, end in itertools.pairwise(begins)]
            self._sentences = [span for span in spans for _ in range(len(span))]
        return self._sentences


def _quoted(tokens: Sequence[Token]) -> Iterator[int]:
    opened = False
    for token in tokens:
        text = token.text
        if text in _MARKS:
            opened = text in _OPENING or (text == '"' and not opened)
        elif opened:
            yield token.i


def _depth(token: Token) -> int:
    """How many tokens stand above it; marks and blanks with nothing below them come last of all."""
    if not token.children and (token.is_punct or token.is_space):
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _bounds(place: slice, length: int) -> tuple[int, int]:
    start, end, step = place.start, place.stop, place.step
    if step is None and type(start) is int and type(end) is int and 0 <= start <= end <= length:
        return start, end
    start, end, step = place.indices(length)
    if step != 1:
        raise ValueError(place)
    return start, max(start, end)


def _link(tokens: Sequence[Token], heads: Sequence[int]) -> None:
    """Sets heads, children and edges."""
    children: list[list[Token]] = [[] for _ in tokens]
    for token, place in zip(tokens, heads, strict=True):
        if place != token.i:
            token.head = tokens[place]
            children[place].append(token)
    for token, below in zip(tokens, children, strict=True):
        if below:
            token.children = tuple(below)
    changed = True
    while changed:  # once over for a tree without crossing arcs, and once more to see it
        changed = _widen(tokens) | _widen(tokens[::-1])


def _widen(tokens: Sequence[Token]) -> bool:
    changed = False
    for token in tokens:
        head = token.head
        if token.left_edge.i < head.left_edge.i:
            head.left_edge = token.left_edge
            changed = True
        if token.right_edge.i > head.right_edge.i:
            head.right_edge = token.right_edge
            changed = True
    return changed


def _whole(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether all tokens between its edges stand below it, and so on for each of those."""
    sizes = [1] * len(tokens)
    whole = [True] * len(tokens)
    waiting = [len(token.children) for token in tokens]
    for leaf in tokens:
        token = leaf
        while waiting[token.i] == 0:
            i, head = token.i, token.head
            waiting[i] = -1  # it is counted
            whole[i] = whole[i] and sizes[i] == token.right_edge.i - token.left_edge.i + 1
            if head is not token:
                sizes[head.i] += sizes[i]
                whole[head.i] = whole[head.i] and whole[i]
                waiting[head.i] -= 1
                token = head
    return whole


def _below(top: Token) -> Sequence[Token]:
    """A token and those below it, without recursion, which a long chain of heads would break."""
    found: list[Token] = []
    waiting: list[tuple[Token, bool]] = [(top, False)]
    while waiting:
        token, opened = waiting.pop()
        if opened or not token.children:
            found.append(token)
            continue
        left = [(child, False) for child in token.children if child.i < token.i]
        right = [(child, False) for child in token.children if child.i > token.i]
        waiting += [*reversed(right), (token, True), *reversed(left)]
    return tuple(found)


def _noun_chunks(doc: Doc) -> Iterator[TokenSpan]:
    reached = -1
    for token in doc.tokens:
        if token.pos_ in _NOMINAL and token.left_edge.i > reached and _is_argument(token):
            reached = token.i
            yield TokenSpan(doc, token.left_edge.i, token.i + 1)


def _is_argument(token: Token) -> bool:
    """Whether a noun is an argument, or coordinated with one."""
    if token.dep_ == "conj":
        token = token.head
        while token.dep_ == "conj" and token.head.i < token.i:
            token = token.head
    return token.dep_ in _ARGUMENTS
