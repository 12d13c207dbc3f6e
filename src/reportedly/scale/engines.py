"""Engines: what hands batches to workers. What passes between machines is JSON: a batch there, what became of it back."""

import json
from collections.abc import Iterator, Sequence
from typing import Protocol

from reportedly.errors import CannotRunError, ReportedlyError
from reportedly.model import record_of, row_of
from reportedly.scale.sources import Batch
from reportedly.scale.work_folder import Done
from reportedly.scale.working import Task, work


class EngineFaultError(Exception):
    """An engine stopped before all batches were done, as when a process of it was ended; what was done is in the work folder."""


class Engine(Protocol):
    """Hands batches to workers."""

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """Work on batches, in any order.

        Args:
            batches: the batches.
            task: how they are worked on.

        Yields:
            What was done, as it comes.

        Raises:
            ReportedlyError: the run as a whole is impossible.
            EngineFaultError: the engine stopped before all were done.
        """
        ...


class SerialEngine:
    """Works in this process: the double for tests, and for users who look for a fault."""

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """One batch after the other."""
        for batch in batches:
            yield read_answer(answer(batch_text(batch), task))


def batch_text(batch: Batch) -> str:
    """A batch as JSON."""
    return json.dumps(row_of(batch))


def answer(batch: str, task: Task) -> str:
    """What a worker says of a batch: what was done or, where the run is impossible, why; not every exception passes between machines."""
    try:
        return json.dumps({"done": row_of(work(record_of(Batch, json.loads(batch)), task))})
    except ReportedlyError as error:
        return json.dumps({"fault": str(error)})


def read_answer(words: str) -> Done:
    """What was done, of a worker's answer.

    Raises:
        CannotRunError: the run as a whole is impossible.
    """
    row = json.loads(words)
    if "fault" in row:
        raise CannotRunError(row["fault"])
    return record_of(Done, row["done"])
