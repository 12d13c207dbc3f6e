"""Daft and Ray, each as a user starts it: the ledger is that of one process, and a worker that is killed costs only time."""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk

_SECONDS_MOST = 400.0


@pytest.fixture(params=["daft", "ray"])
def engine(request: pytest.FixtureRequest) -> str:
    """An engine that is installed."""
    name = str(request.param)
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: it comes with the extra `engine`")
    return name


@pytest.fixture
def many(reports: Path) -> Path:
    """The reports with more files, so that there are several batches for two workers."""
    for number in range(120):
        claims = "".join(f"Police said on May {day} that {number + day} people were held in Varn.\n\n" for day in range(1, 9))
        (reports / f"note-{number:03}.txt").write_text(claims, encoding="utf-8")
    return reports


def start_add(places: Path, ledger: Path, *options: str) -> "subprocess.Popen[str]":
    """Start `reportedly add` in a session of its own, in the folder around the pages; they are named from there."""
    words = [sys.executable, "-m", "reportedly", "add", places.name, "--ledger", str(ledger), "--format", "json", *options]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=places.parent)


def add(places: Path, ledger: Path, *options: str) -> dict[str, Any]:
    """Run `reportedly add` to its end; what it printed."""
    out, err = start_add(places, ledger, *options).communicate(timeout=_SECONDS_MOST)
    assert out, err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def digest_of(ledger: Path) -> tuple[str, Any]:
    """A ledger's digest, and its links."""
    with Desk(ledger) as desk:
        return desk.store.digest(), desk.holdings().links


def workers_of(parent: int, name: str) -> Iterator[int]:
    """Processes of an engine's workers that a process started, or that these started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, wanted = [parent], list[int]()
    while found:
        pid = found.pop()
        found += children.get(pid, [])
        with contextlib.suppress(OSError):
            command = (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if pid != parent and name in command:
                wanted.append(pid)
    yield from sorted(wanted)


def test_ledger_is_that_of_one_process(reports: Path, tmp_path: Path, engine: str) -> None:
    """Digest, links and what is printed; the same command again adds nothing."""
    plain = add(reports, tmp_path / "plain.db")
    engined = add(reports, tmp_path / "engine.db", "--engine", engine, "--workers", "2")
    assert engined == plain
    assert digest_of(tmp_path / "engine.db") == digest_of(tmp_path / "plain.db")
    again = add(reports, tmp_path / "engine.db", "--engine", engine, "--workers", "2")
    assert (again["documents"], again["added"], again["claims"], again["problems"]) == (plain["documents"], 0, 0, 0)


def test_killed_worker_costs_only_time(many: Path, tmp_path: Path, engine: str) -> None:
    """One of two worker processes is killed in the middle of its work."""
    marks = tmp_path / "work" / "marks"
    running = start_add(many, tmp_path / "engine.db", "--engine", engine, "--workers", "2", "--work", str(tmp_path / "work"))
    until = time.monotonic() + _SECONDS_MOST
    while running.poll() is None and time.monotonic() < until and not (marks.is_dir() and list(marks.iterdir())):
        time.sleep(0.05)
    killed = list(workers_of(running.pid, {"daft": "daft", "ray": "ray::"}[engine]))[:1]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    out, err = running.communicate(timeout=_SECONDS_MOST)
    assert killed, "no worker was found"
    assert running.returncode == 0, err
    plain = add(many, tmp_path / "plain.db", "--workers", "2")
    assert json.loads(out) == plain
    assert digest_of(tmp_path / "engine.db") == digest_of(tmp_path / "plain.db")


def test_cluster_that_is_not_there_is_told(reports: Path, tmp_path: Path) -> None:
    """No traceback, and exit status 3."""
    pytest.importorskip("ray", reason="ray is not installed: it comes with the extra `engine`")
    running = start_add(reports, tmp_path / "engine.db", "--engine", "ray", "--address", "127.0.0.1:9")
    _, err = running.communicate(timeout=_SECONDS_MOST)
    assert running.returncode == 3
    assert "no Ray cluster at 127.0.0.1:9" in err
    assert "Traceback" not in err
