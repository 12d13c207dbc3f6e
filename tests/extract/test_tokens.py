"""Plain tokens against the parser's own, which they stand for."""

import functools

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from reportedly.extract.parse.paragraph import Paragraph
from reportedly.extract.parse.parser import DEFAULT_PIPELINE, load_parser
from reportedly.extract.parse.parsing import LONGEST_WORD, parse
from reportedly.extract.parse.tokens import Doc, Placed, Token, Word
from reportedly.model import Article, Passage

TEXTS = (
    'The minister, who had denied it twice, said on Friday: "We didn\'t send 3,000 men." There is no proof, she added.',
    "Let's go, he told the crew, which wasn't gonna wait; rescuers, soldiers and two doctors from Bergen got the children out.",
    "  Odd   blanks\tand — dashes (in brackets), e.g. U.S.-made shells and the mayor's £1.5m house.  Y'all come on!",
    "Overloaded ferries sank off Larvik, officials of the coast guard said, citing reports that the owners knew and feared worse.",
)
ATTRIBUTES = ("text", "lower_", "tag_", "pos_", "dep_", "lemma_", "idx", "whitespace_", "is_sent_start", "is_punct", "is_space")
FLAGS = ("is_alpha", "is_quote", "like_num", "text_with_ws")


@functools.cache
def whole_pipeline() -> Language:
    """The pipeline with all that sets a part of speech or a base form."""
    return spacy.load(DEFAULT_PIPELINE, exclude=["ner"])


def both(text: str) -> tuple[SpacyDoc, Doc]:
    return whole_pipeline()(text), load_parser().parse([Paragraph.of(text)])[0]


def seen(token: object) -> dict[str, object]:
    return {name: getattr(token, name) for name in (*ATTRIBUTES, *FLAGS)}


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_say_what_the_parsers_say(text: str) -> None:
    """Every attribute is the parser's, although parts of speech and base forms are looked up once a word."""
    theirs, ours = both(text)
    assert [seen(token) for token in ours] == [seen(token) for token in theirs]


@pytest.mark.parametrize("text", TEXTS)
def test_tree_is_the_parsers(text: str) -> None:
    """Heads, children, edges, what lies below and above, coordination, sentences and noun phrases are the parser's."""
    theirs, ours = both(text)
    for own, other in zip(ours, theirs, strict=True):
        assert own.head.i == other.head.i
        assert (own.left_edge.i, own.right_edge.i) == (other.left_edge.i, other.right_edge.i)
        assert [t.i for t in own.children] == [t.i for t in other.children]
        assert [t.i for t in own.subtree] == [t.i for t in other.subtree]
        assert [t.i for t in own.ancestors] == [t.i for t in other.ancestors]
        assert [t.i for t in own.conjuncts] == [t.i for t in other.conjuncts]
        assert (own.sent.start, own.sent.end, own.sent.root.i) == (other.sent.start, other.sent.end, other.sent.root.i)
    assert [s.text for s in ours.sents] == [s.text for s in theirs.sents]
    assert [(c.start, c.end, c.root.i) for c in ours.noun_chunks] == [(c.start, c.end, c.root.i) for c in theirs.noun_chunks]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 130), st.integers(0, 130), st.sampled_from(("expand", "contract")))
def test_characters_give_the_parsers_tokens(text: str, start: int, size: int, mode: str) -> None:
    """Tokens that touch some characters, or lie wholly inside, are found as the parser finds them."""
    theirs, ours = both(text)
    end = min(len(text), start + 1 + size)
    if start >= end:
        return
    own = ours.char_span(start, end, "expand" if mode == "expand" else "contract")
    other = theirs.char_span(start, end, alignment_mode=mode)
    assert (None if own is None else (own.start, own.end)) == (None if other is None else (other.start, other.end))
    if own is not None and other is not None:
        assert (own.text, own.start_char, own.end_char) == (other.text, other.start_char, other.end_char)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(-40, 40), st.integers(-40, 40))
def test_slices_are_the_parsers(text: str, start: int, end: int) -> None:
    """A slice of tokens, whatever its ends, has the parser's tokens and root, and is sliced like it."""
    theirs, ours = both(text)
    own, other = ours[start:end], theirs[start:end]
    assert (own.start, own.end, len(own), own.text) == (other.start, other.end, len(other), other.text)
    if len(own):
        assert (own.root.i, own[-1].i, own[0].i) == (other.root.i, other[-1].i, other[0].i)
        assert own[1:].text == other[1:].text


def test_words_are_learned_once_and_alike_in_any_order() -> None:
    """What was read before changes nothing: the same paragraph gives the same words first, last and among others."""
    first = [seen(token) for token in both(TEXTS[0])[1]]
    for text in TEXTS[::-1]:
        both(text)
    assert [seen(token) for token in both(TEXTS[0])[1]] == first


def test_long_chain_of_heads_is_walked_without_recursion() -> None:
    """A tree as deep as a paragraph is long does not exhaust the stack."""
    word = Word(
        text="a", lower="a", tag="DT", dep="det", pos="DET", lemma="a", is_punct=False, is_space=False, is_alpha=True, is_quote=False,
        like_num=False,
    )  # fmt: skip
    placed: list[Placed] = [(word, max(0, i - 1), True, i == 0) for i in range(5_000)]
    doc = Doc("a " * 5_000, placed, printed="a " * 5_000)
    assert len(doc[0].subtree) == len(doc)
    assert doc[-1].left_edge is doc[-1]
    assert doc[0].right_edge is doc[-1]


def in_order(token: Token) -> list[int]:
    """Those below on the left, the token, those below on the right: the order that a subtree has, by its definition."""
    left = [i for child in token.children if child.i < token.i for i in in_order(child)]
    right = [i for child in token.children if child.i > token.i for i in in_order(child)]
    return [*left, token.i, *right]


@given(st.lists(st.integers(0, 11), min_size=12, max_size=12), st.permutations(range(12)))
def test_subtree_of_any_tree_is_in_its_order(above: list[int], order: list[int]) -> None:
    """Whether arcs cross or not, a subtree holds the tokens below, each between those on its left and on its right."""
    word = Word(
        text="a", lower="a", tag="NN", dep="dep", pos="NOUN", lemma="a", is_punct=False, is_space=False, is_alpha=True, is_quote=False,
        like_num=False,
    )  # fmt: skip
    heads = {token: order[above[rank] % rank] if rank else token for rank, token in enumerate(order)}
    doc = Doc("a " * 12, [(word, heads[i], True, i == 0) for i in range(12)], printed="a " * 12)
    assert [[t.i for t in token.subtree] for token in doc] == [in_order(token) for token in doc]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we left" and "stayed".', ["we", "left", "stayed"]),
        ("“No one came,” she said.", ["No", "one", "came", ","]),
        ('"We left, he said', ["We", "left", ",", "he", "said"]),
        ("Nobody spoke.", []),
    ],
)
def test_quoted_tokens_stand_between_marks(text: str, inside: list[str]) -> None:
    """Tokens between marks of quotation are told, curly or straight ones; what nothing closes runs to the paragraph's end."""
    _, ours = both(text)
    assert [ours[place].text for place in sorted(ours.quoted)] == inside


def test_a_token_before_the_paragraph_is_refused() -> None:
    """Looking back past the first token does not wrap round to the last."""
    first: Token = both(TEXTS[3])[1][0]
    with pytest.raises(IndexError):
        first.nbor(-1)


def test_wrapped_lines_are_one_paragraph_at_their_places() -> None:
    """A paragraph wrapped to a width is parsed as running text; its spans are the document's, breaks and all."""
    text = (
        "The harbour master of Larvik said on Monday that the ferry had been\r\n"
        "   overloaded when it left, and that the Norwegian Coast Guard had told\r\n"
        "   the owners to stop sailing."
    )
    article = Article(document="a.txt", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),))
    (passage,) = parse(text, article).passages
    assert [t.text for t in passage.doc if t.is_space] == []
    assert [text[t.idx : t.idx + len(t.text)] for t in passage.doc] == [t.text for t in passage.doc]
    assert len(list(passage.doc.sents)) == 1
    span = passage.span(passage.doc[11:14])
    assert text[span.start : span.end] == span.text


def test_time_grows_with_the_length_of_a_word_without_end() -> None:
    """A run of marks without a blank is cut, so no piece is longer than a word may be."""
    text = "'" * (20 * LONGEST_WORD)
    article = Article(document="a.txt", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),))
    assert max(p.end - p.start for p in parse(text, article).passages) == LONGEST_WORD
