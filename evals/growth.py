"""Measures what one more article costs as a ledger grows: `python -m evals.growth [--stock 2000] [--articles 20000] [--sample 100]`.

Articles of the evaluation data are extracted once and kept (`--cache`), so that a second run goes on from there. From their stored claims
others are GENERATED: in every copy of the stock each word that the shipped tables do not hold for common, names of people and places
first of all, is another of the same length, and every copy lies two years after the one before, so that it tells of other situations, as
a growing ledger does. Claims keep their places. The last articles of the first copy and of the last copy, which are the same but for
words and days, are linked one by one; all others in batches. Process time is counted, so that other work on the machine does not show.
Then every query is asked of the largest story in a warm process, with a page of 50.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from evals.run import data_folder

from reportedly import pipeline
from reportedly.api import Desk, Question
from reportedly.ledger import open_ledger
from reportedly.ledger.sqlite import SqliteStore
from reportedly.model import (
    Claim,
    Clocks,
    Document,
    Extraction,
    Filters,
    Holdings,
    Reading,
    claim_id,
    digest,
    document_id,
    parse_day,
    record_of,
    row_of,
    text_digest,
)
from reportedly.resolve.weights import word_weight
from reportedly.workers import make_extractor

T = TypeVar("T")
Made = tuple[Reading, list[Extraction]]

PAGE = 50
_APART = 730  # days between one copy of the stock and the next
_TELLING = re.compile(r"\b[A-Za-z]{4,}\b")
_CODE = re.compile(r"[a-z_]+")  # "killed", "at_least": what a field is coded as
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BATCH = 250  # articles linked at once between the samples
_RARE = 0.25  # weight from which a word tells of one situation


def stock_of(folder: Path, count: int, cache_file: Path) -> Holdings:
    """So many articles of the evaluation data with their claims, extracted once by the rules into a ledger that is kept."""
    with tempfile.TemporaryDirectory() as temporary:
        lines = Path(temporary) / "stock.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in _rows(folder, count)), encoding="utf-8")
        extractor = make_extractor("rules")
        with open_ledger(cache_file, create=True) as store:
            for reading in pipeline.read([lines]):
                if not store.is_current(reading, extractor.version):
                    store.put(reading, extractor.extract(reading.text, reading.articles))
            return store.holdings()


def _rows(folder: Path, count: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in ("corpora/gunviolence/dev.jsonl.gz", "corpora/timeline17/*/articles.jsonl.gz"):
        for path in sorted(folder.glob(name)):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    head = f"{row['title']}\n\n" if row.get("title") else ""
                    rows.append({"id": f"{path.parent.name}/{row['id']}", "published": row["published"], "text": head + row["text"]})
    return rows[:count]


def generated(stock: Holdings, count: int) -> Iterator[Made]:
    """Articles made from the stored claims of a stock, marked as such in their names."""
    sources = _sources(stock)
    for number in range(count):
        source, generation = sources[number % len(sources)], 1 + number // len(sources)  # never the stock itself, whose words are known
        yield _copy(source, generation)


def _sources(stock: Holdings) -> list[Made]:
    claims: dict[str, list[Claim]] = {}
    for stored in stock.claims:
        claims.setdefault(stored.document, []).append(stored.claim)
    made = []
    for identity, document in sorted(stock.documents.items(), key=lambda pair: digest(pair[0].encode())):
        articles = tuple(article for key, article in sorted(stock.articles.items()) if key[0] == identity)
        told = [
            Extraction(claims=tuple(c for c in claims.get(identity, ()) if c.article == a.number), extractor="generated") for a in articles
        ]
        made.append((Reading(document=document, text=stock.text_of(identity), articles=articles), told))
    return made


def _copy(source: Made, generation: int) -> Made:
    reading, extractions = source
    document = reading.document
    if document is None:
        message = "a stored document is never without its record"
        raise AssertionError(message)
    text = _renamed(reading.text, generation)
    name, raw = f"generated/{generation}/{document.name}", digest(f"{generation}{text}".encode("utf-8", "surrogatepass"))
    identity = document_id(raw, name, document.publisher)
    marked = replace(document, id=identity, name=name, url=None, text_digest=text_digest(text), bytes_digest=raw, sidecar=None)
    articles = tuple(record_of(type(a), _moved(row_of(a), generation) | {"document": name}) for a in reading.articles)
    told = [Extraction(claims=tuple(_claim(c, generation, marked) for c in e.claims), extractor="generated") for e in extractions]
    return Reading(document=marked, text=text, articles=articles), told


def _claim(claim: Claim, generation: int, document: Document) -> Claim:
    moved = record_of(Claim, _moved(row_of(claim), generation) | {"document": document.name})
    return replace(moved, id=claim_id(document.text_digest, moved.content, moved.cue, moved.source))


def _moved(row: Any, generation: int) -> Any:  # noqa: ANN401 - any JSON value
    """A record's row with other names and later days; offsets stay."""
    if isinstance(row, dict):
        return {k: _renamed(v, generation) if k == "text" and isinstance(v, str) else _moved(v, generation) for k, v in row.items()}
    if isinstance(row, list):
        return [_moved(value, generation) for value in row]
    if not isinstance(row, str):
        return row
    day = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(T.*)?", row)
    if day is None:
        return row if _CODE.fullmatch(row) else _renamed(row, generation)
    return (parse_day(day[1]) + dt.timedelta(days=_APART * generation)).isoformat() + (day[2] or "")


def _renamed(words: str, generation: int) -> str:
    return _TELLING.sub(lambda match: _name(match.group(), generation), words) if generation else words


@cache
def _name(word: str, generation: int) -> str:
    if word_weight(word.lower()) < _RARE:
        return word
    number = int(hashlib.sha256(f"{word.lower()}{generation}".encode()).hexdigest(), 16)
    letters = []
    for letter in word:
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place].upper() if letter.isupper() else _LETTERS[place])
    return "".join(letters)


def spent(deed: Callable[[], T]) -> tuple[float, T]:
    """Seconds of process time that something takes, and what it gives."""
    started = time.process_time()
    found = deed()
    return time.process_time() - started, found


def add_all(store: SqliteStore, articles: Iterable[Made], *, every: int) -> list[float]:
    """Add articles, linking after so many each; the seconds that each took."""
    took: list[float] = []
    for number, (reading, extractions) in enumerate(articles, 1):
        seconds, _ = spent(lambda: store.put(reading, extractions))  # noqa: B023 - called at once
        took.append(seconds)
        if number % every == 0:
            took[-1] += spent(lambda: pipeline.relink(store))[0]
    pipeline.relink(store)
    return took


def ask_all(path: Path) -> dict[str, float]:
    """Seconds that each query of the largest story takes in a warm process."""
    with Desk(path) as desk:
        held = desk.holdings()
        story = max(held.links.stories, key=lambda found: (len(found.articles), found.id))
        question = Question(filters=Filters(story=story.id, limit=PAGE))
        days = [a.published.last_day for k, a in held.articles.items() if k in story.articles and a.published and a.published.last_day]
        last = max(days, default=dt.date(2020, 1, 1))
        clocked = replace(question, clocks=Clocks(as_of=last))
        queries: dict[str, Callable[[], object]] = {
            "stories": lambda: desk.stories(question),
            "claims": lambda: desk.claims(question),
            "figures": lambda: desk.figures(question),
            "figures as of": lambda: desk.figures(clocked),
            "statements": lambda: desk.statements(question),
            "timeline": lambda: desk.timeline(question),
            "actors": lambda: desk.actors(question),
            "changes": lambda: desk.changes(last - dt.timedelta(days=7), last, question),
            "search": lambda: desk.search("police", question),
            "problems": lambda: desk.problems(question),
        }
        print(f"largest story: {len(story.articles)} articles; ledger: {len(held.articles)} articles, {len(held.claims)} claims")
        return {name: min(spent(query)[0] for _ in range(3)) for name, query in queries.items()}


def main() -> int:
    """Fill, ask, print; the exit status is 1 where the last articles cost more than 1.5 times the first, or a query 200 ms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stock", type=int, default=2_000)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-stock.db")
    parser.add_argument("--ledger", type=Path, help="where to leave the grown ledger; none is left otherwise")
    arguments = parser.parse_args()
    if not (data_folder() / "corpora").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    stock = stock_of(data_folder(), arguments.stock, arguments.cache)
    print(f"stock: {len(stock.documents)} articles, {len(stock.claims)} claims; all that follows is generated from them", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        path = arguments.ledger or Path(temporary) / "growth.db"
        size = len(stock.documents)
        made = list(generated(stock, max(2, arguments.articles // size) * size))
        first, last = grow(path, made, size, arguments.sample)
        queries = ask_all(path)
    return report(first, last, queries)


def grow(path: Path, articles: Sequence[Made], size: int, sample: int) -> tuple[list[float], list[float]]:
    """Fill a ledger; the seconds of each of the last articles of the first copy of the stock, and of the same of the last copy.

    Args:
        path: the ledger.
        articles: generated ones, whole copies of the stock.
        size: articles in one copy.
        sample: how many are linked one by one at the start and at the end.
    """
    with open_ledger(path, create=True) as store:
        add_all(store, articles[: size - sample], every=_BATCH)
        first = add_all(store, articles[size - sample : size], every=1)
        add_all(store, articles[size : len(articles) - sample], every=_BATCH)
        last = add_all(store, articles[len(articles) - sample :], every=1)
    return first, last


def report(first: Sequence[float], last: Sequence[float], queries: dict[str, float]) -> int:
    """Print the figures; the exit status."""
    start, end = statistics.mean(first), statistics.mean(last)
    print(f"an added article, linked: {1000 * start:.0f} ms at the start, {1000 * end:.0f} ms at the end, {end / start:.2f} times")
    print(f"  medians: {1000 * statistics.median(first):.0f} ms and {1000 * statistics.median(last):.0f} ms")
    for name, seconds in queries.items():
        print(f"{name:15} {1000 * seconds:6.0f} ms")
    return int(end > 1.5 * start or max(queries.values()) > 0.2)  # noqa: PLR2004 - what is wanted


if __name__ == "__main__":
    raise SystemExit(main())
