"""Times the extractor on texts made to stall it: `python -m evals.hostile [--model NAME] [--characters N] [NAME ...]`.

Each text is a file of its own, read by a whole process of `reportedly extract`. A process that fails, that needs more than `SECONDS_MOST`
seconds of computing for a million characters, or that takes more than `MEMORY_MOST` bytes fails the run. What a process needs to start
is in the seconds. The time for half as many characters stands beside it: more than twice that is more than linear.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evals.run import PROGRAM

SECONDS_MOST = 600.0  # a million characters
SECONDS_START = 5.0
MEMORY_MOST = 1.5e9

_WORDS = (
    *("the", "minister", "of", "defence", "said", "on", "Monday", "that", "three", "people", "were", "killed", "in", "the", "attack"),
    *("near", "the", "city", "while", "officials", "denied", "reports", "of", "further", "strikes", "against", "villages", "along"),
    *("the", "river", "and", "warned", "that", "more", "may", "follow", "according", "to", "sources", "who", "asked", "not", "to"),
)
_GERMAN = "Die Regierung erklärte am Montag, dass drei Menschen getötet wurden. "


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a process took: seconds of computing, bytes of memory at most, and how many claims and problems it printed."""

    seconds: float
    memory: float
    claims: int
    problems: int


def _paragraph(size: int) -> str:
    numbers = random.Random(size)  # noqa: S311 - repeatable, not secret
    text = ""
    while len(text) < size:
        text += " ".join(numbers.choices(_WORDS, k=numbers.randint(8, 25))).capitalize() + ". "
    return text[:size]


def texts(size: int) -> dict[str, str]:
    """The texts by name, each of about so many characters."""
    repeated = {
        "said": "said ",
        "quoted": '" said he ',
        "and": "and ",
        "dates": "on Monday, May 3, ",
        "names": "John Smith of the Pentagon ",
        "nested": "officials said that ",
        "german": _GERMAN,
    }
    made = {name: words * (size // len(words)) for name, words in repeated.items()}
    return {"paragraph": _paragraph(size), **made, "marks": '"' * 10_000 + " he said.\n", "word": "x" * size, "empty": ""}


def run(text: str, model: str) -> Took:
    """One process over one text.

    Raises:
        SystemExit: it failed.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        path = Path(folder, "text.txt")
        path.write_text(text, encoding="utf-8")
        process = subprocess.Popen([*PROGRAM, "extract", str(path), "--format", "jsonl", "--model", model], stdout=out, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        told.seek(0)
        lines = told.read().decode().splitlines()
        if process.returncode:
            raise SystemExit(f"extract ended with {process.returncode}: {lines[-1:]}")
        return Took(seconds=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss * 1024, claims=sum(1 for _ in out), problems=len(lines))


def main() -> int:
    """Time what the command line asks for; 1 where a bound is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="texts; all where none is named")
    parser.add_argument("--model", default="default")
    parser.add_argument("--characters", type=int, default=1_000_000)
    arguments = parser.parse_args()
    whole, half = texts(arguments.characters), texts(arguments.characters // 2)
    failed = 0
    for name in arguments.names or whole:
        took, before = run(whole[name], arguments.model), run(half[name], arguments.model)
        good = took.seconds <= SECONDS_START + SECONDS_MOST * len(whole[name]) / 1e6 and took.memory <= MEMORY_MOST
        failed += not good
        times = f"{took.seconds:7.1f} s (half of it {before.seconds:6.1f} s) {took.memory / 1e6:5.0f} MB"
        gave = f"{took.claims} claims, {took.problems} problems"
        print(f"{name:10} {len(whole[name]):8} characters {times}  {gave}{'' if good else '  PASSES ITS BOUND'}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
