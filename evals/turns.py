"""Measures how long linking keeps other writers waiting: `python -m evals.turns [--times 5]`.

The example reports are put into a ledger in a file and linked. Printed is the processor time that linking takes, and what of that is spent
in the writing transaction, in which nobody else can write; the median of several times.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.killing import Reports, prepare_reports

from reportedly import pipeline
from reportedly.ledger.databases.opening import open_database
from reportedly.ledger.moments import now
from reportedly.ledger.revisions import Turn
from reportedly.ledger.store import LedgerStore
from reportedly.model import Place


class Timed(LedgerStore):
    """A ledger that counts the processor time of its writing transactions.

    Attributes:
        held: seconds since it was set to nought.
    """

    held = 0.0

    @contextmanager
    def _turn(self, **how: bool) -> Iterator[Turn]:
        with super()._turn(**how) as turn:
            began = time.process_time()
            yield turn
            self.held += time.process_time() - began


def link_once(reports: Reports, path: Path) -> tuple[float, float]:
    """Link all reports in a new ledger; seconds of processor time, and those of them in the writing transaction."""
    with Timed(open_database(Place(path, None), create=True, patience=20.0), now) as store:
        for reading in reports.readings:
            store.put(reading, reports.extractor.extract(reading.text, reading.articles))
        store.held, began = 0.0, time.process_time()
        pipeline.relink(store)
        return time.process_time() - began, store.held


def main() -> None:
    """Link several times, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5)
    reports = prepare_reports()
    with tempfile.TemporaryDirectory() as folder:
        took = [link_once(reports, Path(folder) / f"{number}.db") for number in range(options.parse_args().times)]
    whole, held = (1000 * statistics.median(times) for times in zip(*took, strict=True))
    print(f"linking {len(reports.readings)} reports: {whole:.0f} ms, {held:.0f} ms of them in the writers' turn")


if __name__ == "__main__":
    main()
