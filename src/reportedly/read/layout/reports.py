"""A report in a stretch of a page: its headline, standfirst, captions and body, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from reportedly.model import PassageRole
from reportedly.read.layout.areas import Area, Line, Part
from reportedly.read.layout.boxes import after_box
from reportedly.read.layout.cohesion import overlap_of, topic_words
from reportedly.read.layout.credits import contributors, site_of
from reportedly.read.layout.headings import is_byline, is_date_line, is_name, is_prose, is_title, mentions_date
from reportedly.read.layout.headlines import Known, find_headline, is_firm
from reportedly.read.layout.paragraphs import Paragraph

_ALIKE = 0.6  # share of a standfirst's longer words that the lead has again
_STANDFIRST_MOST = 320  # characters
_SUBHEADING_WORDS = 12
_PICTURE_MOST = 8  # lines of a picture's block
_MEDIA_MOST = 4  # lines from the head of a video to its credit


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What has been read of a report so far; `last_prose` is the place of the last line of prose in all of it, -1 for none."""

    last_prose: int
    parts: list[Part] = field(default_factory=list)
    beside: list[Paragraph] = field(default_factory=list)
    corrections: list[Paragraph] = field(default_factory=list)
    pointers: list[Paragraph] = field(default_factory=list)
    prose: int = 0

    def add(self, paragraph: Paragraph, role: PassageRole) -> None:
        self.parts.append(Part(paragraph=paragraph, role=role))
        if role == "body":
            self.prose += 1

    def topic(self) -> frozenset[str]:
        """The words of the topic of the running text so far; few pages ask for them."""
        return frozenset().union(*(topic_words(part.paragraph.plain) for part in self.parts if part.role == "body"))


def make_report(lines: Sequence[Line], known: Known) -> tuple[Area | None, list[Area]]:
    """The report in some lines that hold one at most.

    Args:
        lines: the lines between two borders of the page.
        known: headlines known from beside the page.

    Returns:
        An area of kind `article` with headline, standfirst, captions and body in page order, None where the lines hold no prose;
        and the teasers that point from within it to other reports.
    """
    headline = find_headline(lines, known)
    opening = _opening(lines, headline, known)
    walk = _Walk(last_prose=max((at for at, line in enumerate(lines) if _is_prose_line(line)), default=-1))
    place = opening
    while place < len(lines):
        if lines[place].label in ("box", "tail"):
            place = _skip_box(lines, place, walk)
        elif lines[place].label == "media":
            place = _take_media(lines, place, walk)
        else:
            _take(lines, place, headline, walk)
            place += 1
    teasers = [Area(kind="teaser", title=p, parts=(Part(paragraph=p, role="headline"),)) for p in walk.pointers]
    if not walk.prose:
        return None, teasers
    head = tuple(line.paragraph for line in lines[:opening] if _is_evidence(line))
    title = lines[headline].paragraph if headline is not None else None
    area = Area(kind="article", title=title, parts=tuple(walk.parts), beside=tuple(walk.beside), corrections=tuple(walk.corrections))
    return area.with_beside(head), teasers


def _opening(lines: Sequence[Line], headline: int | None, known: Known) -> int:
    """Where the report begins: at a headline that is surely one, else at the first prose or caption above it."""
    if headline is None:
        return 0
    if is_firm(lines, headline, known):
        return headline
    above = (place for place, line in enumerate(lines[:headline]) if line.label == "text" and is_prose(line.paragraph))
    return next(above, headline)


def _take(lines: Sequence[Line], place: int, headline: int | None, walk: _Walk) -> None:
    """Puts one line where it belongs."""
    line = lines[place]
    paragraph = line.paragraph
    if place == headline:
        walk.add(paragraph, "headline")
    elif line.label == "correction":
        walk.corrections.append(paragraph)
    elif line.label == "pointer":
        walk.pointers.append(paragraph)
    elif _is_evidence(line) or _is_signed(lines, place, walk):
        walk.beside.append(paragraph)
    elif line.label in ("text", "caption", "bio"):
        walk.add(paragraph, _role(lines, place, headline, walk))


def _take_media(lines: Sequence[Line], place: int, walk: _Walk) -> int:
    """Takes the lines of a video or gallery in the report as captions, up to the line that credits it, which is left out."""
    for after in range(place + 1, min(place + 1 + _MEDIA_MOST, len(lines))):
        line = lines[after]
        if line.label in ("caption", "credit") or (line.label == "text" and (is_byline(line.paragraph) or is_date_line(line.paragraph))):
            walk.parts += [Part(paragraph=inner.paragraph, role="caption") for inner in lines[place + 1 : after] if inner.label == "text"]
            return after + 1
    return place + 1


def _skip_box(lines: Sequence[Line], place: int, walk: _Walk) -> int:
    """Passes over a box; headlines in it lead to other reports, but a note of correction is the report's wherever it stands."""
    after = after_box(lines, place, walk.topic(), walk.prose)
    walk.corrections += [line.paragraph for line in lines[place + 1 : after] if line.label == "correction"]
    walk.pointers += [
        line.paragraph
        for line in lines[place + 1 : after]
        if line.label in ("text", "pointer") and is_title(line.paragraph) and len(line.plain.split()) > 4  # noqa: PLR2004 - fewer words are a menu's
    ]
    return after


def _is_evidence(line: Line) -> bool:
    """Whether the line tells of the report (who, when, whose copy) without being part of its text."""
    if line.label in ("signoff", "credit", "clock"):
        return True
    if line.label == "cut":
        return mentions_date(line.plain) or bool(contributors(line.plain) or site_of(line.plain))
    return line.label == "text" and (is_byline(line.paragraph) or is_date_line(line.paragraph))


def _is_signed(lines: Sequence[Line], place: int, walk: _Walk) -> bool:
    """Whether the line is a writer's name, or says at the report's end who the writer is."""
    line = lines[place]
    before = lines[place - 1] if place else None
    if line.label == "bio":
        return walk.prose > 0 and not any(_is_prose_line(after) for after in takewhile(_goes_on, lines[place + 1 :]))
    if not is_name(line.paragraph):
        return False
    if before is not None and before.plain.casefold() == "by":
        return True
    if line.label == "text" and not walk.prose:
        return bool(walk.parts) and walk.last_prose > place
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and following.label == "bio" and _is_signed(lines, place + 1, walk)


def _goes_on(line: Line) -> bool:
    """Whether the line opens neither a box nor the page's foot."""
    return line.label not in ("box", "tail")


def _is_prose_line(line: Line) -> bool:
    return line.label == "text" and is_prose(line.paragraph)


def _role(lines: Sequence[Line], place: int, headline: int | None, walk: _Walk) -> PassageRole:
    line = lines[place]
    if line.label == "caption" or _in_picture(lines, place):
        return "caption"
    if not walk.prose and headline is not None and place > headline:
        if (walk.last_prose > place and _is_standfirst(lines, place)) or (is_title(line.paragraph) and not is_prose(line.paragraph)):
            return "standfirst"
        return "body"
    if walk.prose and line.label == "text" and is_title(line.paragraph) and len(line.plain.split()) <= _SUBHEADING_WORDS:
        return "headline"
    return "body"


def _is_standfirst(lines: Sequence[Line], place: int) -> bool:
    """Whether the paragraph sums up what follows: a byline or date stands behind it, or the lead says the same again."""
    plain = lines[place].plain
    if len(plain) > _STANDFIRST_MOST:
        return False
    for line in lines[place + 1 : place + 4]:
        if line.label == "text" and _is_evidence(line):
            return True
        if line.label == "text" and is_prose(line.paragraph):
            return len(line.plain) > len(plain) and overlap_of(plain, line.plain) >= _ALIKE
    return False


def _in_picture(lines: Sequence[Line], place: int) -> bool:
    """Whether the line stands in a picture's block: a few lines without a gap, with a credit among them."""
    first = last = place
    while first and not lines[first].paragraph.after_gap and place - first < _PICTURE_MOST:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].paragraph.after_gap and last - place < _PICTURE_MOST:
        last += 1
    block = lines[first : last + 1]
    return 1 < len(block) <= _PICTURE_MOST and any(line.label == "credit" for line in block)
