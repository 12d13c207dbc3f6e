"""Broken files of every format: whatever is done to the bytes, a reader gives sound readings and raises nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.model import Reading
from reportedly.read import read_stream

_SHARES = st.floats(min_value=0, max_value=1, exclude_max=True)
EDITS = st.lists(st.tuples(st.integers(0, 5), _SHARES, _SHARES, st.integers(0, 65_535)), min_size=1, max_size=5)
SLOW = {"a.pdf": 6}  # examples; a process is started for each
NAMES = [
    "a.txt",
    "a.html",
    "a.jsonl",
    "a.pdf",
    "a.eml",
    "a.mhtml",
    "a.rss",
    "a.atom",
    "a.warc",
    "a.warc.gz",
    "a.wacz",
    "a.zip",
    "a.tar",
    "a.tar.gz",
]


def check(reading: Reading) -> None:
    """A reading says what it found or why it found nothing, and its spans lie in its text."""
    assert reading.document is not None or reading.problems
    for article in reading.articles:
        last = 0
        for passage in article.passages:
            assert last <= passage.start < passage.end <= len(reading.text)
            last = passage.end


@pytest.mark.parametrize("name", NAMES)
def test_no_edit_of_a_file_makes_its_reader_raise(make: Any, name: str) -> None:
    """Bytes changed, cut, left out, repeated, zeroed, and pieces of other formats put in."""
    whole = make.specimens()[name]

    @settings(max_examples=SLOW.get(name, 40), deadline=None, suppress_health_check=list(HealthCheck))
    @given(EDITS)
    def hold(edits: list[tuple[int, float, float, int]]) -> None:
        for reading in read_stream(make.edited(whole, edits), name):
            check(reading)

    hold()


def test_every_format_is_fuzzed(make: Any) -> None:
    """A format that is added is added here."""
    assert list(make.specimens()) == NAMES
