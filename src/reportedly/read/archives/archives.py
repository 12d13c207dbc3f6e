"""What the readers of archives share: which members are read, by which name, with which sidecar, and what is said of the rest."""

import json
import struct
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, Self

from reportedly.model import Problem, Reading, Sidecar
from reportedly.read.assembly import failed
from reportedly.read.files.formats import Format, format_of, is_left_behind
from reportedly.read.files.members import DAMAGE, BudgetSpentError, Member, ReadMember
from reportedly.read.files.saved_pages import belongs_to_page
from reportedly.read.files.sidecar import MOST as SIDECAR_MOST
from reportedly.read.files.sidecar import SUFFIX, make_sidecar, sidecar_path

MEMBERS_MOST = 500_000
"""Members of an archive that are looked at; their names are held in memory."""

SIDECARS_MOST = 256_000_000
"""Bytes of an archive's sidecars that are held in memory while it is read: those of as many pages as an archive may have."""

_EXAMPLES = 3
_NAME_MOST = 500  # characters of a member's name that are shown
_BROKEN = (*DAMAGE, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, OSError, ValueError)
_OTHER = {
    "unsupported-format": "of kinds that are not read",
    "unsafe-member": "that are links, or lead out of the archive,",
    "lone-sidecar": "that note what is known of pages which are not there",
    "error-page": "that are a server's answer to a page it did not give",
    "too-large": "of more bytes than are read at one time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a first look at an archive shows.

    Attributes:
        names: names of all its members.
        sidecars: bytes of those that are sidecars, by name; in words why they cannot be had where they cannot.
        beside_members: where the sidecars of its members would lie.
    """

    names: AbstractSet[str] = frozenset()
    sidecars: Mapping[str, bytes | str] = field(default_factory=dict)
    beside_members: AbstractSet[str] = frozenset()

    @classmethod
    def of(cls, names: AbstractSet[str], sidecars: Mapping[str, bytes | str]) -> Self:
        """The contents of an archive with some members, of which some are sidecars."""
        places = ((name, str(sidecar_path(PurePosixPath(name)))) for name in names if PurePosixPath(name).name)
        return cls(names=names, sidecars=sidecars, beside_members={place for name, place in places if place != name})

    def beside(self, name: str, document: str) -> tuple[Sidecar | None, tuple[Problem, ...]]:
        """The sidecar of a member and what of it could not be used."""
        place = str(sidecar_path(PurePosixPath(name)))
        content = self.sidecars.get(place)
        if content is None:
            return None, ()
        if isinstance(content, str):
            return None, (_bad_sidecar(document, f"{place} cannot be read and was left out: {content}"),)
        try:
            fields = json.loads(content)
        except (ValueError, RecursionError) as error:
            return None, (_bad_sidecar(document, f"{place} cannot be read and was left out: {error}"),)
        if not isinstance(fields, dict):
            return None, (_bad_sidecar(document, f"{place} holds no object with fields and was left out"),)
        return make_sidecar(fields, document, place)


@dataclass(slots=True, kw_only=True)
class SidecarsKept:
    """The bytes of an archive's sidecars, which are held in memory while it is read: only so many of them.

    Attributes:
        found: by name; in words why they cannot be had where they cannot.
        left: bytes that may still be kept.
    """

    found: dict[str, bytes | str] = field(default_factory=dict)
    left: int = SIDECARS_MOST

    def keep(self, name: str, size: int, read: Callable[[], bytes]) -> None:
        """Keep a member's bytes if it is a sidecar.

        Args:
            name: its name.
            size: how many bytes it says to have.
            read: gives them.
        """
        if not name.endswith(SUFFIX) or size > SIDECAR_MOST:
            return
        self.left -= size
        if self.left < 0:
            self.found[name] = f"the archive's sidecars hold more than {SIDECARS_MOST:,} bytes"
            return
        try:
            self.found[name] = read()
        except (*_BROKEN, RuntimeError, struct.error, OverflowError) as error:  # as zipfile raises of what is damaged
            self.found[name] = str(error)


@dataclass(slots=True, kw_only=True)
class LeftOut:
    """Members that were not read, counted, since an archive may hold any number of them.

    Attributes:
        archive: the archive's name.
        counts: how many, by the code of the reason.
        examples: names of the first ones, by code.
        problems: what is said of them, by code.
    """

    archive: str
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)

    def readings(self) -> Iterator[Reading]:
        """One reading with a problem for each reason."""
        for _, problem in sorted(self.problems.items()):
            yield Reading(document=None, text="", problems=(problem,))


def leave_out(left_out: LeftOut, code: str, name: str) -> None:
    """Count one more member that is not read.

    Args:
        left_out: the members so far.
        code: the problem's code.
        name: the member's name.
    """
    left_out.counts[code] += 1
    count, shown = left_out.counts[code], left_out.examples.setdefault(code, [])
    if len(shown) < _EXAMPLES:
        shown.append(shown_name(name))
    more = ", ..." if count > len(shown) else ""
    message = f"{count:,} of its members {_OTHER[code]} were left out: {', '.join(map(repr, shown))}{more}"
    left_out.problems[code] = Problem(code=code, message=message, document=left_out.archive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An archive that is being read.

    Attributes:
        member: the archive.
        contents: what a first look showed.
        left_out: what was not read so far.
        read: reads a member.
    """

    member: Member
    contents: Contents
    left_out: LeftOut
    read: ReadMember

    def read_entry(self, name: str, open_stream: Callable[[], IO[bytes] | None]) -> Iterator[Reading]:
        """The documents of one member; damage to it is a problem of its own.

        Args:
            name: its name in the archive.
            open_stream: gives its bytes.

        Yields:
            Its readings, none for what is no page: hidden files, sidecars, what a saved page brought along.

        Raises:
            BudgetSpentError: the archive unpacks to more than it may.
        """
        kind = self._kind(name)
        if kind is None:
            return
        shown = f"{self.member.name}!{shown_name(name)}"
        sidecar, problems = self.contents.beside(name, shown)
        try:
            stream = open_stream()
            if stream is None:
                leave_out(self.left_out, "unsafe-member", name)
                return
            inner = self.member.inner(shown_name(name), stream, kind)
            yield from self.read(replace(inner, sidecar=sidecar, problems=problems))
        except _BROKEN as error:
            yield failed(shown, "bad-archive", f"this member cannot be unpacked and was left out: {error}", *problems)
        if self.member.budget.spent:
            raise BudgetSpentError

    def _kind(self, name: str) -> Format | None:
        """The format of a member to be read; None for what is passed over, which is counted where a user should know."""
        path = PurePosixPath(name)
        if leads_out(name):
            leave_out(self.left_out, "unsafe-member", name)
            return None
        if any(is_left_behind(part) or part == "__MACOSX" for part in path.parts) or belongs_to_page(name, self.contents.names):
            return None
        if name.endswith(SUFFIX):
            if name not in self.contents.beside_members:
                leave_out(self.left_out, "lone-sidecar", name)
            return None
        kind = format_of(path.name)
        if kind is None:
            leave_out(self.left_out, "unsupported-format", name)
        return kind


def leads_out(name: str) -> bool:
    """Whether a member's name would, unpacked, lie outside the folder it is unpacked to, or is no name at all."""
    parts = name.replace("\\", "/").split("/")
    return not name or "\0" in name or name.startswith(("/", "\\")) or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":")  # noqa: PLR2004 - a drive


def shown_name(name: str) -> str:
    """A member's or file's name as documents bear it: what is no character of a name becomes its escape."""
    characters = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in characters)
    return shown if len(shown) <= _NAME_MOST else f"{shown[:_NAME_MOST]}..."


def _bad_sidecar(document: str, message: str) -> Problem:
    return Problem(code="bad-sidecar", message=message, document=document)
