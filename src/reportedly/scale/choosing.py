"""Which engine a user chose."""

import os

from reportedly.model.engine import EngineChoice
from reportedly.scale.engines import Engine, SerialEngine


def make_engine(choice: EngineChoice) -> Engine:
    """The engine of a choice.

    Raises:
        MissingExtraError: its library is not installed.
    """
    from reportedly.scale.daft_engine import DaftEngine  # noqa: PLC0415 - only wanted here
    from reportedly.scale.ray_engine import RayEngine  # noqa: PLC0415

    if choice.name == "daft":
        return DaftEngine(choice.workers or os.cpu_count() or 1)
    if choice.name == "ray":
        return RayEngine(choice.address, choice.workers)
    return SerialEngine()
