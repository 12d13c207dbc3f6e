"""What is killed, crowded or taken away: nothing is lost, nothing is twice, nothing is half there."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.errors import UnreadableError
from reportedly.ledger import open_ledger
from reportedly.model import PlaceLike

if TYPE_CHECKING:
    from tests.ledger.conftest import Press, Ticking
else:
    Press = Ticking = Any

EVALS = Path(__file__).parents[2] / "evals"


def load(name: str) -> Any:
    """A script of the evaluations, by its path."""
    spec = importlib.util.spec_from_file_location(f"evals_{name}", EVALS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"evals_{name}"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def killing() -> Any:
    """The script that kills `add`."""
    return load("killing")


@pytest.fixture(scope="module")
def reports(killing: Any) -> Any:
    """The example reports of one story, read and extracted once."""
    return killing.prepare_reports(killing.REPORTS[:1])


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Iterator[PlaceLike]]:
    """Where ledgers can be made, a new place each time."""
    if request.param == "sqlite":
        yield request.getfixturevalue("killing").files_in(tmp_path)
        return
    with closing(request.getfixturevalue("postgres").empty_databases()) as databases:
        yield databases


def test_add_that_is_killed_twenty_times_ends_as_an_undisturbed_one(killing: Any, reports: Any, places: Iterator[PlaceLike]) -> None:
    """SIGKILL at twenty random moments of writing and linking: added again, digest, links, `verify` and `doctor` are as undisturbed."""
    fell = killing.kill_often(killing.run_copy, reports, places, 20)
    assert fell.total() == 20


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_write_and_read_at_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Four processes that write, count and link, and four that read: no update lost, no claim twice, no deadlock, no torn reading."""
    crowd = load("crowd")
    place: PlaceLike = tmp_path / "crowd.db" if kind == "sqlite" else request.getfixturevalue("database")()
    deeds = crowd.gather(place, crowd.Crowd(writers=4, readers=4, seconds=4.0, reports=40), tmp_path)
    assert deeds["put"]
    assert deeds["read"]


def test_a_file_that_is_taken_away_while_it_is_open_is_missed(ledger_path: Path, press: Press) -> None:
    """SQLite would go on writing into a file that nobody can open any more: said at the next deed, and none is acknowledged."""
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report())
        ledger_path.rename(ledger_path.with_name("moved.db"))
        for deed in (lambda: store.put(*press.report("other.txt", "Another text.", ())), store.holdings):
            with pytest.raises(UnreadableError, match="removed or replaced while it was open"):
                deed()
        open_ledger(ledger_path, create=True).close()
        with pytest.raises(UnreadableError, match="removed or replaced while it was open"):
            store.put(*press.report("other.txt", "Another text.", ()))


def test_a_clock_that_jumps_back_while_adding_changes_nothing_but_times(
    places: Iterator[PlaceLike], press: Press, clock: Ticking, killing: Any
) -> None:
    """A year back between two documents: revisions keep their order, and the ledger is that of a steady clock."""
    digests = []
    for jump in (0, 1):
        place = next(places)
        with open_ledger(place, create=True, clock=clock) as store:
            store.put(*press.report())
            clock.now = clock.now.replace(year=clock.now.year - jump)
            store.put(*press.report("other.txt", "Another text.", ()))
        digests.append(killing.read_state(place).digest)
    assert digests[0] == digests[1]
