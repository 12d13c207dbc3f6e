"""export/: a ledger's rows for other programs: tables, coding sheets, JSON-LD, FollowTheMoney, TimelineJS, wikitext, bundles.

Every function takes rows that the clocks and the policy have already formed and gives text or bytes; nothing is read or written here.
"""

from reportedly.export.coding_sheets import airwars_sheet, ucdp_sheet
from reportedly.export.csv_text import csv_text
from reportedly.export.follow_the_money import statements_text
from reportedly.export.json_ld import json_ld
from reportedly.export.matter import ExportMatter
from reportedly.export.parquet import arrow_table, parquet_bytes
from reportedly.export.sheet_reading import CodedRow, read_sheet
from reportedly.export.tables import Table, all_tables
from reportedly.export.timeline_js import timeline_js
from reportedly.export.wikitext import infobox

__all__ = [
    "CodedRow",
    "ExportMatter",
    "Table",
    "airwars_sheet",
    "all_tables",
    "arrow_table",
    "csv_text",
    "infobox",
    "json_ld",
    "parquet_bytes",
    "read_sheet",
    "statements_text",
    "timeline_js",
    "ucdp_sheet",
]
