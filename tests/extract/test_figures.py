"""Figures with measure, share and population, from parsed passages."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Figure, Interval, Passage


def article_of(text: str) -> Article:
    published = Interval(first="2025-10-24", last="2025-10-24")
    return Article(document="page", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), published=published)


def figures(text: str) -> list[Figure]:
    found = [figure for paragraph in find_figures(parse(text, article_of(text))) for figure in paragraph]
    assert all(text[f.span.start : f.span.end] == f.span.text for f in found)
    return found


def brief(text: str) -> list[tuple[str, str]]:
    return [(f.span.text, f.measure) for f in figures(text) if f.unit is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed at least 47 people.", [("at least 47 people", "killed")]),
        ("Nine miners were killed in the pit.", [("Nine miners", "killed")]),
        ("The flood left 31 people dead and 212 injured.", [("31 people", "killed"), ("212", "injured")]),
        ("Twelve villagers died and 40 are missing.", [("Twelve villagers", "killed"), ("40", "missing")]),
        ("The death toll climbed to 19 on Sunday.", [("19", "killed")]),
        ("Officials reported 14 fatalities.", [("14 fatalities", "killed")]),
        ("Some 2,000 people lost their lives.", [("Some 2,000 people", "killed")]),
        ("The fire claimed six lives.", [("six lives", "killed")]),
        ("Crews recovered eight bodies from the mud.", [("eight bodies", "recovered")]),
        ("More than 2,300 people died or went missing at sea.", [("more than 2,300 people".capitalize(), "killed_or_missing")]),
        ("The number of the dead or missing would reach 1,000.", [("1,000", "killed_or_missing")]),
        ("The number of people rescued rose to 6,000.", [("6,000", "rescued")]),
        ("They put the number of those missing at 40 to 50.", [("40 to 50", "missing")]),
        ("They put the number of voters at 600.", [("600", "other")]),
        ("The battery had shot down 11 of 13 drones.", [("11", "destroyed"), ("13 drones", "other")]),
        ("Gunmen shot down two officers.", [("two officers", "killed")]),
        ("Norland lost more than 1,105 troops.", [("more than 1,105 troops", "losses")]),
        ("Norland lost two matches.", [("two matches", "other")]),
        ("Our jets eliminated over 40 terrorists.", [("over 40 terrorists", "killed")]),
        ("The board eliminated 40 rules.", [("40 rules", "other")]),
        ("The rebels released 17 hostages.", [("17 hostages", "rescued")]),
        ("Police released two suspects.", [("two suspects", "other")]),
        ("Some 1,200 people took part in the march.", [("Some 1,200 people", "attended")]),
        (
            "112 roads, 14 bridges and three embankments have been damaged.",
            [("112 roads", "damaged"), ("14 bridges", "damaged"), ("three embankments", "damaged")],
        ),
        ("The truce grows by a day for every 10 hostages freed.", [("10 hostages", "other")]),
        ("The Group of Seven met.", []),
        ("The army suffered 300 casualties.", [("300 casualties", "casualties")]),
        ("The state sent 3,000 troops abroad.", [("3,000 troops", "deployed")]),
        ("Some 900 police officers were dispatched to the port.", [("Some 900 police officers", "deployed")]),
        ("The army withdrew 500 soldiers from the hills.", [("500 soldiers", "withdrawn")]),
        ("Police arrested 62 protesters.", [("62 protesters", "detained")]),
        ("About 4,000 residents were evacuated.", [("About 4,000 residents", "evacuated")]),
        ("More than 800 people are living in shelters.", [("More than 800 people", "sheltered")]),
        ("The navy fired two missiles.", [("two missiles", "launched")]),
        ("The ministry confirmed 26 cases of the flu.", [("26 cases", "infected")]),
        ("The council met with 12 mayors.", [("12 mayors", "other")]),
    ],
)
def test_measure_follows_verb_noun_and_construction(text: str, expected: list[tuple[str, str]]) -> None:
    """Active, passive, small clauses, gauges, phrases and nouns that count themselves."""
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("More than 3,000 soldiers were killed or wounded.", "killed_or_injured"),
        ("The shelling killed and wounded 40 people.", "killed_or_injured"),
        ("The storm destroyed or damaged 1,200 homes.", "destroyed_or_damaged"),
        ("It left 15 people dead or missing.", "killed_or_missing"),
    ],
)
def test_a_composite_is_its_own_measure(text: str, measure: str) -> None:
    """One number for two effects never becomes one of them."""
    assert [m for _, m in brief(text)] == [measure]


def test_two_verbs_with_two_objects_are_two_totals() -> None:
    """`killed 272 ... and injured thousands more`: nothing is added and nothing is composite."""
    first, second = figures("The raid killed 272 people and injured thousands more.")
    assert (first.measure, first.share, second.measure, second.share) == ("killed", "total", "injured", "total")
    assert (second.qualifier, second.low, second.high) == ("vague", None, None)


def test_more_of_the_same_is_an_addition() -> None:
    """`1,000 more troops` adds to the figure before it."""
    first, second = figures("Norland sent 5,000 troops in May and then sent 1,000 more troops.")
    assert (first.share, second.share, second.of) == ("total", "additional", 0)


def test_more_of_other_things_is_an_addition() -> None:
    """`six more bodies` adds to the bodies, whatever the toll beside it."""
    assert [(f.measure, f.share) for f in figures("The death toll rose to 27 after divers found six more bodies.")] == [
        ("killed", "total"),
        ("recovered", "additional"),
    ]


def test_rising_by_some_gives_two_figures() -> None:
    """`rose by one, to 16`: an addition and a total."""
    first, second = figures("The death toll rose by one, to 16.")
    assert (first.low, first.share, first.measure) == (Decimal(1), "additional", "killed")
    assert (second.low, second.share, second.measure) == (Decimal(16), "total", "killed")


def test_the_share_looks_at_the_measure_and_not_at_the_grammar() -> None:
    """`2,000 of the troops were killed` is the total of the killed; `of whom` makes a part."""
    deployed, killed = figures("Norland sent 9,000 troops. About 2,000 of the troops were killed.")
    assert (deployed.measure, killed.measure, killed.share) == ("deployed", "killed", "total")
    whole, part = figures("The blast killed 40 people, of whom 12 were children.")
    assert (whole.share, part.share, part.of, part.measure) == ("total", "part", 0, "killed")


def test_a_partitive_beside_a_larger_figure_is_a_part() -> None:
    """A few of the troops at the front are a part of those that were sent."""
    part, whole = figures("A couple thousand of the troops were already deployed near the front. Norland has sent over 10,000 troops.")
    assert (part.low, part.measure, part.share) == (Decimal(2000), "deployed", "part")
    assert (whole.measure, whole.share) == ("deployed", "total")


def test_a_rolling_window_makes_a_period() -> None:
    """`in the last 24 hours` counts no total."""
    figure = figures("Shelling killed 17 people in the last 24 hours.")[0]
    assert (figure.share, figure.basis) == ("period", "during")
    assert figure.window is not None
    assert figure.window.last == "2025-10-24"


def test_since_gives_a_cumulative_window() -> None:
    """`since 2024` opens the window at its end."""
    figure = figures("Norland has sent 15,000 troops since 2024.")[0]
    assert (figure.basis, figure.window and figure.window.first, figure.window and figure.window.last) == ("cumulative", "2024-01-01", None)


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("France sent 300 soldiers.", "actual"),
        ("France will send 300 soldiers.", "planned"),
        ("France plans to send 300 soldiers.", "planned"),
        ("France did not send 300 soldiers.", "denied"),
        ("The flood could kill 300 people.", "expected"),
        ("The gang tried to kidnap 30 people.", "attempted"),
        ("France sent no more than 300 soldiers.", "actual"),
    ],
)
def test_only_what_happened_is_actual(text: str, reality: str) -> None:
    """Plans, attempts, expectations and denials are marked; a bound's own `no` denies nothing."""
    assert figures(text)[0].reality == reality


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("There are 26 confirmed cases of flu.", "confirmed"),
        ("There are 159 suspected cases of flu.", "suspected"),
        ("There are 9 probable cases of flu.", "probable"),
    ],
)
def test_status_of_cases(text: str, status: str) -> None:
    """Confirmed, probable and suspected are told apart."""
    assert (figures(text)[0].measure, figures(text)[0].status) == ("infected", status)


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("Around 4,000 North Korean soldiers were killed.", "North Korea"),
        ("Two Ukrainian civilians were wounded.", "Ukraine"),
        ("France sent 300 soldiers to the border.", "France"),
        ("Some 300 soldiers were killed.", None),
    ],
)
def test_population_is_whose_people_are_counted(text: str, population: str | None) -> None:
    """A state in the phrase, else the one that sends; None where nothing says."""
    assert figures(text)[0].population == population


def test_nobody_is_nought_and_silence_is_not() -> None:
    """`no one was killed` counts nought; `no deaths were reported` counts nothing."""
    assert [(f.span.text, f.low, f.high, f.measure) for f in figures("No one was killed.")] == [
        ("No one", Decimal(0), Decimal(0), "killed")
    ]
    assert figures("No deaths were reported.") == []


def test_a_single_person_counts_one_where_the_verb_counts_people() -> None:
    """`a woman was killed` is one; a woman who merely speaks is none, nor is one who might have died."""
    assert [(f.low, f.measure) for f in figures("A woman was killed by the blast.")] == [(Decimal(1), "killed")]
    assert figures("A woman spoke to the mayor.") == []
    assert figures("Police could not say if the man had died.") == []


def test_shot_is_wounded_only_where_nobody_died() -> None:
    """Hit by a bullet is a composite until the article tells of no death at all."""
    assert brief("Three men were shot at a bar.") == [("Three men", "injured")]
    assert brief("Three men were shot at a bar. A guard died.")[0] == ("Three men", "killed_or_injured")
    assert brief("Three men were shot dead at a bar.") == [("Three men", "killed")]


def test_percentages_ages_and_durations_are_of_measure_other() -> None:
    """They are figures, with a unit, and never counts of the killed."""
    found = figures("Two thirds of the 65-year-old houses stood for 12 years; 40% of them were destroyed.")
    assert {f.measure for f in found} == {"other"}
    assert [f.unit for f in found] == ["1", "a", "a", "%"]


def test_a_phrase_holds_qualifier_and_noun() -> None:
    """The span is what a reader would mark."""
    texts = [
        f.span.text for f in figures("Some 15,000 troops left, and around 2,000 of the dispatched soldiers stayed with 3,000 more men.")
    ]
    assert texts == ["Some 15,000 troops", "around 2,000 of the dispatched soldiers", "3,000 more men"]


def test_figures_stand_in_the_document_and_not_in_the_paragraph() -> None:
    """Offsets count from the document's start, a list a passage."""
    text = "First line.\r\n\r\nThe blast 💥 killed 12 people.\nThree men fled."
    paragraphs = find_figures(parse(text, article_of(text)))
    assert [[f.span.text for f in paragraph] for paragraph in paragraphs] == [[], ["12 people"], ["Three men"]]
    assert all(text[f.span.start : f.span.end] == f.span.text for paragraph in paragraphs for f in paragraph)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 10**6),
    st.sampled_from([("at least", "at_least"), ("nearly", "nearly"), ("up to", "up_to"), ("about", "about"), ("fewer than", "fewer_than")]),
    st.sampled_from([("killed", "killed"), ("wounded", "injured"), ("arrested", "detained"), ("killed or wounded", "killed_or_injured")]),
)
def test_a_written_figure_is_read_back(number: int, bound: tuple[str, str], verb: tuple[str, str]) -> None:
    """Any number under any bound and verb keeps number, bound and measure."""
    words, qualifier = bound
    figure = figures(f"On the coast, {words} {number:,} people were {verb[0]}.")[0]
    assert (figure.qualifier, figure.measure) == (qualifier, verb[1])
    assert Decimal(number) in {figure.low, figure.high}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dead included 7 Danes and 3 Swedes.", [("killed", "people", "Denmark", "total"), ("killed", "people", "Sweden", "total")]),
        ("Six Danes were among the dead.", [("killed", "people", "Denmark", "total")]),
        ("Among those detained were 20 judges.", [("detained", "judges", None, "part")]),
        ("Two nurses were among the injured.", [("injured", "nurses", None, "total")]),
        ("Nine sailors are among the missing.", [("missing", "sailors", None, "total")]),
        ("The wounded included 14 students.", [("injured", "students", None, "part")]),
        ("Four of the 90 dead were Danes.", [("killed", "people", "Denmark", "total"), ("killed", None, None, "total")]),
        ("Four of the 90 dead were children.", [("killed", "children", None, "part"), ("killed", None, None, "total")]),
        ("Four of the 90 sailors were killed.", [("killed", "sailors", None, "total"), ("other", "sailors", None, "total")]),
    ],
)
def test_members_of_a_set_are_counted_by_what_befell_the_set(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    """A nation's dead, or nurses, are a total of their own; those of no nation or class of their own are a part."""
    assert [(f.measure, f.counted, f.population, f.share) for f in figures(text)] == expected


def test_one_nation_among_the_killed_is_a_total_and_a_kind_of_people_a_part() -> None:
    """`including 6 Danes and 2 children`: both are killed, the second is a part of the whole before the enumeration."""
    whole, danes, children = figures("The crash killed 90 people, including 6 Danes and 2 children.")
    assert (whole.measure, danes.measure, children.measure) == ("killed", "killed", "killed")
    assert (danes.population, danes.share, danes.of) == ("Denmark", "total", None)
    assert (children.share, children.of) == ("part", 0)


def test_none_of_the_dead_counts_nobody_dead() -> None:
    """`none of the wounded was a child` does not say that nobody was wounded."""
    assert figures("None of the wounded was a child.") == []


@pytest.mark.parametrize("verb", ["were", "were counted as", "are listed as"])
def test_dead_or_missing_is_one_measure_in_any_construction(verb: str) -> None:
    """`as dead or missing` behind the counted people."""
    assert brief(f"Some 47 people {verb} dead or missing.") == [("Some 47 people", "killed_or_missing")]
    assert brief("The navy counted 47 people as dead or missing.") == [("47 people", "killed_or_missing")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The police lowered the death toll to 26.", ("killed", "people", None)),
        ("It put the number of injured at 41.", ("injured", "people", None)),
        ("Arrests hit 600 within a day.", ("detained", "people", None)),
        ("The confirmed death toll rose to 16.", ("killed", "people", "confirmed")),
        ("The fever is suspected of having killed 19 people.", ("killed", "people", "suspected")),
    ],
)
def test_a_gauge_gives_measure_counted_and_status(text: str, expected: tuple[str, str, str | None]) -> None:
    """The number of a toll counts people, and its adjective says how sure it is."""
    figure = figures(text)[0]
    assert (figure.measure, figure.counted, figure.status) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The leaders held two summits.",
        "Eleven patients had been counted twice.",
        "The ferry sailed with 21 more passengers than it may carry.",
        "Five fewer people died than in May.",
        "Twelve more people were killed than in May.",
        "The party raised $3 million for its campaign.",
        "The alarm was raised to level five and 12 flags were hung.",
        "The state bought 900 doses and sent 400 of them abroad.",
        "One office turned out to be empty.",
        "Twelve members expired in May.",
        "The strike paralyzed 3,000 commuters.",
        "Poland hosts 900,000 people.",
    ],
)
def test_words_of_many_meanings_measure_nothing_by_themselves(text: str) -> None:
    """Differences, meetings, campaign money, doses and levels are of measure other."""
    assert {f.measure for f in figures(text)} == {"other"}


@pytest.mark.parametrize("bound", ["more than 30 people", "no more than 30 people", "30 people or more", "30 or more people"])
def test_the_more_of_a_bound_adds_nothing(bound: str) -> None:
    """`more than` and `or more` bound a number, even behind an earlier count of the same."""
    assert figures(f"On Monday 12 people were killed. On Tuesday {bound} were killed.")[1].share == "total"


def test_a_difference_is_never_an_addition() -> None:
    """`five more than on Monday` compares two counts."""
    assert [(f.measure, f.share) for f in figures("The ministry counted 40 dead, five more than on Monday.")] == [
        ("killed", "total"),
        ("other", "total"),
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Police freed 12 hostages.", "rescued"),
        ("Gunmen killed 12 hostages.", "killed"),
        ("Twelve refugees drowned.", "killed"),
        ("The camp lists 12 refugees.", "displaced"),
    ],
)
def test_what_befell_people_goes_before_what_they_were(text: str, measure: str) -> None:
    """A noun that says who people are measures only where nothing says what happened to them."""
    assert [m for _, m in brief(text)] == [measure]


def test_a_relative_clause_with_its_own_count_says_nothing_of_the_whole() -> None:
    """`26 injured people, five of whom were admitted`: 26 injured, five in hospital."""
    assert [m for _, m in brief("The clinic saw 26 injured people, five of whom were admitted.")] == ["injured", "hospitalised"]


def test_a_state_in_a_clause_behind_is_no_population() -> None:
    """`several sources that a French ship sank` are no French sources."""
    assert figures("He heard from several sources that a French ship sank.")[0].population is None


def test_a_list_of_numbers_takes_time_in_step_with_its_length() -> None:
    """A line of thousands of numbers is cut, and what precedes and follows it is still read."""
    numbers = " ".join(str(n) for n in range(2000, 6000))
    found = figures(f"The blast killed 12 people.\n\n{numbers}\n\nThe blast hurt 40 people.")
    assert [(f.low, f.measure) for f in found if f.measure != "other"] == [(Decimal(12), "killed"), (Decimal(40), "injured")]
    assert len(found) < len(numbers.split())
