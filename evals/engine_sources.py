"""Articles laid out as an archive has them: pages in folders, tables of documents, a crawl; for the engines' evaluations.

They are articles of the evaluation data; where there is none, the example reports with other words for names, marked by their names.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evals.run import data_folder

from reportedly.resolve.weights import word_weight

EXAMPLES = Path(__file__).parents[1] / "examples"
CORPORA = ("corpora/gunviolence/dev.jsonl.gz", "corpora/timeline17/*/articles.jsonl.gz")

_IN_FOLDERS, _IN_TABLES = 0.6, 0.3  # shares of the articles; the rest is in a crawl
_GROUP = 16  # rows of a row group
_CRAWL = 20  # pages of a crawl's file
_TELLING = re.compile(r"\b[A-Za-z]{4,}\b")
_RARE = 0.25  # weight from which a word tells of one situation
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Row = dict[str, Any]


def article_rows(count: int) -> Iterator[Row]:
    """So many articles as records: `id, text, published`."""
    number = 0
    for pattern in CORPORA:
        for path in sorted(data_folder().glob(pattern)):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    if number == count:
                        return
                    row = json.loads(line)
                    head = f"{row['title']}\n\n" if row.get("title") else ""
                    yield {"id": f"{path.parent.name}/{row['id']}", "published": row["published"], "text": head + row["text"]}
                    number += 1
    yield from generated_rows(count - number)


def generated_rows(count: int) -> Iterator[Row]:
    """So many records made of the example reports: each time round with other words for those that tell of one situation."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/*.txt"))]
    for number in range(count):
        generation, place = divmod(number, len(texts))
        text = _TELLING.sub(lambda match: renamed(match.group(), generation), texts[place])  # noqa: B023 - called at once
        yield {"id": f"generated/{generation}/{place}", "published": f"2031-{1 + generation % 12:02}-{1 + place % 28:02}", "text": text}


@cache
def renamed(word: str, generation: int) -> str:
    """Another word of the same length and case for one that tells of one situation; generation 0 changes none."""
    if not generation or word_weight(word.lower()) < _RARE:
        return word
    number = int(hashlib.sha256(f"{word.lower()}{generation}".encode()).hexdigest(), 16)
    letters = []
    for letter in word:
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place].upper() if letter.isupper() else _LETTERS[place])
    return "".join(letters)


def lay_out(root: Path, rows: Sequence[Row]) -> Path:
    """Write articles: pages with sidecars in folders, a Parquet table, WARC files (ISO 28500:2017).

    Args:
        root: the folder that will hold them all.
        rows: the articles.

    Returns:
        The folder.
    """
    first, second = int(len(rows) * _IN_FOLDERS), int(len(rows) * (_IN_FOLDERS + _IN_TABLES))
    for number, row in enumerate(rows[:first]):
        page = root / "pages" / f"{number // 50:03}" / f"{number:06}.txt"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(row["text"], encoding="utf-8")
        page.with_suffix(".meta.json").write_text(json.dumps({"published": row["published"]}), encoding="utf-8")
    _write_table(root / "tables" / "articles.parquet", rows[first:second])
    _write_crawl(root / "crawl", rows[second:])
    return root


def _write_table(path: Path, rows: Sequence[Row]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - of an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    if rows:
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=_GROUP)


def _write_crawl(folder: Path, rows: Sequence[Row]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(rows), _CRAWL):
        with gzip.open(folder / f"crawl-{start // _CRAWL:04}.warc.gz", "wb") as out:
            for row in rows[start : start + _CRAWL]:
                body = row["text"].encode()
                head = {
                    "WARC-Type": "resource",
                    "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(row['id'].encode(), usedforsecurity=False).hexdigest()}>",
                    "WARC-Date": f"{row['published'][:10]}T12:00:00Z",
                    "WARC-Target-URI": f"https://archive.example/{row['id']}",
                    "Content-Type": "text/plain",
                    "Content-Length": str(len(body)),
                }
                out.write(b"WARC/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items()).encode() + b"\r\n" + body + b"\r\n\r\n")
