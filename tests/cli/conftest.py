import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reportedly.cli.main import app


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str
    raw: bytes

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its rows, printed as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """What it printed as one JSON value."""
        return json.loads(self.out)

    @property
    def csv(self) -> list[dict[str, str]]:
        """Its rows, printed as CSV."""
        return list(csv.DictReader(io.StringIO(self.out)))


Program = Callable[..., Ran]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    """Runs `reportedly` with some words in this process; what it raises by mistake is raised here."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str | Path, stdin: bytes | str = b"") -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(status=result.exit_code, out=result.stdout, err=result.stderr, raw=result.stdout_bytes)

    return run


@pytest.fixture
def ask(program: Program, filled: Path) -> Program:
    """Asks the ledger of the example reports; it must answer."""

    def run(*words: str | Path, stdin: bytes | str = b"") -> Ran:
        ran = program(*words, "--ledger", filled, stdin=stdin)
        assert (ran.status, "Traceback" in ran.err) == (0, False), ran.err
        return ran

    return run
