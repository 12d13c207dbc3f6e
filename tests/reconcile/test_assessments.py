import datetime as dt
from typing import Any

import pytest

from reportedly.model import Act, Assessment, Clocks, Settings, Span, StatementMember
from reportedly.reconcile import assess_statements


def act(name: str, agent: str, patient: str | None = None) -> Act:
    return Act(span=Span(start=0, end=1, text="x"), act=name, agent=agent, patient=patient)


def on(newsroom: Any, day: str) -> Assessment:
    rows = assess_statements(newsroom.holdings(), Clocks(as_of=dt.date.fromisoformat(day)))
    assert len(rows) == 1
    return rows[0]


@pytest.fixture
def deployment(newsroom: Any) -> Any:
    """Two outsiders say the North sent troops; the North first declines, then confirms it."""
    page = newsroom.report("page", published="2025-05-01")
    sent = act("deploy", "North")
    members = {
        newsroom.claim(page, "Troops left", by="West", said="2024-10-01", acts=(sent,)): "supports",
        newsroom.claim(page, "Troops were seen", by="South", said="2024-10-20", acts=(sent,)): "supports",
        newsroom.claim(page, "No word on troops", by="North", said="2024-11-05", stance="declines"): "open",
        newsroom.claim(page, "We sent them", by="North", said="2025-04-28", stance="confirms", acts=(sent,)): "supports",
    }
    newsroom.statement("The North sent troops", members, parties=("North",))
    return newsroom


@pytest.mark.parametrize(
    ("day", "support"),
    [("2024-10-01", "alleged"), ("2024-10-20", "corroborated"), ("2024-12-31", "corroborated"), ("2025-04-28", "acknowledged")],
)
def test_support_grows_with_what_was_said_by_the_day(deployment: Any, day: str, support: str) -> None:
    """One principal alleges, two corroborate, a silence changes nothing, the sender's own word acknowledges."""
    assert on(deployment, day).support == support


def test_an_acknowledgement_names_the_party_and_its_claim(deployment: Any) -> None:
    """The reader learns who conceded, in which words."""
    row = on(deployment, "2025-05-01")
    assert row.acknowledged_by == (("North", "c:page-3"),)
    assert row.principals == ("West", "South", "North")


def test_feared_predicted_and_declined_put_nothing_forward(newsroom: Any) -> None:
    """What nobody has said is no row, until somebody denies it: then there is a dispute and no support."""
    page = newsroom.report("page", published="2025-05-01")
    members: dict[str, Any] = {
        newsroom.claim(page, f"It may {n}", by=f"Body {n}", stance=s): "supports" for n, s in enumerate(("predicts", "doubts", "warns"))
    }
    members[newsroom.claim(page, "Some say it did")] = "supports"
    newsroom.statement("It did", members)
    assert assess_statements(newsroom.holdings(), Clocks()) == []
    denied = newsroom.claim(page, "It did not", by="Body 9", stance="denies")
    newsroom.statements = []
    newsroom.statement("It did", members | {denied: "denies"})
    row = on(newsroom, "2025-05-01")
    assert (row.support, row.principals, [dispute.actor for dispute in row.disputes]) == ("none", (), ["Body 9"])


def test_one_joint_sentence_of_three_countries_is_only_alleged(newsroom: Any) -> None:
    """Three principals in one act of speech are no corroboration; a fourth apart from them is."""
    page = newsroom.report("page", published="2025-05-01")
    joint = newsroom.claim(page, "It did", by=["A", "B", "C"], said="2025-01-01")
    fourth = newsroom.claim(page, "It did so", by="D", said="2025-01-03")
    newsroom.statement("It did", dict.fromkeys((joint, fourth), "supports"))
    assert [on(newsroom, day).support for day in ("2025-01-01", "2025-01-03")] == ["alleged", "corroborated"]


def test_two_retellings_of_one_utterance_are_one(newsroom: Any) -> None:
    """A ministry that only passes on an agency's briefing is no further voice."""
    page = newsroom.report("page", published="2025-05-01")
    members = {newsroom.claim(page, f"It did {by}", by=by, utterance="u:1"): "supports" for by in ("Agency", "Ministry")}
    newsroom.statement("It did", members)
    assert on(newsroom, "2025-05-01").support == "alleged"


def test_a_success_claimed_for_oneself_acknowledges_nothing(newsroom: Any) -> None:
    """The attacker's own 'we took it' is alleged; the defender's concession acknowledges."""
    page = newsroom.report("page", published="2025-05-01")
    taken = (act("retake", "East", "West"),)
    claimed = newsroom.claim(page, "We retook it all", by="East", said="2025-04-26", stance="confirms", acts=taken)
    denied = newsroom.claim(page, "Our defence goes on", by="West", said="2025-04-27", stance="denies")
    conceded = newsroom.claim(page, "We had to leave it", by="West", said="2025-05-01", acts=taken)
    members = {
        claimed: "supports",
        denied: StatementMember(claim=denied, position="denies", aspect="extent", how="asserts the contrary"),
        conceded: "supports",
    }
    newsroom.statement("East retook it all", members, act="retake", parties=("East", "West"), serves_agent=True)
    before, after = on(newsroom, "2025-04-27"), on(newsroom, "2025-05-01")
    assert (before.support, [(d.actor, d.what, d.how) for d in before.disputes]) == (
        "alleged",
        [("West", "extent", "asserts the contrary")],
    )
    assert (after.support, after.acknowledged_by, after.disputes) == ("acknowledged", (("West", conceded),), ())


def test_an_express_denial_goes_before_a_contrary_word_of_its_day(newsroom: Any) -> None:
    """What West denied and contradicted on one day, it denies; a contrary word of a later day is its latest."""
    page = newsroom.report("page", published="2025-05-01")
    claimed = newsroom.claim(page, "We retook it all", by="East", said="2025-04-26")
    denied = newsroom.claim(page, "They did not", by="West", said="2025-04-27", stance="denies")
    countered = newsroom.claim(page, "Our defence goes on", by="West", said="2025-04-27")
    later = newsroom.claim(page, "Our defence still goes on", by="West", said="2025-04-29")
    contrary = {
        claim: StatementMember(claim=claim, position="denies", aspect="extent", how="asserts the contrary") for claim in (countered, later)
    }
    express = StatementMember(claim=denied, position="denies", aspect="extent", how="denies")
    newsroom.statement("East retook it all", {claimed: "supports", denied: express, **contrary}, parties=("East", "West"))
    assert [(d.how, d.claim) for d in on(newsroom, "2025-04-27").disputes] == [("denies", denied)]
    assert [(d.how, d.claim) for d in on(newsroom, "2025-04-29").disputes] == [("asserts the contrary", later)]


def test_a_victims_accusation_concedes_nothing(newsroom: Any) -> None:
    """The bombed side's word is an allegation; a bystander's 'confirmed' neither concedes."""
    page = newsroom.report("page", published="2025-05-01")
    bombed = (act("bomb", "East", "West"),)
    members = {
        newsroom.claim(page, "East bombed us", by="West", said="2025-01-01", acts=bombed): "supports",
        newsroom.claim(page, "East bombed them", by="Monitor", said="2025-01-02", stance="confirms", acts=bombed): "supports",
    }
    newsroom.statement("East bombed the town", members, act="bomb", parties=("East", "West"))
    assert on(newsroom, "2025-05-01").support == "corroborated"


def test_a_denial_stands_until_its_actor_says_otherwise(newsroom: Any) -> None:
    """Support and dispute are two sides: corroborated, denied since 2023; the later denial of all who said it withdraws."""
    page = newsroom.report("page", published="2025-05-01")
    members = {
        newsroom.claim(page, "Arms went out", by="West", said="2023-07-01"): "supports",
        newsroom.claim(page, "None went", by="North", said="2023-08-01", stance="denies"): "denies",
        newsroom.claim(page, "Arms did go out", by="South", said="2024-01-01"): "supports",
        newsroom.claim(page, "We were wrong", by="West", said="2025-01-01", stance="denies"): "denies",
        newsroom.claim(page, "So were we", by="South", said="2025-02-01", stance="denies"): "denies",
    }
    newsroom.statement("Arms went out", members, parties=("North",))
    row = on(newsroom, "2024-06-01")
    assert (row.support, [(d.actor, d.how) for d in row.disputes]) == ("corroborated", [("North", "denies")])
    assert [on(newsroom, day).support for day in ("2025-01-01", "2025-02-01")] == ["alleged", "withdrawn"]


def test_an_undated_denial_takes_back_no_dated_word(newsroom: Any) -> None:
    """'Has denied it', on a later page, may be older than the dated concession."""
    page = newsroom.report("page", published="2025-05-01")
    members = {
        newsroom.claim(page, "The North did", by="West", said="2024-12-01"): "supports",
        newsroom.claim(page, "We did", by="North", said="2025-01-01", acts=(act("deploy", "North"),)): "supports",
        newsroom.claim(page, "It has denied that", by="North", stance="denies"): "denies",
    }
    newsroom.statement("The North did", members, parties=("North",))
    assert (on(newsroom, "2025-05-01").support, on(newsroom, "2025-05-01").disputes) == ("acknowledged", ())


def test_the_user_sets_the_parties_of_a_statement(newsroom: Any) -> None:
    """Words of the statement name it in the settings."""
    page = newsroom.report("page", published="2025-05-01")
    seen = newsroom.claim(page, "The dam was opened", by="Farmers", said="2025-01-01")
    opened = newsroom.claim(page, "We opened it", by="Utility", said="2025-01-02")
    newsroom.statement("The dam was opened", {seen: "supports", opened: "supports"}, act="release")
    assert on(newsroom, "2025-05-01").support == "corroborated"
    newsroom.settings = Settings(parties={"dam opened": ["Utility"]})
    assert on(newsroom, "2025-05-01").support == "acknowledged"


@pytest.mark.parametrize(("before", "support"), [(None, "alleged"), ("declines", "acknowledged"), ("denies", "acknowledged")])
def test_what_tells_against_nobody_is_conceded_only_after_silence_or_denial(newsroom: Any, before: Any, support: str) -> None:
    """A palace that announces a meeting concedes nothing; one that had denied it, or had no comment, does."""
    page = newsroom.report("page", published="2025-05-01")
    members = {}
    if before:
        held = newsroom.claim(page, "No comment", by="Palace", said="2025-01-01", stance=before)
        members[held] = "denies" if before == "denies" else "open"
    members[newsroom.claim(page, "They met", by="Palace", said="2025-01-02", acts=(act("meet", "Palace"),))] = "supports"
    newsroom.statement("They met", members, act="meet", parties=("Palace",))
    assert on(newsroom, "2025-05-01").support == support


def test_who_denied_an_act_acknowledges_it_though_it_serves_him(newsroom: Any) -> None:
    """A state that denied shooting the plane down, and then confirms it through its army, concedes; its denial stands no more."""
    page = newsroom.report("page", published="2020-01-31")
    down = (act("shoot_down", "East"),)
    members = {
        newsroom.claim(page, "East shot it down", by="West", said="2020-01-09", acts=down): "supports",
        newsroom.claim(page, "It was shot down", by="North", said="2020-01-09", acts=down): "supports",
        newsroom.claim(page, "We did not", by="East", said="2020-01-09", stance="denies", acts=down): "denies",
        newsroom.claim(page, "We shot it down", by="Army of East", said="2020-01-11", stance="confirms", acts=down): "supports",
    }
    newsroom.principals["Army of East"] = "East"
    newsroom.statement("East shot it down", members, act="shoot_down", parties=("East",), serves_agent=True)
    before, after = on(newsroom, "2020-01-09"), on(newsroom, "2020-01-31")
    assert (before.support, [dispute.actor for dispute in before.disputes]) == ("corroborated", ["East"])
    assert (after.support, after.acknowledged_by, after.disputes) == ("acknowledged", (("East", "c:page-3"),), ())


def test_confirmed_after_denying_is_confirmed(newsroom: Any) -> None:
    """Of one sentence's two words the confirmation is the newer, wherever it stands."""
    page = newsroom.report("page", published="2020-01-11")
    confirmed = newsroom.claim(page, "the ferry was overloaded", by="Owner", said="2020-01-11", stance="confirms")
    denied = newsroom.claim(page, "after denying it", by="Owner", said="2020-01-11", stance="denies")
    newsroom.statement("The ferry was overloaded", {confirmed: "supports", denied: "denies"}, parties=("Owner",))
    row = on(newsroom, "2020-01-31")
    assert (row.support, row.disputes) == ("acknowledged", ())


def test_a_joint_sentence_adds_nothing_to_the_own_word_of_one_of_its_voices(newsroom: Any) -> None:
    """Kyiv and Seoul together, and Seoul alone, are alleged; a word apart from both corroborates."""
    page = newsroom.report("page", published="2025-05-01")
    joint = newsroom.claim(page, "They gave help", by=["Kyiv", "Seoul"], said="2025-01-01")
    own = newsroom.claim(page, "They helped", by="Seoul", said="2025-01-02")
    third = newsroom.claim(page, "There was help", by="Tokyo", said="2025-01-03")
    newsroom.statement("They gave help", dict.fromkeys((joint, own, third), "supports"))
    assert [on(newsroom, f"2025-01-0{day}").support for day in (1, 2, 3)] == ["alleged", "alleged", "corroborated"]


def test_what_is_contested_comes_first(newsroom: Any) -> None:
    """A reader sees disputed and acknowledged statements before those that many put forward and nobody contests."""
    page = newsroom.report("page", published="2025-05-01")
    agreed = {newsroom.claim(page, f"It rained {n}", by=f"Body {n}", said=f"2025-01-0{n}"): "supports" for n in (1, 2, 3)}
    newsroom.statement("It rained", agreed)
    said, denied = newsroom.claim(page, "It sank", by="A"), newsroom.claim(page, "It did not", by="B", stance="denies")
    newsroom.statement("It sank", {said: "supports", denied: "denies"})
    assert [row.text for row in assess_statements(newsroom.holdings(), Clocks())] == ["It sank", "It rained"]
