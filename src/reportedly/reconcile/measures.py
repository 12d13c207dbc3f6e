"""What may be assumed of a measure: the tables of `measures.toml`."""

import functools
import tomllib
from collections.abc import Collection
from importlib import resources
from typing import Any

from reportedly.language.naming.names import state_of
from reportedly.language.numerals.counted import class_of
from reportedly.model import Figure


def halves_of(measure: str) -> tuple[str, ...]:
    """The measures that a composite joins (`killed_or_injured` -> killed, injured); empty for a plain measure."""
    halves = tuple(measure.split(_table()["halves"]["mark"]))
    return halves if len(halves) > 1 else ()


def class_of_figure(figure: Figure) -> str | None:
    """The class of what a figure counts, else the noun itself where the table has no class for it; None where no words say.

    People called by their state ("two Canadians") are people; which ones, the population says.
    """
    words = (figure.counted or "").split()
    found = class_of(figure.counted)
    if found or not words:
        return found
    return _table()["people"]["class"] if state_of(words[-1].title()) else words[-1].casefold()


def class_counted(measure: str) -> str | None:
    """The class that a measure counts where no words name one; None where that is open."""
    parts = halves_of(measure) or (measure,)
    people = _table()["people"]
    return people["class"] if all(part in people["measures"] for part in parts) else None


def is_duration(figure: Figure) -> bool:
    """Whether a figure is an age or a duration, which enters no series."""
    return figure.measure == "other" and figure.unit in _table()["durations"]["units"]


def only_grows(measure: str) -> bool:
    """Whether a later cumulative total of the measure cannot be less than an earlier one."""
    growing = _table()["growing"]["measures"]
    return all(part in growing for part in halves_of(measure) or (measure,))


def summed_in(measure: str) -> tuple[str, ...]:
    """The measures that a measure is no less than the sum of (`casualties`: killed, injured); empty for others."""
    found = _table()["sums"].get(measure, ())
    return tuple(found) if isinstance(found, list) else ()


def bound_to(measures: Collection[str], present: Collection[str]) -> frozenset[str]:
    """Some measures with all that arithmetic binds to them: composites and their halves, sums and their parts, and what is bound to these.

    Args:
        measures: the measures.
        present: all that there are figures of.
    """
    near = {name: {*halves_of(name), *summed_in(name)} for name in present}
    found = set(measures)
    while more := {name for name in near if not found.isdisjoint(near[name])} | {each for name in found for each in near.get(name, ())}:
        if more <= found:
            break
        found |= more
    return frozenset(found)


def are_apart(one: str | None, other: str | None) -> bool:
    """Whether nobody is of both of two classes of what is counted."""
    classes = _table()["apart"]["classes"]
    return one != other and one in classes and other in classes


def status_parts() -> tuple[str, ...]:
    """The statuses of which each case has one."""
    return tuple(_table()["statuses"]["parts"])


@functools.cache
def _table() -> dict[str, Any]:
    path = resources.files("reportedly.reconcile").joinpath("measures.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
