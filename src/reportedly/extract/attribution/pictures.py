"""Finds what pictures let see: "Footage posted online showed smoke over the port".

The parser often takes "showed" behind such a noun for something else, so the words decide: a noun of pictures, a few words that belong to
it, a form of "show", and what follows in the clause.
"""

from collections.abc import Iterator

from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

_SHOWS = frozenset({"show", "shows", "showed"})
_WIDEST = 6  # words between the noun and "showed"
_VERBAL = frozenset({"VBZ", "VBP", "MD"})


def pictures(layout: Layout, _: CueTable) -> Iterator[Finding]:
    """What a paragraph's pictures show, where it is no clause.

    Args:
        layout: the paragraph.

    Yields:
        One a sentence that begins with pictures, in text order.
    """
    nouns = frozenset(load_table("things")["pictures"]["words"])
    for first, last in layout.sentences():
        words = list(layout.doc[first:last])
        noun = next((place for place, word in enumerate(words[:4]) if word.lower_ in nouns and not _is_modifier(word)), None)
        shows = next((place for place, word in enumerate(words) if word.lower_ in _SHOWS and layout.quoted[word.i] < 0), None)
        if noun is None or shows is None or not 0 < shows - noun <= _WIDEST:
            continue
        if not all(_belongs(word, words[noun].i) for word in words[:shows]) or not _opens_phrase(words[shows + 1 :]):
            continue
        stop = next((word.i for word in words[shows + 1 :] if word.text in {",", ";", ":"} or word.lower_ == "that"), last)
        source, piece = layout.trim(words[0].idx, words[shows - 1].idx + len(words[shows - 1].text)), layout.cover(words[shows].i + 1, stop)
        if source is not None and piece is not None:
            show = words[shows]
            yield Finding(head=show.i, cue=((show.idx, show.idx + len(show.text)),), source=(source,), content=(piece,), kind="evidence")


def _is_modifier(word: Token) -> bool:
    """Whether another noun follows: "video games" are no video."""
    return word.i + 1 < len(word.doc) and word.doc[word.i + 1].pos_ in {"NOUN", "PROPN"}


def _belongs(word: Token, noun: int) -> bool:
    """Whether a word may belong to the noun: no mark, and no finite verb but one right behind it that is written like a participle."""
    return not word.is_punct and word.tag_ not in _VERBAL and (word.tag_ != "VBD" or word.i == noun + 1)


def _opens_phrase(words: list[Token]) -> bool:
    """Whether what follows is a noun phrase with a noun of its own, and no clause."""
    if not words or words[0].pos_ in {"SCONJ", "ADP", "PUNCT"} or words[0].lower_ in {"how", "what", "that", "why", "up", "no"}:
        return False
    return any(word.pos_ in {"NOUN", "PROPN"} for word in words[:4])
