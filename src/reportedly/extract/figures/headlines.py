"""Tells where a headline, standfirst or caption gives another number than its own article: design section 5, 'Own voice'."""

from collections.abc import Iterable, Iterator, Sequence

from reportedly.language.numerals.counted import class_of
from reportedly.model import Claim, Figure, Problem


def differing_headlines(claims: Iterable[Claim]) -> list[Problem]:
    """The numbers above an article's body that none of the body's bears out.

    Args:
        claims: the claims of one article.

    Returns:
        A problem a number: the body counts the same by the same measure, and gives other bounds.
    """
    told = list(claims)
    body = [figure for claim in told if claim.part == "body" for figure in claim.figures]
    problems: dict[tuple[int, int], Problem] = {}
    for claim, figure in _above(told):
        rivals = [other for other in body if _counts_the_same(figure, other)]
        if rivals and all((other.low, other.high) != (figure.low, figure.high) for other in rivals):
            problems.setdefault((figure.span.start, figure.span.end), _problem(claim, figure, rivals))
    return list(problems.values())


def _above(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Figure]]:
    for claim in claims:
        if claim.part != "body":
            yield from ((claim, figure) for figure in claim.figures if figure.measure != "other" and (figure.low or figure.high))


def _counts_the_same(figure: Figure, other: Figure) -> bool:
    left, right = class_of(figure.counted), class_of(other.counted)
    return figure.measure == other.measure and figure.unit == other.unit and (left == right or None in {left, right})


def _problem(claim: Claim, figure: Figure, rivals: Sequence[Figure]) -> Problem:
    printed = ", ".join(dict.fromkeys(f"“{other.span.text}”" for other in rivals))
    return Problem(
        code="headline-differs",
        message=f"the {claim.part} says “{figure.span.text}”, the article {printed}; the article's own words are counted",
        document=claim.document,
        start=figure.span.start,
        end=figure.span.end,
    )
