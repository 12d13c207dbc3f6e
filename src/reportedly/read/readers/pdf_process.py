"""A program of its own that prints the lines of the PDF on its standard input as JSON; `pdf.py` starts it.

It runs apart because a PDF may be made to fill the memory or to be read for ever, and because the library is native code: what goes
wrong ends this process and no other. It imports nothing of the package, so that it starts at once.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

PAGES_MOST = 3_000
LINES_MOST = 400_000  # stretches of text of all pages
CHARACTERS_MOST = 4_000_000
SECONDS_MOST = 30  # of computing; a thousand pages take three
MEMORY_MOST = 2 << 30  # bytes of address space

_COLUMN_GAP = 2.5  # heights that lie between two columns; words of one line lie closer
_BREAKS = frozenset((10, 13))  # the line feed and carriage return that the library puts between lines

Stretch = tuple[float, float, float, float, str]


def limit_process() -> None:
    """Bound this process's time and memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MOST, SECONDS_MOST))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_pages(content: bytes) -> dict[str, object]:
    """The stretches of text of each page.

    Args:
        content: the PDF.

    Returns:
        `pages`, for each page a list of [left, bottom, right, top, words], in points from the page's lower left corner, in the file's own
        order; `pictures`, for each page whether it shows one; `count`, how many pages the file has. Or `error` with the reason.
    """
    import pypdfium2  # noqa: PLC0415 - the parent asks whether it is there
    import pypdfium2.raw  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"error": str(error)}
    pages: list[list[Stretch]] = []
    pictures: list[bool] = []
    characters = lines = 0
    for number in range(min(len(document), PAGES_MOST)):
        found: list[Stretch] = []
        shows = False
        with suppress(pypdfium2.PdfiumError):  # the page is broken; the others are read
            page = document[number]
            text = page.get_textpage()
            for stretch in _stretches(text):
                found.append(stretch)
                if len(found) + lines >= LINES_MOST:
                    break
            shows = any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        pages.append(found)
        pictures.append(shows)
        lines += len(found)
        characters += sum(len(stretch[4]) for stretch in found)
        if characters > CHARACTERS_MOST or lines >= LINES_MOST:
            break
    return {"pages": pages, "pictures": pictures, "count": len(document)}


def _stretches(text: Any) -> Iterator[Stretch]:  # noqa: ANN401 - the library's page of text
    """The lines of a page by the library's own order of its characters, a line that runs over columns cut at each.

    The characters are taken by their numbers and never by where they lie: kerned letters overlap ("Ta"), and so do lines set close.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - as above

    codes = [pdfium.FPDFText_GetUnicode(text.raw, place) for place in range(text.count_chars())]
    first = 0
    for place in range(len(codes) + 1):
        if place == len(codes) or codes[place] in _BREAKS:
            if place > first:
                yield from _line(text, codes, first, place)
            first = place + 1


def _line(text: Any, codes: list[int], first: int, after: int) -> Iterator[Stretch]:  # noqa: ANN401 - as above
    """The stretches of the characters `first` to `after`, one unless they stand in several columns."""
    rects = [text.get_rect(place) for place in range(text.count_rects(first, after - first))]
    if not rects:
        return
    if all(_beside(one, other) for one, other in pairwise(rects)):
        yield _stretch(rects, codes[first:after])
        return
    boxes = [(place, text.get_charbox(place)) for place in range(first, after) if chr(codes[place]).strip()]
    start = 0
    for number in range(1, len(boxes) + 1):
        if number == len(boxes) or not _beside(boxes[number - 1][1], boxes[number][1]):
            part = boxes[start:number]
            yield _stretch([box for _, box in part], codes[part[0][0] : part[-1][0] + 1])
            start = number


def _beside(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes stand in one line of one column; a box is left, bottom, right, top."""
    height = max(one[3] - one[1], other[3] - other[1], 0.1)
    return -height < other[0] - one[2] < _COLUMN_GAP * height


def _stretch(boxes: list[tuple[float, ...]], codes: list[int]) -> Stretch:
    words = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (round(min(lefts), 1), round(min(bottoms), 1), round(max(rights), 1), round(max(tops), 1), words)


if __name__ == "__main__":
    limit_process()
    json.dump(read_pages(sys.stdin.buffer.read()), sys.stdout)
