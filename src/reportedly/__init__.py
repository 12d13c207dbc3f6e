"""reportedly: a ledger of who said what, when, through whom, about when, with what figure.

`reportedly.Ledger` has every use case as a method, `reportedly.claims_in` reads claims without a ledger; see docs/python.md.
"""

from typing import Any

__version__ = "0.1.0"

_FACE = {"Ledger": "reportedly.opened", "claims_in": "reportedly.opened", "Rows": "reportedly.rows"}  # typed in __init__.pyi


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any name of the face
    """The face, imported when it is first asked for, so that `reportedly --help` stays quick (PEP 562)."""
    if name not in _FACE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    import importlib  # noqa: PLC0415 - only wanted here

    return getattr(importlib.import_module(_FACE[name]), name)


def __dir__() -> list[str]:
    """What the package offers."""
    return sorted([*globals(), *_FACE])
