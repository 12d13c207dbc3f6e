"""The options that tell who reads and extracts."""

import enum
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from reportedly.tasks.adding import EngineChoice


class Engine(enum.StrEnum):
    """Who reads and extracts."""

    LOCAL = "local"
    DAFT = "daft"
    RAY = "ray"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """What a user said of the engine.

    Attributes:
        engine: which one.
        workers: how many processes work; None where nothing was said, as for what follows.
        address: of a running cluster.
        work: place of the work folder.
    """

    engine: Annotated[Engine, typer.Option("--engine", help="Who reads and extracts; the ledger is the same.")] = Engine.LOCAL
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="How many processes; the ledger is the same.", show_default="1; all processors with an engine"
        ),
    ] = None
    address: Annotated[str | None, typer.Option("--address", help="Of a running Ray cluster.", show_default="one on this machine")] = None
    work: Annotated[
        str | None,
        typer.Option("--work", help="Folder or address for what workers leave; it stays there.", show_default="beside the ledger"),
    ] = None

    def choice(self) -> EngineChoice:
        """The engine that was chosen.

        Raises:
            typer.BadParameter: options that do not go together.
        """
        if self.address is not None and self.engine is not Engine.RAY:
            raise typer.BadParameter("--address is of a Ray cluster; it goes with --engine ray")
        if self.work is not None and self.engine is Engine.LOCAL:
            raise typer.BadParameter("--work goes with --engine daft or ray")
        return EngineChoice(name=self.engine.value, address=self.address, workers=self.workers, folder=self.work)


def takes_engine(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options beside its own; it is called with an `EngineOptions` first."""
    hints = typing.get_type_hints(EngineOptions, include_extras=True)
    names = [field.name for field in fields(EngineOptions)]
    shared = [
        inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
        for field in fields(EngineOptions)
    ]
    own = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in list(inspect.signature(command).parameters.values())[1:]]

    def run(**values: Any) -> None:  # noqa: ANN401 - whatever the options are
        command(EngineOptions(**{name: values.pop(name) for name in names}), **values)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in (*own, *shared)}
    return run
