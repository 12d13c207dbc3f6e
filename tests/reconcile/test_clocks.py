import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from reportedly.errors import BadDateError
from reportedly.model import Clocks, Interval, StatementMember
from reportedly.reconcile import visible
from reportedly.reconcile.clocks import lookup_at


def ids(holdings: Any) -> list[str]:
    return [stored.claim.id for stored in holdings.claims]


def test_as_of_takes_the_end_of_said(newsroom: Any) -> None:
    """What was said 'in March' is seen from its last day on, for only then has it surely been said."""
    page = newsroom.report("page", published="2025-04-02")
    claim = newsroom.claim(page, "The bridge is closed", by="The mayor", said=Interval(first="2025-03-01", last="2025-03-31"))
    held = newsroom.holdings()
    assert ids(visible(held, Clocks(as_of=dt.date(2025, 3, 30)))) == []
    assert ids(visible(held, Clocks(as_of=dt.date(2025, 3, 31)))) == [claim]


def test_an_undated_utterance_was_said_by_its_publication(newsroom: Any) -> None:
    """Without words that date it, a claim is bounded by its article."""
    page = newsroom.report("page", published="2025-04-02")
    claim = newsroom.claim(page, "The bridge is closed", by="The mayor")
    assert ids(visible(newsroom.holdings(), Clocks(as_of=dt.date(2025, 4, 1)))) == []
    assert ids(visible(newsroom.holdings(), Clocks(as_of=dt.date(2025, 4, 2)))) == [claim]


def test_a_claim_without_any_bound_appears_only_without_clocks(newsroom: Any) -> None:
    """An undated page's undated claim cannot be placed before any day."""
    claim = newsroom.claim(newsroom.report("page"), "The bridge is closed", by="The mayor")
    assert ids(visible(newsroom.holdings(), Clocks(as_of=dt.date(2099, 1, 1)))) == []
    assert ids(visible(newsroom.holdings(), Clocks())) == [claim]


def test_published_by_hides_a_late_report_of_early_words(newsroom: Any) -> None:
    """Words of 2024 that a report of 2025 brings were said by then but not known."""
    page = newsroom.report("page", published="2025-04-02")
    claim = newsroom.claim(page, "The bridge is closed", by="The mayor", said="2024-06-01")
    assert ids(visible(newsroom.holdings(), Clocks(as_of=dt.date(2024, 7, 1)))) == [claim]
    assert ids(visible(newsroom.holdings(), Clocks(published_by=dt.date(2024, 7, 1)))) == []


def test_recorded_before_takes_a_revision_or_a_moment(newsroom: Any) -> None:
    """The ledger as it was before its second revision, and before a page was read."""
    page = newsroom.report("page", published="2025-04-02")
    claims = [newsroom.claim(page, f"Sentence {n}", by="The mayor") for n in range(3)]
    held = newsroom.holdings()
    assert ids(visible(held, Clocks(recorded_before=2))) == claims[:2]
    assert ids(visible(held, Clocks(recorded_before="2020-01-01"))) == []
    with pytest.raises(BadDateError, match="no date"):
        visible(held, Clocks(recorded_before="yesterday"))


def test_links_say_nothing_of_what_comes_later(newsroom: Any) -> None:
    """A story's title and a statement's words are taken from what the clock shows, under the same ids."""
    early = newsroom.report("early", published="2024-10-30", title="Officials see troops")
    late = newsroom.report("late", published="2025-04-28", title="North confirms")
    first = newsroom.claim(early, "The North sent troops", by="An official", said="2024-10-30")
    second = newsroom.claim(late, "Our troops went", by="The North", said="2025-04-28")
    newsroom.statement("Our troops went", {first: "supports", second: StatementMember(claim=second, position="supports")})
    held = newsroom.holdings()
    seen = visible(held, Clocks(as_of=dt.date(2024, 12, 31))).links
    assert [story.title for story in seen.stories] == ["Officials see troops"]
    assert [story.id for story in seen.stories] == [story.id for story in held.links.stories]
    assert [(statement.id, statement.text) for statement in seen.statements] == [("p:0", "The North sent troops")]
    assert [member.claim for statement in seen.statements for member in statement.members] == [first]


def test_a_story_bears_the_most_central_headline_that_is_out(newsroom: Any) -> None:
    """Of the headlines that a reader could know the most central is the title, not the earliest."""
    for day, title in (("2024-10-01", "First word"), ("2024-10-02", "What is known"), ("2024-10-09", "The whole story")):
        page = newsroom.report(day, published=day, title=title)
        newsroom.claim(page, f"The bridge fell, {title}", by="The mayor", said=day)
    held = newsroom.holdings()
    order = (("2024-10-09", 0), ("2024-10-02", 0), ("2024-10-01", 0))
    story = replace(held.links.stories[0], title="The whole story", headlines=order)
    held = replace(held, links=replace(held.links, stories=(story,)))
    titles = [visible(held, Clocks(as_of=dt.date(2024, 10, day))).links.stories[0].title for day in (1, 5, 9)]
    assert titles == ["First word", "What is known", "The whole story"]


def test_a_statement_bears_the_best_wording_that_was_said(newsroom: Any) -> None:
    """Before the clearest words were said the next best stand for the statement."""
    page = newsroom.report("page", published="2025-04-28")
    first = newsroom.claim(page, "its troops were seen", by="An official", said="2024-10-30")
    second = newsroom.claim(page, "The North sent troops", by="The North", said="2025-04-28")
    words = ((second, "The North sent troops"), (first, "[The North\u2019s] troops were seen"))
    newsroom.statement("The North sent troops", dict.fromkeys((first, second), "supports"), wordings=words)
    texts = [
        visible(newsroom.holdings(), Clocks(as_of=day)).links.statements[0].text for day in (dt.date(2024, 12, 31), dt.date(2025, 5, 1))
    ]
    assert texts == ["[The North\u2019s] troops were seen", "The North sent troops"]


def test_what_was_made_of_rows_holds_in_a_later_revision(newsroom: Any) -> None:
    """A write elsewhere leaves a story's rows as they were: nothing is made of them anew, and what is seen is of the later revision."""
    page = newsroom.report("page", published="2025-04-02")
    newsroom.claim(page, "The bridge is closed", by="The mayor")
    held, clocks = newsroom.holdings(), Clocks(as_of=dt.date(2025, 4, 2))
    later = replace(held, revision=held.revision + 1)
    assert lookup_at(later, clocks) is lookup_at(held, clocks)
    assert (visible(held, clocks).revision, visible(later, clocks).revision) == (held.revision, held.revision + 1)
    assert lookup_at(replace(held, claims=()), clocks) is not lookup_at(held, clocks)


def test_of_many_small_states_more_are_remembered(newsroom: Any) -> None:
    """States are forgotten, the oldest first, when their claims are many, and not when there are more than a few."""
    newsroom.claim(newsroom.report("page", published="2025-04-02"), "The bridge is closed", by="The mayor")
    held = newsroom.holdings()
    days = [Clocks(as_of=dt.date(2025, 4, day)) for day in range(1, 21)]
    made = [lookup_at(held, clocks) for clocks in days]
    assert [lookup_at(held, clocks) for clocks in days] == made
