"""Where what a claim's figures count is, and which of several events a claim tells of."""

import pytest

from reportedly.extract.acts.locating import locate_claims
from reportedly.extract.assembly import assemble
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.language.gazetteer import country_of
from reportedly.language.places import name_place
from reportedly.language.times.finding import find_times
from reportedly.model import Article, Interval, Passage, Span


def article(text: str) -> ParsedArticle:
    """A parsed article of one paragraph a line, published on a Friday."""
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(start=start, end=start + len(line), role="body"))
        start += len(line) + 1
    day = Interval(first="2024-03-08", last="2024-03-08")
    return parse(text, Article(document="a.txt", number=0, kind="article", passages=tuple(passages), published=day))


def places(text: str) -> dict[str, str | None]:
    """The place of each figure of a text by its words: its own, else its claim's."""
    claims, _ = assemble(article(text), "x")
    return {figure.span.text: figure.place or claim.place for claim in claims for figure in claim.figures}


def place_told(text: str, words: str) -> str | None:
    """The place of the outlet's own sentence that holds some words of a text."""
    parsed = article(text)
    start = text.index(words)
    number = next(n for n, passage in enumerate(parsed.passages) if passage.start <= start < passage.end)
    content = (Span(start=start, end=start + len(words), text=words),)
    told = Attribution(passage=number, content=content, cue=(), source=(), form="narration")
    times = find_times(text, 0, len(text), against=parsed.article.published)
    return locate_claims(parsed, [told], times)[0][0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The drought left 4.3 million people in need of food in Somalia and another 2.1 million in northern Kenya.",
            {"4.3 million people": "Somalia", "another 2.1 million": "Kenya"},
        ),
        ("The army said 14 people died in Herat province and nine in Kabul.", {"14 people": "Herat", "nine": "Kabul"}),
        ("In Zimbabwe 259 people have died and in Malawi 56.", {"259 people": "Zimbabwe", "56": "Malawi"}),
        ("A bomb in Kano killed 12 people, and police in Lagos arrested four men.", {"12 people": "Kano", "four men": "Lagos"}),
        ("Nineteen people were hurt in Lyon and 12 in Paris.", {"Nineteen people": "Lyon", "12": "Paris"}),
        ("Twelve people were hurt in Lyon and three died.", {"Twelve people": "Lyon", "three": "Lyon"}),
    ],
)
def test_a_figure_is_where_its_own_words_say(text: str, wanted: dict[str, str]) -> None:
    """Of several figures of one claim each is in the place named with it, else in the claim's."""
    found = places(text)
    assert {words: found.get(words) for words in wanted} == wanted


_TWO = (
    "A strike on a block in Beirut killed nine people on Wednesday.\n"
    "On Monday, six people were killed in a strike in Aleppo.\n"
    "A fund will open soon.\n"
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Two nurses were killed in Monday's strike", "Aleppo"),
        ("Three drivers were killed in Wednesday's strike", "Beirut"),
        ("The strike on Wednesday wounded 14", "Beirut"),
        ("Five people were killed in Tuesday's strike", None),
        ("The strike wounded 14", "Beirut"),
    ],
)
def test_of_two_events_the_one_of_the_day_is_meant(words: str, place: str | None) -> None:
    """A day tells two strikes apart; one on a third day is neither; without a day it is the one that the article opens with."""
    assert place_told(f"{_TWO}{words}.", words) == place


def test_an_event_named_with_its_place_is_there() -> None:
    """ "The Tyre strike" was in Tyre, whatever was told of before."""
    assert place_told(f"{_TWO}Three nurses were among those killed in the Tyre strike.", "those killed in the Tyre strike") == "Tyre"


def test_the_event_told_of_right_before_is_meant_where_no_state_has_most() -> None:
    """ "The strike" behind a paragraph on one in Aleppo is that one."""
    text = "A strike in Beirut killed nine people.\nA strike in Aleppo killed six.\nThe strike wounded 14."
    assert place_told(text, "The strike wounded 14") == "Aleppo"


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("The Kandahar attack shook many.\nForty people were killed.", "Forty people were killed", "Kandahar"),
        ("Clashes in El Obeid killed 89 people.", "Clashes in El Obeid killed 89 people", "El Obeid"),
        ("Some 400 residents of Norwick fled.", "Some 400 residents of Norwick fled", "Norwick"),
        ("In Gaza, a blast in Khan Younis killed 17.", "In Gaza, a blast in Khan Younis killed 17", "Khan Younis"),
    ],
)
def test_places_named_in_other_ways(text: str, words: str, place: str) -> None:
    """A city before an event's noun, a name that might be a person's, people of a place, a place inside the one that opens a sentence."""
    assert place_told(text, words) == place


def test_a_quarter_of_the_compass_is_no_state() -> None:
    """ "Northern province" is a province of whatever state is told of."""
    assert name_place("Northern province") == "Northern Province"
    assert country_of("Northern Province") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Kenya, the board said 40 farms would close.", "Kenya"),
        ("In Nairobi, the board said 40 farms would close.", None),
        ("Norfolk County reported 40 cases of measles.", "Norfolk"),
    ],
)
def test_who_reports_says_where(text: str, place: str | None) -> None:
    """The state that opens a sentence and a county that reports of itself are where; a city there is where it was said."""
    claims, _ = assemble(article(text), "x")
    assert [claim.place for claim in claims if claim.figures] == [place]
