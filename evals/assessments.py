"""Scores assessments of statements at given dates: `python evals/assessments.py GOLD LEDGER`.

GOLD is a list of statements with `positions`, each naming the gold claims that take it (`claims`), and `assessments`: `as_of`, `support`,
`disputes` of `actor, what, how`. The gold claims stand beside it in `claims.jsonl`, with their document and content. A statement of the
ledger is the gold's where most of its positions rest on claims that overlap the gold's; of two gold statements that want one, the
better fitting has it. A statement that nobody had put forward or denied by a date has support `none`.

Printed as JSON: `right`, the share of dates in per cent at which support and disputes are both as coded, and each date that is not.
"""

import argparse
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.api import Desk, Question
from reportedly.model import Assessment, Clocks, Holdings

Place = tuple[str, int, int]
"""A document's name, and the first and last character of a content."""


def places_of(gold: Path) -> dict[str, Place]:
    """Where each gold claim's content stands."""
    rows = [json.loads(line) for line in gold.with_name("claims.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    spans = {row["id"]: (row["document"], row["content"] if isinstance(row["content"], list) else [row["content"]]) for row in rows}
    return {name: (document, min(s["start"] for s in found), max(s["end"] for s in found)) for name, (document, found) in spans.items()}


def overlapping(held: Holdings, row: Mapping[str, Any], places: Mapping[str, Place]) -> set[str]:
    """Ids of the ledger's claims that overlap the claims of a gold statement."""
    wanted = [places[name] for position in row["positions"] for name in position["claims"] if name in places]
    return {
        stored.claim.id
        for stored in held.claims
        for document, start, end in wanted
        if Path(stored.claim.document).name == document and stored.claim.start < end and start < stored.claim.end
    }


def match(assessments: Sequence[Assessment], claims: Mapping[str, set[str]]) -> dict[str, str]:
    """The ledger's statement for each gold statement, each once, the best fitting pairs first."""
    pairs = []
    for row in assessments:
        own = {position.claim for position in row.positions}
        pairs += [
            (-len(own & wanted) * len(own & wanted) / len(own), name, row.statement) for name, wanted in claims.items() if own & wanted
        ]
    found: dict[str, str] = {}
    for _, name, statement in sorted(pairs):
        if name not in found and statement not in found.values():
            found[name] = statement
    return found


def score(desk: Desk, gold: Path) -> dict[str, Any]:
    """How many of the coded assessments the ledger gives."""
    rows = json.loads(gold.read_text(encoding="utf-8"))
    places, held = places_of(gold), desk.holdings()
    matched = match(desk.statements(Question()), {row["id"]: overlapping(held, row, places) for row in rows})
    wrong, total = [], 0
    for row in rows:
        for coded in row["assessments"]:
            total += 1
            clocks = Clocks(as_of=dt.date.fromisoformat(coded["as_of"]))
            known = {found.statement: found for found in desk.statements(Question(clocks=clocks))}
            found = known.get(matched.get(row["id"], ""))
            support = found.support if found else "none"
            disputes = sorted((d.actor, d.what, d.how) for d in found.disputes) if found else []
            if (support, disputes) != (coded["support"], sorted((d["actor"], d["what"], d["how"]) for d in coded["disputes"])):
                wrong.append({"statement": row["id"], "as_of": coded["as_of"], "support": support, "disputes": disputes})
    return {"assessments": total, "right": round(100 * (total - len(wrong)) / total, 1), "wrong": wrong}


def main() -> int:
    """Print the scores; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("ledger", type=Path)
    arguments = parser.parse_args()
    with Desk(arguments.ledger) as desk:
        print(json.dumps(score(desk, arguments.gold), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
