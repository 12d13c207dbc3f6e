"""Files, folders and standard input: what is read, in which order, and what is said of the rest."""

import gzip
import json
import os
import random
from pathlib import Path

import pytest

from reportedly.model import Reading
from reportedly.read import read_paths, read_stream
from reportedly.read.files.formats import format_of, sniff_format

_TEXT = "Ferry sinks off Aland\n\nThe coast guard said on Monday that 12 people were rescued from the water.\n"


def _codes(readings: list[Reading]) -> list[str]:
    return [problem.code for reading in readings for problem in reading.problems]


def test_a_folder_is_read_in_sorted_order_without_sidecars_and_hidden_files(tmp_path: Path) -> None:
    """Names are the paths as given, files of other kinds a problem each."""
    for name in ("b.txt", "a.txt", ".hidden.txt", "in/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(_TEXT, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text('{"published": "2031-05-02"}', encoding="utf-8")
    (tmp_path / "notes.rtf").write_bytes(b"word")
    readings = list(read_paths([tmp_path]))
    assert [Path(reading.document.name).name for reading in readings if reading.document] == ["a.txt", "b.txt", "c.txt"]
    assert _codes(readings) == ["unsupported-format"]


def test_a_sidecar_is_no_document_though_the_user_names_it(tmp_path: Path) -> None:
    """As `folder/*` names them all; one that lies alone is said so."""
    for name in ("a.txt", "b.TEXT", "c.rtf"):
        (tmp_path / name).write_text(_TEXT, encoding="utf-8")
    for name in ("a", "b", "c", "gone"):
        (tmp_path / f"{name}.meta.json").write_text("{}", encoding="utf-8")
    named = list(read_paths(sorted(tmp_path.glob("*.meta.json"))))
    assert [(p.code, Path(p.document or "").name) for reading in named for p in reading.problems] == [("lone-sidecar", "gone.meta.json")]
    assert not any(reading.document for reading in named)
    assert _codes(list(read_paths([tmp_path]))) == ["unsupported-format", "lone-sidecar"]


@pytest.mark.parametrize("name", ["macro.doc", "letter.rtf", "photo.png"])
def test_a_file_of_another_kind_in_a_folder_is_a_problem(tmp_path: Path, name: str) -> None:
    """Whatever its bytes are, it is named and left out, with what to do."""
    (tmp_path / name).write_bytes(b"\x89PNG\x00{")
    (reading,) = read_paths([tmp_path])
    assert [(problem.code, problem.document) for problem in reading.problems] == [("unsupported-format", str(tmp_path / name))]
    assert "PDF" in reading.problems[0].message


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "~$report.docx", ".~lock.report.odt#", ".DS_Store"])
def test_what_programs_leave_in_folders_is_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    """Nobody put it there, nobody misses it."""
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    assert list(read_paths([tmp_path])) == []


def test_a_link_in_a_circle_is_a_problem_of_its_own(tmp_path: Path) -> None:
    """The files behind it in the folder are read."""
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    (tmp_path / "zone.txt").write_text(_TEXT, encoding="utf-8")
    readings = list(read_paths([tmp_path]))
    assert _codes(readings) == ["unreadable"]
    assert readings[0].problems[0].document == str(tmp_path / "loop.html")
    assert [reading.text for reading in readings if reading.document] == [_TEXT]


def test_a_file_that_the_user_names_is_read_whatever_its_ending(tmp_path: Path) -> None:
    """Its bytes show what it is."""
    path = tmp_path / "report"
    path.write_text(_TEXT, encoding="utf-8")
    (reading,) = read_paths([path])
    assert reading.text == _TEXT


def test_packed_files_are_unpacked_and_are_the_same_document(tmp_path: Path) -> None:
    """The digest is that of the bytes inside."""
    (tmp_path / "a.txt").write_text(_TEXT, encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(_TEXT.encode()))
    first, second = read_paths([tmp_path / "a.txt", tmp_path / "b.txt.gz"])
    assert first.document is not None
    assert second.document is not None
    assert first.document.id == second.document.id


def test_packed_records_are_read_line_by_line(tmp_path: Path) -> None:
    """A `.jsonl.gz` gives a document a line."""
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps({"id": f"r{n}", "text": _TEXT}) for n in range(3)).encode()))
    assert [reading.document.name for reading in read_paths([path]) if reading.document] == ["r0", "r1", "r2"]


def test_a_damaged_archive_gives_what_was_read_and_a_problem(tmp_path: Path) -> None:
    """The records before the damage are kept."""
    numbers = random.Random(7)
    lines = "\n".join(json.dumps({"id": f"r{n}", "text": _TEXT, "note": numbers.randbytes(900).hex()}) for n in range(60))
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-20_000])
    readings = list(read_paths([path]))
    assert 20 < sum(reading.document is not None for reading in readings) < 60
    assert _codes(readings) == ["bad-gzip"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """The other paths are read all the same."""
    (tmp_path / "a.txt").write_text(_TEXT, encoding="utf-8")
    readings = list(read_paths([tmp_path / "none.txt", tmp_path / "a.txt"]))
    assert _codes(readings) == ["no-such-file"]
    assert readings[0].problems[0].document == str(tmp_path / "none.txt")
    assert readings[1].document is not None


def test_a_link_into_nothing_is_unreadable(tmp_path: Path) -> None:
    """A file in a folder that cannot be opened is a problem, not an end."""
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (reading,) = read_paths([tmp_path])
    assert [(problem.code, problem.message) for problem in reading.problems] == [("unreadable", "it is a link to a file that is not there")]


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the user may not look into it."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (reading,) = read_paths([tmp_path])
    assert [(problem.code, problem.document) for problem in reading.problems] == [("unreadable", str(tmp_path))]


def test_standard_input_may_be_packed() -> None:
    """As from `zcat`'s opposite."""
    (reading,) = read_stream(gzip.compress(_TEXT.encode()), "-")
    assert reading.text == _TEXT
    assert reading.document is not None
    assert reading.document.name == "-"


def test_broken_packing_on_standard_input_is_a_problem() -> None:
    """The bytes say that they are packed and are not."""
    assert _codes(list(read_stream(b"\x1f\x8bnothing", "-"))) == ["bad-gzip"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "text"),
        ("a.html.gz", "html"),
        ("b.jsonl.gz", "jsonl"),
        ("a.pdf", "pdf"),
        ("a.docx", "office"),
        ("a.rtf", None),
        ("a.tsv", "csv"),
        ("list.json", "json"),
        ("notes.md", "text"),
        ("crawl.warc.gz", "warc"),
        ("heap.tar.xz", "tar"),
        ("heap.tgz", "tar"),
        ("gz", None),
    ],
)
def test_the_ending_tells_the_format(name: str, kind: str | None) -> None:
    """Case and packing aside."""
    assert format_of(name) == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b'{"id": 1, "text": "a"}\n', "jsonl"), (b"{not json", "text"), (b"\xef\xbb\xbf <!doctype HTML>", "html"), (b"<-- a mark", "text")],
)
def test_the_first_bytes_tell_the_format(content: bytes, kind: str) -> None:
    """Where no ending does."""
    assert sniff_format(content) == kind
