"""Sidecars: what was noted about a page when it was saved."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, TypeVar

from reportedly.model import Problem, Sidecar
from reportedly.read.dates.when import parse_when
from reportedly.read.files.formats import PACKED

SUFFIX = ".meta.json"
_FIELDS = ("url", "title", "publisher", "published", "fetched")
_DATES = ("published", "fetched")
MOST = 1_000_000
"""Bytes of a sidecar; a larger file is none."""

AnyPath = TypeVar("AnyPath", bound=PurePath)


def sidecar_path(path: AnyPath) -> AnyPath:
    """Where the sidecar of a file lies: `NAME.meta.json` beside `NAME.txt`, `NAME.html` or `NAME.html.gz`."""
    name = next((path.name.removesuffix(ending) for ending in PACKED if path.name.endswith(ending)), path.name)
    return path.with_name(name.removesuffix(PurePath(name).suffix) + SUFFIX)


def load_sidecar(path: Path, document: str) -> tuple[Sidecar | None, tuple[Problem, ...]]:
    """The sidecar of a file, where there is one.

    Args:
        path: the file.
        document: the document's name, for problems.

    Returns:
        The sidecar, None where there is none or it cannot be read, and what of it could not be used.
    """
    beside = sidecar_path(path)
    if not beside.is_file():
        return None, ()
    try:
        if beside.stat().st_size > MOST:
            return None, (_problem(document, f"{beside} is too large for a sidecar and was left out"),)
        fields = json.loads(beside.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        return None, (_problem(document, f"{beside} cannot be read and was left out: {error}"),)
    if not isinstance(fields, dict):
        return None, (_problem(document, f"{beside} holds no object with fields and was left out"),)
    return make_sidecar(fields, document, str(beside))


def make_sidecar(fields: Mapping[str, Any], document: str, place: str) -> tuple[Sidecar | None, tuple[Problem, ...]]:
    """The sidecar that some fields give.

    Args:
        fields: any of `url, title, publisher, published, fetched`; others are passed over.
        document: the document's name, for problems.
        place: where the fields stand, for problems.

    Returns:
        The sidecar, None where no field is given, and a problem for each value that is no string or no date. A field with a problem
        is None.
    """
    given: dict[str, str] = {}
    problems: list[Problem] = []
    for name in _FIELDS:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            problems.append(_problem(document, f"{place}: {name} is no text and was left out"))
        elif name in _DATES and parse_when(value) is None:
            problems.append(_problem(document, f"{place}: {name} {value[:40]!r} is no date and was left out"))
        elif value.strip():
            given[name] = value.strip()
    return (Sidecar(**given) if given else None), tuple(problems)


def _problem(document: str, message: str) -> Problem:
    return Problem(code="bad-sidecar", message=message, document=document)
