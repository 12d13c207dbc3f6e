"""What a plain pattern reads, to stand beside what the program reads: `python -m evals.baselines INPUT`.

No parser, no tables, no look at who says it: a number or an article, a few words, and a word for dead or wounded, in either order. It is
the first thing anyone would write for coded counts, and prints the same rows as `reportedly extract`, of which it fills what a scorer
of counts reads.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WORDS = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_VALUES = {word: max(1, place) for place, word in enumerate(_WORDS)} | {"an": 1}
_NUMBER = rf"\b(?P<number>\d{{1,3}}|an|{'|'.join(_WORDS)})\b"
_PERSON = r"\b(?P<number>man|woman|boy|girl|teen|teenager|child|old|victim|officer|suspect|gunman|student|son|daughter|he|she)\b"
_FEW = r"(?:[\s,-]+[\w\u2019'-]+){0,5}?[\s,]+"
_KILLED = r"(?:killed|dead|died|dies|fatally|slain|deaths|fatalities|homicides|murdered)\b"
_INJURED = r"(?:injured|wounded|hurt|injuries|grazed|shot in the (?:leg|arm|foot|hand|shoulder|back))\b"
_PATTERNS = {
    "killed": (rf"{_NUMBER}{_FEW}{_KILLED}", rf"{_PERSON}{_FEW}{_KILLED}", rf"\bkill(?:ed|ing|s)?\s+{_NUMBER}"),
    "injured": (
        rf"{_NUMBER}{_FEW}{_INJURED}",
        rf"\b(?:injur(?:ed|ing|es)|wound(?:ed|ing|s))\s+{_NUMBER}",
    ),
}
_SENTENCE = re.compile(r"[^.!?\n]+")


def counted(text: str) -> Iterator[dict[str, Any]]:
    """The figures of a text, as far as the pattern sees any.

    Args:
        text: an article.

    Yields:
        One row a match: place, words, measure and number.
    """
    for sentence in _SENTENCE.finditer(text):
        for effect, patterns in _PATTERNS.items():
            for pattern in patterns:
                for match in re.finditer(pattern, sentence.group(), re.IGNORECASE):
                    number = match["number"].lower()
                    value = number if number.isdecimal() else str(_VALUES.get(number, 1))
                    start = sentence.start() + match.start()
                    place = {"start": start, "end": start + len(match.group()), "text": match.group()}
                    yield {**place, "low": value, "high": value, "qualifier": "exact", "measure": effect}


def main() -> int:
    """Print a row for each article of a file of JSON Lines; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path)
    arguments = parser.parse_args()
    for line in arguments.input.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        sys.stdout.write(json.dumps({"document": article["id"], "figures": list(counted(article["text"]))}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
