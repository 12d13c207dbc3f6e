"""Incidents: which day an article's own happening has, and when two are two situations."""

import datetime as dt
from typing import Any

import pytest

from reportedly.resolve.incidents import Incident, coincide, differ, find_incident
from reportedly.resolve.reports import gather_reports


@pytest.mark.parametrize(
    ("text", "incident"),
    [
        ("A quake shook Nordhavn on Monday.", Incident(kind="quake", day=dt.date(2024, 3, 4))),
        ("Police said on Tuesday that a man had been charged after the shooting at the quay on Sunday.", ("attack", dt.date(2024, 3, 3))),
        ("The council met on Monday. Talks go on.", None),
        ("Two died on Sunday when a train derailed near Tarnvik.", ("crash", dt.date(2024, 3, 3))),
    ],
)
def test_the_first_dated_happening_is_the_article_s_own(desk: Any, text: str, incident: Any) -> None:
    """A date beside an arrest or a statement is none of the happening's."""
    desk.article(text, outlet="Fjord Times", day="2024-03-05")
    found = find_incident(gather_reports(desk.holdings()))
    assert found == (Incident(kind=incident[0], day=incident[1]) if isinstance(incident, tuple) else incident)


def test_strikes_of_two_days_are_two_situations_and_shocks_of_a_week_are_one() -> None:
    """One day more is what time zones explain; another kind, or no day, tells nothing."""
    strike, later = Incident(kind="attack", day=dt.date(2024, 3, 4)), Incident(kind="attack", day=dt.date(2024, 3, 7))
    shock, after = Incident(kind="quake", day=dt.date(2024, 3, 4)), Incident(kind="quake", day=dt.date(2024, 3, 7))
    assert differ(strike, later)
    assert not differ(strike, Incident(kind="attack", day=dt.date(2024, 3, 5)))
    assert not differ(shock, after)
    assert differ(shock, Incident(kind="quake", day=dt.date(2024, 4, 20)))
    assert not differ(strike, after)
    assert not differ(strike, None)
    assert coincide(strike, Incident(kind="any", day=dt.date(2024, 3, 4)))
    assert not coincide(strike, later)
