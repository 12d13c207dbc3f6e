"""Extras: a library that is missing is named with what brings it, and none tells its makers that it is used."""

import os

import pytest

from reportedly.errors import MissingExtraError
from reportedly.extras import load_extra


def test_missing_library_is_named_with_its_extra() -> None:
    """By the name that one installs, not the module's."""
    with pytest.raises(MissingExtraError, match=r"nowhere is not installed; pip install 'reportedly\[engine\]'"):
        load_extra("nowhere.inside", "engine")


def test_module_is_given() -> None:
    """As an import would."""
    assert load_extra("json.decoder", "engine").JSONDecoder


def test_engines_are_silenced_before_they_are_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Daft asks an address on its import, Ray reports use, unless the environment forbids it."""
    for name in ("DAFT_ANALYTICS_ENABLED", "SCARF_NO_ANALYTICS", "DO_NOT_TRACK", "RAY_USAGE_STATS_ENABLED", "DAFT_PROGRESS_BAR"):
        monkeypatch.setenv(name, "")
    seen: list[tuple[str | None, str | None]] = []

    def look(_: str) -> None:
        seen.append((os.environ.get("DAFT_ANALYTICS_ENABLED"), os.environ.get("RAY_USAGE_STATS_ENABLED")))

    monkeypatch.setattr("reportedly.extras.importlib.import_module", look)
    load_extra("daft", "engine")
    load_extra("ray.cluster_utils", "engine")
    assert seen == [("0", ""), ("0", "0")]
