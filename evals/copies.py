"""Measures how copies are found: `python -m evals.copies [--reports 2000] [--pace 100000] [--seed 1]`.

The set is made here from words of ours. Reports of many stories are written from sentences with open places; reports of one story share
two sentences of background, and all reports of an outlet its closing line, as in real heaps. Of some reports further documents are
made: the same under another headline, one with light edits, a third of it, its paragraphs in another order, and one merged with another
report. Every sentence keeps where it came from, and so it is known which documents descend from one another: pairs in which the shorter
has three fifths of its words from a source of the other count as copies, pairs with less than two fifths do not, and what lies between
is left out.
"""

import argparse
import json
import random
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations

from reportedly.model import Article, Document, Passage, digest, document_id, text_digest
from reportedly.resolve.copies import find_copies
from reportedly.resolve.reports import Report

SAME, OTHER = 0.6, 0.4  # shares of words from one source from which, and below which, a pair is judged

_SYLLABLES = (
    "ar", "bel", "cor", "dun", "el", "fen", "gar", "hal", "is", "jor", "kel", "lin", "mor", "nor", "os", "pel", "quin", "rav",
    "sol", "tor", "ul", "ven", "wes", "yar", "zan",
)  # fmt: skip
_BODIES = (
    "fire brigade", "water board", "coast guard", "town council", "rail operator", "district court", "health office",
    "harbour master", "police", "ministry of works", "teachers' union", "power company", "relief agency", "parish",
    "ambulance service",
)  # fmt: skip
_HAPPENINGS = (
    "flood", "fire", "landslide", "strike", "derailment", "power cut", "storm", "outbreak", "bridge collapse", "explosion",
    "heat wave", "ferry accident", "protest", "chemical spill", "avalanche",
)  # fmt: skip
_THINGS = (
    "houses", "wagons", "pupils", "families", "lorries", "patients", "roofs", "tents", "volunteers", "boats", "cattle", "tickets",
    "shops", "wells", "pylons",
)  # fmt: skip
_DOING = (
    "moved", "counted", "checked", "sheltered", "repaired", "lost", "shut", "rescued", "sent home", "sold", "searched", "fed",
    "cleared", "weighed", "insured",
)  # fmt: skip
_WHERE = (
    "near the old mill", "behind the station", "on the lower road", "at the northern gate", "by the cannery", "under the viaduct",
    "in the market hall", "along the canal", "above the quarry", "outside the school", "between two farms", "at the ford",
)  # fmt: skip
_WHEN = (
    "before dawn", "late on Friday", "in the small hours", "at noon", "after the second shift", "within a day", "since Tuesday",
    "over the week-end", "on the third evening", "as the rain stopped",
)  # fmt: skip
_OPINIONS = (
    "nobody had expected it", "the worst was over", "more help was on its way", "the figures would change",
    "it had seen nothing like it", "the cause was not known", "blame was for others to find", "the budget would not last",
    "work would go on all night", "an inquiry had begun",
)  # fmt: skip
_FORMS = (
    "{body} in {town} {doing} {number} {things} {where} {when}",
    "{name}, who speaks for the {body} of {town}, said {opinion}",
    "The {happening} {where} left {number} {things} of {town} without {things2} {when}",
    "{opinion2}, {name} of the {body} told reporters in {town} {when}",
    "By the count of the {body}, {number} {things} were {doing} and {number2} {things2} {doing2} in {town}",
    "{number} people from {town} and {town2} slept {where}, according to {name}",
    "{town2} sent {number} {things} to {town}, where the {body} {doing} {things2} {when}",
    "Asked about {town}, {name} answered that {opinion} and that {number} {things} had been {doing}",
    "{when2} the {body} {doing} the {things} {where} and {doing2} {number} of those in {town}",
    "In {town} {number} {things} had to be {doing} {when}; in {town2} it was {number2}, said {name}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document of the set.

    Attributes:
        kind: how it was made.
        sentences: its sentences, each with the report and the place that it came from; None for what all share.
        outlet: who publishes it.
    """

    kind: str
    sentences: tuple[tuple[str, tuple[int, int] | None], ...]
    outlet: str


def _name(numbers: random.Random, length: int = 3) -> str:
    return "".join(numbers.choice(_SYLLABLES) for _ in range(length)).capitalize()


def _sentence(numbers: random.Random, town: str) -> str:
    words = {
        "town": town,
        "town2": _name(numbers),
        "name": f"{_name(numbers, 2)} {_name(numbers)}",
        "body": numbers.choice(_BODIES),
        "happening": numbers.choice(_HAPPENINGS),
        "things": numbers.choice(_THINGS),
        "things2": numbers.choice(_THINGS),
        "doing": numbers.choice(_DOING),
        "doing2": numbers.choice(_DOING),
        "where": numbers.choice(_WHERE),
        "when": numbers.choice(_WHEN),
        "when2": numbers.choice(_WHEN).capitalize(),
        "opinion": numbers.choice(_OPINIONS),
        "opinion2": numbers.choice(_OPINIONS).capitalize(),
        "number": numbers.randrange(2, 900),
        "number2": numbers.randrange(2, 900),
    }
    shown = numbers.choice(_FORMS).format(**words)
    return shown[0].upper() + shown[1:] + "."


def write_reports(count: int, numbers: random.Random) -> list[Made]:
    """Reports that no other report descends from; four of a story share its background."""
    made: list[Made] = []
    outlets = [f"The {_name(numbers)} Post" for _ in range(40)]
    closing = {outlet: f"Readers of {outlet} find more news from the region every morning in print and on its pages." for outlet in outlets}
    background: list[str] = []
    town = ""
    for number in range(count):
        if number % 4 == 0:
            town = _name(numbers)
            background = [_sentence(numbers, town) for _ in range(2)]
        own = [(_sentence(numbers, town), (number, place)) for place in range(numbers.randrange(7, 13))]
        outlet = numbers.choice(outlets)
        made.append(Made(kind="report", sentences=(*own, *((s, None) for s in background), (closing[outlet], None)), outlet=outlet))
    return made


def copy_of(made: Made, kind: str, other: Made, numbers: random.Random) -> Made:
    """A document that descends from a report in one of five ways."""
    own = [part for part in made.sentences if part[1] is not None]
    shared = [part for part in made.sentences if part[1] is None]
    head = (_sentence(numbers, _name(numbers)), None)
    if kind == "exact":
        parts = [head, *made.sentences]
    elif kind == "edited":
        parts = [head, *((_edit(words, numbers), origin) for words, origin in made.sentences)]
    elif kind == "third":
        start = numbers.randrange(len(own) - max(3, len(own) // 3) + 1)
        parts = own[start : start + max(3, len(own) // 3)]
    elif kind == "reordered":
        blocks = [own[place : place + 2] for place in range(0, len(own), 2)]
        numbers.shuffle(blocks)
        parts = [head, *(part for block in blocks for part in block), *shared]
    else:
        parts = [*own, *other.sentences]
    return replace(made, kind=kind, sentences=tuple(parts), outlet=f"The {_name(numbers)} Mail")


def _edit(words: str, numbers: random.Random) -> str:
    """One word in twenty-five replaced, left out or repeated."""
    kept = []
    for word in words.split():
        chance = numbers.random()
        kept += [_name(numbers).lower()] if chance < 0.02 else [] if chance < 0.03 else [word, word] if chance < 0.04 else [word]  # noqa: PLR2004
    return " ".join(kept)


KINDS = ("exact", "edited", "third", "reordered", "merged")


def make_set(count: int, seed: int, copied: float = 0.4) -> list[Made]:
    """A set of so many documents, of which a share are copies."""
    numbers = random.Random(seed)  # noqa: S311 - repeatable on purpose
    reports = write_reports(round(count * (1 - copied)), numbers)
    sources = reports[: max(2, len(reports) // 3)]  # a source has two copies on average
    copies = []
    for place in range(count - len(reports)):
        source, other = numbers.sample(sources, 2)
        copies.append(copy_of(source, KINDS[place % len(KINDS)], other, numbers))
    made = [*reports, *copies]
    numbers.shuffle(made)
    return made


def true_pairs(made: list[Made]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs that are copies, and pairs that are neither copies nor clearly none."""
    lengths: list[int] = []
    holders: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place, document in enumerate(made):
        lengths.append(sum(len(words.split()) for words, _ in document.sentences))
        for words, origin in document.sentences:
            if origin is not None:
                holders[origin].append((place, len(words.split())))
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for found in holders.values():
        for (one, length), (other, another) in combinations(found, 2):
            if one != other:
                shared[min(one, other), max(one, other)] += min(length, another)
    shares = {pair: words / min(lengths[pair[0]], lengths[pair[1]]) for pair, words in shared.items()}
    return {pair for pair, share in shares.items() if share >= SAME}, {pair for pair, share in shares.items() if OTHER <= share < SAME}


def report_of(place: int, made: Made) -> Report:
    """A document of the set as copies are looked for in."""
    text = "\n".join(words for words, _ in made.sentences)
    content = digest(text.encode())
    name = f"{place:06d}"
    document = Document(
        id=document_id(content, name, made.outlet), name=name, text_digest=text_digest(text), bytes_digest=content, media_type="text/plain",
        publisher=made.outlet,
    )  # fmt: skip
    article = Article(document=name, number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), outlet=made.outlet)
    return Report(key=(document.id, 0), document=document, article=article, lead="", text=text, claims=())


def measure(made: list[Made]) -> dict[str, object]:
    """Precision and recall over pairs, recall by the way a copy was made, and the time that it took."""
    reports = [report_of(place, document) for place, document in enumerate(made)]
    places = {report.key: place for place, report in enumerate(reports)}
    started, computing = time.perf_counter(), time.process_time()
    links = find_copies(reports)
    took, computed = time.perf_counter() - started, time.process_time() - computing
    true, unsure = true_pairs(made)
    found = {(min(one, other), max(one, other)) for link in links for one, other in [(places[link.first], places[link.second])]}
    judged = found - unsure
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for pair in true:
        kinds = {made[place].kind for place in pair} - {"report"}
        if len(kinds) == 1:
            by_kind[kinds.pop()].append(pair in found)
    return {
        "documents": len(made),
        "pairs": len(true),
        "precision": round(len(judged & true) / max(1, len(judged)), 4),
        "recall": round(len(judged & true) / max(1, len(true)), 4),
        "recall_by_kind": {kind: round(sum(hits) / len(hits), 4) for kind, hits in sorted(by_kind.items())},
        "seconds": round(took, 1),
        "seconds_of_computing": round(computed, 1),
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2_000, help="documents of the set that is judged")
    parser.add_argument("--pace", type=int, default=0, help="documents of a further set that is timed; 100000 for the figure of record")
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    arguments = parser.parse_args()
    print(json.dumps(measure(make_set(arguments.reports, arguments.seed))))
    if arguments.pace:
        row = measure(make_set(arguments.pace, arguments.seed + 1))
        row["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(row))


if __name__ == "__main__":
    main()
