"""Loads the tables of words: one TOML file a table, with its source, in the folder of its language."""

import functools
import tomllib
from importlib import resources
from typing import Any


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
