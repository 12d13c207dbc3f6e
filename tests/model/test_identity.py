from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Span, claim_id, document_id, group_id, text_digest

ONE, TWO = Span(start=0, end=3, text="The"), Span(start=4, end=7, text="sea")


def test_a_claims_id_depends_on_its_text_and_on_which_part_each_span_is() -> None:
    """Swapping content and source, or another text, gives another id; the same gives the same."""
    same = claim_id("t", [ONE], [], [TWO])
    assert same == claim_id("t", [ONE], [], [TWO])
    assert len({same, claim_id("t", [TWO], [], [ONE]), claim_id("u", [ONE], [], [TWO])}) == 3


def test_the_same_bytes_of_another_outlet_are_another_document() -> None:
    """Address and publisher tell two appearances of one text apart."""
    assert document_id("b", None, "Coast Herald") != document_id("b", None, "Fjord Times")
    assert document_id("b", None, None) == document_id("b", None, None)


@given(st.sets(st.text(), min_size=1), st.randoms())
def test_a_groups_id_does_not_depend_on_order(members: set[str], random: object) -> None:
    """Any order of the members gives the same id."""
    shuffled = sorted(members, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert group_id("s", shuffled) == group_id("s", members)


@given(st.text())
def test_any_text_has_a_digest(text: str) -> None:
    """Lone surrogates and NUL included."""
    assert len(text_digest(text + "\ud800\x00")) == 64
