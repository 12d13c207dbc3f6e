"""`serve` and `token`: the desk in a browser, and who may use it."""

import enum
import sys
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli.options import LedgerOption
from reportedly.errors import MissingExtraError, UsageError

_MEBIBYTE = 1 << 20


class Role(enum.StrEnum):
    """What a token allows."""

    READ = "read"
    CODE = "code"
    ADMIN = "admin"


class Deed(enum.StrEnum):
    """What is done with tokens."""

    ADD = "add"
    LIST = "list"
    REVOKE = "revoke"


def serve(
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; any but this machine's own asks for tokens.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    upload: Annotated[int, typer.Option("--largest-upload", min=1, max=4096, help="MiB of one upload at most.")] = 64,
    *,
    closed: Annotated[bool, typer.Option("--closed", help="Ask for a token on this machine too, as behind a proxy.")] = False,
) -> None:
    """Open the ledger as a desk in the browser, with its REST API, until Ctrl-C. It is made where there is none."""
    try:
        from reportedly.web.config import Serving  # noqa: PLC0415 - the extra `web`
        from reportedly.web.serving import serve as run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtraError("web", error.name or "a library") from error
    serving = Serving(ledger=ledger, host=host, port=port, closed=closed, largest_upload=upload * _MEBIBYTE)
    run(serving, _tell)


def _tell(address: str) -> None:
    sys.stderr.write(f"the desk is at {address} - Ctrl-C ends it\n")


def token(
    deed: Annotated[Deed, typer.Argument(help="What to do.", show_default=False)],
    name: Annotated[str | None, typer.Argument(help="Whose token.", show_default=False)] = None,
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    role: Annotated[Role, typer.Option("--role", help="What it allows: reading, correcting as well, adding pages as well.")] = Role.READ,
) -> None:
    """Make, list and revoke the tokens that a desk asks for beyond this machine. A token is shown once and stored as its digest."""
    from reportedly.web.tokens import TokenFile, tokens_path  # noqa: PLC0415 - only wanted here

    tokens = TokenFile(tokens_path(ledger))
    if deed is Deed.LIST:
        for one in tokens.tokens():
            sys.stdout.write(f"{one.name}\t{one.role}\t{one.created}\n")
        return
    if name is None:
        raise UsageError(f"token {deed.value} needs a name")
    if deed is Deed.ADD:
        sys.stdout.write(tokens.add(name, role.value) + "\n")
    else:
        tokens.revoke(name)
        sys.stdout.write(f"revoked {name}\n")
