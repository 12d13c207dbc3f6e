import datetime as dt
from dataclasses import replace
from typing import Any

from reportedly.model import Act, Clocks, Event, Interval, Series, Span
from reportedly.reconcile import build_series


def plain(*values: object) -> tuple[object, ...]:
    """Values side by side, so that a decimal may be compared with a whole number."""
    return values


def only(rows: list[Series]) -> Series:
    assert len(rows) == 1, [(row.measure, row.share, [entry.words for entry in row.entries]) for row in rows]
    return rows[0]


Counted = tuple[str, str, int | None, int | None, dict[str, Any], dict[str, Any]]


def counts(newsroom: Any, *told: Counted) -> list[Series]:
    """The series of sentences (day, by, low, high, figure's fields, claim's fields), each in a report of its day."""
    for place, (day, by, low, high, fields, more) in enumerate(told):
        page = newsroom.report(f"page-{place}", outlet=f"Outlet {place}", published=day)
        words = f"{low or 'up to'} {high or 'or more'} dead"
        figure = newsroom.figure(words, low, high, **fields)
        newsroom.claim(page, f"There are {words} there", by=by or None, said=day, figures=[figure], **more)
    return build_series(newsroom.holdings(), Clocks(), "widest")


def test_a_toll_without_a_noun_counts_people(newsroom: Any) -> None:
    """ "27" after "19 people" is the next entry of one count, not a count of its own."""
    nineteen: Any = ("2024-11-13", "Police", 19, 19, {}, {})
    toll: Any = ("2024-11-15", "Police", 27, 27, {"counted": None}, {})
    row = only(counts(newsroom, nineteen, toll))
    assert [entry.standing for entry in row.entries] == ["history", "current"]


def test_the_day_beside_a_noun_of_number_limits_no_count(newsroom: Any) -> None:
    """ "Rose to 27 on Friday" dates the word; it takes a verb to say that so many were killed that day."""
    friday = {"window": Interval(first="2024-11-15", last="2024-11-15"), "basis": "during"}
    told: Any = ("2024-11-13", "Police", 19, 19, {}, {}), ("2024-11-15", "Police", 27, 27, friday, {})
    assert len(only(counts(newsroom, *told)).entries) == 2


def test_the_place_of_the_event_parts_no_total(newsroom: Any) -> None:
    """The dead "in the fjord" where the ferry sank are the dead; those of another place are a part."""
    told: Any = (
        ("2024-11-13", "Police", 19, 19, {}, {}),
        ("2024-11-15", "Police", 27, 27, {}, {"place": "Vestfjord"}),
        ("2024-11-15", "Police", 3, 3, {}, {"place": "Tromso"}),
    )
    event = Event(
        id="e:1",
        story="s:1",
        parent=None,
        label="",
        place="Vestfjord",
        happened=None,
        background=False,
        claims=("c:page-0-0", "c:page-1-0"),
    )
    newsroom.more = {"events": (event,), "event_of": {f"c:page-{n}-0": "e:1" for n in range(3)}}
    rows = counts(newsroom, *told)
    assert sorted([entry.words.split()[0] for entry in row.entries] for row in rows) == [["19", "27"], ["3"]]


def test_a_toll_never_falls_by_half(newsroom: Any) -> None:
    """After 290 dead a reporter's one friend, and a yearly quarter of a million, are other counts; a principal may correct itself."""
    told: Any = (
        ("2016-07-16", "Ministry", 161, 161, {}, {}),
        ("2016-07-17", "Ministry", 290, 290, {}, {}),
        ("2016-07-18", "", 1, 1, {}, {}),
        ("2016-07-18", "", 250_000, 500_000, {}, {}),
        ("2016-07-19", "Ministry", 101, 101, {}, {}),
    )
    rows = counts(newsroom, *told)
    assert sorted([entry.words.split()[0] for entry in row.entries] for row in rows) == [["1"], ["161", "290", "101"], ["250000"]]


def test_figures_of_no_measure_join_by_noun_and_verb(newsroom: Any) -> None:
    """The people aboard are not the people freed, though both are people; how long it took is no count."""
    aboard, freed = {"measure": "other", "verb": "be"}, {"measure": "other", "verb": "free"}
    told: Any = (
        ("2024-11-12", "Police", 130, 130, aboard, {}),
        ("2024-11-19", "Owner", 161, 161, aboard, {}),
        ("2024-11-19", "Police", 3, 3, freed, {}),
        ("2024-11-19", "Owner", 6, 6, {"measure": "other", "unit": "d", "counted": None}, {}),
    )
    rows = counts(newsroom, *told)
    assert sorted([entry.words.split()[0] for entry in row.entries] for row in rows) == [["130", "161"], ["3"]]


def test_a_figure_that_its_source_withdraws_is_withdrawn(newsroom: Any) -> None:
    """ "The hospital withdrew its figure of 52" takes back its 52 said before, not the 52 of others, nor one said again later."""
    told: Any = [("2024-11-13", by, 52, 52, {"measure": "injured"}, {}) for by in ("Hospital", "Police")]
    counts(newsroom, *told)
    page = newsroom.report("late", outlet="Times", published="2024-11-14")
    words = "Hospital withdrew its figure of 52 injured"
    act = Act(span=Span(start=9, end=17, text="withdrew"), act="withdraw", agent="Hospital", counted="figure")
    newsroom.principals["Hospital"] = "Hospital"
    newsroom.claim(page, words, figures=[newsroom.figure("52 injured", 52, 52, measure="injured")], acts=(act,), said="2024-11-14")
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.principal, entry.standing) for entry in row.entries] == [("Hospital", "withdrawn"), ("Police", "current")]
    assert (row.entries[0].note or "").startswith("taken back by its source (c:late-0")
    assert row.entries[1].note is None
    before = only(build_series(newsroom.holdings(), Clocks(as_of=dt.date(2024, 11, 13)), "widest"))
    assert {entry.standing for entry in before.entries} == {"current"}
    counts(
        newsroom,
        *[("2024-11-13", by, 52, 52, {"measure": "injured"}, {}) for by in ("Hospital", "Police")],
        ("2024-11-16", "Hospital", 52, 52, {"measure": "injured"}, {}),
    )
    again = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert any(entry.standing != "withdrawn" for entry in again.entries if entry.principal == "Hospital")


def test_who_only_rounds_a_figure_lets_it_stand(newsroom: Any) -> None:
    """A day after the police's 26 a spokesman's "more than 25" leaves 26 the best."""
    told: Any = ("2024-11-18", "Police", 26, 26, {}, {}), ("2024-11-19", "Ministry", 25, None, {"qualifier": "more_than"}, {})
    row = only(counts(newsroom, *told))
    assert plain(row.low, row.best, row.high, row.open_high) == (25, 26, 26, True)
    assert all(entry.note is None for entry in row.entries)


def test_a_restatement_with_an_older_figure_of_its_own_keeps_its_origin(newsroom: Any) -> None:
    """ "More than 10,000" repeats the autumn's count though 15,000 has been said since."""
    for day, words, low, high, origin in (
        ("2025-04-28", "10,000 to 12,000", 10_000, 12_000, "o:autumn"),
        ("2025-10-24", "15,000", 15_000, 15_000, "o:new"),
        ("2025-10-29", "more than 10,000", 10_000, None, "o:autumn"),
    ):
        page = newsroom.report(day, published=day)
        newsroom.claim(page, f"They sent {words}", by="Army", said=day, figures=[newsroom.figure(words, low, high)], origin=origin)
    newsroom.origin_principals = {"o:autumn": "Army", "o:new": "Army"}
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.standing, entry.origin) for entry in row.entries] == [
        ("history", "o:autumn"), ("current", "o:new"), ("restatement", "o:autumn"),
    ]  # fmt: skip


def test_two_pages_without_an_outlet_are_two(newsroom: Any) -> None:
    """They are named by their files, never by a path, and counted apart though the files bear one name."""
    for folder in ("monday", "tuesday"):
        page = newsroom.report(f"/saved/{folder}/01.txt", published="2025-03-02")
        newsroom.articles[page, 0] = replace(newsroom.articles[page, 0], outlet=None)
        newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-03-02", figures=[newsroom.figure("52", 52, 52)], origin="o:1")
    newsroom.origin_principals = {"o:1": "Ministry"}
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert row.outlets == 2
    assert [entry.outlets for entry in row.entries] == [("unnamed outlet (01.txt)",)]


def test_each_principal_of_a_joint_figure_is_listed_as_printed(newsroom: Any) -> None:
    """Entries of one sentence come in its order, each with the origin of its own principal's assessments."""
    page = newsroom.report("page", published="2025-03-02")
    joint = newsroom.claim(page, "It counts 900", by=["West", "East"], said="2025-03-01", figures=[newsroom.figure("900", 900, 900)])
    newsroom.more = {"origin_of": {f"{joint}#0@West": "o:west", f"{joint}#0@East": "o:east"}}
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.principal, entry.origin) for entry in row.entries] == [("West", "o:west"), ("East", "o:east")]
