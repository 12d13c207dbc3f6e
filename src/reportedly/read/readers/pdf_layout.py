"""Makes paragraphs of the stretches of text on the pages of a PDF."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.read.page import Markup

_SAME_LINE = 0.5  # share of the lower stretch's height in which two stretches of one line meet
_COLUMN_GAP = 2.5  # heights that lie between two columns; words of one line lie closer
_WORD_GAP = 0.12  # heights from which a gap stands for a blank
_PITCH = 1.3  # times the usual distance of lines from which a paragraph begins
_DROPS_LEAST = 8  # lines below others from which a page has a distance of its own
_HEADING = 1.3  # times the height of the line before, or its inverse, from which a line is of another kind
_INDENT = 0.8  # heights by which a paragraph's first line is moved in
_FULL = 0.85  # share of the column's width that a line in mid-paragraph fills
_MARGIN = 3  # lines at the top and foot of a page in which running heads stand
_RUNNING_LEAST = 3  # pages on which a line must stand to be a running head
# What browsers print in a page's margin: its address, which page of how many it is, and when it was printed, beside its title.
# Source: the headers and footers that Chromium and Firefox print as they come.
_ADDRESS = re.compile(r"(?P<url>(?:https?|file)://\S+)(?:\s+(?P<count>\d+(?:/| of )\d+))?")
_COUNT = re.compile(r"\d+(?:/| of )\d+")
_MOMENT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:\s?[APap]\.?[Mm]\.?)?(?:\s+(?P<title>.*))?")
_LEVEL = 2.0  # points between the lower edges of what a browser prints side by side
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:][\"'\u201d\u2019)\]]*$")
_SOFT_HYPHEN = re.compile(r"[\u00ad\ufffe\x02]+$")
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words that stand together on a page; a line of it once it is joined.

    Attributes:
        left: left edge in points, as all edges from the page's lower left corner.
        bottom: lower edge.
        right: right edge.
        top: upper edge.
        words: the words.
    """

    left: float
    bottom: float
    right: float
    top: float
    words: str

    @property
    def height(self) -> float:
        """Height in points, never nought."""
        return max(self.top - self.bottom, 0.1)


def page_stretches(pages: Iterable[Iterable[Sequence[float | str]]]) -> list[list[Stretch]]:
    """The stretches that the reading process printed, empty ones left out."""
    made = []
    for page in pages:
        stretches = []
        for left, bottom, right, top, words in page:
            shown = " ".join(str(words).split())
            if shown:
                stretches.append(Stretch(left=float(left), bottom=float(bottom), right=float(right), top=float(top), words=shown))
        made.append(stretches)
    return made


def lay_out(pages: Sequence[Sequence[Stretch]]) -> str:
    """The text of some pages.

    Args:
        pages: the stretches of each, in the file's order.

    Returns:
        A paragraph a line, words that the end of a line divides made whole, heads and feet that run through the pages left out, a
        paragraph that goes on overleaf in one piece.
    """
    lines = _without_running([list(_lines(page)) for page in pages])
    usual = _pitch(drop for page in lines for drop in _drops(page))
    paragraphs: list[str] = []
    for page in lines:
        for number, paragraph in enumerate(_paragraphs(page, usual)):
            if number == 0 and paragraphs and not _ENDS.search(paragraphs[-1]) and paragraph[:1].islower():
                paragraphs[-1] = _joined(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    return "\n".join(shown for words in paragraphs if (shown := _CONTROLS.sub("", words).strip()))


def printed_by(pages: Sequence[Sequence[Stretch]]) -> Markup:
    """What a browser printed in the margin of the first page: the title and the address, each None where none stands there whole."""
    lines = _printed(list(_lines(pages[0]))) if pages else []
    addresses = [match["url"] for line in lines if (match := _ADDRESS.fullmatch(line.words))]
    plain = [line.words for line in lines if not any(form.fullmatch(line.words) for form in (_ADDRESS, _COUNT, _MOMENT))]
    titles = [*plain, *(match["title"] for line in lines if (match := _MOMENT.fullmatch(line.words)) and match["title"])]
    whole = [url for url in addresses if url.startswith("http") and not url.endswith(("…", "..."))]
    return Markup(title=next(iter(titles), None), url=next(iter(whole), None))


def _printed(page: Sequence[Stretch]) -> list[Stretch]:
    """The lines of a page that a browser printed in its margin; none unless an address and a number of pages or a moment stand there."""
    edge = _margin(page)
    addresses = [match for line in edge if (match := _ADDRESS.fullmatch(line.words))]
    others = [line for line in edge if _COUNT.fullmatch(line.words) or _MOMENT.fullmatch(line.words)]
    if not addresses or not (others or any(match["count"] for match in addresses)):
        return []
    marks = [*others, *(line for line in edge if _ADDRESS.fullmatch(line.words))]
    return [line for line in page if any(abs(line.bottom - mark.bottom) < _LEVEL for mark in marks)]


def _lines(page: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches joined to lines."""
    line: Stretch | None = None
    for stretch in page:
        if line is not None and _goes_on(line, stretch):
            blank = " " if stretch.left - line.right > _WORD_GAP * line.height else ""
            line = Stretch(
                left=min(line.left, stretch.left),
                bottom=min(line.bottom, stretch.bottom),
                right=max(line.right, stretch.right),
                top=max(line.top, stretch.top),
                words=line.words + blank + stretch.words,
            )
            continue
        if line is not None:
            yield line
        line = stretch
    if line is not None:
        yield line


def _goes_on(line: Stretch, stretch: Stretch) -> bool:
    shared = min(line.top, stretch.top) - max(line.bottom, stretch.bottom)
    beside = -line.height < stretch.left - line.right < _COLUMN_GAP * line.height
    return beside and shared > _SAME_LINE * min(line.height, stretch.height)


def _without_running(pages: list[list[Stretch]]) -> list[list[Stretch]]:
    """The pages without what a browser prints in their margins, and what stands there at the same height on half of the pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_place(line) for line in _margin(page)})
    enough = max(_RUNNING_LEAST, len(pages) / 2)
    running = {place for place, count in seen.items() if count >= enough}
    kept = []
    for page in pages:
        edge = _margin(page)
        left_out = {id(line) for line in edge if _place(line) in running} | {id(line) for line in _printed(page)}
        kept.append([line for line in page if id(line) not in left_out])
    return kept


def _margin(page: Sequence[Stretch]) -> list[Stretch]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:_MARGIN], *by_height[-_MARGIN:]] if len(by_height) > 2 * _MARGIN else by_height


def _place(line: Stretch) -> tuple[str, int]:
    return _DIGITS.sub("#", line.words), round(line.bottom / 4)


def _drops(lines: Sequence[Stretch]) -> list[float]:
    """How far each line lies below the one before, in points, where it does."""
    return [one.bottom - other.bottom for one, other in pairwise(lines) if one.bottom > other.bottom]


def _pitch(drops: Iterable[float]) -> float:
    found = list(drops)
    return statistics.median_low(found) if found else 0.0


def _paragraphs(lines: Sequence[Stretch], usual: float) -> Iterator[str]:
    """The paragraphs of a page; `usual` is the document's distance of lines, for a page with too few of its own."""
    drops = _drops(lines)
    pitch = _pitch(drops) if len(drops) >= _DROPS_LEAST else usual
    paragraph: Stretch | None = None
    before: Stretch | None = None
    widest = max((line.right - line.left for line in lines), default=0.0)
    for line in lines:
        if paragraph is not None and before is not None and not _begins(before, line, pitch, widest):
            paragraph = replace(paragraph, words=_joined(paragraph.words, line.words), left=min(paragraph.left, line.left))
        else:
            if paragraph is not None:
                yield paragraph.words
            paragraph = line
        before = line
    if paragraph is not None:
        yield paragraph.words


def _begins(before: Stretch, line: Stretch, pitch: float, widest: float) -> bool:
    """Whether a line opens a paragraph."""
    scale = line.height / before.height
    if not 1 / _HEADING < scale < _HEADING and min(len(line.words), len(before.words)) > 3:  # noqa: PLR2004 - "once" has no ascender, "a" is low
        return True
    ended = _ENDS.search(before.words) is not None
    drop = before.bottom - line.bottom
    if drop <= 0:  # the next column
        return ended or not line.words[:1].islower()
    if drop > _PITCH * pitch:
        return True
    moved_in = line.left - before.left > _INDENT * line.height
    short = before.right - before.left < _FULL * widest and before.right < line.left + _FULL * widest
    return (moved_in and ended) or (ended and short and line.words[:1].isupper())


def _joined(words: str, more: str) -> str:
    """Two lines of a paragraph as one; a word that the line's end divides is made whole."""
    if _SOFT_HYPHEN.search(words):
        return _SOFT_HYPHEN.sub("", words) + more
    if words.endswith("-") and words[-2:-1].isalpha() and more[:1].islower():
        return words[:-1] + more
    return f"{words} {more}"
