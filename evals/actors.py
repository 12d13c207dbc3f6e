"""Scores who is who: `python evals/actors.py GOLD_ACTORS.json ACTORS.jsonl`, the second being what `reportedly actors` prints.

Persons and organisations of the gold list are looked for by their name and its spellings on the pages (two words or more). `merged`
counts the pairs of two that share a row, which must be none, `split` those whose spellings stand in several rows; `principal` is the
share, in per cent, of those found with a known employer who speak for it, or for the state whose body it is.
"""

import argparse
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

_KINDS = ("person", "organisation", "body", "state")
_BODY_OF = re.compile(r".+ \((.+)\)")


def plain(name: str) -> str:
    """A name in small letters, hyphens closed up, its determiner left out."""
    return name.casefold().replace("-", "").replace("\u2019", "'").removeprefix("the ").strip()


def score(gold: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures."""
    wanted = [actor for actor in gold if actor["kind"] in _KINDS]
    found: dict[str, set[int]] = {}
    for actor in wanted:
        printed = {text for strings in actor.get("mention_strings", {}).values() for text in strings if len(text.split()) > 1}
        names = {plain(name) for name in (actor["canonical"], *printed)}
        borne = ({plain(name) for name in (row["actor"], *row["names"])} for row in rows)
        if places := {place for place, known in enumerate(borne) if names & known}:
            found[actor["canonical"]] = places
    merged = [pair for pair in combinations(sorted(found), 2) if found[pair[0]] & found[pair[1]]]
    employed = {actor["canonical"]: actor["belongs_to"] for actor in wanted if actor["belongs_to"] and actor["canonical"] in found}
    wrong = [name for name, owner in employed.items() if not any(_speaks_for(rows[place], owner) for place in found[name])]
    return {
        "found": len(found),
        "merged": len(merged),
        "split": sum(len(places) > 1 for places in found.values()),
        "principal": round(100 * (1 - len(wrong) / len(employed)), 1) if employed else None,
        "merged pairs": merged,
        "split ones": [name for name, places in found.items() if len(places) > 1],
        "other principal": {name: [rows[place]["principal"] for place in sorted(found[name])] for name in wrong},
    }


def _speaks_for(row: dict[str, Any], owner: str) -> bool:
    state = _BODY_OF.fullmatch(owner)
    return row["principal"] in {owner, state[1] if state else owner}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("actors", type=Path)
    arguments = parser.parse_args()
    lines = arguments.actors.read_text(encoding="utf-8").splitlines()
    print(json.dumps(score(json.loads(arguments.gold.read_text(encoding="utf-8")), [json.loads(line) for line in lines]), indent=1))
