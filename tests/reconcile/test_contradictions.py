import itertools
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.model import Clocks, Event
from reportedly.reconcile import build_series, find_contradictions


def plain(*values: object) -> tuple[object, ...]:
    """Values side by side, so that a decimal may be compared with a whole number."""
    return values


def count(newsroom: Any, by: str, day: str, number: int, **more: Any) -> str:
    page = newsroom.report(f"{by}-{day}-{number}", published=day)
    figure = newsroom.figure(str(number), number, number, **more)
    claim: str = newsroom.claim(page, f"It counts {number}", by=by, said=day, figures=[figure])
    return claim


def test_a_half_that_exceeds_its_composite_contradicts_it(newsroom: Any) -> None:
    """900 killed and, by the same day, 700 killed or injured cannot both hold."""
    half = count(newsroom, "Army", "2025-03-01", 900)
    whole = count(newsroom, "Clinic", "2025-03-01", 700, measure="killed_or_injured")
    assert [(found.rule, found.claims) for found in find_contradictions(newsroom.holdings(), Clocks())] == [
        ("half within composite", (half, whole))
    ]


def test_a_later_half_may_exceed_an_older_composite(newsroom: Any) -> None:
    """The composite of March says nothing of September's dead."""
    count(newsroom, "Army", "2025-09-01", 900)
    count(newsroom, "Clinic", "2025-03-01", 700, measure="killed_or_injured")
    assert find_contradictions(newsroom.holdings(), Clocks()) == []


def test_a_toll_that_falls_is_shown(newsroom: Any) -> None:
    """Dead do not return: 60 on Monday and 52 on Tuesday cannot both hold; people missing may well be found."""
    first, second = count(newsroom, "Ministry", "2025-03-03", 60), count(newsroom, "Ministry", "2025-03-04", 52)
    for day, number in (("2025-03-03", 231), ("2025-03-04", 130)):
        count(newsroom, "Ministry", day, number, measure="missing")
    assert [(found.rule, found.claims) for found in find_contradictions(newsroom.holdings(), Clocks())] == [
        ("no less later", (first, second))
    ]


def test_a_part_bounds_its_total_from_below_and_a_composite_its_halves_from_above(newsroom: Any) -> None:
    """What follows from other series stands in columns of its own and never among the stated bounds."""
    count(newsroom, "Army", "2025-03-01", 100, measure="killed_or_injured")
    count(newsroom, "Army", "2025-03-01", 30)
    count(newsroom, "Clinic", "2025-03-01", 45, share="part")
    rows = {(row.measure, row.share): row for row in build_series(newsroom.holdings(), Clocks(), "widest")}
    total = rows["killed", "total"]
    assert plain(total.low, total.high, total.implied_low, total.implied_high) == (30, 30, 45, None)
    assert plain(rows["killed_or_injured", "total"].implied_low, rows["killed", "part"].implied_high) == (None, 30)


def sets_of(newsroom: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.rule, found.claims) for found in find_contradictions(newsroom.holdings(), Clocks())]


def test_killed_and_injured_together_are_within_the_composite(newsroom: Any) -> None:
    """30 killed and 50 injured leave no room for 70 killed or injured, though each of them does."""
    killed = count(newsroom, "Army", "2025-03-01", 30)
    injured = count(newsroom, "Clinic", "2025-03-01", 50, measure="injured")
    both = count(newsroom, "Ministry", "2025-03-01", 70, measure="killed_or_injured")
    (found,) = find_contradictions(newsroom.holdings(), Clocks())
    assert (found.rule, found.claims) == ("half within composite", (injured, killed, both))
    assert found.passages == ("It counts 50", "It counts 30", "It counts 70")
    assert found.why.startswith("“50” (people injured, Clinic), “30” (people killed, Army) and “70” (people killed or injured, Ministry)")
    assert "cannot all hold" in found.why


def test_casualties_are_no_fewer_than_killed_and_injured(newsroom: Any) -> None:
    """Casualties hold both, so 60 of them are too few beside 30 and 50."""
    count(newsroom, "Army", "2025-03-01", 30)
    count(newsroom, "Army", "2025-03-01", 50, measure="injured")
    count(newsroom, "Army", "2025-03-01", 60, measure="casualties")
    assert [rule for rule, _ in sets_of(newsroom)] == ["half within composite"]


def battle(newsroom: Any, *claims: str) -> None:
    """All claims are about one battle."""
    event = Event(id="e:1", story="s:1", parent=None, label="battle", place=None, happened=None, background=False, claims=claims)
    newsroom.more = {"events": (event,), "event_of": dict.fromkeys(claims, "e:1")}


def test_dead_of_classes_that_exclude_one_another_are_within_the_dead_of_the_event(newsroom: Any) -> None:
    """40 soldiers and 30 civilians are more than the 60 dead of the same battle; with 41 soldiers alone there is room."""
    soldiers = count(newsroom, "Army", "2025-03-01", 40, counted="soldiers")
    civilians = count(newsroom, "Clinic", "2025-03-01", 30, counted="civilians")
    dead = count(newsroom, "Ministry", "2025-03-01", 60)
    battle(newsroom, soldiers, civilians, dead)
    assert sets_of(newsroom) == [("subset within total", (soldiers, civilians, dead))]


def test_children_may_be_among_the_civilians(newsroom: Any) -> None:
    """Classes that the table does not hold apart are not added."""
    children = count(newsroom, "Army", "2025-03-01", 40, counted="children")
    civilians = count(newsroom, "Clinic", "2025-03-01", 30, counted="civilians")
    dead = count(newsroom, "Ministry", "2025-03-01", 60)
    battle(newsroom, children, civilians, dead)
    assert sets_of(newsroom) == []


def test_a_part_larger_than_its_whole_is_shown(newsroom: Any) -> None:
    """80 soldiers killed in a battle of 60 dead."""
    soldiers, dead = count(newsroom, "Army", "2025-03-01", 80, counted="soldiers"), count(newsroom, "Ministry", "2025-03-01", 60)
    battle(newsroom, soldiers, dead)
    assert sets_of(newsroom) == [("subset within total", (soldiers, dead))]


def test_an_earlier_number_and_what_came_to_it_are_within_a_later_total(newsroom: Any) -> None:
    """40 dead, then 15 more by the same count, then 50 in all: one of the three is wrong."""
    old = count(newsroom, "Ministry", "2025-03-01", 40)
    more = count(newsroom, "Ministry", "2025-03-02", 15, share="additional")
    new = count(newsroom, "Hospital", "2025-03-04", 50)
    assert sets_of(newsroom) == [("old and additional within new", (old, more, new))]


def test_what_came_to_another_source_s_number_is_not_added(newsroom: Any) -> None:
    """15 more than the army counts say nothing of the ministry's 40."""
    count(newsroom, "Ministry", "2025-03-01", 40)
    count(newsroom, "Army", "2025-03-02", 15, share="additional")
    count(newsroom, "Hospital", "2025-03-04", 50)
    assert sets_of(newsroom) == []


def test_confirmed_and_suspected_cases_are_all_cases(newsroom: Any) -> None:
    """One ministry on one day: 50 confirmed and 30 suspected are neither 70 cases nor 100."""
    for day, number in (("2025-03-01", 70), ("2025-04-01", 100), ("2025-05-01", 80)):
        room = type(newsroom)()
        count(room, "Ministry", day, 50, measure="infected", status="confirmed")
        count(room, "Ministry", day, 30, measure="infected", status="suspected")
        count(room, "Ministry", day, number, measure="infected")
        assert [rule for rule, _ in sets_of(room)] == ([] if number == 80 else ["statuses make all"]), number


def test_hedged_and_bounded_numbers_leave_room(newsroom: Any) -> None:
    """About 30 and at least 45 fit into 75; at least 60 do not."""
    for least, rules in ((45, []), (60, ["half within composite"])):
        room = type(newsroom)()
        count(room, "Army", "2025-03-01", 30, qualifier="about")
        page = room.report("clinic", published="2025-03-01")
        figure = room.figure(f"at least {least}", least, None, measure="injured", qualifier="at_least")
        room.claim(page, f"It counts at least {least}", by="Clinic", said="2025-03-01", figures=[figure])
        count(room, "Ministry", "2025-03-01", 75, measure="killed_or_injured")
        assert [rule for rule, _ in sets_of(room)] == rules


_DAYS = ("2025-03-01", "2025-03-02")
_SORTS = ("killed", "injured", "killed_or_injured")
_TOP = 4
_TOLD = st.tuples(
    st.sampled_from(("Army", "Clinic", "Ministry")), st.integers(0, 1), st.sampled_from(_SORTS), st.integers(1, _TOP), st.booleans()
)


def _worlds() -> list[dict[tuple[str, int], int]]:
    """All that may have happened by the end of two days: dead and injured only grow, and a composite holds both."""
    found = []
    pairs = [(first, last) for first in range(2 * _TOP + 1) for last in range(first, 2 * _TOP + 1)]
    for killed, injured in itertools.product([pair for pair in pairs if pair[1] <= _TOP], repeat=2):
        least = [killed[day] + injured[day] for day in (0, 1)]
        for both in [pair for pair in pairs if pair[0] >= least[0] and pair[1] >= least[1]]:
            rows = {"killed": killed, "injured": injured, "killed_or_injured": both}
            found.append({(sort, day): rows[sort][day] for sort in _SORTS for day in (0, 1)})
    return found


_WORLDS = _worlds()


def _fits(claims: Sequence[tuple[str, int, str, int, bool]]) -> bool:
    bounds = [(sort, day, number, number if exact else None) for _, day, sort, number, exact in claims]
    return any(all(low <= world[s, d] and (high is None or world[s, d] <= high) for s, d, low, high in bounds) for world in _WORLDS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(_TOLD, min_size=2, max_size=6))
def test_a_set_cannot_hold_and_every_smaller_one_can(newsroom: Any, told: list[tuple[str, int, str, int, bool]]) -> None:
    """By trying all small whole numbers, independently of how the sets were found."""
    room, claims = type(newsroom)(), {}
    for number, (by, day, sort, low, exact) in enumerate(told):
        page = room.report(f"page-{number}", published=_DAYS[day])
        words = f"{'' if exact else 'at least '}{low}"
        figure = room.figure(words, low, low if exact else None, measure=sort, qualifier="exact" if exact else "at_least")
        claims[room.claim(page, f"It counts {words}", by=by, said=_DAYS[day], figures=[figure])] = told[number]
    for found in find_contradictions(room.holdings(), Clocks()):
        rows = [claims[claim] for claim in found.claims]
        assert not _fits(rows)
        assert all(_fits(rows[:left] + rows[left + 1 :]) for left in range(len(rows)))
