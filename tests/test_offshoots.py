"""Offshoots: copies of this process that do a piece of work and end."""

import errno
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import offshoots, pipeline
from reportedly.api import Desk, Silent
from reportedly.ledger import open_ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no processes")


def killed() -> int:
    """Work that is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_what_an_offshoot_makes_is_gone_with_it() -> None:
    """The number of the work comes back; what the work put into memory does not."""
    kept: list[int] = []

    def work() -> int:
        kept.append(1)
        return 41 + len(kept)

    assert offshoots.in_offshoot(work) == 42
    assert not kept


def test_work_that_comes_to_no_end_is_told_from_work_that_is_done() -> None:
    """Work that raises, and work that is killed, give None, and this process goes on."""

    def raising() -> int:
        raise ValueError

    assert offshoots.in_offshoot(raising) is None
    assert offshoots.in_offshoot(killed) is None
    assert offshoots.in_offshoot(lambda: 0) == 0


def test_where_no_process_can_be_begun_the_work_is_left_to_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without room for another gives None and no error, and no pipe stays open."""

    def no_room() -> int:
        raise BlockingIOError(errno.EAGAIN, "no room")

    monkeypatch.setattr(os, "fork", no_room)
    before, blocked = sorted(Path("/dev/fd").iterdir()), signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert offshoots.in_offshoot(lambda: 1) is None
    assert sorted(Path("/dev/fd").iterdir()) == before
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == blocked


def test_a_process_begun_without_output_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no streams where the system gave it none."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert offshoots.in_offshoot(lambda: 1) == 1


def test_offshoots_that_the_system_sees_off_are_told_as_others() -> None:
    """Who ignores the end of his offshoots, as what began him may have had it, finds none to wait for."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert offshoots.in_offshoot(lambda: 7) == 7
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_an_interruption_ends_the_offshoot(tmp_path: Path) -> None:
    """Who interrupts the process that waits gets the interruption, and nothing works on."""
    above = os.getpid()

    def work() -> int:
        (tmp_path / "offshoot").write_text(str(os.getpid()))
        os.kill(above, signal.SIGINT)
        while True:
            signal.pause()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that begins this behind itself has interrupts ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            offshoots.in_offshoot(work)
    finally:
        signal.signal(signal.SIGINT, before)
    with pytest.raises(ChildProcessError):
        os.waitpid(int((tmp_path / "offshoot").read_text()), os.WNOHANG)


def test_a_process_with_threads_is_not_copied() -> None:
    """Another thread might hold a lock, which the copy would wait for without end."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not offshoots.can_branch()
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("ends", [True, False])
def test_links_made_in_an_offshoot_are_those_made_here(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ends: bool
) -> None:
    """A ledger linked in an offshoot is that linked in place, and so is one whose offshoot was killed."""
    branched: list[int | None] = []

    def noted(work: Callable[[], int]) -> int | None:
        branched.append(offshoots.in_offshoot(work if ends else killed))
        assert not (tmp_path / "copy.db-wal").exists()  # neither has the file open
        return branched[-1]

    monkeypatch.setattr(pipeline, "can_branch", lambda: True)
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
    """A process is not copied for the few documents of a small run."""
    monkeypatch.setattr(pipeline, "can_branch", lambda: True)
    monkeypatch.setattr(pipeline, "in_offshoot", lambda _: pytest.fail("an offshoot was begun"))
    with Desk(tmp_path / "small.db", create=True) as desk:
        assert desk.add([next((examples / "ferry").glob("*.txt"))]).added == 1
