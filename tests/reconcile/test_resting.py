from pathlib import Path

import pytest

from reportedly.api import Desk, Question
from reportedly.model import Clocks, Filters, Series
from reportedly.reconcile import build_series
from reportedly.reconcile.resting import Rest, rest_on
from reportedly.tasks.inspection import unclocked


@pytest.fixture(scope="module")
def toll(filled: Path) -> tuple[Series, tuple[Rest, ...]]:
    """The ferry's dead: the series, and what it rests on."""
    with Desk(filled) as desk:
        held = unclocked(desk, Question(filters=Filters(story="ferry")))
        rests = rest_on(held, Clocks(), "widest")
        rows = build_series(held, Clocks(), "widest")
        assert {row.id for row in rows} == set(rests)
        series = max((row for row in rows if row.measure == "killed"), key=lambda row: len(row.entries))
        return series, rests[series.id]


def test_every_principal_and_outlet_of_a_series_is_left_out_once(toll: tuple[Series, tuple[Rest, ...]]) -> None:
    """Each principal and each outlet that an entry names has one row."""
    series, rests = toll
    named = {kind: sorted(rest.name for rest in rests if rest.kind == kind) for kind in ("without principal", "without outlet")}
    assert named["without principal"] == sorted({entry.principal for entry in series.entries if entry.principal})
    assert named["without outlet"] == sorted({outlet for entry in series.entries for outlet in entry.outlets})


def test_the_policy_asked_for_moves_nothing(toll: tuple[Series, tuple[Rest, ...]]) -> None:
    """Under it the bounds are the series' own; whatever differs from them is marked as moved, and nothing else is."""
    series, rests = toll
    own = (series.low, series.best, series.high, series.open_high)
    for rest in rests:
        assert rest.moved is ((rest.low, rest.best, rest.high, rest.open_high) != own)
    assert [rest.moved for rest in rests if (rest.kind, rest.name) == ("under policy", "widest")] == [False]


def test_a_number_that_one_principal_alone_states_is_gone_without_it(toll: tuple[Series, tuple[Rest, ...]]) -> None:
    """Without Norway, whose government says more than 25, only the police's number of the dead bounds the series."""
    series, rests = toll
    assert series.open_high
    without = next(rest for rest in rests if (rest.kind, rest.name) == ("without principal", "Norway"))
    assert (str(without.low), str(without.high), without.open_high) == ("26", "26", False)
