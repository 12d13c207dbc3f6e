"""What is counted is brought into classes."""

import pytest

from reportedly.language.numerals.counted import class_of, is_force, is_human


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("troops", "soldiers"),
        ("North Korean soldiers", "soldiers"),
        ("police", "police"),
        ("rescue workers", "helpers"),
        ("workers", "workers"),
        ("people", "people"),
        ("Buildings", "buildings"),
        ("bodies", "bodies"),
        ("submarines", "vessels"),
        ("hullabaloo", None),
        (None, None),
        ("", None),
    ],
)
def test_the_longest_known_ending_decides(words: str | None, name: str | None) -> None:
    """`rescue workers` are helpers though `workers` are a class of their own."""
    assert class_of(words) == name


def test_people_and_things_that_can_be_sent_are_marked() -> None:
    """Soldiers are both, submarines only a force, children only people."""
    assert (is_human("soldiers"), is_force("soldiers")) == (True, True)
    assert (is_human("vessels"), is_force("vessels")) == (False, True)
    assert (is_human("children"), is_force("children")) == (True, False)
    assert (is_human(None), is_force(None)) == (False, False)


def test_blank_words_have_no_class() -> None:
    """White space names nothing that could be counted."""
    assert class_of(" ") is None
