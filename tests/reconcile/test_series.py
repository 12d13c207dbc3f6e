import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reportedly.model import Clocks, Event, Interval, Series, Settings, Span, StatementMember
from reportedly.reconcile import build_series


def plain(*values: object) -> tuple[object, ...]:
    """Values side by side, so that a decimal may be compared with a whole number."""
    return values


def standings(series: Series) -> dict[str, str]:
    return {f"{entry.principal}: {entry.words}": entry.standing for entry in series.entries}


def only(rows: list[Series]) -> Series:
    assert len(rows) == 1, [(row.measure, row.share, [entry.words for entry in row.entries]) for row in rows]
    return rows[0]


def test_more_than_ten_thousand_after_fifteen_thousand_is_a_restatement(newsroom: Any) -> None:
    """A floor that contains the standing value takes nothing back."""
    one = newsroom.report("one", published="2025-10-24")
    newsroom.claim(one, "Some 15,000 went", by="Army", said="2025-10-24", figures=[newsroom.figure("15,000", 15000, 15000)])
    two = newsroom.report("two", published="2025-10-29")
    floor = newsroom.figure("more than 10,000", 10000, None, qualifier="more_than")
    newsroom.claim(two, "They sent more than 10,000", by="Army", said="2025-10-28", figures=[floor])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Army: 15,000": "current", "Army: more than 10,000": "restatement"}
    assert plain(row.low, row.best, row.high, row.open_high) == (15000, 15000, 15000, False)


def test_a_newer_figure_replaces_the_older_up_or_down(newsroom: Any) -> None:
    """Of one principal's count the newest stands, the others are its history."""
    for day, number in (("2025-01-01", 40), ("2025-01-02", 52), ("2025-01-03", 47)):
        page = newsroom.report(day, published=day)
        newsroom.claim(page, f"It counts {number} dead", by="Ministry", said=day, figures=[newsroom.figure(str(number), number, number)])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Ministry: 40": "history", "Ministry: 52": "history", "Ministry: 47": "current"}
    assert row.best == 47


def test_an_undated_figure_replaces_no_dated_one(newsroom: Any) -> None:
    """A later page's 'has said' may be older than what is dated."""
    one = newsroom.report("one", published="2025-01-03")
    newsroom.claim(one, "It counts 52 dead", by="Ministry", said="2025-01-02", figures=[newsroom.figure("52", 52, 52)])
    two = newsroom.report("two", published="2025-01-09")
    undated = Interval(first=None, last="2025-01-09", basis="published")
    newsroom.claim(two, "It has counted 40 dead", by="Ministry", said=undated, figures=[newsroom.figure("40", 40, 40)])
    assert standings(only(build_series(newsroom.holdings(), Clocks(), "widest"))) == {"Ministry: 52": "current", "Ministry: 40": "history"}


def test_two_outlets_of_one_origin_make_one_entry(newsroom: Any) -> None:
    """Copies of one briefing count two outlets, one utterance, one principal."""
    for outlet in ("Post", "Herald"):
        page = newsroom.report(outlet, outlet=outlet, published="2025-01-03")
        killed = newsroom.figure("2,000", 2000, 2000, qualifier="about")
        newsroom.claim(page, "About 2,000 died", by="Agency", said="2025-01-02", figures=[killed], origin="o:1", utterance="u:1")
    newsroom.origin_principals["o:1"] = "Agency"
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [entry.outlets for entry in row.entries] == [("Herald", "Post")]
    assert (row.outlets, row.utterances, row.principals) == (2, 1, 1)


def test_a_composite_never_enters_one_of_its_halves(newsroom: Any) -> None:
    """4,000 killed or wounded is a series of its own."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(
        page, "It put 4,000 killed or wounded", by="Army", figures=[newsroom.figure("4,000", 4000, 4000, measure="killed_or_injured")]
    )
    newsroom.claim(page, "It put 900 dead", by="Army", figures=[newsroom.figure("900", 900, 900)])
    rows = build_series(newsroom.holdings(), Clocks(), "widest")
    assert {row.measure: [entry.words for entry in row.entries] for row in rows} == {"killed": ["900"], "killed_or_injured": ["4,000"]}


def test_additions_and_parts_stand_apart(newsroom: Any) -> None:
    """'3,000 more' and '2,000 of them' are no totals."""
    page = newsroom.report("page", published="2025-01-03")
    for words, share in (("10,000", "total"), ("3,000 more", "additional"), ("2,000 of them", "part")):
        number = int(words.split()[0].replace(",", ""))
        newsroom.claim(
            page, f"It names {words}", by="Army", figures=[newsroom.figure(words, number, number, measure="deployed", share=share)]
        )
    assert {row.share: row.high for row in build_series(newsroom.holdings(), Clocks(), "widest")} == {
        "total": 10000,
        "additional": 3000,
        "part": 2000,
    }


def test_a_joint_statement_enters_each_principals_count(newsroom: Any) -> None:
    """One sentence of two ministries is one utterance and two principals."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(
        page, "They see 500 dead", by=["Ministry A", "Ministry B"], said="2025-01-02", figures=[newsroom.figure("500", 500, 500)]
    )
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Ministry A: 500": "current", "Ministry B: 500": "current"}
    assert plain(row.principals, row.utterances, row.best) == (2, 1, 500)


def test_a_headline_yields_to_its_body(newsroom: Any) -> None:
    """'10K' over 'more than 10,000' is no entry."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "10K troops abroad", part="headline", figures=[newsroom.figure("10K", 10000, 10000, measure="deployed")])
    floor = newsroom.figure("more than 10,000", 10000, None, measure="deployed", qualifier="more_than")
    newsroom.claim(page, "It sent more than 10,000", by="Army", figures=[floor])
    assert [entry.words for entry in only(build_series(newsroom.holdings(), Clocks(), "widest")).entries] == ["more than 10,000"]


def test_own_voice_that_repeats_a_figure_belongs_to_its_origin(newsroom: Any) -> None:
    """Narration of a known origin has the origin's principal; other narration has none and is nought principals."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-01-02", figures=[newsroom.figure("52", 52, 52)], origin="o:1")
    newsroom.claim(page, "The storm, which killed 52 people", figures=[newsroom.figure("52", 52, 52)], origin="o:1")
    newsroom.claim(page, "Neighbours spoke of 60 dead", figures=[newsroom.figure("60", 60, 60)])
    newsroom.origin_principals["o:1"] = "Ministry"
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.words, entry.principal, len(entry.claims)) for entry in row.entries] == [("52", "Ministry", 2), ("60", None, 1)]
    assert row.principals == 1


def test_a_comparison_stands_apart_from_the_storys_own_event(newsroom: Any) -> None:
    """'Deadlier than the storm of 2010, which killed 900' is another series."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "It counts 52 dead", by="Ministry", figures=[newsroom.figure("52", 52, 52)])
    old = newsroom.claim(page, "The storm of 2010 killed 900", figures=[newsroom.figure("900", 900, 900)])
    event = Event(id="e:1", story="s:1", parent=None, label="storm of 2010", place=None, happened=None, background=True, claims=(old,))
    newsroom.more = {"events": (event,), "event_of": {old: "e:1"}}
    rows = build_series(newsroom.holdings(), Clocks(), "widest")
    assert sorted([entry.words for entry in row.entries] for row in rows) == [["52"], ["900"]]


def test_an_open_population_joins_the_only_series_with_its_number(newsroom: Any) -> None:
    """'2,000' without a population joins the Northern soldiers' 2,000; a country's toll does not join two foreigners."""
    page = newsroom.report("page", published="2025-01-03")
    north = newsroom.figure("2,000", 2000, 2000, counted="soldiers", population="North Korea")
    newsroom.claim(page, "2,000 soldiers died", by="Agency", figures=[north])
    newsroom.claim(page, "The 2,000 soldiers who died", by="Office", figures=[newsroom.figure("2,000", 2000, 2000, counted="soldiers")])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert (row.population, len(row.entries)) == ("North Korea", 2)
    newsroom.claim(page, "646 people died", by="President", figures=[newsroom.figure("646", 646, 646)])
    newsroom.claim(
        page, "Two Canadians died", by="Embassy", figures=[newsroom.figure("Two", 2, 2, population="Canada", counted="Canadians")]
    )
    rows = build_series(newsroom.holdings(), Clocks(), "widest")
    assert {(row.counted, row.population): row.high for row in rows} == {
        ("soldiers", "North Korea"): 2000,
        ("people", None): 646,
        ("people", "Canada"): 2,
    }


def test_cases_of_another_status_and_planned_figures_stay_out(newsroom: Any) -> None:
    """Confirmed and suspected cases are two series; what is planned is none."""
    page = newsroom.report("page", published="2025-01-03")
    for status, number in (("confirmed", 20), ("suspected", 300)):
        case = newsroom.figure(str(number), number, number, measure="infected", status=status)
        newsroom.claim(page, f"It lists {number} cases", by="Clinic", figures=[case])
    planned = newsroom.figure("5,000", 5000, 5000, measure="infected", reality="expected")
    newsroom.claim(page, "It expects 5,000 cases", by="Clinic", figures=[planned])
    assert {row.status: row.high for row in build_series(newsroom.holdings(), Clocks(), "widest")} == {"confirmed": 20, "suspected": 300}


def test_an_older_figure_of_somebody_else_stands_outside_the_bounds(newsroom: Any) -> None:
    """Bounds rest on those who reach the newest day; the other is shown with its date."""
    for by, day, number in (("Hospital", "2025-01-01", 30), ("Ministry", "2025-01-05", 52)):
        page = newsroom.report(by, published=day)
        newsroom.claim(page, f"It counts {number} dead", by=by, said=day, figures=[newsroom.figure(str(number), number, number)])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert plain(row.low, row.best, row.high) == (52, 52, 52)
    assert row.entries[0].note == "last own figure (2025-01-01)"


def test_two_who_disagree_leave_best_empty_until_a_person_ranks_them(newsroom: Any) -> None:
    """Low and high show both; the ranking of the settings names one."""
    for by, number in (("Hospital", 60), ("Ministry", 52)):
        page = newsroom.report(by, published="2025-01-05")
        newsroom.claim(page, f"It counts {number} dead", by=by, said="2025-01-05", figures=[newsroom.figure(str(number), number, number)])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert plain(row.low, row.best, row.high) == (52, None, 60)
    newsroom.settings = Settings(ranking={"story": ["Hospital"]})
    ranked = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert ranked.best == 60
    assert "Hospital" in ranked.why


def test_those_who_agree_after_rounding_give_the_finest_number(newsroom: Any) -> None:
    """11,960, about 12,000 and more than 10,000 do not contradict one another."""
    values = (
        ("A", "11,960", 11960, 11960, "exact"),
        ("B", "12,000", 12000, 12000, "about"),
        ("C", "over 10,000", 10000, None, "more_than"),
    )
    for by, words, low, high, qualifier in values:
        page = newsroom.report(by, published="2025-01-05")
        newsroom.claim(
            page, f"It counts {words}", by=by, said="2025-01-05", figures=[newsroom.figure(words, low, high, qualifier=qualifier)]
        )
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert plain(row.low, row.best, row.high, row.open_high) == (10000, 11960, 12000, True)


def test_a_clock_marks_what_only_a_later_report_brought(newsroom: Any) -> None:
    """Words of June that a page of September printed are seen in July, with the page's name."""
    page = newsroom.report("september.txt", published="2025-09-01")
    newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-06-01", figures=[newsroom.figure("52", 52, 52)])
    early = only(build_series(newsroom.holdings(), Clocks(as_of=dt.date(2025, 7, 1)), "widest"))
    late = only(build_series(newsroom.holdings(), Clocks(as_of=dt.date(2025, 9, 1)), "widest"))
    assert (early.entries[0].known_from, late.entries[0].known_from) == ("september.txt", None)


def test_a_correction_note_withdraws_the_number_its_page_no_longer_prints(newsroom: Any) -> None:
    """'An earlier version gave 15; it is 14' takes 15 back."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "The storm killed 14 people", by="Police", said="2025-01-02", figures=[newsroom.figure("14", 14, 14)])
    note = "Correction: an earlier version gave 15 dead"
    start = len(newsroom.texts[page])
    newsroom.claim(page, note, by="Police", said="2025-01-02", figures=[newsroom.figure("15 dead", 15, 15)])
    noted = (Span(start=start, end=start + len(note), text=note),)
    newsroom.articles[page, 0] = replace(newsroom.articles[page, 0], corrections=noted)
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Police: 14": "current", "Police: 15 dead": "withdrawn"}
    assert row.high == 14


def test_a_denied_figure_is_a_dispute_and_no_entry(newsroom: Any) -> None:
    """'Denied that 500 had died' stands beside the 500, not among them."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "500 died", by="Rebels", said="2025-01-02", figures=[newsroom.figure("500", 500, 500)])
    denial = newsroom.claim(page, "500 had died", by="Army", said="2025-01-03", stance="denies", figures=[newsroom.figure("500", 500, 500)])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [entry.principal for entry in row.entries] == ["Rebels"]
    assert [(dispute.actor, dispute.what, dispute.how, dispute.claim) for dispute in row.disputes] == [("Army", "figure", "denies", denial)]


def test_a_position_on_the_number_alone_disputes_the_series(newsroom: Any) -> None:
    """A statement's member that contradicts its figure is listed with the series."""
    page = newsroom.report("page", published="2025-01-03")
    claim = newsroom.claim(page, "500 died", by="Rebels", said="2025-01-02", figures=[newsroom.figure("500", 500, 500)])
    other = newsroom.claim(page, "The number is inflated", by="Army", said="2025-01-03", stance="denies")
    member = StatementMember(claim=other, position="denies", aspect="figure", how="denies", concerns_figure=True)
    newsroom.statement("500 died", {claim: "supports", other: member})
    assert [dispute.actor for dispute in only(build_series(newsroom.holdings(), Clocks(), "widest")).disputes] == ["Army"]


def test_vague_words_are_shown_and_bound_nothing(newsroom: Any) -> None:
    """'Dozens' is an entry; low and high stay the number's."""
    page = newsroom.report("page", published="2025-01-03")
    newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-01-02", figures=[newsroom.figure("52", 52, 52)])
    newsroom.claim(page, "Dozens died", by="Priest", said="2025-01-03", figures=[newsroom.figure("Dozens", None, None, qualifier="vague")])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert (len(row.entries), row.low, row.high, row.open_high) == (2, Decimal(52), Decimal(52), False)


def test_a_word_that_says_two_or_more_bounds_what_no_number_does(newsroom: Any) -> None:
    """'Multiple' is at least two, where it stands alone; beside a number it bounds nothing."""
    page = newsroom.report("page", published="2025-01-03")
    vague = newsroom.figure("Multiple people", None, None, qualifier="vague")
    newsroom.claim(page, "Multiple people died", by="Priest", said="2025-01-03", figures=[vague])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert (row.low, row.best, row.high, row.open_high, row.entries[0].low) == (Decimal(2), None, Decimal(2), True, Decimal(2))
    newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-01-02", figures=[newsroom.figure("52", 52, 52)])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert (row.low, row.high, row.open_high) == (Decimal(52), Decimal(52), False)


def test_a_restatement_goes_back_to_the_origin_it_restates(newsroom: Any) -> None:
    """'More than 10,000' after the same ministry's 15,000 is no assessment of its own."""
    for day, words, low, high in (("2025-01-01", "15,000", 15000, 15000), ("2025-06-01", "more than 10,000", 10000, None)):
        page = newsroom.report(day, published=day)
        newsroom.claim(page, f"It counts {words}", by="Ministry", said=day, figures=[newsroom.figure(words, low, high)], origin=f"o:{day}")
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.standing, entry.origin) for entry in row.entries] == [("current", "o:2025-01-01"), ("restatement", "o:2025-01-01")]


def test_own_voice_that_repeats_a_joint_figure_is_each_principals(newsroom: Any) -> None:
    """Narration of what two ministries said together enters both counts and adds no principal."""
    page = newsroom.report("page", published="2025-01-03")
    five = newsroom.figure("500", 500, 500)
    newsroom.claim(page, "They see 500 dead", by=["Ministry A", "Ministry B"], said="2025-01-02", figures=[five], origin="o:1")
    newsroom.claim(page, "The fire killed 500", figures=[five], origin="o:1")
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert [(entry.principal, len(entry.claims)) for entry in row.entries] == [("Ministry A", 2), ("Ministry B", 2)]
    assert len({entry.origin for entry in row.entries}) == 2


def test_counts_of_another_period_are_another_series(newsroom: Any) -> None:
    """17 on Monday and 20 on Tuesday, each of 24 hours, replace nothing of one another."""
    page = newsroom.report("page", published="2025-01-09")
    for first, last, number in (("2025-01-06", "2025-01-07", 17), ("2025-01-07", "2025-01-08", 20)):
        day = newsroom.figure(str(number), number, number, share="period", window=Interval(first=first, last=last))
        newsroom.claim(page, f"It treated {number}", by="Clinic", said=last, figures=[day])
    rows = build_series(newsroom.holdings(), Clocks(), "widest")
    assert plain(*sorted((row.best, len(row.entries)) for row in rows if row.best)) == ((17, 1), (20, 1))


def test_a_longer_cumulative_window_is_a_later_count(newsroom: Any) -> None:
    """'Since May' told in June and in July are one running count, cut off where the window ends."""
    for day, end, number in (("2025-06-10", "2025-05-31", 40), ("2025-07-10", "2025-06-30", 55)):
        page = newsroom.report(day, published=day)
        window = Interval(first="2025-05-01", last=end)
        count = newsroom.figure(str(number), number, number, window=window, basis="cumulative")
        newsroom.claim(page, f"It treated {number}", by="Clinic", said=day, figures=[count])
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Clinic: 40": "history", "Clinic: 55": "current"}
    assert [entry.cut_off.last for entry in row.entries if entry.cut_off] == ["2025-05-31", "2025-06-30"]


def test_own_voice_of_a_replaced_page_gives_way(newsroom: Any) -> None:
    """A later version of the outlet's page supersedes what its own voice said before."""
    for day, number in (("2025-01-01", 10), ("2025-01-02", 12)):
        page = newsroom.report(day, published=day)
        newsroom.claim(page, f"The fire killed {number}", figures=[newsroom.figure(str(number), number, number)])
    newsroom.more = {"superseded": {"c:2025-01-01-0": ("2025-01-02", 0)}}
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"None: 10": "history", "None: 12": "current"}
    early = only(build_series(newsroom.holdings(), Clocks(as_of=dt.date(2025, 1, 1)), "widest"))
    assert standings(early) == {"None: 10": "current"}


def test_words_of_one_day_are_ordered_by_the_hour_of_publication(newsroom: Any) -> None:
    """Of two counts of one day the later published stands; without hours both do, for their order is unknown."""
    for name, hour, number in (("early", "T09:00:00+00:00", 40), ("late", "T18:00:00+00:00", 52)):
        moment = f"2025-01-03{hour}"
        page = newsroom.report(name, published=Interval(first=moment, last=moment))
        newsroom.claim(
            page, f"It counts {number}", by="Ministry", said="2025-01-03", figures=[newsroom.figure(str(number), number, number)]
        )
    assert standings(only(build_series(newsroom.holdings(), Clocks(), "widest"))) == {"Ministry: 40": "history", "Ministry: 52": "current"}
    for name in ("early", "late"):
        newsroom.articles[name, 0] = replace(newsroom.articles[name, 0], published=Interval(first="2025-01-03", last="2025-01-03"))
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Ministry: 40": "current", "Ministry: 52": "current"}
    assert plain(row.low, row.best, row.high) == (40, None, 52)


@pytest.mark.parametrize("basis", ["during", "moment"])
def test_a_stretch_that_only_dates_the_event_limits_no_count(newsroom: Any, basis: str) -> None:
    """'Last week's quake killed 646', and the toll of last week's quake, count up to the day of speaking and continue 587."""
    quake = Event(
        id="e:1",
        story="s:1",
        parent=None,
        label="quake",
        place=None,
        happened=Interval(first="2016-04-16", last="2016-04-16"),
        background=False,
        claims=(),
    )
    one = newsroom.report("one", published="2016-04-21")
    two = newsroom.report("two", published="2016-04-23")
    week = Interval(first="2016-04-11", last="2016-04-17")
    newer = newsroom.figure("646", 646, 646, window=week, basis=basis)
    claims = [
        newsroom.claim(one, "It has 587 dead", by="Ministry", said="2016-04-21", figures=[newsroom.figure("587", 587, 587)]),
        newsroom.claim(two, "Last week's quake killed 646", by="Ministry", said="2016-04-23", figures=[newer]),
    ]
    newsroom.more = {"events": (replace(quake, claims=tuple(claims)),), "event_of": dict.fromkeys(claims, "e:1")}
    row = only(build_series(newsroom.holdings(), Clocks(), "widest"))
    assert standings(row) == {"Ministry: 587": "history", "Ministry: 646": "current"}


def test_counts_of_two_months_are_two(newsroom: Any) -> None:
    """May's injured and June's are no one count that fell."""
    two = newsroom.report("two", published="2016-07-23")
    for month, number in (("05", 100), ("06", 80)):
        stretch = Interval(first=f"2016-{month}-01", last=f"2016-{month}-28")
        died = newsroom.figure(str(number), number, number, window=stretch, basis="during", measure="injured", verb="injure")
        newsroom.claim(two, f"It counts {number}", by="Clinic", figures=[died])
    rows = build_series(newsroom.holdings(), Clocks(), "widest")
    assert plain(*sorted(row.high for row in rows if row.measure == "injured" and row.high)) == (80, 100)
