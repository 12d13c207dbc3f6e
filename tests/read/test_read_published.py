"""When a report was published, with the evidence: never a guess."""

import json

import pytest

from reportedly.model import Article
from reportedly.read import read_stream

_BODY = "The coast guard said that 12 people had been pulled from the water after the ferry went down off the island."


def _read(text: str, **sidecar: str) -> Article:
    (reading,) = read_stream(json.dumps({"id": "a", "text": text, **sidecar}).encode(), "x.jsonl")
    return reading.articles[0]


def _dates(article: Article) -> tuple[str | None, str | None, str | None]:
    interval = article.published
    return (interval.first if interval else None, interval.last if interval else None, article.published_evidence)


@pytest.mark.parametrize(
    "line",
    [
        "May 2, 2031 | By Ida Holm, UPI",
        "Published - May 2, 2031 08:56 am IST",
        "Published :`2031-05-02`",
        "date 2031-05-02 An official website of the Kingdom of Tarvia",
        "2 May 2031",
        "May 2, 20319:00 PM ET",
    ],
)
def test_a_line_beside_the_report_gives_its_date(line: str) -> None:
    """Printed in any of the usual ways, even glued to the time."""
    first, last, evidence = _dates(_read(f"Ferry sinks off Aland\n\n{line}\n\n{_BODY}\n"))
    assert first is not None
    assert last is not None
    assert (first[:10], last[:10], evidence) == ("2031-05-02", "2031-05-02", "text")


def test_a_line_that_leaves_the_year_out_is_bounded_by_what_the_report_mentions() -> None:
    """ "Posted May 2" after "since March 2031" is the second of May of that year or a later one; where the page was saved fixes it."""
    text = f"Ferry sinks off Aland\n\nPosted May 2, 8:19 PM\n\n{_BODY} She had sailed for the line since March 2031, it said.\n"
    assert _dates(_read(text)) == ("2031-05-02", None, "inferred")
    assert _dates(_read(text, fetched="2031-06-01")) == ("2031-05-02", "2031-05-02", "text")


def test_a_line_without_a_year_and_without_any_bound_dates_nothing() -> None:
    """No year is guessed."""
    assert _dates(_read(f"Ferry sinks off Aland\n\nPosted May 2, 8:19 PM\n\n{_BODY}\n")) == (None, None, None)


def test_a_date_of_change_is_not_that_of_publication() -> None:
    """It bounds the publication from above."""
    article = _read(f"Ferry sinks off Aland\n\nLast Updated May 2, 2031\n\n{_BODY}\n")
    assert _dates(article) == (None, "2031-05-02", "inferred")
    assert article.updated is not None
    assert article.updated.first == "2031-05-02"


def test_a_date_of_change_and_the_weekday_of_the_news_date_a_report() -> None:
    """What is told of Thursday and was last changed on Friday was published on one of these days."""
    article = _read(f"Ferry sinks off Aland\n\nLast Updated May 2, 2031\n\n{_BODY.replace('said', 'said on Thursday', 1)}\n")
    assert _dates(article) == ("2031-05-01", "2031-05-02", "inferred")


@pytest.mark.parametrize(
    ("opening", "moment"),
    [
        ("MARIEHAMN | Fri May 2 , 2031 7:50 pm EDT MARIEHAMN - ", "2031-05-02T19:50:00-04:00"),
        ("Friends and relatives wait for news Friday 2 May 2031 17.42 BST ", "2031-05-02"),
    ],
)
def test_a_stamp_run_in_with_the_first_words_dates_the_report(opening: str, moment: str) -> None:
    """Converters join the line of the date with what stands under it."""
    first, _, evidence = _dates(_read(f"Ferry sinks off Aland\n\n{opening}{_BODY}\n"))
    assert (first, evidence) == (moment, "text")


def test_the_moment_of_what_is_told_is_no_stamp() -> None:
    """A preposition before it makes it part of the sentence."""
    article = _read(f"Ferry sinks off Aland\n\nThe ferry went down on May 2, 2031, 7:50 pm EDT off the island. {_BODY}\n")
    assert _dates(article)[2] == "inferred"


def test_a_dateline_with_its_year_dates_the_report() -> None:
    """Place and agency stand in it too."""
    article = _read(f"Ferry sinks\n\nMARIEHAMN, Finland, May 2, 2031 (UPI) — {_BODY}\n")
    assert _dates(article) == ("2031-05-02", "2031-05-02", "dateline")
    assert (article.dateline, article.outlet, article.credits) == ("MARIEHAMN, Finland, May 2, 2031 (UPI)", "UPI", ("UPI",))


def test_the_year_a_dateline_leaves_out_is_fixed_by_weekday_and_mentions() -> None:
    """2 May is a Friday in 2031 and was none in the three years before."""
    article = _read(
        "Ferry sinks\n\nOSLO, May 2 (UPI) — The guard said Friday that a ferry sank.\n\n"
        f"{_BODY} It was built in 2029 and refitted in 2030, owners said.\n"
    )
    assert _dates(article) == ("2031-05-02", "2031-05-02", "dateline")


def test_a_year_that_nothing_fixes_stays_open() -> None:
    """No weekday tells which 2 May after the newest year mentioned it was."""
    article = _read(f"Ferry sinks\n\nOSLO, May 2 (UPI) — A ferry sank.\n\n{_BODY} It was built in 2029, owners said.\n")
    assert _dates(article) == ("2029-05-02", None, "dateline")


def test_one_old_year_fixes_nothing() -> None:
    """A ship built long ago says little of when it sank, though the weekday would fit 1986."""
    article = _read(f"Ferry sinks\n\nOSLO, May 2 (UPI) — The guard said Friday that a ferry sank.\n\n{_BODY} It was built in 1985.\n")
    assert _dates(article) == ("1985-05-02", None, "dateline")


def test_the_page_s_own_date_tells_the_year_of_a_dateline() -> None:
    """Also on a page of several reports, each of which keeps its own day."""
    text = f"OSLO, Dec. 31 (UPI) — {_BODY}\n\nSource link\n\nOSLO, Jan. 1 (UPI) — {_BODY}\n\nSource link\n"
    (reading,) = read_stream(json.dumps({"id": "a", "text": text, "published": "2032-01-01"}).encode(), "x.jsonl")
    assert [_dates(article)[0] for article in reading.articles] == ["2031-12-31", "2032-01-01"]


def test_a_sidecar_wins_over_the_page_which_is_kept() -> None:
    """Both are there for the reader."""
    article = _read(f"Ferry sinks\n\nMay 2, 2031\n\n{_BODY}\n", published="2031-05-03 04:05:06")
    assert _dates(article) == ("2031-05-03T04:05:06", "2031-05-03T04:05:06", "sidecar")
    assert article.published_on_page is not None
    assert article.published_on_page.first == "2031-05-02"


def test_an_address_gives_the_day_where_nothing_else_does() -> None:
    """Weaker than anything printed."""
    assert _dates(_read(_BODY, url="https://example.org/2031/05/02/ferry")) == ("2031-05-02", "2031-05-02", "url")


def test_front_matter_gives_date_title_and_address() -> None:
    """Its lines are no part of the report."""
    text = (
        "---\nID: 7\npost_title: 'Ferry sinks &#8211; The Hill'\nauthor: Staff Writer\npost_date: 2031-05-02 03:04:05\n"
        "original_link:\n  - >\n"
        f"    https://thehill.com/ferry\n---\n[ad_1]\n{_BODY}\n[ad_2]\nSource\n"
    )
    article = _read(text)
    assert article.title == "Ferry sinks"
    assert article.outlet == "The Hill"
    assert _dates(article) == ("2031-05-02T03:04:05", "2031-05-02T03:04:05", "text")
    assert [text[p.start : p.end] for p in article.passages] == [_BODY]


def test_an_undated_report_is_bounded_by_what_it_mentions_and_by_when_it_was_saved() -> None:
    """From the latest past date that it names, to the day of saving."""
    article = _read(f"Ferry sinks\n\n{_BODY} The vessel was launched in June 2029 and rebuilt in 2030.\n", fetched="2031-06-01")
    assert _dates(article) == ("2030-01-01", "2031-06-01", "inferred")
    assert article.published is not None
    assert article.published.words is not None
    assert article.published.words.text == "in 2030"


@pytest.mark.parametrize(
    "sentence",
    ["The owners will replace it by 2035.", "The election in 2036 worries them.", "They asked for ships like those of the 2034 fleet.", ""],
)
def test_a_date_ahead_bounds_nothing(sentence: str) -> None:
    """Better no bound than a false one."""
    assert _dates(_read(f"Ferry sinks\n\n{_BODY} {sentence}\n")) == (None, None, None)


_TWO = f"Ferry sinks off Aland\n\n{_BODY}\n\nSource link\n\nBees late in Pell\n\nOSLO, May 2, 2031 (AP) — Hives came late.\n\nSource link\n"


@pytest.mark.parametrize(
    ("noted", "bound"),
    [
        ({"published": "2031-05-09"}, "2031-05-09"),
        ({"fetched": "2031-06-01"}, "2031-06-01"),
        ({"published": "2031-05-09", "fetched": "2031-06-01"}, "2031-05-09"),
    ],
)
def test_of_several_reports_on_a_page_none_is_later_than_the_page(noted: dict[str, str], bound: str) -> None:
    """The sidecar's date bounds each from above; one with evidence of its own keeps that."""
    (reading,) = read_stream(json.dumps({"id": "a", "text": _TWO, "publisher": "Daily Heap", **noted}).encode(), "x.jsonl")
    assert [_dates(article) for article in reading.articles] == [(None, bound, "inferred"), ("2031-05-02", "2031-05-02", "dateline")]
    assert [article.outlet for article in reading.articles] == [None, "Associated Press"]


def test_a_mention_after_the_page_s_date_bounds_nothing() -> None:
    """The page cannot hold what came later, so the mention was ahead or wrong."""
    text = _TWO.replace("island.", "island. The owners said they had sold it in June 2031.")
    (reading,) = read_stream(json.dumps({"id": "a", "text": text, "published": "2031-05-09"}).encode(), "x.jsonl")
    assert _dates(reading.articles[0]) == (None, "2031-05-09", "inferred")


def test_the_date_of_a_page_s_markup_bounds_its_reports_and_tells_the_year_of_a_dateline() -> None:
    """As a sidecar's does."""
    front = "---\ntitle: Briefs\npublished: 2032-01-09\n---\n"
    text = f"{front}Ferry sinks\n\n{_BODY}\n\nSource link\n\nBees late\n\nOSLO, Dec. 30 (AP) — {_BODY}\n\nSource link\n"
    (reading,) = read_stream(json.dumps({"id": "a", "text": text}).encode(), "x.jsonl")
    assert [_dates(article) for article in reading.articles] == [
        (None, "2032-01-09", "inferred"),
        ("2031-12-30", "2031-12-30", "dateline"),
    ]


def test_the_day_in_an_address_bounds_nothing_on_a_page_of_several_reports() -> None:
    """A page that grows keeps the address of its first day."""
    (reading,) = read_stream(json.dumps({"id": "a", "text": _TWO, "url": "https://example.org/2031/05/02/all"}).encode(), "x.jsonl")
    assert _dates(reading.articles[0]) == (None, None, None)


def test_a_file_s_name_dates_a_report_that_nothing_else_dates() -> None:
    """The folder it lies in does not."""
    (reading,) = read_stream(f"Ferry sinks off Aland\n\n{_BODY}\n".encode(), "2030-01-01/2031-05-02-ferry.txt")
    assert _dates(reading.articles[0]) == ("2031-05-02", "2031-05-02", "file")
