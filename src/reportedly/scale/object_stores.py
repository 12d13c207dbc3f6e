"""Object stores and other file systems by address: `s3://`, `gs://`, `hdfs://`, `file://`, through Arrow's file systems.

How a user logs in is the store's own affair (environment, configuration files, roles); what stands in an address for that purpose is
never part of a document's name.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from reportedly.errors import NoObjectsError
from reportedly.extras import load_extra
from reportedly.model import Problem
from reportedly.read import SUFFIX, belongs_to_page, format_of, sidecar_path

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file in an object store.

    Attributes:
        place: its address, without query and without what its user logs in with.
        named: whether the user named it.
        size: its bytes.
        stamp: what changes when its bytes or its sidecar's do.
        sidecar: address of its sidecar; None where there is none.
        problem: why it cannot be read; None where nothing is known against it.
    """

    place: str
    named: bool = False
    size: int = 0
    stamp: str = ""
    sidecar: str | None = None
    problem: Problem | None = None


def list_objects(address: str) -> Iterator[StoredFile]:
    """The files under an address, in the order of their names; hidden ones and sidecars are passed over, as in a folder.

    Args:
        address: of a file or a folder, `s3://bucket/folder`.

    Raises:
        NoObjectsError: the store cannot be reached, or the address is none.
        MissingExtraError: pyarrow is not installed.
    """
    fs = load_extra("pyarrow.fs", "engine")
    system, path = open_store(address)
    try:
        info = system.get_file_info(path)
        folder = info.type == fs.FileType.Directory
        listed = system.get_file_info(fs.FileSelector(path, recursive=True)) if folder else [info]
    except OSError as error:
        raise NoObjectsError(address, str(error)) from error
    if info.type == fs.FileType.NotFound:
        place = _place(address, path)
        yield StoredFile(place=place, problem=Problem(code="no-such-file", message="there is no such file or folder", document=place))
        return
    files = {one.path: one for one in listed if one.type == fs.FileType.File}
    for inner in sorted(files, key=lambda name: PurePosixPath(name).parts):
        if inner == path or not _is_passed_over(inner, path, files.keys()):
            yield from _stored(address, inner, files, named=inner == path)


def open_object(address: str, place: str) -> AbstractContextManager[IO[bytes]]:
    """The bytes of a file, read as they are wanted.

    Args:
        address: by which the store is opened.
        place: the file's own address, from `list_objects`.

    Raises:
        NoObjectsError: they cannot be had.
    """
    system, _ = open_store(address)
    try:
        return system.open_input_file(_SCHEME.sub("", place) if system.type_name != "local" else place.partition("://")[2])  # type: ignore[no-any-return]
    except OSError as error:
        raise NoObjectsError(place, str(error)) from error


@functools.cache
def open_store(address: str) -> tuple[Any, str]:
    """An Arrow file system, and the path in it that an address names.

    Raises:
        NoObjectsError: the address is none, or of a store that is not known.
        MissingExtraError: pyarrow is not installed.
    """
    arrow, fs = load_extra("pyarrow", "engine"), load_extra("pyarrow.fs", "engine")
    try:
        system, path = fs.FileSystem.from_uri(address)
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise NoObjectsError(address, str(error)) from error
    return system, path.rstrip("/")


def _stored(address: str, path: str, files: Mapping[str, Any], *, named: bool) -> Iterator[StoredFile]:
    info, place = files[path], _place(address, path)
    if path.endswith(SUFFIX):
        if not any(str(sidecar_path(PurePosixPath(other))) == path for other in files if other != path):
            page = PurePosixPath(path).name.removesuffix(SUFFIX)
            message = f"it notes what is known of {page}.*, but no such file lies beside it; it was left out"
            yield StoredFile(place=place, problem=Problem(code="lone-sidecar", message=message, document=place))
        return
    if not named and format_of(path) is None:
        message = "files of this kind are not read; it was left out"
        yield StoredFile(place=place, problem=Problem(code="unsupported-format", message=message, document=place))
        return
    beside = files.get(str(sidecar_path(PurePosixPath(path))))
    stamps = [str(info.mtime_ns), *([str(beside.mtime_ns), str(beside.size)] if beside else [])]
    yield StoredFile(
        place=place,
        named=named,
        size=info.size,
        stamp=" ".join(stamps),
        sidecar=_place(address, beside.path) if beside else None,
    )


def _is_passed_over(path: str, root: str, names: AbstractSet[str]) -> bool:
    """Whether a file, or a folder around it, is hidden or belongs to a page that a browser saved whole."""
    inner = PurePosixPath(path).relative_to(root).parts if root else PurePosixPath(path).parts
    return any(part.startswith(".") for part in inner) or belongs_to_page(path, names)


def _place(address: str, path: str) -> str:
    scheme = _SCHEME.match(address)
    return f"{scheme[1]}://{path}" if scheme else path
