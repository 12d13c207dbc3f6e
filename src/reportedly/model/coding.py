"""What people's coding is asked and answered with: the audit log, the queue, double coding side by side, agreement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from reportedly.model.claim import Claim, Stance
from reportedly.model.interval import Interval
from reportedly.model.judgement import JudgementKind

DeedKind = Literal["add", "accept", "reject", "amend", "merge", "split", "grade", "undo", "remove", "import"]
CodingState = Literal["disagree", "agree", "waiting", "settled"]
Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A line of the audit log: what somebody did to the ledger.

    Attributes:
        revision: revision of the ledger in which it came.
        at: when, aware UTC in ISO form; for a judgement that came from another ledger, when it was made there.
        by: who did it; empty where nobody signed.
        deed: add, accept, reject, amend, merge, split, grade, undo, remove, or import of another ledger's bundle.
        judgement: id of the judgement made or undone; None for a removal and an import.
        targets: ids of claims, names of actors, the name of the document removed, or the id of the ledger whose bundle was taken in.
        reason: why, in the person's words.
        changes: what was changed, as in a judgement.
        coding: name of the double coding it belongs to; None where it is in force.
        settles: ids of the codings that it decides between.
        undone: whether a later deed took it back.
    """

    revision: int
    at: str
    by: str
    deed: DeedKind
    judgement: str | None
    targets: tuple[str, ...]
    reason: str
    changes: Mapping[str, object] = field(default_factory=dict)
    coding: str | None = None
    settles: tuple[str, ...] = ()
    undone: bool = False


_ALONE = Decimal("0.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a claim does to the bounds of a series.

    Attributes:
        series: the series' id.
        story: the story's id.
        measure: what is measured.
        low: the series' low; None where nothing bounds it below.
        high: its high; None where nothing bounds it above.
        low_without: its low if the claim were rejected.
        high_without: its high if the claim were rejected.
    """

    series: str
    story: str
    measure: str
    low: Decimal | None
    high: Decimal | None
    low_without: Decimal | None
    high_without: Decimal | None

    @property
    def effect(self) -> Decimal:
        """How far the bounds move.

        For each end the share of the greater number that the difference is, and 1 where a bound comes or goes; a quarter in all where the
        claim alone holds the series, for then no number of others is moved.
        """
        if self.low_without is None and self.high_without is None:
            return _ALONE
        return _shift(self.low, self.low_without) + _shift(self.high, self.high_without)


def _shift(now: Decimal | None, without: Decimal | None) -> Decimal:
    if now == without:
        return Decimal(0)
    if now is None or without is None:
        return Decimal(1)
    return abs(now - without) / max(abs(now), abs(without))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """A claim that waits to be judged.

    Attributes:
        claim: its id.
        document: the document's name.
        article: number of the article.
        speakers: canonical names.
        stance: what the speaker does with the content.
        said: when it was uttered.
        text: its content's words.
        figures: the printed words of its figures.
        effect: how far its rejection would move low and high, summed over its series: for each end from 0 (not at all) to 1, and a quarter
            for a series that it holds alone.
        moves: the series that it moves, the most first.
    """

    claim: str
    document: str
    article: int
    speakers: tuple[str, ...]
    stance: Stance
    said: Interval | None
    text: str
    figures: tuple[str, ...]
    effect: Decimal
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one coder says of a claim.

    Attributes:
        judgement: the judgement's id.
        by: the coder.
        at: when, aware UTC in ISO form.
        verdict: accept, reject, amend or add.
        changes: what the coder changed.
        reason: why.
    """

    judgement: str
    by: str
    at: str
    verdict: JudgementKind
    changes: Mapping[str, object]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedClaim:
    """A claim with what its coders say of it, side by side.

    Attributes:
        claim: its id.
        document: the document's name; None where its text is gone.
        text: its content's words.
        record: the claim without any coding; None where it is gone.
        codings: the newest of each coder, by coder.
        state: disagree, agree, waiting (for a second coder) or settled.
        settled_by: id of the judgement that settled it; None where none did.
    """

    claim: str
    document: str | None
    text: str
    record: Claim | None
    codings: tuple[Coding, ...]
    state: CodingState
    settled_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """How far coders agree on one variable: Krippendorff's alpha.

    Attributes:
        variable: `verdict`, a field of the claim, or one of its figures (`figure.low`).
        level: nominal, ordinal, interval or ratio.
        coders: who coded.
        units: how many claims (or figures) at least two coders gave a value for.
        alpha: 1 for perfect agreement, 0 for chance, below 0 for less; None where there are fewer than two values, or only
            one and the same, which leaves it undefined.
    """

    variable: str
    level: Level
    coders: tuple[str, ...]
    units: int
    alpha: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An adjudicator's decision for one coder's view.

    Attributes:
        judgement: id of the coding that is right, or the start of one.
        by: who decides.
        reason: why.
        seen: revision of the ledger that the person looked at; None does not look whether somebody else decided since.
    """

    judgement: str
    by: str
    reason: str
    seen: int | None = None
