"""Round-ups and newsletters: pages whose sections are reports of their own."""

import bisect
from collections.abc import Sequence

from reportedly.model import ArticleKind
from reportedly.read.layout.areas import Area, Part, between
from reportedly.read.layout.cohesion import cohesion_of, names_in
from reportedly.read.layout.furniture import announces
from reportedly.read.layout.headings import is_prose, is_section_label
from reportedly.read.layout.paragraphs import Paragraph

_LABELS_LEAST = 3  # headings in capitals before a colon
_ANNOUNCED_LEAST, _ANNOUNCED_COHESION = 3, 0.55  # headings, where title or introduction announces a round-up
_BARE_LEAST, _BARE_COHESION = 5, 0.2  # headings, where nothing announces it
_WORDS_LEAST = 4  # of a heading that is a headline


def cut_sections(area: Area, titles: Sequence[str], *, announced: bool) -> list[Area]:
    """The sections of a round-up as articles, each under its heading, the introduction first.

    Args:
        area: a report as it runs.
        titles: titles of the page from beside it.
        announced: whether only a round-up counts that its title, its introduction or its labels announce.

    Returns:
        The sections in page order; the area alone where it is one report. Sections of a round-up speak of unlike names; headings
        within one report stand over the same persons and places.
    """
    heads = _heads(area)
    if not heads:
        return [area]
    first = heads[0]
    cuts = [area.parts[:first], *(area.parts[at:after] for at, after in between(heads, len(area.parts)))]
    is_roundup = _is_announced(area, cuts, titles) or (not announced and len(heads) >= _BARE_LEAST and _cohesion(cuts) <= _BARE_COHESION)
    return [_section(area, cut, number) for number, cut in enumerate(_merged(cuts))] if is_roundup else [area]


def _heads(area: Area) -> list[int]:
    """Places of headings with text under them; where headings in capitals before a colon divide the page, only those."""
    labels = [at for at, part in enumerate(area.parts) if part.role != "caption" and is_section_label(part.paragraph)]
    if _are_labels([area.parts[at] for at in labels]):
        return [at for at in labels if at]
    heads = [at for at, part in enumerate(area.parts) if part.role == "headline" and part.paragraph is not area.title]
    return [at for at in heads if _opens(area.parts, at)]


def _are_labels(heads: Sequence[Part]) -> bool:
    """Whether headings are labels in capitals, most of which a colon ends (some ask)."""
    return sum(head.paragraph.plain.endswith(":") for head in heads) >= _LABELS_LEAST and all(
        is_section_label(head.paragraph) for head in heads
    )


def _opens(parts: Sequence[Part], at: int) -> bool:
    """Whether a heading is a headline with prose under it; a question or a cry may be a sentence of the report."""
    below = parts[at + 1] if at + 1 < len(parts) else None
    if parts[at].paragraph.ends_sentence and not parts[at].paragraph.heading_mark:
        return False
    return (
        below is not None and below.role == "body" and is_prose(below.paragraph) and len(parts[at].paragraph.plain.split()) >= _WORDS_LEAST
    )


def _is_announced(area: Area, cuts: Sequence[Sequence[Part]], titles: Sequence[str]) -> bool:
    heads = [cut[0] for cut in cuts[1:]]
    if _are_labels([*heads, *cuts[0][:1]] if cuts[0] and is_section_label(cuts[0][0].paragraph) else heads):
        return True
    opening = [part.paragraph.plain for part in cuts[0]]
    words = [*titles, *([area.title.plain] if area.title else []), *opening]
    return len(heads) >= _ANNOUNCED_LEAST and any(announces("roundup", one) for one in words) and _cohesion(cuts) <= _ANNOUNCED_COHESION


def _cohesion(cuts: Sequence[Sequence[Part]]) -> float:
    return cohesion_of([_names(cut) for cut in cuts if _has_body(cut)])


def _names(parts: Sequence[Part]) -> frozenset[str]:
    return frozenset().union(*(names_in(part.paragraph.plain) for part in parts if part.role == "body"))


def _has_body(parts: Sequence[Part]) -> bool:
    return any(part.role == "body" for part in parts)


def _merged(cuts: Sequence[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
    """The cuts, one without text joined to the one behind it."""
    merged: list[tuple[Part, ...]] = []
    waiting: tuple[Part, ...] = ()
    for cut in cuts:
        waiting += cut
        if _has_body(waiting):
            merged.append(waiting)
            waiting = ()
    if waiting and merged:
        merged[-1] += waiting
    return merged


def _section(area: Area, parts: tuple[Part, ...], number: int) -> Area:
    start, end = parts[0].paragraph.start, parts[-1].paragraph.end
    title = area.title if number == 0 else parts[0].paragraph
    kind: ArticleKind = "teaser" if number and announces("media_list", parts[0].paragraph.plain) else "article"
    roles = parts if number == 0 else (Part(paragraph=parts[0].paragraph, role="headline"), *parts[1:])
    return Area(
        kind=kind,
        title=title,
        parts=roles,
        beside=_between(area.beside, start, end),
        corrections=_between(area.corrections, start, end),
        shares_page=True,
    )


def _between(paragraphs: tuple[Paragraph, ...], start: int, end: int) -> tuple[Paragraph, ...]:
    """Those of some paragraphs, which stand in page order, that begin between two places."""
    first, after = (bisect.bisect_left(paragraphs, place, key=lambda paragraph: paragraph.start) for place in (start, end))
    return paragraphs[first:after]
