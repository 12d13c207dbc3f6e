"""Places the labels of a picture so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

_LINE = 15.0  # pixels from one label to the next
_WIDE = 6.3  # pixels of a character, on the safe side for 12 px sans-serif
_GAP = 11.0  # pixels from a mark to its label
_MARK = 9.0  # pixels from a mark's middle that a label keeps clear


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words beside a mark.

    Attributes:
        x: the mark's place, pixels from the left.
        y: the mark's place, pixels from the top.
        text: the words.
    """

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where labels may stand.

    Attributes:
        left: left edge of the plot, pixels.
        right: its right edge.
        top: its upper edge.
        bottom: its lower edge.
        lines: level lines that no label may cover: first and last pixel across, and pixels from the top.
    """

    left: float
    right: float
    top: float
    bottom: float
    lines: Sequence[tuple[float, float, float]] = ()


def place_labels(labels: Sequence[Label], room: Room) -> list[tuple[Label, float, float, str]]:
    """Where each label goes: beside its mark, else as near above or below as is free.

    Args:
        labels: the labels.
        room: where they may stand.

    Returns:
        For each label, in the given order: itself, x, y of its baseline, and the SVG text anchor.
    """
    taken = [(label.x - _MARK, label.x + _MARK, label.y + 4) for label in labels]  # no label covers a mark
    taken += [(first, last, y + 4) for first, last, y in room.lines]
    placed = []
    for label in labels:
        x, anchor, first, last = _side(label, room.left, room.right)
        y = _free(label.y + 4, (first, last), taken, (room.top + 10, room.bottom - 4))
        taken.append((first, last, y))
        placed.append((label, x, y, anchor))
    return placed


def _side(label: Label, left: float, right: float) -> tuple[float, str, float, float]:
    """To the right of the mark where there is room, else to the left, else inside the right edge."""
    wide = len(label.text) * _WIDE
    if label.x + _GAP + wide <= right:
        return label.x + _GAP, "start", label.x + _GAP, label.x + _GAP + wide
    if label.x - _GAP - wide >= left:
        return label.x - _GAP, "end", label.x - _GAP - wide, label.x - _GAP
    return right, "end", right - wide, right


def _free(wanted: float, width: tuple[float, float], taken: Sequence[tuple[float, float, float]], limits: tuple[float, float]) -> float:
    """The baseline nearest to `wanted` where no earlier label stands; `wanted` itself where everything is full."""
    lowest, highest = limits
    for k in range(60):
        for y in (wanted - k * _LINE, wanted + k * _LINE):
            clear = all(abs(y - other) >= _LINE or width[1] < first or width[0] > last for first, last, other in taken)
            if lowest <= y <= highest and clear:
                return y
    return wanted
