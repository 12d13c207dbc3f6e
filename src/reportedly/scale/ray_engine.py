"""Ray: a task a batch, on this machine or on a cluster; a task whose process or machine is lost is run again by Ray."""

import contextlib
import os
import re
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from typing import Any

from reportedly.errors import NoEngineError, ReportedlyError
from reportedly.extras import load_extra
from reportedly.model import ModelName
from reportedly.scale.engines import EngineFaultError, answer, batch_text, read_answer
from reportedly.scale.sources import Batch
from reportedly.scale.work_folder import Done
from reportedly.scale.working import Task, load_extractor
from reportedly.workers import collect_seldom

_AHEAD = 16  # batches a worker that are handed out before they are wanted: it must not wait while this process links
_PATIENCE = 10.0  # seconds for a cluster's head to answer; Ray itself waits for minutes
_PORT = re.compile(r"(?:ray://)?(?P<host>[\w.-]+):(?P<port>\d{1,5})")
_RETRIES = 3  # times that Ray runs a task again whose process was lost


class RayEngine:
    """Works on a Ray cluster; implements `engines.Engine`.

    Args:
        address: of a running cluster, `HOST:PORT` or `auto`; None starts one on this machine, which ends with the run.
        workers: how many tasks run at once at most; None takes as many as the cluster has processors.

    Raises:
        MissingExtraError: Ray is not installed.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        self._ray = load_extra("ray", "engine")
        self._address = address
        self._workers = workers

    def begin(self, model: ModelName) -> None:
        """Have the workers of a running cluster load what they need while this process finds out what there is to do.

        Args:
            model: what claims will be extracted by.

        Raises:
            NoEngineError: there is no cluster at the address.
        """
        if self._address is None:
            return
        with redirect_stdout(sys.stderr):
            self._start()
            for _ in range(self._slots()):
                self._ray.remote(num_cpus=1, max_retries=0)(_load).remote(model)

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """Hand batches out as processors are free; see `engines.Engine`."""
        with redirect_stdout(sys.stderr):  # Ray prints what it has to say of machines that are lost
            yield from self._run(batches, task)

    def _run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        ray = self._ray
        self._start()
        try:
            yield from self._handed(batches, task, self._slots() * _AHEAD)
        except ReportedlyError:
            raise
        except ray.exceptions.RayError as error:
            raise EngineFaultError(str(error).partition("\n")[0]) from error
        finally:
            ray.shutdown()

    def _slots(self) -> int:
        return self._workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def _start(self) -> None:
        """Connect, unless that is done."""
        if self._ray.is_initialized():
            return
        if self._address is not None:
            _check_address(self._address)
        quiet = {"log_to_driver": False, "logging_level": "ERROR", "ignore_reinit_error": True}
        try:
            if self._address is None:
                self._ray.init(address="local", num_cpus=self._workers or os.cpu_count(), include_dashboard=False, **quiet)
            else:
                self._ray.init(address=self._address, **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            where = self._address or "this machine"
            raise NoEngineError(f"no Ray cluster at {where}: {str(error).partition(chr(10))[0]}") from error

    def _handed(self, batches: Sequence[Batch], task: Task, ahead: int) -> Iterator[Done]:
        ray = self._ray
        remote: Any = ray.remote(num_cpus=1, max_retries=_RETRIES)(_answer)
        given, waiting = iter(batches), set[Any]()
        while True:
            while len(waiting) < ahead and (batch := next(given, None)) is not None:
                waiting.add(remote.remote(batch_text(batch), task))
            if not waiting:
                return
            ready, _ = ray.wait(list(waiting), num_returns=1)
            for reference in ready:
                waiting.discard(reference)
                yield read_answer(ray.get(reference))


def _load(model: ModelName) -> None:
    """Make a worker's extractor; what is wrong with it is told by the first batch."""
    collect_seldom()
    with contextlib.suppress(ReportedlyError):
        load_extractor(model)


def _answer(batch: str, task: Task) -> str:
    """What a worker of the cluster says of a batch; Ray itself has it give way to other processes."""
    collect_seldom()
    return answer(batch, task)


def _check_address(address: str) -> None:
    """See that somebody listens there.

    Raises:
        NoEngineError: nobody does.
    """
    found = _PORT.fullmatch(address)
    if found is None:
        return  # `auto`, or something that Ray may know
    try:
        socket.create_connection((found["host"], int(found["port"])), timeout=_PATIENCE).close()
    except OSError as error:
        raise NoEngineError(f"no Ray cluster at {address}: {error.strerror or error}") from error
