"""Scores nested attribution: `python evals/nesting.py GOLD_CLAIMS.jsonl PREDICTIONS.jsonl`.

Of the coded claims with an outer level: the share in per cent that an attributed claim meets (half of the content in common), and those
with the innermost speaker, with the whole chain in `via` (every name in order) and with each outer level's source and cue in `relays`
(sharing characters with the coded ones). `right` has all of these; `wrong` names the others with what they have. Names fit where the words
of one are all among the other's. The last of a coded chain is the outlet; where a page prints none, none is asked for. `unfounded`
counts the coded claims without an outer level that are met by one with `relays`.
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_SMALL = frozenset({"the", "of", "and", "for", "in"})
_SHARED = 0.5

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The objects of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def pieces(part: Any) -> list[Row]:  # noqa: ANN401 - one span, several or none
    """A part's spans."""
    return part if isinstance(part, list) else [part] if part else []


def characters(part: Any) -> set[int]:  # noqa: ANN401
    """The places that a part takes."""
    return {place for span in pieces(part) for place in range(span["start"], span["end"])}


def words(name: str) -> frozenset[str]:
    """The words that tell a name from others."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", bare)) - _SMALL


def fits(one: str, other: str) -> bool:
    """Whether two names may be one actor's."""
    a, b = words(one), words(other)
    return bool(a and b) and (a <= b or b <= a)


def same_names(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether two lists of names agree, name by name."""
    return len(wanted) == len(found) and all(fits(a, b) for a, b in zip(wanted, found, strict=True))


def same_chain(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether a chain of relays agrees with a coded one, whose last name is the outlet; no other stands in the outlet's place."""
    return same_names(wanted[:-1], found) or same_names(wanted, found)


def same_relays(wanted: Sequence[Row], found: Sequence[Row]) -> bool:
    """Whether two lists of outer levels agree in their spans, level by level."""
    parts = ((a[name], b.get(name)) for a, b in zip(wanted, found, strict=False) for name in ("source", "cue"))
    return len(wanted) == len(found) and all(characters(a) & characters(b) or not a for a, b in parts)


def checks(gold: Row, claim: Row) -> Row:
    """What a found claim has right."""
    return {
        "speaker": same_names(gold["speakers"], claim["speakers"]),
        "via": same_chain(gold["via"], claim["via"]),
        "relays": same_relays(gold["relays"], claim["relays"]),
    }


def _best(gold: Row, claims: Sequence[Row]) -> Row | None:
    """The attributed claim that shares most of a coded one's content, at least half; of equal ones the first."""
    wanted = characters(gold["content"])
    taken = [characters(claim["content"]) for claim in claims]
    shares = [len(wanted & had) / len(wanted | had) for had in taken]
    most = max(shares, default=0.0)
    return claims[shares.index(most)] if most >= _SHARED else None


def pairs(gold: Sequence[Row], claims: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each coded attributed claim with its counterpart; None where there is none."""
    by_document: dict[str, list[Row]] = {}
    for claim in claims:
        if claim.get("cue") or claim.get("source"):
            by_document.setdefault(Path(claim["document"]).stem, []).append(claim)
    for row in gold:
        if row["form"] != "narration" and not row.get("optional"):
            yield row, _best(row, by_document.get(Path(row["document"]).stem, []))


def score(gold: Sequence[Row], claims: Sequence[Row]) -> Row:
    """The figures."""
    met = list(pairs(gold, claims))
    judged = [(row, checks(row, found) if found else None) for row, found in met if row.get("relays")]

    def share(name: str) -> float | None:
        return round(100 * sum(bool(had and had[name]) for _, had in judged) / len(judged), 1) if judged else None

    right = [bool(had and all(had.values())) for _, had in judged]
    return {
        "nested": len(judged),
        "found": round(100 * sum(had is not None for _, had in judged) / len(judged), 1) if judged else None,
        **{name: share(name) for name in ("speaker", "via", "relays")},
        "right": round(100 * sum(right) / len(judged), 1) if judged else None,
        "unfounded": sum(bool(found and found["relays"] and not row.get("relays")) for row, found in met),
        "wrong": {row["id"]: had for (row, had), good in zip(judged, right, strict=True) if not good},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(score(rows(arguments.gold), rows(arguments.predictions)), indent=1))
