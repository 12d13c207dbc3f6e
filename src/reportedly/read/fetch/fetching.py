"""Fetches the pages of a list, politely, into a WARC file that can be read like any other."""

import datetime as dt
import http
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from reportedly.model import Fetched, Problem
from reportedly.read.archives.http_message import HttpMessage
from reportedly.read.fetch.addresses import is_public
from reportedly.read.fetch.robots import Robots, parse_robots
from reportedly.read.fetch.warc_writing import WarcFile, payload_digest
from reportedly.read.fetch.web_client import PRODUCT, Admits, Answer, FetchError, FetchLimits, RefusedAddressError, ask, checked_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_WAIT_MOST = 120.0  # seconds that a server or its robots.txt may ask us to wait
_ROBOTS_LIMITS = FetchLimits(bytes_most=512_000, seconds_most=30.0, redirects_most=5)  # RFC 9309, 2.5 and 2.3.1.2


class _RobotsError(FetchError):
    """A page that its site does not want fetched."""


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Asks sites for pages, one after the other.

    Attributes:
        limits: what a page may cost.
        admits: which network addresses may be asked; only tests on this machine give another than the public ones.
        clock: seconds that only grow.
        sleep: waits so many seconds.
        visited: when each host was last asked.
        robots: the rules of each site that was asked for them.
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    admits: Admits = is_public
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    visited: dict[str, float] = field(default_factory=dict)
    robots: dict[str, Robots] = field(default_factory=dict)

    def visit(self, url: str) -> list[Answer]:
        """Ask for a page and follow its redirects; every address on the way is checked like the first.

        Args:
            url: its address.

        Returns:
            The answers on the way, the page's own last.

        Raises:
            FetchError: there is no answer, or the site does not want it asked for.
        """
        answers: list[Answer] = []
        for _ in range(self.limits.redirects_most + 1):
            answer = self._answer(url)
            answers.append(answer)
            goal = answer.field("location") if answer.status in _REDIRECTS else None
            if goal is None:
                return answers
            url = urljoin(answer.url, goal)
        raise FetchError(f"it redirects more than {self.limits.redirects_most} times")

    def _answer(self, url: str) -> Answer:
        parts = checked_url(url)
        rules = self._rules(f"{parts.scheme}://{parts.netloc}")
        if rules.fault is not None:
            raise FetchError(rules.fault)
        if not rules.allow(parts.path + (f"?{parts.query}" if parts.query else "")):
            raise _RobotsError("the site's robots.txt does not let it be fetched")
        if (rules.delay or 0) > _WAIT_MOST:
            raise _RobotsError(f"the site's robots.txt asks for {rules.delay:g} seconds between two pages")
        self._wait(parts.hostname or "", rules.delay)
        answer = ask(url, self.limits, self.admits)
        pause = _pause(answer) if answer.status in _BUSY else None
        if pause is not None and pause <= _WAIT_MOST:
            self.sleep(pause)
            self._wait(parts.hostname or "", rules.delay)
            answer = ask(url, self.limits, self.admits)
        return answer

    def _rules(self, site: str) -> Robots:
        """A site's rules, asked for once (RFC 9309, 2.3.1: none where there is no such file, all forbidden where the server fails)."""
        if site not in self.robots:
            self.robots[site] = self._ask_rules(f"{site}/robots.txt")
        return self.robots[site]

    def _ask_rules(self, url: str) -> Robots:
        for _ in range(_ROBOTS_LIMITS.redirects_most + 1):
            self._wait(urlsplit(url).hostname or "", None)
            try:
                answer = ask(url, _ROBOTS_LIMITS, self.admits)
            except RefusedAddressError:
                raise
            except FetchError as error:
                return Robots(fault=f"the site's robots.txt cannot be had: {error}")
            goal = answer.field("location") if answer.status in _REDIRECTS else None
            if goal is None:
                break
            url = urljoin(answer.url, goal)
        if answer.status == http.HTTPStatus.OK:
            fields = {name.casefold(): value for name, value in answer.header}
            body, _ = HttpMessage(status=answer.status, fields=fields, raw=answer.body).body()
            return parse_robots(body.decode("utf-8", "replace"), PRODUCT)
        failed = answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR
        return Robots(fault=f"the server answered {answer.status} when asked for robots.txt") if failed else Robots()

    def _wait(self, host: str, delay: float | None) -> None:
        """Wait until the host may be asked again."""
        pause = max(self.limits.delay, delay or 0.0)
        last = self.visited.get(host)
        if last is not None and (left := last + pause - self.clock()) > 0:
            self.sleep(left)
        self.visited[host] = self.clock()


def fetch_pages(urls: Iterable[str], path: Path, visitor: Visitor | None = None) -> Iterator[Fetched]:
    """Fetch pages into a WARC file.

    Args:
        urls: their addresses; one that is listed twice, or that the file holds, is not asked for again.
        path: the file, which `add` and `read` take like any other; pages are added to one that is there.
        visitor: who asks; None takes one with the usual limits.

    Yields:
        A row a page, in the order of the list. A page that was not fetched has a problem: `refused-address` for one that is, or leads
        to, an address of no public host, `robots-disallow`, `fetch-failed`. An answer that is an error is saved and told.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: it is no WARC file.
    """
    visitor = visitor or Visitor()
    file = WarcFile(path)
    for url in dict.fromkeys(word.strip() for word in urls):
        yield _fetch(url, file, visitor)


def _fetch(url: str, file: WarcFile, visitor: Visitor) -> Fetched:
    try:
        if checked_url(url).geturl() in file.addresses:
            return Fetched(url=url, file=str(file.path), held=True)
        answers = visitor.visit(url)
    except RefusedAddressError as error:
        return _refused(url, "refused-address", f"it was not fetched: {error}")
    except _RobotsError as error:
        return _refused(url, "robots-disallow", f"it was not fetched: {error}")
    except FetchError as error:
        return _refused(url, "fetch-failed", f"it was not fetched: {error}")
    moment = dt.datetime.now(dt.UTC)
    file.add(answers, moment)
    last = answers[-1]
    problems: tuple[Problem, ...] = ()
    if last.status != http.HTTPStatus.OK:
        message = f"the server answered {last.status} {last.reason}; the answer was saved and no page will be read from it"
        problems = (Problem(code="fetch-failed", message=message, document=url),)
    return Fetched(
        url=url,
        address=last.url,
        status=last.status,
        media_type=(last.field("content-type") or "").partition(";")[0].strip() or None,
        size=len(last.body),
        digest=payload_digest(last.body),
        fetched=moment.isoformat(timespec="seconds"),
        file=str(file.path),
        problems=problems,
    )


def _refused(url: str, code: str, message: str) -> Fetched:
    return Fetched(url=url, problems=(Problem(code=code, message=message, document=url),))


def _pause(answer: Answer) -> float | None:
    """Seconds that a busy server asks us to wait; None where it says nothing that makes sense."""
    words = answer.field("retry-after") or ""
    if words.isdecimal():
        return float(words)
    try:
        return max(0.0, (parsedate_to_datetime(words) - dt.datetime.now(dt.UTC)).total_seconds())
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
