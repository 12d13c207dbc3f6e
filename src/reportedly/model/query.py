"""What a reader asks: clocks, filters, policy."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

PolicyName = str
ModelName = Literal["default", "accurate", "rules"]
"""Who says what is found by: a small tagger, a larger one that is better and slower, or rules without either."""

MODEL_NAMES: tuple[ModelName, ...] = get_args(ModelName)
DEFAULT_MODEL: ModelName = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The three clocks; a claim with no bound at all appears only without them.

    Attributes:
        as_of: only what was *said* by this day (the end of `said` counts); None sets no such bound.
        published_by: only what readers could know by this day; None sets no such bound.
        recorded_before: only what this ledger held before this moment (ISO timestamp) or revision; None sets no such bound.
    """

    as_of: dt.date | None = None
    published_by: dt.date | None = None
    recorded_before: str | int | None = None

    @property
    def running(self) -> bool:
        """Whether any clock is set."""
        return self.as_of is not None or self.published_by is not None or self.recorded_before is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which rows are wanted; None or empty asks for all.

    Attributes:
        story: a story's id, the start of one, or words of its title.
        speaker: words of a speaker's or principal's name.
        measure: a measure.
        document: a document's name.
        first: only what was said on or after this day.
        last: only what was said on or before this day.
        limit: at most so many rows.
        offset: after leaving out so many.
    """

    story: str | None = None
    speaker: str | None = None
    measure: str | None = None
    document: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `reportedly.toml` beside the ledger holds.

    Attributes:
        reliabilities: canonical actor name -> grade A to F, set by a person.
        ranking: canonical actor names, most trusted first, per story id or title words; empty ranks nobody.
        aliases: further name -> canonical name.
        parties: words of a statement -> canonical principals that are parties to it.
        policy: the policy used where none is asked for.
        model: what claims are extracted by where nothing is asked for.
    """

    reliabilities: Mapping[str, str] = field(default_factory=dict)
    ranking: Mapping[str, Sequence[str]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    policy: PolicyName = "widest"
    model: ModelName = DEFAULT_MODEL
