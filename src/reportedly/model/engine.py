"""Who reads and extracts, and what it is given."""

import re
from dataclasses import dataclass
from typing import Literal

EngineName = Literal["local", "daft", "ray"]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """Who reads and extracts.

    Attributes:
        name: `local` works in processes of this machine with nothing installed besides; `daft` and `ray` need the extra `engine`.
        address: of a running Ray cluster; None starts one on this machine.
        workers: how many processes; None takes one for `local`, else as many as there are processors.
        folder: place of the work folder of `daft` and `ray`, which then keeps what is in it; None takes one beside the ledger.
    """

    name: EngineName = "local"
    address: str | None = None
    workers: int | None = None
    folder: str | None = None


def is_address(place: str) -> bool:
    """Whether words name something in an object store, `s3://...`, and no path."""
    return _ADDRESS.match(place) is not None
