"""Measures what one more article costs as a ledger grows: `python -m evals.growth [--stock 2000] [--articles 20000] [--sample 100]`.

Articles of the evaluation data are extracted once and kept (`--cache`), so that a second run goes on from there. From their stored claims
others are GENERATED: in every copy of the stock each word that the shipped tables do not hold for common, names of people and places
first of all, is another of the same length, and every copy lies two years after the one before, so that it tells of other situations, as
a growing ledger does. Claims keep their places. The stock has stories of hundreds of articles, and each copy has as many as large.

A small ledger is filled with the first copy, a large one with all of them, from another process and linked as the command line links
them; what an article costs and what memory the process holds is printed every 2,000 articles (`evals.curve`).
Then the articles left over of the first copy go to the small ledger and those of the last copy, which are the same but for words and
days, to the large one, linked one by one and in turn, so that whatever else the machine does meets both alike. Process time is counted.
Then every query is asked of the largest story, and of one of a hundred articles, with a page of 50: first with the story not read yet,
then twice more; the quicker of these is what counts as that of a warm process. With `--ledger` the ledgers stay, and a run that was broken
off goes on; with `--ask` as well such a ledger is asked and no more, its large stories outlined first where an earlier version linked it.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import json
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.curve import Made, Point, documents_in, elsewhere, grow, is_flat, spent
from evals.run import data_folder
from sqlalchemy import func, insert, select

from reportedly import pipeline
from reportedly.api import Desk, Question
from reportedly.ledger import open_ledger, schema
from reportedly.ledger.store import LedgerStore
from reportedly.model import (
    Claim,
    Clocks,
    Document,
    Extraction,
    Filters,
    Holdings,
    Part,
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

PAGE = 50
_APART = 730  # days between one copy of the stock and the next
_TELLING = re.compile(r"\b[A-Za-z]{3,}\b")
_CODE = re.compile(r"[a-z_]+")  # "killed", "at_least": what a field is coded as
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_RARE = 0.25  # weight from which a word tells of one situation
_MANY = 100  # articles of a large story
_WARM = 0.2  # seconds that a query takes at most once its story was read
_TIMES = 1.5  # what an article may cost in the large ledger beside the small one


def stock_of(folder: Path, count: int, cache_file: Path) -> Holdings:
    """So many articles of the evaluation data with their claims, extracted by the rules once and for all into a ledger that is kept."""
    with tempfile.TemporaryDirectory() as temporary:
        lines = Path(temporary) / "stock.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in article_rows(folder, count)), encoding="utf-8")
        extractor = make_extractor("rules")
        with open_ledger(cache_file, create=True) as store:
            held = store.holdings()
            wanted: dict[str, None] = {}
            for reading in pipeline.read([lines]):
                if reading.document:
                    wanted[reading.document.id] = None
                    if reading.document.id not in held.documents:
                        store.put(reading, extractor.extract(reading.text, reading.articles))
            return store.holdings_of(wanted)


def article_rows(folder: Path, count: int) -> list[dict[str, Any]]:
    """So many articles of the evaluation data as lines that the program reads."""
    rows: list[dict[str, Any]] = []
    for name in ("corpora/gunviolence/dev.jsonl.gz", "corpora/timeline17/*/articles.jsonl.gz"):
        for path in sorted(folder.glob(name)):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    head = f"{row['title']}\n\n" if row.get("title") else ""
                    rows.append({"id": f"{path.parent.name}/{row['id']}", "published": row["published"], "text": head + row["text"]})
    return rows[:count]


def generated(sources: Sequence[Made], first: int, last: int) -> Iterator[Made]:
    """Articles made from the stored claims of a stock, marked as such in their names; from one number up to another."""
    for number in range(first, last):
        yield _copy(sources[number % len(sources)], 1 + number // len(sources))  # never the stock itself, whose words are known


def name_of(sources: Sequence[Made], number: int) -> str:
    """The name of the generated article of a number."""
    reading, _ = sources[number % len(sources)]
    return f"generated/{1 + number // len(sources)}/{reading.document.name if reading.document else ''}"


def sources_of(stock: Holdings) -> list[Made]:
    """The articles of a stock with their claims, in an order that mixes them."""
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


@lru_cache(maxsize=1 << 17)
def _name(word: str, generation: int) -> str:
    if word_weight(word.lower()) < _RARE:
        return word
    number = int(hashlib.sha256(f"{word.lower()}{generation}".encode()).hexdigest(), 16)
    letters = []
    for letter in word:
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place].upper() if letter.isupper() else _LETTERS[place])
    return "".join(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one more article cost.

    Attributes:
        seconds: of process time, to store and to link it.
        fellows: articles that hang together with it then, itself among them.
    """

    seconds: float
    fellows: int


def add_one(store: LedgerStore, article: Made) -> Cost:
    """Add an article and link it; what that cost."""
    seconds = spent(lambda: store.put(*article))[0] + spent(lambda: pipeline.relink(store))[0]
    reading, members = article[0], schema.members.c
    part = select(members.part).where(members.document == (reading.document.id if reading.document else ""))
    with store.engine.connect() as connection:
        fellows = connection.execute(select(func.count()).where(members.part.in_(part))).scalar_one()
    return Cost(seconds=seconds, fellows=fellows)


def made(stock: int, cache_file: Path, first: int, last: int) -> Iterator[Made]:
    """Generated articles from one number up to another, by another process, which alone holds the stock."""
    return elsewhere(lambda: generated(sources_of(stock_of(data_folder(), stock, cache_file)), first, last))


def size_of(stock: int, cache_file: Path) -> int:
    """How many articles the stock has; makes it where it is not there. Another process does, as above."""

    def count() -> Iterator[int]:
        held = stock_of(data_folder(), stock, cache_file)
        print(f"stock: {len(held.documents)} articles, {len(held.claims)} claims; all that follows is generated from them", flush=True)
        yield len(held.documents)

    return sum(elsewhere(count))


def fill(path: Path, count: int, stock: int, cache_file: Path) -> list[Point]:
    """Bring a ledger up to so many generated articles; prints what they cost, and gives the points of all runs that did."""
    with open_ledger(path, create=True) as store:
        held = documents_in(store)
    return grow(path, made(stock, cache_file, held, count) if held < count else (), count)


def ask_all(path: Path) -> dict[str, tuple[float, float]]:
    """Seconds that each query of the largest story, and of one of a hundred articles, takes: first where it is not read yet, then again."""
    columns = schema.stories.c
    sizes = (columns.articles.desc(), func.abs(columns.articles - _MANY), columns.articles)
    with Desk(path) as desk:
        with desk.store.engine.connect() as connection:
            query = select(schema.stories)
            largest, large, other = (connection.execute(query.order_by(size, columns.id).limit(1)).one() for size in sizes)
            claims = connection.execute(select(func.count()).select_from(schema.claims)).scalar_one()
        print(f"ledger: {documents_in(desk.store)} documents, {claims} claims", flush=True)
        found: dict[str, tuple[float, float]] = {}
        others = queries_of(desk, other.id, other.last)
        for story in (largest, large):
            print(f"a story of {story.articles} articles, {story.claims} claims", flush=True)
            outline(desk.store, story.part)
            for name, ask in queries_of(desk, story.id, story.last).items():
                others[name]()  # tables and models that a warm process has read
                desk.library.shut()
                first = spent(ask)[0]
                found[f"{name}, {story.articles} articles"] = first, min(spent(ask)[0] for _ in range(2))
        return found


def outline(store: LedgerStore, part: str) -> None:
    """Give a part that an earlier version linked the outlines that linking gives it now."""
    columns = schema.outlines.c
    with store.engine.connect() as connection:
        there = connection.execute(select(columns.part).where(columns.part == part).limit(1)).first() is not None
    read = None if there else store.catalogue.read_part(part)
    if read is not None:
        held = read.holdings
        (summary,) = pipeline.sum_up([Part(id=part, articles=tuple(sorted(held.articles)), links=held.links)], held)
        rows = [{"document": document, "part": part, "content": content} for document, content in summary.outlines.items()]
        with store.engine.begin() as connection:
            if rows:
                connection.execute(insert(schema.outlines), rows)


def queries_of(desk: Desk, story: str, day: str) -> dict[str, Callable[[], object]]:
    """The queries about a story whose last article came out on a day, with a page of 50."""
    question = Question(filters=Filters(story=story, limit=PAGE))
    last = parse_day(day) if day[:4].isdigit() else dt.date(2020, 1, 1)
    clocked = replace(question, clocks=Clocks(as_of=last))
    return {
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


def main() -> int:
    """Fill, add, ask, print; the exit status is 1 where articles come to cost more or memory grows, or a query takes more than 200 ms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stock", type=int, default=2_000)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-stock.db")
    parser.add_argument("--ledger", type=Path, help="where to leave the grown ledger and, beside it, the small one; none is left otherwise")
    parser.add_argument("--ask", action="store_true", help="only ask the ledger that is there")
    arguments = parser.parse_args()
    if arguments.ask and arguments.ledger:
        return report((), (), ask_all(arguments.ledger))
    if not (data_folder() / "corpora").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    size = size_of(arguments.stock, arguments.cache)
    with tempfile.TemporaryDirectory() as temporary:
        large = arguments.ledger or Path(temporary) / "growth.db"
        small = large.with_name(f"{large.stem}-small{large.suffix}")
        copies = max(2, round(arguments.articles / size))
        fill(small, size - arguments.sample, arguments.stock, arguments.cache)
        level = is_flat(fill(large, copies * size - arguments.sample, arguments.stock, arguments.cache), copies * size)
        sources = sources_of(stock_of(data_folder(), arguments.stock, arguments.cache))
        first, last = add_in_turn(small, large, sources, copies, arguments.sample)
        queries = ask_all(large)
    return report(first, last, queries) or int(not level)


def add_in_turn(small: Path, large: Path, sources: Sequence[Made], copies: int, sample: int) -> tuple[list[Cost], list[Cost]]:
    """What each of the last articles of the first copy cost in a small ledger, and the same of the last copy in a large one."""
    size = len(sources)
    first, last = list[Cost](), list[Cost]()
    with open_ledger(small, create=False) as few, open_ledger(large, create=False) as many:
        begun = documents_in(few) - (size - sample)  # a run that was broken off here added some of both
        early, late = generated(sources, size - sample + begun, size), generated(sources, copies * size - sample + begun, copies * size)
        for one, other in zip(early, late, strict=True):
            first.append(add_one(few, one))
            last.append(add_one(many, other))
    return first, last


def report(first: Sequence[Cost], last: Sequence[Cost], queries: Mapping[str, tuple[float, float]]) -> int:
    """Print the figures; the exit status."""
    slower = False
    for heading, least in (("one more article, linked", 0), (f"  into a story of {_MANY} articles and more", _MANY)):
        start, end = ([cost.seconds for cost in costs if cost.fellows >= least] for costs in (first, last))
        if start and end:  # none where a run that was done before only asks again
            times = statistics.mean(end) / statistics.mean(start)
            slower = slower or times > _TIMES
            verdict = f"{times:.2f} times, wanted at most {_TIMES}: {'TOO MUCH' if times > _TIMES else 'good'}"
            print(f"{heading}: {_told(start)} in the small ledger, {_told(end)} in the large, {verdict}")
    for name, (once, again) in queries.items():
        print(f"{name:30} {1000 * once:6.0f} ms first, {1000 * again:6.0f} ms again{' (too long at first)' if once > _WARM else ''}")
    return int(slower or max(again for _, again in queries.values()) > _WARM)


def _told(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.mean(seconds):.0f} ms (median {1000 * statistics.median(seconds):.0f}, of {len(seconds)})"


if __name__ == "__main__":
    raise SystemExit(main())
