"""Where a ledger is kept: in a file, or in a database on a server."""

import re
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import BadPlaceError

_SERVER = re.compile(r"(?:postgresql|postgres)(?:\+\w+)?://")
_FILE = re.compile(r"sqlite(?:\+\w+)?:///")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://")
_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&]*")
_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger is kept.

    Attributes:
        file: the file; None for a database on a server.
        url: the database's address as SQLAlchemy writes it, `postgresql://user:password@host:port/name?sslmode=require`; None for a file.
    """

    file: Path | None
    url: str | None

    @classmethod
    def of(cls, words: "PlaceLike") -> "Place":
        """The place that a path or an address means.

        Raises:
            BadPlaceError: it is the address of something else.
        """
        if isinstance(words, Place):
            return words
        if isinstance(words, Path):
            return cls(words, None)
        if _SERVER.match(words):
            return cls(None, re.sub(r"^postgres(?=[:+])", "postgresql", words))
        found = _FILE.match(words)
        if found is None and _ADDRESS.match(words):
            raise BadPlaceError(words)
        return cls(Path(words[found.end() :] if found else words), None)

    def __str__(self) -> str:
        """The path or the address, a password left out."""
        return str(self.file) if self.file is not None else _PASSWORD.sub("***", self.url or "", count=1)

    def beside(self, name: str) -> Path:
        """The file of a name that lies beside the ledger; beside a database is the folder that the program was started in."""
        return (self.file.parent if self.file is not None else Path()) / name

    @property
    def name(self) -> str:
        """The file's own name, or a name for files of ours that belong to the database: it holds no address and no password."""
        if self.file is not None:
            return self.file.name
        return _NAME.sub("-", re.sub(r"^.*?//(?:[^@/]*@)?", "", self.url or "").partition("?")[0]).strip("-") or "reportedly"


PlaceLike = Path | str | Place
"""What a caller may name a ledger by."""
