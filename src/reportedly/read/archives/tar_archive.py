"""Reads tar archives: a document or more a member; nothing is written to the disk, and links are not followed."""

import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, cast

from reportedly.model import Reading
from reportedly.read.archives.archives import MEMBERS_MOST, Contents, LeftOut, Opened, SidecarsKept
from reportedly.read.assembly import failed
from reportedly.read.files.members import DAMAGE, Member, ReadMember, seekable, unpacked

_HEADER_MOST = 4_000_000  # bytes that one header (a pax record, a long name) may have
_BLOCK = 1 << 20
_DAMAGED = (*DAMAGE, tarfile.TarError, OSError, ValueError, RecursionError, UnicodeError, OverflowError)


class _Guarded:
    """A stream that is only read forward, and never in pieces larger than a header may be.

    tarfile reads a header as long as it says to be, so that a few packed bytes could fill the memory; members are read in blocks.
    """

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._place = 0
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > _HEADER_MOST:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        self.last = self._inner.read(size)
        self._place += len(self.last)
        return self.last

    def seek(self, place: int, _: int = 0) -> int:
        if place < self._place:
            raise tarfile.ReadError("a header that leads back")
        while self._place < place and self.read(min(_BLOCK, place - self._place)):
            pass
        return self._place

    def tell(self) -> int:
        return self._place


def read_tar(member: Member, stream: IO[bytes], read: ReadMember) -> Iterator[Reading]:
    """The documents of a tar archive, in its order.

    Args:
        member: the archive.
        stream: its bytes, unpacked.
        read: reads a member of it.

    Yields:
        A reading a document, and at the end one for each kind of members left out (`unsafe-member` for links, devices and names that
        lead out of the archive); `bad-archive` where it is damaged, after what stands before the damage.

    Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
    """
    if member.stream.seekable():
        yield from _read(member, partial(_anew, member), read)
        return
    with seekable(stream) as copy:
        yield from _read(member, partial(_rewound, copy), read)


def _read(member: Member, start: Callable[[], IO[bytes]], read: ReadMember) -> Iterator[Reading]:
    """The documents of an archive that `start` gives from its first byte on as often as it is called."""
    names: set[str] = set()
    kept = SidecarsKept()
    fault = None
    try:
        for info, content in _entries(start()):
            names.add(info.name)
            if content is not None:
                kept.keep(info.name, info.size, content.read)
    except _DAMAGED as error:
        fault = f"it is damaged: {error}; what stands before was read"
    opened = Opened(member=member, contents=Contents.of(names, kept.found), left_out=LeftOut(archive=member.name), read=read)
    try:
        for info, content in _entries(start()):
            yield from opened.read_entry(info.name, partial(_same, content))
    except _DAMAGED as error:
        fault = fault or f"it cannot be read a second time: {error}"
    yield from opened.left_out.readings()
    if fault:
        yield failed(member.name, "bad-archive", fault, *member.problems)
    elif len(names) >= MEMBERS_MOST:
        yield failed(member.name, "too-large", f"it has {MEMBERS_MOST:,} members or more; those after these were left out")


def _anew(member: Member) -> IO[bytes]:
    member.stream.seek(0)
    return unpacked(member.stream, member.budget)


def _rewound(copy: IO[bytes]) -> IO[bytes]:
    copy.seek(0)
    return copy


def _entries(stream: IO[bytes]) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
    """The entries of an archive but its folders, each with its bytes; None for what is no file."""
    guarded = _Guarded(stream)
    with tarfile.open(fileobj=cast("IO[bytes]", guarded), mode="r:", errorlevel=1) as archive:
        for _ in range(MEMBERS_MOST):
            info = archive.next()
            cast("Any", archive).members.clear()  # tarfile would keep every one
            if info is None:
                break
            if not info.isdir():
                yield info, archive.extractfile(info) if info.isreg() else None
        else:
            return
    if guarded.last.strip(b"\0"):  # an archive ends with blocks of zeros; tarfile also stops, in silence, at what is no header
        raise tarfile.ReadError("a header is cut or broken")


def _same(content: IO[bytes] | None) -> IO[bytes] | None:
    return content
