"""Tells what a paragraph is by the table `furniture.toml`: a report's own words, or what stands beside them on the page."""

import functools
import re
from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.language.tables import load_table
from reportedly.read.layout.paragraphs import Paragraph

Label = Literal[
    "end", "rule", "clock", "correction", "credit", "caption", "media", "signoff", "pointer", "tail", "box", "cut", "bio", "text"
]

_OUTER = " \t.:;,!?*_|-\u2013\u2014•·[]()<>»\u203a→"
_BROKEN_LINK = re.compile(r"\]\(\s*(?:https?:|/|#|mailto:)|^!?\[\]?\(")  # Markdown's marks that no link of one line explains: a menu cut up
_RUNS_ON = re.compile(
    r"[\w)][.!?][\u201d\u2019\"]* +[\u201c\"]?[A-Z]\w+ (?!Photo)\w"
)  # a pointer run together with the report's next sentence
_POINTER_WORDS = 4  # a linked heading with fewer names a section of the site
_LINKED = 0.6  # a paragraph of which more is links than this leads elsewhere
_ENTRIES_LEAST, _ENTRY_MOST = 3, 3  # of a menu in one line; words of an entry
_STROKE = re.compile(r"[|·•»\u203a>/]")  # one between two entries of a menu
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    label: Label
    most: int
    lines: frozenset[str]
    start: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None


def label_paragraph(paragraph: Paragraph) -> Label:
    """What the paragraph is: the first section of the table that claims it, else what its links say, else `text`."""
    plain = paragraph.plain
    key = plain.casefold().strip(_OUTER)
    for section in _sections():
        if len(paragraph.text) > section.most and len(plain) > section.most:
            continue
        if section.label == "rule":
            if section.start and section.start.match(paragraph.text):
                return "rule"
            continue
        if (
            (key and key in section.lines)
            or (section.start and section.start.match(plain))
            or (section.anywhere and section.anywhere.search(plain))
        ):
            return "text" if section.label == "pointer" and _RUNS_ON.search(plain) else section.label
    if _BROKEN_LINK.search(plain) or _is_menu(plain):
        return "cut"
    if paragraph.linked > _LINKED:
        return "pointer" if paragraph.heading_mark and len(plain.split()) >= _POINTER_WORDS else "cut"
    return "text" if _LETTERS.search(plain) else "cut"  # an image, or nothing but marks and numbers


def announces(kind: Literal["roundup", "live", "media_list"], words: str) -> bool:
    """Whether a title or an introduction announces a page of several reports, a live page, or a list of videos and pictures."""
    row = load_table("furniture")[kind]
    return len(words) <= row["most"] and bool(_joined(tuple(row["anywhere"])).search(words))


def front_fields(kind: Literal["title", "published", "updated", "url", "author"]) -> tuple[str, ...]:
    """Names of the fields of front matter that say this, best first."""
    return tuple(load_table("furniture")["front"][kind])


def markup_fields(kind: Literal["published", "updated"]) -> tuple[str, ...]:
    """Names of metadata elements and properties that say this, best first, in small letters."""
    return tuple(load_table("furniture")["markup"][kind])


def _is_menu(plain: str) -> bool:
    """Whether the line is a menu in one: three or more entries of a word or two between strokes; a table's row is none."""
    if not _STROKE.search(plain) or plain.startswith("|") or any(char.isdigit() for char in plain):
        return False
    entries = re.split(r"\s*[|·•»\u203a]\s*|\s+[>/]\s+", plain)
    return len(entries) >= _ENTRIES_LEAST and all(0 < len(entry.split()) <= _ENTRY_MOST for entry in entries)


@functools.cache
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@functools.cache
def _sections() -> tuple[_Section, ...]:
    table = load_table("furniture")
    return tuple(
        _Section(
            label=label,
            most=table[label]["most"],
            lines=frozenset(line.casefold().replace("'", "\u2019").strip(_OUTER) for line in table[label]["lines"]),
            start=_joined(tuple(table[label]["patterns"])) if table[label]["patterns"] else None,
            anywhere=_joined(tuple(table[label]["anywhere"])) if "anywhere" in table[label] else None,
        )
        for label in get_args(Label)
        if label in table
    )
