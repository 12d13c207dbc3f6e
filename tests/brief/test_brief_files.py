"""The brief as DOCX and PDF: opened by other programs, it says what the Markdown says."""

import io
from pathlib import Path

import pytest

from reportedly.api import Desk, Question
from reportedly.brief import Brief
from reportedly.brief.outline import Grid, Picture, Words, outline
from reportedly.model import Filters
from reportedly.tasks.handover import brief_file


@pytest.fixture(scope="module")
def ferry(filled: Path) -> Brief:
    """The brief of the ferry's story."""
    with Desk(filled) as desk:
        return desk.brief(Question(filters=Filters(story="ferry")))


def spoken(brief: Brief) -> list[str]:
    """What every form must say: each line's words, each source's passage, each table's printed words."""
    lines = [*brief.timeline, *brief.not_counted, *brief.refusals, *brief.changes]
    rows = [f"“{row.words}”" for panel in brief.figures for row in panel.rows]
    return [" ".join(words.split()) for words in (brief.title, *(line.text for line in lines), *rows, *(s.passage for s in brief.sources))]


def test_the_outline_has_every_line_table_and_picture(ferry: Brief) -> None:
    """In the order of the other forms."""
    pieces = list(outline(ferry))
    words = "\n".join(piece.text for piece in pieces if isinstance(piece, Words))
    cells = {cell for piece in pieces if isinstance(piece, Grid) for row in piece.rows for cell in row}
    assert all(said in words or said in cells for said in spoken(ferry))
    assert sum(isinstance(piece, Picture) for piece in pieces) == len(ferry.figures)
    sections = [piece.text for piece in pieces if isinstance(piece, Words) and piece.kind == "section"]
    assert sections[0] == "What happened"
    assert sections[-1] == "Sources"


def test_docx_opens_in_python_docx(ferry: Brief) -> None:
    """Every line, table and picture is in it, with headings as headings and a text in place of each picture."""
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(brief_file(ferry, "docx")))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert all(said in words or said in cells for said in spoken(ferry))
    assert (len(document.tables), len(document.inline_shapes)) == (len(ferry.figures), len(ferry.figures))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"][-1] == "Sources"
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)  # noqa: SLF001 - it has no other name
    assert document.core_properties.title == ferry.title


def test_pdf_opens_in_pypdf(ferry: Brief) -> None:
    """Title, lines and sources are text in it, and the same brief gives the same pages."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    reader = pypdf.PdfReader(io.BytesIO(brief_file(ferry, "pdf")))
    squeezed = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert reader.metadata.title == ferry.title
    missing = [said for said in spoken(ferry) if "".join(said.split()).replace("-", "") not in squeezed.replace("-", "")]
    assert len(missing) <= len(spoken(ferry)) * 0.05, missing  # words of a line that a page's end cuts in two


def test_words_of_a_page_do_nothing_in_a_printed_brief(ferry: Brief) -> None:
    """Typst's markup in a title or line is printed as it stands."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    evil = '#read("/etc/passwd") $x^2$ *bold* <ref> @cite \\u{41} "quote'
    doctored = type(ferry)(**{name: getattr(ferry, name) for name in ferry.__dataclass_fields__} | {"title": evil, "figures": ()})
    reader = pypdf.PdfReader(io.BytesIO(brief_file(doctored, "pdf")))
    assert "".join(evil.split()).strip('"') in "".join(reader.pages[0].extract_text().split()).replace("“", '"').replace("”", '"')
