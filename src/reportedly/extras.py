"""Libraries that an extra brings: loaded where they are used, and named with the extra where they are missing."""

import importlib
import os
from collections.abc import Mapping
from types import ModuleType

from reportedly.errors import MissingExtraError

_SILENT: Mapping[str, Mapping[str, str]] = {  # what keeps a library from telling its makers that it is used, and from drawing on a terminal
    "daft": {"DAFT_ANALYTICS_ENABLED": "0", "SCARF_NO_ANALYTICS": "true", "DO_NOT_TRACK": "true", "DAFT_PROGRESS_BAR": "0"},
    "ray": {"RAY_USAGE_STATS_ENABLED": "0"},
}


def load_extra(module: str, extra: str) -> ModuleType:
    """A module of a library that is installed apart; nothing leaves the machine by its import.

    Args:
        module: its name, such as `pyarrow.parquet`.
        extra: the extra of this package that brings it.

    Returns:
        The module.

    Raises:
        MissingExtraError: the library is not installed.
    """
    os.environ.update(_SILENT.get(module.partition(".")[0], {}))
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(extra, module.partition(".")[0]) from error
