"""Sources: the files of folders and object stores as small records that any machine can read, cut into batches.

A batch is what one worker reads and extracts at a time. Where batches begin is decided by the files' own names, so that a folder that
grew by a few files has the same batches but for those few, and what was done for the others is found again. A file that holds many
documents ends its batch: several of them in one would keep one worker busy long after the others are done.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from reportedly.model import Problem, Reading, digest
from reportedly.model.engine import is_address
from reportedly.read import Found, count_groups, find_files, format_of, read_found, read_opened, read_table, sidecar_path
from reportedly.scale.object_stores import list_objects, open_object

_MEAN = 16  # files in a batch: some seconds of work, so that a lost one costs little and the cost of handing it out does not show
_FILES_MOST = 2 * _MEAN
_COLLECTIONS = {"jsonl", "table", "csv", "json", "warc", "wacz", "zip", "tar"}
_PACKED = 3  # bytes of text in a byte of a table or crawl
_BYTES_MOST = 4_000_000  # of the files of a batch; a larger file is one by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file, or a part of one, that a worker reads by itself.

    Attributes:
        place: the path as given, or the address in an object store, without what its user logs in with.
        store: the address that the user gave, by which the store is opened; None for a path.
        named: whether the user named it; such a file is read whatever its ending.
        size: its bytes.
        stamp: what changes when its bytes or its sidecar's do.
        sidecar: address of the sidecar in the store; None where there is none, and for a path, beside which it is looked for.
        group: which row group of a table, from 0; None reads the whole file.
        problem: why it cannot be read; None where nothing is known against it.
    """

    place: str
    store: str | None = None
    named: bool = False
    size: int = 0
    stamp: str = ""
    sidecar: str | None = None
    group: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Sources that one worker reads and extracts at a time.

    Attributes:
        key: digest of what is read, as far as names, sizes and times tell, and of the versions that read it.
        sources: the files, in their order.
    """

    key: str
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """About how many bytes of text it has: files of many documents are mostly packed."""
        return sum(source.size * (_PACKED if _holds_many(source) else 1) for source in self.sources)


def list_sources(places: Iterable[str]) -> Iterator[Source]:
    """The sources of paths and addresses, in the order of `read.read_paths`; a table gives one a row group.

    Args:
        places: files, folders, and addresses of object stores: `s3://bucket/folder`, `gs://...`, `file:///...`.

    Raises:
        NoObjectsError: an object store cannot be reached, or the address is none.
        MissingExtraError: an address is given and pyarrow is not installed.
    """
    for place in places:
        found = _stored(place) if is_address(place) else map(_local, find_files(Path(place)))
        for source in found:
            yield from _in_groups(source)


def read_source(source: Source) -> Iterator[Reading]:
    """The documents of a source.

    Raises:
        NoObjectsError: its object store cannot be reached.
    """
    if source.problem is not None:
        yield Reading(document=None, text="", problems=(source.problem,))
    elif source.group is not None:
        with _opened(source) as stream:
            yield from read_table(stream, source.place, [source.group])
    elif source.store is None:
        yield from read_found(Found(path=Path(source.place), named=source.named))
    else:
        beside = None
        if source.sidecar is not None:
            with open_object(source.store, source.sidecar) as stream:
                beside = stream.read()
        with _opened(source) as stream:
            yield from read_opened(stream, source.place, size=source.size, sidecar=beside)


def cut_batches(sources: Iterable[Source], versions: Sequence[str]) -> Iterator[Batch]:
    """Sources in batches.

    Args:
        sources: from `list_sources`.
        versions: what reads and extracts them, and so is part of the batches' keys.
    """
    batch: list[Source] = []
    size = 0
    for source in sources:
        if batch and size + source.size > _BYTES_MOST:
            yield _batch(batch, versions)
            batch, size = [], 0
        batch.append(source)
        size += source.size
        if len(batch) >= _FILES_MOST or _holds_many(source) or _number(source.place) % _MEAN == 0:
            yield _batch(batch, versions)
            batch, size = [], 0
    if batch:
        yield _batch(batch, versions)


def _holds_many(source: Source) -> bool:
    return source.group is not None or format_of(source.place) in _COLLECTIONS


def _number(place: str) -> int:
    return int(digest(place.encode("utf-8", "surrogateescape"))[:8], 16)


def _batch(sources: Sequence[Source], versions: Sequence[str]) -> Batch:
    fields = [(s.place, s.named, s.size, s.stamp, s.group, s.problem and s.problem.message) for s in sources]
    return Batch(key=digest(repr((tuple(versions), fields)).encode("utf-8", "surrogateescape")), sources=tuple(sources))


def _local(found: Found) -> Source:
    place = str(found.path)
    if found.problem is not None:
        return Source(place=place, named=found.named, problem=found.problem)
    try:
        size, stamp = found.path.stat().st_size, [found.path.stat().st_mtime_ns]
        beside = sidecar_path(found.path)
        stamp += [beside.stat().st_mtime_ns, beside.stat().st_size] if beside.is_file() else []
    except OSError:
        size, stamp = 0, []  # reading it tells why
    return Source(place=place, named=found.named, size=size, stamp=" ".join(map(str, stamp)))


def _stored(address: str) -> Iterator[Source]:
    for found in list_objects(address):
        yield Source(
            place=found.place,
            store=address,
            named=found.named,
            size=found.size,
            stamp=found.stamp,
            sidecar=found.sidecar,
            problem=found.problem,
        )


def _in_groups(source: Source) -> Iterator[Source]:
    if source.problem is not None or not source.place.endswith(".parquet"):
        yield source
        return
    try:
        with _opened(source) as stream:
            groups = count_groups(stream)
    except OSError:
        groups = 1  # reading it tells why
    if groups == 1:
        yield source
    else:
        yield from (replace(source, group=group, size=source.size // groups) for group in range(groups))


def _opened(source: Source) -> AbstractContextManager[IO[bytes]]:
    return Path(source.place).open("rb") if source.store is None else open_object(source.store, source.place)
