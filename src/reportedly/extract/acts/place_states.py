"""Says in which state a place lies, by the article's own words and by the tables."""

import re
from collections import Counter
from collections.abc import Sequence

from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import is_state, region_of, state_of, states_in
from reportedly.language.tables import load_table

_MOSTLY = 2  # times: how much oftener a state must be named with a place than any other
_LONGEST = 200  # characters around a place in which its state may be named


def state_in(parsed: ParsedArticle, place: str) -> str | None:
    """The state in which a place lies.

    As the article says right behind its name ("Muisne, Ecuador"); else by the tables; else the only state that stands in the
    sentences which name it.
    """
    text = parsed.text
    if set(place.split()) & set(load_table("places")["waters"]["words"]):
        return None
    if is_state(place):
        return place
    followed = f"{place}, " in text  # most names are not, and need no pattern of their own
    behind = re.search(rf"\b{re.escape(place)}, ((?:[A-Z][\w.]+ ?){{1,3}})", text) if followed else None
    named = _first_state(behind[1]) if behind is not None else None
    if named is not None:
        return named
    known = country_of(place)
    if known is not None or len(place) < 3:  # noqa: PLR2004 - initials stand for too much
        return known
    beside = Counter[str]()
    for match in re.finditer(rf"\b{re.escape(place)}\b", text):
        sentence = _sentence(text, match.start(), match.end())
        beside.update(set(states_in(sentence)))
    ranked = beside.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > _MOSTLY * ranked[1][1]) else None


def common_state(parsed: ParsedArticle, places: Sequence[str]) -> str | None:
    """The only place of several mentions, or the state in which most of them lie.

    Where the mentions in that state name one place in it oftener than the state itself, it is that place.

    Args:
        parsed: the parsed article.
        places: canonical names, one a mention.

    Returns:
        None where no state has most of them.
    """
    if len(set(places)) == 1:
        return places[0]
    states = Counter(state for name in places if (state := state_in(parsed, name)) is not None).most_common(2)
    if not states:
        return None
    clear = len(states) == 1 or states[0][1] > _MOSTLY * states[1][1]
    if not clear:
        return None
    state = states[0][0]
    inside = Counter(name for name in places if state_in(parsed, name) == state)
    own = [name for name in inside if name != state]
    return own[0] if len(own) == 1 and inside[own[0]] > inside[state] else state


def _first_state(words: str) -> str | None:
    """The state that the longest beginning of some words names, a part of a federation standing for it."""
    pieces = words.strip(" .").split()
    for size in range(len(pieces), 0, -1):
        name = " ".join(pieces[:size]).rstrip(".")
        state = name if is_state(name) else state_of(name) if "." in name else country_of(name) if region_of(name) else None
        if state is not None:
            return state
    return None


def _sentence(text: str, start: int, end: int) -> str:
    """The stretch between the stops around a place."""
    first = max(text.rfind(". ", max(0, start - _LONGEST), start), text.rfind("\n", max(0, start - _LONGEST), start))
    stops = [place for mark in (". ", "\n") if (place := text.find(mark, end, end + _LONGEST)) >= 0]
    return text[max(first, start - _LONGEST) + 1 : min(stops, default=end + _LONGEST)]
