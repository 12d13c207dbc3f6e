"""Reads PDF files: the words of their text layer, a paragraph a line."""

import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.readers.pdf_layout import lay_out, page_stretches, printed_by

_SECONDS_MOST = 90  # from start to end; the process itself stops after 30 seconds of computing
_PROGRAM = Path(__file__).with_name("pdf_process.py")
_PAGES_NAMED = 10
_OCR = "run OCR over it (for example with ocrmypdf) and add the result"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the process that reads PDFs found; `fault` says why it found nothing."""

    found: dict[str, Any] | None = None
    fault: str | None = None


def read_pdf(content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = ()) -> Reading:
    """The reading of a PDF.

    Args:
        content: the file's bytes.
        name: the document's name.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.

    Returns:
        A reading whose text is the paragraphs of all pages, a line each, running heads left out. `scanned-page` names pages that are
        pictures without a text layer; `bad-pdf` says that the file is damaged, encrypted, or took too much time or memory;
        `missing-extra` that the library is not installed.

    Source: ISO 32000-2, 9.10 (extraction of text content).
    """
    if importlib.util.find_spec("pypdfium2") is None:
        message = "PDF files are read with pypdfium2, which is not installed: pip install 'reportedly[formats]'"
        return failed(name, "missing-extra", message, *problems)
    answer = _ask_process(content)
    if answer.found is None:
        return failed(name, "bad-pdf", f"{answer.fault}; nothing was read from it", *problems)
    pages = page_stretches(answer.found["pages"])
    scanned = [number for number, page in enumerate(pages, 1) if not page and answer.found["pictures"][number - 1]]
    text = lay_out(pages)
    if not text:
        if scanned:
            message = f"its {len(scanned)} pages are pictures without a text layer, nothing was read from them; {_OCR}"
            return failed(name, "scanned-page", message, *problems)
        return failed(name, "no-text", "the PDF holds no text; nothing was read from it", *problems)
    if scanned:
        named = ", ".join(map(str, scanned[:_PAGES_NAMED])) + (", ..." if len(scanned) > _PAGES_NAMED else "")
        message = f"{len(scanned)} of its pages ({named}) are pictures without a text layer and were left out; {_OCR}"
        problems = (*problems, Problem(code="scanned-page", message=message, document=name))
    if len(pages) < answer.found["count"]:
        message = f"it has {answer.found['count']:,} pages; those after page {len(pages):,} were left out"
        problems = (*problems, Problem(code="too-large", message=message, document=name))
    return make_reading(
        Source(
            name=name,
            text=text,
            bytes_digest=digest(content),
            media_type="application/pdf",
            sidecar=sidecar,
            markup=printed_by(pages),
            problems=problems,
        )
    )


def _ask_process(content: bytes) -> _Answer:
    """Have the PDF read by a process whose time and memory are bounded."""
    command = [sys.executable, "-I", "-X", "utf8", str(_PROGRAM)]
    try:
        ran = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS_MOST, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        return _Answer(fault=f"it was not read within {_SECONDS_MOST} seconds")
    except OSError as error:
        return _Answer(fault=f"no process could be started to read it ({error.strerror})")
    if ran.returncode:
        return _Answer(fault="it is damaged, or reading it took too much time or memory")
    found = json.loads(ran.stdout)
    return _Answer(fault=f"it cannot be opened: {found['error']}") if "error" in found else _Answer(found=found)
