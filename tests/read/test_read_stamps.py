"""The dates of a saved page: its markup's stamps and what it prints."""

import pytest

from reportedly.read.dates.stamps import PageDates, date_page

_LINES = ["Ferry sinks off Aland", "By Maria Lindqvist"]


def _dated(stated: list[str], lines: list[str], address: str | None = None, changed: list[str] | None = None) -> PageDates:
    return date_page(stated, changed or [], [*_LINES, *lines], address)


def test_the_first_stamp_that_names_a_possible_day_counts() -> None:
    """Programs write the year 1 or 1970 where they know nothing."""
    dates = _dated(["0001-01-01T00:00:00Z", "not yet", "2031-05-02T10:11:12+03:00"], [])
    assert (dates.published, dates.evidence) == ("2031-05-02T10:11:12+03:00", "markup")


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("May 1, 2031", "2031-05-01"),
        ("Published May 1, 2031 at 9:24 pm ET | Updated May 2, 2031", "2031-05-01T21:24:00-04:00"),
        ("Updated May 2, 6:55 AM; Posted May 1, 9:24 PM", "2031-05-01"),
        ("Updated May 2, 6:55 AM;Posted May 1, 9:24 PM", "2031-05-01"),
        ("May 2, 2031", "2031-05-02T01:24:00+00:00"),
        ("April 20, 2031", "2031-05-02T01:24:00+00:00"),
    ],
)
def test_a_stamp_s_day_is_the_one_that_the_page_prints(line: str, moment: str) -> None:
    """A stamp in UTC is of the day after in the west; a printed day farther off is another's."""
    assert _dated(["2031-05-02T01:24:00Z"], [line]).published == moment


def test_what_was_changed_on_the_day_before_the_stamp_s_was_published_no_later() -> None:
    """Only the last change is printed."""
    dates = _dated(["2031-05-02T05:14:35Z"], ["Updated 11:21 pm CST, Thursday, May 1, 2031"], changed=["2031-05-02T05:21:59Z"])
    assert dates.published == "2031-05-01"


@pytest.mark.parametrize(("hour", "day"), [("03", "2031-05-01"), ("22", "2031-05-02")])
def test_the_day_in_the_address_is_the_page_s_own_where_none_is_printed(hour: str, day: str) -> None:
    """In the morning of UTC the west has the day before."""
    published = _dated([f"2031-05-02T{hour}:00:00Z"], [], "https://gazette.example/2031/05/01/ferry").published
    assert published is not None
    assert published[:10] == day


@pytest.mark.parametrize(
    ("lines", "address", "moment"),
    [
        (
            ["on Sunday, April 13th, 2031 in a speech", "By Matti Aalto on Friday, May 2nd, 2031"],
            "https://a.example/2031/may/02/x",
            "2031-05-02",
        ),
        (["April 13, 2031", "First published: May 2, 2031"], None, "2031-05-02"),
        (["April 13, 2031", "May 2, 2031"], None, None),
        (["2. Mai", "am 2. May 2031"], None, "2031-05-02"),
        (["Last updated May 2, 2031"], None, None),
        ([], None, None),
    ],
)
def test_without_a_stamp_the_page_s_print_is_asked(lines: list[str], address: str | None, moment: str | None) -> None:
    """What it calls the date of publication, what its address has too, or the only date; else nothing, for a guess is worse."""
    dates = _dated([], lines, address)
    assert dates.published == moment
    assert moment is None or dates.evidence == "text"


def test_a_printed_change_is_kept_as_one() -> None:
    """It is no date of publication."""
    assert _dated([], ["Last updated May 2, 2031"]).updated == "2031-05-02"


def test_a_date_in_a_sentence_of_the_report_is_no_witness() -> None:
    """It tells of an event."""
    sentence = "The ferry had last been inspected on May 1, 2031, when two engineers of the harbour board went aboard for the day, it said."
    assert _dated(["2031-05-02T01:24:00Z"], [sentence]).published == "2031-05-02T01:24:00+00:00"
