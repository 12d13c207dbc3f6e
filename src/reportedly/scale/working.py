"""What a worker does on whatever machine: reads a batch, extracts it, leaves a partition and a mark."""

import contextlib
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, cast

from reportedly.model import ModelName
from reportedly.model.ports import Extractor
from reportedly.read import read_stream, reader_version
from reportedly.scale.partitions import Made, write_partition
from reportedly.scale.sources import Batch, read_source
from reportedly.scale.work_folder import Done, WorkFolder
from reportedly.workers import make_extractor

_ANY_REPORT = b"Officials said on Monday that six people were hurt."


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How batches are worked on.

    Attributes:
        model: what claims are extracted by.
        folder: place of the work folder, a whole path or an address.
        start: folder that relative paths begin at.
    """

    model: ModelName
    folder: str
    start: str = "."


def work(batch: Batch, task: Task) -> Done:
    """Read and extract a batch, unless somebody did already.

    Args:
        batch: the batch.
        task: how.

    Returns:
        What was done; its partition and its mark are in the work folder.

    Raises:
        ReportedlyError: the run as a whole is impossible.
        OSError: the work folder cannot be written to.
    """
    with contextlib.suppress(OSError):  # a machine without it can still read whole paths and addresses
        os.chdir(task.start)
    folder = WorkFolder(task.folder)
    found = folder.done(batch.key)
    if found is not None and folder.holds(found.partition):
        return found
    extractor = _extractor(task.model)
    with TemporaryFile() as content:
        tally = write_partition(_made(batch, extractor), cast("IO[bytes]", content))
        content.seek(0)
        folder.keep(tally.digest, cast("IO[bytes]", content))
    done = Done(
        key=batch.key,
        partition=tally.digest,
        documents=tally.documents,
        characters=tally.characters,
        loose=tally.loose,
        reader=reader_version(),
        extractor=extractor.version,
    )
    folder.mark(done)
    return done


def load_extractor(model: ModelName) -> None:
    """Make this process's extractor, with all that it loads when it is first used.

    Raises:
        ReportedlyError: it is missing or broken.
    """
    extractor = _extractor(model)
    for reading in read_stream(_ANY_REPORT, "any.txt"):
        extractor.extract(reading.text, reading.articles)


@functools.cache
def _extractor(model: ModelName) -> Extractor:
    """A process's own, made once."""
    return make_extractor(model)


def _made(batch: Batch, extractor: Extractor) -> Iterator[Made]:
    for source in batch.sources:
        for reading in read_source(source):
            yield reading, extractor.extract(reading.text, reading.articles)
