"""The questions of the API: what an address may ask for."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from reportedly.api import Question
from reportedly.model import Clocks, Filters
from reportedly.tasks.inspection import policies
from reportedly.web.making import ROWS

_MOST = 1 << 31
LARGEST_REVISION = 1 << 53


def _day(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the address
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("write YYYY-MM-DD")
    return value


def _policy(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the address
    if value not in policies():  # a file of the user's own is named in the settings alone
        raise ValueError(f"there are {', '.join(sorted(policies()))}")
    return value


Policy = Annotated[str, BeforeValidator(_policy), WithJsonSchema({"type": "string", "enum": sorted(policies())})]
Day = Annotated[dt.date, BeforeValidator(_day)]
Words = Annotated[str, Field(max_length=500, min_length=1)]
Name = Annotated[str, Field(max_length=200, min_length=1)]


class Paged(BaseModel):
    """A page of rows."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(ROWS, ge=1, le=1_000, description="At most so many rows.")
    offset: int = Field(0, ge=0, le=_MOST, description="After leaving out so many.")

    def question(self) -> Question:
        """The question, without the page."""
        given = self.model_dump()
        clocks = Clocks(as_of=given.get("as_of"), published_by=given.get("published_by"), recorded_before=given.get("recorded_before"))
        filters = Filters(
            story=given.get("story"),
            speaker=given.get("speaker"),
            measure=given.get("measure"),
            document=given.get("document"),
            first=given.get("since"),
            last=given.get("until"),
        )
        return Question(filters=filters, clocks=clocks, policy=given.get("policy"))


class Clocked(Paged):
    """Rows of a story, as of when."""

    story: Words | None = Field(None, description="A story's id, the start of one, or words of its title.")
    as_of: Day | None = Field(None, description="Only what was said by the end of this day.")
    published_by: Day | None = Field(None, description="Only what readers could know by this day.")
    recorded_before: int | None = Field(None, ge=0, le=LARGEST_REVISION, description="Only what this ledger held before this revision.")


class Spoken(Clocked):
    """Rows of a speaker, between days."""

    speaker: Words | None = Field(None, description="Words of a speaker's or principal's name.")
    since: Day | None = Field(None, description="Only what was said (in a timeline: happened) on or after this day.")
    until: Day | None = Field(None, description="Only what was said (in a timeline: happened) on or before this day.")


class Traced(Clocked):
    """What was handed on, by whose it is."""

    speaker: Words | None = Field(None, description="Words of a speaker's or principal's name.")


class Lived(Traced):
    """The lives of numbers."""

    measure: Words | None = Field(None, description="A measure, such as killed.")


class Figured(Spoken):
    """Series."""

    measure: Words | None = Field(None, description="A measure, such as killed or deployed.")
    policy: Policy | None = Field(None, description="How low, best and high are formed.")


class Claimed(Spoken):
    """Claims."""

    measure: Words | None = Field(None, description="Only claims with a figure of this measure.")
    document: Words | None = Field(None, description="A document's name or id.")


class Timed(Spoken):
    """A timeline."""

    grain: Literal["day", "week", "month"] = Field("day", description="How fine.")


class Voiced(Clocked):
    """Actors."""

    speaker: Words | None = Field(None, description="Words of an actor's or principal's name.")


class Compared(Paged):
    """What is otherwise on the later of two days."""

    since: Day = Field(description="The earlier day.")
    until: Day = Field(description="The later day.")
    story: Words | None = Field(None, description="A story's id, the start of one, or words of its title.")
    policy: Policy | None = Field(None, description="How low, best and high are formed.")

    def question(self) -> Question:
        """The question; its days are no filter of rows."""
        return Paged.question(self.model_copy(update={"since": None, "until": None}))


class Sought(Clocked):
    """Search in texts."""

    q: Words = Field(description='Words that must all occur, a "quoted phrase" or a prefix*.')


class Troubled(Paged):
    """Problems."""

    document: Words | None = Field(None, description="Only of this document, by its name.")


class Queued(Clocked):
    """What to judge first."""

    speaker: Words | None = Field(None, description="Words of a speaker's or principal's name.")
    measure: Words | None = Field(None, description="Only claims with a figure of this measure.")
    policy: Policy | None = Field(None, description="How low, best and high are formed.")
    coding: Name | None = Field(None, description="The double coding; empty asks for what nobody has judged.")


class Logged(Paged):
    """The audit log."""

    target: Words | None = Field(None, description="Only what concerns this claim (by id) or name.")


class Draft(BaseModel):
    """A draft to be checked."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=200_000)
    story: Words | None = None
    as_of: Day | None = None


class Corrected(BaseModel):
    """A correction; `seen` is the revision that its author looked at."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["add", "accept", "reject", "amend", "merge", "split", "grade"]
    targets: list[Words] = Field(max_length=100)
    by: Name = Field(description="Who judges; where a token is shown, its name stands in place of this.")
    reason: Annotated[str, Field(max_length=5_000)] = ""
    changes: dict[str, Any] = Field(default_factory=dict, description="For add, amend and grade: fields with their new values.")
    coding: Name | None = None
    seen: int | None = Field(None, ge=0, le=LARGEST_REVISION)


class Undone(BaseModel):
    """Taking a judgement back."""

    model_config = ConfigDict(extra="forbid")

    by: Name
    reason: Annotated[str, Field(max_length=5_000)] = ""
    seen: int | None = Field(None, ge=0, le=LARGEST_REVISION)
