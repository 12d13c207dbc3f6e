"""Handing over and taking in at the command line."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

Program = Any


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("ucdp-style", "ucdp-style.csv"),
        ("airwars-style", "airwars-style.csv"),
        ("jsonld", "ledger.jsonld"),
        ("ftm", "statements.jsonl"),
        ("timelinejs", "timeline.json"),
        ("bundle", "ledger.bundle"),
    ],
)
def test_an_export_is_one_file_by_its_own_name(
    program: Program, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, name: str
) -> None:
    """Without --out it is written here; with it, there; standard output stays empty."""
    monkeypatch.chdir(tmp_path)
    ran = program("export", "--format", form, "--ledger", filled)
    assert (ran.status, ran.out, ran.err) == (0, "", f"written to {name}\n")
    other = tmp_path / "other"
    program("export", "--format", form, "--ledger", filled, "--out", other)
    assert other.read_bytes() == (tmp_path / name).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == sorted([name, "other"], key=[p.name for p in tmp_path.iterdir()].index)


def test_tables_are_a_folder(program: Program, filled: Path, tmp_path: Path) -> None:
    """A file a table, of the story asked for alone."""
    folder = tmp_path / "new" / "tables"
    ran = program("export", "--format", "csv", "--story", "ferry", "--ledger", filled, "--out", folder)
    assert ran.status == 0
    claims = list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text(encoding="utf-8"))))
    assert len(claims) == len(program("claims", "--story", "ferry", "--ledger", filled).rows)


def test_an_export_that_cannot_be_written_says_so(program: Program, filled: Path, tmp_path: Path) -> None:
    """A folder in the file's place, or no folder at all: exit status 3, nothing half-written."""
    ran = program("export", "--format", "jsonld", "--ledger", filled, "--out", tmp_path)
    assert (ran.status, "it is a folder" in ran.err) == (3, True)
    ran = program("export", "--format", "jsonld", "--ledger", filled, "--out", tmp_path / "none" / "x.jsonld")
    assert (ran.status, "Traceback" in ran.err) == (3, False)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named(program: Program, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the extra is told which."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ran = program("export", "--format", "parquet", "--ledger", filled)
    assert (ran.status, "reportedly[export]" in ran.err) == (3, True)


def test_a_bundle_goes_to_another_ledger(program: Program, ledger: Path, tmp_path: Path) -> None:
    """Corrections included; the other ledger answers the same, its log tells where from; a second time adds nothing."""
    claim = program("claims", "--limit", "1", "--ledger", ledger).rows[0]["id"]
    program("judge", "amend", claim, "--by", "Ann", "--set", '{"place": "Vest"}', "--ledger", ledger)
    bundle, other = tmp_path / "x.bundle", tmp_path / "other.db"
    program("export", "--format", "bundle", "--out", bundle, "--ledger", ledger)
    took = program("import", bundle, "--by", "Bo", "--reason", "joint desk", "--ledger", other)
    assert (took.status, took.json["added"], took.json["judgements"]) == (0, took.json["documents"], 1)
    for words in (("claims",), ("figures",), ("statements",), ("stories",)):
        assert program(*words, "--ledger", other).rows == program(*words, "--ledger", ledger).rows
    assert program("history", "--ledger", other).rows[0]["deed"] == "import"
    again = program("import", bundle, "--by", "Bo", "--ledger", other).json
    assert (again["added"], again["claims"], again["judgements"]) == (0, 0, 0)
    shown = program("import", bundle, "--by", "Bo", "--ledger", other, "--format", "table").out
    assert "added: 0" in shown


def test_what_is_no_bundle_is_refused(program: Program, ledger: Path, examples: Path) -> None:
    """A page is no bundle; the ledger stays as it is."""
    before = program("claims", "--ledger", ledger).out
    ran = program("import", examples / "draft.txt", "--ledger", ledger)
    assert (ran.status, "it is no bundle" in ran.err, "Traceback" in ran.err) == (3, True, False)
    assert program("import", examples / "none.csv", "--ledger", ledger).status == 3
    assert program("claims", "--ledger", ledger).out == before


def filled_in(sheet: str, *marks: tuple[str, str]) -> str:
    """A sheet in which a person has coded the first rows."""
    rows = list(csv.DictReader(io.StringIO(sheet)))
    for row, (coder, status) in zip(rows, marks, strict=False):
        row.update(coder=coder, status=status)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_coded_sheet_comes_back(program: Program, ledger: Path, tmp_path: Path) -> None:
    """Its accepted and rejected claims are judged by name, once; a row that says `changed` and changes nothing is listed."""
    sheet = tmp_path / "sheet.csv"
    program("export", "--format", "ucdp-style", "--ledger", ledger, "--out", sheet)
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"))))
    first, last = (rows[k]["claim_ids"].split("; ") for k in (0, -1))
    coded = filled_in(sheet.read_text(encoding="utf-8"), ("Ann", "accepted"), ("Ann", "changed"))
    sheet.write_text(coded, encoding="utf-8-sig")
    taken = program("import", sheet, "--by", "Bo", "--ledger", ledger).json
    counts = {name: taken[name] for name in ("rows", "accepted", "rejected", "amended", "unknown")}
    assert counts == {"rows": len(rows), "accepted": len(first), "rejected": 0, "amended": 0, "unknown": []}
    assert [conflict["row"] for conflict in taken["conflicts"]] == [rows[1]["id"]]
    assert {(d["by"], d["deed"]) for d in program("history", "--ledger", ledger).rows} == {("Ann", "accept")}
    assert program("import", sheet, "--by", "Bo", "--ledger", ledger).json["accepted"] == 0
    sheet.write_text(coded.replace(last[-1], "c:ffffffffffffffff"), encoding="utf-8")
    assert program("import", sheet, "--by", "Bo", "--ledger", ledger).json["unknown"] == ["c:ffffffffffffffff"]
    told = program("import", sheet, "--by", "Bo", "--ledger", ledger, "--format", "table").out
    assert "accepted: 0" in told
    assert f"not applied: row {rows[1]['id']}" in told


def test_a_rejected_row_takes_its_claims_out(program: Program, ledger: Path, tmp_path: Path) -> None:
    """A row without a coder is signed by who takes the sheet in."""
    sheet = tmp_path / "sheet.csv"
    program("export", "--format", "ucdp-style", "--ledger", ledger, "--out", sheet)
    row = next(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"))))
    sheet.write_text(filled_in(sheet.read_text(encoding="utf-8"), ("", "rejected")), encoding="utf-8")
    assert program("import", sheet, "--by", "Bo", "--ledger", ledger).json["rejected"] == len(row["claim_ids"].split("; "))
    assert not {c["id"] for c in program("claims", "--ledger", ledger).rows} & set(row["claim_ids"].split("; "))
    assert program("history", "--ledger", ledger).rows[0]["by"] == "Bo"


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "id,claim_ids,coder,status\nn:1,c:1,Ann,maybe\n", '"', "\x00", ""])
def test_a_sheet_that_is_none_is_refused_whole(program: Program, ledger: Path, tmp_path: Path, content: str) -> None:
    """Other columns, a status that is none, no CSV: a message, and nothing is judged."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(content, encoding="utf-8")
    ran = program("import", sheet, "--by", "Bo", "--ledger", ledger)
    assert (ran.status, "coding sheet" in ran.err, "Traceback" in ran.err) == (3, True, False)
    assert program("history", "--ledger", ledger).rows == []


@pytest.mark.parametrize("form", ["html", "json"])
def test_a_stranger_checks_a_brief_offline(program: Program, filled: Path, tmp_path: Path, form: str) -> None:
    """Every passage and quotation holds by the bundle; a doctored number is found; without texts less can be told."""
    brief, bundle, short = tmp_path / f"brief.{form}", tmp_path / "x.bundle", tmp_path / "short.bundle"
    program("brief", "--story", "ferry", "--ledger", filled, "--format", form, "--out", brief)
    program("export", "--format", "bundle", "--story", "ferry", "--ledger", filled, "--out", bundle)
    program("export", "--format", "bundle", "--without-texts", "--ledger", filled, "--out", short)
    ran = program("verify", brief, "--bundle", bundle)
    assert (ran.status, ran.out) == (0, "")
    assert ", 0 do not hold, 0 could not be told" in ran.err
    assert program("verify", brief, "--bundle", short).status == 0
    brief.write_text(brief.read_text(encoding="utf-8").replace("At least 19", "At least 91"), encoding="utf-8")
    ran = program("verify", brief, "--bundle", bundle)
    assert ran.status == 1
    assert {(row["verdict"], "91" in row["text"]) for row in ran.rows} == {("differs", True)}


def test_a_brief_of_another_ledger_is_not_in_the_bundle(program: Program, filled: Path, tmp_path: Path) -> None:
    """Its claims are none of the bundle's."""
    brief, bundle = tmp_path / "brief.json", tmp_path / "x.bundle"
    program("brief", "--story", "ferry", "--ledger", filled, "--format", "json", "--out", brief)
    title = next(row["title"] for row in program("stories", "--ledger", filled).rows if "erry" not in row["title"])
    program("export", "--format", "bundle", "--story", title, "--ledger", filled, "--out", bundle)
    ran = program("verify", brief, "--bundle", bundle)
    assert ran.status == 1
    assert "not_in_bundle" in {row["verdict"] for row in ran.rows}


def test_verifying_needs_both_files_or_neither(program: Program, filled: Path, tmp_path: Path) -> None:
    """One alone is a mistake; a page that is no brief, or a file that is not there, is told."""
    assert program("verify", tmp_path / "x.html").status == 2
    bundle = tmp_path / "x.bundle"
    program("export", "--format", "bundle", "--ledger", filled, "--out", bundle)
    for content in ("<p>no brief</p>", "{}", ""):
        page = tmp_path / "page.html"
        page.write_text(content, encoding="utf-8")
        ran = program("verify", page, "--bundle", bundle)
        assert (ran.status, "it is no brief" in ran.err) == (3, True)
    assert program("verify", tmp_path / "none.html", "--bundle", bundle).status == 3


def test_an_infobox_cites_each_number(program: Program, filled: Path) -> None:
    """A reference for each line, none of which names a best number; no figure of another event."""
    out = program("infobox", "--story", "ferry", "--as-of", "2024-11-20", "--ledger", filled).out
    lines = [line for line in out.splitlines() if line.startswith("* ")]
    assert lines
    assert all(" per " in line and ", as of " in line and line.endswith("}}</ref>") for line in lines)
    assert "1999, when" not in out


def test_watch_tells_what_no_longer_holds(program: Program, filled: Path, examples: Path, tmp_path: Path) -> None:
    """The draft's stale numbers and no other verdicts; a text that holds gives nothing."""
    words = ("watch", examples / "draft.txt", "--as-of", "2024-11-20", "--ledger", filled)
    rows = program(*words).rows
    checked = program("check", examples / "draft.txt", "--as-of", "2024-11-20", "--ledger", filled).rows
    assert rows == [row for row in checked if row["verdict"] in ("outdated", "disputed", "not_in_ledger")]
    assert rows
    assert program(*words, "--strict").status == 1
    fine = tmp_path / "fine.txt"
    fine.write_text("Nothing happened.\n", encoding="utf-8")
    assert program("watch", fine, "--ledger", filled, "--strict").status == 0


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_brief_is_written_as_a_file_for_desks_and_print(program: Program, filled: Path, tmp_path: Path, form: str) -> None:
    """DOCX and PDF go to a file, never to standard output."""
    pytest.importorskip({"docx": "docx", "pdf": "typst"}[form])
    out = tmp_path / f"b.{form}"
    ran = program("brief", "--story", "ferry", "--ledger", filled, "--format", form, "--out", out)
    assert (ran.status, ran.out) == (0, "")
    assert out.read_bytes().startswith({"docx": b"PK", "pdf": b"%PDF"}[form])
    assert json.dumps(str(out))[1:-1] in ran.err
