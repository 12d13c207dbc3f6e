"""What lists show of the parts of a ledger without reading them: small rows, made when a part is linked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportedly.model.links import ArticleKey

NO_DAY = ""
"""Stands where a day is unknown; it sorts before every day."""

LARGE = 2_000
"""Claims, every appearance counted, from which on a story or part is asked by what is kept of it; a smaller one is read whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """A story in a list.

    Attributes:
        id: the story's id.
        title: a headline of one of its articles.
        articles: number of its articles.
        claims: number of its claims, every appearance counted.
        outlets: who carried its articles, those with most articles first.
        first: first ISO day of publication; `NO_DAY` where all are undated.
        last: the last one.
    """

    id: str
    title: str
    articles: int
    claims: int
    outlets: tuple[str, ...]
    first: str = NO_DAY
    last: str = NO_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """An article in a list.

    Attributes:
        key: the article's key.
        story: id of its story; None where it is in none.
        alone: the id that its story had while it was the only article.
        claims: number of its claims.
        published: last ISO day of its publication, as other articles tell it where it prints none; `NO_DAY` where it is undated.
        said: first ISO day by which a claim of it had been said; `NO_DAY` where none is bounded.
    """

    key: ArticleKey
    story: str | None
    alone: str
    claims: int
    published: str = NO_DAY
    said: str = NO_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSummary:
    """One appearance of a claim in a list, as judgements and the dates of other articles have it.

    Attributes:
        id: the claim's id.
        key: the article it stands in.
        start: where its content begins, in code points of the text.
        end: where it ends.
        story: id of its article's story; None where it is in none.
        day: ISO day by which it had been said; `NO_DAY` where nothing bounds it.
        published: last ISO day of its article's publication; `NO_DAY` where it is undated.
        first: first ISO day of `said`, else the last; `NO_DAY` where it has no end.
        last: last ISO day of `said`; `NO_DAY` where it has no end.
        stance: what the speaker does with it.
        form: direct, indirect, mixed or narration.
        outlet: who carried it.
        measures: the measures of its figures, each once.
        voices: its speakers, each as its article names them, with the name and principal of the actor of its part whom they are; empty
            words where nobody resolved them, or no principal is known.
        words: its content, cue, source and speakers, case folded.
    """

    id: str
    key: ArticleKey
    start: int
    end: int
    story: str | None
    day: str
    published: str
    first: str
    last: str
    stance: str
    form: str
    outlet: str
    measures: tuple[str, ...]
    voices: tuple[tuple[str, str, str], ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What lists show of one part.

    Attributes:
        part: the part's id.
        claims: number of its claims, each once however often it appears.
        days: ISO days by which anything had been said, in order.
        stories: its stories.
        articles: all its articles.
        rows: every appearance of its claims.
        outlines: of a large part, what timelines need of each document's claims, packed, by the document's id; else none.
    """

    part: str
    claims: int
    days: tuple[str, ...]
    stories: tuple[StorySummary, ...]
    articles: tuple[ArticleSummary, ...]
    rows: tuple[ClaimSummary, ...]
    outlines: Mapping[str, bytes] = field(default_factory=dict)
