"""Words that a pattern needs: every match holds one of them, and a pattern whose words are missing is not tried."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.language.needed_words import needed_words
from reportedly.language.times.words import compiled_forms, forms_for, table


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\d+ years? ago", (" year",)),
        (r"(?:the )?(?:last|coming) week", (" week",)),
        (r"[Ll]ater|(?P<sense>before|after)", ("after", "ater", "before")),
        (r"(?:days?){2} ", ("day",)),
        (r"(?:hours)?(?:\d|week)", ()),
        (r"(?i:hence)", ()),
        (r"(?<=since )\d\d(?= hours)", ()),
        (r"(?:one|two|three|four|five|six|seven|eight|nine)", ()),
    ],
)
def test_words_are_those_that_every_match_holds(pattern: str, words: tuple[str, ...]) -> None:
    """What may be left out, what stands before or behind a match, what case does not matter for, and long lists do not count."""
    assert needed_words(pattern) == words


PIECES = st.recursive(
    st.sampled_from(["year", "after ", "the ", "[Tt]", r"\d", "(?i:noon)", "."]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        inner.map(lambda piece: f"(?:{piece})?"),
        inner.map(lambda piece: f"(?P<name>{piece})" if "<name>" not in piece else piece),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_match_holds_one(data: st.DataObject) -> None:
    """Whatever a pattern is put together of."""
    pattern = data.draw(PIECES.filter(lambda piece: piece.count("<name>") < 2))
    match = data.draw(st.from_regex(pattern, fullmatch=True))
    words = needed_words(pattern)
    assert not words or any(word in match for word in words)


def test_forms_of_time_have_theirs() -> None:
    """Most forms can be told from what they need, and none needs what its macros stand for."""
    forms = forms_for(frozenset(table("forms", "triggers")))
    assert {name for name, _, _ in forms} == {name for name, _ in compiled_forms()}
    assert sum(bool(needed) for _, _, needed in forms) > len(forms) / 2
    needs = {name: needed for name, _, needed in forms}
    assert needs["ago"] == (" ago",)
    assert needs["weekday"] == ()
    assert all(re.search(r"[^{}]", word) for words in needs.values() for word in words)
