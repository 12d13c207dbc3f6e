"""Memory of the processes that extract: `python -m evals.worker_memory [--articles 2000] [--workers 2] [--model rules]`.

Articles of the evaluation data (where there is none, of the examples with other words for names) are extracted by processes of this
machine, as `reportedly extract --workers` does. Printed is what the largest of them and what this process, which reads and hands out, hold
after every tenth of the way; 1 where either holds more than 1.25 times at the end of what it held at a fifth of the way.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from evals.engine_sources import article_rows, lay_out
from evals.processes import descendants

from reportedly import pipeline
from reportedly.model import ModelName
from reportedly.workers import extract_all

FLAT = 1.25  # times the memory at a fifth of the way that is held at the end at most
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LOOKS = 10


def held() -> tuple[float, float]:
    """Bytes that the largest process below this one holds, and this one."""
    below = [int(fields[21]) * _PAGE for _, fields in descendants(os.getpid())]
    here = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return float(max(below, default=0)), float(here)


def watch(folder: Path, count: int, model: ModelName, workers: int) -> bool:
    """Extract so many articles and print the memory; whether it stayed flat.

    Args:
        folder: where to work.
        count: how many articles.
        model: what extracts them.
        workers: how many processes, two or more.
    """
    root = lay_out(folder / "archive", list(article_rows(count)))
    looks, claims = list[tuple[float, float]](), 0
    for number, extracted in enumerate(extract_all(pipeline.read([root]), model=model, workers=workers), 1):
        claims += len(extracted.rows)
        if number % max(1, count // _LOOKS) == 0:
            looks.append(held())
            print(f"{number:6} articles, {claims:6} claims: {looks[-1][0] / 1e6:5.0f} MB held by the largest worker, ", end="")
            print(f"{looks[-1][1] / 1e6:5.0f} MB by who hands out", flush=True)
    early, late = looks[max(0, len(looks) // 5 - 1)], looks[-1]
    grown = [after / before for before, after in zip(early, late, strict=True)]
    print(f"{grown[0]:.2f} and {grown[1]:.2f} times what they held at a fifth of the way; wanted at most {FLAT}")
    return max(grown) <= FLAT


def main() -> int:
    """Read the options and watch; 1 where memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", default="rules")
    arguments = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line sets it
    with tempfile.TemporaryDirectory() as temporary:
        return int(not watch(Path(temporary), arguments.articles, arguments.model, arguments.workers))


if __name__ == "__main__":
    sys.exit(main())
