"""Reads ZIP archives and WACZ web archives: a document or more a member; nothing is written to the disk."""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from reportedly.model import Reading
from reportedly.read.archives.archives import MEMBERS_MOST, Contents, LeftOut, Opened, SidecarsKept
from reportedly.read.assembly import failed
from reportedly.read.files.members import Member, ReadMember, seekable

_DIRECTORY_MOST = 128_000_000  # bytes of a central directory, which is held in memory
_END = b"PK\x05\x06"
_END_SIZE = 22  # bytes of the record that ends a ZIP file (APPNOTE 6.3.10, 4.3.16), without its comment
_COMMENT_MOST = 65_535
_ENCRYPTED, _UTF8 = 0x1, 0x800  # general purpose bits (APPNOTE 4.4.4)
_LARGE, _RATIO = 10_000_000, 200  # bytes from which a member's ratio counts, and the ratio from which it is taken for a bomb

DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError, RuntimeError, OSError, EOFError)
"""What zipfile raises of archives that are damaged or encrypted, when it opens them or a member."""


def read_zip(member: Member, stream: IO[bytes], read: ReadMember) -> Iterator[Reading]:
    """The documents of a ZIP archive, in the order of its directory.

    Args:
        member: the archive.
        stream: its bytes.
        read: reads a member of it.

    Yields:
        A reading a document, and at the end one for each kind of members left out; `bad-archive` where it is damaged, encrypted or
        has too large a directory, `too-large` for a member that unpacks to 200 times its size.

    Source: APPNOTE.TXT - .ZIP File Format Specification, 6.3.10.
    """
    yield from _read(member, stream, read, lambda _: True)


def read_wacz(member: Member, stream: IO[bytes], read: ReadMember) -> Iterator[Reading]:
    """The documents of the crawls in a WACZ archive; its indexes and lists of pages say nothing more and are passed over.

    Args:
        member: the archive.
        stream: its bytes.
        read: reads a member of it.

    Yields:
        As `read_zip`.

    Source: WACZ Format 1.1.1, 4.2: crawls lie in `archive/`.
    """
    yield from _read(member, stream, read, lambda name: name.startswith("archive/"))


def _read(member: Member, stream: IO[bytes], read: ReadMember, wanted: Callable[[str], bool]) -> Iterator[Reading]:
    with seekable(stream) as whole:
        fault = directory_fault(whole)
        try:
            archive = None if fault else zipfile.ZipFile(whole)
        except DAMAGED as error:
            fault, archive = f"it is damaged: {error}", None
        if archive is None:
            yield failed(member.name, "bad-archive", f"{fault}; nothing was read from it", *member.problems)
            return
        with archive:
            yield from _read_members(member, archive, read, wanted)


def _read_members(member: Member, archive: zipfile.ZipFile, read: ReadMember, wanted: Callable[[str], bool]) -> Iterator[Reading]:
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if any(info.filename == "datapackage.json" for info in infos) and any(_is_crawl(info.filename) for info in infos):
        wanted = _is_crawl
    opened = Opened(member=member, contents=_contents(archive, infos), left_out=LeftOut(archive=member.name), read=read)
    for info in infos[:MEMBERS_MOST]:
        name = _name(info)
        if not wanted(name):
            continue
        refused = _refusal(info)
        if refused:
            code, message = refused
            yield failed(f"{member.name}!{name}", code, message)
        else:
            yield from opened.read_entry(name, _opener(archive, info))
    yield from opened.left_out.readings()
    if len(infos) > MEMBERS_MOST:
        yield failed(member.name, "too-large", f"it has {len(infos):,} members; those after the first {MEMBERS_MOST:,} were left out")


def _is_crawl(name: str) -> bool:
    return name.startswith("archive/")


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes] | None]:
    is_link = stat.S_ISLNK(info.external_attr >> 16)  # where Unix programs keep the mode
    return lambda: None if is_link else archive.open(info)


def _contents(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Contents:
    kept = SidecarsKept()
    for info in infos[:MEMBERS_MOST]:
        if not _refusal(info):
            kept.keep(_name(info), info.file_size, partial(archive.read, info))
    return Contents.of({_name(info) for info in infos[:MEMBERS_MOST]}, kept.found)


def _refusal(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Code and message for a member that is not to be unpacked; None for one that is."""
    if info.flag_bits & _ENCRYPTED:
        return "bad-archive", "this member is encrypted and was left out"
    if info.file_size > _LARGE and info.file_size > _RATIO * max(1, info.compress_size):
        return "too-large", f"this member unpacks from {info.compress_size:,} to {info.file_size:,} bytes; it was left out"
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; what old programs wrote in UTF-8 without saying so is read as UTF-8."""
    if not info.flag_bits & _UTF8:
        try:
            return info.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass  # it stays in the encoding of the specification
    return info.filename


def directory_fault(stream: IO[bytes], most: int = _DIRECTORY_MOST) -> str | None:
    """What forbids to open an archive: no end record, or a directory too large for the memory; None where nothing does.

    Args:
        stream: the archive's bytes, which can be gone about in; it stands at its start afterwards.
        most: bytes that the directory may have.
    """
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _END_SIZE - _COMMENT_MOST))
    tail = stream.read(_END_SIZE + _COMMENT_MOST)
    stream.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_SIZE:
        return "it has no directory, so it is cut or no ZIP file"
    directory = struct.unpack("<L", tail[place + 12 : place + 16])[0]
    # in a ZIP64 file the field is all ones, and the directory then may be as large as the file
    large = size if directory == 0xFFFFFFFF else directory  # noqa: PLR2004
    return f"its directory has {large:,} bytes, more than {most:,}" if min(large, size) > most else None
