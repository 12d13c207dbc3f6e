"""Keeps what a rule reads off a whole article while that article's claims are made."""

import functools
from collections.abc import Callable
from typing import TypeVar

from reportedly.extract.parse.parsed import ParsedArticle

T = TypeVar("T")


def once_for_article(work: Callable[[ParsedArticle], T]) -> Callable[[ParsedArticle], T]:
    """Remember the result for the article asked about last.

    A cache keyed by equality would hash the whole parse at each call, which makes a long article's time grow with its square.

    Args:
        work: a pure function of an article.

    Returns:
        The function; asked about the same object again it answers at once.
    """
    latest: list[tuple[ParsedArticle, T]] = []

    @functools.wraps(work)
    def remembered(parsed: ParsedArticle) -> T:
        held = latest[-1] if latest else None
        if held is not None and held[0] is parsed:
            return held[1]
        result = work(parsed)
        latest[:] = [(parsed, result)]
        return result

    return remembered
