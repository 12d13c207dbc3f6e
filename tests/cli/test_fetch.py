from pathlib import Path
from typing import Any

import pytest

Run = Any  # the fixtures of conftest.py


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd"])
def test_no_private_address_is_fetched(program: Run, tmp_path: Path, url: str) -> None:
    """The user is told and nothing is written."""
    ran = program("fetch", url, "--to", tmp_path / "p.warc.gz")
    assert ran.status == 0
    assert "[refused-address]" in ran.err
    assert [row["problems"][0]["code"] for row in ran.rows] == ["refused-address"]
    assert not (tmp_path / "p.warc.gz").exists()
    assert program("fetch", url, "--to", tmp_path / "p.warc.gz", "--strict").status == 1


def test_a_list_is_a_line_an_address(program: Run, tmp_path: Path) -> None:
    """Empty lines and remarks say nothing."""
    pages = tmp_path / "pages.txt"
    pages.write_text("# the ferry\n\nhttp://10.0.0.1/a\n  http://10.0.0.1/b  \n", encoding="utf-8")
    ran = program("fetch", pages, "--to", tmp_path / "p.warc")
    assert [row["url"] for row in ran.rows] == ["http://10.0.0.1/a", "http://10.0.0.1/b"]


def test_a_list_that_is_not_there_and_a_file_that_is_no_crawl_end_the_run(program: Run, tmp_path: Path) -> None:
    """With a line each and no traceback."""
    ran = program("fetch", tmp_path / "none.txt", "--to", tmp_path / "p.warc")
    assert ran.status == 3
    notes = tmp_path / "notes.txt"
    notes.write_text("precious", encoding="utf-8")
    other = program("fetch", "http://10.0.0.1/", "--to", notes)
    assert other.status == 3
    assert "no WARC file" in other.err
    assert "Traceback" not in ran.err + other.err
    assert notes.read_text(encoding="utf-8") == "precious"
