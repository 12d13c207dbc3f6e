import csv
import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.times.arithmetic import easter_of, nth_weekday, part_of, period_of, shift
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.language.times.words import any_of
from reportedly.model import Interval

_CASES = list(csv.DictReader((Path(__file__).parent / "time_expressions.csv").read_text(encoding="utf-8").splitlines()))
_DAYS = st.dates(dt.date(1905, 1, 1), dt.date(2055, 12, 31))
_FORMATS = ["%Y-%m-%d", "%B %-d, %Y", "%-d %B %Y", "%b. %-d, %Y", "%A, %B %-d, %Y", "%-d %b %Y", "the %-dth of %B, %Y", "%A %-d %B %Y"]


def on(day: str, last: str | None = None) -> Interval:
    return Interval(first=day, last=last or day)


def read(sentence: str, against: Interval | None = None, country: str | None = None) -> list[TimeExpression]:
    return find_times(sentence, 0, len(sentence), against=against, country=country)


def only(sentence: str, against: Interval | None = None) -> TimeExpression:
    (found,) = read(sentence, against)
    return found


def bounds(found: TimeExpression) -> tuple[str | None, str | None]:
    return (found.interval.first, found.interval.last) if found.interval else (None, None)


@pytest.mark.parametrize("case", _CASES, ids=[f"{case['words']} ({case['article']})" for case in _CASES])
def test_expression_means_the_interval_of_the_table(case: dict[str, str]) -> None:
    """Each sentence of the table gives its words and, against the article's day, its interval."""
    found = {time.span.text: bounds(time) for time in read(case["sentence"], on(case["article"]), case["country"] or None)}
    assert found.get(case["words"]) == (case["first"] or None, case["last"] or None)


def test_table_is_large() -> None:
    """The table holds at least 400 expressions."""
    assert len(_CASES) >= 400


@pytest.mark.parametrize(
    "sentence",
    [
        "Some 2,024 people and 1,950 horses crossed.",
        "About 2000 troops and 1900 rescuers came.",
        "The flat cost $2010 a month to heat in all.",
        "Flight 2014 was late.",
        "They sang Bloody Sunday.",
        "It stood in the Sunday Times.",
        "Readers of Metro Today complained.",
        "They may march and will stand.",
        "April said no.",
        "A second strike hit.",
        "The score was 14-12.",
        "Call 555-2019-333.",
        "Version 2.2024.1 is out.",
    ],
)
def test_what_is_no_date_gives_none(sentence: str) -> None:
    """Counts, names, verbs and scores are no dates."""
    assert [time.span.text for time in read(sentence, on("2025-10-24")) if time.kind == "date"] == []


@given(day=_DAYS, form=st.sampled_from(_FORMATS))
def test_every_printed_form_of_a_date_is_read_back(day: dt.date, form: str) -> None:
    """A full date in any form gives that day, whatever the article's own."""
    printed = day.strftime(form).replace("May.", "May")  # the one month that is not shortened
    sentence = f"It happened on {printed} there."
    assert bounds(only(sentence)) == (day.isoformat(), day.isoformat())


@given(day=_DAYS, back=st.integers(0, 6))
def test_bare_weekday_lies_in_the_week_up_to_the_article(day: dt.date, back: int) -> None:
    """The name of each of the seven days up to the article gives that day."""
    meant = day - dt.timedelta(days=back)
    assert bounds(only(f"It fell {meant:%A}.", on(day.isoformat()))) == (meant.isoformat(), meant.isoformat())


@given(day=_DAYS, back=st.integers(0, 300))
def test_date_without_a_year_is_the_latest_up_to_the_article(day: dt.date, back: int) -> None:
    """Month and day alone give the day of that name up to the article's."""
    meant = day - dt.timedelta(days=back)
    assert bounds(only(f"It fell on {meant:%B} {meant.day}.", on(day.isoformat()))) == (meant.isoformat(), meant.isoformat())


@given(text=st.text(max_size=200), around=st.text(max_size=20))
def test_spans_hold_their_words_in_any_text(text: str, around: str) -> None:
    """Offsets are right and expressions disjoint in arbitrary Unicode text."""
    whole = f"{around}On Friday {text} in March 2024{around}"
    found = find_times(whole, len(around), len(whole), against=on("2025-10-24"))
    assert all(whole[time.span.start : time.span.end] == time.span.text and time.span.start >= len(around) for time in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


def test_without_an_article_date_relative_words_keep_their_fields() -> None:
    """An undated article's weekday, month and year words have no interval, but say what they name."""
    friday, june = read("It ended Friday. The pact dates from June of last year.")
    assert (friday.interval, friday.weekday, friday.relative) == (None, 4, True)
    assert (june.interval, june.month, june.relative) == (None, 6, True)


def test_without_an_article_date_absolute_words_are_resolved() -> None:
    """A date with its year needs no article."""
    assert bounds(only("The pact dates from June 2024.")) == ("2024-06-01", "2024-06-30")


def test_wide_publication_gives_an_enclosing_interval() -> None:
    """Against a month, a weekday may be any up to its end; a year that both ends agree on is certain."""
    month = on("2025-03-01", "2025-03-31")
    assert bounds(only("It ended Friday.", month)) == ("2025-02-28", "2025-03-28")
    last_year = only("It ended last year.", month)
    assert bounds(last_year) == ("2024-01-01", "2024-12-31")
    assert last_year.interval is not None
    assert last_year.interval.granularity == "year"


def test_open_publication_resolves_nothing_relative() -> None:
    """Against a date with one end only, relative words give no interval."""
    assert only("It ended last year.", Interval(first=None, last="2025-03-31")).interval is None


def test_interval_tells_what_it_was_read_from() -> None:
    """A relative interval names its words, their granularity and the day it was resolved against."""
    found = only("It ended in March.", on("2025-10-24")).interval
    assert found is not None
    assert found.words is not None
    assert (found.words.text, found.against, found.granularity, found.basis) == ("in March", "2025-10-24", "month", "words")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It took three weeks.", "duration"),
        ("They meet every Friday.", "set"),
        ("It pumps 300 barrels a day.", "set"),
        ("It began at noon GMT.", "time"),
    ],
)
def test_kinds_are_told_apart(sentence: str, kind: str) -> None:
    """Lengths, repetitions and bare clock times are no dates and have no interval."""
    found = only(sentence, on("2025-10-24"))
    assert (found.kind, found.interval) == (kind, None)


@pytest.mark.parametrize(
    ("words", "direction"),
    [("since May 3, 2021", "since"), ("until May 3, 2021", "until"), ("by May 3, 2021", "by"), ("before May 3, 2021", "before")],
)
def test_direction_is_kept(words: str, direction: str) -> None:
    """The preposition that opens a stretch is told and belongs to the words."""
    found = only(f"It stood {words}.")
    assert (found.direction, found.span.text) == (direction, words)


def test_later_dates_count_from_the_date_before() -> None:
    """Anaphoric words follow the nearest date and never reach past the article."""
    text = "The dam broke on June 3, 2025. Two days later a village flooded. Five weeks later aid came."
    assert [bounds(time) for time in read(text, on("2025-06-10"))] == [
        ("2025-06-03", "2025-06-03"),
        ("2025-06-05", "2025-06-05"),
        (None, None),
    ]


def test_unknown_date_before_leaves_what_counts_from_it_unknown() -> None:
    """In an undated article, "the same week" never counts from a date older than the one it means."""
    *_, week = read("It opened on June 3, 2024. It closed last month. The same week it reopened.")
    assert (week.anaphoric, week.interval) == (True, None)


def test_event_that_a_phrase_counts_from_is_not_guessed() -> None:
    """ "Two days after the vote" depends on the vote, not on the date mentioned last."""
    _, after = read("He spoke on Friday. Two days after the vote shops opened.", on("2025-10-24"))
    assert (after.anaphoric, after.interval) == (True, None)


def test_impossible_dates_are_none() -> None:
    """A day that no calendar has is no date."""
    assert [time.span.text for time in read("On 31 June 2024 and 2024-13-45 nothing happened.") if time.interval and time.day] == []


def test_summer_time_follows_the_day() -> None:
    """ "ET" is four hours behind UTC in July and five in January."""
    assert bounds(only("At 8 p.m. ET on July 4, 2024"))[0] == "2024-07-04T20:00:00-04:00"
    assert bounds(only("At 8 p.m. ET on Jan. 4, 2024"))[0] == "2024-01-04T20:00:00-05:00"


@pytest.mark.parametrize(("year", "day"), [(2000, "2000-04-23"), (2024, "2024-03-31"), (2025, "2025-04-20"), (2038, "2038-04-25")])
def test_easter_is_right(year: int, day: str) -> None:
    """Known Easter Sundays."""
    assert easter_of(year).isoformat() == day


def test_nth_weekday_counts_from_either_end() -> None:
    """The fourth Thursday of November 2025 and the last Monday of May 2025."""
    assert nth_weekday(2025, 11, 3, 4) == dt.date(2025, 11, 27)
    assert nth_weekday(2025, 5, 0, -1) == dt.date(2025, 5, 26)


@given(day=_DAYS, count=st.integers(-40, 40), unit=st.sampled_from(["month", "quarter", "year"]))
def test_shifting_there_and_back_stays_in_the_month(day: dt.date, count: int, unit: str) -> None:
    """Months are counted whole: going back returns to the same month, at most on a shorter one's last day."""
    there = shift(day, count, unit)
    back = shift(there, -count, unit)
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day <= day.day


@given(day=_DAYS, unit=st.sampled_from(["week", "month", "quarter", "year", "decade"]))
def test_parts_cover_their_period(day: dt.date, unit: str) -> None:
    """Early, middle and late follow one another and fill the period; a period holds its day and weeks begin on Monday."""
    days = period_of(day, unit)
    thirds = [part_of(days, part) for part in ("early", "middle", "late")]
    assert days[0] <= day <= days[1]
    assert thirds[0][0] == days[0]
    assert thirds[2][1] == days[1]
    assert all(b[0] - a[1] == dt.timedelta(days=1) for a, b in itertools.pairwise(thirds))
    assert unit != "week" or days[0].weekday() == 0


@given(st.lists(st.text("ab -.", min_size=1, max_size=5), min_size=1, max_size=8), st.text("ab -.", max_size=30))
def test_alternatives_match_the_longest_word_first(words: list[str], text: str) -> None:
    """A pattern of words finds what all of them side by side would, the longest first, and goes back to a shorter one where it must."""
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for behind in ("", "(?!a)", "b"):
        found = re.findall(rf"(?:{any_of(tuple(words))}){behind}", text)
        assert found == re.findall(rf"(?:{plain}){behind}", text)
