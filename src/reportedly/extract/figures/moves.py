"""Reads how far a count has moved and where it stood: "stood at 413, up 44 from Monday"; "are displaced, up from 75,000 a week ago".

Source: Quirk et al., A Comprehensive Grammar of the English Language (1985), sections 15.63 ff. (comparison) and 13.92 ff. (ellipsis).
"""

import functools
from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.figures.phrases import Phrase
from reportedly.language.tables import load_table
from reportedly.model import Figure

_OPENING = frozenset({",", "(", "-", "\u2013", "\u2014"})
_LONGEST = 30
"""Tokens between a count and the number that it is compared with."""


def with_moves(figures: Sequence[Figure], phrases: Sequence[Phrase]) -> list[Figure]:
    """Give bare numbers of a comparison what the count before them measures.

    Args:
        figures: the figures of a paragraph, in text order.
        phrases: their phrases, alike.

    Returns:
        The figures; a rise is an addition that the count before it holds already, and an earlier value that has a day of its own is the
        same count as it stood then. A fall, and an earlier value without a day, stay as they are.
    """
    found = list(figures)
    for place in range(1, len(found)):
        count, phrase = found[place - 1], phrases[place]
        if count.measure == "other" or count.unit is not None or found[place].measure not in {"other", count.measure}:
            continue
        if (
            not _is_bare(phrase)
            or phrase.number.sent.start != phrases[place - 1].number.sent.start
            or phrase.first.i - phrases[place - 1].last.i > _LONGEST
        ):
            continue
        if _rises(phrase):
            found[place] = _alike(replace(found[place], share="additional", window=None, basis=None), count)
        elif _stood(phrase) and found[place].window is not None:
            found[place] = _alike(replace(found[place], share="total", basis="moment"), count)
    return found


def _alike(figure: Figure, count: Figure) -> Figure:
    """A figure that measures what another one does; how it came about no verb says."""
    own = figure.population or count.population
    return replace(figure, measure=count.measure, verb=None, counted=count.counted, population=own, status=count.status, of=None)


def _is_bare(phrase: Phrase) -> bool:
    quantity = phrase.quantity
    return phrase.noun is None and phrase.person is None and quantity.unit is None and not quantity.ratio


def _rises(phrase: Phrase) -> bool:
    """`, up 44 from Monday`."""
    before = [t.lower_ for t in phrase.doc[max(0, phrase.first.i - 3) : phrase.first.i]]
    words = before[:-1] if before[-1:] == ["by"] else before
    behind = phrase.doc[phrase.last.i + 1 : phrase.last.i + 2].text.lower()
    return len(words) > 1 and words[-1] in _rows("rising") and words[-2] in _OPENING and behind in _rows("links")


def _stood(phrase: Phrase) -> bool:
    """`, up from 75,000 a week ago`."""
    before = [t.lower_ for t in phrase.doc[max(0, phrase.first.i - 3) : phrase.first.i]]
    return len(before) == 3 and before[2] == "from" and before[1] in _rows("moves") and before[0] in _OPENING  # noqa: PLR2004 - three words


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("dating")["compared"][key])
