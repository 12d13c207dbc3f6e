"""A small vocabulary and marked articles of our own."""

import pytest

from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Example, encode
from reportedly.extract.training.corpus import TrainingArticle, parse_standoff

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TEXTS = (
    ("The mayor said the bridge was safe.\nNobody asked.\n", "T1\tSource 0 9\tx\nT2\tCue 10 14\tx\nT3\tContent 15 34\tx\n"),
    (
        "It rained, according to the harbour office.\n\nFerries stayed in port all day long.",
        "T1\tContent 0 9\tx\nT2\tCue 11 23\tx\nT3\tSource 24 42\tx\n",
    ),
    ("Short.", ""),
)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Letters at the beginning of words and inside them."""
    return Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS), ".", ","])


@pytest.fixture(scope="session")
def marked(vocabulary: Vocabulary) -> tuple[Example, ...]:
    """Articles that people marked, several times over."""
    articles = [
        TrainingArticle(name=f"{turn}-{number}", text=text, spans=parse_standoff(marks, text))
        for turn in range(4)
        for number, (text, marks) in enumerate(TEXTS)
    ]
    return encode(articles, vocabulary)
