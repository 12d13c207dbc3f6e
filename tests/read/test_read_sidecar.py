"""Sidecars and the dates in them."""

from pathlib import Path

import pytest

from reportedly.read.dates.when import date_in_address, parse_when
from reportedly.read.files.sidecar import load_sidecar, sidecar_path


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.html.gz"])
def test_the_sidecar_lies_beside_the_file(name: str) -> None:
    """Its name is the file's without its endings."""
    assert sidecar_path(Path("folder") / name) == Path("folder/a.meta.json")


def test_a_sidecar_gives_the_fields_it_has(tmp_path: Path) -> None:
    """Null and unknown fields are passed over."""
    (tmp_path / "a.meta.json").write_text(
        '{"url": null, "publisher": " The Hill ", "published": "2031-05-02", "editor": 1}', encoding="utf-8"
    )
    sidecar, problems = load_sidecar(tmp_path / "a.txt", "a.txt")
    assert sidecar is not None
    assert (sidecar.publisher, sidecar.published, sidecar.url) == ("The Hill", "2031-05-02", None)
    assert not problems


@pytest.mark.parametrize("content", ["{", "[]", '"words"', '{"publisher": 7}', '{"published": "next week"}', "\x00"])
def test_a_malformed_sidecar_is_a_problem_and_not_an_end(tmp_path: Path, content: str) -> None:
    """What is wrong is named; the file is read without it."""
    (tmp_path / "a.meta.json").write_text(content, encoding="utf-8")
    sidecar, problems = load_sidecar(tmp_path / "a.txt", "a.txt")
    assert sidecar is None
    assert [(problem.code, problem.document) for problem in problems] == [("bad-sidecar", "a.txt")]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2031-05-02", "2031-05-02", "2031-05-02"),
        ("2031-05-02 03:04:05", "2031-05-02T03:04:05", "2031-05-02T03:04:05"),
        ("2031-05-02T03:04Z", "2031-05-02T03:04+00:00", "2031-05-02T03:04+00:00"),
        ("2031-05-02T03:04:05+0930", "2031-05-02T03:04:05+09:30", "2031-05-02T03:04:05+09:30"),
        ("2031-05-02 00:00:00", "2031-05-02", "2031-05-02"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("Fri, 02 May 2031 03:04:05 GMT", "2031-05-02T03:04:05+00:00", "2031-05-02T03:04:05+00:00"),
        ("May 2, 2031", "2031-05-02", "2031-05-02"),
    ],
)
def test_dates_are_read_as_programs_and_people_write_them(words: str, first: str, last: str) -> None:
    """A zone is kept where given; midnight without one is a day that a program wrote out."""
    interval = parse_when(words)
    assert interval is not None
    assert (interval.first, interval.last) == (first, last)


@pytest.mark.parametrize(
    ("words", "first", "granularity"),
    [
        ("March 4, 2025 5:00 PM", "2025-03-04T17:00:00", "time"),
        ("3/13/2025 5:00 PM", "2025-03-13T17:00:00", "time"),
        ("4 March 2025 at 12:30 a.m. EST", "2025-03-04T00:30:00-05:00", "time"),
        ("2025-03-13 5 pm", "2025-03-13T17:00:00", "time"),
        ("2025-03-13 17:00 PM", "2025-03-13", "day"),
        ("5:00 PM, March 4, 2025", "2025-03-04", "day"),
    ],
)
def test_a_clock_of_twelve_hours_is_read_or_left_out(words: str, first: str, granularity: str) -> None:
    """As spreadsheets write it; a day is never taken for a moment."""
    interval = parse_when(words)
    assert interval is not None
    assert (interval.first, interval.granularity) == (first, granularity)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2031-13-01",
        "2031-02-30",
        "2031-02-30 10:00",
        "2031-05-02T25:00:00",
        "12",
        "9999",
        f"Fri, 02 May {'2' * 30} 03:04:05 GMT",
    ],
)
def test_what_is_no_date_is_none(words: str) -> None:
    """No guess is made."""
    assert parse_when(words) is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/2031/05/02/ferry", "2031-05-02"),
        ("https://example.org/world/2031/may/02/ferry", "2031-05-02"),
        ("https://example.org/ferry-20310502.html", "2031-05-02"),
        ("https://example.org/id/20319999", None),
        ("https://example.org/2031/02/30/ferry", None),
    ],
)
def test_a_day_in_an_address_is_found(address: str, day: str | None) -> None:
    """Only a day that the calendar has."""
    interval = date_in_address(address)
    assert (interval.first if interval else None) == day
