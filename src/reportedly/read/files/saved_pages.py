"""Pages that a browser saved whole: the folder of pictures and scripts beside them, and what it noted in the page."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from reportedly.read.page import Markup

_PAGE_ENDINGS = (".html", ".htm", ".xhtml")

# What browsers hang on a page's name for the folder beside it, by the language of the program.
# Source: Microsoft, "Connected Files" (Windows Shell documentation), and the names that Firefox and Chromium give.
_FOLDER = re.compile(
    r"(?P<stem>.+)(?:_files|\.files|-Dateien|_fichiers|_archivos|_bestanden|_file|-filer|_tiedostot|_pliki|_soubory|_elemei|_ficheiros"
    r"|_arquivos|_dosyalar|_datoteke|_fitxers|_failid|_fails|_bylos|_fajlovi|_fitxategiak)"
)
_HEAD = 4096
_READER_HEAD = 16_384  # what a reader's view puts before the article, its style sheet among it
# "saved from url=(0025)https://example.org/story": the number is the address's length (Microsoft, "Mark of the Web");
# SingleFile, an extension of browsers, writes a mark of its own
_MARK = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(?P<url>https?://[^\s<>]{1,2000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(?P<url>https?://[^\s<>]{1,2000})", re.IGNORECASE)
# the link to its page at the head of a reader's view (Firefox, aboutReader.html)
_READER = re.compile(
    r"""<a\b[^>]{0,300}?\bclass=["'](?:reader-)?domain\b[^>]{0,2300}?\bhref=["'](?P<url>https?://[^\s<>"']{1,2000})""", re.IGNORECASE
)


def belongs_to_page(name: str, names: AbstractSet[str]) -> bool:
    """Whether a file lies in the folder of a page that was saved whole.

    Args:
        name: the file's or folder's path, parts separated by `/`.
        names: the paths of the files that may be such pages.
    """
    parts = name.split("/")
    for place, part in enumerate(parts):
        match = _FOLDER.fullmatch(part)
        if match and any("/".join([*parts[:place], match["stem"] + ending]) in names for ending in _PAGE_ENDINGS):
            return True
    return False


def saved_address(markup: str) -> str | None:
    """The address that a browser noted in the page when it saved it; None where it noted none."""
    match = _MARK.search(markup[:_HEAD]) or _SINGLE_FILE.search(markup[:_HEAD]) or _READER.search(markup[:_READER_HEAD])
    return match["url"] if match else None


def noted(fields: Markup, markup: str) -> Markup:
    """The markup's fields, with the address under which the page was saved where the page itself gives none."""
    return fields if fields.url else replace(fields, url=saved_address(markup))
