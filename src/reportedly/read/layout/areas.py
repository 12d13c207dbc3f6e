"""Areas of a page: what splitting makes of its paragraphs, before dates and outlets are known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.model import ArticleKind, PassageRole
from reportedly.read.layout.furniture import Label, label_paragraph
from reportedly.read.layout.paragraphs import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph with what it is.

    Attributes:
        paragraph: the paragraph.
        label: the section of the table of furniture that claims it; `text` where none does.
    """

    paragraph: Paragraph
    label: Label

    @property
    def plain(self) -> str:
        """Its words without markup."""
        return self.paragraph.plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph of an area in its role.

    Attributes:
        paragraph: the paragraph.
        role: what it is in the report.
    """

    paragraph: Paragraph
    role: PassageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An article, an item of a live page or a teaser.

    Attributes:
        kind: which of them.
        title: its headline; None where it has none.
        parts: its paragraphs in page order, the headline among them.
        beside: paragraphs that belong to it and are no part of its text: bylines, dates, sign-offs, credits.
        corrections: notes on what was changed.
        clock: the line that gives a live item's time; None for everything else.
        shares_page: whether it is an item or section of one page whose date and outlet are its own.
    """

    kind: ArticleKind
    title: Paragraph | None = None
    parts: tuple[Part, ...] = ()
    beside: tuple[Paragraph, ...] = ()
    corrections: tuple[Paragraph, ...] = ()
    clock: Paragraph | None = None
    shares_page: bool = False

    @property
    def start(self) -> int:
        """Place of its first character in the text."""
        return min(part.paragraph.start for part in self.parts)

    @property
    def prose(self) -> list[Paragraph]:
        """Its running text, in page order."""
        return [part.paragraph for part in self.parts if part.role == "body"]

    def with_beside(self, more: tuple[Paragraph, ...]) -> "Area":
        """The same area with further paragraphs beside it, in page order."""
        return replace(self, beside=tuple(sorted({*self.beside, *more}, key=lambda paragraph: paragraph.start)))


def label_lines(paragraphs: list[Paragraph]) -> list[Line]:
    """The paragraphs with what they are, in order."""
    return [Line(paragraph=paragraph, label=label_paragraph(paragraph)) for paragraph in paragraphs]


def between(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Each start with the next one, the last with `end`."""
    return list(pairwise([*starts, end]))
