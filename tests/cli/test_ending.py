import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from reportedly import __version__
from reportedly.api import Desk

Run = Any  # the fixtures of conftest.py

PROGRAM = [sys.executable, "-m", "reportedly"]
HEAVY = ("spacy", "sqlalchemy", "lxml", "trafilatura", "rich", "jinja2", "numpy")


@contextmanager
def start(*words: str | Path, stdout: Any = subprocess.PIPE, env: dict[str, str] | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """The program in a process of its own, which does not outlive the test."""
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # tests that run in the background of a shell hand on that it is ignored
    try:
        process = subprocess.Popen([*PROGRAM, *map(str, words)], stdout=stdout, stderr=subprocess.PIPE, env=env)
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_program_starts_without_heavy_imports() -> None:
    """`--help` answers at once because nothing slow is imported before it is needed."""
    code = f"import sys, reportedly.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_commands_are_told_by_what_they_are_for_in_whole_sentences(program: Run) -> None:
    """The list of commands has a heading a group, cuts no sentence off, and says where to begin."""
    shown = program("--help").out
    headings = [line for line in shown.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Options:", "From files:", "From a ledger:", "Coding:", "For others:", "Care of a ledger:"]
    assert "... " not in shown.replace("\n", " ").partition("Options:")[2]
    assert "Begin with `reportedly add FOLDER`" in shown


def test_help_and_version_answer(program: Run) -> None:
    """Both print and end with 0; no command at all is wrong usage that shows the help."""
    assert f"reportedly {__version__}\n" == program("--version").out
    shown = program("--help")
    assert (shown.status, "extract" in shown.out) == (0, True)
    assert program().status == 2


@pytest.mark.parametrize("words", [("figures", "--nonsense"), ("nonsense",), ("show",), ("claims", "--limit", "-1"), ("read",)])
def test_wrong_usage_ends_with_2(program: Run, words: tuple[str, ...]) -> None:
    """An unknown option, an unknown command, a missing argument or an impossible value."""
    ran = program(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "Usage: " in ran.err


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_program_without_output_ends_in_order(filled: Path) -> None:
    """Where its output was closed before it began (`>&-`) a command is done as elsewhere."""
    words = ["sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, "claims", "--ledger", str(filled)]
    ran = subprocess.run(words, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_reader_that_leaves_is_no_error(filled: Path) -> None:
    """`reportedly claims | head -1` ends quietly with 0, also where more is printed than a pipe holds."""
    with start("claims", "--ledger", filled) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"document"')
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_cannot_be_written_ends_with_3(filled: Path) -> None:
    """A full disk under the output is said in a line."""
    with Path("/dev/full").open("wb") as full, start("claims", "--ledger", filled, stdout=full) as process:
        assert process.stderr is not None
        assert process.wait(60) == 3
        assert process.stderr.read() == f"reportedly: {os.strerror(28)}\n".encode()


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1", "C.UTF-8"])
def test_json_is_utf_8_whatever_the_locale(examples: Path, locale: str) -> None:
    """Curly quotes of a page come out as UTF-8 in a pipe on every machine."""
    environment = os.environ | {"LC_ALL": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    with start("read", examples / "ferry" / "01-wire.txt", env=environment) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "“" in out.decode("utf-8")


def test_half_a_surrogate_pair_is_an_escape_in_json(tmp_path: Path) -> None:
    """What UTF-8 cannot hold is printed as JSON's own escape for it."""
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "r", "text": "A \\ud800 report of a storm."}\n', encoding="utf-8")
    with start("read", path) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"A \\ud800 report" in out


def waited_for(pipe: Path) -> int:
    """Wait until the program has opened a named pipe for reading; a descriptor that keeps it waiting for words."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError):  # while nobody reads from it
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    pytest.fail("the program never came to the second page")


def documents(ledger: Path) -> int:
    """How many documents a ledger holds."""
    with Desk(ledger) as desk:
        return len(desk.holdings().documents)


def test_an_interrupted_add_goes_on_where_it_stopped(examples: Path, tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and keeps what was finished; the same command then gives the ledger of an undisturbed run."""
    first, last = examples / "ferry" / "01-wire.txt", tmp_path / "last.txt"
    ledger, undisturbed = tmp_path / "stopped.db", tmp_path / "undisturbed.db"
    os.mkfifo(last)  # the program waits at this page until it is interrupted
    with start("add", first, last, "--ledger", ledger) as process:
        assert process.stderr is not None
        writer = waited_for(last)
        assert documents(ledger) == 1
        time.sleep(0.2)  # a signal that comes just before the program begins to wait would be noticed only after it
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        os.close(writer)
        err = process.stderr.read()
    assert b"interrupted; what was finished is kept" in err
    assert b"Traceback" not in err
    with Desk(ledger) as desk:
        assert desk.store.links_outdated()
        assert desk.holdings().links.stories  # readers see links all the same
    last.unlink()
    last.write_bytes((examples / "ferry" / "06-third-day.txt").read_bytes())
    with start("add", first, last, "--ledger", ledger) as process:
        assert process.wait(60) == 0
    with Desk(undisturbed, create=True) as desk:
        desk.add([first, last])
    with Desk(ledger) as one, Desk(undisturbed) as other:
        assert one.store.digest() == other.store.digest()
        assert one.holdings().links == other.holdings().links
        assert all(row.holds for row in one.verify())
