"""The exceptions that end a run. Everything else is a `Problem` that travels with the result.

ReportedlyError
├── UsageError            the caller's words make no sense           exit status 2
│   ├── BadDateError      a date that is none
│   ├── BadPolicyError    a policy nobody defined
│   ├── BadPlaceError     an address that is no ledger's
│   ├── AmbiguousIdError  an id's start that fits several
│   ├── ConflictError     somebody else judged the same since the caller looked
│   └── UnknownIdError    an id or a title that names nothing
└── CannotRunError        the run as a whole is impossible           exit status 3
    ├── NotALedgerError   a file that is no ledger of ours
    ├── NewerLedgerError  a ledger written by a newer version
    ├── FilledLedgerError a ledger that is to be filled whole and holds something
    ├── LedgerBusyError   another process holds the ledger
    ├── UntidyError       what was removed may still lie in the ledger's files
    ├── NoSpaceError      the disk is full
    ├── UnreachableError  the database server does not answer
    ├── OlderLedgerError  a ledger on a server that nobody said may be brought up
    ├── UnreadableError   a path that cannot be read
    ├── NoObjectsError    an object store that cannot be reached
    ├── EngineStuckError  an engine whose workers end again and again
    ├── NoEngineError     an engine that is not there, or is of another version
    ├── MissingExtraError a part of the program that is installed apart
    ├── MissingModelError the language model is not installed
    ├── NoModelError      a tagger that does not ship with this version
    ├── BrokenModelError  a tagger's file that cannot be used
    └── WorkerDiedError   a process of several was ended from outside
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

Where: TypeAlias = object
"""Where a ledger is, a path or a `model.Place`: whatever says so in words. Places raise errors of ours, so that these know none."""


class ReportedlyError(Exception):
    """Any error that this package raises on purpose; its text is meant for the user."""

    exit_status = 3


class UsageError(ReportedlyError):
    """The caller asked for something that cannot be answered as asked."""

    exit_status = 2


class BadDateError(UsageError):
    """A date that is none."""

    def __init__(self, words: str, *, name: str = "date") -> None:
        super().__init__(f"{name}: {words!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        self.words = words


class BadPolicyError(UsageError):
    """A policy nobody defined, or a file of one's own that is none.

    Args:
        name: the policy's name, or the file.
        known: the policies that there are.
        why: what is wrong with the file, and where in it; empty where there is neither policy nor file.
    """

    def __init__(self, name: str, known: Sequence[str], why: str = "") -> None:
        super().__init__(f"policy file {name}: {why}" if why else f"no policy {name!r}; there are {', '.join(known)}")
        self.name = name


class BadPlaceError(UsageError):
    """The address of something that is no ledger's."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words!r} is neither a file nor a PostgreSQL database, postgresql://user@host/name")
        self.words = words


class BadSettingsError(UsageError):
    """A `reportedly.toml` that cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


class BadJudgementError(UsageError):
    """A correction that does not fit what it corrects."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"this correction cannot be stored: {reason}")


class ConflictError(UsageError):
    """Somebody judged, undid or read anew what a person is about to judge, since that person looked."""

    def __init__(self, seen: int, deeds: Sequence[str]) -> None:
        super().__init__(f"not stored, for it changed since revision {seen}: {'; '.join(deeds)}; look again, then repeat it")
        self.seen = seen
        self.deeds = tuple(deeds)


class UnknownIdError(UsageError):
    """An id, or words of a title, that name nothing in the ledger."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"no {kind} {words!r} in this ledger")
        self.kind = kind
        self.words = words


_SHOWN = 5  # of the things that words may mean


class AmbiguousIdError(UsageError):
    """The start of an id, or words of a title, that fit several."""

    def __init__(self, kind: str, words: str, candidates: Sequence[str]) -> None:
        kinds = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
        others = "" if len(candidates) <= _SHOWN else " and others"
        super().__init__(f"{words!r} fits {len(candidates)} {kinds}, write more of it: {', '.join(candidates[:_SHOWN])}{others}")
        self.kind = kind
        self.candidates = tuple(candidates)


class CannotRunError(ReportedlyError):
    """The run as a whole is impossible."""


class NotALedgerError(CannotRunError):
    """A file that is no ledger of ours."""

    def __init__(self, path: Where) -> None:
        super().__init__(f"{path} is not a reportedly ledger")
        self.path = path


class NoLedgerError(CannotRunError):
    """There is no ledger where one was to be read."""

    def __init__(self, path: Where) -> None:
        super().__init__(f"no ledger at {path}; `reportedly add FILES` makes one")
        self.path = path


class NewerLedgerError(CannotRunError):
    """A ledger written by a newer version of this package."""

    def __init__(self, path: Where, found: str, known: str) -> None:
        super().__init__(f"{path} has schema {found}, newer than {known}, the newest that this version reads; upgrade reportedly")
        self.path = path


class FilledLedgerError(CannotRunError):
    """A ledger was to be taken to where there is one."""

    def __init__(self, path: Where) -> None:
        super().__init__(f"{path} holds a ledger already; name an empty database, or a file that is not there")
        self.path = path


class LedgerBusyError(CannotRunError):
    """Another process holds the ledger."""

    def __init__(self, path: Where) -> None:
        super().__init__(f"{path} is locked by another process; try again when it is done")
        self.path = path


class UntidyError(CannotRunError):
    """A removal is done, but another process reads the ledger as it was, so that its files keep what was removed."""

    def __init__(self, path: Where) -> None:
        super().__init__(
            f"what was removed shows in {path} no longer, but its words may still lie in the ledger's files, for another program is reading"
            " the ledger as it was: end that program, then run `reportedly doctor --mend`"
        )
        self.path = path


class OlderLedgerError(CannotRunError):
    """A ledger on a server that an older version wrote: other programs may be using it, so it is brought up only where a person says so."""

    def __init__(self, path: Where, found: int, known: int) -> None:
        super().__init__(
            f"{path} has schema {found}, older than {known}; save it with pg_dump, stop whatever else uses it, "
            "then run `reportedly migrate --yes`"
        )
        self.path = path


class UnreachableError(CannotRunError):
    """The database server does not answer, or left in the middle; nothing of the batch at hand was written."""

    def __init__(self, path: Where, reason: str) -> None:
        super().__init__(f"{path} cannot be reached: {reason}; when it answers, run the command again, it goes on where it stopped")
        self.path = path


class NoSpaceError(CannotRunError):
    """The disk is full; nothing of the batch at hand was written."""

    def __init__(self, path: Where) -> None:
        super().__init__(f"no space left to write {path}; free some and run the command again, it goes on where it stopped")
        self.path = path


class UnreadableError(CannotRunError):
    """A path the user named that cannot be read at all."""

    def __init__(self, path: Where, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path


class NoObjectsError(CannotRunError):
    """An address that is no object store's, or a store that cannot be reached; what its user logs in with is not shown."""

    def __init__(self, address: str, reason: str) -> None:
        shown = re.sub(r"(?<=//)[^/@?]*@", "", address).partition("?")[0]
        super().__init__(f"cannot read {shown}: {reason.partition(chr(10))[0].replace(address, shown)}")
        self.address = shown


class NoEngineError(CannotRunError):
    """An engine that is not there, or has workers of another version."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the engine cannot be used: {reason}")


class EngineStuckError(CannotRunError):
    """An engine whose workers end again and again at the same files."""

    def __init__(self, files: Sequence[str], fault: str) -> None:
        named = ", ".join(files[:3]) + (", ..." if len(files) > 3 else "")  # noqa: PLR2004 - enough to look for
        reason = f" ({fault})" if fault else ""
        super().__init__(f"workers ended again and again{reason}; {len(files)} files are left: {named}; the others are in the ledger")
        self.files = tuple(files)


class MissingExtraError(CannotRunError):
    """A part of the program whose libraries are installed apart, and are not there."""

    def __init__(self, extra: str, missing: str) -> None:
        super().__init__(f"{missing} is not installed; pip install 'reportedly[{extra}]' brings what this needs")
        self.extra = extra


class MissingModelError(CannotRunError):
    """The language model that the extractor needs is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the spaCy pipeline {name!r} is not installed")
        self.name = name


class NoModelError(CannotRunError):
    """There is no tagger of that name, or a file of it is missing."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(f"no model {name!r}: {path} is missing; choose another, or install reportedly again")
        self.name = name
        self.path = path


class BrokenModelError(CannotRunError):
    """A file of a tagger that cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used: {reason}; install reportedly again")
        self.path = path


class WorkerDiedError(CannotRunError):
    """One of several processes ended in the middle of its work."""

    def __init__(self) -> None:
        super().__init__("a worker process was ended from outside, perhaps for want of memory; run again with fewer --workers")
