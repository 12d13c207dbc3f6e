"""Measures the desk under load: `python -m evals.load [--claims 200000] [--minutes 5] [--readers 20] [--ledger big.db]`.

A ledger is filled with GENERATED articles (`evals.filling`), `reportedly serve` runs on one core, and a client on the other: readers who
each ask for one page a second, drawn at random among the stories, claims and documents of the ledger, and one writer who adds a page of
five claims every second by the API. Latency is that of whole answers, as the client sees them. At the end every page that the writer
added has to be in the ledger with its claims (else it is lost), and no request may have been refused or have gone without answer for
`PATIENCE` seconds (else it is blocked). The exit status is 1 where any was, or the 95th percentile is over 300 ms.

A ledger that another version linked counts as linked by this one: the load is of readers and one writer, not of linking all of it anew.

Before the load pages of the same mix are asked for one at a time, with a page added before every twenty: what each kind takes of the
processor hangs less on what else the machine does. What the desk and its processes hold in memory is printed before and after the load.
"""

import argparse
import http.client
import itertools
import json
import math
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from evals.filling import LEAST, fill, multiply, settle
from evals.growth import stock_of
from evals.run import data_folder

from reportedly.ledger import open_ledger

PATIENCE = 10.0
"""Seconds after which a request counts as blocked."""

MOST = 0.3
"""Seconds that the 95th percentile may take."""

LONGEST = 300.0
"""Seconds in which a desk gets ready at most."""

AT_REST = 0.1
"""Seconds of processor time that a desk takes in two when nobody asks for anything, at most."""

_PROBED = 1_000_000  # number of the first page that is added while pages are asked for one at a time
_SCHEDULED = 2
"""Which clock of a process: the time that the scheduler gave it."""

_GOOD = ("200", "202")
_WORDS = ("police", "killed", "president", "army", "talks", "court", "oil", "hospital", "minister", "attack")
_SENTENCES = (
    "{n} people were killed when {event} {place}, Mayor {mayor} said.",
    "Governor {governor} said {h} {things} in {place} were destroyed.",
    "{k} people were missing near {place}, {rescuer} told reporters.",
    "{m} people were injured in {place}, Dr. {doctor} said.",
    "Mayor {mayor} denied that {place} had been warned.",
)
_EVENTS = (
    ("a flood swept through", "houses"),
    ("a ferry capsized off", "cabins"),
    ("an avalanche buried", "chalets"),
    ("a warehouse exploded in", "lorries"),
    ("a wildfire reached", "barns"),
    ("a train derailed near", "carriages"),
    ("a hurricane hit", "boats"),
    ("a stadium roof collapsed in", "seats"),
    ("an earthquake shook", "schools"),
    ("a tanker ran aground at", "nets"),
    ("gunmen raided", "shops"),
    ("a volcano erupted above", "orchards"),
)
_MONTHS = ("January", "March", "May", "July", "September", "November")
_SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vu", "dor", "bel", "ni", "shu", "gar", "pel", "ond", "wix", "zem", "hult")


@dataclass(slots=True)
class Tally:
    """What came of the requests.

    Attributes:
        seconds: route -> how long each answer took.
        blocked: route and why, of each request that was refused or had no answer.
        added: names of the pages that the writer added.
    """

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    blocked: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One connection to the desk.

    Args:
        address: where the desk listens.
        tally: where what came of the requests is noted.
    """

    def __init__(self, address: str, tally: Tally) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._tally = tally
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, route: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        """The answer to a request; empty where there was none."""
        began = time.perf_counter()
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
            self._connection.request("POST" if body is not None else "GET", path, body, dict(headers or {}))
            answer = self._connection.getresponse()
            content, status = answer.read(), str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            self._connection = None
            content, status = b"", f"no answer: {error!r}"
        with self._tally.lock:
            if status in _GOOD:
                self._tally.seconds[route].append(time.perf_counter() - began)
            else:
                self._tally.blocked.append(f"{route} {path[:80]}: {status}")
        return content if status in _GOOD else b""

    def rows(self, path: str) -> list[dict[str, Any]]:
        """The rows of an answer of the API, which is not counted."""
        self._connection = None
        return list(json.loads(Client(f"http://{self._host}:{self._port}", Tally()).ask("rows", path) or b'{"rows": []}')["rows"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What readers look at, drawn from all over the ledger: ids of stories, claims and documents.

    Attributes:
        stories: ids of stories.
        claims: ids of claims.
        documents: ids of documents.
        pages: pages of the list of stories.
        held: how many documents it holds.
    """

    stories: Sequence[str]
    claims: Sequence[str]
    documents: Sequence[str]
    pages: int
    held: int


Route = tuple[str, int, Callable[[Things, random.Random], str]]

ROUTES: Sequence[Route] = (
    ("stories", 3, lambda things, chance: f"/?page={chance.randint(1, things.pages)}"),
    ("story", 5, lambda things, chance: f"/stories/{chance.choice(things.stories)}"),
    ("claim", 4, lambda things, chance: f"/claims/{chance.choice(things.claims)}"),
    ("document", 2, lambda things, chance: f"/documents/{chance.choice(things.documents)}"),
    ("search", 2, lambda _, chance: f"/search?q={chance.choice(_WORDS)}"),
    ("search a facet", 1, lambda _, chance: f"/search?stance={chance.choice(['denies', 'asserts', 'estimates'])}"),
    ("actors", 1, lambda _, chance: f"/actors?page={chance.randint(1, 5)}"),
    ("sources", 1, lambda _, chance: f"/sources?page={chance.randint(1, 20)}"),
    ("problems", 1, lambda *_: "/problems"),
    ("judgements", 1, lambda *_: "/judgements"),
    ("queue of a story", 1, lambda things, chance: f"/queue?story={chance.choice(things.stories)}"),
    ("api stories", 1, lambda _, chance: f"/api/v1/stories?limit=50&offset={50 * chance.randint(0, 100)}"),
    ("api figures", 1, lambda things, chance: f"/api/v1/figures?limit=50&story={chance.choice(things.stories)}"),
    ("api statements", 1, lambda things, chance: f"/api/v1/statements?limit=50&story={chance.choice(things.stories)}"),
    ("api timeline", 1, lambda things, chance: f"/api/v1/timeline?limit=50&story={chance.choice(things.stories)}"),
    ("api claims", 1, lambda _, chance: f"/api/v1/claims?limit=50&speaker={chance.choice(_WORDS)}"),
    ("api actors", 1, lambda *_: "/api/v1/actors?limit=50"),
    ("api search", 1, lambda _, chance: f"/api/v1/search?limit=50&q={chance.choice(_WORDS)}"),
)


def gather(client: Client, chance: random.Random) -> Things:
    """Things to look at, drawn from all over the ledger."""
    total = json.loads(client.ask("warm", "/api/v1/ledger"))
    articles = client.rows(f"/api/v1/stories?limit=1000&offset={chance.randrange(max(1, total['documents'] - 1000))}")
    claims = client.rows(f"/api/v1/claims?limit=1000&offset={chance.randrange(max(1, total['claims'] - 1000))}")
    documents = client.rows(f"/api/v1/documents?limit=1000&offset={chance.randrange(max(1, total['documents'] - 1000))}")
    return Things(
        stories=sorted({row["story"] for row in articles}),
        claims=[row["id"] for row in claims],
        documents=[row["id"] for row in documents],
        pages=max(1, total["stories"] // 40),
        held=total["documents"],
    )


def read(address: str, things: Things, tally: Tally, until: float, seed: int) -> None:
    """One reader, who asks for a page a second."""
    chance, client = random.Random(seed), Client(address, tally)  # noqa: S311 - a draw for a measurement
    names = [route for route in ROUTES for _ in range(route[1])]
    at = time.monotonic() + chance.random()
    while at < until:
        time.sleep(max(0.0, at - time.monotonic()))
        name, _, path = chance.choice(names)
        client.ask(name, path(things, chance))
        at = max(at + 1, time.monotonic())


def write(address: str, tally: Tally, until: float, first: int) -> None:
    """The writer, who adds a page of five claims every second, from number `first` on, which no earlier load of the ledger had."""
    client = Client(address, tally)
    at = time.monotonic()
    for number in itertools.count():
        time.sleep(max(0.0, at - time.monotonic()))
        if at >= until:
            return
        name = f"load-{os.getpid()}-{number}.txt"
        body, kind = _upload(name, page_text(first + number))
        if client.ask("add", "/api/v1/documents", body, {"Content-Type": kind}):
            tally.added.append(name)
        at = max(at + 1, time.monotonic())


def page_text(number: int) -> str:
    """A made page with five claims about a disaster of its own place and time, so that nearly each page is a story."""
    chance = random.Random(number)  # noqa: S311 - as above
    names = {role: _name(chance) for role in ("place", "mayor", "governor", "rescuer", "doctor")}
    event, things = _EVENTS[number % len(_EVENTS)]
    counts = {"n": chance.randint(2, 90), "m": chance.randint(100, 400), "k": chance.randint(2, 40), "h": chance.randint(500, 900)}
    year, month = 1960 + number % 60, _MONTHS[number // 60 % len(_MONTHS)]
    head = f"{names['place']}: {things} lost\n\n{names['place'].upper()}, {month} {1 + number % 28}, {year}\n\n"
    return head + "\n\n".join(line.format(**counts, **names, event=event, things=things) for line in _SENTENCES) + "\n"


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=4)).capitalize()


def _upload(name: str, text: str) -> tuple[bytes, str]:
    edge = "=load="
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
    return f"{head}{text}\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def processor_seconds(process: int) -> float:
    """What a process and those that it began have used of the processor, the threads that have ended too (clock_getcpuclockid(3))."""
    spent = time.clock_gettime((~process << 3) | _SCHEDULED)
    for child in children_of(process):
        with suppress(OSError):  # it may end meanwhile
            spent += time.clock_gettime((~child << 3) | _SCHEDULED)
    return spent


def children_of(process: int) -> list[int]:
    """The living processes that a process began (proc(5))."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def probe(address: str, process: int, things: Things, rounds: int) -> dict[str, list[float]]:
    """What each kind of page takes of the processor, in seconds: the readers' mix, one at a time, a page added before every twenty."""
    chance, client = random.Random(2), Client(address, Tally())  # noqa: S311 - a draw for a measurement
    names = [route for route in ROUTES for _ in range(route[1])]
    found: dict[str, list[float]] = defaultdict(list)

    def spend(name: str, work: Callable[[], object]) -> None:
        began = processor_seconds(process)
        work()
        found[name].append(processor_seconds(process) - began)

    for number in range(rounds):
        spend("add", partial(_added, client, f"probe-{os.getpid()}-{number}.txt", page_text(_PROBED + things.held + number)))
        for name, _, path in chance.choices(names, k=20):
            spend(name, partial(client.ask, name, path(things, chance)))
    return found


def _added(client: Client, name: str, text: str) -> None:
    """Add a page and wait until it is in the ledger."""
    body, kind = _upload(name, text)
    job = json.loads(client.ask("add", "/api/v1/documents", body, {"Content-Type": kind}))
    while job["phase"] not in ("done", "failed"):
        time.sleep(0.2)
        job = json.loads(client.ask("job", f"/api/v1/jobs/{job['id']}"))
    if not (job["added"] or {}).get("added"):
        raise RuntimeError(f"nothing was added: {job}")


@contextmanager
def serving(ledger: Path) -> Iterator[tuple[str, int]]:
    """A desk on the first core; its address and process. The client takes the last."""
    command = [sys.executable, "-m", "reportedly", "serve", "--ledger", str(ledger), "--port", "0"]
    cores = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        os.sched_setaffinity(process.pid, {cores[0]})
        os.sched_setaffinity(0, {cores[-1]})
        try:
            address = next(found[0] for line in process.stdout or () if (found := re.search(r"http://[\d.:]+/", line)))
            threading.Thread(target=lambda: [None for _ in process.stdout or ()], daemon=True).start()
            yield address, process.pid
        finally:
            os.sched_setaffinity(0, cores)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def lost_pages(address: str, tally: Tally) -> list[str]:
    """Names of pages that were added and are not in the ledger with claims, when the desk has had time to finish."""
    client, left = Client(address, Tally()), list(tally.added)
    for _ in range(60):
        left = [name for name in left if not client.rows(f"/api/v1/claims?limit=1&document={quote(name)}")]
        if not left:
            break
        time.sleep(1)
    return left


def warm(address: str, process: int) -> Things:
    """Things to look at, on a desk that has been open for a while: what it has ready of large stories is ready, or `LONGEST` is over."""
    chance = random.Random(1)  # noqa: S311 - as above
    things = gather(Client(address, Tally()), chance)
    for name, _, path in ROUTES:
        Client(address, Tally()).ask(name, path(things, chance))
    began, before = time.monotonic(), -math.inf
    while processor_seconds(process) - before > AT_REST and time.monotonic() - began < LONGEST:
        before = processor_seconds(process)
        time.sleep(2)
    print(f"warm after {time.monotonic() - began:.0f} seconds", flush=True)
    return things


def run(address: str, things: Things, readers: int, minutes: float) -> tuple[Tally, list[str]]:
    """Readers and the writer for so many minutes; what came of it, and what was lost."""
    tally = Tally()
    until = time.monotonic() + 60 * minutes
    threads = [threading.Thread(target=read, args=(address, things, tally, until, seed)) for seed in range(readers)]
    threads.append(threading.Thread(target=write, args=(address, tally, until, things.held)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally, lost_pages(address, tally)


def report_memory(process: int) -> None:
    """Print what the desk and each process that it began hold in memory (proc_pid_statm(5))."""
    page = os.sysconf("SC_PAGE_SIZE")
    held = []
    for one in [process, *children_of(process)]:
        with suppress(OSError):  # it may end meanwhile
            held.append(int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) * page)
    print(f"memory: the desk {held[0] / 1e6:.0f} MB" + "".join(f", beside it {size / 1e6:.0f}" for size in held[1:]))


def percentile(seconds: Sequence[float], share: float) -> float:
    """The least of some durations that so large a share of them do not pass."""
    return sorted(seconds)[max(0, -(-int(share * 100) * len(seconds) // 100) - 1)]


def report_processor(found: Mapping[str, Sequence[float]]) -> None:
    """Print what each kind of page takes of the processor; the mean is over the readers' mix."""
    pages = [took for name, several in found.items() if name != "add" for took in several]
    print(f"{'processor':18} {'asked':>6} {'mean':>6} {'max':>6} ms")
    for name, several in [*sorted(found.items()), ("all pages", pages)]:
        print(f"{name:18} {len(several):6} {1000 * statistics.mean(several):6.1f} {1000 * max(several):6.0f}")


def report(tally: Tally, lost: Sequence[str]) -> int:
    """Print the figures; the exit status."""
    every = [took for name, several in tally.seconds.items() if name != "add" for took in several]
    print(f"{'route':18} {'asked':>6} {'p50':>6} {'p95':>6} {'max':>6} ms")
    for name, several in [*sorted(tally.seconds.items()), ("all pages", every)]:
        figures = (statistics.median(several), percentile(several, 0.95), max(several))
        print(f"{name:18} {len(several):6} " + " ".join(f"{1000 * figure:6.0f}" for figure in figures))
    print(f"added {len(tally.added)} pages; lost {len(lost)}; blocked {len(tally.blocked)}")
    for words in [*lost[:5], *tally.blocked[:5]]:
        print("  " + words)
    slow, failed = percentile(every, 0.95) >= MOST, bool(lost or tally.blocked)
    print(f"95 of 100 pages within {1000 * MOST:.0f} ms: {'no' if slow else 'yes'}; nothing lost or blocked: {'no' if failed else 'yes'}")
    return int(slow or failed)


def main() -> int:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=10, help="of twenty pages asked for one at a time, before the load")
    parser.add_argument("--stock", type=int, default=2_000)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-stock.db")
    parser.add_argument("--ledger", type=Path, help="a ledger to fill up and leave; none is left otherwise")
    arguments = parser.parse_args()
    if not (data_folder() / "corpora").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        path = arguments.ledger or Path(temporary) / "load.db"
        stock = stock_of(data_folder(), arguments.stock, arguments.cache)
        with open_ledger(path, create=True) as store:
            held = fill(store, stock, min(arguments.claims, LEAST), lambda words: print(words, flush=True))
            if held < arguments.claims:
                held = multiply(store, arguments.claims, lambda words: print(words, flush=True))
            settle(store)
        print(f"{held} claims, generated; {arguments.readers} readers, {arguments.minutes:g} minutes", flush=True)
        with serving(path) as (address, process):
            things = warm(address, process)
            report_processor(probe(address, process, things, arguments.rounds))
            report_memory(process)
            status = report(*run(address, things, arguments.readers, arguments.minutes))
            report_memory(process)
            return status


if __name__ == "__main__":
    raise SystemExit(main())
