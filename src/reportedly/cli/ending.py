"""How the program ends: what went wrong in one line on standard error, and the exit status that says which kind it was."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
import typer.core

from reportedly.errors import CannotRunError, ReportedlyError, UnknownIdError

INTERRUPTED = 130
_LISTED = {"story": "stories", "claim": "claims", "judgement": "history"}
_LONGEST = 200  # characters of the sentence that says what a command does


class Program(typer.core.TyperGroup):
    """The group of all commands; whatever a command raises on purpose ends the program in good order."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as below
        """Write what commands there are, by what they are for, each in a whole sentence."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            groups.setdefault(command.rich_help_panel, []).append((name, command.get_short_help_str(_LONGEST)))
        for heading, rows in groups.items():
            with formatter.section(heading):
                formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Run the command that was asked for."""
        with ending():
            return super().invoke(ctx)


@contextmanager
def ending() -> Iterator[None]:
    """Turn what a command raises into a line for the user and an exit status.

    Typer would end a run whose reader left with 1, and an interrupted one without a word; so both are met here, before it sees them.

    Raises:
        typer.Exit: with the status.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # so that a reader that left shows here and not when the interpreter shuts down
    except UnknownIdError as error:
        listed = _LISTED.get(error.kind)
        raise _ended(error.exit_status, f"reportedly: {error}{f'; `reportedly {listed}` lists them' if listed else ''}") from None
    except ReportedlyError as error:
        raise _ended(error.exit_status, f"reportedly: {error}") from None
    except KeyboardInterrupt:
        words = "\nreportedly: interrupted; what was finished is kept, the same command goes on from there"
        raise _ended(INTERRUPTED, words) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output left; that is no error
        raise typer.Exit(0) from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise _ended(CannotRunError.exit_status, f"reportedly: {error.strerror or error}{where}") from None


def _ended(status: int, words: str) -> typer.Exit:
    sys.stderr.write(words + "\n")
    return typer.Exit(status)


def prepare_output() -> None:
    """Let every text of every page be printed, whatever the machine's locale.

    JSON is UTF-8 wherever it goes (RFC 8259); half a surrogate pair, which a broken page may hold, is written as its escape,
    which in JSON means the same. A stream that was closed before the program began (`>&-`) swallows what is written.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed before we began: what is opened next must not be taken for it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
