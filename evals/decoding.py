"""What decoding makes of a tagger's scores: `python -m evals.decoding [--model NAME] [--readings N ...]`.

Each article of PolNeAR's dev part goes through the tagger once, line by line as its paragraphs; the scorer that comes with the data then
scores the best path alone, linked, and the vote of as many drawn readings as are asked for. No parser and no rules take part, so figures
differ a little from those of `python -m evals.run`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.run import data_folder

from reportedly.extract.linking.consensus import agree
from reportedly.extract.linking.linking import Link
from reportedly.extract.tagging.tagger import Marks, Tagger

Tagged = tuple[str, list[str], list[Marks]]
"""Name, lines, and what the tagger makes of each line of an article."""

_COLUMNS = [(reading, part) for reading in ("exact", "exact_in_sentences") for part in ("source", "cue", "content")]
HEAD = "source  cue  content | in sentences | alpha | relation figures"


def rows_of(name: str, lines: Sequence[str], found: Sequence[Sequence[Link]]) -> Iterator[dict[str, Any]]:
    """The attributions of an article as the scorer reads them.

    Args:
        name: of the article.
        lines: its lines, ends kept.
        found: the attributions of each line.
    """
    at = 0
    for line, here in zip(lines, found, strict=True):
        for link in here:
            parts = {"content": link.content, "cue": (link.cue,) if link.cue else (), "source": (link.source,) if link.source else ()}
            yield {"document": name} | {part: [{"start": at + a, "end": at + b} for a, b in places] for part, places in parts.items()}
        at += len(line)


def read_articles(tagger: Tagger, paths: Sequence[Path], readings: int) -> list[Tagged]:
    """The lines of some articles with what the tagger makes of each."""
    found = []
    for path in paths:
        lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        found.append((path.stem, lines, tagger.draw([line.rstrip() for line in lines], readings)))
    return found


def vote(articles: Sequence[Tagged], readings: int, out: Path) -> float:
    """Write the attributions that some of the readings agree on; the seconds of processor time that it took."""
    started = time.process_time()
    with out.open("w", encoding="utf-8") as stream:
        for name, lines, marked in articles:
            found = [agree(line.rstrip(), replace(m, drawn=m.drawn[:readings])) for line, m in zip(lines, marked, strict=True)]
            for row in rows_of(name, lines, found):
                stream.write(json.dumps(row) + "\n")
    return time.process_time() - started


def score(gold: Path, out: Path) -> list[float]:
    """The figures of some attributions, in per cent.

    Args:
        gold: the folder of marked articles.
        out: attributions, a JSON object a line.

    Returns:
        Those of `HEAD`, in its order.
    """
    command = [sys.executable, str(data_folder() / "score" / "attribution.py"), str(gold), str(out)]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    spans = [scores[reading][part]["f1"] for reading, part in _COLUMNS]
    return [*spans, scores["alpha"], scores["relation"]["f1"], scores["figures"]["f1"]]


def main() -> int:
    """Print a row of figures for each number of readings; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="accurate", help="a tagger that ships")
    parser.add_argument("--readings", type=int, nargs="+", default=[0, 8, 16], help="readings drawn; 0 for the best path alone")
    arguments = parser.parse_args()
    gold = data_folder() / "corpora" / "polnear" / "dev"
    paths = sorted(gold.glob("*.txt"))
    if not paths:
        print(f"no articles in {gold}: nothing measured")
        return 0
    articles = read_articles(Tagger.load(arguments.model), paths, max(arguments.readings))
    characters = sum(len(line) for _, lines, _ in articles for line in lines)
    print(f"readings  {HEAD} | microseconds a character of linking and voting")
    for readings in arguments.readings:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.jsonl"
            seconds = vote(articles, readings, out)
            figures = score(gold, out)
        print(f"{readings:>8}  " + "  ".join(f"{figure:.1f}" for figure in figures) + f"  {1e6 * seconds / characters:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
