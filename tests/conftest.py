"""Fixtures that several rooms share: what a test needs of the machine, and a ledger filled once from the example reports."""

import importlib.util
import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from reportedly.api import Desk
from reportedly.ledger import open_ledger

EXAMPLES = Path(__file__).parent.parent / "examples"

# In CI the same examples every time, so that a change is judged by itself; at a desk other ones each run; `long` for a search of an hour.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

_PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome")}
_POSTGRES = Path(__file__).parents[1] / "evals" / "postgres.py"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is absent, unless REPORTEDLY_REQUIRE names it or says `all`: then a skip is a failure."""
    for marker in item.iter_markers("requires"):
        program = str(marker.args[0])
        if not any(shutil.which(name) for name in _PROGRAMS.get(program, (program,))):
            _do_without(program)


def _do_without(program: str) -> None:
    if {program, "all"} & set(os.environ.get("REPORTEDLY_REQUIRE", "").replace(",", " ").split()):
        pytest.fail(f"{program} is required here and not installed")
    pytest.skip(f"{program} is not installed")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the example reports."""
    return EXAMPLES


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the example reports; tests that change it work on a copy."""
    path = tmp_path_factory.mktemp("filled") / "examples.db"
    with Desk(path, create=True) as desk:
        desk.add([EXAMPLES / "ferry", EXAMPLES / "flight-752"])
        assert not [row for row in desk.verify() if not row.holds], "an anchor does not hold"
    return path


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled ledger that a test may change."""
    return Path(shutil.copy(filled, tmp_path / "copy.db"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server for the whole session, which evaluations start in the same way; its database `empty` is an empty ledger."""
    if importlib.util.find_spec("pg8000") is None:
        _do_without("pg8000")
    spec = importlib.util.spec_from_file_location("evals_postgres", _POSTGRES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["evals_postgres"] = module
    spec.loader.exec_module(module)
    if module.find_program("initdb") is None:
        _do_without("postgres")
    with module.running_server() as server:
        server.run("CREATE DATABASE empty TEMPLATE template0")
        open_ledger(server.url("empty"), create=True).close()
        yield server


@pytest.fixture(scope="session")
def idle_databases() -> list[str]:
    """Databases with an empty ledger that no test uses now: to empty one takes a tenth of the time that making one does."""
    return []


@pytest.fixture
def database(postgres: Any, idle_databases: list[str]) -> Iterator[Callable[[], str]]:
    """Gives addresses of databases that hold an empty ledger each."""
    taken: list[str] = []

    def take() -> str:
        taken.append(idle_databases.pop() if idle_databases else postgres.make_database("empty"))
        postgres.run(f"UPDATE meta SET value = '{uuid.uuid4()}' WHERE key = 'created'", taken[-1])
        return str(postgres.url(taken[-1]))

    yield take
    from reportedly.ledger.schema import SCHEMA, metadata  # noqa: PLC0415 - heavy, and only wanted here

    deletions = [f'DELETE FROM "{t.name}"' for t in reversed(metadata.sorted_tables) if t.name not in ("meta", "alembic_version")]
    new = f"UPDATE meta SET value = '{SCHEMA}' WHERE key = 'schema'"
    emptying = "; ".join(
        [*deletions, "DELETE FROM words", "UPDATE meta SET value = '0' WHERE key IN ('revision', 'changed', 'linked')", new]
    )
    for name in taken:
        postgres.run(emptying, name)
    idle_databases.extend(taken)
