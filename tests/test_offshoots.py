"""Offshoots: processes begun for a piece of work, which end with it."""

import errno
import importlib
import operator
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reportedly import offshoots, pipeline
from reportedly.api import Desk, Silent
from reportedly.ledger import open_ledger

WORK = '''"""Work that comes to no end by itself."""

import os
import signal


def wait(told, interrupts):
    """Say on a pipe with a name that it has begun, interrupt somebody, and hold the pipe until somebody ends it."""
    with open(told, "w") as there:
        there.write("begun\\n")
        there.flush()
        if interrupts:
            os.kill(interrupts, signal.SIGINT)
        while True:
            signal.pause()
'''

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of work that waits."""
    (tmp_path / "waiting_work.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "waiting_work", raising=False)
    return importlib.import_module("waiting_work")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe with a name: who reads it hears when whoever holds it has ended."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_what_lies_in_the_folder_at_hand_is_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file among saved pages that is called as a module of the library is not run."""
    (tmp_path / "pickle.py").write_text("open('run', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offshoots.in_offshoot(operator.add, 2, 3) == 5
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("name", "value"), [("executable", None), ("executable", ""), ("frozen", True)])
def test_where_there_is_no_interpreter_to_begin_it_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    """In a program of its own, which takes no code, nothing is begun."""
    monkeypatch.setattr(sys, name, value, raising=False)
    assert offshoots.in_offshoot(operator.add, 2, 3) is None


def test_the_number_of_the_work_comes_back() -> None:
    """Work of any function of a module, in another process."""
    assert offshoots.in_offshoot(operator.add, 41, 1) == 42
    assert offshoots.in_offshoot(operator.sub, 1, 1) == 0
    assert offshoots.in_offshoot(os.getpid) not in (None, os.getpid())


def test_work_that_comes_to_no_end_is_told_from_work_that_is_done() -> None:
    """Work that raises, work that is killed and work that gives no number give None, and this process goes on."""
    assert offshoots.in_offshoot(operator.floordiv, 1, 0) is None
    assert offshoots.in_offshoot(os.abort) is None
    assert offshoots.in_offshoot(str.lower, "X") is None  # type: ignore[arg-type]


def test_what_the_work_prints_is_no_answer() -> None:
    """Not even where it looks like one."""
    assert offshoots.in_offshoot(os.write, 1, b"done 7") == 6


def test_an_offshoot_has_nothing_that_is_open_or_held_here(tmp_path: Path) -> None:
    """It is no copy: a file that a copy would find open, as it would find locks held by threads of libraries, is not there."""
    here = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(here, True)  # noqa: FBT003 - the system's own function
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert offshoots.in_offshoot(os.lseek, here, 0, os.SEEK_CUR) is None
        assert offshoots.in_offshoot(threading.active_count) == 2  # its own, and that which listens to this process
    finally:
        os.close(here)
        done.set()
        thread.join()


@pytest.mark.parametrize("failure", [BlockingIOError(errno.EAGAIN, "no room"), FileNotFoundError(errno.ENOENT, "no interpreter")])
def test_where_no_process_can_be_begun_the_work_is_left_to_this_one(failure: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without room for another gives None and no error."""

    def none(*_: Any, **__: Any) -> Any:
        raise failure

    monkeypatch.setattr(subprocess, "Popen", none)
    assert offshoots.in_offshoot(operator.add, 1, 1) is None


def test_what_ends_before_it_is_told_is_told_from_work_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that cannot run us, and more to tell it than a pipe holds: None and no error."""
    monkeypatch.setattr(offshoots, "_BEGIN", "raise SystemExit(0)")
    assert offshoots.in_offshoot(operator.length_hint, bytes(1 << 20)) is None


def test_a_process_begun_without_output_has_offshoots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no streams where the system gave it none."""
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert offshoots.in_offshoot(operator.add, 1, 1) == 2


@posix
def test_an_interruption_ends_the_offshoot(waiting: ModuleType, pipe: Path) -> None:
    """Who interrupts the process that waits gets the interruption, and nothing works on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that begins this behind itself has interrupts ignored
    here = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # so that the work need not wait for a reader
    try:
        with pytest.raises(KeyboardInterrupt):
            offshoots.in_offshoot(waiting.wait, pipe, os.getpid())
        assert os.read(here, 100) == b"begun\n"
        assert os.read(here, 100) == b""  # and nobody holds the other end
    finally:
        os.close(here)
        signal.signal(signal.SIGINT, before)


@posix
def test_an_offshoot_ends_with_the_process_that_began_it(waiting: ModuleType, pipe: Path, tmp_path: Path) -> None:
    """Even where that one is killed and can end nothing."""
    assert waiting.__doc__
    code = f"""
import sys
sys.path[:] = {[str(tmp_path), *sys.path]!r}
import waiting_work
from reportedly.offshoots import in_offshoot
in_offshoot(waiting_work.wait, {str(pipe)!r}, 0)
"""
    with subprocess.Popen([sys.executable, "-c", code]) as above, pipe.open("rb") as here:
        assert here.readline() == b"begun\n"
        above.kill()
        above.wait()
        assert here.read() == b""  # comes when the offshoot is gone


@pytest.mark.parametrize("ends", [True, False])
def test_links_made_in_an_offshoot_are_those_made_here(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ends: bool
) -> None:
    """A ledger linked in an offshoot is that linked in place, and so is one whose offshoot was killed."""
    branched: list[int | None] = []

    def noted(work: Callable[..., int], *given: object) -> int | None:
        branched.append(offshoots.in_offshoot(work, *given) if ends else offshoots.in_offshoot(os.abort))
        assert not (tmp_path / "copy.db-wal").exists()  # this process has let go of the file, and the other has ended in order
        return branched[-1]

    monkeypatch.setattr(pipeline, "in_offshoot", noted)
    monkeypatch.setattr(pipeline, "_APART", 1)
    with open_ledger(shutil.copy(filled, tmp_path / "copy.db"), create=False) as store:
        before = store.holdings().links
        store.mend()  # all links are to be made anew
        assert store.links_outdated()
        pipeline.Intake(store, Silent(), link=lambda: pipeline.relink_apart(store, 1)).finish()
        assert not store.links_outdated()
        assert store.holdings().links == before
    assert [number is not None for number in branched] == [ends]


def test_few_documents_are_linked_in_place(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is begun for the few documents of a small run."""
    monkeypatch.setattr(pipeline, "in_offshoot", lambda *_: pytest.fail("an offshoot was begun"))
    with Desk(tmp_path / "small.db", create=True) as desk:
        assert desk.add([next((examples / "ferry").glob("*.txt"))]).added == 1
