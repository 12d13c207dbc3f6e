from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.attribution.quotations import find_quotations


def passages(*texts: str) -> Any:
    """Paragraphs that have a text and nothing else: quotations need no parse."""
    return cast("Any", [SimpleNamespace(doc=SimpleNamespace(text=text)) for text in texts])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and “no.”", ["“yes”", "“no.”"]),
        ('He said "yes" and "no."', ['"yes"', '"no."']),
        ("He said «yes».", ["«yes»"]),
        ("He said ''yes''.", ["''yes''"]),
        ("Plan is ‘a farce’, she says", ["‘a farce’"]),
        ("Officers’ pay rose in the ’90s, and it’s fine.", []),
        ("Don't ask the drivers' union; it isn't open.", []),
        ("Mayor: ‘Drivers’ union is right’", ["‘Drivers’ union is right’"]),
    ],
)
def test_marks_of_every_kind_are_paired_and_apostrophes_left_alone(text: str, expected: list[str]) -> None:
    """Curly, straight, single, doubled and angled marks hold quotations; apostrophes do not."""
    (found,) = find_quotations(passages(text))
    assert [text[q.start : q.end] for q in found] == expected


def test_unclosed_quotation_is_carried_to_the_paragraph_that_reopens_it() -> None:
    """The newspapers' way with long quotations: an opening mark a paragraph, a closing one at the very end."""
    first, second = find_quotations(passages("“One day. Two days.", "“Three days.”"))
    assert (first[0].closed, second[0].closed, second[0].carried) == (False, True, True)


@given(st.lists(st.text(alphabet="ab .,\"'“”‘’«»`", max_size=40), max_size=5))
def test_quotations_lie_in_order_inside_their_paragraphs(texts: list[str]) -> None:
    """Whatever the marks, quotations are disjoint, in order and no longer than their paragraph."""
    for text, found in zip(texts, find_quotations(passages(*texts)), strict=True):
        ends = [0, *(place for q in found for place in (q.start, q.end)), len(text)]
        assert ends == sorted(ends)
