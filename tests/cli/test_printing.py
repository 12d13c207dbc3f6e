import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.cli.options import Format
from reportedly.cli.output import Column, emit, printable
from reportedly.cli.phrasing import bounds_text, number_text, short, when, words
from reportedly.cli.progress import TerminalProgress, clock, count_files


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, "undated"),
        ("2024-11-12", "2024-11-12", "2024-11-12"),
        ("2024-11-12", "2024-11-14", "2024-11-12 to 2024-11-14"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-02-28", "2023-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"),
        ("2024-01-01", "2024-12-31", "2024"),
        (None, "2024-11-12", "by 2024-11-12"),
        ("2024-11-12", None, "from 2024-11-12"),
        ("2024-11-12T08:30:00+01:00", "2024-11-12T09:00:00+01:00", "2024-11-12"),
    ],
)
def test_intervals_are_short(first: str | None, last: str | None, shown: str) -> None:
    """A whole month or year is written as one, times are left out."""
    assert when({"from": first, "to": last}) == shown


def test_no_interval_is_undated() -> None:
    """A row without the date says so."""
    assert when(None) == "undated"


@pytest.mark.parametrize(
    ("low", "high", "open_high", "shown"),
    [
        ("15000", "15000", False, "15,000"),
        ("4", "16", False, "4 to 16"),
        ("4", "16", True, "4 to 16, open above"),
        ("10000", None, True, "10,000 or more"),
        (None, "24", False, "up to 24"),
        (None, None, True, "no number"),
    ],
)
def test_bounds_say_what_is_open(low: str | None, high: str | None, open_high: bool, shown: str) -> None:  # noqa: FBT001 - a table's column
    """An open end is never shown as a number."""
    assert bounds_text({"low": low, "high": high, "open_high": open_high}) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**12))
def test_a_number_keeps_its_digits(number: object) -> None:
    """Thousands are set apart and nothing else is changed."""
    assert number_text(str(number)).replace(",", "") == str(number)


def test_ids_and_words() -> None:
    """An id keeps its kind and its first digits; the pieces of a broken quotation are joined."""
    assert (short("c:0123456789abcdef"), short(None)) == ("c:01234567", "")
    assert words([{"text": "the first\nhalf"}, {"text": "the second"}]) == "the first half … the second"
    assert (words({"text": "all"}), words(None)) == ("all", "")


@given(st.text())
def test_printable_text_steers_no_terminal_and_keeps_its_length(text: str) -> None:
    """Offsets still count, and no control character but the line break is left."""
    shown = printable(text)
    assert len(shown) == len(text)
    assert all(char == "\n" or (char >= " " and not "\x7f" <= char <= "\x9f") for char in shown)


def table(rows: Sequence[dict[str, str]], capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    columns = [
        Column(title="a", cell=lambda row: row["a"], once=True),
        Column(title="b", cell=lambda row: row["b"], once=True),
        Column(title="c", cell=lambda row: row["c"]),
    ]
    emit(rows, columns, Format.TABLE)
    return [line.split() for line in capsys.readouterr().out.splitlines()[3:-1]]


def test_what_the_row_above_says_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A repeated cell stays empty only while every column before it repeats too."""
    rows = [dict(zip("abc", cells, strict=True)) for cells in (("1", "x", "p"), ("1", "x", "q"), ("1", "y", "r"), ("2", "y", "s"))]
    assert table(rows, capsys) == [["1", "x", "p"], ["q"], ["y", "r"], ["2", "y", "s"]]


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but results is printed where nobody watches."""
    with TerminalProgress(2) as progress:
        progress.step("one.txt", characters=100)
        progress.linking()
    assert capsys.readouterr() == ("", "")


def test_links_made_anew_are_told_without_a_terminal_too(capsys: pytest.CaptureFixture[str]) -> None:
    """That a small addition takes long has a reason, which a log should hold."""
    TerminalProgress(1).relinking(3)
    assert capsys.readouterr() == ("", "another version of reportedly linked this ledger; 3 documents in it will be linked anew\n")


def test_progress_tells_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a line is redrawn, and gone when the work is done."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    with TerminalProgress(2) as progress:
        progress.started -= 10
        progress.step("one.txt", characters=50_000)
    drawn = terminal.getvalue()
    assert "1/2 documents, 0.1/s, 5 thousand characters/s, 0:10 left  one.txt" in drawn
    assert drawn.endswith("\r\x1b[K")


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3725, "1:02:05"), (-3, "0:00")])
def test_time_left_is_read_as_a_clock(seconds: float, shown: str) -> None:
    """Minutes and seconds, with hours where there are any."""
    assert clock(seconds) == shown


def test_sidecars_and_hidden_files_are_not_counted(tmp_path: Path) -> None:
    """The time left rests on the files that are read."""
    for name in ("a.txt", "a.meta.json", ".hidden", "folder/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert count_files([tmp_path]) == 2
    assert count_files([tmp_path / "a.txt", tmp_path / "a.meta.json", Path("-")]) == 2
