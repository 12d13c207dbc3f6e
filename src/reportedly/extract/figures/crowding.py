"""Tells of paragraphs that hold more numbers than are read."""

from collections.abc import Iterator

from reportedly.extract.figures.figures import MOST_NUMERALS
from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.language.numerals.numbers import find_numerals
from reportedly.model import Problem


def crowded_passages(parsed: ParsedArticle) -> Iterator[Problem]:
    """A problem for each passage in which figures were left out because it holds too many numbers, a table run together as a rule.

    Args:
        parsed: the parsed article.

    Yields:
        In text order; the place is that of the first number that was not read, up to the passage's end.
    """
    for passage in parsed.passages:
        numerals = find_numerals(passage.doc.text) if len(passage.doc) > MOST_NUMERALS else []
        if len(numerals) > MOST_NUMERALS:
            yield Problem(
                code="too-many-figures",
                message=f"a paragraph holds {len(numerals):,} numbers; figures behind the {MOST_NUMERALS}th were not read",
                document=parsed.article.document,
                start=passage.start + numerals[MOST_NUMERALS].start,
                end=passage.end,
            )
