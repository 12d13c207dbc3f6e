from typing import Any

import pytest

from reportedly.model import Act, Interval, Settings, Statement, StatementMember
from reportedly.resolve import link

TEXT = (
    "Norland sent troops to Sudmark, the army of Estria said. Norland denied the claim. Norland declined to say how many troops it sent. "
    "Sudmark confirmed that Norland soldiers fought alongside its army. Observers fear that Norland will send troops again. "
    "Sudmark said its army fully retook Varda. Estria said its defence of Varda goes on. Estria disputed the figure."
)


@pytest.fixture
def report(desk: Any) -> str:
    """An article about two acts, disputed."""
    return str(desk.article(TEXT, outlet="Fjord Times", day="2021-03-02", title="Norland troops in Sudmark"))


def deploy(desk: Any, **more: Any) -> Act:
    return act(desk, "sent", **({"act": "deploy", "agent": "Norland", "counted": "troops", "place": "Sudmark"} | more))


def retake(desk: Any, **more: Any) -> Act:
    return act(desk, "retook", **({"act": "retake", "agent": "Sudmark", "place": "Varda", "extent": "fully"} | more))


def act(desk: Any, words: str, **more: Any) -> Act:
    return Act(span=desk.span(TEXT, words), **more)


def speak(desk: Any, report: str, content: str, by: str, **more: Any) -> str:
    return str(desk.claim(report, content, by=[by], principals=(by,), **more))


def statements(desk: Any, settings: Settings | None = None) -> dict[str, Statement]:
    return {statement.act: statement for statement in link(desk.holdings(settings=settings)).statements}


def parts(statement: Statement) -> dict[str, StatementMember]:
    return {member.claim: member for member in statement.members}


def test_support_denial_and_silence_meet_in_one_statement(desk: Any, report: str) -> None:
    """An accusation, its denial by way of "the claim", and a refusal to give the number are about one act."""
    said = speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),), stance="alleges")
    denied = speak(desk, report, "the claim", "Norland", stance="denies", about=said)
    silent = speak(desk, report, "how many troops it sent", "Norland", acts=(deploy(desk),), stance="declines")
    statement = statements(desk)["deploy"]
    assert {claim: member.position for claim, member in parts(statement).items()} == {said: "supports", denied: "denies", silent: "open"}
    assert parts(statement)[denied].aspect == "act"
    assert parts(statement)[silent].concerns_figure
    assert statement.text == "Norland sent troops to Sudmark"
    assert not statement.serves_agent


def test_an_act_that_implies_another_supports_it(desk: Any, report: str) -> None:
    """Who confirms that they fought alongside confirms that they were sent, and the ally is a party."""
    speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),))
    ally = speak(
        desk, report, "Norland soldiers fought alongside its army", "Sudmark", stance="confirms",
        acts=(act(desk, "fought alongside", act="fight_alongside", agent="Norland", patient="Sudmark"),),
    )  # fmt: skip
    statement = statements(desk)["deploy"]
    assert parts(statement)[ally].position == "supports"
    assert statement.parties == ("Norland", "Sudmark")


@pytest.mark.parametrize("stance", ["predicts", "warns", "doubts", "demands", "pledges", "declines"])
def test_what_puts_nothing_forward_stays_open(desk: Any, report: str, stance: str) -> None:
    """Feared, predicted, asked for or promised is not asserted."""
    speak(desk, report, "Norland sent troops to Sudmark", "Sudmark", acts=(deploy(desk),))
    claim = speak(desk, report, "Norland will send troops again", "Estria", acts=(deploy(desk),), stance=stance)
    assert parts(statements(desk)["deploy"])[claim].position == "open"


def test_what_nobody_asserts_or_denies_is_no_statement(desk: Any, report: str) -> None:
    """An act that is only feared gives no statement."""
    speak(desk, report, "Norland will send troops again", "Estria", acts=(deploy(desk),), stance="predicts")
    assert statements(desk) == {}


def test_an_asserted_negation_denies(desk: Any, report: str) -> None:
    """Saying that it did not happen is a denial, and denying that it did not is none."""
    plain = speak(desk, report, "Norland sent troops", "Norland", acts=(deploy(desk, negated=True),))
    double = speak(desk, report, "it sent", "Estria", acts=(deploy(desk, negated=True),), stance="denies")
    found = parts(statements(desk)["deploy"])
    assert (found[plain].position, found[plain].how, found[double].position) == ("denies", "denies", "supports")


def test_the_extent_is_denied_and_contradicted(desk: Any, report: str) -> None:
    """Against "fully" a denial is about the extent; the opposed army's defence of the place asserts the contrary."""
    took = speak(desk, report, "its army fully retook Varda", "Sudmark", acts=(retake(desk),))
    denied = speak(desk, report, "the claim", "Estria", stance="denies", about=took)
    goes_on = speak(
        desk, report, "its defence of Varda goes on", "Estria", acts=(act(desk, "defence", act="defend", agent="Estria", place="Varda"),)
    )
    statement = statements(desk)["retake"]
    found = parts(statement)
    assert (found[denied].aspect, found[denied].how) == ("extent", "denies")
    assert (found[goes_on].position, found[goes_on].aspect, found[goes_on].how) == ("denies", "extent", "asserts the contrary")
    assert statement.serves_agent


def test_an_own_act_at_another_place_contradicts_nothing(desk: Any, report: str) -> None:
    """A defence elsewhere goes together with the loss of this place."""
    speak(desk, report, "its army fully retook Varda", "Sudmark", acts=(retake(desk),))
    other = speak(
        desk, report, "its defence of Varda goes on", "Estria", acts=(act(desk, "defence", act="defend", agent="Estria", place="Ostrow"),)
    )
    assert other not in parts(statements(desk)["retake"])


def test_acts_of_two_agents_are_two_statements(desk: Any, report: str) -> None:
    """The same act by another principal is another statement."""
    speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),))
    speak(desk, report, "Norland sent troops", "Estria", acts=(deploy(desk, agent="Estria"),))
    assert sum(statement.act == "deploy" for statement in link(desk.holdings()).statements) == 2


def test_a_passive_without_agent_joins_the_agent_it_names(desk: Any, report: str) -> None:
    """Troops "were sent" is the act of the one sender that the claim names too."""
    speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),))
    passive = speak(desk, report, "Norland soldiers fought", "Sudmark", acts=(deploy(desk, agent=None),), names=("Norland",))
    assert passive in parts(statements(desk)["deploy"])


def test_own_voice_takes_no_side(desk: Any, report: str) -> None:
    """Narration is no part of a statement."""
    told = desk.claim(report, "Norland sent troops to Sudmark", acts=(deploy(desk),))
    speak(desk, report, "Norland sent troops", "Estria", acts=(deploy(desk),))
    assert told not in parts(statements(desk)["deploy"])


def test_a_person_sets_the_parties(desk: Any, report: str) -> None:
    """What the settings give for words of the statement goes before the acts."""
    speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),))
    settings = Settings(parties={"sent troops": ["Norland", "Westmark"]})
    assert statements(desk, settings)["deploy"].parties == ("Norland", "Westmark")


def test_a_bare_verb_of_one_speaker_is_no_statement(desk: Any, report: str) -> None:
    """A verb outside the table needs two principals."""
    speak(desk, report, "Norland sent troops", "Estria", acts=(act(desk, "sent", act="glow", agent="Norland"),))
    assert "glow" not in statements(desk)
    speak(desk, report, "it sent", "Sudmark", acts=(act(desk, "sent", act="glow", agent="Norland"),))
    assert "glow" in statements(desk)


def test_a_bare_noun_is_nobodys_act(desk: Any, report: str) -> None:
    """ "The attack" in passing is not the act of whoever else the claim names."""
    speak(desk, report, "Norland sent troops", "Estria", acts=(act(desk, "sent", act="attack", agent="Norland"),))
    passing = speak(desk, report, "Norland soldiers fought", "Sudmark", acts=(act(desk, "fought", act="attack"),), names=("Norland",))
    assert passing not in parts(statements(desk)["attack"])


OWNER = (
    "The ferry Havdis was overloaded, the owner confirmed. The owner had denied that the ferry was overloaded. It sank in calm seas, "
    "police said. Norland-backed rebels hold Varda, Estria said. It said it sent troops. The strike on Varda was a crime, Estria said. "
    "Norland fired a rocket, Estria said. Norland had fired at army posts, it said."
)


def owner(desk: Any) -> str:
    return str(desk.article(OWNER, outlet="Fjord Times", day="2021-03-02", title="Ferry Havdis"))


def spoken(desk: Any, words: str, **more: Any) -> Act:
    return Act(span=desk.span(OWNER, words), **more)


def test_an_act_without_an_agent_is_put_to_who_denies_it(desk: Any) -> None:
    """Nobody is named as having overloaded the ferry; its owner, who denied it, is the party that can concede it."""
    page = owner(desk)
    loaded = spoken(desk, "overloaded", act="overload", counted="ferry")
    denied = speak(desk, page, "that the ferry was overloaded", "Nordlys Rederi", acts=(loaded,), stance="denies")
    confirmed = speak(desk, page, "The ferry Havdis was overloaded", "Nordlys Rederi", acts=(loaded,), stance="confirms")
    statement = statements(desk)["overload"]
    assert {claim: member.position for claim, member in parts(statement).items()} == {denied: "denies", confirmed: "supports"}
    assert statement.parties == ("Nordlys Rederi",)
    assert statement.text == "The ferry Havdis was overloaded"


def test_an_act_without_an_agent_that_nobody_denies_is_no_statement(desk: Any) -> None:
    """That a ferry sank is a happening, not somebody's claim against another."""
    page = owner(desk)
    for by in ("police", "Nordlys Rederi"):
        speak(desk, page, "It sank in calm seas", by, acts=(spoken(desk, "sank", act="sink", counted="ferry"),))
    assert statements(desk) == {}


def test_talk_and_noun_phrases_are_no_statements(desk: Any) -> None:
    """Nobody can confirm a remark, and "the strike on Varda" puts nothing forward."""
    page = owner(desk)
    said = spoken(desk, "said", act="deny", agent="Norland")
    strike = spoken(desk, "strike", act="attack", agent="Norland")
    for by in ("Estria", "Sudmark"):
        speak(desk, page, "the owner confirmed", by, acts=(said,))
        speak(desk, page, "The strike on Varda was a crime", by, acts=(strike,))
    assert statements(desk) == {}


def test_half_of_a_compound_is_no_act(desk: Any) -> None:
    """ "Norland-backed" describes the rebels; it does not claim that Norland backed them."""
    page = owner(desk)
    backed = spoken(desk, "backed rebels", act="help", agent="Norland")
    for by in ("Estria", "Sudmark"):
        speak(desk, page, "Norland-backed rebels hold Varda", by, acts=(backed,))
    assert statements(desk) == {}


def test_a_pronoun_for_the_speaker_gives_way_to_its_name(desk: Any) -> None:
    """A reader of one line learns who "it" is; the brackets say that the word is not the report's."""
    page = owner(desk)
    speak(desk, page, "it sent troops", "Norland", acts=(spoken(desk, "sent", act="deploy", agent="Norland", counted="troops"),))
    assert statements(desk)["deploy"].text == "[Norland] sent troops"


def test_the_wording_of_an_earlier_day_is_kept_beside_the_best(desk: Any, report: str) -> None:
    """A clock that hides the clearest words still has a clause to show."""
    late = speak(desk, report, "Norland sent troops to Sudmark", "Estria", acts=(deploy(desk),), said=desk.on("2021-03-02"))
    early = speak(desk, report, "how many troops it sent", "Sudmark", acts=(deploy(desk),), said=desk.on("2021-03-01"))
    statement = statements(desk)["deploy"]
    assert [claim for claim, _ in statement.wordings] == [late, early]
    assert statement.text == statement.wordings[0][1]


def test_an_act_in_a_relative_clause_does_not_name_its_statement(desk: Any) -> None:
    """A clause on a monument says little of the dispatch that it mentions, however early and plain; the quoted one puts it forward."""
    named, telling = "A monument honours Norland which sent troops", "Norland dispatched \u201cmany\u201d troops"
    text = f"{named}, Sudmark said. {telling}, Estria said."
    page = str(desk.article(text, outlet="Fjord Times", day="2021-03-02", title="Norland troops"))
    for words, verb, by in ((named, "sent", "Sudmark"), (telling, "dispatched", "Estria")):
        act = Act(span=desk.span(text, verb), act="deploy", agent="Norland", counted="troops")
        speak(desk, page, words, by, acts=(act,))
    assert statements(desk)["deploy"].text == telling


def test_a_shot_at_another_target_is_another_statement(desk: Any) -> None:
    """Who fired "at army posts" has not owned up to the rocket that others speak of."""
    page = owner(desk)
    rocket = spoken(desk, "fired a rocket", act="launch", agent="Norland", counted="rocket")
    posts = spoken(desk, "fired at army posts", act="launch", agent="Norland", patient="Estria")
    for by in ("Estria", "Sudmark"):
        speak(desk, page, "Norland fired a rocket", by, acts=(rocket,))
    aimed = speak(desk, page, "Norland had fired at army posts", "Norland", acts=(posts,))
    launched = [statement for statement in link(desk.holdings()).statements if statement.act == "launch"]
    assert sorted((statement.text, aimed in parts(statement)) for statement in launched) == [
        ("Norland fired a rocket", False),
        ("Norland had fired at army posts", True),
    ]


def test_what_is_told_of_a_past_event_is_no_statement_of_the_story(desk: Any) -> None:
    """An attack of years ago, set beside today's, is not asserted of today."""
    text = "Norland struck Varda on Monday. In January 2010, Norland attacked the port of Varda and killed 120 people, Estria said."
    page = desk.article(text, outlet="Fjord Times", day="2021-03-02", title="Norland strikes Varda")
    words = desk.span(text, "January 2010")
    content = "In January 2010, Norland attacked the port of Varda and killed 120 people"
    attacked = Act(span=desk.span(text, "attacked"), act="attack", agent="Norland", patient="Varda")
    desk.claim(
        page, content, by=["Estria"], principals=("Estria",), acts=(attacked,), figures=(desk.figure(page, "120 people", 120),),
        happened=Interval(first="2010-01-01", last="2010-01-31", words=words, basis="words"),
    )  # fmt: skip
    assert statements(desk) == {}
