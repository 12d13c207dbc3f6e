"""Parses an article's paragraphs with spaCy, in bounded time whatever the page holds."""

import re
from collections.abc import Iterator, Sequence

from reportedly.extract.parse.marks import DASHES, QUOTE_CHARACTERS
from reportedly.extract.parse.paragraph import BREAK, SURROGATE, WRAP, Paragraph
from reportedly.extract.parse.parsed import ParsedArticle, ParsedPassage
from reportedly.extract.parse.parser import DEFAULT_PIPELINE, load_parser
from reportedly.extract.parse.turns import Turn, with_turns
from reportedly.language.pages.line_width import are_wrapped
from reportedly.model import Article, PassageRole

LONGEST = 5_000  # characters parsed at once; a paragraph of a page is seldom a fifth of that
LONGEST_SENTENCE = 1_500  # characters without the end of a sentence; rules look at all of a sentence for each of its verbs
LONGEST_WORD = 300  # characters without a blank; the tokeniser's time grows with their square
SECTION = 25_000  # characters that are looked at together; few articles are longer

_ANY_DASH = "|".join(sorted(DASHES, reverse=True))
_LONG_DASH = "|".join(sorted(DASHES - {"-"}, reverse=True))

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(rf"[.!?][{QUOTE_CHARACTERS})\]]*\s+")
_DASH = re.compile(rf"\s*(?:{_ANY_DASH})?\s*")
_DATELINE = re.compile(
    rf"[A-Z][A-Z.{QUOTE_CHARACTERS} -]{{2,40}}(?:,\s[A-Z][\w. ]{{1,30}}){{0,2}}"  # SEOUL, South Korea
    rf"(?:,?\s[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}})?(?:\s?\([A-Z][\w ./-]{{1,30}}\))?"  # , Oct. 24 (UPI)
    rf"\s?(?:{_LONG_DASH}|\s-\s|\.-\s)\s?"
)
# what a page sets before a paragraph's first words: the time of a live page's entry ("18:40 - "), an agency's initials ("(ANSA) - ")
_CLOCK = re.compile(
    rf"(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|[A-Z]{{2,4}}T))?\s?(?:{_ANY_DASH}|:|\|)"
    rf"|(?:[01]\d|2[0-3]):[0-5]\d(?:\s(?:GMT|UTC|[A-Z]{{2,4}}T))?)\s+(?=[A-Z{QUOTE_CHARACTERS}])"
)
_INITIALS = re.compile(rf"\([A-Z][A-Za-z&./ ]{{1,30}}\)\s?(?:{_ANY_DASH})\s?")
_SPACE = re.compile(r"\s+")
_UNBROKEN = re.compile(rf"\S{{{LONGEST_WORD}}}")

_Place = tuple[int, int, PassageRole]
_Turned = tuple[_Place, Turn | None]


def parse(text: str, article: Article, *, pipeline: str = DEFAULT_PIPELINE) -> ParsedArticle:
    """Parse an article's paragraphs.

    Args:
        text: the document's text.
        article: the article, whose passages lie in `text`.
        pipeline: name of the spaCy pipeline.

    Returns:
        The article with one parsed passage a non-blank line, in page order. Lines that were wrapped to a width are one passage;
        a longer one than `LONGEST` gives several, cut at ends of sentences where there are any.

    Raises:
        MissingModelError: the pipeline is not installed.
    """
    return _parsed(text, article, _places(text, article), pipeline)


def parse_sections(text: str, article: Article, *, pipeline: str = DEFAULT_PIPELINE) -> Iterator[ParsedArticle]:
    """Parse an article section by section, so that neither time nor memory grows faster than its length.

    Args:
        text: the document's text.
        article: the article, whose passages lie in `text`.
        pipeline: name of the spaCy pipeline.

    Yields:
        The article with the paragraphs of each section of about `SECTION` characters, in page order; most articles are one.

    Raises:
        MissingModelError: the pipeline is not installed.
    """
    section: list[_Turned] = []
    for turned in _places(text, article):
        if section and turned[0][1] - section[0][0][0] > SECTION:
            yield _parsed(text, article, section, pipeline)
            section = []
        section.append(turned)
    if section:
        yield _parsed(text, article, section, pipeline)


def _parsed(text: str, article: Article, places: Sequence[_Turned], pipeline: str) -> ParsedArticle:
    docs = load_parser(pipeline).parse([Paragraph.of(text[start:end]) for (start, end, _), _ in places])
    passages = [
        ParsedPassage(doc=doc, start=start, role=role, turn=turn) for doc, ((start, _, role), turn) in zip(docs, places, strict=True)
    ]
    return ParsedArticle(article=article, text=text, passages=tuple(passages))


def unreadable(text: str, article: Article) -> bool:
    """Whether an article holds characters that the parser was given others for: lone surrogates, line breaks inside a paragraph."""
    wrapped = any(BREAK.search(text, passage.start, passage.end) for passage in article.passages)
    return wrapped or SURROGATE.search(text) is not None


def _places(text: str, article: Article) -> list[_Turned]:
    places: list[_Place] = [
        (_after_dateline(text, start, end, article.dateline), end, passage.role)
        for passage in article.passages
        for start, end in _paragraphs(text, passage.start, passage.end)
    ]
    return with_turns(text, places)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph a line; lines that were wrapped to a width are one."""
    for block in _blocks(text, start, end):
        joined = len(block) > 1 and are_wrapped([text[first:last] for first, last in block])
        for first, last in [(block[0][0], block[-1][1])] if joined else block:
            yield from _pieces(text, first, last)


def _blocks(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines without a blank one between, white space around each line left out."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text, start, end):
        words = line.group()
        first = line.start() + len(words) - len(words.lstrip())
        last = line.start() + len(words.rstrip())
        if first >= last:
            continue
        if block and not WRAP.fullmatch(text, block[-1][1], first):
            yield block
            block = []
        block.append((first, last))
    if block:
        yield block


def _after_dateline(text: str, start: int, end: int, printed: str | None) -> int:
    """Where a paragraph's first sentence begins; "SEOUL, Oct. 24 (UPI) --" or "18:40 -" in front of it would spoil the parse."""
    for pattern in (_CLOCK, _INITIALS):
        before = pattern.match(text, start, end)
        start = before.end() if before and before.end() < end else start
    if printed and text.startswith(printed, start):
        dash = _DASH.match(text, start + len(printed), end)
        return dash.end() if dash and dash.end() < end else start
    match = _DATELINE.match(text, start, end)
    return match.end() if match and match.end() < end else start


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a paragraph that can be parsed at once: none too long, none with a "word" or a "sentence" that no language has."""
    while (unbroken := _UNBROKEN.search(text, start, end)) is not None:
        yield from _short_pieces(text, start, unbroken.end())
        start = unbroken.end()
    yield from _short_pieces(text, start, end)


def _short_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = _last_end(_SENTENCE_END, text, start, LONGEST) or _last_end(_SPACE, text, start, LONGEST) or start + LONGEST
        yield from _sentences(text, start, cut)
        start = cut
    yield from _sentences(text, start, end)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece without the white space around it; in several where it has no end of a sentence for long."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)] if end - start > LONGEST_SENTENCE else []
    last = start
    for stop in [*ends, end]:
        while stop - last > LONGEST_SENTENCE:
            last = _last_end(_SPACE, text, last, LONGEST_SENTENCE) or last + LONGEST_SENTENCE
            yield from _stripped(text, start, last)
            start = last
        last = stop
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _last_end(pattern: re.Pattern[str], text: str, start: int, room: int) -> int | None:
    ends = [match.end() for match in pattern.finditer(text, start, start + room)]
    return ends[-1] if ends else None
