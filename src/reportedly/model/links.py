"""What `resolve/` adds to claims: links across documents, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportedly.model.actor import Actor
from reportedly.model.interval import Interval

ArticleKey = tuple[str, int]
"""A document's id and the number of an article in it."""

CopyKind = Literal["copy", "partial", "version"]
StatementPosition = Literal["supports", "denies", "open"]
Aspect = Literal["act", "responsibility", "extent", "figure", "source"]
How = Literal["denies", "asserts the contrary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """Two articles of which one repeats the other's text.

    Attributes:
        first: the earlier (or lesser) article.
        second: the later one.
        kind: `copy` (near-duplicate), `partial` (one contains much of the other), `version` (same outlet, later: supersedes).
        containment: share of the shorter one's word 5-grams that stand in the other, 0 to 1.
        evidence: what the link rests on, in words.
    """

    first: ArticleKey
    second: ArticleKey
    kind: CopyKind
    containment: float
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one developing situation.

    Attributes:
        id: `s:` and the least digest of its articles.
        title: a headline of one of its articles.
        articles: its articles, sorted.
        headlines: those of its articles that have a headline, the one most like all others first; `title` is the first one's.
    """

    id: str
    title: str
    articles: tuple[ArticleKey, ...]
    headlines: tuple[ArticleKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act or happening at one place in one interval.

    Attributes:
        id: `e:` and the least digest of the claims about it.
        story: the story it belongs to.
        parent: id of the event that holds it; None at the top.
        label: a few of the articles' own words that name it.
        place: canonical name; None where not said.
        happened: its interval; None where undated.
        background: whether it is a comparison ("deadlier than 2010") and no part of the story's own events.
        claims: ids of the claims about it.
    """

    id: str
    story: str
    parent: str | None
    label: str
    place: str | None
    happened: Interval | None
    background: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One principal's assessment for one cut-off, from which other reports descend.

    Attributes:
        id: `o:` and the least digest of its members.
        principal: canonical name of the principal; None for unattributed narration.
        members: references to what descends from it: a claim's id, `id#k` for figure k of a claim, or `id#k@P` for what principal P
            has of a figure that several put forward in one sentence.
        outlets: who carried it, sorted.
        utterances: number of separate acts of speech among its members.
        evidence: what the joining rests on, in words.
    """

    id: str
    principal: str | None
    members: tuple[str, ...]
    outlets: tuple[str, ...]
    utterances: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMember:
    """A claim's part in a statement.

    Attributes:
        claim: the claim's id.
        position: whether its speaker supports it, denies it or leaves it open.
        aspect: what a denial is about; `act` for a support.
        how: how a denial is put; None for anything else.
        concerns_figure: whether the position is only about a number.
    """

    claim: str
    position: StatementPosition
    aspect: Aspect = "act"
    how: How | None = None
    concerns_figure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Claims that put forward, deny or leave open the same thing.

    Attributes:
        id: `p:` and the least digest of its members.
        story: the story it belongs to.
        event: the event it is about; None where it could not be told.
        text: the statement in words of one of its claims.
        act: the act (a row of the acts table).
        parties: canonical principals that are agent or opposed patient of the act.
        serves_agent: whether the act is a success for its agent, so that the agent's own word acknowledges nothing.
        members: the claims with their positions.
        wordings: claims with their words for the statement, the best first; `text` is the first one's; a clock shows the first it lets see.
    """

    id: str
    story: str
    event: str | None
    text: str
    act: str
    parties: tuple[str, ...]
    serves_agent: bool
    members: tuple[StatementMember, ...]
    wordings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDate:
    """Between which days an article that prints no date was published, as other articles of its story tell.

    Attributes:
        article: the article; its own record stays as it was read.
        published: the interval, within the one that the article has of itself; its basis is `inferred`.
        evidence: what each end rests on, in words.
        rests_on: the articles that tell it, sorted.
    """

    article: ArticleKey
    published: Interval
    evidence: tuple[str, ...]
    rests_on: tuple[ArticleKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All links of a ledger. Every mapping goes from an id of the claims to what was found for it.

    Attributes:
        actors: the actors, sorted by id.
        actor_of: canonical name as in a claim's `speakers`, keyed by (document id, article number, name) -> actor id.
        copies: near-duplicate articles.
        stories: the stories, sorted by id.
        events: the events, sorted by id.
        event_of: claim id -> event id.
        origins: the origins, sorted by id.
        origin_of: claim reference (`id`, `id#k` or `id#k@P`) -> origin id.
        utterance_of: claim id -> id of the act of speech; retellings of one utterance share it.
        statements: the statements, sorted by id.
        superseded: ids of own-voice claims in an earlier version of a page, with the later article that supersedes them.
        dates: when articles that print no date were published, as others tell, sorted by article.
    """

    actors: tuple[Actor, ...] = ()
    actor_of: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    copies: tuple[CopyLink, ...] = ()
    stories: tuple[Story, ...] = ()
    events: tuple[Event, ...] = ()
    event_of: Mapping[str, str] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    origin_of: Mapping[str, str] = field(default_factory=dict)
    utterance_of: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    superseded: Mapping[str, ArticleKey] = field(default_factory=dict)
    dates: tuple[ArticleDate, ...] = ()
