"""The table of lines that say who wrote, when and for whom."""

import pytest

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.tables import load_table


def test_every_pattern_compiles_with_its_macros_filled_in() -> None:
    """No macro's mark is left in a pattern."""
    table = load_table("page_lines")
    for name in (*table["exact"], *table["folded"]):
        if name != "source":
            assert "<NAME" not in line_pattern(name).pattern
            assert "<MONTH" not in line_pattern(name).pattern


def test_only_the_folded_patterns_pass_over_case() -> None:
    """A name needs its capital, a date does not."""
    assert line_pattern("full_date").search("MAY 2, 2031")
    assert line_pattern("contributed").search("Ida Holm contributed")
    assert not line_pattern("contributed").search("the crew contributed")


def test_an_unknown_pattern_is_an_error() -> None:
    """A misspelt name is a mistake in the code, not in a page."""
    with pytest.raises(KeyError):
        line_pattern("no such line")
