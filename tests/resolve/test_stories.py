from typing import Any

import pytest

from reportedly.resolve.copies import find_copies
from reportedly.resolve.features import term_weight
from reportedly.resolve.reports import gather_reports
from reportedly.resolve.stories import build_stories

FIRST = (
    "The ferry Havdis ran aground off Skarvoy with 112 passengers aboard. Harbour master Odd Brekke said divers were searching "
    "the car deck. The owner, Nordlys Rederi, said the Havdis had passed inspection in spring."
)
SECOND = (
    "Divers reached the car deck of the Havdis on Tuesday. Brekke told reporters at Skarvoy that two lorries had torn loose "
    "aboard the ferry. Nordlys Rederi promised passengers a full inquiry into the grounding."
)
ELSEWHERE = (
    "A landslide above the village of Quenta cut the mountain railway. Engineer Lucia Prado said the track would need a month of repairs. "
    "Farmers of the valley lost their greenhouses to the mud."
)
SAME_COUNTRY = (
    "Norway will tax salmon farms more lightly from July. The fisheries minister told farmers in Bergen that licences would cost less. "
    "Exporters cheered the lower levy, while a union of smolt growers asked for more."
)


def stories(desk: Any) -> list[set[str]]:
    reports = gather_reports(desk.holdings())
    found = build_stories(reports, find_copies(reports))
    return [{desk.documents[key[0]].name for key in story.articles} for story in found]


def test_reports_on_one_situation_are_a_story_and_others_are_not(desk: Any) -> None:
    """Shared names and shared subject bring two reports together; another accident stays apart."""
    desk.article(FIRST, outlet="Fjord Times", day="2021-03-01", title="Ferry Havdis runs aground off Skarvoy")
    desk.article(SECOND, outlet="Coast Herald", day="2021-03-02", title="Divers search car deck of ferry Havdis")
    desk.article(ELSEWHERE, outlet="Fjord Times", day="2021-03-02", title="Landslide cuts railway at Quenta")
    assert sorted(map(len, stories(desk))) == [1, 2]


def test_one_country_is_no_story(desk: Any) -> None:
    """Two reports that share a country and little else stay apart."""
    desk.article("Norway mourned. " + FIRST, outlet="Fjord Times", day="2021-03-01", title="Norway ferry Havdis aground off Skarvoy")
    desk.article(SAME_COUNTRY, outlet="Fjord Times", day="2021-03-01", title="Norway cuts levy on salmon farms")
    assert sorted(map(len, stories(desk))) == [1, 1]


def test_teasers_belong_to_no_story(desk: Any) -> None:
    """A teaser is in no story, however like an article it is."""
    desk.article(FIRST, outlet="Fjord Times", day="2021-03-01", title="Ferry Havdis runs aground off Skarvoy")
    teaser = desk.article(SECOND, outlet="Fjord Times", day="2021-03-01", title="Divers search ferry Havdis", kind="teaser")
    assert all(desk.documents[teaser].name not in names for names in stories(desk))


def test_a_story_bears_the_headline_of_its_most_central_article(desk: Any) -> None:
    """Neither the first report nor the last names the story, but the one that shares most with the others."""
    desk.article(FIRST, outlet="Fjord Times", day="2021-03-01", title="Havdis aground")
    desk.article(f"{FIRST} {SECOND}", outlet="Harbour Post", day="2021-03-02", title="What is known about the Havdis")
    desk.article(SECOND, outlet="Coast Herald", day="2021-03-03", title="Divers search car deck")
    (story,) = build_stories(gather_reports(desk.holdings()), ())
    assert story.title == "What is known about the Havdis"
    titles = [desk.articles[key].title for key in story.headlines]
    assert titles[0] == story.title
    assert len(titles) == 3


def test_of_equally_central_articles_the_earliest_names_the_story(desk: Any) -> None:
    """Of two articles each is as like the other: the title is the first report's, whatever the order of adding."""
    desk.article(SECOND, outlet="Coast Herald", day="2021-03-02", title="Divers search car deck of ferry Havdis")
    desk.article(FIRST, outlet="Fjord Times", day="2021-03-01", title="Ferry Havdis runs aground off Skarvoy")
    (story,) = build_stories(gather_reports(desk.holdings()), ())
    assert story.title == "Ferry Havdis runs aground off Skarvoy"


@pytest.mark.parametrize("mark", ["lrb", "rrb", "lsb", "rcb"])
def test_a_mark_for_a_bracket_is_no_name(mark: str) -> None:
    """Texts cut by the treebank's rules write -LRB- for a bracket, which two of them do not have in common as a rare name."""
    assert term_weight(mark) == 0
