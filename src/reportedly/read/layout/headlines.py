"""Which line is a report's headline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.read.layout.areas import Line
from reportedly.read.layout.dateline import find_dateline
from reportedly.read.layout.headings import is_byline, is_date_line, is_prose, is_section_label, is_title, title_key

_HEAD_MOST = 900  # characters of prose that may stand above a headline, in one paragraph: a motto, a deck for search engines
_LOOK_AHEAD = 4  # lines between a headline and the byline, date or dateline that shows it to be one
_KEY_LEAST = 12  # letters; shorter keys fit too much
_HEAD_LINES = 400  # lines in which a headline must stand: the longest menus have some 300
_POINTS_MOST = 12  # points under a headline
_POINT_WORDS = 5  # of a point under a headline; fewer are a menu's
_BODY_LEAST = 2  # paragraphs of prose before another report may begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Headlines known from beside the page.

    Attributes:
        keys: `title_key`s of the titles in sidecar, markup and front matter.
    """

    keys: frozenset[str]

    def fits(self, line: Line) -> bool:
        """Whether the line is one of them, begins one, or one begins it."""
        key = title_key(line.plain)
        return len(key) > _KEY_LEAST and any(key.startswith(other) or other.startswith(key) for other in self.keys)


def known_titles(titles: Iterable[str | None]) -> Known:
    """The headlines known from sidecar, markup and front matter; None and words too short to tell are left out."""
    keys = (title_key(title) for title in titles if title)
    return Known(keys=frozenset(key for key in keys if len(key) > _KEY_LEAST))


def find_headline(lines: Sequence[Line], known: Known) -> int | None:
    """Place of the report's headline; None where it has none. Of a headline printed several times, the last above the body counts."""
    best, best_score, above = None, 0, 0
    prose = 0
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if line.label != "text":
            continue
        if _may_head(line):
            score = _score(lines, place, known, below_prose=above > 0)
            again = best is not None and title_key(line.plain) == title_key(lines[best].plain)
            if score > best_score or (again and score == best_score):
                best, best_score = place, score
        elif is_prose(line.paragraph):
            above += len(line.plain)
            prose += 1
            if above > _HEAD_MOST or prose > 1:
                break
    return best


def find_starts(lines: Sequence[Line]) -> list[int]:
    """Places where a further report begins on a page without end marks: a headline with byline, date or dateline behind it."""
    starts: list[int] = []
    prose = 0
    for place, line in enumerate(lines):
        if line.label != "text":
            continue
        inserted = place > 0 and lines[place - 1].label == "media"
        asks = line.paragraph.ends_sentence  # a question among answers
        if (
            prose >= _BODY_LEAST
            and not (inserted or asks)
            and _may_head(line)
            and not is_section_label(line.paragraph)
            and _is_marked(lines, place)
        ):
            starts.append(place)
            prose = 0
        prose += is_prose(line.paragraph)
    return starts


def is_firm(lines: Sequence[Line], place: int, known: Known) -> bool:
    """Whether the line is surely a headline: marked up as one, known from beside the page, or repeated."""
    return _is_marked_up(lines, place) or known.fits(lines[place]) or _repeats(lines, place)


def _may_head(line: Line) -> bool:
    return line.label == "text" and is_title(line.paragraph) and not (is_byline(line.paragraph) or is_date_line(line.paragraph))


def _score(lines: Sequence[Line], place: int, known: Known, *, below_prose: bool) -> int:
    line = lines[place]
    marked = _is_marked(lines, place)
    firm = is_firm(lines, place, known)
    if below_prose and not (firm or marked):
        return 0  # a subheading
    score = 4 * _is_marked_up(lines, place) + 4 * known.fits(line) + 3 * _repeats(lines, place) + 3 * marked
    words = len(line.plain.split())
    score += (words > 4) + (words > 2) - 2 * (line.paragraph.linked > 0.5)  # noqa: PLR2004 - a menu's entry has a word or two
    return score + _is_above_prose(lines, place)


def _is_marked(lines: Sequence[Line], place: int) -> bool:
    """Whether a byline, a date or a dateline stands close behind, before any other prose."""
    for line in lines[place + 1 : place + 1 + _LOOK_AHEAD]:
        if line.label == "text":
            paragraph = line.paragraph
            if is_byline(paragraph) or is_date_line(paragraph):
                return True
            dateline = find_dateline(paragraph.text, 0, len(paragraph.text))
            if dateline and dateline.firm:
                return True
            if is_prose(paragraph) and len(line.plain) > _HEAD_MOST // 3:
                return False
    return False


def _is_marked_up(lines: Sequence[Line], place: int) -> bool:
    """Whether Markdown makes it the page's headline: one `#`, or a line of `=` below."""
    text = lines[place].paragraph.text
    below = lines[place + 1].paragraph.text if place + 1 < len(lines) else ""
    return text.startswith("# ") or (len(below) > 2 and set(below) == {"="})  # noqa: PLR2004 - characters


def _repeats(lines: Sequence[Line], place: int) -> bool:
    key = title_key(lines[place].plain)
    return len(key) > _KEY_LEAST and any(line.label == "text" and title_key(line.plain) == key for line in lines[:place])


def _is_above_prose(lines: Sequence[Line], place: int) -> bool:
    """Whether the report's text follows, perhaps below further lines of the head: a headline with points under it."""
    for line in lines[place + 1 : place + 1 + _POINTS_MOST]:
        if line.label == "caption" or (line.label == "text" and is_prose(line.paragraph)):
            return True
        if line.label != "text" or len(line.plain.split()) < _POINT_WORDS:
            return False
    return False
