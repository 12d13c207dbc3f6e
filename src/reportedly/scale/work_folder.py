"""The work folder: where workers leave partitions, and marks that tell which batches are done, for the machine that holds the ledger.

    marks/KEY.json          of each batch: its partition, its documents, who made it; written last, so that a mark means a whole partition
    parts/DIGEST.parquet    the partitions, by the digest of their content
    runs/RUN.json           of each run: its batches in their order, and which of them are in the ledger

It is a folder on this machine, one that all machines share, or an address in an object store. Whatever is there after a kill is used by
the next run; whatever is half written bears another name.
"""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from reportedly.extras import load_extra
from reportedly.model import Problem, record_of, row_of
from reportedly.model.engine import is_address
from reportedly.scale.object_stores import open_store

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A batch that is read and extracted.

    Attributes:
        key: the batch's.
        partition: digest of its partition.
        documents: ids of its documents.
        characters: of all their texts.
        loose: why some of its files gave no document.
        reader: name and version of the reader that made it.
        extractor: name and version of the extractor.
    """

    key: str
    partition: str
    documents: tuple[str, ...]
    characters: int
    loose: tuple[Problem, ...]
    reader: str
    extractor: str


class WorkFolder:
    """Marks and partitions in a folder or an object store.

    Args:
        place: a path, or an address such as `s3://bucket/folder`.

    Raises:
        NoObjectsError: the address is none, or its store cannot be reached.
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._local = not is_address(place)
        self._fs = load_extra("pyarrow.fs", "engine")
        self._system: Any
        self._system, self._root = (self._fs.LocalFileSystem(), os.path.abspath(place)) if self._local else open_store(place)  # noqa: PTH100

    def mark(self, done: Done) -> None:
        """Note that a batch is done; its partition is there."""
        self._write(f"marks/{done.key}.json", json.dumps(row_of(done)).encode())

    def done(self, key: str) -> Done | None:
        """What is noted of a batch; None where it is not done, or where a machine that lost its power left half a mark."""
        found = self._load(f"marks/{key}.json")
        try:
            return None if found is None else record_of(Done, json.loads(found))
        except ValueError:
            return None

    def holds(self, partition: str) -> bool:
        """Whether a partition is there."""
        return self._size(f"parts/{partition}.parquet") is not None

    def keep(self, partition: str, content: IO[bytes]) -> None:
        """Keep a partition under its digest."""
        with self._writing(f"parts/{partition}.parquet") as out:
            while block := content.read(_BLOCK):
                out.write(block)

    @contextmanager
    def opened(self, partition: str) -> Iterator[IO[bytes]]:
        """A partition's bytes.

        Raises:
            OSError: it is not there.
        """
        with self._system.open_input_file(self._path(f"parts/{partition}.parquet")) as stream:
            yield stream

    def drop(self, partition: str) -> None:
        """Delete a partition; one that is not there is no matter."""
        if self.holds(partition):
            self._system.delete_file(self._path(f"parts/{partition}.parquet"))

    def note_run(self, run: str, rows: object) -> None:
        """Write a run's manifest anew."""
        self._write(f"runs/{run}.json", json.dumps(rows, indent=1).encode())

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _size(self, name: str) -> int | None:
        info = self._system.get_file_info(self._path(name))
        return info.size if info.type == self._fs.FileType.File else None

    def _load(self, name: str) -> bytes | None:
        if self._size(name) is None:
            return None
        with self._system.open_input_stream(self._path(name)) as stream:
            return bytes(stream.read())

    def _write(self, name: str, content: bytes) -> None:
        with self._writing(name) as out:
            out.write(content)

    @contextmanager
    def _writing(self, name: str) -> Iterator[IO[bytes]]:
        """A file that is there whole or not at all: renamed at the end on a disk, while an object store keeps none before its end.

        A worker does not wait for the disk: what a machine that lost its power left damaged is seen by its digest, and done again.
        """
        path = self._path(name)
        if not self._local:
            with TemporaryFile() as held:
                yield held
                held.seek(0)
                with self._system.open_output_stream(path) as out:
                    while block := held.read(_BLOCK):
                        out.write(block)
            return
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(f"{path}.{uuid.uuid4().hex}.unfinished")
        try:
            with unfinished.open("wb") as out:
                yield out
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
