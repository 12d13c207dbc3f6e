import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

_SPECIMENS = Path(__file__).parents[2] / "evals" / "specimens.py"


@pytest.fixture(scope="session")
def make() -> Any:
    """The makers of small files in every format, which fuzzing uses too."""
    spec = importlib.util.spec_from_file_location("specimens", _SPECIMENS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["specimens"] = module
    spec.loader.exec_module(module)
    return module
