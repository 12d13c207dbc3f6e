"""Files of word processors: their running text, and what is said of broken ones."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Reading
from reportedly.read import read_paths, read_stream

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'


def _word(markup: str, part: str = "word/document.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, markup)
    return packed.getvalue()


def _read(content: bytes, name: str = "note.docx") -> Reading:
    (reading,) = read_stream(content, name)
    return reading


def _codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_document_of_word_gives_a_paragraph_a_line(tmp_path: Path) -> None:
    """Headings, paragraphs and a table's rows, in a folder as on standard input; its day is read as in plain text."""
    document = docx.Document()
    document.add_heading("Quarry slide: what the clinic says", 0)
    document.add_paragraph("7 March 2031")
    document.add_paragraph("The clinic at Orlen said on Friday that two of the injured had died, which brings the dead to 33.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Dead", "33"
    document.save(str(tmp_path / "note.docx"))
    (found,) = read_paths([tmp_path])
    assert found.text.split("\n") == [
        "Quarry slide: what the clinic says",
        "7 March 2031",
        "The clinic at Orlen said on Friday that two of the injured had died, which brings the dead to 33.",
        "Dead | 33",
    ]
    assert _codes(found) == []
    assert found.articles[0].published is not None
    assert found.articles[0].published.first == "2031-03-07"
    assert _read((tmp_path / "note.docx").read_bytes(), "-").text == found.text


def test_what_is_struck_out_or_noted_is_no_running_text() -> None:
    """Tracked deletions and instructions of fields are left out, breaks and tabs are blanks."""
    runs = "<w:r><w:t>Five</w:t><w:br/><w:t>dead</w:t></w:r><w:del><w:r><w:delText>x</w:delText><w:t>gone</w:t></w:r></w:del>"
    field = "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>now</w:t></w:r>"
    assert _read(_word(f"<w:document {_WORD}><w:p>{runs}{field}</w:p></w:document>")).text == "Five dead now"


def test_an_open_document_is_read_with_its_spans_and_without_its_notes() -> None:
    """Words before, in and behind a span are one line; a footnote is none."""
    paragraph = "<text:p>Some <text:span>38</text:span> people<text:s/>died<text:note><text:p>foot</text:p></text:note>.</text:p>"
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("Day", "Dead"))
    row = f"<table:table-row>{cells}</table:table-row>"
    content = _word(f"<doc {_ODT}><text:h>Title</text:h>{paragraph}{row}</doc>", "content.xml")
    assert _read(content, "note.odt").text.split("\n") == ["Title", "Some 38 people died.", "Day | Dead"]


def test_a_broken_file_says_so_and_keeps_what_stands_before() -> None:
    """No ZIP, no text part, a part that breaks off, a part without words."""
    assert _codes(_read(b"word")) == ["bad-archive"]
    assert _codes(_read(_word("<x/>", "xl/workbook.xml"))) == ["unsupported-format"]
    cut = _read(_word(f"<w:document {_WORD}><w:p><w:r><w:t>The clinic counts nine dead.</w:t></w:r></w:p><w:p><w:r>"))
    assert (cut.text, _codes(cut)) == ("The clinic counts nine dead.", ["bad-archive"])
    assert _codes(_read(_word(f"<w:document {_WORD}/>"))) == ["no-text"]


def test_a_part_at_a_place_that_no_file_has_is_damage() -> None:
    """A directory that puts a part beyond 2^63 bytes, as only a hostile one does, costs a problem."""
    content = _word(f"<w:document {_WORD}><w:p/></w:document>")
    place = content.rfind(b"PK\x01\x02")
    name, extra = b"word/document.xml", struct.pack("<HHQ", 1, 8, 1 << 63)
    entry = bytearray(content[place : content.rfind(b"PK\x05\x06")])
    entry[30:32], entry[42:46] = struct.pack("<H", len(extra)), b"\xff" * 4
    end = bytearray(content[content.rfind(b"PK\x05\x06") :])
    end[12:16] = struct.pack("<L", struct.unpack("<L", end[12:16])[0] + len(extra))
    made = content[:place] + bytes(entry[: 46 + len(name)]) + extra + bytes(end)
    assert _codes(_read(made)) == ["bad-archive"]


def test_a_list_of_parts_too_large_for_a_document_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's report has a hundred thousand parts."""
    content = _word(f"<w:document {_WORD}><w:p><w:r><w:t>Nine dead.</w:t></w:r></w:p></w:document>")
    monkeypatch.setattr("reportedly.read.readers.office._DIRECTORY_MOST", 50)
    reading = _read(content)
    assert _codes(reading) == ["bad-archive"]
    assert "directory" in reading.problems[0].message


def test_signs_that_are_elements_stay_signs() -> None:
    """A hyphen that keeps its line is one, a tab to a margin a blank, a hyphen for a line's end nothing."""
    run = "<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>10 dead</w:t><w:ptab/><w:t>in Or</w:t><w:softHyphen/><w:t>len</w:t></w:r>"
    assert _read(_word(f"<w:document {_WORD}><w:p>{run}</w:p></w:document>")).text == "5-10 dead in Orlen"


def test_entities_are_never_expanded() -> None:
    """Neither those that grow nor those that name a file of the machine."""
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    found = _read(_word(f"{entities}<w:document {_WORD}><w:p><w:r><w:t>It said &b; and &c; so.</w:t></w:r></w:p></w:document>"))
    assert (found.text, _codes(found)) == ("", ["bad-archive"])


@given(st.binary(max_size=300), st.integers(0, 299))
def test_no_bytes_end_the_reading(noise: bytes, place: int) -> None:
    """A file with bytes written over it gives a reading or a problem, never an error."""
    content = bytearray(_word(f"<w:document {_WORD}><w:p><w:r><w:t>The clinic counts nine dead.</w:t></w:r></w:p></w:document>"))
    content[place : place + len(noise)] = noise
    for reading in read_stream(bytes(content), "note.docx"):
        assert reading.document is not None or reading.problems
