"""The rows that the ledger answers with: design section 3, 'The other records'."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportedly.model.actor import ActorKind
from reportedly.model.claim import Claim, Qualifier, Share, Stance, Status
from reportedly.model.interval import Interval
from reportedly.model.links import Aspect, How, StatementPosition
from reportedly.model.span import Span

Standing = Literal["current", "history", "restatement", "withdrawn"]
Support = Literal["none", "alleged", "corroborated", "acknowledged", "withdrawn"]
ChangeKind = Literal["new figure", "revision", "restatement", "new position", "reversal", "withdrawal", "edited page"]
Verdict = Literal[
    "supported",
    "outdated",
    "qualifier_lost",
    "composite_split",
    "wrong_speaker",
    "part_as_total",
    "window_lost",
    "disputed",
    "not_in_ledger",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """An article's place in a story.

    Attributes:
        document: the document's name.
        article: the article's number in it.
        story: the story's id.
        title: the story's title.
    """

    document: str
    article: int
    story: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One origin and value in a series.

    Attributes:
        claims: ids of the claims that carry it, earliest first.
        said: when it was uttered; None where undatable.
        cut_off: the day it counts up to, as an interval: its window's end, else said, else published.
        published: when the earliest of its articles was published.
        speakers: canonical names.
        principal: canonical name; None for unattributed narration.
        low: lower bound or None, as in a figure.
        high: upper bound or None, as in a figure.
        qualifier: how the words bound the number; interfaces print `words`, never this code.
        words: the printed words.
        standing: current, history, restatement or withdrawn.
        origin: the origin's id.
        outlets: who carried it, sorted.
        via: the relays of its earliest claim, nearest the speaker first.
        known_from: name of the later report that alone brought it, where it was published after the clock; else None.
        note: why it stands apart ("last own figure of ...", "own voice repeats ..."); None where nothing is to say.
    """

    claims: tuple[str, ...]
    said: Interval | None
    cut_off: Interval | None
    published: Interval | None
    speakers: tuple[str, ...]
    principal: str | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    words: str
    standing: Standing
    origin: str
    outlets: tuple[str, ...]
    via: tuple[str, ...] = ()
    known_from: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDispute:
    """Somebody who disputes a figure of a series.

    Attributes:
        actor: canonical name.
        what: what it is about.
        how: denies, or asserts the contrary.
        said: when.
        claim: the claim's id.
    """

    actor: str
    what: Aspect
    how: How
    said: Interval | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures that count the same thing, in time order.

    Attributes:
        id: `n:` and the least digest of its members.
        story: the story's id.
        event: id of the event it counts for; None where there is none.
        measure: what is measured.
        counted: class of what is counted ("soldiers"); None where nothing says.
        unit: UCUM code or ISO 4217 currency; None for a plain count.
        population: whose; None where nothing says.
        place: where; None where nothing says.
        status: confirmed, probable, suspected, presumed or None.
        share: total, additional, part or period.
        as_of: the clock's day, or None.
        policy: the policy that formed low, best and high.
        low: None where nothing bounds it below.
        best: None unless the policy's rule allows one.
        high: greatest stated bound; None where there is none.
        open_high: whether a standing entry is open above.
        why: one sentence that says which rule gave best, or why there is none.
        outlets: number of outlets that carried an entry.
        utterances: number of separate acts of speech.
        principals: number of principals (unattributed narration is none).
        disputes: who disputes it.
        entries: in order of cut-off.
        implied_low: a bound that arithmetic on other series implies, said by no one; None where there is none.
        implied_high: likewise above.
    """

    id: str
    story: str
    event: str | None
    measure: str
    counted: str | None
    unit: str | None
    population: str | None
    place: str | None
    status: Status | None
    share: Share
    as_of: str | None
    policy: str
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    open_high: bool
    why: str
    outlets: int
    utterances: int
    principals: int
    disputes: tuple[SeriesDispute, ...]
    entries: tuple[Entry, ...]
    implied_low: Decimal | None = None
    implied_high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one actor says of a statement, its latest utterance by the clock last.

    Attributes:
        actor: canonical name.
        principal: canonical name or None.
        position: supports, denies or open.
        stance: the claim's stance.
        said: when.
        claim: the claim's id.
        party: whether its principal is a party to the act.
    """

    actor: str
    principal: str | None
    position: StatementPosition
    stance: Stance
    said: Interval | None
    claim: str
    party: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One actor's standing objection to a statement.

    Attributes:
        actor: canonical name.
        what: act, responsibility, extent, figure or source.
        how: denies, or asserts the contrary.
        said: when.
        claim: the claim's id.
    """

    actor: str
    what: Aspect
    how: How
    said: Interval | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the ledger supports of a statement on a date; support and disputes are never merged.

    Attributes:
        story: the story's id.
        event: the event's id or None.
        statement: the statement's id.
        text: the statement in the words of one of its claims.
        as_of: the clock's day, or None.
        support: none, alleged, corroborated, acknowledged or withdrawn.
        principals: canonical names of those who put it forward, in order of their first utterance.
        acknowledged_by: the parties that conceded it, with the claim: (principal, claim id).
        disputes: who objects, by each actor's latest position.
        positions: every position by the clock, in order of saying.
    """

    story: str
    event: str | None
    statement: str
    text: str
    as_of: str | None
    support: Support
    principals: tuple[str, ...]
    acknowledged_by: tuple[tuple[str, str], ...]
    disputes: tuple[Dispute, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A dated event in the articles' own words.

    Attributes:
        date: first day, ISO; None where only an end is known.
        to: last day, ISO; None where open.
        text: a sentence or clause of one of its claims.
        weight: how much speaks for showing it; greater is more.
        claims: ids of its claims.
        documents: names of its documents.
        principals: canonical names of those who report it.
    """

    date: str | None
    to: str | None
    text: str
    weight: float
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    principals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that is otherwise on the later of two dates.

    Attributes:
        said: when the newer thing was said.
        kind: what changed.
        what: the series or statement it concerns, in words.
        before: the older state in printed words; None where there was none.
        after: the newer one; None where it is gone.
        claims: ids of the claims behind it.
    """

    said: Interval | None
    kind: ChangeKind
    what: str
    before: str | None
    after: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """What the ledger says of one figure or attribution of a draft.

    Attributes:
        start: first character in the draft, in code points.
        end: one past the last.
        text: the words there.
        verdict: design section 3's verdicts.
        claims: ids of the claims that the verdict rests on.
        why: one sentence.
        passage: words of the first such claim, at most 300 characters; None where there is none.
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    claims: tuple[str, ...]
    why: str
    passage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A search result.

    Attributes:
        document: the document's name.
        article: number of the article; None where the words stand outside any.
        claim: id of the claim that holds the words; None where no claim does.
        start: first character of the words in the document's text.
        end: one past the last.
        text: a passage around them, at most 300 characters.
        rank: greater is better.
    """

    document: str
    article: int | None
    claim: str | None
    start: int
    end: int
    text: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRow:
    """Whether one anchor still says what the ledger says it says.

    Attributes:
        claim: the claim's id.
        document: the document's name.
        part: content, cue, source or figure.
        start: first character.
        end: one past the last.
        holds: whether the text there is the stored quote.
        found: what stands there now, where it does not hold; else None.
    """

    claim: str
    document: str
    part: str
    start: int
    end: int
    holds: bool
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add` did, each counting only what is new.

    Attributes:
        documents: documents read.
        added: documents that were new.
        claims: claims that were new.
        problems: problems that were new.
    """

    documents: int
    added: int
    claims: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefCheck:
    """What a bundle says of one passage or quotation of a brief.

    Attributes:
        part: `source` for an entry of the list of sources, `quotation` for words in “…” of a line that cites some.
        numbers: number of the source, or of those that the line cites.
        claim: the claim's id; None for a quotation.
        text: the words.
        verdict: holds, elsewhere (another source of the brief says it), differs (no source does), not_in_bundle (no such claim), or
            unchecked (the bundle has no text to tell by).
    """

    part: Literal["source", "quotation"]
    numbers: tuple[int, ...]
    claim: str | None
    text: str
    verdict: Literal["holds", "elsewhere", "differs", "not_in_bundle", "unchecked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor as `reportedly actors` prints it.

    Attributes:
        actor: its canonical name.
        kind: what sort of actor.
        principal: canonical name of the body it speaks for; itself where it speaks for itself; None where unknown.
        names: every name that was joined, as canonicalised in the articles, sorted.
        roles: its offices, each with the first and the last ISO date on which reports give it, None where undated.
        stands_for: words that stand for it ("Pyongyang", "the North").
        claims: ids of the claims it made.
        evidence: for each name that was joined, in words, what that rests on; a split takes it apart again.
    """

    actor: str
    kind: ActorKind
    principal: str | None
    names: tuple[str, ...]
    roles: tuple[tuple[str, str | None, str | None], ...]
    stands_for: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim inside its passage, the answer of `reportedly show`.

    Attributes:
        claim: the claim.
        document: name of its document.
        outlet: who published the article; None where unknown.
        title: the article's headline; None where it has none.
        published: when the article was published.
        story: the story's id; None where the article is in none.
        passage: where the passage around it starts and ends, and its words (at most 1,000 characters around the claim).
        origin: id of its origin; None where it has none.
        principal: the origin's principal; None where nobody is named.
        companions: the other claims of its origin.
        actors: canonical actor across documents of each speaker, in order.
        reliability: the best grade, A to F, that a person gave its principal, speakers or outlet; F where nobody did.
        credibility: the grade, 1 to 6, that a person gave the claim; 6 where nobody did.
        dated_by: what `published` rests on, in words, where other articles tell it; empty where the article tells it itself.
    """

    claim: Claim
    document: str
    outlet: str | None
    title: str | None
    published: Interval | None
    story: str | None
    passage: Span
    origin: str | None
    principal: str | None
    companions: tuple[Claim, ...]
    actors: tuple[str, ...]
    reliability: str = "F"
    credibility: int = 6
    dated_by: tuple[str, ...] = ()
