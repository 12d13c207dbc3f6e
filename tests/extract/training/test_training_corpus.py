"""Reading of articles to train on."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import UnreadableError
from reportedly.extract.tagging.labels import LABELS, label_spans
from reportedly.extract.tagging.words import read_words
from reportedly.extract.training.corpus import (
    MarkedSpan,
    corpora_folder,
    digest_of,
    label_words,
    parse_standoff,
    read_marked,
    read_unlabelled,
    trimmed_lines,
)

TEXT = "“We will rebuild,” said the mayor,\n“and soon.”\n"


def _mark(key: str, part: str, *stretches: tuple[int, int]) -> str:
    where = ";".join(f"{start} {end}" for start, end in stretches)
    return f"{key}\t{part} {where}\t{' '.join(TEXT[a:b] for a, b in stretches)}"


def test_broken_mark_gives_a_span_for_each_stretch() -> None:
    """A quotation in two pieces is two contents; events, attributes and other marks are passed over."""
    first, second = (0, 18), (TEXT.index("“and"), len(TEXT) - 1)
    lines = [
        _mark("T1", "Content", first, second),
        _mark("T2", "Cue", (19, 23)),
        "E1\tAttribution:T2 Source:T3",
        "A1\tMood T1",
        "T4\tOther 0 2\tx",
    ]
    assert parse_standoff("\n".join(lines), TEXT) == (
        MarkedSpan(start=0, end=18, part="content"),
        MarkedSpan(start=19, end=23, part="cue"),
        MarkedSpan(start=second[0], end=second[1], part="content"),
    )


def test_mark_over_a_line_break_is_cut_there() -> None:
    """A mark that runs over a line's end becomes a span on each line, without the space around the break."""
    (span, other) = parse_standoff(_mark("T1", "Source", (24, len(TEXT))), TEXT)
    assert (TEXT[span.start : span.end], TEXT[other.start : other.end]) == ("the mayor,", "“and soon.”")


@pytest.mark.parametrize("line", ["T1\tCue 5 900\tx", "T1\tCue five 9\tx", "T1\tCue 5\tx"])
def test_mark_outside_the_text_is_refused(line: str) -> None:
    """A mark without proper offsets is an error and no silent nothing."""
    with pytest.raises(ValueError, match=r"outside|invalid|not enough"):
        parse_standoff(line, TEXT)


@given(st.text("ab \n\t”", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_trimmed_lines_hold_every_mark_and_no_outer_space(text: str, one: int, other: int) -> None:
    """Whatever the stretch, its lines hold all that is no space, and begin and end with none."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    lines = [text[a:b] for a, b in trimmed_lines(text, start, end)]
    assert "".join("".join(lines).split()) == "".join(text[start:end].split())
    assert all(line == line.strip() and line and "\n" not in line for line in lines)


def test_shorter_mark_lies_on_top() -> None:
    """Where marks overlap the word has the label of the shorter one, and the longer goes on behind it."""
    words = read_words("He said that she lied yesterday .")
    spans = [MarkedSpan(start=8, end=31, part="content"), MarkedSpan(start=13, end=16, part="source")]
    assert [LABELS[n] for n in label_words(words, spans)] == ["O", "O", "B-Content", "B-Source", "I-Content", "I-Content", "O"]


def test_labels_draw_the_spans_they_were_made_of() -> None:
    """Spans that do not overlap and end with words come back whole from the words' labels."""
    words = read_words(TEXT)
    spans = parse_standoff(
        "\n".join([_mark("T1", "Content", (0, 18)), _mark("T2", "Cue", (19, 23)), _mark("T3", "Source", (24, 33))]), TEXT
    )
    rows = label_spans(label_words(words, spans), words.line_starts)
    assert [(words.starts[a], words.ends[b - 1]) for _, a, b in rows] == [(s.start, s.end) for s in spans]


def test_folder_of_articles_keeps_line_ends(tmp_path: Path) -> None:
    """Articles are read by name, and no newline is translated: offsets count the file's own characters."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_bytes(b"One.\r\nTwo said so.\n")
        (tmp_path / f"{name}.ann").write_text("T1\tSource 6 9\tTwo\n", encoding="utf-8")
    articles = read_marked(tmp_path)
    assert [article.name for article in articles] == ["a", "b"]
    assert all(article.text[s.start : s.end] == "Two" for article in articles for s in article.spans or ())


def test_article_without_annotation_is_told(tmp_path: Path) -> None:
    """An article whose annotation is missing, and a folder without articles, end the run with the path."""
    with pytest.raises(UnreadableError, match="no articles"):
        read_marked(tmp_path)
    (tmp_path / "lone.txt").write_text("Words.", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"lone\.ann"):
        read_marked(tmp_path)


def test_unlabelled_articles_are_read_once(tmp_path: Path) -> None:
    """The same text twice is one article; gzipped and plain lines are read alike; a file of another shape is told."""
    rows = [{"text": "A."}, {"text": "B."}, {"text": "A."}]
    with gzip.open(tmp_path / "x.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "y.jsonl").write_text('{"text": "C."}\n', encoding="utf-8")
    assert [article.text for article in read_unlabelled(tmp_path, ["x.jsonl.gz", "y.jsonl"])] == ["A.", "B.", "C."]
    (tmp_path / "z.jsonl").write_text('{"body": "C."}\n', encoding="utf-8")
    with pytest.raises(UnreadableError, match="field text"):
        read_unlabelled(tmp_path, ["z.jsonl"])


def test_digest_tells_marks_apart(tmp_path: Path) -> None:
    """The digest of the data changes with a mark, so no run goes on from another's checkpoint."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    digests = set()
    for line in (_mark("T1", "Cue", (19, 23)), _mark("T1", "Source", (19, 23)), ""):
        (tmp_path / "a.ann").write_text(line, encoding="utf-8")
        digests.add(digest_of(read_marked(tmp_path)))
    assert len(digests) == 3


def test_missing_corpora_name_the_way_to_give_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the folder the message names the option and the environment variable; with it the variable is obeyed."""
    monkeypatch.setenv("REPORTEDLY_EVALUATION_DATA", str(tmp_path))
    with pytest.raises(UnreadableError, match="--data or REPORTEDLY_EVALUATION_DATA"):
        corpora_folder()
    (tmp_path / "corpora").mkdir()
    assert corpora_folder() == tmp_path / "corpora"


def test_empty_text_has_no_labels() -> None:
    """An article without words gives an empty array and no error."""
    assert np.array_equal(label_words(read_words(""), []), np.empty(0, np.int64))
