"""The whole way on one screen; the only file that joins the stages.

In:  bytes -> Document -> Articles -> Claims -> ledger, then links across documents.
Out: ledger -> what the clocks let see -> series, assessments, timeline -> brief.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportedly.model import Added, Clocks, Extraction, Holdings, Links, Problem, Reading, Row, article_row, row_of
from reportedly.model.ports import Extractor, Neighbourhood, Progress, Store


def read(paths: Sequence[Path]) -> Iterator[Reading]:
    """Bytes -> documents and their articles; see `reportedly.read`."""
    from reportedly.read import read_paths  # noqa: PLC0415 - heavy, and only wanted here

    return read_paths(paths)


def extract(readings: Iterable[Reading], extractor: Extractor) -> Iterator[tuple[Reading, list[Extraction]]]:
    """Articles -> claims, one document after the other."""
    for reading in readings:
        yield reading, extractor.extract(reading.text, reading.articles)


def add(readings: Iterable[Reading], extractor: Extractor, store: Store, progress: Progress) -> Added:
    """Claims -> ledger, a transaction a document, then the links; what is already held is neither extracted nor stored again."""
    documents = added = claims = problems = 0
    for reading in readings:
        held = store.is_current(reading, extractor.version)
        counts = (0, 0, 0) if held else store.put(reading, extractor.extract(reading.text, reading.articles))
        documents += reading.document is not None
        added, claims, problems = added + counts[0], claims + counts[1], problems + counts[2]
        progress.step(reading.document.name if reading.document else "", characters=len(reading.text))
    if store.links_outdated():
        progress.linking()
        relink(store)
    return Added(documents=documents, added=added, claims=claims, problems=problems)


def resolve(holdings: Holdings) -> Links:
    """Claims -> links across documents: actors, copies, stories, events, origins, statements."""
    from reportedly.resolve import link  # noqa: PLC0415 - heavy, and only wanted here

    return link(holdings)


def relink(store: Store) -> None:
    """Bring a ledger's links up to its content: by what is near the articles that changed where the store can find it, else all of them."""
    from reportedly.resolve import relink as link_anew  # noqa: PLC0415 - as above

    if isinstance(store, Neighbourhood):
        link_anew(store)
    else:
        store.put_links(resolve(store.holdings()))


def united(holdings: Holdings) -> Holdings:
    """Holdings as a store gives them, with actors that cross stories."""
    from reportedly.resolve import unite  # noqa: PLC0415 - as above

    return replace(holdings, links=unite(holdings.links, holdings.judgements))


def see(holdings: Holdings, clocks: Clocks) -> Holdings:
    """What the three clocks let see, articles that print no date under the one that others give them."""
    from reportedly.reconcile import redate, visible  # noqa: PLC0415 - readers of pages need no reconciling

    return visible(redate(holdings), clocks)


def article_rows(reading: Reading) -> list[Row]:
    """What `reportedly read` prints for a document."""
    return [article_row(article, reading.text) for article in reading.articles]


def claim_rows(extractions: Iterable[Extraction]) -> list[Row]:
    """What `reportedly extract` prints for a document."""
    return [row_of(claim) for extraction in extractions for claim in extraction.claims]


def problems_of(reading: Reading, extractions: Iterable[Extraction] = ()) -> list[Problem]:
    """Everything that reading and extracting a document could not use."""
    return [*reading.problems, *(problem for extraction in extractions for problem in extraction.problems)]
