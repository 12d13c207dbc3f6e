"""The options that commands share, and the question that they make up."""

import datetime as dt
import enum
import getpass
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from reportedly.api import DEFAULT_LEDGER, Question
from reportedly.errors import BadDateError, BadJudgementError, UsageError
from reportedly.model import DEFAULT_MODEL, MODEL_NAMES, Clocks, Filters, ModelName, Place, parse_day


class Format(enum.StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Model(enum.StrEnum):
    """What claims are extracted by."""

    DEFAULT = "default"
    ACCURATE = "accurate"
    RULES = "rules"


_LEDGER = "The ledger: a file, or a PostgreSQL database (postgresql://user@host/name)."

LedgerOption = Annotated[
    Place, typer.Option("--ledger", help=_LEDGER, parser=Place.of, metavar="<ledger>", show_default=str(DEFAULT_LEDGER))
]
FormatOption = Annotated[Format | None, typer.Option("--format", help="How to print.", show_default="table on a terminal, jsonl in a pipe")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there was any problem.")]
ModelOption = Annotated[
    Model | None,
    typer.Option("--model", help="What claims are extracted by.", show_default=f"that of reportedly.toml, else {DEFAULT_MODEL}"),
]
PathsArgument = Annotated[list[Path], typer.Argument(help="Files or folders; - for standard input.", show_default=False)]


def model_name(model: Model | None) -> ModelName | None:
    """The name of the model that was asked for; None where none was."""
    return None if model is None else next(name for name in MODEL_NAMES if name == model.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What somebody who corrects the ledger says of themselves.

    Attributes:
        by: who judges; None for the user of this machine.
        reason: why.
        seen: the revision that they looked at; None does not say.
        coding: the double coding that they take part in; None for none.
    """

    by: str | None
    reason: str
    seen: int | None
    coding: str | None

    @property
    def name(self) -> str:
        """Who judges.

        Raises:
            BadJudgementError: this machine's user has no name, as in some containers.
        """
        try:
            return self.by or getpass.getuser()
        except (KeyError, OSError) as error:
            raise BadJudgementError("this machine's user has no name; say with --by who judges") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the shared options of a command say.

    Attributes:
        question: the question to the ledger.
        ledger: where the ledger is.
        form: how to print; None leaves it to where the output goes.
        signed: who corrects the ledger, and why.
    """

    question: Question
    ledger: Place
    form: Format | None
    signed: Signed


_POLICY = "How low, best and high are formed: a policy's name, or a file of your own."

_VALUES = {
    "--story": "<story>",
    "--speaker": "<words>",
    "--measure": "<measure>",
    "--document": "<name>",
    "--since": "<day>",
    "--until": "<day>",
    "--as-of": "<day>",
    "--published-by": "<day>",
    "--recorded-before": "<moment>",
    "--policy": "<policy>",
    "--by": "<name>",
    "--reason": "<words>",
    "--coding": "<name>",
    "--seen": "<revision>",
    "--limit": "<number>",
    "--offset": "<number>",
}
"""What stands for the value of an option in its help."""


def _option(flag: str, text: str, kind: Any = str | None, **more: Any) -> tuple[Any, typer.models.OptionInfo]:  # noqa: ANN401 - a type
    return kind, typer.Option(flag, help=text, **{"metavar": _VALUES.get(flag)} | more)


_SHARED: dict[str, tuple[Any, typer.models.OptionInfo, Any]] = {
    "ledger": (*_option("--ledger", _LEDGER, Place, parser=Place.of, metavar="<ledger>", show_default=str(DEFAULT_LEDGER)), DEFAULT_LEDGER),
    "story": (*_option("--story", "A story's id, the start of one, or words of its title."), None),
    "speaker": (*_option("--speaker", "Words of a speaker's or principal's name."), None),
    "measure": (*_option("--measure", "A measure, such as killed or deployed."), None),
    "document": (*_option("--document", "A document's name, or its file's own name."), None),
    "since": (*_option("--since", "Only what was said (in a timeline: happened) on or after this day."), None),
    "until": (*_option("--until", "Only what was said (in a timeline: happened) on or before this day."), None),
    "as_of": (*_option("--as-of", "Only what was said by the end of this day (YYYY-MM-DD, YYYY-MM, YYYY, today or yesterday)."), None),
    "published_by": (*_option("--published-by", "Only what readers could know by this day."), None),
    "recorded_before": (*_option("--recorded-before", "Only what this ledger held before this time or revision."), None),
    "policy": (*_option("--policy", _POLICY, show_default="widest"), None),
    "by": (*_option("--by", "Who judges.", show_default="the user of this machine"), None),
    "reason": (*_option("--reason", "Why, in a few words.", str), ""),
    "coding": (*_option("--coding", "A double coding's name: the views of it change nothing until somebody settles them."), None),
    "seen": (*_option("--seen", "The revision that you looked at: refuse if others judged the same since.", int | None, min=0), None),
    "form": (*_option("--format", "How to print.", Format | None, show_default="table on a terminal, jsonl in a pipe"), None),
    "limit": (*_option("--limit", "At most so many rows.", int | None, min=0), None),
    "offset": (*_option("--offset", "Leave out so many rows first.", int, min=0), 0),
}
_MOST = 1 << 53
"""Rows: more than any ledger has; databases take numbers up to some 2^63."""

CLOCKS = ("as_of", "published_by", "recorded_before")
PAGE = ("form", "limit", "offset")
SIGNED = ("by", "reason", "seen")


def asks(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options `names` besides `--ledger`; it is called with an `Asked` first.

    Args:
        names: which options, by their names in the table above.

    Returns:
        A decorator; what it makes has a signature that Typer reads.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command).parameters.values())[1:]
        shared = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])
            for name, (kind, option, default) in _SHARED.items()
            if name in ("ledger", *names)
        ]
        arguments = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]

        def run(**values: Any) -> None:  # noqa: ANN401 - whatever the options are
            given = {p.name: values.pop(p.name) for p in shared}
            command(_asked(given), **values)

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__signature__ = inspect.Signature([*arguments, *shared])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*arguments, *shared)}
        return run

    return decorate


def _asked(given: dict[str, Any]) -> Asked:
    filters = Filters(
        story=given.get("story"),
        speaker=given.get("speaker"),
        measure=_read_measure(given.get("measure")),
        document=given.get("document"),
        first=read_day(given.get("since"), "--since", last=False),
        last=read_day(given.get("until"), "--until"),
        limit=None if given.get("limit") is None else min(given["limit"], _MOST),
        offset=min(given.get("offset", 0), _MOST),
    )
    clocks = _read_clocks(given.get("as_of"), given.get("published_by"), given.get("recorded_before"))
    return Asked(
        question=Question(filters=filters, clocks=clocks, policy=given.get("policy")),
        ledger=given["ledger"],
        form=given.get("form"),
        signed=Signed(by=given.get("by"), reason=given.get("reason", ""), seen=given.get("seen"), coding=given.get("coding")),
    )


_DAYS_AGO = {"today": 0, "yesterday": 1}


def read_day(words: str | None, name: str, *, last: bool = True) -> dt.date | None:
    """The day that an option names; a month or year stands for its last (or first) day, `today` and `yesterday` for this machine's.

    Raises:
        BadDateError: it is no date.
    """
    if words is None:
        return None
    if words.casefold() in _DAYS_AGO:
        return dt.datetime.now().astimezone().date() - dt.timedelta(days=_DAYS_AGO[words.casefold()])
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", words):
        raise BadDateError(words, name=name)
    try:
        return parse_day(words, last=last)
    except ValueError as error:
        raise BadDateError(words, name=name) from error


def _read_measure(words: str | None) -> str | None:
    """A measure as somebody writes it.

    Raises:
        UsageError: there is none of that name, nor are its parts measures.
    """
    if words is None:
        return None
    from reportedly.tasks.claims_by_hand import measure_names  # noqa: PLC0415 - reads tables of words

    known = measure_names()
    if words not in known and not set(known).issuperset(words.split("_or_")):
        raise UsageError(f"no measure {words!r}; there are {', '.join(known)}, and two in one such as killed_or_injured")
    return words


def _read_clocks(as_of: str | None, published_by: str | None, recorded_before: str | None) -> Clocks:
    moment: str | int | None = int(recorded_before) if recorded_before and recorded_before.isdecimal() else recorded_before
    if isinstance(moment, str):
        try:
            dt.datetime.fromisoformat(moment)
        except ValueError as error:
            raise BadDateError(moment, name="--recorded-before") from error
    return Clocks(
        as_of=read_day(as_of, "--as-of"),
        published_by=read_day(published_by, "--published-by"),
        recorded_before=moment,
    )
