"""Reports: an article with its words and claims, one side of every pair decision about articles."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.model import Article, ArticleKey, Document, Holdings, Interval, StoredClaim

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LEAD = 400  # characters of the body that count as its opening


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Report:
    """An article as the pair decisions see it; each is itself alone, so that what is found of it can be kept with it.

    Attributes:
        key: document id and article number.
        document: its document.
        article: the article.
        lead: title, standfirst and the opening of the body.
        text: all its words but captions, passages joined by newlines.
        claims: its claims in text order.
    """

    key: ArticleKey
    document: Document
    article: Article
    lead: str
    text: str
    claims: tuple[StoredClaim, ...]

    @property
    def outlet(self) -> str | None:
        """Who published it, or None."""
        return self.article.outlet or self.document.publisher

    @property
    def title(self) -> str | None:
        """Its headline, from the page else the sidecar, or None."""
        return self.article.title or self.document.title

    @property
    def published(self) -> Interval | None:
        """When it was published, or None."""
        return self.article.published


def gather_reports(holdings: Holdings) -> tuple[Report, ...]:
    """Every article of a ledger with its claims.

    Args:
        holdings: the ledger's rows, in any order.

    Returns:
        The reports, teasers included, sorted by key.
    """
    claims: Mapping[ArticleKey, list[StoredClaim]] = defaultdict(list)
    for stored in holdings.claims:
        claims[stored.article].append(stored)
    return tuple(
        _report(holdings, key, sorted(claims.get(key, ()), key=lambda stored: (stored.claim.start, stored.claim.id)))
        for key in sorted(holdings.articles)
    )


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, lower case, curly apostrophes made straight."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]


def story_name(key: ArticleKey) -> str:
    """An article's key as one word, for ids of groups of articles."""
    return f"{key[0]}#{key[1]}"


def days_between(one: Interval | None, other: Interval | None) -> int | None:
    """Days that lie between two intervals, 0 where they meet, None where either is missing."""
    if one is None or other is None:
        return None
    if one.meets(other):
        return 0
    first, second = sorted((one, other), key=lambda interval: (interval.first_day or interval.last_day, interval.last_day))
    if first.last_day is None or second.first_day is None:
        return 0
    return abs((second.first_day - first.last_day).days)


def _report(holdings: Holdings, key: ArticleKey, claims: list[StoredClaim]) -> Report:
    article = holdings.articles[key]
    text = holdings.text_of(key[0])
    pieces = [(passage.role, text[passage.start : passage.end]) for passage in article.passages if passage.role != "caption"]
    body = "\n".join(words for role, words in pieces if role == "body")
    heads = [article.title or "", *(words for role, words in pieces if role != "body")]
    return Report(
        key=key,
        document=holdings.documents[key[0]],
        article=article,
        lead="\n".join([*heads, body[:_LEAD]]),
        text="\n".join(words for _, words in pieces),
        claims=tuple(claims),
    )
