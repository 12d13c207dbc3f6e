"""Scores dates of publication: `python evals/dates.py SECTION ARTICLES.jsonl`, SECTION being a table of `dates.toml`.

`right` is the share, in per cent, of the pages that state their day for which the first article or item is dated with that day and no
other; `invented` counts the pages that state none and are given a day that is not marked as inferred. `wrong` names the pages.
"""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("dates.toml")


def first_rows(articles: Path) -> dict[str, dict[str, Any]]:
    """The first article or item of each document, by the name that the list uses: the digest's start, or folder and file."""
    rows: dict[str, dict[str, Any]] = {}
    for line in articles.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "teaser":
            continue
        path = Path(row["document"])
        short = path.name.partition(".")[0]
        rows.setdefault(short[:16] if len(short) > 16 else f"{path.parent.name}/{short}", row)  # noqa: PLR2004 - a digest's start
    return rows


def score(wanted: dict[str, str], rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The figures."""
    right, wrong, invented = 0, [], []
    for name, day in wanted.items():
        given = rows.get(name, {}).get("published") or {}
        days = {str(given.get(side))[:10] for side in ("from", "to")}
        if day == "none":
            if given and given["evidence"] != "inferred":
                invented.append(name)
        elif days == {day}:
            right += 1
        else:
            wrong.append(name)
    stated = sum(day != "none" for day in wanted.values())
    return {"stated": stated, "right": round(100 * right / stated, 1), "invented": len(invented), "wrong": wrong, "invented on": invented}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("section")
    parser.add_argument("articles", type=Path)
    arguments = parser.parse_args()
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    print(json.dumps(score(table[arguments.section], first_rows(arguments.articles)), indent=1))
