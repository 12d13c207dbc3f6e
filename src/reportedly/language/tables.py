"""Loads the tables of words: one TOML file a table, with its source, in the folder of its language."""

import functools
import hashlib
import tomllib
from importlib import resources
from typing import Any

from reportedly import __version__


@functools.cache
def load_table(name: str, language: str = "english") -> dict[str, Any]:
    """A table of words.

    Args:
        name: the file's name without `.toml`.
        language: the folder's name.

    Returns:
        The table; every top-level section names in `source` where its rows come from. Callers must not change it.

    Raises:
        FileNotFoundError: there is no such table.
    """
    path = resources.files(f"reportedly.language.{language}").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def tables_digest(language: str = "english") -> str:
    """Twelve hexadecimal digits of SHA-256 over the names and bytes of all tables of a language, in the order of their names."""
    sha = hashlib.sha256()
    for table in sorted(resources.files(f"reportedly.language.{language}").iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".toml"):
            sha.update(table.name.encode() + b"\0" + table.read_bytes() + b"\0")
    return sha.hexdigest()[:12]


def linker_version() -> str:
    """What links are made by: this release with a digest of its tables; what others made may differ, and is made anew."""
    return f"{__version__} (tables {tables_digest()})"
