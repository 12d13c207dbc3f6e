"""Which claims are compared as tellings of one utterance."""

from array import array
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportedly.resolve.utterances import sharing


@given(st.lists(st.sets(st.integers(-(2**63), 2**63 - 1) | st.integers(-2, 2), max_size=4), max_size=12))
def test_whoever_shares_a_number_is_found(numbers: list[set[int]]) -> None:
    """Claims of which a key has the same number come together, in their order; a number of one claim alone gives none."""
    flat, owners, wanted = array("q"), array("q"), defaultdict[int, list[int]](list)
    for owner, several in enumerate(numbers):
        for number in several:
            flat.append(number)
            owners.append(owner)
            wanted[number].append(owner)
    found = sharing(np.frombuffer(flat, dtype=np.int64), np.frombuffer(owners, dtype=np.int64))
    assert list(found) == [wanted[number] for number in sorted(wanted) if len(wanted[number]) > 1]
