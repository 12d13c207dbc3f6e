"""Fetching: polite, bounded, and never into a private network. The servers are on this machine, which only these tests are let ask."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from reportedly.model import Fetched
from reportedly.read import read_paths
from reportedly.read.fetch.addresses import is_public
from reportedly.read.fetch.fetching import Visitor, fetch_pages
from reportedly.read.fetch.robots import parse_robots
from reportedly.read.fetch.web_client import FetchLimits, RefusedAddressError, checked_url

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server on this machine; `pages` gives what it answers for a path, `asked` what it was asked for."""

    pages: dict[str, Answer | Callable[[Any], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that answers 404 for what it has no page for."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            answer = made.pages.get(self.path, (404, {}, b"not here"))
            if callable(answer):
                answer(self)
                return
            self.send_response(answer[0])
            for name, value in {"Content-Length": str(len(answer[2])), **answer[1]}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer[2])

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def visitor(clock: Clock | None = None, **limits: Any) -> Visitor:
    """One that may ask this machine, and no other private address."""
    clock = clock or Clock()
    return Visitor(
        limits=FetchLimits(**{"delay": 2.0, "seconds_most": 20.0, **limits}),
        admits=lambda address: address == "127.0.0.1" or is_public(address),
        clock=lambda: clock.now,
        sleep=clock.sleep,
    )


def fetch(urls: list[str], path: Path, by: Visitor | None = None) -> list[Fetched]:
    return list(fetch_pages(urls, path, by or visitor()))


def codes(rows: list[Fetched]) -> list[str]:
    return [problem.code for row in rows for problem in row.problems]


@pytest.mark.parametrize("name", ["pages.warc.gz", "pages.warc"])
def test_what_is_fetched_is_read_like_any_other_file(site: Site, make: Any, tmp_path: Path, name: str) -> None:
    """Bytes, header and digest are saved; packed bodies as they were sent."""
    page = make.html_page()
    site.pages["/ferry"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(page))
    (row,) = fetch([site.url("/ferry")], tmp_path / name)
    assert (row.status, row.media_type, row.file) == (200, "text/html", str(tmp_path / name))
    assert row.digest is not None
    found = list(read_paths([tmp_path / name]))
    assert [reading.document.url for reading in found if reading.document] == [site.url("/ferry")]
    assert found[0].document is not None
    assert found[0].document.name.endswith(f"/{site.url('/ferry')}")
    assert found[0].text.split("\n")[0] == make.TITLE
    raw = (tmp_path / name).read_bytes()
    assert row.digest.encode() in (gzip.decompress(raw) if name.endswith(".gz") else raw)


def test_the_same_command_goes_on_where_it_stopped(site: Site, make: Any, tmp_path: Path) -> None:
    """What the file holds is not asked for again, and a record that an interruption cut is cut off."""
    path = tmp_path / "pages.warc.gz"
    for number in (1, 2):
        site.pages[f"/{number}"] = (200, {"Content-Type": "text/html"}, make.html_page(title=f"Ferry {number} sinks off Aland"))
    urls = [site.url("/1"), site.url("/2"), site.url("/1")]
    assert [row.held for row in fetch(urls, path)] == [False, False]
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert [row.held for row in fetch(urls, path)] == [True, False]
    assert len([reading for reading in read_paths([path]) if reading.document]) == 2
    asked = len(site.asked)
    assert [row.held for row in fetch(urls, path)] == [True, True]
    assert len(site.asked) == asked


def test_redirects_are_followed_and_kept(site: Site, make: Any, tmp_path: Path) -> None:
    """The page is that of the last address; a ring of redirects ends."""
    site.pages["/old"] = (301, {"Location": "/new"}, b"")
    site.pages["/new"] = (200, {"Content-Type": "text/html"}, make.html_page())
    site.pages["/ring"] = (302, {"Location": "/ring"}, b"")
    moved, ring = fetch([site.url("/old"), site.url("/ring")], tmp_path / "p.warc")
    assert moved.address == site.url("/new")
    assert codes([ring]) == ["fetch-failed"]
    assert fetch([site.url("/old")], tmp_path / "p.warc")[0].held


@pytest.mark.parametrize(
    "goal",
    ["http://127.0.0.2/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
     "http://[::ffff:127.0.0.3]/", "http://2130706434/", "http://0x7f.0.0.2/", "file:///etc/passwd", "ftp://example.org/", "http://user:pw@127.0.0.1/",
     "http://[fe80::1]/", "http://[64:ff9b::7f00:2]/", "gopher://127.0.0.1:70/"],
)  # fmt: skip
def test_every_redirect_is_checked_like_the_first_address(site: Site, tmp_path: Path, goal: str) -> None:
    """A public page may send the program anywhere; it does not go, and nothing is saved."""
    site.pages["/away"] = (302, {"Location": goal}, b"")
    for url in (site.url("/away"), goal):
        rows = fetch([url], tmp_path / "p.warc")
        assert codes(rows) == ["refused-address"]
    assert not (tmp_path / "p.warc").exists()


def test_without_leave_this_machine_is_refused(site: Site, tmp_path: Path) -> None:
    """The tests' leave is a parameter; what users run has none."""
    rows = list(fetch_pages([site.url("/"), f"http://localhost:{site.port}/"], tmp_path / "p.warc"))
    assert codes(rows) == ["refused-address"] * 2
    assert not site.asked


def test_a_name_is_resolved_once(site: Site, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for another address a moment later is asked at the one that was checked; one of two bad addresses is enough."""
    site.pages["/"] = (200, {"Content-Type": "text/html"}, make.html_page())
    known = {"rebinding.example": iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]), "mixed.example": iter([["127.0.0.1", "10.0.0.1"]])}

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(known[host])]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    (row,) = fetch([f"http://rebinding.example:{site.port}/"], tmp_path / "p.warc")
    assert row.status == 200
    assert dict(site.asked[-1][1])["Host"] == f"rebinding.example:{site.port}"
    assert codes(fetch([f"http://mixed.example:{site.port}/"], tmp_path / "p.warc")) == ["refused-address"]


def test_robots_are_obeyed(site: Site, make: Any, tmp_path: Path) -> None:
    """What they forbid is not asked for, and they are asked for once."""
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site.pages["/open"] = site.pages["/private/a"] = (200, {"Content-Type": "text/html"}, make.html_page())
    clock = Clock()
    rows = fetch([site.url("/open"), site.url("/private/a"), site.url("/open?2")], tmp_path / "p.warc", visitor(clock))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/open?2"]
    assert codes(rows) == ["robots-disallow", "fetch-failed"]
    assert clock.slept == [7.0, 7.0]
    assert dict(site.asked[0][1])["User-Agent"].startswith("reportedly/")


@pytest.mark.parametrize(("status", "asked"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_without_robots_is_open_and_one_that_fails_is_not(
    site: Site, make: Any, tmp_path: Path, status: int, *, asked: bool
) -> None:
    """RFC 9309, 2.3.1.3 and 2.3.1.4."""
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/"] = (200, {"Content-Type": "text/html"}, make.html_page())
    (row,) = fetch([site.url("/")], tmp_path / "p.warc")
    assert (row.status == 200) is asked


def test_a_page_too_large_or_too_slow_is_given_up(site: Site, tmp_path: Path) -> None:
    """Whether its size is announced or not; and a server that sends a byte now and then does not hold the program."""

    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x" * 1000)

    def slow(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(300):
                handler.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            pass  # the program left

    site.pages |= {"/large": (200, {}, b"x" * 100_000), "/endless": endless, "/slow": slow}
    rows = fetch([site.url("/large"), site.url("/endless")], tmp_path / "p.warc", visitor(bytes_most=50_000))
    assert codes(rows) == ["fetch-failed"] * 2
    started = time.monotonic()
    rows = fetch([site.url("/slow")], tmp_path / "p.warc", visitor(seconds_most=1.0))
    assert time.monotonic() - started < 5
    assert codes(rows) == ["fetch-failed"]
    assert "within 1 seconds" in rows[0].problems[0].message


def test_a_cut_answer_and_a_dead_server_are_problems(site: Site, tmp_path: Path) -> None:
    """Nothing of them is saved."""
    site.pages["/cut"] = (200, {"Content-Length": "999"}, b"only this")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}/"
        rows = fetch([site.url("/cut"), dead], tmp_path / "p.warc", visitor(seconds_most=2.0))
    assert codes(rows) == ["fetch-failed"] * 2
    assert not (tmp_path / "p.warc").exists()


def test_a_busy_server_is_asked_again_when_it_says(site: Site, make: Any, tmp_path: Path) -> None:
    """Once, after the time that it names."""
    clock = Clock()

    def busy(handler: Any) -> None:
        site.pages["/"] = (200, {"Content-Type": "text/html"}, make.html_page())
        handler.send_response(429)
        handler.send_header("Retry-After", "30")
        handler.end_headers()

    site.pages["/"] = busy
    (row,) = fetch([site.url("/")], tmp_path / "p.warc", visitor(clock))
    assert row.status == 200
    assert 30.0 in clock.slept


def test_a_file_that_is_no_crawl_is_not_written_to(site: Site, tmp_path: Path) -> None:
    """A slip in `--to` destroys nothing."""
    path = tmp_path / "notes.txt"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(ValueError, match="no WARC file"):
        fetch([site.url("/")], path)
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "fec0::1",
        "100::1",
        "nonsense",
    ],
)
def test_addresses_of_no_public_host_are_refused(address: str) -> None:
    """Private, loopback, link-local and reserved, in every form that leads to one."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_asked(address: str) -> None:
    """Their neighbours in the registries are no reason."""
    assert is_public(address)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open.html", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/caf%C3%A9", False),
        ("/x/y/z", False),
    ],
)
def test_the_longest_rule_decides(path: str, *, allowed: bool) -> None:
    """RFC 9309, 2.2.2 and 2.2.3: wildcards, the end, percent-encoding."""
    rules = parse_robots(
        "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n"
        "Disallow: /caf\xe9\nDisallow: /x*y*z\n",
        "reportedly",
    )
    assert rules.allow(path) is allowed


def test_rules_for_the_program_itself_come_before_those_for_all() -> None:
    """Groups that name it are joined; the others say nothing to it."""
    rules = parse_robots(
        "User-agent: *\nDisallow: /\nUser-agent: Reportedly\nUser-agent: x\nDisallow: /a\nUser-agent: reportedly\nDisallow: /b",
        "reportedly",
    )
    assert [rules.allow(path) for path in ("/", "/a", "/b")] == [True, False, False]


def test_a_pattern_of_many_stars_is_matched_at_once() -> None:
    """No pattern makes the program try every way to place its stars."""
    rules = parse_robots("User-agent: *\nDisallow: /" + "*a" * 500 + "$\n", "reportedly")
    started = time.process_time()
    assert rules.allow("/" + "a" * 5_000 + "b")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "http://",
        "http://exa mple.org/",
        "http://h:99999/",
        "javascript:alert(1)",
        "http://[::1",
        "http://a/" + "x" * 9_000,
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """With a reason and no traceback."""
    with pytest.raises(RefusedAddressError):
        checked_url(url)


def test_addresses_are_written_in_one_form() -> None:
    """International names and paths as servers want them; the fragment is the reader's own."""
    assert checked_url("HTTP://B\xfccher.example:80/caf\xe9 1?q=a b#top").geturl() == "http://xn--bcher-kva.example/caf%C3%A9%201?q=a%20b"
