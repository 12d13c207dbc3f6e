"""Draws a series as SVG, by rules that keep a reader from seeing what no report says.

x is the cut-off with its interval. A filled mark is an exact number, a hollow one an approximate number, an arrow an open bound, a bar
a range, a cross a withdrawn figure. A step line runs only inside one principal's running count. The value axis starts at nought and has
no break; nothing is smoothed; nothing is told by colour alone: each mark has its speaker and printed words beside it.
"""

import datetime as dt
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from reportedly.brief.labels import Label, Room, place_labels
from reportedly.model import Entry, Series, interval_text

LEFT, RIGHT, TOP, BOTTOM = 86, 24, 30, 62  # margins around the plot
_MARK = 5.5
_REACH = 12  # pixels around a mark's middle where a pointer meets its link
_ARROW = 26  # pixels of the arrow of an open bound
_HALF_DATE = 36  # pixels of half a printed date
_LONGEST_SOURCE = 120  # characters of the source line
_OPEN_WHISKER = 40  # pixels of a cut-off that is open below
_LABEL_SIZE = 12
_TICK_ROOM = 107  # pixels that a printed date wants for itself
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)  # between two of the printed days, where they are firsts of months
_FEW = 3  # of these at least
_BARE_TOP, _BARE_BOTTOM = 14, 30  # margins of a picture without heading, legend and source line
_LEGEND = (
    "Filled: exact. Hollow: approximate. Arrow: open bound. Bar: range. Cross: withdrawn. Pale: superseded. Across: day counted up to."
)
_CROWD = 14.0  # pixels within which two marks of one day would cover each other
_STYLE = (
    "text{font:12px 'Helvetica Neue',Arial,'DejaVu Sans',sans-serif;fill:#1b1b1b}"
    ".beside{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}"
    ".axis{stroke:#6a6a6a;stroke-width:1}.grid{stroke:#dcdcdc;stroke-width:1}"
    ".mark{stroke:#0b4f6c;stroke-width:2;fill:#0b4f6c}.about{fill:#ffffff}.old{opacity:.62}"
    ".step{stroke:#0b4f6c;stroke-width:1.4;fill:none;stroke-dasharray:1 0}.lead{stroke:#9a9a9a;stroke-width:.8}"
    ".small{font-size:11px;fill:#4a4a4a}.ground{fill:#ffffff}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """How large a picture is, and what stands around the plot.

    Attributes:
        width: pixels across.
        height: pixels down.
        longest_label: characters of the words beside a mark.
        notes: whether the picture brings its heading, legend, source line and style; a page that has them says no.
        numbered: whether a mark has its number among the drawn ones beside it, for a list of speakers and words below, where there is
            no room for them in the picture.
        link: the address that an entry's mark leads to; None draws marks that lead nowhere.
    """

    width: int = 860
    height: int = 380
    longest_label: int = 64
    notes: bool = True
    numbered: bool = False
    link: Callable[[Entry], str] | None = None

    @property
    def right(self) -> int:
        """The right edge of the plot."""
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        """The lower edge of the plot."""
        return self.height - (BOTTOM if self.notes else _BARE_BOTTOM)

    @property
    def top(self) -> int:
        """The upper edge of the plot."""
        return TOP if self.notes else _BARE_TOP


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The scale of a picture.

    Attributes:
        first: the day at its left edge.
        last: the day at its right edge.
        top: the value at its upper edge; the lower one is nought.
        canvas: what it is drawn on.
    """

    first: dt.date
    last: dt.date
    top: float
    canvas: Canvas

    def x(self, day: dt.date) -> float:
        """Pixels from the left of a day."""
        days = max(1, (self.last - self.first).days)
        return LEFT + (self.canvas.right - LEFT) * (day - self.first).days / days

    def y(self, value: float) -> float:
        """Pixels from the top of a value."""
        return self.canvas.top + (self.canvas.bottom - self.canvas.top) * (1 - value / self.top)


STANDALONE = Canvas()
"""The picture of a brief: it stands for itself."""


def draw_series(series: Series, heading: str, source: str, canvas: Canvas = STANDALONE) -> tuple[str, str]:
    """Draw a series.

    Args:
        series: the series; entries without bound or without any date stand in the table alone.
        heading: its title.
        source: the source line below.
        canvas: its size, and what stands around the plot.

    Returns:
        The SVG, and the picture in words (its alt text).
    """
    entries = drawn_entries(series)
    alt = alt_text(heading, entries)
    if not entries:
        return _frame((heading, source, alt), '<text x="50%" y="50%" text-anchor="middle">no dated number to draw</text>', canvas), alt
    plot = _plot(entries, canvas)
    places = _places(entries, plot)
    runs = _runs(places, plot)
    parts = [_axes(plot), *_steps(runs)]
    parts += [_linked(_mark(entry, x, plot), entry, plot, x) for entry, x in places]
    room = Room(
        left=LEFT,
        right=canvas.right,
        top=canvas.top,
        bottom=canvas.bottom,
        lines=[*_whisker_lines(places, plot), *_step_lines(runs), *_arrow_lines(places, plot)],
    )
    parts += _labels([_label(entry, x, plot, number) for number, (entry, x) in enumerate(places, 1)], room)
    return _frame((heading, source, alt), "".join(parts), canvas), alt


def alt_text(heading: str, entries: Sequence[Entry]) -> str:
    """A picture in words: each mark with its speaker, words and date."""
    if not entries:
        return f"{heading}: no dated number to draw."
    marks = "; ".join(f"{interval_text(e.cut_off)}: {e.words} ({speaker_of(e)}, {e.standing})" for e in entries)
    return f"{heading}, by the day each number counts up to. {marks}."


def speaker_of(entry: Entry) -> str:
    """Who says it, for a label."""
    return ", ".join(entry.speakers) if entry.principal or entry.speakers else "unattributed"


def drawn_entries(series: Series) -> tuple[Entry, ...]:
    """The entries that a picture of a series shows: those with a bound and a date, in order of cut-off."""
    return tuple(entry for entry in series.entries if _drawable(entry))


def _drawable(entry: Entry) -> bool:
    dated = entry.cut_off is not None and (entry.cut_off.first_day or entry.cut_off.last_day) is not None
    return dated and (entry.low is not None or entry.high is not None)


def _ends(entry: Entry) -> tuple[dt.date | None, dt.date | None]:
    return (entry.cut_off.first_day, entry.cut_off.last_day) if entry.cut_off else (None, None)


def _day(entry: Entry) -> dt.date:
    """Where the mark stands: the last day of the cut-off, else its first."""
    first, last = _ends(entry)
    day = last or first
    if day is None:
        raise ValueError(entry.words)  # _drawable keeps these out
    return day


def _value(entry: Entry) -> float:
    bound = entry.high if entry.high is not None else entry.low
    return float(bound or 0)


def _plot(entries: Sequence[Entry], canvas: Canvas) -> Plot:
    days = [d for e in entries for d in _ends(e) if d is not None]
    first, last = min(days), max(days)
    pad = dt.timedelta(days=max(1, round((last - first).days * 0.06)))
    return Plot(first=first - pad, last=last + pad * 4, top=nice_top(max(map(_value, entries)) * 1.18), canvas=canvas)


def nice_top(value: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that is not below `value`."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


def _axes(plot: Plot) -> str:
    parts = []
    right, bottom = plot.canvas.right, plot.canvas.bottom
    pieces = 4 if plot.top % 4 == 0 else 5  # a count of people has no halves on its axis
    for k in range(pieces + 1):
        value = plot.top * k / pieces
        y = plot.y(value)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_number(value)}</text>')
    for day in ticks(plot.first, plot.last, most=max(2, (right - LEFT) // _TICK_ROOM)):
        x = plot.x(day)
        parts.append(f'<line class="axis" x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 5}"/>')
        anchor = "end" if x > right - _HALF_DATE else "middle"
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="{anchor}">{day.isoformat()}</text>')
    parts.append(f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>')
    parts.append(f'<line class="axis" x1="{LEFT}" y1="{plot.canvas.top}" x2="{LEFT}" y2="{bottom}"/>')
    return "".join(parts)


def ticks(first: dt.date, last: dt.date, *, most: int = 7) -> list[dt.date]:
    """At most `most` days between two days: firsts of months or years where three or more lie there, else two or more, evenly spaced."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for step in _MONTHS:
        firsts = [dt.date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        inside = [day for day in firsts if day >= first]
        if _FEW <= len(inside) <= most:
            return inside
    step = max(1, math.ceil((last - first).days / (most - 1)))
    return [first + dt.timedelta(days=k) for k in range(0, (last - first).days + 1, step)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,g}"


def _places(entries: Sequence[Entry], plot: Plot) -> list[tuple[Entry, float]]:
    """Each entry with its mark's place across; marks of one day that would cover each other stand side by side."""
    placed: list[tuple[Entry, float]] = []
    for entry in entries:
        x = plot.x(_day(entry))
        while any(abs(x - other) < _CROWD and abs(plot.y(_value(e)) - plot.y(_value(entry))) < _CROWD for e, other in placed):
            x += _CROWD
        placed.append((entry, x))
    return placed


def _runs(places: Sequence[tuple[Entry, float]], plot: Plot) -> list[list[tuple[float, float]]]:
    """The points of each principal's running count of two entries or more, from left to right."""
    runs: dict[str, list[tuple[float, float]]] = {}
    for entry, x in places:
        if entry.principal and entry.standing in ("current", "history"):
            runs.setdefault(entry.principal, []).append((x, plot.y(_value(entry))))
    return [sorted(run) for run in runs.values() if len(run) > 1]


def _steps(runs: Sequence[Sequence[tuple[float, float]]]) -> list[str]:
    """A step line for each running count."""
    starts = (f"M{run[0][0]:.1f} {run[0][1]:.1f}" for run in runs)
    ends = ("".join(f"H{x:.1f}V{y:.1f}" for x, y in run[1:]) for run in runs)
    return [f'<path class="step" d="{start}{end}"/>' for start, end in zip(starts, ends, strict=True)]


def _mark(entry: Entry, x: float, plot: Plot) -> str:
    age = " old" if entry.standing in ("history", "restatement") else ""
    drawn = _whisker(entry, plot)
    if entry.standing == "withdrawn":
        y = plot.y(_value(entry))
        arms = f"M{x - 6:.1f} {y - 6:.1f}l12 12M{x + 6:.1f} {y - 6:.1f}l-12 12"
        return f'{drawn}<path class="mark" fill="none" d="{arms}"/>'
    if entry.low is not None and entry.high is not None and entry.low != entry.high:
        high, low = plot.y(float(entry.high)), plot.y(float(entry.low))
        return f'{drawn}<rect class="mark about{age}" x="{x - 4:.1f}" y="{high:.1f}" width="8" height="{max(2.0, low - high):.1f}"/>'
    y = plot.y(_value(entry))
    hollow = "" if entry.qualifier in ("exact", "at_least", "more_than", "up_to", "fewer_than") else " about"
    circle = f'<circle class="mark{hollow}{age}" cx="{x:.1f}" cy="{y:.1f}" r="{_MARK}"/>'
    return drawn + circle + _arrow(entry, x, y, age)


def _arrow(entry: Entry, x: float, y: float, age: str) -> str:
    """An arrow towards the open side of a bound."""
    if entry.low is not None and entry.high is not None:
        return ""
    up = entry.high is None
    tip = y - _ARROW if up else y + _ARROW
    wing = 6 if up else -6
    return f'<path class="mark{age}" fill="none" d="M{x:.1f} {y:.1f}V{tip:.1f}M{x - 4:.1f} {tip + wing:.1f}L{x:.1f} {tip:.1f}l4 {wing}"/>'


def _whisker(entry: Entry, plot: Plot) -> str:
    """The cut-off's interval; one that is open below runs a little way to the left and ends in dots."""
    first, last = _ends(entry)
    y = plot.y(_value(entry))
    if first is not None and last is not None and first < last:
        return f'<line class="axis" x1="{plot.x(first):.1f}" y1="{y:.1f}" x2="{plot.x(last):.1f}" y2="{y:.1f}"/>'
    if first is None and last is not None:
        x = plot.x(last)
        return f'<line class="axis" stroke-dasharray="1 4" x1="{max(LEFT, x - _OPEN_WHISKER):.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{y:.1f}"/>'
    return ""


def _label(entry: Entry, x: float, plot: Plot, number: int) -> Label:
    if plot.canvas.numbered:
        return Label(x=x, y=plot.y(_value(entry)), text=str(number))
    text, longest = f"{speaker_of(entry)}: {entry.words}", plot.canvas.longest_label
    return Label(x=x, y=plot.y(_value(entry)), text=text if len(text) <= longest else text[: longest - 1] + "…")


def _whisker_lines(places: Sequence[tuple[Entry, float]], plot: Plot) -> list[tuple[float, float, float]]:
    """The whiskers of the cut-offs, as far as they run across."""
    lines = []
    for entry, x in places:
        first, last = _ends(entry)
        if first != last:
            start = plot.x(first) if first is not None else x - _OPEN_WHISKER
            lines.append((start, x, plot.y(_value(entry))))
    return lines


def _step_lines(runs: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float, float]]:
    """The step lines as pieces that no label may cover."""
    lines = []
    for run in runs:
        for (x, y), (after, level) in itertools.pairwise(run):
            lines.append((x, after, y))
            lines += _upright(after, y, level)
    return lines


def _arrow_lines(places: Sequence[tuple[Entry, float]], plot: Plot) -> list[tuple[float, float, float]]:
    """The arrows of open bounds as pieces that no label may cover."""
    lines = []
    for entry, x in places:
        if entry.low is None or entry.high is None:
            y = plot.y(_value(entry))
            lines += _upright(x, y, y - _ARROW if entry.high is None else y + _ARROW)
    return lines


def _upright(x: float, start: float, end: float) -> list[tuple[float, float, float]]:
    top, bottom = min(start, end), max(start, end)
    pieces = max(1, math.ceil((bottom - top) / _LABEL_SIZE))
    return [(x - 2, x + 2, top + (bottom - top) * k / pieces) for k in range(pieces + 1)]


def _labels(labels: Sequence[Label], room: Room) -> list[str]:
    parts = []
    for label, x, y, anchor in place_labels(labels, room):
        if abs(y - label.y) > 2 * _LABEL_SIZE:
            parts.append(f'<line class="lead" x1="{label.x:.1f}" y1="{label.y:.1f}" x2="{x:.1f}" y2="{y - 4:.1f}"/>')
        parts.append(f'<text class="beside" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(label.text)}</text>')
    return parts


def cut(source: str) -> str:
    """A source line that fits below the picture."""
    return source if len(source) <= _LONGEST_SOURCE else source[: _LONGEST_SOURCE - 1].rstrip(" ,") + "…"


def _linked(mark: str, entry: Entry, plot: Plot, x: float) -> str:
    """A mark that leads to its passage, and says in words what it stands for; the ground around it takes the pointer too."""
    link = plot.canvas.link
    if link is None:
        return mark
    words = f"{speaker_of(entry)}: {entry.words}, {interval_text(entry.cut_off)}, {entry.standing}"
    ground = f'<circle class="hit" cx="{x:.1f}" cy="{plot.y(_value(entry)):.1f}" r="{_REACH}"/>'
    return f'<a href="{escape(link(entry))}" aria-label="{escape(words)}"><title>{escape(words)}</title>{ground}{mark}</a>'


def _frame(words: tuple[str, str, str], inside: str, canvas: Canvas) -> str:
    """The picture around its plot; one whose marks are links is a group of them, no single image."""
    heading, source, alt = words
    role = "group" if canvas.link else "img"
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {canvas.width} {canvas.height}" role="{role}" '
    if not canvas.notes:
        return f'{opened}aria-label="{escape(heading)}">{inside}</svg>'
    return (
        f'{opened}width="{canvas.width}" height="{canvas.height}" '
        f'aria-label="{escape(alt)}"><title>{escape(heading)}</title><desc>{escape(alt)}</desc><style>{_STYLE}</style>'
        f'<rect class="ground" width="{canvas.width}" height="{canvas.height}"/>'
        f'<text x="{LEFT}" y="18" font-weight="bold">{escape(heading)}</text>{inside}'
        f'<text class="small" x="{LEFT}" y="{canvas.height - 26}">{_LEGEND}</text>'
        f'<text class="small" x="{LEFT}" y="{canvas.height - 10}">{escape(cut(source))}</text></svg>'
    )
