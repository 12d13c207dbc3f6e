"""Turns data sets of other shapes into JSON Lines that the program reads."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

FRONT_MATTER = re.compile(r"\A\ufeff?---\n.*?\n---\s*\n", re.DOTALL)

Dataset = Callable[[Path, int | None, Path], tuple[Path, Path]]


def sentences(path: Path, first: int | None, folder: Path) -> tuple[Path, Path]:
    """A JSON list of sentences; a document is a sentence, its id the place in the list.

    Args:
        path: the list.
        first: only so many of them; None takes all.
        folder: where to write.

    Returns:
        The input for the program, and the gold file.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))[:first]
    out = folder / "sentences.jsonl"
    out.write_text("".join(json.dumps({"id": str(k), "text": row["text"]}) + "\n" for k, row in enumerate(rows)), encoding="utf-8")
    return out, path


def incidents(path: Path, first: int | None, folder: Path) -> tuple[Path, Path]:
    """JSON Lines of articles with coded counts; the headline stands above the text.

    Args:
        path: the gzipped lines.
        first: only so many of them; None takes all.
        folder: where to write.

    Returns:
        The input for the program, and the gold cut to the same articles.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][:first]
    out, gold = folder / "incidents.jsonl", folder / "incidents-gold.jsonl"
    articles = [{"id": r["id"], "published": r["published"], "title": r["title"], "text": f"{r['title']}\n\n{r['text']}"} for r in rows]
    out.write_text("".join(json.dumps(r) + "\n" for r in articles), encoding="utf-8")
    gold.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return out, gold


def bare_pages(path: Path, first: int | None, folder: Path) -> tuple[Path, Path]:
    """Saved pages without what was noted beside them: no sidecars, no front matter; a document is a page, its id folder and file.

    Args:
        path: one of the pages, in the folder of its story.
        first: only so many of them; None takes all.
        folder: where to write.

    Returns:
        The input for the program, and the folder of the stories.
    """
    stories = path.parent.parent
    out = folder / "pages.jsonl"
    texts = [(page, page.read_text(encoding="utf-8", errors="replace")) for page in sorted(stories.glob("*/*.txt"))[:first]]
    rows = [{"id": f"{page.parent.name}/{page.name}", "text": FRONT_MATTER.sub("", text)} for page, text in texts]
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return out, stories


DATASETS: dict[str, Dataset] = {"sentences": sentences, "incidents": incidents, "bare-pages": bare_pages}
