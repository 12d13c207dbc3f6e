"""Teasers: headlines with a short deck under a report, which lead to other reports."""

from collections.abc import Sequence

from reportedly.read.layout.areas import Area, Line, Part, between
from reportedly.read.layout.cohesion import cohesion_of, names_in, shared_with
from reportedly.read.layout.furniture import announces
from reportedly.read.layout.headings import is_prose, is_section_label, is_title

_DECK_MOST = 420  # characters
_TEASERS_LEAST = 2
_LIST_LEAST, _LIST_DECK = 3, 160  # of a page that is nothing but teasers; characters of a deck there
_BODY_LEAST = 2  # paragraphs of prose that the report must keep
_FOREIGN = 0.5  # teasers share less of their names with the report than this
_WORDS_LEAST = 5  # of a teaser's headline
_SHORT_WORDS, _SHORT_DECK = 4, 260  # words of headline and deck at least, characters of a deck at most, at the foot of an aggregator's page


def cut_teasers(area: Area) -> tuple[Area, list[Area]]:
    """Takes the teasers off the end of a report.

    Args:
        area: the report.

    Returns:
        The report without them, and the teasers in page order, each a headline with its deck. Sections of the report itself, which
        look alike, speak of the report's names.
    """
    groups = _groups(area.parts)
    while groups and len([part for part in area.parts[: groups[0]] if part.role == "body"]) < _BODY_LEAST:
        groups.pop(0)
    asking = sum(area.parts[at].paragraph.ends_sentence for at in groups)
    if len(groups) < _TEASERS_LEAST or asking > len(groups) / 2:
        return area, []  # questions that the report itself asks
    own = _names(area.parts[: groups[0]])
    cuts = [area.parts[first:after] for first, after in between(groups, len(area.parts))]
    foreign = [1 - shared_with(_names(cut), own) for cut in cuts if _names(cut)]
    if foreign and sum(foreign) / len(foreign) < _FOREIGN:
        return area, []
    kept = Area(kind=area.kind, title=area.title, parts=area.parts[: groups[0]], beside=area.beside, corrections=area.corrections)
    return kept, [_teaser(cut) for cut in cuts]


def foot_teasers(lines: Sequence[Line]) -> list[Area]:
    """The teasers that the foot of an aggregator's page consists of: nothing but headlines, each over one short deck.

    Args:
        lines: the lines behind the page's last end mark.

    Returns:
        The teasers in page order; none where the lines hold anything else, or fewer than two.
    """
    parts = [Part(paragraph=line.paragraph, role="body") for line in lines if line.label == "text"]
    pairs = [tuple(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return [_teaser(pair) for pair in pairs] if len(pairs) >= _TEASERS_LEAST and all(_is_pair(pair) for pair in pairs) else []


def list_teasers(lines: Sequence[Line], titles: Sequence[str]) -> list[Area]:
    """The teasers of a page that is nothing but a list of them: headlines, each over one short deck, that speak of unlike things.

    Args:
        lines: the page's lines.
        titles: titles of the page from beside it.

    Returns:
        The teasers in page order; none where the lines hold anything else but the list's own title, or fewer than three, or where a
        title announces a round-up, whose sections may be as short.
    """
    text = [line for line in lines if line.label == "text"]
    own = len(text) % 2  # the list's title stands over the first
    heads, decks = text[own::2], text[own + 1 :: 2]
    if any(head.paragraph.ends_sentence for head in heads) or any(len(deck.plain) > _LIST_DECK for deck in decks):
        return []
    if any(announces("roundup", words) for words in (*titles, *(line.plain for line in text[:1]))):
        return []
    teasers = foot_teasers(text[own:])
    if len(teasers) < _LIST_LEAST or (own and is_prose(text[0].paragraph)):
        return []
    names = [_names(teaser.parts) for teaser in teasers]
    return teasers if cohesion_of(names) <= 1 - _FOREIGN else []


def _is_pair(pair: Sequence[Part]) -> bool:
    """Whether two paragraphs are a headline and a short deck."""
    if len(pair) < 2:  # noqa: PLR2004 - a headline without a deck
        return False
    head, deck = pair[0].paragraph, pair[1].paragraph
    long_enough = min(len(head.plain.split()), len(deck.plain.split())) >= _SHORT_WORDS
    return long_enough and is_title(head) and deck.ends_sentence and not is_title(deck) and len(deck.plain) <= _SHORT_DECK


def _groups(parts: Sequence[Part]) -> list[int]:
    """Places of the headlines of the teasers at the end: from behind, headlines with or without a deck, as long as they come."""
    heads: list[int] = []
    place = len(parts) - 1
    while place > 0:
        if _is_head(parts[place]):
            heads.append(place)
            place -= 1
        elif _is_deck(parts[place]) and _is_head(parts[place - 1]):
            heads.append(place - 1)
            place -= 2
        else:
            break
    return heads[::-1]


def _is_head(part: Part) -> bool:
    paragraph = part.paragraph
    words = len(paragraph.plain.split())
    return part.role != "caption" and is_title(paragraph) and not is_section_label(paragraph) and words >= _WORDS_LEAST


def _is_deck(part: Part) -> bool:
    return part.role == "body" and len(part.paragraph.plain) <= _DECK_MOST and is_prose(part.paragraph)


def _names(parts: Sequence[Part]) -> frozenset[str]:
    return frozenset().union(*(names_in(part.paragraph.plain) for part in parts))


def _teaser(parts: Sequence[Part]) -> Area:
    roles = [Part(paragraph=part.paragraph, role="headline" if place == 0 else "standfirst") for place, part in enumerate(parts)]
    return Area(kind="teaser", title=parts[0].paragraph, parts=tuple(roles))
