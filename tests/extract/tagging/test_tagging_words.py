import re

from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.words import Line, Quotation, Shape, Words, read_words, word_shape

TEXTS = st.text(alphabet=st.sampled_from("aB9é中_ \n\r\t.,'\"“”‘-"), max_size=60)


def quotation_of(words: Words) -> list[Quotation]:
    return [Quotation(state) for state in words.quotation.tolist()]


def one_by_one(words: Words, text: str) -> list[tuple[int, int]]:
    """Quotation and line of each word, by a plain walk from word to word."""
    found, opened = [], False
    for word in range(len(words)):
        before = text[words.ends[word - 1] if word else 0 : words.starts[word]]
        first = word == 0 or "\n" in before
        following = text[words.ends[word] : words.starts[word + 1]] if word + 1 < len(words) else "\n"
        opened = opened and not first
        form = words.forms[word]
        if form == "“" or (form == '"' and not opened):
            opened, state = True, Quotation.OPENING
        elif form == "”" or (form == '"' and opened):
            opened, state = False, Quotation.CLOSING
        else:
            state = Quotation.INSIDE if opened else Quotation.OUTSIDE
        found.append((int(state), int(first) * Line.FIRST + int("\n" in following) * Line.LAST))
    return found


@given(TEXTS)
def test_features_are_those_of_a_walk_from_word_to_word(text: str) -> None:
    """The arrays hold what a plain reading of the text gives, whatever marks and breaks it has."""
    words = read_words(text)
    assert list(zip(words.quotation.tolist(), words.line.tolist(), strict=True)) == one_by_one(words, text)


@given(TEXTS)
def test_words_cover_all_but_spaces(text: str) -> None:
    """Every character that is no space lies in exactly one word, and the offsets give the forms."""
    words = read_words(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == list(words.forms)
    assert "".join(words.forms) == re.sub(r"\s", "", text)


def test_quotation_is_forgotten_at_the_line() -> None:
    """A quotation that nobody closed ends with its line."""
    words = read_words("“Go home\nhe said")
    assert quotation_of(words) == [Quotation.OPENING, Quotation.INSIDE, Quotation.INSIDE, Quotation.OUTSIDE, Quotation.OUTSIDE]


def test_straight_marks_open_and_close_in_turn() -> None:
    """A straight mark opens where nothing is open and closes where something is."""
    assert quotation_of(read_words('"a"b')) == [Quotation.OPENING, Quotation.INSIDE, Quotation.CLOSING, Quotation.OUTSIDE]


def test_line_places() -> None:
    """A word knows whether it begins its line, ends it, or is alone in it; blank lines count for nothing."""
    words = read_words("\none two three\n\nfour\nfive six")
    assert words.line.tolist() == [Line.FIRST, Line.INSIDE, Line.LAST, Line.ONLY, Line.FIRST, Line.LAST]
    assert words.line_starts.tolist() == [0, 3, 4]


def test_shapes() -> None:
    """Letter case, digits and marks are told apart."""
    shapes = {
        "lower": Shape.LOWER,
        "Title": Shape.TITLE,
        "NATO": Shape.UPPER,
        "iOS": Shape.MIXED,
        "47": Shape.NUMBER,
        ",": Shape.MARK,
        "A": Shape.LETTER,
    }
    assert {form: word_shape(form) for form in shapes} == shapes


def test_empty_text_has_no_words() -> None:
    """Nothing and spaces give empty arrays."""
    assert len(read_words("")) == len(read_words(" \n\t")) == 0
