"""The brief as a record: lines that each carry the numbers of their claims, figure panels, and the sources."""

from dataclasses import dataclass

from reportedly.model import Assessment, Change, Clocks, Contradiction, Holdings, Life, Problem, Series, TimelineEntry, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefMatter:
    """What a brief is written from; every part was formed with the same clocks.

    Attributes:
        holdings: the story's rows that the clocks let see.
        clocks: as of when.
        policy: the policy that formed the series.
        series: the series.
        statements: the assessed statements.
        timeline: the dated events.
        lives: the lives of numbers, those with most to tell first.
        contradictions: the smallest sets of claims that cannot all hold.
        changes: what changed in the last `days` days before the clock.
        days: how far `changes` looks back.
        problems: stored problems of the whole ledger.
        documents: names of all documents that the ledger holds, of whatever story.
    """

    holdings: Holdings
    clocks: Clocks
    policy: str
    series: tuple[Series, ...]
    statements: tuple[Assessment, ...]
    timeline: tuple[TimelineEntry, ...]
    lives: tuple[Life, ...]
    contradictions: tuple[Contradiction, ...]
    changes: tuple[Change, ...]
    days: int
    problems: tuple[Problem, ...]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence of the brief.

    Attributes:
        text: its words; quotations stand in “…”.
        numbers: numbers of the sources it rests on, never empty for a line that says something of the world.
        label: what stands before it (a date, a speaker); None where nothing does.
    """

    text: str
    numbers: tuple[int, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """An entry of a series in the brief's table.

    Attributes:
        standing: current, history, restatement or withdrawn.
        words: the printed words.
        speakers: who said it.
        principal: for whom; None for unattributed narration.
        cut_off: the day it counts up to.
        said: when it was said.
        relay: who relayed it, nearest the speaker first; outlets last.
        note: why it stands apart; None where nothing is to say.
        numbers: numbers of its sources.
    """

    standing: str
    words: str
    speakers: str
    principal: str | None
    cut_off: str
    said: str
    relay: str
    note: str | None
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePanel:
    """A series in the brief.

    Attributes:
        id: the series' id.
        heading: what is counted, in words.
        summary: what stands, with who says it.
        counts: the numbers of outlets, utterances and principals, in words.
        why: which rule gave the middle value, or why there is none.
        implied: a bound that arithmetic implies, "implied, said by no one"; None where there is none.
        rows: the entries in order of cut-off.
        lives: how reports handed its figures on, a line a figure.
        picture: the SVG.
        alt: the picture in words.
    """

    id: str
    heading: str
    summary: Line
    counts: str
    why: str
    implied: str | None
    rows: tuple[FigureRow, ...]
    lives: tuple[Line, ...]
    picture: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one principal says.

    Attributes:
        principal: canonical name, or the speaker's own where it speaks for nobody else.
        lines: what was said, newest last.
        left_out: how many further claims of theirs the ledger holds.
    """

    principal: str
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPanel:
    """A statement with its two sides.

    Attributes:
        text: the statement in the words of a claim.
        support: "put forward by A and B", "acknowledged by P on D".
        disputes: who objects, each a line; empty where nobody does.
    """

    text: Line
    support: Line
    disputes: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entry of the list of sources.

    Attributes:
        number: its number in the brief.
        claim: the claim's id.
        document: the document's name.
        outlet: who published it; None where unknown.
        published: when, in words.
        passage: the words it rests on, at most 300 characters.
        translation: the claim's content in another language and by whom; None where nobody translated it.
    """

    number: int
    claim: str
    document: str
    outlet: str | None
    published: str
    passage: str
    translation: Translation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited report of a story.

    Attributes:
        title: the story's title, or what the ledger covers.
        story: the story's id; None where the brief covers the whole ledger.
        as_of: the clock's day, or None.
        clock: the clock in one sentence.
        reading: how many documents were read, and how many failed.
        failed: the documents that could not be read, with the reason.
        saved_later: the documents whose text is as saved after the clock's day, with that day.
        policy: the policy in one sentence.
        timeline: what happened.
        figures: a panel a series.
        not_counted: composites, parts and additions, each with the reason why it stands apart.
        contradictions: claims that cannot all hold, each set with the reason.
        more_contradictions: how many further sets the ledger holds.
        statements: what was put forward and what was disputed.
        voices: who says what, by principal.
        refusals: refusals and silences that the reports state.
        changes: what changed in the last days before the clock.
        days: how many days that is.
        sources: the sources by number.
    """

    title: str
    story: str | None
    as_of: str | None
    clock: str
    reading: str
    failed: tuple[str, ...]
    saved_later: tuple[str, ...]
    policy: str
    timeline: tuple[Line, ...]
    figures: tuple[FigurePanel, ...]
    not_counted: tuple[Line, ...]
    contradictions: tuple[Line, ...]
    more_contradictions: int
    statements: tuple[StatementPanel, ...]
    voices: tuple[Voice, ...]
    refusals: tuple[Line, ...]
    changes: tuple[Line, ...]
    days: int
    sources: tuple[Source, ...]
