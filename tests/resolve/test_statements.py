from typing import Any

import pytest

from reportedly.model import Act, Settings, Statement, StatementMember
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
