"""Parts of a ledger: articles that hang together, with their links, and how a new article finds those near it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportedly.model.links import ArticleKey, Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Articles that no link leaves: a story with its copies, or several that a person joined.

    Attributes:
        id: `n:` and the least digest of its articles.
        articles: its articles, sorted.
        links: what joins them; ids of actors are those of this part, `a:...@n:...`.
    """

    id: str
    articles: tuple[ArticleKey, ...]
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article by what later ones find it.

    Attributes:
        article: the article.
        names: pairs of strong names and words, as numbers: an article that shares one may be of its story. The first item of a live page
            has those of all its items, the others none.
        shingles: a sample of its word 5-grams, as numbers: an article that shares enough may be its copy.
        texts: its text, as a number: an article with the same one is the same.
        features: what the decision about stories needs of it, as JSON values; none where `names` are those of another item.
    """

    article: ArticleKey
    names: frozenset[int]
    shingles: frozenset[int]
    texts: frozenset[int]
    features: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An article of the ledger that shares something with one at hand.

    Attributes:
        part: id of its part.
        names: how many pairs of names and words both have.
        shingles: how many sampled 5-grams both have.
        sampled: how many it has itself.
        texts: how many texts both have.
        features: as in `Page`.
    """

    part: str
    names: int
    shingles: int
    sampled: int
    texts: int
    features: Mapping[str, Any]
