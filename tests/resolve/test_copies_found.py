"""Copies over a set whose descent is known: how many are found, and that the order of the articles says nothing."""

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.resolve.copies import find_copies
from reportedly.resolve.shingles import common, shingle, similar_pairs

SCRIPT = Path(__file__).parents[2] / "evals" / "copies.py"


@pytest.fixture(scope="module")
def copies() -> Any:
    """The script that makes the set and measures."""
    spec = importlib.util.spec_from_file_location("measure_copies", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["measure_copies"] = module
    spec.loader.exec_module(module)
    return module


def test_copies_are_found_and_nothing_else(copies: Any) -> None:
    """Exact, lightly edited, cut to a third, re-ordered and merged ones; reports of one story are none."""
    figures = copies.measure(copies.make_set(400, seed=11))
    assert figures["precision"] >= 0.98
    assert figures["recall"] >= 0.98
    assert set(figures["recall_by_kind"]) == set(copies.KINDS)
    assert min(figures["recall_by_kind"].values()) >= 0.95


def test_the_order_of_the_articles_says_nothing(copies: Any) -> None:
    """The same links come out, and each needs its two sides alone."""
    reports = [copies.report_of(place, made) for place, made in enumerate(copies.make_set(120, seed=12))]
    links = find_copies(reports)
    assert links
    shuffled = list(reports)
    random.Random(3).shuffle(shuffled)
    assert find_copies(shuffled) == links
    by_key = {report.key: report for report in reports}
    for link in links[:10]:
        assert find_copies([by_key[link.first], by_key[link.second]]) == (link,)


_SETS = st.lists(st.sets(st.integers(0, 40), max_size=25).map(lambda numbers: np.array(sorted(numbers), dtype=np.uint64)), max_size=9)


@given(_SETS, st.sampled_from([0.5, 0.8]), st.integers(1, 8))
def test_no_pair_is_missed(sets: list[Any], share: float, least: int) -> None:
    """What the join passes over is never a pair, whatever the sets."""
    found = set(similar_pairs(sets, share=share, least=least))
    for one in range(len(sets)):
        for other in range(one + 1, len(sets)):
            both, shorter = common(sets[one], sets[other]), min(len(sets[one]), len(sets[other]))
            if shorter and both >= share * shorter and (both >= least or np.array_equal(sets[one], sets[other])):
                assert (one, other) in found


@given(_SETS.filter(lambda sets: len(sets) > 1))
def test_what_two_sets_share_is_counted(sets: list[Any]) -> None:
    """Either way round."""
    one, other = sets[:2]
    assert common(one, other) == common(other, one) == len(set(one.tolist()) & set(other.tolist()))


@given(st.text(alphabet="ab c", max_size=60))
def test_a_text_has_a_shingle_for_each_of_its_distinct_runs_of_five_words(text: str) -> None:
    """Fewer words than five are one run."""
    words = text.split()
    runs = {tuple(words[place : place + 5]) for place in range(max(1, len(words) - 4))} if words else set()
    assert len(shingle(text).numbers) == len(runs)
