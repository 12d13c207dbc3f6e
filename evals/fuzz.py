"""Feeds every reader with broken files: `python -m evals.fuzz [--seconds 600] [--seed 1] [NAME ...]`.

Small files of every format are edited at random and read. A reader that raises, that gives neither a document nor a problem, whose
spans lie wrong, or that needs more than ten seconds of computing for a few kilobytes fails the run, and the bytes are kept for a test.
"""

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from evals.specimens import edited, specimens

from reportedly.model import Reading
from reportedly.read import read_stream

SECONDS_MOST = 10.0
KEPT = Path("fuzz-findings")


def fault_of(reading: Reading) -> str | None:
    """What is wrong with a reading; None for a sound one."""
    if reading.document is None:
        return None if reading.problems else "neither a document nor a problem"
    for article in reading.articles:
        last = 0
        for passage in article.passages:
            if not last <= passage.start < passage.end <= len(reading.text):
                return f"a passage from {passage.start} to {passage.end} behind {last} in {len(reading.text)} characters"
            last = passage.end
        for interval in (article.published, article.published_on_page, article.updated):
            words = interval.words if interval else None
            if words and reading.text[words.start : words.end] != words.text:
                return f"the words of a date do not stand at {words.start}"
    return None


def try_one(name: str, content: bytes) -> str | None:
    """What goes wrong when these bytes are read; None where nothing does."""
    started = time.process_time()  # of computing: a busy machine is no fault of a reader
    try:
        for reading in read_stream(content, name):
            fault = fault_of(reading)
            if fault:
                return fault
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc(limit=-6)
    took = time.process_time() - started
    return f"took {took:.1f} seconds" if took > SECONDS_MOST else None


def random_edits(numbers: random.Random) -> list[tuple[int, float, float, int]]:
    """One to six edits, many small."""
    many = numbers.choice((1, 1, 2, 3, 6))
    return [(numbers.randrange(6), numbers.random(), numbers.random() ** 3, numbers.randrange(1 << 16)) for _ in range(many)]


def main() -> int:
    """Fuzz, in turn, every format until the time is over; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="specimens, such as a.pdf; all where none is named")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long in all")
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    arguments = parser.parse_args()
    numbers = random.Random(arguments.seed)  # noqa: S311 - repeatable on purpose
    files = {name: content for name, content in specimens().items() if not arguments.names or name in arguments.names}
    spent = dict.fromkeys(files, 0.0)
    tried = dict.fromkeys(files, 0)
    slowest = dict.fromkeys(files, 0.0)
    found = 0
    end = time.monotonic() + arguments.seconds
    while time.monotonic() < end:
        name = min(spent, key=lambda one: spent[one])  # each reader has the same time
        content = edited(files[name], random_edits(numbers))
        started = time.monotonic()
        fault = try_one(name, content)
        took = time.monotonic() - started
        spent[name] += took
        tried[name] += 1
        slowest[name] = max(slowest[name], took)
        if fault:
            found += 1
            KEPT.mkdir(exist_ok=True)
            kept = KEPT / f"{found:03d}-{name}"
            kept.write_bytes(content)
            print(f"{kept}: {fault}", file=sys.stderr, flush=True)
    for name in files:
        print(f"{name:12} {tried[name]:7,} files in {spent[name]:6.1f} s, the slowest {slowest[name]:5.2f} s")
    print(f"{sum(tried.values()):,} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
