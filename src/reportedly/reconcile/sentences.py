"""The whole sentence around a claim, as its page prints it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from reportedly.language.tables import load_table
from reportedly.model import Article, Passage, StoredClaim
from reportedly.reconcile.content import passage_of
from reportedly.reconcile.lookup import Lookup

_END = re.compile(r"[.!?][\"\u201d\u2019')\]]*(?=\s+[\"\u201c\u2018(\[]?[A-Z0-9\u00c0-\u00de])|\n\s*\n|[.!?:][\"\u201d]?\n")
_LAST_WORD = re.compile(r"[^\s\"\u201c\u2018(\[]+$")
_DATELINE = re.compile(  # place, day and wire before a lead
    r"(?:[A-Z\u00c0-\u00de]{3,}(?:\S*\s+){0,8}?\S*(?:\s[\u2014\u2013-]{1,2}|[\u2014\u2013])|\([^)]{2,40}\))\s+(?=\S)"
)
_LONGEST = 300  # characters of a sentence that is shown whole
_SHORTEST = 4  # words of a sentence that tells something
_HEAD = 6  # words at the head of a sentence in which it may lean on another
_MOST = 220  # characters beyond which a sentence is hard to read


def sentence_of(lookup: Lookup, stored: StoredClaim) -> str:
    """The sentence that holds a claim, from its capital to its full stop; one too long to show gives way to the claim's own words.

    Args:
        lookup: over the holdings.
        stored: the claim.

    Returns:
        Printed words, white space made single.
    """
    document = lookup.holdings.documents.get(stored.document)
    text = lookup.holdings.texts.get(document.text_digest, "") if document else ""
    claim, article = stored.claim, lookup.article_of(stored)
    spans = (*claim.content, *claim.cue, *claim.source)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    low, high = _bounds(article, start, end, len(text))
    breaks = list(_breaks(text, low, high))
    first = max((place for place in breaks if place <= start), default=low)
    last = min((place for place in breaks if place >= end), default=high)
    whole = _without_dateline(" ".join(text[first:last].split()), article)
    return whole if whole and len(whole) <= _LONGEST else passage_of(lookup.holdings, stored)


def reads_badly(sentence: str) -> int:
    """How hard a sentence is to follow by itself: 0 for one that begins with its subject, more for each thing that hinders."""
    words = sentence.split()
    head = words[0].strip('"\u201c\u2018(').lower().rstrip(",") if words else ""
    return (
        2 * (len(words) <= _SHORTEST)
        + 2 * (head in load_table("sentences")["leaning"]["words"])
        + 2 * sentence[:1].islower()
        + (sentence[:1] in '"\u201c')
        + any(word in load_table("sentences")["leaning"]["adverbs"] for word in words[:_HEAD])
        + (len(sentence) > _MOST)
        + 2 * sentence.rstrip().endswith((":", ",", ";", "which includes"))
    )


def _without_dateline(sentence: str, article: Article | None) -> str:
    """A lead without the place, day and wire before it ("VARDA, March 3 (Wire) \u2014")."""
    printed = " ".join(article.dateline.split()) if article and article.dateline else ""
    if printed and sentence.startswith(printed):
        return sentence.removeprefix(printed).lstrip(" \u2014\u2013-:")
    found = _DATELINE.match(sentence)
    return sentence[found.end() :] if found else sentence


def _bounds(article: Article | None, start: int, end: int, length: int) -> tuple[int, int]:
    """The stretch of the article that a claim stands in: its passages of one role in a row, so that a headline is no part of the lead."""
    passages: tuple[Passage, ...] = article.passages if article else ()
    first = bisect_right(passages, start, key=attrgetter("end"))  # passages lie in order, and none in another
    last = bisect_left(passages, end, key=attrgetter("start"))
    if first >= last:
        return 0, length
    return min(start, passages[first].start), max(end, passages[last - 1].end)


def _breaks(text: str, low: int, high: int) -> Iterator[int]:
    """Places right behind the sentences' ends."""
    for match in _END.finditer(text, low, high):
        word = _LAST_WORD.search(text, max(low, match.start() - 20), match.start())
        if text[match.start()] != "." or not word or not _is_short(word.group()):
            yield match.end()


def _is_short(word: str) -> bool:
    """Whether a full stop behind a word is that of an abbreviation or an initial."""
    plain = word.lower()
    return plain in load_table("sentences")["abbreviations"]["words"] or (len(word) == 1 and word.isupper())
