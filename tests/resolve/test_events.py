from typing import Any

import pytest

from reportedly.model import Event, Interval
from reportedly.resolve import link
from reportedly.resolve.comparisons import find_past_events

QUAKE = (
    "A strong quake shook Brava on Saturday and killed 77 people, officials of Brava said. "
    "In 2010, a tsunami left 600 dead on the same coast of Brava. Rescue dogs searched the rubble of a hotel in Brava."
)


@pytest.mark.parametrize(
    ("content", "stretch"),
    [
        ("The toll reached 400, deadlier than the 2010 quake, which killed 300", "2010 quake, which killed 300"),
        ("Some 1,200 people died in the Oct. 7 attack", "1,200 people died"),
        ("Another 80 were hurt in the Oct. 7, 2015, raid on the port", "80 were hurt"),
        ("In 1979, a tsunami left 600 dead", "left 600 dead"),
        ("a 2011 earthquake in Farland killed 15,000 people", "killed 15,000 people"),
        ("About 1,000 died in a March 1987 quake, while 77 died now", "About 1,000 died"),
        ("It was the deadliest at sea since 1999, when a trawler sank and 16 were lost", "when a trawler sank and 16 were lost"),
    ],
)
def test_a_comparison_is_found_with_its_figures(desk: Any, content: str, stretch: str) -> None:
    """The stretch about a past event holds the figures that belong to it."""
    document = desk.article(content, outlet="Fjord Times", day="2016-04-18")
    desk.claim(document, content)
    (event,) = find_past_events(desk.claims[0].claim, "2016-02-18", desk.on("2016-04-18"))
    assert stretch in content[event.start : event.end]
    assert not content[event.start : event.end].startswith("The toll")


@pytest.mark.parametrize(
    "content",
    [
        "77 people were killed on Saturday",
        "the army sent 10,000 soldiers last autumn in its first part in a war",
        "the treaty that both signed in 2013 binds them",
        "since 2011 the war has killed 500,000 people",
    ],
)
def test_what_only_has_a_date_is_no_comparison(desk: Any, content: str) -> None:
    """A past date that belongs to no happening of the kind makes no other event."""
    document = desk.article(content, outlet="Fjord Times", day="2016-04-18")
    desk.claim(document, content)
    assert find_past_events(desk.claims[0].claim, "2016-02-18", desk.on("2016-04-18")) == []


def events(desk: Any) -> tuple[list[Event], dict[str, Event]]:
    links = link(desk.holdings())
    by_id = {event.id: event for event in links.events}
    return list(links.events), {name: by_id[event] for name, event in links.event_of.items()}


def test_a_comparison_is_an_event_of_its_own(desk: Any) -> None:
    """Its figures are kept out of the story's own event."""
    document = desk.article(QUAKE, outlet="Fjord Times", day="2016-04-18", title="Quake kills 77 in Brava")
    now = desk.claim(document, "killed 77 people", by=["officials"], figures=(desk.figure(document, "77 people", 77),))
    then = desk.claim(document, "In 2010, a tsunami left 600 dead on the same coast", figures=(desk.figure(document, "600 dead", 600),))
    _, event_of = events(desk)
    assert not event_of[now].background
    assert event_of[then].background
    assert event_of[then].happened == find_past_events(desk.claims[1].claim, "2016-02-18", desk.on("2016-04-18"))[0].happened


def test_a_claim_with_both_keeps_its_event_and_parts_its_figure(desk: Any) -> None:
    """In a claim that gives the new toll and an old one only the old figure leads to the past event."""
    text = "The quake killed 77 people in Brava, more than the 2010 tsunami, which left 60 dead."
    document = desk.article(text, outlet="Fjord Times", day="2016-04-18", title="Quake kills 77 in Brava")
    claim = desk.claim(document, text, figures=(desk.figure(document, "77 people", 77), desk.figure(document, "60 dead", 60)))
    _, event_of = events(desk)
    assert not event_of[claim].background
    assert event_of[f"{claim}#1"].background
    assert f"{claim}#0" not in event_of


def test_another_quake_two_days_before_is_no_part_of_the_story_s(desk: Any) -> None:
    """The dead of an earlier happening of the same kind, told with a day of its own, count for that one."""
    text = (
        "A strong quake shook Brava on Saturday and killed 77 people. Some 300 were hurt on Saturday. "
        "At least 41 people were killed in an earthquake in Farland on Thursday, radio there said."
    )
    document = desk.article(text, outlet="Fjord Times", day="2016-04-18", title="Quake kills 77 in Brava")

    def told(content: str, words: str, number: int, day: str, printed: str) -> str:
        happened = Interval(first=day, last=day, words=desk.span(text, printed), granularity="day", basis="words")
        claim: str = desk.claim(document, content, figures=(desk.figure(document, words, number),), happened=happened)
        return claim

    own = told("A strong quake shook Brava on Saturday and killed 77 people", "77 people", 77, "2016-04-16", "Saturday")
    hurt = told("Some 300 were hurt on Saturday", "Some 300", 300, "2016-04-16", "Saturday")
    other = told(
        "At least 41 people were killed in an earthquake in Farland on Thursday", "At least 41 people", 41, "2016-04-14", "Thursday"
    )
    _, event_of = events(desk)
    assert not event_of[own].background
    assert event_of[hurt] == event_of[own]
    assert event_of[other].background
    assert event_of[f"{other}#0"] == event_of[other]


def test_a_story_about_a_past_event_owns_it(desk: Any) -> None:
    """Where the article opens with the past event, that is its own event."""
    text = "The inquiry into the 2010 tsunami opened. The 2010 tsunami left 600 dead, the judge said."
    document = desk.article(text, outlet="Fjord Times", day="2016-04-18", title="Inquiry into 2010 tsunami opens")
    claim = desk.claim(document, "The 2010 tsunami left 600 dead", by=["the judge"], figures=(desk.figure(document, "600 dead", 600),))
    _, event_of = events(desk)
    assert not event_of[claim].background


def test_a_date_before_a_sentence_rules_all_of_it(desk: Any) -> None:
    """ "During the January 2010 attack" dates the dead in the clause behind it, and the abducted that bear no date of their own."""
    text = "A rocket killed 12 people in Brava. During the January 2010 attack, some 120 people were killed and 25 others abducted."
    document = desk.article(text, outlet="Fjord Times", day="2016-04-18", title="Rocket kills 12 in Brava")
    words = desk.span(text, "January 2010")
    before = Interval(first="2010-01-01", last="2010-01-31", words=words, granularity="month", basis="words")
    figures = (desk.figure(document, "120 people", 120), desk.figure(document, "25 others", 25, measure="abducted"))
    claim = desk.claim(
        document, "During the January 2010 attack, some 120 people were killed and 25 others abducted", figures=figures, happened=before
    )
    _, event_of = events(desk)
    assert event_of[f"{claim}#0"].background
    assert event_of[f"{claim}#1"] == event_of[f"{claim}#0"]


def test_what_holds_since_long_ago_is_no_past_event(desk: Any) -> None:
    """ "Since 1945" begins long ago and reaches into the story."""
    text = "Some 2,000 people were sheltered, the most since 1945."
    document = desk.article(text, outlet="Fjord Times", day="2016-04-18", title="Brava shelters thousands")
    since = Interval(first="1945-05-08", last="1945-05-08", words=desk.span(text, "since 1945"), basis="words")
    claim = desk.claim(document, "Some 2,000 people were sheltered", figures=(desk.figure(document, "2,000 people", 2000),), happened=since)
    _, event_of = events(desk)
    assert not event_of[claim].background
    assert f"{claim}#0" not in event_of
