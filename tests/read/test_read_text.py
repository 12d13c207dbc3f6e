"""Plain text: the decoded file is the text; what is no text gives a problem."""

import pytest

from reportedly.model import Reading, Sidecar, digest, document_id, text_digest
from reportedly.read import read_stream
from reportedly.read.readers.text import read_text

_REPORT = "Ferry sinks off Aland\n\nThe coast guard said on Monday that 12 people were rescued from the water.\n"


def _only(content: bytes, name: str = "a.txt") -> Reading:
    (reading,) = read_stream(content, name)
    return reading


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_no_line_end_is_translated(newline: str) -> None:
    """Offsets count the file's own characters, two for CRLF."""
    text = _REPORT.replace("\n", newline)
    reading = _only(text.encode())
    assert reading.text == text
    headline, body = reading.articles[0].passages
    assert text[headline.start : headline.end] == "Ferry sinks off Aland"
    assert text[body.start : body.end].startswith("The coast guard")


def test_a_byte_order_mark_is_character_nought() -> None:
    """The mark is part of the text and of no passage."""
    reading = _only(b"\xef\xbb\xbf" + _REPORT.encode())
    assert reading.text[0] == "\ufeff"
    assert reading.articles[0].passages[0].start == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_marked_encoding_is_read_without_a_guess(encoding: str) -> None:
    """A byte-order mark says how the file is encoded."""
    reading = _only(_REPORT.encode(encoding))
    assert reading.text.removeprefix("\ufeff") == _REPORT
    assert not reading.problems


@pytest.mark.parametrize(("text", "encoding"), [("It’s the minister’s word: “No deal.”", "cp1252"), (_REPORT, "utf-16-le")])
def test_an_unmarked_encoding_is_guessed_and_said_so(text: str, encoding: str) -> None:
    """The user learns that nothing said how the file was encoded."""
    reading = _only(text.encode(encoding))
    assert reading.text == text
    assert [problem.code for problem in reading.problems] == ["guessed-encoding"]


def test_a_broken_byte_in_utf_8_costs_one_character() -> None:
    """The rest of the file is read as what it is."""
    reading = _only("Łódź, Kraków, Gdańsk: 12 rannych żołnierzy — ".encode() + b"\xff" + b" said the army.")
    assert reading.text.startswith("Łódź")
    assert reading.text.count("\ufffd") == 1
    assert "guessed-encoding" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b" \r\n\t", "empty-file"), (b"\x00\x01\x02\x03" * 400, "binary-file"), (b"%PDF-1.7 ...", "binary-file")],
)
def test_what_holds_no_text_gives_a_problem_with_its_name(content: bytes, code: str) -> None:
    """Nothing is read, and the message says so."""
    reading = _only(content)
    assert reading.document is None
    assert [(problem.code, problem.document) for problem in reading.problems] == [(code, "a.txt")]


def test_the_same_bytes_from_two_outlets_are_two_documents_of_one_text() -> None:
    """A document's id depends on bytes, address and publisher; a text's digest on the text alone."""
    first = read_text(_REPORT.encode(), "a.txt", Sidecar(publisher="The Gazette")).document
    second = read_text(_REPORT.encode(), "b.txt", Sidecar(publisher="The Herald")).document
    assert first is not None
    assert second is not None
    assert first.id == document_id(digest(_REPORT.encode()), None, "The Gazette")
    assert first.id != second.id
    assert first.text_digest == second.text_digest == text_digest(_REPORT)


def test_a_very_long_text_is_kept_whole_and_not_split() -> None:
    """Fifty megabytes are read at once; the problem says that no article was read from them."""
    text = "The minister said that 12 people had died. " * 1_200_000
    reading = _only(text.encode())
    assert reading.document is not None
    assert reading.text == text
    assert not reading.articles
    assert [problem.code for problem in reading.problems] == ["too-large"]


def test_a_flash_of_a_few_words_is_a_report_too() -> None:
    """Nothing that is no furniture is lost for being short."""
    reading = _only(b"Ferry sinks")
    assert [article.kind for article in reading.articles] == ["article"]
    assert reading.articles[0].passages[0].end == len("Ferry sinks")


def test_a_page_of_furniture_alone_holds_no_article() -> None:
    """The text is kept, and a problem says why nothing came of it."""
    reading = _only(b"Advertisement\n\nSubscribe now\n\nCopyright 2031 The Gazette\n")
    assert reading.document is not None
    assert not reading.articles
    assert [problem.code for problem in reading.problems] == ["no-article"]


def test_a_report_in_another_language_stays_with_a_problem() -> None:
    """One problem names the language; the article keeps its text."""
    text = "Паром вышел из порта в полдень и больше не выходил на связь, сообщила береговая охрана в понедельник."
    reading = _only(text.encode())
    assert reading.articles[0].language == "ru"
    assert [problem.code for problem in reading.problems] == ["not-english"]
    assert "in Russian" in reading.problems[0].message
