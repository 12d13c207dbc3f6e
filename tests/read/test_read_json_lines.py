"""JSON Lines: a document a line, and a bad line costs only itself."""

import io
import json

import pytest

from reportedly.read import read_stream
from reportedly.read.readers import json_lines
from reportedly.read.readers.json_lines import read_records

_TEXT = "Quake near Osorno\r\n\r\nOfficials said at least 12 people had died in the town.\r\n"


def _lines(*records: object) -> bytes:
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records).encode()


def test_a_record_s_text_is_the_text_exactly() -> None:
    """No line end is changed, and the document is named by the record's id."""
    (reading,) = read_stream(_lines({"id": "wire-7", "text": _TEXT}), "feed.jsonl")
    assert reading.text == _TEXT
    assert reading.document is not None
    assert reading.document.name == "wire-7"


def test_fields_beside_the_text_are_the_sidecar() -> None:
    """Outlet and date come with the record."""
    record = {"id": 3, "text": _TEXT, "publisher": "AP", "published": "2031-05-02 10:11:12", "url": "https://example.org/q"}
    (reading,) = read_stream(_lines(record), "feed.jsonl")
    (article,) = reading.articles
    assert article.outlet == "Associated Press"
    assert article.published is not None
    assert article.published.first == "2031-05-02T10:11:12"
    assert article.published_evidence == "sidecar"


def test_a_bad_line_gives_a_problem_with_its_number_and_the_rest_goes_on() -> None:
    """Broken JSON, a list, a record without id or text."""
    content = _lines({"id": "a", "text": _TEXT}, "{broken", [1], {"text": _TEXT}, {"id": "b"}, "", {"id": "c", "text": _TEXT})
    readings = list(read_stream(content, "feed.jsonl"))
    assert [reading.document.name if reading.document else None for reading in readings] == ["a", None, None, None, None, "c"]
    bad = [problem for reading in readings for problem in reading.problems]
    assert [problem.document for problem in bad] == [f"feed.jsonl, line {number}" for number in (2, 3, 4, 5)]
    assert {problem.code for problem in bad} == {"bad-record"}


def test_markup_in_a_record_is_plain_text() -> None:
    """A record's text is the text whatever it looks like."""
    text = "<html><body><p>Officials said 12 people had died.</p></body></html>"
    (reading,) = read_stream(_lines({"id": "a", "text": text}), "feed.jsonl")
    assert reading.text == text
    assert reading.document is not None
    assert reading.document.media_type == "text/plain"


def test_a_date_that_is_none_is_left_out_with_a_problem() -> None:
    """The record itself stays."""
    (reading,) = read_stream(_lines({"id": "a", "text": _TEXT, "published": "soon"}), "feed.jsonl")
    assert [problem.code for problem in reading.problems] == ["bad-sidecar"]
    assert reading.document is not None
    assert reading.document.published is None


def test_half_a_character_is_kept_and_said_so() -> None:
    """JSON may hold lone surrogates; the offsets of the rest stay right."""
    (reading,) = read_stream(b'{"id": "a", "text": "Ferry \\ud800 sinks off Aland, the coast guard said on Monday."}', "feed.jsonl")
    assert "\ud800" in reading.text
    assert "bad-encoding" in {problem.code for problem in reading.problems}


def test_an_empty_file_and_an_empty_text_say_so() -> None:
    """Neither gives a document."""
    (empty,) = read_records(io.BytesIO(b"\n\n"), "feed.jsonl")
    (blank,) = read_stream(_lines({"id": "a", "text": " "}), "feed.jsonl")
    assert empty.problems[0].code == blank.problems[0].code == "empty-file"


def test_a_file_without_a_record_gives_one_problem_with_counts() -> None:
    """A line's own problem would say the same a thousand times."""
    (reading,) = read_stream(_lines({"id": 1}, {"id": 2}, "{broken", {"id": 3, "words": "x"}), "feed.jsonl")
    (problem,) = reading.problems
    assert (reading.document, problem.code, problem.document) == (None, "bad-record", "feed.jsonl")
    assert "none of its 4 lines" in problem.message
    assert "3: the record has no `text`" in problem.message


def test_lines_before_the_first_record_keep_their_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond those that are kept, the rest is counted."""
    monkeypatch.setattr(json_lines, "_KEPT_MOST", 2)
    readings = list(read_stream(_lines({"id": 1}, [2], {"id": 3}, {"id": "a", "text": _TEXT}, {"id": 5}), "feed.jsonl"))
    places = [reading.problems[0].document if reading.problems else reading.document and reading.document.name for reading in readings]
    assert places == ["feed.jsonl, line 1", "feed.jsonl, line 2", "feed.jsonl", "a", "feed.jsonl, line 5"]
    assert "1 more lines before line 4" in readings[2].problems[0].message
