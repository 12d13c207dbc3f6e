"""Filling a ledger while others extract: when it is linked, and how much is linked again."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import MemoryStore, open_ledger
from reportedly.model import Reading

REPORT = "Bridge falls in Sandvik\n\nSANDVIK, Norway, Nov. 4, 2024 — Three people were hurt when a bridge fell, the police said.\n"


def readings(folder: Path, count: int) -> list[Reading]:
    """One text from so many outlets."""
    for number in range(count):
        (folder / f"{number}.txt").write_text(REPORT, encoding="utf-8")
        (folder / f"{number}.meta.json").write_text(json.dumps({"publisher": f"Paper {number}"}), encoding="utf-8")
    return list(pipeline.read([folder / f"{number}.txt" for number in range(count)]))


def linked_after(given: Sequence[Reading], again: Sequence[int], at_most: int) -> list[int]:
    """After how many documents a ledger is linked that links so many articles again each time."""
    seen, times = [0], list[int]()

    def link() -> int:
        times.append(seen[0])
        return again[len(times) - 1]

    intake = pipeline.Intake(MemoryStore(), Silent(), every=2, at_most=at_most, link=link)
    for reading in given:
        seen[0] += 1
        intake.take(reading, [])
    return times


@pytest.mark.parametrize(
    ("again", "at_most", "times"),
    [
        ([0] * 9, 99, [2, 4, 6, 8, 10, 12, 14]),
        ([1, 4, 5, 0], 99, [2, 4, 8, 13]),
        ([50, 50, 50, 50], 4, [2, 6, 10, 14]),
        ([50, 0], 99, [2]),
    ],
)
def test_as_many_are_waited_for_as_were_linked_again(tmp_path: Path, again: list[int], at_most: int, times: list[int]) -> None:
    """Never fewer than the least, nor more than the most."""
    assert linked_after(readings(tmp_path, 14), again, at_most) == times


def test_what_is_linked_again_is_told(tmp_path: Path) -> None:
    """Only articles that were linked before and had not changed count."""
    first, second, third = readings(tmp_path, 3)
    with open_ledger(tmp_path / "held.db", create=True) as store:
        store.put(first, [])
        assert pipeline.relink(store) == 0
        store.put(second, [])
        store.put(third, [])
        assert pipeline.relink(store) == 1
        assert pipeline.relink(store) == 0
