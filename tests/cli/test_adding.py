"""`add` with several processes and with engines: what it takes, what it prints, and how it says that something is missing."""

from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk

Run = Any  # the fixtures of conftest.py


def digest_of(ledger: Path) -> tuple[str, Any]:
    """A ledger's digest, and its links."""
    with Desk(ledger) as desk:
        return desk.store.digest(), desk.holdings().links


def test_several_processes_fill_the_ledger_that_one_fills(program: Run, examples: Path, tmp_path: Path) -> None:
    """Counts, digest and links; and the same pages again add nothing."""
    one = program("add", examples / "ferry", "--ledger", tmp_path / "one.db", "--format", "json").json
    two = program("add", examples / "ferry", "--ledger", tmp_path / "two.db", "--format", "json", "--workers", "2").json
    again = program("add", examples / "ferry", "--ledger", tmp_path / "two.db", "--format", "json", "--workers", "2").json
    assert two == one
    assert digest_of(tmp_path / "two.db") == digest_of(tmp_path / "one.db")
    assert again == one | {"added": 0, "claims": 0, "problems": 0}


def test_pages_are_added_by_their_address(program: Run, examples: Path, tmp_path: Path) -> None:
    """A folder named as `file://` gives its documents, named by address."""
    found = program("add", f"file://{examples / 'ferry'}", "--ledger", tmp_path / "a.db", "--format", "json").json
    plain = program("add", examples / "ferry", "--ledger", tmp_path / "b.db", "--format", "json").json
    assert found == plain
    with Desk(tmp_path / "a.db") as desk:
        assert desk.store.find_document("01-wire.txt").name == f"file://{examples / 'ferry'}/01-wire.txt"


@pytest.mark.parametrize("name", ["daft", "ray"])
def test_engine_that_is_not_installed_is_named(
    program: Run, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With what to install, and exit status 3."""

    def absent(module: str) -> None:
        if module == name:
            raise ImportError(module)

    monkeypatch.setattr("reportedly.extras.importlib.import_module", absent)
    ran = program("add", examples / "ferry", "--ledger", tmp_path / "a.db", "--engine", name)
    assert ran.status == 3
    assert "pip install 'reportedly[engine]'" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--address", "head:6379"], "goes with --engine ray"),
        (["--engine", "daft", "--address", "head:6379"], "goes with --engine ray"),
        (["--work", "parts"], "goes with --engine daft or ray"),
        (["--engine", "spark"], "spark"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_options_that_do_not_go_together_are_refused(program: Run, examples: Path, tmp_path: Path, options: list[str], told: str) -> None:
    """Exit status 2, and no ledger is left behind."""
    ran = program("add", examples / "ferry", "--ledger", tmp_path / "a.db", *options)
    assert ran.status == 2
    assert told in ran.err
    assert not (tmp_path / "a.db").exists()
