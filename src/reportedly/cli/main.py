"""The program: its commands and how it ends."""

import atexit
import gc
import os
import sys
from typing import Annotated

import typer

from reportedly import __version__
from reportedly.cli import answers, assistant, care, coding, desk, fetch, handing, intake, lineage, serving
from reportedly.cli.ending import Program, prepare_output
from reportedly.workers import collect_seldom

_GROUPS = {
    "From files": (fetch.fetch, intake.read, intake.extract, intake.add),
    "From a ledger": (
        answers.stories, answers.figures, answers.statements, answers.claims, answers.actors, answers.timeline,
        answers.changes, lineage.lives, lineage.primaries, answers.search, desk.check, desk.brief, desk.show,
    ),
    "Coding": (desk.judge, coding.queue, coding.adjudicate, coding.agreement, coding.history),
    "For others": (serving.serve, serving.token, assistant.mcp, handing.export, handing.import_file, handing.infobox, handing.watch),
    "Care of a ledger": (desk.verify, care.doctor, care.migrate, answers.problems, desk.remove),
}  # fmt: skip

app = typer.Typer(
    name="reportedly",
    cls=Program,
    help="Who said what, when, through whom, about when, with what figure - from a heap of saved news pages.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Begin with `reportedly add FOLDER`; then `reportedly stories`, `reportedly brief --story WORDS`, or all of it in a browser: "
    "`reportedly serve`. `reportedly COMMAND --help` says more.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - the signature that Typer calls
    if asked:
        sys.stdout.write(f"reportedly {__version__}\n")
        raise typer.Exit


@app.callback()
def program(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Who said what, when, through whom, about when, with what figure - from a heap of saved news pages."""


for _group, _commands in _GROUPS.items():
    for _command in _commands:
        app.command(rich_help_panel=_group)(_command)


def run() -> None:
    """Run the program and end with its exit status: 0 done, 1 problems under --strict, 2 wrong usage, 3 could not run, 130 interrupted."""
    prepare_output()
    collect_seldom()
    atexit.register(gc.freeze)  # what is left at the end goes with the process; to search it for cycles first takes a quarter of a second
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported; its products are small, and workers many
    app()


if __name__ == "__main__":
    run()
