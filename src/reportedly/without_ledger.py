"""The use cases that need no ledger: pages from the web to a file, from files to readings, from readings to claims."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportedly import pipeline
from reportedly.errors import UnreadableError
from reportedly.model import DEFAULT_MODEL, Claim, Extraction, Fetched, ModelName, Reading, StoredClaim, row_of
from reportedly.model.ports import Extractor
from reportedly.workers import Extracted, extract_all, make_extractor


def read_files(paths: Sequence[Path]) -> Iterator[Reading]:
    """The documents and articles of files and folders; `-` stands for standard input in the faces, not here.

    Args:
        paths: files or folders.

    Yields:
        A reading a document, problems inside.
    """
    yield from pipeline.read(paths)


def extract_files(readings: Iterator[Reading], extractor: Extractor | None = None) -> Iterator[tuple[Reading, list[Extraction]]]:
    """The claims of readings.

    Args:
        readings: from `read_files`.
        extractor: which extractor; None takes the default model's.

    Yields:
        Each reading with one extraction an article.
    """
    yield from pipeline.extract(readings, extractor or make_extractor(DEFAULT_MODEL))


def extract_rows(readings: Iterator[Reading], *, model: ModelName | None = None, workers: int = 1) -> Iterator[Extracted]:
    """The claims of readings as rows, with what could not be used.

    Args:
        readings: from `read_files`.
        model: what claims are extracted by; None takes the default.
        workers: how many processes extract.

    Yields:
        What each reading gave, in their order whatever the number of workers.

    Raises:
        CannotRunError: a model is missing or broken, or a worker died.
    """
    yield from extract_all(readings, model=model or DEFAULT_MODEL, workers=workers)


def fetch_pages(urls: Iterable[str], path: Path, *, delay: float = 2.0) -> Iterator[Fetched]:
    """Fetch pages from the web into a WARC file, which `read_files` and `Desk.add` take like any other.

    Args:
        urls: their addresses; one that the file holds is not asked for again.
        path: the file; pages are added to one that is there.
        delay: seconds between two requests to one host, at least.

    Yields:
        A row a page, problems inside.

    Raises:
        UnreadableError: the file is no WARC file.
    """
    from reportedly.read.fetch.fetching import Visitor, fetch_pages  # noqa: PLC0415 - only wanted here
    from reportedly.read.fetch.web_client import FetchLimits  # noqa: PLC0415

    try:
        yield from fetch_pages(urls, path, Visitor(limits=FetchLimits(delay=delay)))
    except ValueError as error:
        raise UnreadableError(path, str(error)) from error


def claim_row(stored: StoredClaim) -> dict[str, Any]:
    """The record of design section 3 for a stored claim."""
    return row_of(stored.claim)


def claim_json(claim: Claim) -> str:
    """The record as one line of JSON."""
    return json.dumps(row_of(claim), ensure_ascii=False)
