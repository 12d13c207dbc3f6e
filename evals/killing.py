"""Kills `add` again and again and looks whether anything is lost: `python -m evals.killing [--times 200] [--postgresql] [--quick]`.

Each time a new ledger is begun by `reportedly add` on the example reports, in a process of its own that gets SIGKILL at a moment drawn at
random from the processor time that an undisturbed run takes, and up to ten milliseconds later, so that it may be waiting for disk or server
as well. (By the clock on the wall, what else the machine does would decide where kills fall.) What it leaves is examined as `verify` and
`doctor` do; then the same is added again, by this process, which has read and extracted the reports before, and the ledger is held to that
of an undisturbed run: its digest, its links, `verify` and `doctor` again. With `--postgresql` the ledger is a database on a server that
this program starts. With `--quick` the process that is killed is a copy of this one as well, so that every kill falls into the
writing and linking; the tests do that. With `--kept FILE` each kill is noted in a file, and a run that was broken off goes on there.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import signal
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
_LOOK_EVERY = 0.002  # seconds between two looks at the clock of the process that is to be killed
_LATER = 0.01  # seconds after the moment drawn, at most
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
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    return os.posix_spawn(sys.executable, words, os.environ, file_actions=silent)


Start = Callable[[Reports, PlaceLike], int]


def time_of(start: Start, reports: Reports, place: PlaceLike) -> float:
    """How much processor time an undisturbed run takes, in seconds.

    Raises:
        AssertionError: it fails undisturbed.
    """
    _, status, used = os.wait4(start(reports, place), 0)
    if status:
        raise AssertionError(f"add ended with {status}, though nobody killed it")
    return used.ru_utime + used.ru_stime


def kill_once(start: Start, reports: Reports, place: PlaceLike, after: float, later: float = 0.0) -> int | None:
    """Begin to add and kill it.

    Args:
        start: begins to add in another process.
        reports: what is added.
        place: where.
        after: the seconds of processor time that it may take.
        later: seconds by the clock after these.

    Returns:
        How many documents it had stored, all of them whole; None where there was no ledger yet.
    """
    process = start(reports, place)
    clock = ~process << 3 | 2  # of another process, as clock_getcpuclockid(3) gives it on Linux
    while not _has_ended(process) and time.clock_gettime(clock) < after:
        time.sleep(_LOOK_EVERY)
    time.sleep(later)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return _documents(place)


def _has_ended(process: int) -> bool:
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _documents(place: PlaceLike) -> int | None:
    from reportedly.errors import NoLedgerError  # noqa: PLC0415 - beside its use

    try:
        return read_state(place).documents
    except NoLedgerError:
        return None


def kill_often(
    start: Start, reports: Reports, places: Iterator[PlaceLike], times: int, seed: int = 0, notes: "Notes | None" = None
) -> Counter[str]:
    """Kill at random moments, add again, compare with an undisturbed ledger.

    Args:
        start: begins to add in another process.
        reports: what is added.
        places: where ledgers can be made, a new one each time.
        times: how many kills.
        seed: decides the moments.
        notes: what is known of earlier kills of the same run; None keeps nothing.

    Returns:
        How many kills fell before the first document, among the documents, and after the last one.

    Raises:
        AssertionError: a ledger is not what it would be.
    """
    place = next(places)
    whole = time_of(start, reports, place)
    wanted = read_state(place)
    fell: Counter[str] = Counter(notes.fell() if notes else ())
    for number in range(fell.total(), times):
        if number % _TELL_EVERY == 0 and number:
            sys.stderr.write(f"{number} killed\n")
        place = next(places)
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - no secret
        held = kill_once(start, reports, place, chance.uniform(0, whole), chance.uniform(0, _LATER))
        reports.add(place)
        if read_state(place) != wanted:
            raise AssertionError(f"the ledger at {place}, killed with {held} documents, differs from an undisturbed one")
        where = "before the first" if not held else "among the documents" if held < wanted.documents else "after the last"
        fell[where] += 1
        if notes:
            notes.add(number, where)
    return fell


@dataclass(frozen=True, slots=True)
class Notes:
    """The kills of a run that may be broken off: a line each, the first line says of what run.

    Attributes:
        path: the file.
        run: what tells the run from others; it is made or compared when the notes are begun.
    """

    path: Path
    run: str

    def begin(self) -> None:
        """Make the file, or see that it is of this run.

        Raises:
            ValueError: it is of another.
        """
        if not self.path.exists():
            self.path.write_text(f"{json.dumps(self.run)}\n", encoding="utf-8")
        elif json.loads(self._lines()[0]) != self.run:
            message = f"{self.path} is of another run: {self._lines()[0]}"
            raise ValueError(message)

    def fell(self) -> list[str]:
        """Where the kills fell that are noted."""
        return [json.loads(line)["fell"] for line in self._lines()[1:]]

    def add(self, number: int, fell: str) -> None:
        """Note a kill after which all was well."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"kill": number, "fell": fell}) + "\n")

    def _lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()


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
    options.add_argument("--kept", type=Path, help="a file for notes, by which a run that was broken off goes on")
    asked = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("broken off"))  # so that a server that was started is stopped
    began = time.monotonic()
    kind = "PostgreSQL" if asked.postgresql else "SQLite"
    notes = Notes(asked.kept, f"{kind}, {'a copy' if asked.quick else 'the command'}, seed {asked.seed}") if asked.kept else None
    if notes:
        notes.begin()
    with _places(postgresql=asked.postgresql) as places:
        start = run_copy if asked.quick else run_command
        fell = kill_often(start, prepare_reports(), places, asked.times, asked.seed, notes)
    told = ", ".join(f"{many} {when}" for when, many in sorted(fell.items()))
    print(f"{kind}: killed {asked.times} times ({told}); every ledger equal to the undisturbed one, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
