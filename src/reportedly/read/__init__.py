"""Bytes to documents and their articles: one file a format, splitting, outlets and dates of publication."""

from reportedly.read.assembly import reader_version
from reportedly.read.files.formats import format_of
from reportedly.read.files.saved_pages import belongs_to_page
from reportedly.read.files.sidecar import SUFFIX, sidecar_path
from reportedly.read.paths import Found, find_files, read_found, read_opened, read_paths, read_stream
from reportedly.read.readers.table import count_groups, read_table

__all__ = [
    "SUFFIX",
    "Found",
    "belongs_to_page",
    "count_groups",
    "find_files",
    "format_of",
    "read_found",
    "read_opened",
    "read_paths",
    "read_stream",
    "read_table",
    "reader_version",
    "sidecar_path",
]
