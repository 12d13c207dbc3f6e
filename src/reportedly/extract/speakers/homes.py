"""The state that bare bodies of an article belong to: "the government", "police", "the foreign ministry"."""

import re
from collections import Counter
from collections.abc import Mapping

from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.language.naming.states import is_state, state_of, states_in
from reportedly.language.places import is_place_preposition

_HEADLINE_WEIGHT = 3
_DATELINE_WEIGHT = 2
_OFTEN = 4
_FAR_MORE = 1.75  # times
_OPENING = 4  # tokens of a phrase of place that opens a sentence: "In the capital Kyiv,"


def count_states(parsed: ParsedArticle) -> Counter[str]:
    """How often an article names each state, the headline counting more."""
    counts: Counter[str] = Counter()
    for passage in parsed.passages:
        weight = _HEADLINE_WEIGHT if passage.role == "headline" else 1
        for state in states_in(passage.doc.text):
            counts[state] += weight
    return counts


def home_of(parsed: ParsedArticle, counts: Mapping[str, int]) -> str | None:
    """The state that an article is about, as far as it names states; None where none stands out.

    Args:
        parsed: the article.
        counts: how often it names each state.

    Returns:
        The state that makes up more than half of all that are named or is named far more often than the next, a single mention being
        none and the dateline's counting more; where none does, the dateline's if it is named often enough.
    """
    dateline = dateline_state(parsed.article.dateline)
    weighed = Counter({state: n for state, n in counts.items() if is_state(state)})
    if dateline:
        weighed[dateline] += _DATELINE_WEIGHT
    if not weighed:
        return None
    ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
    (state, most), next_most = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if most > 1 and (2 * most > weighed.total() or (most >= _OFTEN and most > _FAR_MORE * next_most)):
        return state
    return dateline if dateline and 2 * weighed[dateline] >= most else None


def dateline_state(dateline: str | None) -> str | None:
    """The state in which a dateline's place lies, where the line names it or is from its capital; else None."""
    pieces = [piece.strip() for piece in re.split(r"[,/(]", dateline or "")]
    return next((state for piece in reversed(pieces) if (state := state_of(piece) or state_of(piece.title()))), None)


def opening_state(sentence_start: Token) -> str | None:
    """The state of the place with which a sentence opens: "In Kyiv, the foreign ministry said"; None where it opens with none.

    Args:
        sentence_start: the sentence's first token.
    """
    if not is_place_preposition(sentence_start.lower_):
        return None
    doc = sentence_start.doc
    last = min(sentence_start.sent.end, sentence_start.i + 1 + _OPENING)
    comma = next((n for n in range(sentence_start.i + 1, last + 1) if n < sentence_start.sent.end and doc[n].text == ","), None)
    return None if comma is None else state_of(doc[sentence_start.i + 1 : comma].text) or state_of(doc[comma - 1].text)
