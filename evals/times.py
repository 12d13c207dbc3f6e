"""Compares our reading of time expressions with that of other libraries: `python -m evals.times [ENGINE ...] [--list FILE ...]`.

Each sentence of a list has one expression in question, its article's day and the interval that it means (the tests' own table, and the
words that date claims in the hand-coded pages where the evaluation data is there). A library that is not installed is left out with a word.

For each engine, the share of expressions of which some reading at their words is
  exact   the same interval; where ours is open, since or until a date, the named date
  near    meets it and is at most a week wider
and the time for all of them. Expressions that mean no certain interval (lengths, repetitions) are not asked.
"""

import argparse
import csv
import datetime as dt
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.run import HERE, data_folder
from evals.time_libraries import ENGINES, Case, Reading

TABLE = HERE.parent / "tests" / "language" / "time_expressions.csv"
SLACK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One expression in its sentence.

    Attributes:
        case: the sentence, its article's day and the outlet's country.
        start: where the words begin in the sentence.
        end: one past their last character.
        first: first day meant; None where open.
        last: last day meant; None where open.
    """

    case: Case
    start: int
    end: int
    first: dt.date | None
    last: dt.date | None


def read_table(path: Path) -> list[Question]:
    """The expressions of a CSV table (sentence, article, words, first, last, country) that mean an interval."""
    questions = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        first, last = (dt.date.fromisoformat(day[:10]) if day else None for day in (row["first"], row["last"]))
        if first or last:
            start = row["sentence"].index(row["words"])
            case = (row["sentence"], dt.date.fromisoformat(row["article"]), row.get("country") or None)
            questions.append(Question(case=case, start=start, end=start + len(row["words"]), first=first, last=last))
    return questions


def read_gold(folder: Path) -> list[Question]:
    """The words by which hand-coded claims are dated, in their paragraph, where the article has a day of publication."""
    published = {}
    for row in json.loads((folder / "gold" / "articles.json").read_text(encoding="utf-8")):
        day = row.get("published")
        value = day.get("from") if isinstance(day, dict) else day
        if value and len(value) >= len("2025-10-24"):
            published[row["article_id"]] = dt.date.fromisoformat(value[:10])
    found = {}
    for line in (folder / "gold" / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for when in (row.get("said"), row.get("happened")):
            if when and when.get("text") and when.get("start") is not None and row["article_id"] in published:
                found[row["document"], when["start"]] = _question(folder, row, when, published[row["article_id"]])
    return list(found.values())


def _question(folder: Path, row: dict[str, str], when: dict[str, str], day: dt.date) -> Question:
    with (folder / row["document"]).open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    start, end = int(when["start"]), int(when["end"])
    begin = text.rfind("\n", 0, start) + 1
    finish = text.find("\n", end)
    first, last = (dt.date.fromisoformat(value[:10]) if value else None for value in (when["from"], when["to"]))
    return Question(
        case=(text[begin : finish if finish > 0 else None], day, None), start=start - begin, end=end - begin, first=first, last=last
    )


def is_exact(question: Question, reading: Reading) -> bool:
    """Whether a reading is the interval meant; of one with an open end, the date that bounds it."""
    _, _, first, last = reading
    if question.first is None:
        return question.last in {last, first - DAY if first > dt.date.min else None}
    if question.last is None:
        return question.first in {first, last}
    return (first, last) == (question.first, question.last)


def is_near(question: Question, reading: Reading) -> bool:
    """Whether a reading meets the interval meant and is at most a week wider."""
    if is_exact(question, reading):
        return True
    _, _, first, last = reading
    begin, finish = question.first or dt.date.min, question.last or dt.date.max
    return first <= finish and begin <= last and last - first <= (finish - begin) + SLACK


def score(questions: Sequence[Question], found: Sequence[Sequence[Reading]]) -> tuple[float, float]:
    """The shares, in per cent, of expressions read exactly and nearly."""
    exact = near = 0
    for question, readings in zip(questions, found, strict=True):
        here = [reading for reading in readings if reading[0] < question.end and question.start < reading[1]]
        exact += any(is_exact(question, reading) for reading in here)
        near += any(is_near(question, reading) for reading in here)
    return 100 * exact / len(questions), 100 * near / len(questions)


def main() -> int:
    """Print a table a list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", help="engines; all where none is named")
    parser.add_argument("--list", action="append", default=[], type=Path, metavar="FILE", help="a further table of expressions")
    arguments = parser.parse_args()
    lists = {path.name: read_table(path) for path in (TABLE, *arguments.list)}
    gold = data_folder() / "corpora" / "dprk-russia"
    if gold.is_dir():
        lists["dprk-russia"] = read_gold(gold)
    for name in arguments.engines or ENGINES:
        try:
            engine = ENGINES[name]()
        except ImportError as error:
            print(f"{name:18} not installed ({error})")
            continue
        for title, questions in lists.items():
            started = time.monotonic()
            exact, near = score(questions, engine([question.case for question in questions]))
            seconds = time.monotonic() - started
            print(f"{name:18} {title:26} {len(questions):4}  exact {exact:5.1f}  near {near:5.1f}  {seconds:8.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
