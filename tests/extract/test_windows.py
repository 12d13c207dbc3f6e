"""The time that a count covers: a table of sentences."""

import pytest

from reportedly.extract.parse.parsing import parse
from reportedly.extract.times.dating import find_article_times, window_basis, window_of
from reportedly.model import Article, Interval, Passage, Span

_PUBLISHED = Interval(first="2025-10-24", last="2025-10-24")
_Window = tuple[str | None, str | None] | None
_CASES: list[tuple[str, str, _Window, str | None]] = [
    ("The army has sent 9,000 men to the border since 2024.", "9,000 men", ("2024-01-01", None), "cumulative"),
    ("Since 2024, the army has sent 9,000 men to the border.", "9,000 men", ("2024-01-01", None), "cumulative"),
    ("Shelling has killed 17 people in the past day.", "17 people", ("2025-10-23", "2025-10-24"), "during"),
    ("In the past day, 17 people were killed.", "17 people", ("2025-10-23", "2025-10-24"), "during"),
    ("Some 40 people have drowned so far this year.", "Some 40 people", ("2025-01-01", "2025-10-24"), "cumulative"),
    ("So far this year, 40 people have drowned.", "40 people", ("2025-01-01", "2025-10-24"), "cumulative"),
    ("So far in 2025, 40 people have drowned.", "40 people", ("2025-01-01", "2025-10-24"), "cumulative"),
    ("At least 40 people have been killed since the war began in February 2022.", "At least 40 people", ("2022-02-01", None), "cumulative"),
    ("The 40 deaths recorded since January were all in the north.", "40 deaths", ("2025-01-01", None), "cumulative"),
    ("The ministry counted 40 deaths from January to March.", "40 deaths", ("2025-01-01", "2025-03-31"), "during"),
    ("Police arrested 40 people between Monday and Wednesday.", "40 people", ("2025-10-20", "2025-10-22"), "during"),
    ("Police arrested 40 people on Tuesday.", "40 people", ("2025-10-21", "2025-10-21"), "during"),
    ("Forty people died last year.", "Forty people", ("2024-01-01", "2024-12-31"), "during"),
    ("As of Friday morning, 40 people had died.", "40 people", (None, "2025-10-24"), "cumulative"),
    ("By Thursday, 40 people had died.", "40 people", (None, "2025-10-23"), "cumulative"),
    ("Until now, 40 people have died.", "40 people", (None, "2025-10-24"), "cumulative"),
    ("The death toll stood at 40 on Thursday.", "40", ("2025-10-23", "2025-10-23"), "moment"),
    ("Exports reached 3 million tons in the year to June.", "3 million tons", ("2024-07-01", "2025-06-30"), "during"),
    ("The flu has killed 40 people this winter.", "40 people", ("2024-12-01", "2025-03-20"), "during"),
    ("Over the past three months 40 people were killed and 12 were injured.", "40 people", ("2025-07-24", "2025-10-24"), "during"),
    ("Over the past three months 40 people were killed and 12 were injured.", "12", ("2025-07-24", "2025-10-24"), "during"),
    ("The virus killed 40 people in 2009 and 12 in 2010.", "12", ("2010-01-01", "2010-12-31"), "during"),
    ("More than 40,000 people have died since Oct. 7, 2023.", "More than 40,000 people", ("2023-10-07", None), "cumulative"),
    ("Over the last decade, 40 miners died.", "40 miners", ("2015-10-24", "2025-10-24"), "during"),
    ("Drones hit 40 targets overnight.", "40 targets", ("2025-10-23", "2025-10-24"), "during"),
    ("There were 40 cases in the 24 hours to Friday.", "40 cases", ("2025-10-23", "2025-10-24"), "during"),
    ("Forty soldiers have been killed in the last month alone.", "Forty soldiers", ("2025-09-24", "2025-10-24"), "during"),
    ("About 40 people have died since last Monday.", "About 40 people", ("2025-10-20", None), "cumulative"),
    ("Guards who had served since 2019 shot 40 people.", "40 people", None, None),
    ("The firm, founded in 1999, dismissed 40 people.", "40 people", None, None),
    ("Forty people were killed.", "Forty people", None, None),
]


@pytest.mark.parametrize(("sentence", "figure", "window", "basis"), _CASES, ids=[f"{case[1]}: {case[0]}" for case in _CASES])
def test_window_of_a_count(sentence: str, figure: str, window: _Window, basis: str | None) -> None:
    """A count covers the time that its clause gives: cumulative, during it, or as it stood at a moment."""
    passages = (Passage(start=0, end=len(sentence), role="body"),)
    parsed = parse(sentence, Article(document="a.txt", number=0, kind="article", passages=passages, published=_PUBLISHED))
    times = find_article_times(parsed)
    start = sentence.index(figure)
    span = Span(start=start, end=start + len(figure), text=figure)
    found = window_of(parsed.passages[0], span, times)
    assert (None if found is None else (found.first, found.last)) == window
    assert window_basis(parsed.passages[0], span, times) == basis
