"""Tables as CSV: RFC 4180, UTF-8, a head of names, an empty cell for what is not known.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP's page on CSV injection advises: the words come from
pages that anybody may have written.
"""

import csv
import io

from reportedly.export.tables import Table, cells_as_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """A table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    plain = [column.kind in ("text", "texts") for column in table.columns]
    for cells in cells_as_text(table):
        writer.writerow([_harmless(cell) if words else cell for cell, words in zip(cells, plain, strict=True)])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
