"""Fits the model that links tagged spans, on articles whose attributions people coded: `python -m reportedly.extract.training.links`.

Numpy alone. The weights land in `extract/linking/link_weights.json` with the digest of what they were fitted on. A conditional logit with
one hidden layer beside the linear one, by Adam over mini-batches (D. McFadden, "Conditional logit analysis", 1974;
D. P. Kingma and J. Ba, "Adam", 2015).
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import reportedly.extract.linking
from reportedly.extract.linking.link_features import Features, Scene, set_scene
from reportedly.extract.linking.link_model import WEIGHTS, LinkModel, Numbers, PairScorer
from reportedly.extract.linking.linking import candidates, cue_candidate, no_source, source_candidate
from reportedly.extract.tagging.labels import PARTS
from reportedly.extract.tagging.tagger import TaggedSpan
from reportedly.extract.training.corpus import TrainingArticle, corpora_folder, digest_of, parse_standoff, read_marked

_EVENT = re.compile(r"E\d+$")
_BATCH = 512
_RATE, _DECAY = 0.01, 1e-4
_FIRST, _SECOND = 0.9, 0.99  # decay of Adam's moments
_TINY = 1e-8

Attributions = dict[TaggedSpan, frozenset[int]]
"""For each marked span of a text the numbers of the attributions that it is part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice to learn from.

    Attributes:
        candidates: what holds of each.
        right: which of them are right; at least one.
    """

    candidates: Sequence[Features]
    right: Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """How a scorer is fitted.

    Attributes:
        units: of the hidden layer.
        epochs: passes over the choices.
        seed: of the first weights and of the order.
    """

    units: int = 8
    epochs: int = 25
    seed: int = 0


def parse_attributions(annotation: str, text: str) -> Attributions:
    """The attributions of a standoff annotation: each event is one."""
    bounds = {line.split("\t", 1)[0]: line for line in annotation.splitlines() if line.startswith("T")}
    found: dict[TaggedSpan, set[int]] = {}
    events = [line.split("\t")[1].split() for line in annotation.splitlines() if _EVENT.match(line.split("\t", 1)[0])]
    for number, roles in enumerate(events):
        names = [key for role, _, key in (word.partition(":") for word in roles) if role.rstrip("0123456789").lower() in PARTS]
        for span in parse_standoff("\n".join(bounds[name] for name in names if name in bounds), text):
            found.setdefault(TaggedSpan(part=span.part, start=span.start, end=span.end, score=1.0), set()).add(number)
    return {span: frozenset(numbers) for span, numbers in found.items()}


def scenes_of(article: TrainingArticle, attributions: Attributions) -> Iterator[tuple[Scene, list[frozenset[int]]]]:
    """The paragraphs of an article with, for each span, the attributions it is part of; overlapping spans yield to the shorter."""
    at = 0
    for line in article.text.splitlines(keepends=True):
        here = [span for span in attributions if at <= span.start < at + len(line)]
        here = [
            s for s in here if not any(o != s and o.start < s.end and s.start < o.end and o.end - o.start < s.end - s.start for o in here)
        ]
        if here:
            home = {s._replace(start=s.start - at, end=s.end - at): attributions[s] for s in here}
            scene = set_scene(line.rstrip("\n"), list(home))
            yield scene, [home[span] for span in scene.spans]
        at += len(line)


def choices_of(scene: Scene, parts_of: Sequence[frozenset[int]], named: frozenset[int]) -> tuple[list[Choice], list[Choice]]:
    """The choices of cues and of sources that a paragraph teaches.

    Args:
        scene: the paragraph.
        parts_of: for each span its attributions.
        named: the attributions that have a source.
    """
    cues, sources = [], []
    for content in scene.places("content"):
        places = candidates(scene, content, "cue")
        right = [not parts_of[content].isdisjoint(parts_of[cue]) for cue in places]
        if any(right) and not all(right):
            cues.append(Choice(candidates=[cue_candidate(scene, content, cue) for cue in places], right=right))
    for cue in scene.places("cue"):
        places = candidates(scene, cue, "source")
        right = [not parts_of[cue].isdisjoint(parts_of[source]) for source in places]
        if places and (any(right) or parts_of[cue].isdisjoint(named)):
            rows = [*(source_candidate(scene, cue, source) for source in places), no_source(scene, cue)]
            sources.append(Choice(candidates=rows, right=[*right, not any(right)]))
    return cues, sources


def fit(choices: Sequence[Choice], fitting: Fitting) -> PairScorer:
    """Fit a scorer to choices.

    Args:
        choices: at least one.
        fitting: how.
    """
    names = tuple(sorted({name for choice in choices for found in choice.candidates for name in found}))
    rng = np.random.default_rng(fitting.seed)
    width = len(names)
    scorer = PairScorer(
        names=names,
        direct=np.zeros(width),
        hidden=rng.normal(0, width**-0.5, (width, fitting.units)),
        bias=np.zeros(fitting.units),
        out=rng.normal(0, fitting.units**-0.5, fitting.units),
    )
    blocks = [(scorer.matrix(choice.candidates), np.array(choice.right)) for choice in choices]
    weights = [scorer.direct, scorer.hidden, scorer.bias, scorer.out]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps = fitting.epochs * -(-len(blocks) // _BATCH)
    orders = np.concatenate([rng.permutation(len(blocks)) for _ in range(fitting.epochs)])
    for step, order in enumerate(np.array_split(orders, steps)):
        gradients = _gradients(scorer, [blocks[k] for k in order])
        for weight, moment, gradient in zip(weights, moments, gradients, strict=True):
            _descend(weight, moment, gradient + _DECAY * weight, (step + 1, _RATE * (1 - step / steps)))
    return scorer


def _gradients(scorer: PairScorer, batch: Sequence[tuple[Numbers, npt.NDArray[np.bool_]]]) -> list[Numbers]:
    """Of minus the mean log probability of the right candidates, to direct, hidden, bias and out."""
    rows = np.concatenate([block for block, _ in batch])
    right = np.concatenate([mark for _, mark in batch])
    sizes = [len(mark) for _, mark in batch]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(batch)), sizes)
    units = np.tanh(rows @ scorer.hidden + scorer.bias)
    scores = units @ scorer.out + rows @ scorer.direct
    odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
    found = odds / np.add.reduceat(odds, starts)[group]
    wanted = odds * right / np.add.reduceat(odds * right, starts)[group]
    slope = (found - wanted) / len(batch)
    inner = np.outer(slope, scorer.out) * (1 - units**2)
    return [rows.T @ slope, rows.T @ inner, inner.sum(0), units.T @ slope]


def _descend(weight: Numbers, moments: tuple[Numbers, Numbers], gradient: Numbers, at: tuple[int, float]) -> None:
    """One step of Adam, in place: `at` is its number from 1 and its rate."""
    (mean, square), (step, rate) = moments, at
    mean += (1 - _FIRST) * (gradient - mean)
    square += (1 - _SECOND) * (gradient**2 - square)
    weight -= rate * (mean / (1 - _FIRST**step)) / (np.sqrt(square / (1 - _SECOND**step)) + _TINY)


def read_choices(folder: Path) -> tuple[list[Choice], list[Choice], str]:
    """All choices of a folder of articles, of cues and of sources, and the digest of the articles."""
    articles = read_marked(folder)
    cues: list[Choice] = []
    sources: list[Choice] = []
    for article in articles:
        annotation = (folder / f"{article.name}.ann").read_text(encoding="utf-8")
        attributions = parse_attributions(annotation, article.text)
        named = frozenset(n for span, numbers in attributions.items() if span.part == "source" for n in numbers)
        for scene, parts_of in scenes_of(article, attributions):
            more = choices_of(scene, parts_of, named)
            cues += more[0]
            sources += more[1]
    return cues, sources, digest_of(articles)


def share_right(scorer: PairScorer, choices: Sequence[Choice]) -> float:
    """The share of choices that a scorer makes right."""
    return sum(choice.right[int(np.argmax(scorer.scores(choice.candidates)))] for choice in choices) / max(1, len(choices))


def main() -> None:
    """Fit on the train part, print the share of right choices on both parts, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that holds corpora/")
    parser.add_argument("--units", type=int, default=Fitting().units, help="units of the hidden layer")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    folder = corpora_folder(arguments.data) / "polnear"
    fitting = Fitting(units=arguments.units, seed=arguments.seed)
    *parts, digest = read_choices(folder / "train")
    held = read_choices(folder / "dev")[:2]
    scorers = [fit(choices, fitting) for choices in parts]
    for name, scorer, own, other in zip(("cue", "source"), scorers, parts, held, strict=True):
        sys.stdout.write(f"{name}: {len(own)} choices, right {share_right(scorer, own):.4f}, dev {share_right(scorer, other):.4f}\n")
    model = LinkModel(cue=scorers[0], source=scorers[1])
    provenance = {
        "fitted_on": "PolNeAR, train part",
        "articles": digest,
        "units": fitting.units,
        "epochs": fitting.epochs,
        "seed": fitting.seed,
    }
    content = {"provenance": provenance, "cue": model.cue.rows(), "source": model.source.rows()}
    path = Path(reportedly.extract.linking.__file__).parent / WEIGHTS
    path.write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
