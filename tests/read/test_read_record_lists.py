"""Tables in CSV and lists in JSON: which column holds what, how days are read, what is said of lists of other things."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Reading
from reportedly.read import read_paths, read_stream
from reportedly.read.readers.columns import choose_columns, in_iso, order_of

_TEXT = "The union at Orlen said on Saturday that 38 people were killed in the quarry."


def _read(content: str | bytes, name: str = "list.csv") -> list[Reading]:
    return list(read_stream(content.encode() if isinstance(content, str) else content, name))


def _codes(readings: list[Reading]) -> list[str]:
    return [problem.code for reading in readings for problem in reading.problems]


def _published(reading: Reading) -> str | None:
    assert reading.document is not None
    return reading.document.published


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_spreadsheet_gives_a_document_a_row(tmp_path: Path, sign: str) -> None:
    """Whatever parts its cells, with the names that columns bear elsewhere; rows count as the spreadsheet counts them."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=sign)
    writer.writerows(
        [("Headline", "Source", "Publication Date", "Link", "Full text"), ("Nine dead", "Orlen Post", "2031-03-08", "", _TEXT), ()]
    )
    (tmp_path / "list.csv").write_bytes(b"\xef\xbb\xbf" + sheet.getvalue().encode())
    (reading,) = read_paths([tmp_path])
    assert reading.document is not None
    assert (reading.text, reading.problems) == (_TEXT, ())
    assert reading.document.name == f"{tmp_path / 'list.csv'}!row-2"
    assert (reading.document.title, reading.document.publisher, reading.document.published) == ("Nine dead", "Orlen Post", "2031-03-08")


def test_an_id_names_its_row_and_a_first_line_that_names_the_delimiter_is_no_row() -> None:
    """Excel writes `sep=;` above the columns; a broken row is counted with it."""
    (reading,) = _read(f"sep=;\nid;text\nr7;{_TEXT}\n")
    assert reading.document is not None
    assert reading.document.name == "r7"
    (empty,) = _read("sep=;\nid;text\nr7;\n")
    assert (empty.document, [p.code for p in empty.problems]) == (None, ["empty-file"])


def test_days_are_read_in_the_order_that_the_column_shows() -> None:
    """One day above the twelfth tells how all are meant; dots mean the day first; where nothing tells, no day is taken."""
    plain = _read(f"date,text\n03/04/2031,{_TEXT}\n21/04/2031,{_TEXT} Again.\n")
    assert [_published(reading) for reading in plain] == ["2031-04-03", "2031-04-21"]
    american = _read(f"date,text\n03/04/2031,{_TEXT}\n04/21/2031,{_TEXT} Again.\n")
    assert [_published(reading) for reading in american] == ["2031-03-04", "2031-04-21"]
    assert [_published(reading) for reading in _read(f"date,text\n3.4.2031,{_TEXT}\n")] == ["2031-04-03"]
    unclear = _read(f"date,text\n03/04/2031,{_TEXT}\n")
    assert [_published(reading) for reading in unclear] == [None]
    assert _codes(unclear) == ["bad-sidecar"]
    assert "2025-03-10" in unclear[0].problems[0].message


def test_a_table_without_texts_says_which_columns_it_has() -> None:
    """As the list of a reference manager, which holds titles and addresses."""
    readings = _read("Key,Title,Url\nA1,Nine dead,https://example.org/1\n")
    assert _codes(readings) == ["bad-table"]
    assert "'Key', 'Title', 'Url'" in readings[0].problems[0].message


def test_a_table_that_breaks_keeps_the_rows_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell too large for a report ends the table, not the run."""
    monkeypatch.setattr("reportedly.read.readers.record_lists._CELL_MOST", 200)
    readings = _read(f"text\n{_TEXT}\n{'x' * 300}\n")
    assert [reading.text for reading in readings if reading.document] == [_TEXT]
    assert _codes(readings) == ["bad-table"]


@pytest.mark.parametrize("wrapped", [lambda rows: rows, lambda rows: {"status": "ok", "articles": rows}, lambda rows: rows[0]])
def test_a_list_in_json_gives_a_document_a_record(wrapped: Any) -> None:
    """Alone, or in the answer of a service, whose source is an object with a name."""
    rows = [{"source": {"id": None, "name": "Orlen Post"}, "publishedAt": "2031-03-08T10:00:00Z", "title": "Nine dead", "content": _TEXT}]
    (reading,) = _read(json.dumps(wrapped(rows)), "list.json")
    assert reading.document is not None
    assert (reading.document.name, reading.document.publisher, reading.text) == ("list.json!1", "Orlen Post", _TEXT)
    assert reading.document.published == "2031-03-08T10:00:00Z"


@pytest.mark.parametrize(("content", "code"), [("{}", "unsupported-format"), ('{"version": 3, "plugins": []}', "unsupported-format"),
                                               ("[1, 2]", "unsupported-format"), ("{", "bad-record"), ("", "empty-file")])  # fmt: skip
def test_json_of_other_things_is_left_out(content: str, code: str) -> None:
    """A program's settings hold no texts; half a file is no JSON."""
    assert _codes(_read(content, "list.json")) == [code]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.text(max_size=200))
def test_no_table_ends_the_reading(header: list[str], noise: str) -> None:
    """Any header over any characters gives readings or problems."""
    sheet = io.StringIO()
    csv.writer(sheet).writerow(header)
    for reading in _read(sheet.getvalue() + noise):
        assert reading.document is not None or reading.problems


@given(st.dates())
def test_a_day_in_iso_order_is_the_same_day(day: Any) -> None:
    """Whatever its order in the column, once it is known."""
    written = (f"{day.day:02d}/{day.month:02d}/{day.year:04d}", f"{day.month:02d}/{day.day:02d}/{day.year:04d}")
    if day.year in range(1900, 2100):
        assert in_iso(written[0], "day first") == in_iso(written[1], "month first") == day.isoformat()
        assert order_of([f"{day.day}/{day.month}/{day.year}"]) == ("day first" if day.day > 12 else "unknown")


def test_the_likelier_of_two_columns_is_taken() -> None:
    """`text` before `content`, in whatever letters and signs."""
    assert choose_columns(["Content", "TEXT", "Pub_Date", "Date"]) == {"text": "TEXT", "published": "Pub_Date"}
