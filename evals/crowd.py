"""Lets many write and read one ledger at once: `python -m evals.crowd [--minutes 10] [--writers 8] [--readers 20] [--ledger postgresql://...]`.

Without `--ledger` a PostgreSQL server is started for it. Writers, each a process, add made reports of which the others add the same,
link, and count: they raise a number in a claim by amending it, each time from the number that they read and with the revision that they
looked at, as two people at two desks would. Whoever is told that somebody was faster looks again. At the end each number has to be
the count of amendments that were acknowledged (no lost update), every acknowledged report has to be there with its claims, once (no
duplicate claim), every process must have come to its end and the server may have met no deadlock (none left standing). A writer that
waits longer than its patience is told so and has done nothing; how often that was is printed, and how long deeds took. Readers see
revisions that only rise, and of one moment: every claim with its document and text.
"""

import argparse
import contextlib
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportedly import pipeline
from reportedly.errors import ConflictError, LedgerBusyError
from reportedly.ledger import PATIENCE, make_judgement, open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import (
    Article,
    Claim,
    Correction,
    Document,
    Extraction,
    Interval,
    Passage,
    PlaceLike,
    Reading,
    claim_id,
    digest,
    document_id,
    span_of,
    text_digest,
)
from reportedly.tasks import care

EXTRACTOR = "crowd/1"
COUNTED = 4
"""Claims whose numbers are raised: few, so that writers meet."""

_SYLLABLES = ("ba", "ko", "ri", "mel", "tun", "sa", "vor", "ni", "dal", "pe", "zu", "hal", "gor", "li", "fen", "mo")
_SHARE_LINKING = 0.02
_SHARE_COUNTING = 0.5


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many do what.

    Attributes:
        writers: processes that write.
        readers: processes that read.
        seconds: for how long.
        reports: how many made reports there are.
    """

    writers: int = 8
    readers: int = 20
    seconds: float = 600.0
    reports: int = 400


def made_report(number: int) -> tuple[Reading, list[Extraction]]:
    """A report of its own situation, with two claims."""
    chance = random.Random(number)  # noqa: S311 - no secret
    ship, port, chief = ("".join(chance.choices(_SYLLABLES, k=4)).capitalize() for _ in range(3))
    text = f"The {ship} sank off {port}. {number + 2} sailors drowned, {chief} said. The owner denied that the {ship} was old.\n"
    content = text.encode()
    identity = digest(content)
    name = f"{number}.txt"
    document = Document(
        id=document_id(identity, None, None), name=name, text_digest=text_digest(text), bytes_digest=identity, media_type="text/plain"
    )
    article = Article(
        document=name, number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), title=f"The {ship} sinks"
    )
    said = ((f"{number + 2} sailors drowned", "said", chief), (f"that the {ship} was old", "denied", "The owner"))
    claims = tuple(_claim(document, text, words) for words in said)
    return Reading(document=document, text=text, articles=(article,)), [Extraction(claims=claims, extractor=EXTRACTOR)]


def _claim(document: Document, text: str, words: tuple[str, str, str]) -> Claim:
    content, cue, source = ((span_of(text, text.index(w), text.index(w) + len(w)),) for w in words)
    return Claim(
        document=document.name,
        article=0,
        id=claim_id(document.text_digest, content, cue, source),
        content=content,
        cue=cue,
        source=source,
        speakers=(words[2],),
        said=Interval(first=None, last="2024-06-01", basis="published"),
    )


def counted_claims() -> list[str]:
    """Ids of the claims whose numbers are raised."""
    return [made_report(number)[1][0].claims[0].id for number in range(COUNTED)]


def write(place: PlaceLike, crowd: Crowd, number: int, notes: Path) -> None:
    """What one writer does until the time is up; each deed that was acknowledged is a line of its notes."""
    chance = random.Random(f"writer {number}")  # noqa: S311 - no secret
    counted = counted_claims()
    end = time.monotonic() + crowd.seconds
    with open_ledger(place, create=False) as store, notes.open("w", encoding="utf-8") as lines:
        while time.monotonic() < end:
            began = time.monotonic()
            draw = chance.random()
            deed: dict[str, object]
            try:
                if draw < _SHARE_LINKING:
                    pipeline.relink(store)
                    deed = {"deed": "link"}
                elif draw < _SHARE_LINKING + _SHARE_COUNTING:
                    deed = _count(store, chance.choice(counted), f"writer {number}")
                else:
                    report = chance.randrange(crowd.reports)
                    store.put(*made_report(report))
                    deed = {"deed": "put", "report": report}
            except LedgerBusyError:  # another writes for longer than the patience: said, and nothing done
                deed = {"deed": "told to wait"}
            lines.write(json.dumps(deed | {"took": time.monotonic() - began}) + "\n")
            lines.flush()


def _count(store: LedgerStore, claim: str, by: str) -> dict[str, object]:
    """Raise a claim's number by one, from what was read."""
    seen = store.revision
    held = store.find_claim(claim).claim.place
    if store.revision != seen:
        return {"deed": "looked again"}
    correction = Correction(kind="amend", targets=(claim,), by=by, reason="counting", changes={"place": str(int(held or 0) + 1)}, seen=seen)
    try:
        store.judge(make_judgement(store, correction), seen=seen)
    except ConflictError:
        return {"deed": "refused"}
    return {"deed": "count", "claim": claim}


def read(place: PlaceLike, crowd: Crowd, number: int, notes: Path) -> None:
    """What one reader does until the time is up."""
    chance = random.Random(f"reader {number}")  # noqa: S311 - no secret
    end = time.monotonic() + crowd.seconds
    last = 0
    with open_ledger(place, create=False) as store, notes.open("w", encoding="utf-8") as lines:
        while time.monotonic() < end:
            began = time.monotonic()
            held = store.holdings()
            whole = all(c.document in held.documents and held.documents[c.document].text_digest in held.texts for c in held.claims)
            once = len({(c.document, c.claim.id) for c in held.claims}) == len(held.claims)
            rises = held.revision >= last
            last = held.revision
            store.search(chance.choice(("sailors drowned", '"the owner denied"', "sa*")), limit=5)
            deed = {"deed": "read", "whole": whole and once, "rises": rises, "took": time.monotonic() - began}
            lines.write(json.dumps(deed) + "\n")
            lines.flush()
            time.sleep(chance.uniform(0, 0.2))


def gather(place: PlaceLike, crowd: Crowd, folder: Path) -> dict[str, list[float]]:
    """Let them all write and read, then hold the ledger to what was acknowledged.

    Args:
        place: an empty ledger.
        crowd: how many, for how long.
        folder: where their notes go.

    Returns:
        How long each deed took, in seconds, by its kind.

    Raises:
        AssertionError: something was lost, doubled, torn or left waiting.
    """
    with open_ledger(place, create=True) as store:
        for number in range(COUNTED):
            store.put(*made_report(number))
    made: list[tuple[Callable[[PlaceLike, Crowd, int, Path], None], int, Path]] = [
        (deed, number, folder / f"{deed.__name__}-{number}.jsonl")
        for deed, many in ((write, crowd.writers), (read, crowd.readers))
        for number in range(many)
    ]
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=deed, args=(place, crowd, number, notes)) for deed, number, notes in made]
    for process in processes:
        process.start()
    for process in processes:
        process.join(crowd.seconds + 2 * PATIENCE + 60)
    _hold(all(process.exitcode == 0 for process in processes), f"exit codes {[process.exitcode for process in processes]}")
    deeds = [json.loads(line) for _, _, notes in made for line in notes.read_text(encoding="utf-8").splitlines()]
    _check(place, deeds)
    took: dict[str, list[float]] = {}
    for deed in deeds:
        took.setdefault(deed["deed"], []).append(deed["took"])
    return took


def _check(place: PlaceLike, deeds: list[dict[str, object]]) -> None:
    _hold(all(deed["whole"] and deed["rises"] for deed in deeds if deed["deed"] == "read"), "a reader saw two moments at once")
    put = {deed["report"] for deed in deeds if deed["deed"] == "put"} | set(range(COUNTED))
    counts = Counter(deed["claim"] for deed in deeds if deed["deed"] == "count")
    with open_ledger(place, create=False) as store:
        pipeline.relink(store)
        held = store.holdings()
        expected = {c.id for number in put for c in made_report(int(str(number)))[1][0].claims}
        found = Counter(stored.claim.id for stored in store.all_claims())
        _hold(set(found) == expected and set(found.values()) == {1}, f"{len(found)} claims, not {len(expected)}, each once")
        numbers = {c.claim.id: int(c.claim.place or 0) for c in held.claims if c.claim.id in counts}
        _hold(numbers == dict(counts), f"numbers {numbers}, acknowledged {dict(counts)}")
        _hold(all(row.holds for row in store.verify()), "an anchor does not hold")
        if store.place.file is None:
            with store.engine.connect() as connection:
                query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
                _hold(connection.exec_driver_sql(query).scalar_one() == 0, "the server met a deadlock")
    broken = [checkup for checkup in care.examine(place) if checkup.condition == "broken"]
    _hold(not broken, f"the doctor finds {broken}")


def _hold(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - a condition, as of assert
    if not holds:
        raise AssertionError(otherwise)


@contextlib.contextmanager
def _place(asked: str | None) -> Iterator[PlaceLike]:
    if asked is not None:
        yield asked
        return
    from evals.postgres import running_server  # noqa: PLC0415 - only where a server is wanted

    with running_server() as server:
        yield server.url(server.make_database())


def main() -> None:
    """Let the crowd in, and print what it did."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--writers", type=int, default=8)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--ledger", help="an empty database or a file; without it a server is started")
    asked = options.parse_args()
    crowd = Crowd(writers=asked.writers, readers=asked.readers, seconds=asked.minutes * 60)
    with _place(asked.ledger) as place, tempfile.TemporaryDirectory() as folder:
        took = gather(place, crowd, Path(folder))
    print(f"{crowd.writers} writers and {crowd.readers} readers, {asked.minutes:g} minutes")
    for deed, times in sorted(took.items()):
        print(f"{deed:>14} {len(times):>7} times, median {statistics.median(times):.3f} s, longest {max(times):.1f} s")
    print("nothing lost, nothing twice, no deadlock, every reader of one moment")


if __name__ == "__main__":
    main()
