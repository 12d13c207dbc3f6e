"""Adding pages beside the reading: one job at a time, each with its progress."""

import contextlib
import errno
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from reportedly.api import Desk
from reportedly.errors import NoSpaceError, ReportedlyError
from reportedly.model import Added, Problem, Reading
from reportedly.tasks.inspection import uploaded

Phase = Literal["waiting", "reading", "linking", "done", "failed"]

_MOST_JOBS = 200  # that are remembered
_LONGEST_NAME = 150  # characters of a file's name
_CHUNK = 1 << 20


@dataclass(slots=True, kw_only=True)
class Job:
    """Files on their way into the ledger; it is the progress of its own run.

    Attributes:
        id: an unguessable name.
        by: who brought them.
        files: their names.
        done: how many documents are through.
        current: the document that was last through.
        phase: where it is.
        added: what was new; None until it is done.
        problems: what could not be used.
        failure: why it failed, for readers; None where it did not.
    """

    id: str
    by: str
    files: tuple[str, ...]
    done: int = 0
    current: str = ""
    phase: Phase = "waiting"
    added: Added | None = None
    problems: list[Problem] = field(default_factory=list)
    failure: str | None = None

    def step(self, name: str, *, characters: int) -> None:  # noqa: ARG002 - the protocol `Progress`
        """One more document is through."""
        self.done += 1
        self.current = name
        self.phase = "reading"

    def linking(self) -> None:
        """All documents are through."""
        self.phase = "linking"

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew; the job's phase tells when."""

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return self.phase not in ("done", "failed")


class Intake:
    """Takes files in, one job after the other.

    Args:
        desk: where they go.
        changed: is told when a job has changed the ledger.
    """

    def __init__(self, desk: Desk, changed: Callable[[], None] = lambda: None) -> None:
        self._desk = desk
        self._changed = changed
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._folders: set[Path] = set()  # of jobs that are not done
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")

    def close(self) -> None:
        """Let the job at hand come to its end, and begin no other; what others brought is not kept."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def catch_up(self) -> None:
        """Link what an interrupted run left unlinked, beside the reading; where it cannot be, the next job does."""
        if self._desk.store.links_outdated():
            self._worker.submit(self._link)

    def _link(self) -> None:
        with contextlib.suppress(ReportedlyError):
            self._desk.relink()
        self._changed()

    def find(self, identity: str) -> Job | None:
        """The job of an id; None where there is none."""
        with self._lock:
            return self._jobs.get(identity)

    def take(self, files: Iterable[tuple[str, BinaryIO]], by: str) -> Job:
        """Keep the files for the moment and begin to add them.

        Args:
            files: names, as a browser gives them, with what they hold.
            by: who brought them.

        Returns:
            The job.
        """
        folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
        paths: list[Path] = []
        try:
            for name, content in files:
                path = _free(folder, bare_name(name))
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file, _CHUNK)
                paths.append(path)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise NoSpaceError(folder) from error
            raise
        job = Job(id=secrets.token_urlsafe(12), by=by, files=tuple(path.name for path in paths))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _MOST_JOBS:
                self._jobs.popitem(last=False)
        self._folders.add(folder)
        self._worker.submit(self._run, job, paths, folder)
        return job

    def _run(self, job: Job, paths: list[Path], folder: Path) -> None:
        job.phase = "reading"
        try:
            job.added = self._desk.add([], progress=job, readings=_noted(uploaded(paths, folder), job.problems.extend))
            job.phase = "done"
        except ReportedlyError as error:
            job.failure, job.phase = str(error), "failed"
        except Exception:
            job.failure, job.phase = "something went wrong here; the desk's own log says what", "failed"
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._folders.discard(folder)
            self._changed()


def bare_name(name: str) -> str:
    """A file's own name, whatever path a browser or an attacker put before it; never hidden, never empty."""
    bare = PurePath(name.replace("\\", "/")).name
    shown = "".join(c for c in bare if c.isprintable() and c not in '<>:"|?*!').strip(" .")
    ending = PurePath(shown).suffix[:20]
    return (shown[: _LONGEST_NAME - len(ending)] + ending if len(shown) > _LONGEST_NAME else shown) or "unnamed"


def _free(folder: Path, name: str) -> Path:
    """A path in a folder that nothing has yet."""
    path, tries = folder / name, 1
    while path.exists():
        tries += 1
        path = folder / f"{PurePath(name).stem} ({tries}){PurePath(name).suffix}"
    return path


def _noted(readings: Iterator[Reading], note: Callable[[Iterable[Problem]], None]) -> Iterator[Reading]:
    for reading in readings:
        note(reading.problems)
        yield reading
