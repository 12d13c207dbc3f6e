"""Writes `docs/commands.md` and `docs/data-dictionary.md` from the code: `python docs/generate.py`.

A test holds both files to the code, so that no command, option or field goes undocumented.
"""

import dataclasses
import inspect
import re
import typing
from pathlib import Path
from typing import Any

import typer

from reportedly import model
from reportedly.brief import report
from reportedly.cli.main import app
from reportedly.language.tables import load_table
from reportedly.model.meanings import field_meanings

HERE = Path(__file__).parent
RECORDS = (
    "Document", "Sidecar", "Article", "Passage", "Claim", "Span", "Interval", "Figure", "Relay", "Act", "Translation", "Problem",
    "StoryRow", "Series", "Entry", "SeriesDispute", "Assessment", "Position", "Dispute", "TimelineEntry", "ActorRow", "Actor", "Role",
    "Change", "CheckRow", "Fetched", "Hit", "VerifyRow", "ShownClaim", "Added", "Story", "Event", "Origin", "Statement",
    "StatementMember", "CopyLink", "Life", "Telling", "PrimaryRow", "Contradiction", "Judgement", "Correction", "Deed", "QueueItem",
    "Move", "CodedClaim", "Coding", "AgreementRow", "Merged", "SheetTaken", "SheetConflict", "BriefCheck", "Checkup", "Migrated",
    "Transferred", "Clocks", "Filters", "Settings",
)  # fmt: skip


def commands_page() -> str:
    """Every command with its help, as Markdown."""
    group = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Written by `python docs/generate.py`. Exit status: 0 done, 1 problems under `--strict` (or something found broken),",
        "2 wrong usage, 3 could not run (ledger, disk), 130 interrupted.",
        "",
    ]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        context = typer.Context(command, info_name=f"reportedly {name}")
        lines += [f"## reportedly {name}", "", command.help or "", "", "| option | meaning |", "|---|---|"]
        for parameter in command.params:
            record = parameter.get_help_record(context)
            flags = record[0] if record else parameter.name
            text = record[1] if record else getattr(parameter, "help", "") or ""
            lines.append(f"| `{_cell(flags)}` | {_cell(text)} |")
        lines.append("")
    return "\n".join(lines)


def dictionary_page() -> str:
    """Every record with the meaning of its fields, and every problem code, as Markdown."""
    lines = ["# Data dictionary", "", "Written by `python docs/generate.py` from the records in `src/reportedly/model/`.", ""]
    for name in RECORDS:
        lines += _record(name, getattr(model, name))
    lines += ["# The brief", "", "`reportedly brief --format json` prints a `Brief`.", ""]
    for name in ("Brief", "FigurePanel", "FigureRow", "StatementPanel", "Voice", "Line", "Source"):
        lines += _record(name, getattr(report, name))
    lines += ["# Problems", "", "| code | meaning |", "|---|---|"]
    codes = load_table("problems")["codes"]
    lines += [f"| `{code}` | {_cell(codes[code])} |" for code in sorted(codes.keys() - {"source"})]
    return "\n".join([*lines, ""])


def _record(name: str, kind: type) -> list[str]:
    meanings = field_meanings(kind)
    first = (inspect.getdoc(kind) or "").split("\n\n")[0]
    lines = [f"## {name}", "", first, "", "| field | type | meaning |", "|---|---|---|"]
    hints = typing.get_type_hints(kind)
    rows = ((f.name, _type_words(hints[f.name]), meanings.get(f.name, "")) for f in dataclasses.fields(kind))
    lines += [f"| `{name}` | {_cell(words)} | {_cell(meaning)} |" for name, words, meaning in rows]
    return [*lines, ""]


def _type_words(hint: Any) -> str:  # noqa: ANN401 - any type
    if typing.get_origin(hint) is typing.Literal:
        return ", ".join(map(str, typing.get_args(hint)))
    words = inspect.formatannotation(hint).replace("typing.", "")
    return re.sub(r"\b(?:reportedly|datetime|decimal|collections)\.(?:\w+\.)*", "", words)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def main() -> None:
    """Write both pages."""
    (HERE / "commands.md").write_text(commands_page(), encoding="utf-8")
    (HERE / "data-dictionary.md").write_text(dictionary_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
