"""Fixtures that several rooms share: what a test needs of the machine, and a ledger filled once from the example reports."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from reportedly.api import Desk

EXAMPLES = Path(__file__).parent.parent / "examples"

# In CI the same examples every time, so that a change is judged by itself; at a desk other ones each run; `long` for a search of an hour.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

_PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome")}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is absent, unless REPORTEDLY_REQUIRE names it or says `all`: then a skip is a failure."""
    for marker in item.iter_markers("requires"):
        program = str(marker.args[0])
        if any(shutil.which(name) for name in _PROGRAMS.get(program, (program,))):
            continue
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
