import pytest

from reportedly.extract.attribution.cues import load_cues
from reportedly.language.tables import load_table

SHAPES = {"speech", "clause", "quote", "infinitive", "order", "gerund", "object", "prep", "predicate", "value", "number", "claimed"}


def test_every_section_of_the_table_names_its_source() -> None:
    """Where a list of words comes from stands beside it."""
    assert all(section.get("source", "").strip() for section in load_table("cues").values())


@pytest.mark.parametrize("kind", ["speech", "thought", "evidence", "judgement"])
def test_every_shape_is_one_that_a_rule_reads(kind: str) -> None:
    """A misspelt shape would silently find nothing."""
    rows = {lemma: frames for lemma, frames in load_table("cues")[kind].items() if lemma != "source"}
    assert {frame.split()[0] for frames in rows.values() for frame in frames} <= SHAPES


def test_no_verb_stands_in_two_sections() -> None:
    """A verb has one row, so that no order of sections decides."""
    table = load_table("cues")
    lemmas = [lemma for kind in ("speech", "thought", "evidence", "judgement") for lemma in table[kind] if lemma != "source"]
    assert sorted(set(lemmas)) == sorted(lemmas)


def test_prepositions_of_a_shape_are_read_from_its_row() -> None:
    """ "object for" and "object as" belong to praise, "order on" to call."""
    cues = load_cues().verbs
    assert cues["praise"].prepositions("object") == {"for", "as"}
    assert "on" in cues["call"].prepositions("order")
