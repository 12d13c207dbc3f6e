"""Members: the bytes of one file, wherever it lies, with what bounds the unpacking of the file that the user named."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from reportedly.model import Problem, Reading, Sidecar
from reportedly.read.files.formats import Format

BYTES_MOST = 256_000_000
"""Bytes of one document, unpacked: what fits into memory several times over."""

DEPTH_MOST = 3
"""Archives inside one another that are opened: a crawl inside a ZIP inside a tar."""

_UNPACKED_LEAST = 1_000_000_000  # bytes that any named file may unpack to
_UNPACKED_RATIO = 200  # times its size that a file may unpack to; text packs to a tenth, markup seldom below a fiftieth
_IN_MEMORY = 32_000_000  # bytes of an inner archive kept in memory before a temporary file takes them
_BLOCK = 1 << 20

DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What unpacking damaged bytes raises."""


class BudgetSpentError(Exception):
    """A named file unpacks to more than it may; caught where the file is read."""


class Budget:
    """How many bytes may still be unpacked from a file that the user named, archives inside it included.

    Args:
        size: the file's size in bytes.
    """

    def __init__(self, size: int) -> None:
        self.most = max(_UNPACKED_LEAST, _UNPACKED_RATIO * size)
        self.left = self.most

    @property
    def spent(self) -> bool:
        """Whether nothing more may be unpacked."""
        return self.left < 0

    def take(self, count: int) -> None:
        """Count some bytes.

        Raises:
            BudgetSpentError: they are too many.
        """
        self.left -= count
        if self.spent:
            raise BudgetSpentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file to be read: one that the user named, one in a folder, or one inside an archive.

    Attributes:
        name: the document's name, `archive!member` for one inside an archive.
        stream: its bytes.
        kind: its format; None where the bytes must tell.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.
        charset: the encoding that came with the bytes, as in an HTTP header; None where nothing came.
        depth: number of archives around it.
        budget: what may still be unpacked.
    """

    name: str
    stream: io.BufferedReader
    kind: Format | None = None
    sidecar: Sidecar | None = None
    problems: tuple[Problem, ...] = ()
    charset: str | None = None
    depth: int = 0
    budget: Budget = field(default_factory=lambda: Budget(0))

    def inner(self, name: str, stream: IO[bytes], kind: Format | None) -> "Member":
        """A member of this one, which is an archive; what is unpacked of it counts."""
        return replace(
            self,
            name=f"{self.name}!{name}",
            stream=metered(stream, self.budget),
            kind=kind,
            sidecar=None,
            problems=(),
            charset=None,
            depth=self.depth + 1,
        )


ReadMember = Callable[[Member], Iterator[Reading]]
"""Reads a member in whatever format it is; given to the readers of archives."""


class _Metered(io.RawIOBase):
    """A stream whose bytes are counted."""

    def __init__(self, inner: Any, budget: Budget) -> None:  # noqa: ANN401 - any stream with `read1`
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer of any kind
        """Fill the buffer as far as there are bytes."""
        found = self._inner.read1(len(buffer))  # what there is: bytes before the damage are not lost with it
        buffer[: len(found)] = found
        self._budget.take(len(found))
        return len(found)


def metered(stream: Any, budget: Budget) -> io.BufferedReader:  # noqa: ANN401 - a binary file of any kind
    """A stream of the same bytes, each counted as unpacked; of a stream that has `read1`."""
    return io.BufferedReader(_Metered(stream, budget), _BLOCK)


def unpacked(stream: io.BufferedReader, budget: Budget) -> io.BufferedReader:
    """The stream, unpacked where its first bytes are those of gzip, bzip2 or xz.

    Args:
        stream: the bytes.
        budget: what may still be unpacked.

    Returns:
        A stream that raises one of `DAMAGE` or an OSError where the bytes are damaged, and `BudgetSpentError` where they are too many.
    """
    head = stream.peek(6)[:6]
    if head.startswith(b"\x1f\x8b"):
        return metered(gzip.GzipFile(fileobj=stream), budget)
    if head.startswith(b"BZh"):
        return metered(bz2.BZ2File(stream), budget)
    if head.startswith(b"\xfd7zXZ\x00"):
        return metered(lzma.LZMAFile(stream), budget)
    return stream


def read_most(stream: IO[bytes], most: int) -> bytes:
    """The stream's bytes, and at most so many; block by block, since one large read would take the memory for all of them at once."""
    blocks = []
    left = most
    while left and (block := stream.read(min(left, _BLOCK))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)


@contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream, or a copy in a temporary file where it can only be read forward."""
    if stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while block := stream.read(_BLOCK):
            copy.write(block)
        copy.seek(0)
        yield copy
