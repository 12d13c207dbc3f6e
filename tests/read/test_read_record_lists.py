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
from reportedly.read.readers.columns import choose_columns, in_iso, is_own_output, order_of

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


_OWN = [
    "document,article,kind,title,outlet,byline,published_from,published_to,evidence,language,story",
    "claim,document,article,start,end,content,cue,source,speakers,principals,via,form,stance,knowledge",
    "document,name,media_type,url,publisher,published,fetched,title,text_sha256,bytes_sha256",
    "statement,story,event,text,as_of,support,actor,principal,position,stance,said_from,said_to,claim,party",
    "date,to,text,weight,claims,documents,principals",
    "document,article,id,content,cue,source,speakers,via,form,stance,knowledge,relays,said,happened,place",
    "story,origin,principal,speakers,said,text,outlets,first,claims",
    "document,article,claim,start,end,text,rank",
    "id,relid,source_article,principals,claim_ids,passage,coder,status",
]


@pytest.mark.parametrize("header", _OWN)
def test_what_this_program_wrote_is_no_list_of_articles(header: str) -> None:
    """Else a ledger would bear itself out; said of the table and of the list in JSON alike."""
    names = header.split(",")
    sheet = io.StringIO()
    csv.writer(sheet).writerows([names, [_TEXT] * len(names)])
    for readings in (_read(sheet.getvalue()), _read(json.dumps([dict.fromkeys(names, _TEXT)]), "list.json")):
        assert _codes(readings) == ["unsupported-format"]
        assert "export of this program" in readings[0].problems[0].message


def test_a_table_of_somebody_else_is_read() -> None:
    """Words that our exports use, too, do not make one of ours."""
    assert not is_own_output(["id", "title", "claim", "document", "text", "source", "content", "story"])


def test_a_quotation_mark_that_never_ends_is_told() -> None:
    """The rows behind it are one cell, so where they begin is said and no row is made of them."""
    readings = _read(f'id,text\na,{_TEXT}\n\nb,"{_TEXT}\nc,{_TEXT}\n')
    assert [reading.document.name for reading in readings if reading.document] == ["a"]
    assert _codes(readings) == ["bad-table"]
    assert "from row 4 on" in readings[-1].problems[0].message


def test_a_row_with_more_cells_than_columns_is_told_and_left_out() -> None:
    """As where a comma stands outside quotation marks: half a text is worse than none; blank cells do not count."""
    readings = _read(f"id,text\na,Nine dead, says the union\nb,{_TEXT},,\n")
    assert [reading.text for reading in readings if reading.document] == [_TEXT]
    assert _codes(readings) == ["bad-table"]
    assert "row 2" in readings[-1].problems[0].message


def test_a_table_of_one_column_has_whole_lines() -> None:
    """Commas in them part nothing, and quotation marks around a line are still none of it."""
    texts = ["The mayor, Ida Holm, said nine people died; police said ten.", "Ten died, police said."]
    assert [reading.text for reading in _read(f'Text\n{texts[0]}\n"{texts[1]}"\n')] == texts


def test_a_file_of_tabs_is_parted_by_tabs() -> None:
    """Though its columns' names have more commas."""
    (reading,) = _read(f"id\ttext\tnotes (who, when, where)\na\t{_TEXT}\t\n", "list.tsv")
    assert reading.text == _TEXT


@pytest.mark.parametrize("name", ["list.csv", "list.json"])
def test_lists_are_bounded(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """By rows with words in them, and by bytes; what was left out is told."""
    monkeypatch.setattr("reportedly.read.readers.record_lists.ROWS_MOST", 2)
    blank = "\n \n\n"
    made = {rows: f"text\n{blank}" + f"{blank}".join([_TEXT] * rows) + blank for rows in (2, 3)}
    if name == "list.json":
        made = {rows: json.dumps([{"text": _TEXT}, {"text": None}] * rows) for rows in (2, 3)}
    assert _codes(_read(made[2], name)) == []
    readings = _read(made[3], name)
    assert (len([reading for reading in readings if reading.document]), _codes(readings)) == (2, ["too-large"])
    monkeypatch.setattr("reportedly.read.readers.record_lists.BYTES_MOST", 20)
    assert _codes(_read(made[2], name)) == ["too-large"]


def test_a_text_in_pieces_is_its_paragraphs_and_nothing_is_passed_over() -> None:
    """A list of strings is one text; a record that is none, or whose text is something else, is told; an empty one is not."""
    rows = [{"text": [_TEXT, "Ten died."]}, {"text": [1, 2]}, {"text": None, "id": " "}, "loose", {"text": _TEXT}]
    readings = _read(json.dumps(rows), "list.json")
    assert [reading.text for reading in readings if reading.document] == [f"{_TEXT}\n\nTen died.", _TEXT]
    assert [(p.code, p.document) for r in readings for p in r.problems] == [("bad-record", "list.json!2"), ("bad-record", "list.json!4")]


def test_an_article_with_lists_in_it_is_one_article() -> None:
    """Its related stories are no documents; an object without a text of its own is looked into."""
    (reading,) = _read(json.dumps({"title": "Nine dead", "text": _TEXT, "stories": [{"text": "Other."}]}), "list.json")
    assert reading.text == _TEXT
    (inner,) = _read(json.dumps({"content": {"type": "page"}, "items": [{"text": _TEXT}]}), "list.json")
    assert inner.text == _TEXT


def test_each_column_of_days_has_its_own_order() -> None:
    """A program writes `fetched`, a person `published`; a column that shows both orders tells none."""
    apart = _read(f"published,fetched,text\n03/04/2031,04/13/2031,{_TEXT}\n13/03/2031,05/06/2031,{_TEXT} Again.\n")
    assert [(r.document.published, r.document.fetched) for r in apart if r.document] == [
        ("2031-04-03", "2031-04-13"),
        ("2031-03-13", "2031-05-06"),
    ]
    mixed = _read(f"date,text\n13/03/2031,{_TEXT}\n03/14/2031,{_TEXT} Again.\n03/04/2031,{_TEXT} Last.\n")
    assert [_published(reading) for reading in mixed] == ["2031-03-13", "2031-03-14", None]
    assert _codes(mixed) == ["bad-sidecar"]


def test_a_sidecar_fills_what_a_list_leaves_open(tmp_path: Path) -> None:
    """Publisher and days for rows that have none; its title is the list's and no row's."""
    sidecar = {"publisher": "Orlen Post", "fetched": "2031-03-10", "title": "All stories"}
    (tmp_path / "list.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    (tmp_path / "list.csv").write_text(f"outlet,text\nMarn Daily,{_TEXT}\n,{_TEXT} Again.\n", encoding="utf-8")
    found = [reading.document for reading in read_paths([tmp_path]) if reading.document]
    assert [(d.publisher, d.fetched, d.title) for d in found] == [
        ("Marn Daily", "2031-03-10", None),
        ("Orlen Post", "2031-03-10", None),
    ]


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
