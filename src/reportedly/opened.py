"""`import reportedly`: every use case as a method of a ledger, with answers that are records, data frames and notebook tables.

ledger = reportedly.Ledger("reportedly.db", create=True)
ledger.add("saved-pages/")
ledger.figures(story="ferry", measure="killed", as_of="2024-11-20").to_pandas()
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self, TypedDict, Unpack

from reportedly.api import DEFAULT_LEDGER, Desk, Grain, Question, extract_files, read_files
from reportedly.brief import Brief, render_brief
from reportedly.errors import BadDateError, UsageError
from reportedly.model import (
    ActorRow,
    Added,
    Assessment,
    Change,
    CheckRow,
    Claim,
    Clocks,
    Filters,
    Hit,
    Life,
    PrimaryRow,
    Problem,
    Series,
    ShownClaim,
    StoryRow,
    TimelineEntry,
    parse_day,
)
from reportedly.rows import Rows
from reportedly.tasks.handover import ExportForm, export
from reportedly.tasks.inspection import draft_of

__all__ = ["Ledger", "Written", "claims_in"]

Day = str | dt.date


class Selected(TypedDict, total=False):
    """What a question may say but for days between which something was said.

    Attributes:
        story: a story's id, the start of one, or words of its title.
        speaker: words of a speaker's or principal's name.
        measure: a measure.
        document: a document's name.
        limit: at most so many rows.
        offset: after leaving out so many.
        as_of: only what was said by this day.
        published_by: only what readers could know by this day.
        recorded_before: only what the ledger held before this moment or revision.
        policy: how low, best and high are formed.
    """

    story: str
    speaker: str
    measure: str
    document: str
    limit: int
    offset: int
    as_of: Day
    published_by: Day
    recorded_before: str | int
    policy: str


class Asked(Selected, total=False):
    """What a question may say; whatever is left out asks for all.

    Attributes:
        since: only what was said on or after this day.
        until: only what was said on or before this day.
    """

    since: Day
    until: Day


_DAYS = ("since", "until", "as_of", "published_by")
_FILTERS = frozenset(field.name for field in fields(Filters)) - {"first", "last"}
_CLOCKS = frozenset({"as_of", "published_by", "recorded_before"})


@dataclass(frozen=True, slots=True)
class Written:
    """A cited report, to read, to print in a notebook or to save.

    Attributes:
        brief: the report's parts.
    """

    brief: Brief

    @property
    def markdown(self) -> str:
        """The report as Markdown."""
        return render_brief(self.brief, "md")

    @property
    def html(self) -> str:
        """The report as one HTML page."""
        return render_brief(self.brief, "html")

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __str__(self) -> str:
        """The report as Markdown."""
        return self.markdown


class Ledger:
    """A ledger, every use case a method.

    What a question takes stands in `Asked`; days are dates or ISO text ("2024-11" stands for the whole month).

    Args:
        path: the ledger.
        create: whether to make it where there is none.

    Raises:
        CannotRunError: there is no ledger, or it cannot be read.
    """

    def __init__(self, path: str | Path = str(DEFAULT_LEDGER), *, create: bool = False) -> None:
        self.desk = Desk(path, create=create)

    def close(self) -> None:
        """Let go of the ledger."""
        self.desk.close()

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Where it is, and its revision."""
        return f"<ledger {self.desk.place}, revision {self.desk.revision}>"

    def add(self, *paths: str | Path) -> Added:
        """Add saved pages: files, folders, archives. What the ledger holds already adds nothing."""
        return self.desk.add([Path(path) for path in paths])

    def stories(self, **asked: Unpack[Asked]) -> Rows[StoryRow]:
        """Which article belongs to which story."""
        return Rows("stories", StoryRow, self.desk.stories(_question(asked)))

    def claims(self, **asked: Unpack[Asked]) -> Rows[Claim]:
        """Claims in page order."""
        return Rows("claims", Claim, [stored.claim for stored in self.desk.claims(_question(asked))])

    def figures(self, **asked: Unpack[Asked]) -> Rows[Series]:
        """Series with low, best and high; `.unnest("entries")` gives what they are formed from."""
        return Rows("figures", Series, self.desk.figures(_question(asked)))

    def statements(self, **asked: Unpack[Asked]) -> Rows[Assessment]:
        """Statements with their support and, apart from it, their disputes; `.unnest("positions")` gives who holds what."""
        return Rows("statements", Assessment, self.desk.statements(_question(asked)))

    def timeline(self, *, grain: Grain = "day", **asked: Unpack[Asked]) -> Rows[TimelineEntry]:
        """Dated events in the articles' own words."""
        return Rows("timeline", TimelineEntry, self.desk.timeline(_question(asked), grain=grain))

    def actors(self, **asked: Unpack[Asked]) -> Rows[ActorRow]:
        """Who speaks, and for whom."""
        return Rows("actors", ActorRow, self.desk.actors(_question(asked)))

    def changes(self, since: Day, until: Day, **asked: Unpack[Selected]) -> Rows[Change]:
        """What is otherwise on the later of two days."""
        first, last = _day(since, "since"), _day(until, "until")
        return Rows("changes", Change, self.desk.changes(first, last, _question(asked)))

    def lives(self, **asked: Unpack[Asked]) -> Rows[Life]:
        """The lives of numbers; `.unnest("tellings")` gives their reports."""
        return Rows("lives", Life, self.desk.lives(_question(asked)))

    def primaries(self, **asked: Unpack[Asked]) -> Rows[PrimaryRow]:
        """What the heap holds at second hand alone."""
        return Rows("primaries", PrimaryRow, self.desk.primaries(_question(asked)))

    def problems(self, **asked: Unpack[Asked]) -> Rows[Problem]:
        """What could not be used."""
        return Rows("problems", Problem, self.desk.problems(_question(asked)))

    def search(self, words: str, **asked: Unpack[Asked]) -> Rows[Hit]:
        """Passages that hold all the words, a "quoted phrase" or a prefix*."""
        return Rows("hits", Hit, self.desk.search(words, _question(asked)))

    def check(self, draft: str, **asked: Unpack[Asked]) -> Rows[CheckRow]:
        """What the ledger supports of a draft: each figure and attribution with a verdict and the passage."""
        return Rows("verdicts", CheckRow, self.desk.check(draft_of(draft), _question(asked)))

    def show(self, claim: str) -> ShownClaim:
        """A claim inside its passage, by its id or the start of one."""
        return self.desk.show(claim)

    def brief(self, *, days: int = 7, **asked: Unpack[Asked]) -> Written:
        """The cited report of a story."""
        return Written(self.desk.brief(_question(asked), days=days))

    def export(self, form: ExportForm, *, texts: bool = True, **asked: Unpack[Asked]) -> Mapping[str, bytes]:
        """The files of an export by name; see `reportedly export`."""
        return export(self.desk, _question(asked), form, texts=texts)


def claims_in(*paths: str | Path) -> Rows[Claim]:
    """The claims of saved pages, without a ledger."""
    found = extract_files(read_files([Path(path) for path in paths]))
    return Rows("claims", Claim, [claim for _, extractions in found for extraction in extractions for claim in extraction.claims])


def _question(asked: Selected) -> Question:
    """The question of some keywords.

    Raises:
        UsageError: a keyword is none that a question takes.
        BadDateError: a day is none.
    """
    given: Mapping[str, Any] = asked
    words: dict[str, Any] = {name: _day(value, name) if name in _DAYS else value for name, value in given.items() if value is not None}
    filters = {name: words.pop(name) for name in _FILTERS & words.keys()}
    bounds = {"first": words.pop("since", None), "last": words.pop("until", None)}
    clocks = {name: words.pop(name) for name in _CLOCKS & words.keys()}
    policy = words.pop("policy", None)
    if words:
        known = sorted({*_FILTERS, *_CLOCKS, "since", "until", "policy"})
        raise UsageError(f"no question takes {next(iter(words))!r}; it may be {', '.join(known)}")
    return Question(filters=Filters(**filters, **bounds), clocks=Clocks(**clocks), policy=policy)


def _day(value: Day, name: str) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return parse_day(value, last=name != "since")
    except ValueError as error:
        raise BadDateError(value, name=name) from error
