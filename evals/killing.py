"""Kills `add` again and again and looks whether anything is lost: `python -m evals.killing [--times 200] [--postgresql] [--quick]`.

Each time a new ledger is begun by `reportedly add` on the example reports, in a process of its own that gets SIGKILL at a moment drawn at
random from the time that an undisturbed run takes. What it leaves is examined as `verify` and `doctor` do; then the same is added again,
and the ledger is held to that of an undisturbed run: its digest, its links, `verify` and `doctor` again. With `--postgresql` the ledger is
a database on a server that this program starts. With `--quick` the process that is killed is a copy of this one, in which the
reports have been read and extracted already, so that every kill falls into the writing and linking; the tests do that.
"""

import argparse
import contextlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger
from reportedly.model import Article, Extraction, Links, PlaceLike, Reading
from reportedly.model.ports import Extractor
from reportedly.tasks import care
from reportedly.workers import make_extractor

EXAMPLES = Path(__file__).parents[1] / "examples"
_TELL_EVERY = 25
REPORTS = (EXAMPLES / "ferry", EXAMPLES / "flight-752")


class Remembering:
    """An extractor that extracts a text once.

    Args:
        extractor: who extracts.
    """

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._known: dict[str, list[Extraction]] = {}
        self.version = extractor.version

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:
        """The claims of articles."""
        if text not in self._known:
            self._known[text] = self._extractor.extract(text, articles)
        return self._known[text]


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports that are read and extracted.

    Attributes:
        readings: the reports.
        extractor: knows their claims.
    """

    readings: tuple[Reading, ...]
    extractor: Remembering

    def add(self, place: PlaceLike) -> None:
        """Add them to a ledger, as `reportedly add` does after reading."""
        with open_ledger(place, create=True) as store:
            pipeline.add(self.readings, self.extractor, store, Silent())


@dataclass(frozen=True, slots=True)
class State:
    """What is compared of a ledger.

    Attributes:
        digest: of its content.
        links: what linking found.
        documents: how many it holds.
    """

    digest: str
    links: Links
    documents: int


def prepare_reports(paths: Sequence[Path] = REPORTS) -> Reports:
    """Read and extract reports once."""
    extractor = Remembering(make_extractor("rules"))
    readings = tuple(pipeline.read(paths))
    for reading in readings:
        extractor.extract(reading.text, reading.articles)
    return Reports(readings, extractor)


def read_state(place: PlaceLike) -> State:
    """What a ledger holds.

    Raises:
        AssertionError: an anchor does not hold, or the doctor finds something broken.
    """
    broken = [checkup for checkup in care.examine(place) if checkup.condition == "broken"]
    if broken:
        raise AssertionError(f"the doctor finds {broken}")
    with open_ledger(place, create=False) as store:
        wrong = [row for row in store.verify() if not row.holds]
        if wrong:
            raise AssertionError(f"anchors do not hold: {wrong[:3]}")
        held = store.holdings()
        return State(store.digest(), held.links, len(held.documents))


def run_copy(reports: Reports, place: PlaceLike) -> int:
    """Start to add in a copy of this process; its id."""
    process = multiprocessing.get_context("fork").Process(target=reports.add, args=(place,))
    process.start()
    return process.pid or 0


def run_command(_: Reports, place: PlaceLike) -> int:
    """Start `reportedly add`; its id."""
    words = [sys.executable, "-m", "reportedly", "add", *map(str, REPORTS), "--ledger", str(place), "--model", "rules"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid


Start = Callable[[Reports, PlaceLike], int]


def time_of(start: Start, reports: Reports, place: PlaceLike) -> float:
    """How long an undisturbed run takes, in seconds."""
    began = time.monotonic()
    os.waitpid(start(reports, place), 0)
    return time.monotonic() - began


def kill_once(start: Start, reports: Reports, place: PlaceLike, after: float) -> int | None:
    """Begin to add and kill it after so many seconds.

    Returns:
        How many documents it had stored, all of them whole; None where there was no ledger yet.
    """
    process = start(reports, place)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return _documents(place)


def _documents(place: PlaceLike) -> int | None:
    from reportedly.errors import NoLedgerError  # noqa: PLC0415 - beside its use

    try:
        return read_state(place).documents
    except NoLedgerError:
        return None


def kill_often(start: Start, reports: Reports, places: Iterator[PlaceLike], times: int, chance: random.Random) -> Counter[str]:
    """Kill at random moments, add again, compare with an undisturbed ledger.

    Args:
        start: begins to add in another process.
        reports: what is added.
        places: where ledgers can be made, a new one each time.
        times: how many kills.
        chance: draws the moments.

    Returns:
        How many kills fell before the first document, among the documents, and after the last one.

    Raises:
        AssertionError: a ledger is not what it would be.
    """
    place = next(places)
    whole = time_of(start, reports, place)
    wanted = read_state(place)
    fell: Counter[str] = Counter()
    for number in range(times):
        if number % _TELL_EVERY == 0 and number:
            sys.stderr.write(f"{number} killed\n")
        place = next(places)
        held = kill_once(start, reports, place, chance.uniform(0, whole))
        fell["before the first" if not held else "among the documents" if held < wanted.documents else "after the last"] += 1
        reports.add(place)
        if read_state(place) != wanted:
            raise AssertionError(f"the ledger at {place}, killed with {held} documents, differs from an undisturbed one")
    return fell


def files_in(folder: Path) -> Iterator[PlaceLike]:
    """Files for ledgers; the one before goes when the next is asked for."""
    for number in range(10**9):
        yield folder / f"{number}.db"
        for path in folder.glob(f"{number}.db*"):
            path.unlink()


@contextlib.contextmanager
def _places(*, postgresql: bool) -> Iterator[Iterator[PlaceLike]]:
    with contextlib.ExitStack() as stack:
        if not postgresql:
            yield files_in(Path(stack.enter_context(tempfile.TemporaryDirectory())))
            return
        from evals.postgres import running_server  # noqa: PLC0415 - only where a server is wanted

        server = stack.enter_context(running_server())
        yield stack.enter_context(contextlib.closing(server.empty_databases()))


def main() -> None:
    """Kill as often as asked, and print where the kills fell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--quick", action="store_true")
    asked = options.parse_args()
    began = time.monotonic()
    with _places(postgresql=asked.postgresql) as places:
        start = run_copy if asked.quick else run_command
        fell = kill_often(start, prepare_reports(), places, asked.times, random.Random(asked.seed))  # noqa: S311 - no secret
    kind = "PostgreSQL" if asked.postgresql else "SQLite"
    told = ", ".join(f"{many} {when}" for when, many in sorted(fell.items()))
    print(f"{kind}: killed {asked.times} times ({told}); every ledger equal to the undisturbed one, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
