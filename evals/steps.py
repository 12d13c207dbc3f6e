"""What each step after the tagger is worth: `python -m evals.steps [--model NAME]`.

Prints, on the hand-coded sets of pages, statements F1 and speaker of the whole extractor and of the extractor without one of its steps:
counts of their own as claims of their own (`coordination`), contents mended by the parse (`mending`), what nobody utters left out
(`unspoken`). Then the tagger once more inside the contents that it marked: how many of the coded nested claims it meets there, and how many
levels it finds besides; `nesting.py` scores the levels that the rules read.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from evals import nesting
from evals.run import data_folder

from reportedly import pipeline
from reportedly.extract import ClaimExtractor
from reportedly.extract.attribution import attribution
from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, lay_out
from reportedly.extract.attribution.quotations import find_quotations
from reportedly.extract.attribution.tagged import read_tagged
from reportedly.extract.parse.parsing import parse, parse_sections
from reportedly.extract.tagging.tagger import Tagger
from reportedly.model import Article, ModelName, Passage, Reading, row_of

SETS = {"dprk-russia": "corpora/dprk-russia", "ecuador-quake": "corpora/stories/ecuador_quake_2016"}
HALF = 0.5


def _as_it_is(_: Layout, tagged: Sequence[Finding], *__: object) -> list[Finding]:
    return list(tagged)


def _whole(_: Layout, finding: Finding, *__: object) -> list[Finding]:
    return [finding]


STEPS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "all steps": {},
    "without coordination": {"part_statements": _whole},
    "without mending": {"mend": _as_it_is, "with_whole_figures": lambda finding, _: finding},
    "without unspoken": {"spoken": _as_it_is},
    "without any": {
        "part_statements": _whole,
        "mend": _as_it_is,
        "with_whole_figures": lambda finding, _: finding,
        "spoken": _as_it_is,
    },
}


def readings(folder: Path) -> list[Reading]:
    """The pages of a set."""
    return list(pipeline.read(sorted(folder.glob("*.txt"))))


def statements(folder: Path, extractor: ClaimExtractor, data: Path) -> dict[str, Any]:
    """The scorer's figures of statements."""
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "claims.jsonl"
        found = (extraction for reading in readings(folder) for extraction in extractor.extract(reading.text, reading.articles))
        rows = (json.dumps(row_of(claim)) for extraction in found for claim in extraction.claims)
        out.write_text("\n".join(rows), encoding="utf-8")
        command = [sys.executable, str(data / "score" / "claims.py"), str(folder / "gold" / "claims.jsonl"), str(out)]
        scores: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return dict(scores["statements"])


def inner_contents(folder: Path, tagger: Tagger) -> Iterator[tuple[str, set[int]]]:
    """Document and places of each content that the tagger finds, with cue and source, in half or more of a content that it marked."""
    for reading in readings(folder):
        for article in reading.articles:
            for parsed in parse_sections(reading.text, article) if article.language in {None, "en"} else ():
                quotations = find_quotations(parsed.passages)
                layouts = [lay_out(passage, quotations[place]) for place, passage in enumerate(parsed.passages)]
                marked = tagger.draw([layout.text for layout in layouts], attribution.READINGS)
                for passage, layout, marks in zip(parsed.passages, layouts, marked, strict=True):
                    for finding in read_tagged(layout, marks, [], load_cues()):
                        pieces = finding.content if finding.cue and finding.source else ()
                        for start, end in pieces:
                            for inner in _inside(layout.text[start:end], tagger):
                                begin = passage.start + start
                                yield Path(article.document).stem, {place for a, b in inner for place in range(begin + a, begin + b)}


def _inside(text: str, tagger: Tagger) -> Iterator[tuple[tuple[int, int], ...]]:
    """The contents that a tagger finds in a text read alone."""
    if not text.strip() or text != text.strip():
        return
    article = Article(document="inner", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),))
    passages = parse(text, article).passages
    if len(passages) != 1:
        return
    layout = lay_out(passages[0], find_quotations(passages)[0])
    for finding in read_tagged(layout, tagger.draw([layout.text], attribution.READINGS)[0], [], load_cues()):
        if finding.cue and finding.source and finding.size() >= HALF * len(text):
            yield finding.content


def again(folder: Path, tagger: Tagger) -> tuple[int, int, int]:
    """How many coded nested claims there are, how many the tagger meets inside its contents, and how many levels it finds besides."""
    gold = [row for row in nesting.rows(folder / "gold" / "claims.jsonl") if row.get("relays")]
    met, besides = set(), 0
    for document, places in inner_contents(folder, tagger):
        coded = ((row["id"], nesting.characters(row["content"])) for row in gold if Path(row["document"]).stem == document)
        same = {name for name, wanted in coded if len(wanted & places) >= HALF * len(wanted | places)}
        met |= same
        besides += not same
    return len(gold), len(met), besides


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="default", choices=("default", "accurate"))
    model: ModelName = parser.parse_args().model
    data, extractor = data_folder(), ClaimExtractor(model=model)
    for name, parts in STEPS.items():
        with contextlib.ExitStack() as without:
            for part, stand_in in parts.items():
                without.enter_context(mock.patch.object(attribution, part, stand_in))
            for title, folder in SETS.items():
                figures = statements(data / folder, extractor, data)
                print(f"{model} {name:22} {title:14} F1 {figures['f1']:5} speaker {figures['speaker']:5}", flush=True)
    for title, folder in SETS.items():
        nested, met, besides = again(data / folder, Tagger.load(model))
        print(f"{model} inside contents again  {title:14} meets {met} of {nested} nested claims, {besides} levels besides", flush=True)


if __name__ == "__main__":
    main()
