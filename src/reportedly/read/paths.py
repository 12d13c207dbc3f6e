"""Reads what the user names: files, folders, standard input."""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportedly.model import Problem, Reading
from reportedly.read.archives import shown_name
from reportedly.read.assembly import failed
from reportedly.read.formats import ENDINGS, PACKED, format_of
from reportedly.read.members import Budget, Member
from reportedly.read.reading import read_member
from reportedly.read.saved_pages import belongs_to_page
from reportedly.read.sidecar import SUFFIX, load_sidecar, sidecar_path


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
        for file, problem in _walk(path):
            if problem:
                yield Reading(document=None, text="", problems=(problem,))
            else:
                yield from _read_file(file, named=file == path)


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
        if entry.name.startswith(".") or belongs_to_page(entry.name, names):
            continue
        if entry.name.endswith(SUFFIX):
            yield from _walk_sidecar(file)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(file)
        elif not entry.is_dir():
            yield file, None


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
        yield failed(name, "unsupported-format", "files of this kind are not read; it was left out")
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
        yield failed(name, "unreadable", f"it cannot be read: {error.strerror or error}")


def _problem(code: str, path: Path, message: str) -> Problem:
    return Problem(code=code, message=message, document=shown_name(str(path)))
