"""What better linking could gain at most: `python -m evals.link_bounds [--model NAME]`.

Each article of PolNeAR's dev part goes through the tagger once, line by line as its paragraphs. The scorer that comes with the data then
scores two choices of spans: those of the vote of readings, and those of least expected error (V. Goel and W. Byrne, "Minimum Bayes-risk
automatic speech recognition", 2000), each as the package links it and as people's own marks would link it; and the latter unlinked, every
span on its own. No parser and no rules take part, as in `python -m evals.decoding`.
"""

import argparse
import bisect
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.decoding import HEAD, Tagged, read_articles, rows_of, score
from evals.run import data_folder

from reportedly.extract.attribution.layout import Range
from reportedly.extract.linking.consensus import agree
from reportedly.extract.linking.linking import Link, link
from reportedly.extract.tagging.labels import PARTS, Part
from reportedly.extract.tagging.tagger import LikelySpan, TaggedSpan, Tagger
from reportedly.extract.training.links import parse_attributions

_READINGS = 16
_LEAST: Mapping[Part, float] = {"source": 0.4, "cue": 0.45, "content": 0.5}  # chance from which a span alone lowers the expected error
_SURPLUS = 0.02  # as `consensus` weighs a word more
_AROUND: tuple[Part, ...] = ("source", "cue")
_NOTHING: Range = (0, 0)  # the cue of a span that stands alone, without which the scorer would leave it out

Parts = dict[Part, tuple[Range, ...]]
"""The spans of an attribution by part, in characters of the article."""


def least_risk(likely: Sequence[LikelySpan]) -> tuple[TaggedSpan, ...]:
    """The spans of a paragraph, none over another, whose expected error is least: weighted interval scheduling.

    Args:
        likely: what the model finds likely in it.

    Returns:
        Spans in text order.
    """
    worths = [(s.end, s.start, s.part, s.probability - _LEAST[s.part] + _SURPLUS * s.surplus) for s in likely]
    ends = [0, *sorted({end for end, *_ in worths})]
    best, last = [0.0] * len(ends), [TaggedSpan(part="cue", start=0, end=0, score=0.0)] * len(ends)
    for place, end in enumerate(ends[1:], 1):
        best[place] = best[place - 1]
        for _, start, part, worth in (row for row in worths if row[0] == end):
            reached = best[bisect.bisect_right(ends, start) - 1] + worth
            if reached > best[place]:
                best[place], last[place] = reached, TaggedSpan(part=part, start=start, end=end, score=1.0)
    found, place = [], len(ends) - 1
    while place > 0:
        if last[place].end:
            found.append(last[place])
            place = bisect.bisect_right(ends, last[place].start) - 1
        else:
            place -= 1
    return tuple(reversed(found))


def linked_by_people(spans: Sequence[TaggedSpan], coded: Sequence[Parts]) -> Iterator[Parts]:
    """Attributions of an article's spans, linked as people's own marks tell.

    Args:
        spans: of the whole article.
        coded: the attributions that people marked.

    Yields:
        For each coded one the pieces of content that lie best over its own, with every source and cue over its own; then each piece and
        each other span on its own.
    """
    by_part: dict[Part, list[Range]] = {part: [(s.start, s.end) for s in spans if s.part == part] for part in PARTS}
    homes: dict[int, list[Range]] = {}
    for piece in by_part["content"]:
        shared = [(_shared([piece], gold["content"]), -number) for number, gold in enumerate(coded)]
        most, number = max(shared, default=(0, 0))
        homes.setdefault(-number if most else -1, []).append(piece)
    used: set[tuple[Part, Range]] = set()
    for number, pieces in sorted(homes.items()):
        gold: Parts = coded[number] if number >= 0 else dict.fromkeys(PARTS, ())
        own: Parts = {part: tuple(span for span in by_part[part] if _shared([span], gold[part])) for part in _AROUND}
        joined = _joined(pieces, gold["content"]) if number >= 0 else ()
        for content in (joined, *((piece,) for piece in pieces if piece not in joined)):
            if content:
                yield {"content": content, "source": own["source"], "cue": own["cue"] or (_NOTHING,)}
        used |= {(part, span) for part, found in own.items() for span in found}
    for part in _AROUND:
        yield from (_alone(part, span) for span in by_part[part] if (part, span) not in used)


def _joined(pieces: Sequence[Range], gold: Sequence[Range]) -> tuple[Range, ...]:
    """The pieces that together lie best over a coded content."""
    ordered = sorted(pieces, key=lambda piece: -_likeness([piece], gold))
    joined = ordered[:1]
    for piece in ordered[1:]:
        if _likeness([*joined, piece], gold) > _likeness(joined, gold):
            joined.append(piece)
    return tuple(sorted(joined))


def _alone(part: Part, span: Range) -> Parts:
    return {"source": (), "cue": (_NOTHING,), "content": (), part: (span,)}


def _shared(one: Sequence[Range], other: Sequence[Range]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _likeness(one: Sequence[Range], other: Sequence[Range]) -> float:
    """Jaccard of characters."""
    shared = _shared(one, other)
    return shared / (sum(b - a for a, b in (*one, *other)) - shared)


def coded_attributions(path: Path, text: str) -> list[Parts]:
    """What people marked in an article."""
    found: dict[int, dict[Part, list[Range]]] = {}
    for span, numbers in parse_attributions(path.read_text(encoding="utf-8"), text).items():
        for number in numbers:
            found.setdefault(number, {part: [] for part in PARTS})[span.part].append((span.start, span.end))
    return [{part: tuple(sorted(spans)) for part, spans in parts.items()} for parts in found.values()]


def _shifted(tagged: Tagged, spans_of: Callable[[int], Sequence[TaggedSpan]]) -> list[TaggedSpan]:
    """The spans of an article's lines in characters of the article."""
    at, found = 0, []
    for place, line in enumerate(tagged[1]):
        found += [TaggedSpan(part=s.part, start=at + s.start, end=at + s.end, score=s.score) for s in spans_of(place)]
        at += len(line)
    return found


def _spans_of(links: Sequence[Link]) -> list[TaggedSpan]:
    places: set[tuple[Part, Range]] = {("content", piece) for found in links for piece in found.content}
    for found in links:
        places |= {("cue", found.cue)} if found.cue else set()
        places |= {("source", found.source)} if found.source else set()
    return [TaggedSpan(part=part, start=start, end=end, score=1.0) for part, (start, end) in sorted(places)]


def rows_by_way(article: Tagged, coded: Sequence[Parts]) -> dict[str, list[dict[str, Any]]]:
    """The rows that the scorer reads, by way of choosing and linking spans."""
    name, lines, marked = article
    voted = [
        [found for found in agree(line.rstrip(), marks) if found.cue or found.source] for line, marks in zip(lines, marked, strict=True)
    ]
    spans = [least_risk(marks.likely) for marks in marked]
    linked = [[found for found in link(line.rstrip(), here) if found.content] for line, here in zip(lines, spans, strict=True)]
    whole = _shifted(article, spans.__getitem__)
    by_people = linked_by_people(_shifted(article, lambda place: _spans_of(voted[place])), coded)
    return {
        "vote": list(rows_of(name, lines, voted)),
        "vote, linked by people": [_row(name, parts) for parts in by_people],
        "least error, unlinked": [_row(name, _alone(span.part, (span.start, span.end))) for span in whole],
        "least error": list(rows_of(name, lines, linked)),
        "least error, linked by people": [_row(name, parts) for parts in linked_by_people(whole, coded)],
    }


def _row(name: str, parts: Parts) -> dict[str, Any]:
    return {"document": name} | {part: [{"start": a, "end": b} for a, b in spans] for part, spans in parts.items()}


def main() -> int:
    """Print a row of figures for each way; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="accurate", help="a tagger that ships")
    arguments = parser.parse_args()
    gold = data_folder() / "corpora" / "polnear" / "dev"
    paths = sorted(gold.glob("*.txt"))
    if not paths:
        print(f"no articles in {gold}: nothing measured")
        return 0
    found: dict[str, list[dict[str, Any]]] = {}
    for path, article in zip(paths, read_articles(Tagger.load(arguments.model), paths, _READINGS), strict=True):
        coded = coded_attributions(path.with_suffix(".ann"), "".join(article[1]))
        for way, rows in rows_by_way(article, coded).items():
            found.setdefault(way, []).extend(rows)
    print(HEAD)
    for way, rows in found.items():
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.jsonl"
            out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            print("  ".join(f"{figure:.1f}" for figure in score(gold, out)) + f"  {way}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
