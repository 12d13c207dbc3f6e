"""Parts of a ledger: articles that hang together, with their links, and how a new article finds those near it."""

from dataclasses import dataclass

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
        sampled: how many its sample counts for when it is compared with another's.
        texts: its text, as a number: an article with the same one is the same.
        incident: the happening of one day that it tells of, as its kind and ISO day; None where it gives none.
        features: what the decision about stories needs of it, as JSON text; empty where `names` are those of another item.
    """

    article: ArticleKey
    names: frozenset[int]
    shingles: frozenset[int]
    sampled: int
    texts: frozenset[int]
    incident: str | None = None
    features: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An article of the ledger that shares something with one at hand.

    Attributes:
        met: the one at hand.
        article: the one of the ledger.
        part: id of its part.
        names: how many pairs of names and words both have.
        shingles: how many sampled 5-grams both have.
        texts: how many texts both have.
        sampled: as in `Page`.
        incident: as in `Page`.
    """

    met: ArticleKey
    article: ArticleKey
    part: str
    names: int
    shingles: int
    texts: int
    sampled: int
    incident: str | None
