import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import MissingModelError
from reportedly.extract.parse.parsing import LONGEST, LONGEST_SENTENCE, LONGEST_WORD, SECTION, parse, parse_sections
from reportedly.model import Article, Passage


def whole(text: str, dateline: str | None = None) -> Article:
    """An article that is all of a text."""
    return Article(document="a.txt", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), dateline=dateline)


def test_each_line_is_a_paragraph_at_its_place() -> None:
    """Blank lines and white space round a line fall away; places stay the document's."""
    text = "  First line. \r\n\n\tSecond line.\n"
    parsed = parse(text, whole(text))
    assert [(p.start, p.end, text[p.start : p.end]) for p in parsed.passages] == [(2, 13, "First line."), (18, 30, "Second line.")]


def test_what_a_page_sets_before_a_paragraph_is_no_word_of_it() -> None:
    """The time of a live page's entry and an agency's initials stand outside; "(Lind) rose" and a score stay."""
    lines = [
        "18:40 - Premier Ida Lind says the fire has grown.",
        "(ANSA) - CROTONE, FEB 27 - The boat sank.",
        "3:2 was the score.",
        "(Lind) rose.",
    ]
    text = "\n\n".join(lines)
    words = [p.doc.text for p in parse(text, whole(text)).passages]
    assert words == ["Premier Ida Lind says the fire has grown.", "The boat sank.", "3:2 was the score.", "(Lind) rose."]


def test_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    """No piece is longer than the limit, none begins inside a sentence, nothing is lost."""
    text = "The river rose again. " * (LONGEST // 10)
    pieces = parse(text, whole(text)).passages
    assert all(p.end - p.start <= LONGEST and p.doc.text.startswith("The") and p.doc.text.endswith(".") for p in pieces)
    assert "".join(p.doc.text for p in pieces).replace(" ", "") == text.replace(" ", "")


def test_words_without_the_end_of_a_sentence_are_cut() -> None:
    """What has no end of a sentence for longer than any sentence is parsed in pieces; a long paragraph of sentences is not."""
    endless, sentences = "said " * LONGEST_SENTENCE, "The river rose again. " * (LONGEST_SENTENCE // 11)
    pieces = parse(endless, whole(endless)).passages
    assert len(pieces) > 1
    assert all(p.end - p.start <= LONGEST_SENTENCE and p.doc.text.startswith("said") and p.doc.text.endswith("said") for p in pieces)
    assert "".join(p.doc.text for p in pieces).replace(" ", "") == endless.replace(" ", "")
    assert len(parse(sentences, whole(sentences)).passages) == 1


def test_paragraph_without_any_space_is_cut_all_the_same() -> None:
    """A single word of great length cannot stall the parser."""
    text = "x" * (2 * LONGEST_WORD + 10)
    assert [p.end - p.start for p in parse(text, whole(text)).passages] == [LONGEST_WORD, LONGEST_WORD, 10]


def test_sections_hold_the_same_paragraphs_in_order() -> None:
    """An article that is read section by section loses and doubles nothing."""
    text = "The river rose.\n" * (SECTION // 12)
    sections = list(parse_sections(text, whole(text)))
    assert len(sections) > 1
    assert [p.start for s in sections for p in s.passages] == [p.start for p in parse(text, whole(text)).passages]


@pytest.mark.parametrize("dateline", [None, "OSLO, March 8 (NTW)"])
def test_dateline_is_left_out_of_the_parse(dateline: str | None) -> None:
    """The first sentence begins behind its dateline, whether the reader knew that or not."""
    text = "OSLO, March 8 (NTW) -- The king arrived."
    assert parse(text, whole(text, dateline)).passages[0].doc.text == "The king arrived."


def test_missing_pipeline_is_named() -> None:
    """A pipeline that is not installed ends the run with its name."""
    with pytest.raises(MissingModelError, match="no_such_pipeline"):
        parse("Words.", whole("Words."), pipeline="no_such_pipeline")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_paragraphs_are_the_text_at_their_places(text: str) -> None:
    """Combining marks, emoji, right-to-left text and odd line ends keep their places."""
    for passage in parse(text, whole(text)).passages:
        assert text[passage.start : passage.end] == passage.doc.printed
