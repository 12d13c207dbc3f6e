"""`mcp`: the ledger for assistants."""

from typing import Annotated

import typer

from reportedly import api
from reportedly.cli.options import LedgerOption
from reportedly.errors import MissingExtraError


def mcp(
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="Serve HTTP at this port of this machine, path /mcp, in place of standard input."),
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Let the assistant judge and undo, too, in the name of whom it works for.")
    ] = False,
) -> None:
    """Offer the ledger to assistants over the Model Context Protocol; it is only read unless --write is given."""
    try:
        from reportedly.mcp.serving import Offer, run  # noqa: PLC0415 - the extra `mcp`
    except ModuleNotFoundError as error:
        raise MissingExtraError("mcp", error.name or "a library") from error
    run(Offer(ledger=ledger, writes=write, port=port))
