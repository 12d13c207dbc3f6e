"""How the thresholds of stories were set, and what the choice of marks costs: `python -m evals.likeness [--articles 1000]`.

First each threshold of `resolve/stories.py` is taken lower and higher than it is, alone, and the stories of the evaluation's pages are
scored. Then articles of the evaluation data are looked at in growing numbers: with how many others each shares a mark, where every
pair of strong names and words is one, and where only those are that tell enough by the shipped table or came out near one another.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from evals.growth import article_rows
from evals.run import data_folder

from reportedly import pipeline
from reportedly.model import ArticleKey, Holdings
from reportedly.resolve import stories
from reportedly.resolve.copies import find_copies
from reportedly.resolve.features import Features, features_of
from reportedly.resolve.reports import Report, gather_reports

THRESHOLDS = ("_NEAR", "_NEAR_ONE", "_FAR", "_DISTANT", "_SAME_DAY", "_TOP_NAME", "_WORDS")
FACTORS = (0.7, 0.85, 1.0, 1.15, 1.3)


def reports_of(paths: Sequence[Path]) -> tuple[Report, ...]:
    """The articles of files, without claims, which no decision about stories needs."""
    readings = [reading for reading in pipeline.read(paths) if reading.document]
    documents = {reading.document.id: reading.document for reading in readings if reading.document}
    articles = {(r.document.id, a.number): a for r in readings if r.document for a in r.articles}
    texts = {reading.document.text_digest: reading.text for reading in readings if reading.document}
    return gather_reports(Holdings(documents=documents, articles=articles, texts=texts))


@contextmanager
def changed(name: str, value: float) -> Iterator[None]:
    """With one constant of the stories' room as it is not."""
    before = getattr(stories, name)
    setattr(stories, name, value)
    try:
        yield
    finally:
        setattr(stories, name, before)


def score(reports: Sequence[Report], known: Mapping[ArticleKey, Features], data: Path) -> dict[str, float]:
    """Pairwise precision, recall and F1 of the stories as they come out now."""
    found = stories.build_stories(reports, find_copies(reports), known)
    rows = [
        {"document": r.document.name, "article": r.key[1], "story": story.id} for story in found for r in reports if r.key in story.articles
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "stories.jsonl"
        out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        scorer = [sys.executable, str(data / "score" / "stories.py"), "--articles", str(data / "corpora/stories/clusters.json"), str(out)]
        return dict(json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout))


def vary(data: Path) -> None:
    """Print the scores with each threshold lower and higher than it is."""
    reports = reports_of(sorted(data.glob("corpora/stories/*/*.txt")))
    known = features_by_article(reports)
    print(f"{'F1 with a threshold at':22}" + "".join(f"{factor:8.2f}" for factor in FACTORS) + "  of what it is")
    for name in THRESHOLDS:
        value, scores = getattr(stories, name), []
        for factor in FACTORS:
            with changed(name, value * factor):
                scores.append(score(reports, known, data)["f1"])
        print(f"{name.strip('_').lower():14} ({value:4.2f}) " + "".join(f"{found:8.1f}" for found in scores), flush=True)


def features_by_article(reports: Sequence[Report]) -> dict[ArticleKey, Features]:
    """The features of articles, those of a live page's items under its first."""
    told = {report.key: report for report in reports if report.article.kind != "teaser"}
    return {members[0].key: features_of(members) for members in stories.gather_pages(told)}


def count_marks(data: Path, count: int) -> None:
    """Print with how many others an article shares a mark, as articles grow more."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "articles.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in article_rows(data, count)), encoding="utf-8")
        features = list(features_by_article(reports_of([lines])).values())
    print("\narticles   every pair a mark: looked at, belonging   telling pairs alone: looked at, belonging")
    for size in (count // 4, count // 2, count):
        some = features[:: max(1, len(features) // size)][:size]
        with changed("_TELLING", 0.0):
            before = _pairs(some)
        after = _pairs(some)
        columns = "".join(f"{len(pairs) / len(some):27.1f}{belonging:10}" for pairs, belonging in (before, after))
        print(f"{len(some):8}{columns}", flush=True)


def _pairs(features: Sequence[Features]) -> tuple[set[tuple[int, int]], int]:
    """Pairs of articles that share a mark, and how many of them belong together."""
    postings: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(features):
        for key in Counter(stories.keys_of(one)):
            postings[key].append(place)
    pairs = {pair for places in postings.values() for pair in combinations(places, 2)}
    return pairs, sum(stories.belong(features[one], features[other]) for one, other in pairs)


def main() -> int:
    """Vary, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    arguments = parser.parse_args()
    data = data_folder()
    if not (data / "score").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    vary(data)
    count_marks(data, arguments.articles)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
