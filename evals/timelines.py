"""Timelines beside two plain baselines: `python -m evals.timelines TOPIC ... [--ledgers FOLDER]`.

A topic is a folder with `articles.jsonl.gz` and `timelines.jsonl`. For each the program fills a ledger (kept in FOLDER where one is
named, so that the articles are extracted once) and prints what `reportedly timeline` makes of it; the baselines read the same articles:

most-mentioned  days by how many sentences name them; of a day the sentences that name it, the most central first
datewise        days by a linear regression over counts of mentions and publications, trained on the topics of all other subjects, as
                DATEWISE ranks them (Gholipour Ghalandari and Ifrim, ACL 2020); of a day the sentences that name it or open an article
                published then, the most central first, none alike twice

All are scored by the evaluation data's `timeline.py`, and averaged first over a subject's topics, then over subjects: a topic's subject is
its name up to the underscore. ROUGE needs the package `tilse`. Published on all of Timeline17: date .544, AR-1 .120 (DATEWISE).
"""

import argparse
import datetime as dt
import gzip
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from evals.run import PROGRAM, data_folder

from reportedly.language.times.finding import find_times
from reportedly.model import Interval

Row = dict[str, Any]
Weights = Mapping[str, float]

_OPENING = 5  # sentences of an article that tell its day's news
_SHORT, _LONG = 5, 60  # content words of a sentence that can stand on a timeline
_ALIKE = 0.6  # cosine from which two sentences tell the same
_MOST = 20  # sentences of a day that are handed to the scorer
_WEEK = 7
_RIDGE = 1.0
_WORD = re.compile(r"[a-z0-9]{3,}")
_COUNTS = ("mentions", "documents", "same day", "after", "long after", "opening", "articles", "sentences")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A line of an article.

    Attributes:
        text: its words.
        article: the article's number.
        place: the line's number in it.
        published: the article's day, ISO.
        days: the days that it names, ISO.
        words: its content words, rarest weighing most, of length one.
    """

    text: str
    article: int
    place: int
    published: str
    days: tuple[str, ...]
    words: Weights


def sentences_of(topic: Path) -> list[Sentence]:
    """The lines of a topic's articles."""
    found: list[tuple[str, int, int, str]] = []
    with gzip.open(topic / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            article = json.loads(line)
            texts = [text.strip() for text in article["text"].split("\n") if text.strip()]
            found += [(text, number, place, article["published"][:10]) for place, text in enumerate(texts)]
    counts = [Counter(_WORD.findall(text.lower())) for text, *_ in found]
    common = Counter(word for count in counts for word in count)
    rarity = {word: math.log(len(found) / number) for word, number in common.items()}
    return [
        Sentence(text=text, article=number, place=place, published=day, days=_days(text, day), words=_unit(count, rarity))
        for (text, number, place, day), count in zip(found, counts, strict=True)
    ]


def _days(text: str, published: str) -> tuple[str, ...]:
    against = Interval(first=published, last=published)
    times = [time.interval for time in find_times(text, 0, len(text), against=against)]
    return tuple(dict.fromkeys(str(i.first_day) for i in times if i is not None and i.first_day and i.first_day == i.last_day))


def _unit(count: Mapping[str, int], rarity: Weights) -> Weights:
    weights = {word: (1 + math.log(number)) * rarity[word] for word, number in count.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Weights, other: Weights) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def day_counts(sentences: Sequence[Sentence]) -> dict[str, list[float]]:
    """For each day the logarithms of its counts, in the order of `_COUNTS`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[str, set[int]] = defaultdict(set)
    for sentence in sentences:
        counts[sentence.published].update(["sentences", *(["articles"] if sentence.place == 0 else [])])
        for day in sentence.days:
            documents[day].add(sentence.article)
            gap = (dt.date.fromisoformat(sentence.published) - dt.date.fromisoformat(day)).days
            told = {
                "mentions": True,
                "same day": gap == 0,
                "after": gap > 0,
                "long after": gap > _WEEK,
                "opening": sentence.place < _OPENING,
            }
            counts[day].update(name for name, holds in told.items() if holds)
    for day, articles in documents.items():
        counts[day]["documents"] = len(articles)
    return {day: [math.log1p(count[name]) for name in _COUNTS] for day, count in counts.items()}


def regress(topics: Mapping[Path, dict[str, list[float]]], topic: Path) -> Weights:
    """Days of a topic by a linear regression trained on the topics of other subjects; the target is whether an expert lists the day."""
    rows, targets = [], []
    for other, counts in topics.items():
        listed = [{day[:10] for day, _ in json.loads(line)} for line in (other / "timelines.jsonl").read_text().splitlines()]
        for days in listed if subject_of(other) != subject_of(topic) else ():
            inside = [day for day in counts if min(days) <= day <= max(days)]
            rows += [[1.0, *counts[day]] for day in inside]
            targets += [float(day in days) for day in inside]
    matrix = np.array(rows)
    solved = np.linalg.solve(matrix.T @ matrix + _RIDGE * np.eye(matrix.shape[1]), matrix.T @ np.array(targets))
    return {day: float(np.dot(solved, [1.0, *count])) for day, count in topics[topic].items()}


def entries_of(sentences: Sequence[Sentence], days: Weights, *, opening: bool) -> list[Row]:
    """What a baseline hands to the scorer: days in its order, of each the most central sentences.

    Args:
        sentences: the topic's.
        days: the weight of each day.
        opening: whether the first lines of that day's articles stand beside those that name the day, and none alike twice.
    """
    told: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        if _SHORT <= len(sentence.words) <= _LONG:
            own = (sentence.published,) if opening and sentence.place < _OPENING else ()
            for day in dict.fromkeys((*sentence.days, *own)):
                told[day].append(sentence)
    ranks = {day: float(rank) for rank, day in enumerate(sorted(days, key=lambda day: (days[day], day)), 1)}
    found = []
    for day, several in told.items():
        chosen = _central(several, apart=opening)
        found += [{"date": day, "text": s.text, "weight": ranks.get(day, 0.0) - place / 100} for place, s in enumerate(chosen)]
    return found


def _central(sentences: Sequence[Sentence], *, apart: bool) -> list[Sentence]:
    centroid: dict[str, float] = defaultdict(float)
    for sentence in sentences:
        for word, weight in sentence.words.items():
            centroid[word] += weight
    chosen: list[Sentence] = []
    for sentence in sorted(sentences, key=lambda s: -_cosine(s.words, centroid)):
        if not apart or all(_cosine(sentence.words, other.words) < _ALIKE for other in chosen):
            chosen.append(sentence)
        if len(chosen) == _MOST:
            break
    return chosen


def product_entries(topic: Path, folder: Path) -> list[Row]:
    """What the program prints for a topic; its ledger is filled where it is not there yet."""
    ledger, articles = folder / f"{topic.name}.db", folder / f"{topic.name}.jsonl"
    articles.write_bytes(gzip.decompress((topic / "articles.jsonl.gz").read_bytes()))
    words = ["--ledger", str(ledger)]
    subprocess.run([*PROGRAM, "add", str(articles), *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    printed = subprocess.run([*PROGRAM, "timeline", *words, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
    rows = [json.loads(line) for line in printed.splitlines()]
    return [row for row in rows if row["date"]]


def subject_of(topic: Path) -> str:
    """What a topic is about, whoever wrote it: its name up to the underscore."""
    return topic.name.partition("_")[0]


def score(topic: Path, entries: Sequence[Row], folder: Path) -> dict[str, float]:
    """The scorer's figures for one topic."""
    path = folder / "entries.json"
    path.write_text(json.dumps([{name: row[name] for name in ("date", "text", "weight")} for row in entries]), encoding="utf-8")
    scorer = [sys.executable, str(data_folder() / "score" / "timeline.py"), f"{topic}={path}"]
    scores: dict[str, float] = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    scores.pop("timelines")
    return scores


def by_subject(scores: Mapping[Path, Mapping[str, float]]) -> dict[str, float]:
    """Means over subjects of the means over their topics."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for topic, figures in scores.items():
        for name, value in figures.items():
            found[name][subject_of(topic)].append(value)
    return {name: round(mean(mean(values) for values in subjects.values()), 3) for name, subjects in found.items()}


def main() -> int:
    """Print a table a system and topic, and a JSON object of the averages; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="+", type=Path)
    parser.add_argument("--ledgers", type=Path, help="keep the ledgers here")
    arguments = parser.parse_args()
    topics = [path.parent if path.is_file() else path for path in arguments.topics]
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.ledgers or Path(temporary)
        folder.mkdir(exist_ok=True)
        texts = {topic: sentences_of(topic) for topic in topics}
        counts = {topic: day_counts(sentences) for topic, sentences in texts.items()}
        mentions = {topic: {day: count[0] for day, count in days.items()} for topic, days in counts.items()}
        systems: dict[str, Callable[[Path], list[Row]]] = {
            "most-mentioned": lambda topic: entries_of(texts[topic], mentions[topic], opening=False),
            "datewise": lambda topic: entries_of(texts[topic], regress(counts, topic), opening=True),
            "reportedly": lambda topic: product_entries(topic, folder),
        }
        averages = {}
        for name, system in systems.items():
            scores = {topic: score(topic, system(topic), Path(temporary)) for topic in topics}
            for topic, figures in scores.items():
                print(f"{name:16}{topic.name:26}" + "".join(f"{key:>10} {value:.3f}" for key, value in figures.items()), file=sys.stderr)
            averages[name] = by_subject(scores)
    best = {key: max(averages[name].get(key, 0.0) for name in ("most-mentioned", "datewise")) for key in averages["reportedly"]}
    averages["above"] = {key: round(value - best[key], 3) for key, value in averages["reportedly"].items()}
    print(json.dumps(averages, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
