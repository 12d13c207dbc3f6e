"""Live pages ("The Latest", minute by minute): their items, each headed by a clock time."""

from collections.abc import Sequence

from reportedly.read.layout.areas import Area, Line, Part, between
from reportedly.read.layout.furniture import announces
from reportedly.read.layout.headings import is_prose, is_title

_ITEMS_LEAST = 2
_CLOCK_WORDS = 6  # a clock's line with more holds the item's headline too


def find_heads(lines: Sequence[Line]) -> list[int]:
    """Places of the lines that open the items of a live page; none where the page is not live.

    Args:
        lines: the page's lines in order.

    Returns:
        Places in order. A headline right above its clock time belongs to the item that the time heads.
    """
    clocks = [place for place, line in enumerate(lines) if line.label == "clock"]
    heads = [_head(lines, place) for place in clocks]
    filled = [head for head, after in between(heads, len(lines)) if _has_text(lines[head:after])]
    return filled if len(filled) >= _ITEMS_LEAST else []


def cut_items(lines: Sequence[Line], heads: Sequence[int]) -> list[Area]:
    """The items of a live page, in page order.

    Args:
        lines: the page's lines.
        heads: places of the lines that open the items, as `find_heads` gives them.

    Returns:
        An item a head, and before them the tail of an item whose head is missing, where such a tail stands above the first rule.
    """
    above = lines[: heads[0]]
    opening = tuple(line.paragraph for line in above if line.label == "text" and announces("live", line.plain))
    items = [_item(lines[head:after]) for head, after in between(heads, len(lines))]
    return [item.with_beside(opening) for item in (*_orphan(above), *items)]


def _head(lines: Sequence[Line], clock: int) -> int:
    """The clock's own place, or the headline's right above it where the text follows right below the clock."""
    if len(lines[clock].plain.split()) > _CLOCK_WORDS:
        return clock
    above = lines[clock - 1] if clock else None
    opens = clock < 2 or lines[clock - 2].label != "text" or is_prose(lines[clock - 2].paragraph)  # noqa: PLR2004 - the line above the one above
    below = lines[clock + 1] if clock + 1 < len(lines) else None
    titled = above is not None and above.label == "text" and is_title(above.paragraph) and opens
    return clock - 1 if titled and below is not None and is_prose(below.paragraph) else clock


def _has_text(lines: Sequence[Line]) -> bool:
    return any(line.label in ("text", "caption") or len(line.plain.split()) > _CLOCK_WORDS for line in lines)


def _orphan(lines: Sequence[Line]) -> list[Area]:
    """The item at the head of the page whose own head is missing: prose that a rule closes."""
    if not lines or lines[-1].label != "rule":
        return []
    prose = [line.paragraph for line in lines if line.label == "text" and is_prose(line.paragraph)]
    if not prose or announces("live", prose[0].plain):
        return []
    return [Area(kind="item", parts=tuple(Part(paragraph=p, role="body") for p in prose), shares_page=True)]


def _item(lines: Sequence[Line]) -> Area:
    clock = next(line.paragraph for line in lines if line.label == "clock")
    parts: list[Part] = []
    title = None
    seen_prose = False
    for line in lines:
        paragraph = line.paragraph
        if line.label == "clock" and paragraph is clock:
            titled = title is None and len(paragraph.plain.split()) > _CLOCK_WORDS
            title = paragraph if titled else title
            parts.append(Part(paragraph=paragraph, role="headline"))
        elif line.label == "text":
            headed = not seen_prose and title is None and is_title(paragraph)
            title = paragraph if headed else title
            above_clock = paragraph.start < clock.start
            title = paragraph if above_clock else title
            parts.append(Part(paragraph=paragraph, role="headline" if headed or above_clock else "body"))
            seen_prose = seen_prose or is_prose(paragraph)
        elif line.label == "caption":
            parts.append(Part(paragraph=paragraph, role="caption"))
    return Area(
        kind="item",
        title=title,
        parts=tuple(parts),
        beside=tuple(line.paragraph for line in lines if line.label in ("signoff", "credit")),
        corrections=tuple(line.paragraph for line in lines if line.label == "correction"),
        clock=clock,
        shares_page=True,
    )
