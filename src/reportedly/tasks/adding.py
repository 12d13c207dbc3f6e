"""Filling a ledger from anywhere, by as many processes or machines as there are: what `reportedly add` does.

read_places(places)                  files, folders, object stores -> readings
add_readings(desk, readings)         readings -> ledger, extracted by processes of this machine
add_places(desk, places, choice)     files, folders, object stores -> ledger, read and extracted by an engine
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from reportedly.api import Desk, Silent
from reportedly.model import Added, ModelName, Problem, Reading
from reportedly.model.engine import EngineChoice, is_address
from reportedly.model.ports import Progress
from reportedly.pipeline import LINK_BESIDE, LINK_EVERY, Intake, relink
from reportedly.workers import extract_new, make_extractor

__all__ = ["EngineChoice", "add_places", "add_readings", "is_address", "read_places"]


def read_places(places: Sequence[str]) -> Iterator[Reading]:
    """The documents of paths and of addresses in object stores.

    Args:
        places: files, folders, `s3://bucket/folder`.

    Yields:
        A reading a document, in the order of the places.

    Raises:
        NoObjectsError: an object store cannot be reached.
        MissingExtraError: an address is given and pyarrow is not installed.
    """
    from reportedly.scale import list_sources, read_source  # noqa: PLC0415 - the readers are heavy

    for source in list_sources(places):
        yield from read_source(source)


def add_readings(
    desk: Desk, readings: Iterable[Reading], *, workers: int = 1, model: ModelName | None = None, progress: Progress | None = None
) -> Added:
    """Fill a ledger from documents that this process reads.

    Args:
        desk: the ledger's.
        readings: the documents.
        workers: how many processes extract; the ledger is the same for any number.
        model: what claims are extracted by; None takes the settings'.
        progress: who is told how far it is.

    Returns:
        What was new. A document that the ledger holds is not extracted again and adds nothing.

    Raises:
        CannotRunError: a model is missing or broken, or a worker died.
    """
    desk.library.forget()
    chosen = model or desk.settings.model
    intake = Intake(desk.store, progress or Silent(), every=LINK_EVERY if workers == 1 else LINK_BESIDE)
    extractor = cache(lambda: make_extractor(chosen))  # made when it is asked for: the workers begin before

    def held(reading: Reading) -> bool:
        return desk.store.is_current(reading, extractor().version)

    if workers == 1:
        for reading in readings:
            intake.take(reading, None if held(reading) else extractor().extract(reading.text, reading.articles))
    else:
        for bundle in extract_new(readings, held, model=chosen, workers=workers):
            intake.take_all(bundle)
    return intake.finish()


def add_places(
    desk: Desk, places: Sequence[str], choice: EngineChoice, *, model: ModelName | None = None, progress: Progress | None = None
) -> tuple[Added, list[Problem]]:
    """Fill a ledger by an engine; it is the same whatever the engine and the number of its workers.

    Args:
        desk: the ledger's.
        places: files, folders, addresses; workers on other machines must see them under the same names.
        choice: who reads and extracts.
        model: what claims are extracted by; None takes the settings'.
        progress: who is told how far it is.

    Returns:
        What was new, and the problems of reading in the order of the places. After an interruption the same call goes on.

    Raises:
        CannotRunError: the engine is not there, or its workers die again and again.
        NoObjectsError: an object store cannot be reached.
        MissingExtraError: a library of the extra `engine` is not installed.
    """
    from reportedly.scale import Run, link_in_blocks, make_engine, run_all  # noqa: PLC0415 - as above

    desk.library.forget()
    chosen = model or desk.settings.model
    engine = make_engine(choice, chosen)  # first, so that its workers load while this process does
    place, watched = desk.place, progress or Silent()
    store, most = desk.store, LINK_EVERY
    link: Callable[[], int] = partial(relink, store)
    if importlib.util.find_spec("daft") is not None:  # any number can be linked at once
        link, most = partial(link_in_blocks, store), sys.maxsize
    intake = Intake(store, watched, every=LINK_BESIDE, at_most=most, link=link)
    run = Run(
        places=places,
        model=chosen,
        extractor=make_extractor(chosen).version,
        folder=_work_folder(choice.folder or str(place.beside(f"{place.name}.work"))),
        keep=choice.folder is not None,
    )
    problems = list(run_all(run, engine, store, intake))
    return intake.finish(), problems


def _work_folder(place: str) -> str:
    """The work folder under a name that means the same to processes started elsewhere."""
    return place if is_address(place) else str(Path(place).absolute())
