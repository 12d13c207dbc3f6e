"""Tells headlines, lines that say who wrote and when, and prose from one another."""

import re

from reportedly.language.naming.outlets import find_outlet
from reportedly.language.pages.page_lines import line_pattern
from reportedly.read.layout.paragraphs import Paragraph

_TITLE_MOST, _TITLE_WORDS = 220, 34
_NAME_WORDS = (2, 4)  # least and most
_PROSE_LEAST = 8  # words
_OPENING = "\"'([*- \u2018\u2019\u201c\u2013\u2014"
_POSTED = "\u2013\u2014-@"  # opens the line that signs a post: "- Name (@name) May 1, 2020"
_CLOSING = "\"' \u2019\u201d"
_IN_NAMES = str.maketrans("", "", "-.\u2019")
_LONG = 240  # characters; what is longer is prose even without a full stop

_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|gov|info|news|co\.\w\w|[a-z]{2})$", re.IGNORECASE)


def is_title(paragraph: Paragraph) -> bool:
    """Whether the paragraph reads as a headline: a few words that begin with a capital or a figure and end no sentence."""
    plain = paragraph.plain
    words = plain.split()
    if not 2 <= len(words) <= _TITLE_WORDS or len(plain) > _TITLE_MOST:  # noqa: PLR2004 - one word is a label
        return len(words) == 1 and plain.isupper() and len(plain) > 4  # noqa: PLR2004 - "RECONSTRUCTION", not "NATO"
    if line_pattern("post").search(plain):
        return False
    first = plain.lstrip(_OPENING)[:1]
    if not (first.isupper() or first.isdigit() or first in "$€£#") or plain[0] in _POSTED:
        return False
    if paragraph.heading_mark or is_section_label(paragraph):
        return True
    return plain[-1] not in ",;:" and (not paragraph.ends_sentence or _asks(plain))


def is_section_label(paragraph: Paragraph) -> bool:
    """Whether it heads a section of a round-up: words in capitals that a colon or a question mark ends."""
    plain = paragraph.plain
    return len(plain) <= 80 and bool(line_pattern("section_label").match(plain))  # noqa: PLR2004 - characters


def is_prose(paragraph: Paragraph) -> bool:
    """Whether it is running text: a sentence or more."""
    plain = paragraph.plain
    return paragraph.linked < 0.7 and len(plain.split()) >= _PROSE_LEAST and (paragraph.ends_sentence or len(plain) > _LONG)  # noqa: PLR2004 - share of links


def is_date_line(paragraph: Paragraph) -> bool:
    """Whether it says when the report was published or changed, perhaps with the writer's name, and nothing else."""
    plain = paragraph.plain
    if line_pattern("posted").fullmatch(plain):
        return True
    if not plain or len(plain) > 110 or "@" in plain or plain[0] in _POSTED:  # noqa: PLR2004 - characters; "— Name (@name) May 1, 2020" signs a post
        return False
    found = line_pattern("full_date").search(plain)
    if not found:
        return False
    rest = (plain[: found.start()] + " " + plain[found.end() :]).split()
    if line_pattern("date_opens").match(plain) or found.start() <= 1:
        return len(rest) <= 12 and not _runs_on(plain)  # noqa: PLR2004 - clock time, zone, a name and an outlet
    return len(rest) <= 4 and not _runs_on(plain)  # noqa: PLR2004 - clock time and zone


def is_byline(paragraph: Paragraph) -> bool:
    """Whether it says who wrote the report, and nothing else."""
    plain = paragraph.plain
    found = line_pattern("byline").match(plain)
    if not found or len(plain) > 140 or paragraph.ends_sentence:  # noqa: PLR2004 - characters
        return plain.casefold() == "by"
    names = [word for word in plain[found.end() :].split() if word[0].isalpha()]
    return bool(names) and sum(word[0].isupper() for word in names) >= 0.6 * len(names)


def is_name(paragraph: Paragraph) -> bool:
    """Whether it is nothing but a person's name."""
    words = paragraph.plain.split()
    least, most = _NAME_WORDS
    return least <= len(words) <= most and all(word[0].isupper() and word.translate(_IN_NAMES).isalpha() for word in words)


def clean_title(words: str, sites: frozenset[str] = frozenset()) -> tuple[str, str | None]:
    """A headline without the name of the site behind it.

    Args:
        words: the headline as printed.
        sites: further names of the site, in small letters, from sidecar or markup.

    Returns:
        The headline, and the suffix taken off; None where nothing was. What stands behind " | " is always taken off, behind a dash
        or a colon only the name or domain of an outlet.
    """
    title, taken = words.strip(), None
    for _ in range(2):  # "Headline | Section | Site"
        match = line_pattern("site_suffix").match(title)
        if not match or len(match["title"].split()) < 2:  # noqa: PLR2004 - a word is no headline
            break
        suffix = match["suffix"].strip()
        if "|" not in match["mark"] and not (find_outlet(suffix) or suffix.casefold() in sites or _DOMAIN.search(suffix)):
            break
        title, taken = match["title"].strip(), taken or suffix
    return title, taken


def title_key(words: str) -> str:
    """A headline's letters and figures in small, the site's name taken off: equal for repetitions of one headline."""
    return "".join(c for c in clean_title(words)[0].casefold() if c.isalnum())


def _asks(plain: str) -> bool:
    return plain.rstrip(_CLOSING).endswith(("?", "!")) and len(plain) <= 120  # noqa: PLR2004 - characters


def _runs_on(plain: str) -> bool:
    """Whether a full stop within shows a sentence, as "a.m." and "Oct." do not."""
    return bool(re.search(r"[a-z]{4,}[.] [A-Z]", plain)) or (plain.endswith(".") and not re.search(r"\b[ap]\.m\.$|\b[A-Z]\.$", plain))


def mentions_date(plain: str) -> bool:
    """Whether a full date stands in the words."""
    return bool(line_pattern("full_date").search(plain))
