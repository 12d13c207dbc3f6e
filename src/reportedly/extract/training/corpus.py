"""Reads articles to train on: brat standoff with sources, cues and contents, and articles without labels.

Sources: P. Stenetorp et al., "brat: a Web-based Tool for NLP-Assisted Text Annotation" (2012), for the format; E. Newell et al., "An
Attribution Relations Corpus for Political News" (2018), for the parts and how they may lie in one another.
"""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from reportedly.errors import UnreadableError
from reportedly.extract.tagging.labels import OUTSIDE, PARTS, Part, begin_label, inside_label
from reportedly.extract.tagging.words import Words
from reportedly.extract.training.treebank import is_tokenised, joined

CORPORA = "REPORTEDLY_EVALUATION_DATA"
"""The environment variable that names the folder which holds `corpora/`."""

_TEXT_BOUND = re.compile(r"T\d+$")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class MarkedSpan:
    """A stretch of text that people marked, within one line and without space at its ends.

    Attributes:
        part: source, cue or content.
        start: offset of its first character.
        end: offset after its last.
    """

    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingArticle:
    """An article to learn from.

    Attributes:
        name: unique in its collection.
        text: as the file has it, no newline translated.
        spans: what people marked, ascending; None where nobody did.
    """

    name: str
    text: str
    spans: tuple[MarkedSpan, ...] | None


def corpora_folder(data: Path | None = None) -> Path:
    """The folder of the corpora: below the folder given, else below that of the environment, else `../shared`.

    Raises:
        UnreadableError: it is not there.
    """
    folder = (data or Path(os.environ.get(CORPORA) or Path("..", "shared"))) / "corpora"
    if not folder.is_dir():
        raise UnreadableError(folder, f"there is no such folder; name the one that holds corpora/ with --data or {CORPORA}")
    return folder


def read_marked(folder: Path) -> tuple[TrainingArticle, ...]:
    """Read the articles of a folder, `NAME.txt` with `NAME.ann`, by name.

    Raises:
        UnreadableError: there are none, or one of them has no annotation or a broken one.
    """
    articles = tuple(_read_article(path) for path in sorted(folder.glob("*.txt")))
    if not articles:
        raise UnreadableError(folder, "it holds no articles (NAME.txt with NAME.ann)")
    return articles


def read_unlabelled(corpora: Path, files: Sequence[str]) -> tuple[TrainingArticle, ...]:
    """Read articles without labels: JSON Lines, gzipped or not, with a field `text`; texts cut into tokens are joined again.

    Args:
        corpora: the folder of the corpora.
        files: paths below it.

    Returns:
        In the order of the files; an article whose text occurred before is left out.

    Raises:
        UnreadableError: a file is not there or is no such file.
    """
    articles: dict[str, TrainingArticle] = {}
    for file in files:
        try:
            with _lines(corpora / file) as lines:
                for number, line in enumerate(lines):
                    text = str(json.loads(line)["text"])
                    text = joined(text) if is_tokenised(text) else text
                    articles.setdefault(text, TrainingArticle(name=f"{file}!{number}", text=text, spans=None))
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise UnreadableError(corpora / file, f"no JSON Lines with a field text: {problem}") from problem
    return tuple(articles.values())


def digest_of(articles: Iterable[TrainingArticle]) -> str:
    """SHA-256 of the articles' names, texts and marks, hexadecimal."""
    digest = hashlib.sha256()
    for article in articles:
        marks = None if article.spans is None else [(s.part, s.start, s.end) for s in article.spans]
        digest.update(json.dumps([article.name, article.text, marks]).encode())
    return digest.hexdigest()


def parse_standoff(annotation: str, text: str) -> tuple[MarkedSpan, ...]:
    """The sources, cues and contents of an annotation; one that is broken into stretches or runs over lines gives a span for each.

    Args:
        annotation: the lines of a `.ann` file; whatever is no such mark is passed over.
        text: the article's text.

    Raises:
        ValueError: a mark has no offsets, or lies outside the text.
    """
    spans: set[MarkedSpan] = set()
    names: dict[str, Part] = {part.capitalize(): part for part in PARTS}
    for line in annotation.split("\n"):
        key, _, rest = line.partition("\t")
        name, _, stretches = rest.partition("\t")[0].partition(" ")
        if _TEXT_BOUND.match(key) and name in names:
            for stretch in stretches.split(";"):
                start, end = map(int, stretch.split())
                if not 0 <= start <= end <= len(text):
                    raise ValueError(f"{key}: {start} to {end} lies outside the text")
                spans.update(MarkedSpan(part=names[name], start=a, end=b) for a, b in trimmed_lines(text, start, end))
    return tuple(sorted(spans))


def trimmed_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch of text without the space at their ends; a line of nothing else gives none."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            first = at + line.index(bare)
            yield first, first + len(bare)
        at += len(line)


def label_words(words: Words, spans: Sequence[MarkedSpan]) -> npt.NDArray[np.int64]:
    """The label of each word: where marks overlap that of the shorter one.

    Args:
        words: of the article.
        spans: its marks.

    Returns:
        Numbers of `labels.LABELS`, one a word.
    """
    labels = np.full(len(words), OUTSIDE, np.int64)
    for span in sorted(spans, key=lambda span: (span.start - span.end, span)):
        first, after = np.searchsorted(words.starts, (span.start, span.end))
        if first < after:
            labels[first] = begin_label(span.part)
            labels[first + 1 : after] = inside_label(span.part)
    return labels


def _read_article(path: Path) -> TrainingArticle:
    marks = path.with_suffix(".ann")
    try:
        text = path.read_bytes().decode()
        return TrainingArticle(name=path.stem, text=text, spans=parse_standoff(marks.read_bytes().decode(), text))
    except (OSError, ValueError) as problem:
        raise UnreadableError(marks, str(problem)) from problem


def _lines(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
