from typing import Any

import pytest

from reportedly.model import Act, Statement
from reportedly.resolve import link

TEXT = (
    "Norland struck Lumo, Sudmark said. Norland struck Tarn, Sudmark said. Norland denied that it struck Tarn. "
    "Norland confirmed that it struck Lumo. Norland struck Sudmark, Estria said."
)


@pytest.fixture
def report(desk: Any) -> str:
    """An article about two strikes by one side."""
    return str(desk.article(TEXT, outlet="Fjord Times", day="2021-03-02", title="Norland strikes two towns"))


def say(desk: Any, report: str, content: str, by: str, **more: Any) -> str:
    act = Act(span=desk.span(TEXT, content.split()[-2]), **({"act": "attack", "agent": "Norland"} | more.pop("act")))
    return str(desk.claim(report, content, by=[by], principals=(by,), acts=(act,), **more))


def members(statement: Statement) -> dict[str, str]:
    return {member.claim: member.position for member in statement.members}


def test_two_strikes_by_one_side_are_two_statements(desk: Any, report: str) -> None:
    """What is denied of the one town and confirmed of the other meets only the accusation of that town."""
    lumo = say(desk, report, "Norland struck Lumo", "Sudmark", act={"patient": "Lumo"})
    tarn = say(desk, report, "Norland struck Tarn", "Sudmark", act={"patient": "Tarn"})
    denial = say(desk, report, "it struck Tarn", "Norland", act={"patient": "Tarn"}, stance="denies")
    avowal = say(desk, report, "it struck Lumo", "Norland", act={"patient": "Lumo"}, stance="confirms")
    found = [members(statement) for statement in link(desk.holdings()).statements]
    assert sorted(found, key=sorted) == sorted([{lumo: "supports", avowal: "supports"}, {tarn: "supports", denial: "denies"}], key=sorted)


def test_a_state_parts_no_act(desk: Any, report: str) -> None:
    """A strike on a state may be the strike on its town."""
    town = say(desk, report, "Norland struck Lumo", "Sudmark", act={"patient": "Lumo"})
    state = say(desk, report, "Norland struck Sudmark", "Estria", act={"patient": "Syria"})
    (statement,) = link(desk.holdings()).statements
    assert set(members(statement)) == {town, state}


def test_troops_sent_to_two_places_are_one_act(desk: Any, report: str) -> None:
    """An act that goes on for months and reaches many places is not parted by them."""
    one = say(desk, report, "Norland struck Lumo", "Sudmark", act={"act": "deploy", "counted": "troops", "place": "Lumo"})
    other = say(desk, report, "Norland struck Sudmark", "Estria", act={"act": "deploy", "counted": "troops", "place": "Tarn"})
    (statement,) = link(desk.holdings()).statements
    assert set(members(statement)) == {one, other}
