"""Daft: batches as rows of a dataframe, the worker as a user function in processes of its native runner."""

import functools
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from reportedly.errors import ReportedlyError
from reportedly.extras import load_extra
from reportedly.scale.engines import EngineFaultError, answer, batch_text, read_answer
from reportedly.scale.sources import Batch
from reportedly.scale.work_folder import Done
from reportedly.scale.working import Task
from reportedly.workers import collect_seldom, give_way

_SWITCH = 0.001
"""Seconds after which this process's threads take turns: those that hand out batches wait for the one that links, a few times a batch."""


class DaftEngine:
    """Works in processes of this machine; implements `engines.Engine`.

    Args:
        workers: how many processes.

    Raises:
        MissingExtraError: Daft is not installed.
    """

    def __init__(self, workers: int) -> None:
        self._daft = load_extra("daft", "engine")
        self._workers = workers

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """Hand batches out as processes are free; see `engines.Engine`."""
        _choose_native_runner()
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            yield from run_frame(self._daft, batches, task, self._workers)
        finally:
            sys.setswitchinterval(before)


@functools.cache
def _choose_native_runner() -> None:
    """Once: Daft lets a process choose its runner one time."""
    load_extra("daft", "engine").set_runner_native()


def run_frame(daft: Any, batches: Sequence[Batch], task: Task, workers: int) -> Iterator[Done]:  # noqa: ANN401 - a module that may be absent
    """Work on batches by Daft's present runner.

    Args:
        daft: the library.
        batches: the batches.
        task: how they are worked on.
        workers: how many processes.

    Yields:
        What was done, as it comes.

    Raises:
        ReportedlyError: the run as a whole is impossible.
        EngineFaultError: a process died.
    """

    @daft.cls(use_process=True, max_concurrency=workers)
    class Worker:
        def __init__(self) -> None:
            collect_seldom()
            give_way()

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def done(self, given: Any) -> list[str]:  # noqa: ANN401 - a Daft series
            return [answer(batch, task) for batch in given.to_pylist()]

    frame = daft.from_pydict({"batch": [batch_text(batch) for batch in batches]}).into_batches(1)
    try:
        with daft.execution_config_ctx(maintain_order=False):  # in order it hands batches out in turn, whoever is free
            for row in frame.select(Worker().done(frame["batch"]).alias("done")).iter_rows():
                yield read_answer(row["done"])
    except ReportedlyError:
        raise
    except Exception as error:  # an engine raises what it likes when a process of it dies
        raise EngineFaultError(str(error)) from error
