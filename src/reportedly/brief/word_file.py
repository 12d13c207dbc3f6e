"""The brief as a file for word processors (Office Open XML), with headings, tables and a picture of each series."""

import io
from typing import TYPE_CHECKING

from reportedly.brief.outline import Grid, Picture, Words, outline
from reportedly.brief.raster import to_png
from reportedly.brief.report import Brief

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = {"section": "Heading 1", "part": "Heading 2", "item": "List Bullet", "subitem": "List Bullet 2"}
_WIDTH = 6.0  # inches between the margins of a page


def render_docx(brief: Brief) -> bytes:
    """The brief as the bytes of a DOCX file."""
    import docx  # noqa: PLC0415 - of the extra `export`

    document = docx.Document()
    document.core_properties.title = brief.title[:255]
    document.core_properties.author = "reportedly"
    for piece in outline(brief):
        if isinstance(piece, Words):
            _write(document, piece)
        elif isinstance(piece, Picture):
            _draw(document, piece)
        else:
            _tabulate(document, piece)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: "Document", words: Words) -> None:
    if words.kind == "title":
        document.add_heading(words.text, level=0)
        return
    paragraph = document.add_paragraph(style=_STYLES.get(words.kind))
    if words.label:
        paragraph.add_run(words.label + ("  " if words.kind == "source" else ": ")).bold = True
    paragraph.add_run(words.text).italic = words.kind == "note"
    if words.numbers:
        paragraph.add_run(" " + words.numbers)


def _draw(document: "Document", picture: Picture) -> None:
    from docx.shared import Inches  # noqa: PLC0415 - as above

    shape = document.add_picture(io.BytesIO(to_png(picture.svg)), width=Inches(_WIDTH))
    shape._inline.docPr.set("descr", picture.alt)  # noqa: SLF001 - python-docx has no name for the alternative text


def _tabulate(document: "Document", grid: Grid) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - as above

    table = document.add_table(rows=1, cols=len(grid.head), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, grid.head, strict=True):
        cell.text = words
    for row in grid.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)
