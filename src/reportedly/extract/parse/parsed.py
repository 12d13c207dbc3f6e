"""What the parts of the extractor hand to one another: parsed passages and bare attributions."""

from dataclasses import dataclass

from reportedly.extract.parse.tokens import Doc, TokenSpan
from reportedly.extract.parse.turns import Turn
from reportedly.model import Article, Form, PassageRole, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPassage:
    """A paragraph with its parse.

    Attributes:
        doc: spaCy's parse of the paragraph: tokens, tags, lemmas, dependencies and sentences (no named entities).
        start: place of the paragraph's first character in the document's text, in code points.
        role: what the paragraph is.
        turn: whose turn of a transcript it belongs to; None outside transcripts.
    """

    doc: Doc
    start: int
    role: PassageRole
    turn: Turn | None = None

    @property
    def end(self) -> int:
        """One past the paragraph's last character in the document's text."""
        return self.start + self.doc.length

    def span(self, tokens: TokenSpan) -> Span:
        """The document span of some of the paragraph's tokens."""
        return self.cut(self.start + tokens.start_char, self.start + tokens.end_char)

    def cut(self, start: int, end: int) -> Span:
        """The document span between two places of the document's text that lie inside the paragraph."""
        return Span(start=start, end=end, text=self.doc.printed[start - self.start : end - self.start])

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens that a document span touches, or None where it lies outside the paragraph."""
        return self.doc.char_span(span.start - self.start, span.end - self.start, alignment_mode="expand")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """An article with its paragraphs parsed, in page order.

    Attributes:
        article: the article.
        text: the whole document's text, not the article's alone.
        passages: its paragraphs; a passage of the article that holds line breaks gives several.
    """

    article: Article
    text: str
    passages: tuple[ParsedPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """An outer level of a nested attribution: who reported that the speaker spoke.

    Attributes:
        source: the words that name the reporter.
        cue: the words that report it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content before anybody asks who the source is.

    Attributes:
        passage: place of its cue (else of its content) among the article's passages.
        content: what is put forward, a piece a span.
        cue: the words that report it, a piece a span; empty for narration and for a quotation that no cue introduces.
        source: the words that name who is reported; empty where nobody is named.
        form: direct, indirect, mixed or narration.
        outer: the levels around it, nearest the speaker first; empty where it is not nested.
    """

    passage: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    form: Form
    outer: tuple[Level, ...] = ()
