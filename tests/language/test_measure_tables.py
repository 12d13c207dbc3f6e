"""The tables behind figures are whole: sources, known classes, the order of composites."""

import pytest

from reportedly.language.numerals.measures import composite, counts, measures, measures_of, row
from reportedly.language.tables import load_table

TABLES = ["numbers", "qualifiers", "units", "counted", "measures", "shares", "constructions", "designations"]
WANTED = [
    "killed",
    "injured",
    "missing",
    "casualties",
    "losses",
    "recovered",
    "rescued",
    "sheltered",
    "displaced",
    "evacuated",
    "detained",
    "captured",
    "abducted",
    "escaped",
    "infected",
    "hospitalised",
    "deployed",
    "withdrawn",
    "attended",
    "affected",
    "laid_off",
    "destroyed",
    "damaged",
    "delivered",
    "launched",
    "spilled",
    "cost",
]


@pytest.mark.parametrize("name", TABLES)
def test_every_section_names_its_source(name: str) -> None:
    """No row without a source."""
    assert all(section.get("source") for section in load_table(name).values())


def test_the_measures_are_those_of_the_data_dictionary() -> None:
    """One section a measure, and no other."""
    assert sorted(measures()) == sorted(WANTED)


def test_a_measure_counts_only_classes_that_exist() -> None:
    """A misspelt class would silently count nothing."""
    known = {*load_table("counted"), "human", "force", "none", "bare", "money", "volume", "area", "percent"}
    assert {kind for name in measures() for kind in row(name).get("counts", ())} <= known


def test_composites_name_their_parts_once_in_table_order() -> None:
    """`wounded or killed` and `killed or wounded` are one measure."""
    assert composite(["injured", "killed"]) == composite(["killed", "injured", "killed"]) == "killed_or_injured"
    assert composite(["damaged", "destroyed"]) == "destroyed_or_damaged"


def test_a_verb_measures_only_what_it_can() -> None:
    """Troops are deployed, letters are not; money costs, people do not."""
    assert "deployed" in measures_of("object_verbs", "send")
    assert counts("deployed", "troops", None)
    assert not counts("deployed", "letters", None)
    assert counts("cost", None, "USD")
    assert not counts("cost", "people", None)
    assert not counts("killed", "buildings", None)
