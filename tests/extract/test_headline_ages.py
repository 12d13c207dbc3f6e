"""Persons and deeds that headlines count in few words; every sentence is the project's own."""

import pytest

from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Figure, Interval, Passage


def figures(text: str, headline: int = 0) -> list[Figure]:
    day = Interval(first="2025-10-24", last="2025-10-24")
    passages = [Passage(start=headline, end=len(text), role="body")]
    if headline:
        passages.insert(0, Passage(start=0, end=headline, role="headline"))
    article = Article(document="page", number=0, kind="article", passages=tuple(passages), published=day)
    return [f for paragraph in find_figures(parse(text, article)) for f in paragraph if f.unit is None]


def told(text: str, headline: int = 0) -> list[tuple[str, str]]:
    return [(f.span.text, f.measure) for f in figures(text, headline) if f.measure != "other"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("16-year-old dies in quarry fall", [("16-year-old", "killed")]),
        ("6-year-old hit by bullet in Norville", [("6-year-old", "injured")]),
        ("6-year-old hit by wave of kindness", []),
        ("Police: 17-year-old shot in Norville", [("17-year-old", "injured")]),
        ("17-year-old stabbed to death in Norville", [("17-year-old", "killed")]),
        ("17-year-old stabbed in Norville", [("17-year-old", "injured")]),
        ("9-year-old injured in Norville", [("9-year-old", "injured")]),
        ("Two boys shot, killed by uncle at farm", [("Two boys", "killed")]),
    ],
)
def test_an_age_in_a_headline_stands_for_a_person(title: str, expected: list[tuple[str, str]]) -> None:
    """The word behind an age tells what befell its bearer, though the tagger takes it for a noun."""
    assert told(f"{title}\nThe mayor spoke.", headline=len(title)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A double homicide shook the valley.", [("double homicide", "killed")]),
        ("Police look into a triple shooting on Elm Street.", [("triple shooting", "injured")]),
        ("A triple shooting shook the valley. One man died.", [("triple shooting", "killed_or_injured"), ("One man", "killed")]),
        ("She ordered a double espresso after the killing.", []),
        ("Officers found two gunshot victims in a yard.", [("two gunshot victims", "injured")]),
        ("Two gunshot victims died at dawn.", [("Two gunshot victims", "killed")]),
        ("The baker did not survive.", [("The baker", "killed")]),
        ("The baker survived.", []),
        ("Two hikers were hurt and the pilot did not make it.", [("Two hikers", "injured"), ("the pilot", "killed")]),
        ("Twelve players did not make it to the final.", []),
        ("Two candidates did not survive the first round of voting.", []),
        ("Three bakers did not survive the crash.", [("Three bakers", "killed")]),
        ("A baker was left paralyzed.", [("A baker", "injured")]),
        ("A boy, 9, was killed and a girl, 7, wounded.", [("A boy", "killed"), ("a girl", "injured")]),
        ("Two divers were killed and four hurt.", [("Two divers", "killed"), ("four", "injured")]),
        ("Divers found the body of a baker.", [("a baker", "recovered")]),
        ("A baker's body was found in the lock.", [("A baker", "recovered")]),
        ("A 16-year old was killed on Friday.", [("A 16-year old", "killed")]),
        ("Prosecutors charged him with a double murder.", []),
        ("The baker denied a double murder.", []),
        ("The double murder trial opened.", []),
        ("A father and a son died in a double murder.", [("A father and a son", "killed")]),
        ("South Carolina Senator Clement Holm was killed.", [("South Carolina Senator Clement Holm", "killed")]),
        ("Great Aunt Ida died.", [("Great Aunt Ida", "killed")]),
        ("Lake Bell died.", [("Lake Bell", "killed")]),
        ("The pilot lived, and the other one died.", [("one", "killed")]),
    ],
)
def test_persons_counted_in_other_words(text: str, expected: list[tuple[str, str]]) -> None:
    """Deeds that say how many they befell, victims, the not surviving, ages between commas and single bodies are counts."""
    assert told(text) == expected


def test_months_and_storms_are_no_persons() -> None:
    """A month before its day and a storm's name die of nothing, though the words beside them count deaths."""
    assert told("Since September 27 officials have told of 40 deaths.") == [("40 deaths", "killed")]
    assert told("The death toll from Typhoon Amang rose to 19.") == [("19", "killed")]


def test_members_of_a_list_by_sex_are_parts() -> None:
    """`12 women and 5 children` gives no total of people; a count of women alone is one as before."""
    assert [(f.span.text, f.share) for f in figures("A blast killed 12 women and 5 children.")] == [
        ("12 women", "part"),
        ("5 children", "total"),
    ]
    assert [(f.measure, f.share) for f in figures("The dead are 12 women and 7 children.")] == [("killed", "part"), ("killed", "total")]
    assert [f.share for f in figures("A blast killed 12 women.")] == ["total"]
    assert [f.share for f in figures("A blast killed two drivers and three cooks.")] == ["total", "total"]


def test_a_rise_by_and_to_is_no_range() -> None:
    """`rose by 14 to 83` is two counts; `rose by 2 to 3 percent` stays a range."""
    assert [(str(f.low), str(f.high), f.share) for f in figures("Injuries rose by 14 to 83.")] == [
        ("14", "14", "additional"),
        ("83", "83", "total"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Another 200 doctors are expected on Friday.", "expected"),
        ("The minister said the state would send 300 doctors.", "planned"),
        ("The minister said the famine would kill 300,000 people.", "expected"),
        ("The mayor said the storm would destroy 3,000 homes.", "expected"),
        ("She said the company would send 300 doctors.", "planned"),
        ("The minister said a storm would kill 300 people if it came.", "expected"),
        ("The ministry sent 300 doctors.", "actual"),
    ],
)
def test_what_is_awaited_or_promised_is_not_there(text: str, expected: str) -> None:
    """The future told in the past and what is awaited enter no series."""
    assert [f.reality for f in figures(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 400 families were left without power.", [("More than 400 families", "affected")]),
        ("Some 900 families face hunger.", [("Some 900 families", "affected")]),
        ("Three generals remained in power.", []),
        ("Of the 52 miners who were underground at the time, 40 were brought to the surface.", [("40", "rescued")]),
        ("Two prisoners remain at large.", [("Two prisoners", "escaped")]),
        ("Nine bodies have been taken ashore.", [("Nine bodies", "recovered")]),
        ("Norland accounts for 9,100 of the cholera cases.", [("9,100 of the cholera cases", "infected")]),
    ],
)
def test_measures_of_other_kinds_of_stories(text: str, expected: list[tuple[str, str]]) -> None:
    """Power cuts, hunger, mines, prisons and wrecks have words of their own for what they count."""
    assert told(text) == expected


def test_a_soldier_holds_no_policeman() -> None:
    """One person is a part of a total only where that counts people of the same class."""
    told_of = figures("Two guards were killed. A policeman was killed by a shot.")
    assert [f.share for f in told_of if f.measure == "killed"] == ["total", "total"]


def test_single_words_that_misled() -> None:
    """School years, idioms, events that kill and shares of places count nobody."""
    assert told("Five Year Seven pupils fell ill.") == []
    assert told("The champion pulled a fast one.") == []
    assert told("Two landslides killed dozens of people.") == [("dozens of people", "killed")]
    assert told("Suspected cases were found in 7 of the 16 provinces.") == []
    assert told("Police pulled three people over on Monday.") == []
    assert told("Scouts pulled three people from the rubble.") == [("three people", "rescued")]


def test_a_sum_in_the_same_unit_is_parted() -> None:
    """`Of that, 17 million tonnes was corn` is a part of the tonnes before."""
    text = "Nearly 33 million tonnes of grain left the ports. Of that, 17 million tonnes was corn."
    day = Interval(first="2025-10-24", last="2025-10-24")
    article = Article(document="page", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), published=day)
    assert [(f.share, f.of) for paragraph in find_figures(parse(text, article)) for f in paragraph] == [("total", None), ("part", 0)]


def test_because_of_this_takes_nothing_apart() -> None:
    """`Of this total` opens a part; `because of this` opens a count of its own."""
    assert [f.share for f in figures("The storm killed 40 people. Because of this, 12 died in camps.")] == ["total", "total"]
    assert [f.share for f in figures("Nearly 40 people died. Of this total, 12 were children.")] == ["total", "part"]


def test_the_day_of_an_earlier_value_is_its_own() -> None:
    """`down from 4.4 million at the peak on Monday` stood so on Monday, whatever day the count before has."""
    now, then = figures("Some 2,700 families were without power on Friday, down from 4,400 at the peak on Monday.")
    assert (now.measure, then.measure) == ("affected", "affected")
    assert now.window is not None
    assert then.window is not None
    assert (now.window.first, then.window.first) == ("2025-10-24", "2025-10-20")


def test_a_relative_clause_takes_the_day_of_its_event() -> None:
    """Those whom an event killed died on its day, not on that of the sentence."""
    (killed,) = figures("Officials on Thursday condemned an attack on Monday that killed 40 people.")
    assert killed.window is not None
    assert killed.window.first == "2025-10-20"
