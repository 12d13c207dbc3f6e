"""Reads `reportedly.toml` beside the ledger: reliabilities, rankings, aliases, parties, policy, model."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportedly.errors import BadSettingsError
from reportedly.model import DEFAULT_MODEL, MODEL_NAMES, RELIABILITIES, Judgement, Place, PlaceLike, Settings

FILE_NAME = "reportedly.toml"
_SECTIONS = frozenset({"reliabilities", "ranking", "aliases", "parties", "policy", "model"})


def load_settings(ledger: PlaceLike) -> Settings:
    """The settings that belong to a ledger.

    Args:
        ledger: the ledger; the file is looked for in its folder, or for a database on a server where the program was started.

    Returns:
        The settings; the defaults where there is no such file.

    Raises:
        BadSettingsError: the file is no TOML, or a section has the wrong shape.
    """
    path = Place.of(ledger).beside(FILE_NAME)
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSettingsError(path, str(error)) from error
    unknown = sorted(set(content) - _SECTIONS)
    if unknown:
        raise BadSettingsError(path, f"unknown section {unknown[0]!r}; there are {', '.join(sorted(_SECTIONS))}")
    reliabilities = _words(path, content, "reliabilities")
    for name, grade in reliabilities.items():
        if grade not in RELIABILITIES:
            raise BadSettingsError(path, f"reliability of {name!r} is {grade!r}; it must be one of A to F")
    model = content.get("model", DEFAULT_MODEL)
    if model not in MODEL_NAMES:
        raise BadSettingsError(path, f"model is {model!r}; there are {', '.join(MODEL_NAMES)}")
    return Settings(
        reliabilities=reliabilities,
        ranking=_lists(path, content, "ranking"),
        aliases=_words(path, content, "aliases"),
        parties=_lists(path, content, "parties"),
        policy=str(content.get("policy", Settings().policy)),
        model=model,
    )


def with_grades(settings: Settings, judgements: Iterable[Judgement]) -> Settings:
    """Settings with the reliabilities that people set by judgements; the newest wins, over the file as well.

    Args:
        settings: what the file holds.
        judgements: the ledger's, in order of their moment.
    """
    graded = {
        target: str(judgement.changes["reliability"])
        for judgement in judgements
        if judgement.kind == "grade" and judgement.in_force and "reliability" in judgement.changes
        for target in judgement.targets
    }
    return replace(settings, reliabilities={**settings.reliabilities, **graded}) if graded else settings


def _section(path: Path, content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise BadSettingsError(path, f"{name} must be a table")
    return section


def _words(path: Path, content: Mapping[str, Any], name: str) -> dict[str, str]:
    section = _section(path, content, name)
    if not all(isinstance(v, str) for v in section.values()):
        raise BadSettingsError(path, f"every value of {name} must be a string")
    return {str(k): v for k, v in section.items()}


def _lists(path: Path, content: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    section = _section(path, content, name)
    if not all(isinstance(v, list) and all(isinstance(w, str) for w in v) for v in section.values()):
        raise BadSettingsError(path, f"every value of {name} must be a list of names")
    return {str(k): tuple(v) for k, v in section.items()}
