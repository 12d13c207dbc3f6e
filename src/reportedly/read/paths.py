"""Reads what the user names: files, folders, standard input."""

import errno
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from reportedly.model import Problem, Reading
from reportedly.read.archives.archives import Contents, shown_name
from reportedly.read.assembly import failed
from reportedly.read.files.formats import ENDINGS, PACKED, format_of, is_left_behind, not_read
from reportedly.read.files.members import Budget, Member
from reportedly.read.files.saved_pages import belongs_to_page
from reportedly.read.files.sidecar import SUFFIX, load_sidecar, sidecar_path
from reportedly.read.reading import read_member


def read_paths(paths: Sequence[Path]) -> Iterator[Reading]:
    """The documents in some files and folders.

    Args:
        paths: files and folders, the latter searched through all their folders in sorted order; hidden files, links to folders and
            the sidecars of files are passed over, and so is the folder beside a page that a browser saved whole.

    Yields:
        A reading a document, as the paths are given, and the members of an archive in its own order. What cannot be read gives a
        reading without a document and a problem, whose codes the data dictionary lists.
    """
    for path in paths:
        for found in find_files(path):
            yield from read_found(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to be read.

    Attributes:
        path: where it lies.
        named: whether the user named it; such a file is read whatever its ending.
        problem: why it cannot be read; None where nothing is known against it.
    """

    path: Path
    named: bool = False
    problem: Problem | None = None


def find_files(path: Path) -> Iterator[Found]:
    """The files that `read_paths` reads of a path, in its order."""
    for file, problem in _walk(path):
        yield Found(path=file, named=file == path, problem=problem)


def read_found(found: Found) -> Iterator[Reading]:
    """The documents of one file."""
    if found.problem:
        yield Reading(document=None, text="", problems=(found.problem,))
    else:
        yield from _read_file(found.path, named=found.named)


def read_opened(stream: IO[bytes], name: str, *, size: int, sidecar: bytes | None = None) -> Iterator[Reading]:
    """The documents of a file that lies elsewhere than in a folder, as in an object store.

    Args:
        stream: its bytes, read as they are wanted.
        name: the documents' name, such as its address; its ending tells the format where it has one, else the bytes do.
        size: its bytes, as it lies there.
        sidecar: the bytes of the sidecar beside it; None where there is none.

    Yields:
        A reading a document.
    """
    shown, file = shown_name(name), PurePosixPath(PurePosixPath(name).name)
    beside = Contents(sidecars={} if sidecar is None else {str(sidecar_path(file)): sidecar})
    noted, problems = beside.beside(str(file), shown)
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream))
    yield from read_member(
        Member(name=shown, stream=buffered, kind=format_of(file.name), sidecar=noted, problems=problems, budget=Budget(size))
    )


class _Raw(io.RawIOBase):
    """A stream of any library as Python's own."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Where the stream is."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._inner.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as there are bytes."""
        found = self._inner.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def read_stream(content: bytes, name: str) -> Iterator[Reading]:
    """The documents in some bytes that came without a file, as from standard input.

    Args:
        content: the bytes, perhaps compressed by gzip.
        name: the document's name, such as `-`; its ending tells the format where it has one, else the bytes do.

    Yields:
        A reading a document.
    """
    yield from read_member(
        Member(name=name, stream=io.BufferedReader(io.BytesIO(content)), kind=format_of(name), budget=Budget(len(content)))
    )


def _walk(path: Path) -> Iterator[tuple[Path, Problem | None]]:
    """The files of a path in sorted order, with a problem in place of what cannot be listed."""
    try:
        if not path.exists():
            yield path, _problem("no-such-file", path, "there is no such file or folder")
        elif path.is_dir():
            yield from _walk_folder(path)
        elif path.name.endswith(SUFFIX):
            yield from _walk_sidecar(path)
        else:
            yield path, None
    except (OSError, ValueError) as error:  # a path too long, or one with a NUL
        yield path, _problem("unreadable", path, f"it cannot be read: {error}")


def _walk_folder(folder: Path) -> Iterator[tuple[Path, Problem | None]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, _problem("unreadable", folder, f"the folder cannot be read: {error.strerror}")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        file = folder / entry.name
        if is_left_behind(entry.name) or belongs_to_page(entry.name, names):
            continue
        if entry.name.endswith(SUFFIX):
            yield from _walk_sidecar(file)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(file)
        elif not _leads_to_folder(entry):
            yield file, None


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a link to a folder; one that leads round in a circle, or where nobody may look, is a file that cannot be read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _walk_sidecar(path: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Nothing for a sidecar, which is read with its file; a problem where it lies alone."""
    name = path.name.removesuffix(SUFFIX)
    usual = (path.with_name(name + ending + packed) for ending in ENDINGS for packed in ("", *PACKED))
    if any(file.is_file() for file in usual):
        return
    try:
        with os.scandir(path.parent) as entries:
            beside = any(entry.name != path.name and sidecar_path(path.with_name(entry.name)) == path for entry in entries)
    except OSError as error:
        yield path, _problem("unreadable", path, f"the folder cannot be read: {error.strerror}")
        return
    if not beside:
        yield path, _problem("lone-sidecar", path, f"it notes what is known of {name}.*, but no such file lies beside it; it was left out")


def _read_file(path: Path, *, named: bool) -> Iterator[Reading]:
    """The documents of one file; one that the user named is read whatever its ending."""
    name = shown_name(str(path))
    kind = format_of(path.name)
    if kind is None and not named:
        yield failed(name, "unsupported-format", not_read(path.name))
        return
    try:
        sidecar, problems = load_sidecar(path, name)
        if name != str(path):
            message = "its file name holds characters that cannot be shown; they stand as escapes"
            problems = (*problems, Problem(code="bad-name", message=message, document=name))
        with path.open("rb") as stream:
            budget = Budget(path.stat().st_size)
            yield from read_member(Member(name=name, stream=stream, kind=kind, sidecar=sidecar, problems=problems, budget=budget))
    except OSError as error:
        leads = "it is a link to a file that is not there" if path.is_symlink() and error.errno == errno.ENOENT else ""
        yield failed(name, "unreadable", leads or f"it cannot be read: {error.strerror or error}")


def _problem(code: str, path: Path, message: str) -> Problem:
    return Problem(code=code, message=message, document=shown_name(str(path)))
