"""Which engine a user chose."""

import os

from reportedly.model import ModelName
from reportedly.model.engine import EngineChoice
from reportedly.scale.engines import Engine, SerialEngine


def make_engine(choice: EngineChoice, model: ModelName) -> Engine:
    """The engine of a choice; workers of a cluster that runs begin to load.

    Args:
        choice: what the user said.
        model: what claims will be extracted by.

    Raises:
        MissingExtraError: its library is not installed.
        NoEngineError: there is no cluster at the address.
    """
    from reportedly.scale.daft_engine import DaftEngine  # noqa: PLC0415 - only wanted here
    from reportedly.scale.ray_engine import RayEngine  # noqa: PLC0415

    if choice.name == "daft":
        return DaftEngine(choice.workers or os.cpu_count() or 1)
    if choice.name == "ray":
        engine = RayEngine(choice.address, choice.workers)
        engine.begin(model)
        return engine
    return SerialEngine()
