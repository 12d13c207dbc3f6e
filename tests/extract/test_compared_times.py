"""A date behind a number that another is compared with dates that one alone."""

from collections.abc import Callable

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.model import Article

MakeArticle = Callable[..., Article]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The turnout was 65 per cent, down from 79 per cent in 2017.", [None, "2017-01-01"]),
        ("So far 14 million hectares have burned, compared with 7.6 million in all of 1989.", [None, "1989-01-01"]),
        ("In 2017 the turnout was 65 per cent.", ["2017-01-01"]),
        ("The storm killed 40 people, the highest toll since May.", [None]),
        ("The unrest since May has killed 40 people.", ["2023-05-01"]),
    ],
)
def test_a_comparison_keeps_its_date(make_article: MakeArticle, text: str, dates: list[str | None]) -> None:
    """The newer number is not dated by the older one's year, nor is the claim."""
    (claim,) = ClaimExtractor(model="rules").extract(text, [make_article(text)])[0].claims
    assert [None if f.window is None else f.window.first for f in claim.figures] == dates
    assert (claim.happened is None) == (dates[0] is None)
