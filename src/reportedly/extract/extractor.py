"""The extractor: implements the seam `Extractor`, by rules alone or by a trained tagger with rules around it."""

import functools
from collections.abc import Sequence
from importlib import metadata

from reportedly import __version__
from reportedly.extract.assembly import assemble
from reportedly.extract.figures.headlines import differing_headlines
from reportedly.extract.linking.link_model import link_digest
from reportedly.extract.parse.anchors import reanchored
from reportedly.extract.parse.parser import DEFAULT_PIPELINE
from reportedly.extract.parse.parsing import parse_sections, unreadable
from reportedly.extract.tagging.tagger import Tagger
from reportedly.language.tables import tables_digest
from reportedly.model import DEFAULT_MODEL, Article, Claim, Extraction, ModelName, Problem, text_digest

LONGEST_ARTICLE = 1_000_000  # characters: a book; claims of a longer one would take minutes and help nobody

_LANGUAGE = "english"
_CODE = "en"


class ClaimExtractor:
    """Makes claims of articles: a trained tagger marks who said what, rules over spaCy's parse and tables of words do the rest.

    Args:
        model: the tagger; "rules" leaves attribution to rules as well.
        pipeline: name of an installed spaCy English pipeline.
        tagger: one of the caller's in place of the one that ships as `model`.
    """

    def __init__(self, *, model: ModelName = DEFAULT_MODEL, pipeline: str = DEFAULT_PIPELINE, tagger: Tagger | None = None) -> None:
        self._model = model
        self._pipeline = pipeline
        self._given = tagger

    @functools.cached_property
    def _tagger(self) -> Tagger | None:
        return None if self._model == "rules" else self._given or Tagger.load(self._model)

    @functools.cached_property
    def version(self) -> str:
        """Name and version of the extractor and its parser, with digests of the language's tables and the tagger's weights.

        Raises:
            NoModelError: the tagger is not installed.
            BrokenModelError: its files cannot be used.
        """
        weights = f", weights {self._tagger.weights}, links {link_digest()}" if self._tagger is not None else ""
        return f"{self._model} {__version__} ({self._pipeline} {_version_of(self._pipeline)}, tables {tables_digest(_LANGUAGE)}{weights})"

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:
        """The claims of each of a document's articles.

        Args:
            text: the document's text.
            articles: its areas; a teaser's claims are taken like an article's.

        Returns:
            One extraction an article, in order. An article in another language, and words on which a rule fails, give a
            problem; an article without words gives nothing.

        Raises:
            MissingModelError: the pipeline is not installed.
            NoModelError: the tagger is not installed.
            BrokenModelError: its files cannot be used.
        """
        of_text = text_digest(text)
        return [self._extract(text, of_text, article) for article in articles]

    def _extract(self, text: str, of_text: str, article: Article) -> Extraction:
        if article.language not in {None, _CODE}:
            return Extraction(claims=(), problems=(), extractor=self.version)  # its language was named when it was read
        claims: dict[str, Claim] = {}
        problems: list[Problem] = []
        for parsed in parse_sections(text, article, pipeline=self._pipeline):
            if parsed.passages[0].start - article.passages[0].start > LONGEST_ARTICLE:
                problems.append(_too_long(article, parsed.passages[0].start))
                break
            found, failed = assemble(parsed, of_text, self._tagger)
            claims |= {claim.id: claim for claim in found if claim.id not in claims}
            problems += failed
        kept = tuple(reanchored(claim, text) for claim in claims.values()) if unreadable(text, article) else tuple(claims.values())
        return Extraction(claims=kept, problems=(*problems, *differing_headlines(kept)), extractor=self.version)


def _too_long(article: Article, start: int) -> Problem:
    return Problem(
        code="article-too-long",
        message=f"article {article.number} is longer than {LONGEST_ARTICLE:,} characters; claims were taken from what stands before",
        document=article.document,
        start=start,
        end=article.passages[-1].end,
    )


def _version_of(pipeline: str) -> str:
    try:
        return metadata.version(pipeline)
    except metadata.PackageNotFoundError:
        return "unversioned"  # a pipeline in a folder of the user's
