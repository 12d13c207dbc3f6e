"""A program of its own that prints the lines of the PDF on its standard input as JSON; `pdf.py` starts it.

It runs apart because a PDF may be made to fill the memory or to be read for ever, and because the library is native code: what goes
wrong ends this process and no other. It imports nothing of the package, so that it starts at once.
"""

import json
import sys
from contextlib import suppress

PAGES_MOST = 3_000
LINES_MOST = 400_000  # stretches of text of all pages
CHARACTERS_MOST = 4_000_000
SECONDS_MOST = 30  # of computing; a thousand pages take three
MEMORY_MOST = 2 << 30  # bytes of address space

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
            for place in range(min(text.count_rects(), LINES_MOST - lines)):
                left, bottom, right, top = text.get_rect(place)
                words = text.get_text_bounded(left, bottom, right, top)
                found.append((round(left, 1), round(bottom, 1), round(right, 1), round(top, 1), words))
            shows = any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        pages.append(found)
        pictures.append(shows)
        lines += len(found)
        characters += sum(len(stretch[4]) for stretch in found)
        if characters > CHARACTERS_MOST or lines >= LINES_MOST:
            break
    return {"pages": pages, "pictures": pictures, "count": len(document)}


if __name__ == "__main__":
    limit_process()
    json.dump(read_pages(sys.stdin.buffer.read()), sys.stdout)
