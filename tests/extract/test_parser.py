"""The parser against the pipeline that it runs: what is kept of words changes nothing."""

import functools
import importlib

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from reportedly.extract.parse import parser
from reportedly.extract.parse.greedy import GreedyParser
from reportedly.extract.parse.paragraph import Paragraph
from reportedly.extract.parse.parser import DEFAULT_PIPELINE, Parser, load_parser, load_pipeline
from reportedly.extract.parse.tokens import Doc
from reportedly.extract.parse.vectors import COMPONENT, WordVectors

TEXTS = (
    "The harbour office said on Monday that two ferries had been held in port.",
    "Let's go, y'all: there is nothin' gonna stop them, ain't it? I've got ta say, the judge didn't.",
    "But him? 3.5m people, U.S.-made shells; don't they\tread  it?",
    "A",
    "!",
)


@functools.cache
def pipeline() -> Language:
    return spacy.load(DEFAULT_PIPELINE, exclude=["ner"])


def attributes(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.lower_, t.tag_, t.pos_, t.dep_, t.lemma_, t.head.i, t.is_sent_start, t.like_num) for t in doc]


def test_tokenizer_is_the_pipelines_own() -> None:
    """A tokenizer that is filled from the pipeline's folder alone has the rules that it has when the language's are put in first."""
    ours, theirs = load_pipeline(DEFAULT_PIPELINE).tokenizer, pipeline().tokenizer
    assert isinstance(ours, Tokenizer)
    assert isinstance(theirs, Tokenizer)
    assert ours.to_bytes() == theirs.to_bytes()


def test_vectors_are_the_pipelines_own() -> None:
    """Keeping each word's own vector and mixing by fewer steps gives what the pipeline's component gives, but for rounding."""
    component = pipeline().get_pipe(COMPONENT)
    vectors = WordVectors.of(pipeline())
    assert vectors is not None
    docs = [pipeline().make_doc(text) for text in TEXTS]
    theirs = component.predict(docs)  # type: ignore[attr-defined]
    for _ in range(2):  # words met for the first time, and again
        vectors.set(docs)
        assert all(np.allclose(doc.tensor, array, rtol=0, atol=1e-4) for doc, array in zip(docs, theirs, strict=True))


@pytest.mark.parametrize("company", [1, 2, 7, 60])
def test_vectors_are_the_same_in_any_company_bit_by_bit(company: int) -> None:
    """What stands beside a paragraph, and how much, does not show in its vectors."""
    vectors = WordVectors.of(pipeline())
    assert vectors is not None
    alone = [pipeline().make_doc(text) for text in TEXTS]
    for doc in alone:
        vectors.set([doc])
    together = [pipeline().make_doc(text) for text in TEXTS * company]
    vectors.set(together)
    assert all(np.array_equal(doc.tensor, alone[place % len(TEXTS)].tensor) for place, doc in enumerate(together))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip), min_size=1, max_size=6))
def test_neighbours_change_no_paragraph(texts: list[str]) -> None:
    """A paragraph has the same tokens alone and among any others."""
    paragraphs = [Paragraph.of(text) for text in texts]
    together = load_parser().parse(paragraphs)
    assert [attributes(doc) for doc in together] == [attributes(load_parser().parse([paragraph])[0]) for paragraph in paragraphs]


@pytest.mark.parametrize("company", [1, 9])
def test_trees_are_the_pipelines_own(company: int) -> None:
    """Taking the parser's steps from outside gives the trees that its own loop gives, in any company."""
    texts = TEXTS * company
    theirs = list(pipeline().pipe(texts))
    ours = list(pipeline().pipe(texts, disable=["parser"]))
    trees = GreedyParser.of(pipeline())
    assert trees is not None
    trees.set(ours)
    assert [[(t.dep_, t.head.i, t.is_sent_start) for t in doc] for doc in ours] == [
        [(t.dep_, t.head.i, t.is_sent_start) for t in doc] for doc in theirs
    ]


def test_parser_that_keeps_several_trees_runs_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that searches, or that follows on nothing known here, is left to the pipeline."""
    component = pipeline().get_pipe("parser")
    monkeypatch.setitem(component.cfg, "beam_width", 4)  # type: ignore[attr-defined]
    assert GreedyParser.of(pipeline()) is None
    assert GreedyParser.of(spacy.blank("en")) is None


def test_pipeline_of_another_build_runs_as_it_is() -> None:
    """Without the shared network known here there are no vectors of ours, and the pipeline's components do everything."""
    assert WordVectors.of(spacy.blank("en")) is None
    with pytest.raises(ValueError, match="softmax"):
        WordVectors(pipeline().get_pipe("tagger").model)  # type: ignore[attr-defined]


def test_pipeline_that_has_met_too_many_words_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline keeps every word for good, so it is replaced, and what it parses is the same."""
    own, paragraphs = Parser(DEFAULT_PIPELINE), [Paragraph.of(text) for text in TEXTS]
    before = [attributes(doc) for doc in own.parse(paragraphs)]
    loaded: list[str] = []

    def load(name: str) -> Language:
        loaded.append(name)
        return load_pipeline(name)

    monkeypatch.setattr(parser, "load_pipeline", load)
    assert [attributes(doc) for doc in own.parse(paragraphs)] == before
    assert not loaded
    monkeypatch.setattr(parser, "_MOST_WORDS", 1)
    assert [attributes(doc) for doc in own.parse(paragraphs)] == before
    assert loaded == [DEFAULT_PIPELINE]


def test_commands_of_spacy_can_still_be_imported() -> None:
    """They are left out when the parser is loaded, not broken for others."""
    load_parser()
    commands = importlib.import_module("spacy.cli")
    assert callable(commands.setup_cli)


def test_breaks_and_lone_surrogates_are_read_as_others() -> None:
    """The parser sees running text; every character keeps its place in the other two forms."""
    paragraph = Paragraph.of("one \r\n two\ud800")
    assert paragraph == Paragraph(printed="one \r\n two\ud800", text="one    two\ufffd", running="one two\ufffd")
