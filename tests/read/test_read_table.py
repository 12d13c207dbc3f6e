"""Tables of documents: a row is read like a line of JSON Lines, and a bad table or row costs only itself."""

import datetime as dt
import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportedly.errors import MissingExtraError
from reportedly.model import Reading
from reportedly.read import read_stream
from reportedly.read.readers import table

_TEXT = "Quake near Osorno\n\nOfficials said at least 12 people had died in the town.\n"


def table_bytes(*rows: dict[str, Any]) -> bytes:
    """The bytes of a table."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out, row_group_size=2)
    return out.getvalue()


def read(content: bytes, name: str = "wire.parquet") -> list[Reading]:
    """The readings of a table."""
    return list(read_stream(content, name))


def codes(reading: Reading) -> list[str]:
    """The codes of a reading's problems."""
    return [problem.code for problem in reading.problems]


def test_row_is_a_document_with_its_sidecar() -> None:
    """Outlet and date come with the row, be the date a day, a moment or words; other columns are passed over."""
    days = [dt.date(2031, 5, 2), dt.datetime(2031, 5, 2, 10, 11, 12), "2031-05-02"]  # noqa: DTZ001 - a column may have no offset
    for day in days:
        (reading,) = read(table_bytes({"id": "wire-7", "text": _TEXT, "publisher": "AP", "published": day, "score": 0.5}))
        (article,) = reading.articles
        assert reading.text == _TEXT
        assert reading.document is not None
        assert reading.document.name == "wire-7"
        assert article.outlet == "Associated Press"
        assert article.published is not None
        assert (article.published.first or "")[:10] == "2031-05-02"


def test_bad_row_gives_a_problem_with_its_number_and_the_rest_goes_on() -> None:
    """Rows are counted through all groups."""
    found = read(
        table_bytes({"id": "a", "text": _TEXT}, {"id": None, "text": _TEXT}, {"id": "b", "text": None}, {"id": "c", "text": _TEXT})
    )
    assert [reading.document.name if reading.document else None for reading in found] == ["a", None, None, "c"]
    assert [p.document for reading in found for p in reading.problems] == ["wire.parquet, row 2", "wire.parquet, row 3"]


def test_table_is_known_by_its_bytes() -> None:
    """Whatever it is called."""
    (reading,) = read(table_bytes({"id": "a", "text": _TEXT}), "download")
    assert reading.document is not None


@pytest.mark.parametrize("content", [table_bytes({"id": "a", "text": _TEXT})[:-30], b"PAR1", table_bytes({"id": "a", "body": _TEXT})])
def test_table_that_cannot_be_used_is_one_problem(content: bytes) -> None:
    """Cut, empty, or without the column of texts."""
    (reading,) = read(content)
    assert reading.document is None
    assert codes(reading) == ["bad-table"]


def test_without_the_library_the_problem_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else of a folder suffers."""

    def absent(module: str, extra: str) -> None:
        raise MissingExtraError(extra, module)

    monkeypatch.setattr(table, "load_extra", absent)
    (reading,) = read(table_bytes({"id": "a", "text": _TEXT}))
    assert codes(reading) == ["missing-extra"]
    assert "reportedly[engine]" in reading.problems[0].message


def test_row_group_that_does_not_fit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the file says of it, before it is unpacked; the others are read."""
    content = table_bytes({"id": "a", "text": _TEXT}, {"id": "b", "text": _TEXT}, {"id": "c", "text": "x"})
    monkeypatch.setattr(table, "GROUP_MOST", 200)
    found = read(content)
    assert codes(found[0]) == ["too-large"]
    assert [reading.document.name if reading.document else None for reading in found] == [None, "c"]
