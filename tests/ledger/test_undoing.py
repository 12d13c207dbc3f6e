"""Whatever people judged, and in whatever order it is taken back, the ledger says what it said before."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.ledger import MemoryStore, make_judgement
from reportedly.model import Correction, JudgementKind

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

Drawn = tuple[JudgementKind, Sequence[int], Mapping[str, Any]]

_ONE = st.sampled_from(((0,), (1,)))
_JUDGEMENTS: st.SearchStrategy[Drawn] = st.one_of(
    st.tuples(st.sampled_from(("accept", "reject")), _ONE, st.just({})),
    st.tuples(
        st.just("amend"), _ONE, st.sampled_from(({"stance": "doubts"}, {"place": "Lake Ufer"}, {"stance": "pledges", "place": "Lumo"}))
    ),
    st.tuples(st.sampled_from(("merge", "split")), st.just((0, 1)), st.just({})),
    st.tuples(st.just("grade"), _ONE, st.sampled_from(({"credibility": 2}, {"credibility": 5}))),
)


@settings(max_examples=30)
@given(drawn=st.lists(_JUDGEMENTS, min_size=1, max_size=5), chance=st.randoms(use_true_random=False))
def test_any_judgement_can_be_undone(press: Press, drawn: list[Drawn], chance: Any) -> None:
    """Every kind, several at once, in any order: claims are as they were, and each judgement stays on record, marked."""
    store = MemoryStore()
    store.put(*press.report())
    before = store.holdings().claims
    made = []
    for number, (kind, places, changes) in enumerate(drawn):
        targets = tuple(before[place].claim.id for place in places)
        judgement = make_judgement(store, Correction(kind=kind, targets=targets, by=f"Ann {number}", reason="heard it", changes=changes))
        store.judge(judgement)
        made.append(judgement.id)
    chance.shuffle(made)
    for judgement_id in made:
        store.undo(judgement_id)
    held = store.holdings()
    assert held.claims == before
    assert [judgement.undone for judgement in held.judgements] == [True] * len(made)
