"""Numerals that count nothing are told from those that do."""

import pytest

from reportedly.extract.figures.quantities import find_quantities

NONE = """
The treaty of 1994 was signed in Geneva.
It happened on March 29, 2018, at 7:45 p.m. local time.
She called 911 and then 202-555-0143.
The F-16 and the Su-34 met over the sea; COVID-19 had closed the base.
Flight 370 left Gate 12 for Terminal 3.
They live at 2300 Oak Street, in the 1500 block of Elm.
The home side won 3-1 and drew 2-2.
The 70th anniversary fell on the 4th of July.
Article 5 and Section 230 were cited on page 17.
The G20 met twice; the attacks of 9/11 were recalled.
Between 1914 and 1918 the town was empty; in 1950-53 again.
See https://example.org/2024/10/15 or write to desk24@example.org.
It ended at 10 a.m., 0700 GMT.
They grew up in the 1980s.
The alarm rose to level five, then to phase six.
"""


@pytest.mark.parametrize("sentence", NONE.strip().splitlines())
def test_numbers_that_count_nothing_are_left_out(sentence: str) -> None:
    """Years, dates, times, telephones, models, addresses, scores, ordinals, sections."""
    assert [sentence[q.number_start : q.number_end] for q in find_quantities(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("In 2014 more than 2014 people marched.", ["more than 2014"]),
        ("They counted 2000 people there.", ["2000"]),
        ("On March 3 12 soldiers fell.", ["12"]),
        ("In Guayaquil, 200 miles away", ["200 miles"]),
        ("Some 1,950 were held.", ["Some 1,950"]),
        ("It cost $2000 in 2001.", ["$2000"]),
    ],
)
def test_counts_beside_years_and_dates_stay(sentence: str, words: list[str]) -> None:
    """A bound, a sign or a counted noun makes four digits a count."""
    assert [sentence[q.start : q.end] for q in find_quantities(sentence)] == words


@pytest.mark.parametrize("words", ["up to 110 people were hurt", "the 112 crew members", "rose to 119 deaths"])
def test_a_number_that_counts_something_calls_nobody_for_help(words: str) -> None:
    """An emergency number counts nothing; the same digits before a noun do."""
    assert len(find_quantities(words)) == 1


@pytest.mark.parametrize("words", ["she dialled 112 at noon", "neighbours called 911.", "the 999 operator"])
def test_a_number_that_calls_for_help_is_a_designation(words: str) -> None:
    """After a word of calling with nothing counted behind it, or before a word for the call."""
    assert not find_quantities(words)
