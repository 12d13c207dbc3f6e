import itertools
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reconcile.sums import Range, Sum, settle

_MOST = 4  # greatest value tried by hand
_NAMES = ("a", "b", "c", "d")


@st.composite
def _systems(draw: Any) -> tuple[dict[str, tuple[Decimal, Decimal | None]], list[Sum]]:
    """Up to four counts, and sums whose parts come before their whole in the alphabet."""
    ranges = {}
    for name in _NAMES:
        low = draw(st.integers(0, _MOST))
        high = draw(st.one_of(st.none(), st.integers(low, _MOST)))
        ranges[name] = Decimal(low), None if high is None else Decimal(high)
    sums = []
    for whole in draw(st.lists(st.sampled_from(_NAMES[1:]), max_size=3)):
        parts = draw(st.lists(st.sampled_from(_NAMES[: _NAMES.index(whole)]), min_size=1, unique=True))
        sums.append(Sum(parts=tuple(parts), whole=whole, exact=draw(st.booleans())))
    return ranges, sums


def _by_hand(ranges: Any, sums: list[Sum]) -> bool:
    """Whether any whole numbers fit; wholes may be as large as all parts together."""
    top = _MOST * 8
    spaces = [range(int(low), int(top if high is None else high) + 1) for low, high in ranges.values()]
    for values in itertools.product(*spaces):
        held = dict(zip(ranges, values, strict=True))
        totals = [(sum(held[part] for part in each.parts), held[each.whole], each.exact) for each in sums]
        if all(total == whole if exact else total <= whole for total, whole, exact in totals):
            return True
    return False


@settings(max_examples=120, deadline=None)
@given(_systems())
def test_what_is_settled_is_what_trying_all_numbers_finds(system: Any) -> None:
    """No system is called possible or impossible wrongly."""
    ranges, sums = system
    small = {name: (low, Decimal(_MOST * 2) if high is None else high) for name, (low, high) in ranges.items()}
    answer = settle(small, sums)
    assert answer == "unsettled" or (answer == "possible") == _by_hand(small, sums)


@settings(max_examples=120, deadline=None)
@given(_systems())
def test_sums_that_need_not_be_reached_are_always_settled(system: Any) -> None:
    """The least values are a solution where nothing is impossible."""
    ranges, sums = system
    assert settle(ranges, [Sum(parts=each.parts, whole=each.whole) for each in sums]) != "unsettled"


def test_parts_that_must_make_a_whole_are_filled_up() -> None:
    """Between 1 and 3 of one kind and between 2 and 5 of another make 7, and do not make 9."""
    ranges: dict[Hashable, Range] = {"one": (Decimal(1), Decimal(3)), "two": (Decimal(2), Decimal(5))}
    made = [Sum(parts=("one", "two"), whole="all", exact=True)]
    assert settle({**ranges, "all": (Decimal(7), Decimal(7))}, made) == "possible"
    assert settle({**ranges, "all": (Decimal(9), Decimal(9))}, made) == "impossible"
