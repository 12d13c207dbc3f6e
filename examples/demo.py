"""The main job on the example reports: fill a ledger, print a brief, write it as a page, check a draft.

`make demo` runs it; every step prints the command that does the same by hand.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "demo"
LEDGER = OUT / "examples.db"
PROGRAM = [sys.executable, "-m", "reportedly"]
FERRY_DAY, FLIGHT_DAY = "2024-11-20", "2020-01-31"


def run(*words: str | Path) -> None:
    """Run a command of the program and show which."""
    print(f"\n$ reportedly {' '.join(str(w) for w in words)}", flush=True)
    subprocess.run([*PROGRAM, *map(str, words)], check=True)


def main() -> None:
    """The demonstration from an empty folder."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    run("add", HERE / "ferry", HERE / "flight-752", "--ledger", LEDGER, "--format", "table")
    run("stories", "--ledger", LEDGER, "--format", "table")
    for name, words, day in (("flight-752", "airliner", FLIGHT_DAY), ("ferry", "ferry", FERRY_DAY)):
        asked = ("--ledger", LEDGER, "--story", words, "--as-of", day)
        run("brief", *asked, "--format", "html", "--out", OUT / f"{name}.html")
        run("brief", *asked, "--format", "md")
    run("check", HERE / "draft.txt", "--ledger", LEDGER, "--as-of", FERRY_DAY, "--format", "table")
    run("verify", "--ledger", LEDGER)
    print(f"\nThe briefs as pages with a picture of each figure: {OUT / 'ferry.html'}, {OUT / 'flight-752.html'}")


if __name__ == "__main__":
    main()
