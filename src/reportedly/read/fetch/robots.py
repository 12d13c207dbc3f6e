"""What a site's robots.txt lets a program fetch."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

_LINES_MOST = 20_000
_RULE_MOST = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of a site for one program.

    Attributes:
        rules: path patterns with whether they allow; the longest that matches decides.
        delay: seconds that are to lie between two requests; None where nothing is said.
        fault: why the rules cannot be had, so that nothing may be fetched (RFC 9309, 2.3.1.4); None where they can.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None
    fault: str | None = None

    def allow(self, path: str) -> bool:
        """Whether a page may be fetched.

        Args:
            path: its path with its query.
        """
        wanted = _plain(path or "/")
        decisions = [(len(pattern), allows) for pattern, allows in self.rules if _matches(pattern, wanted)]
        return max(decisions, default=(0, True))[1]


def parse_robots(text: str, agent: str) -> Robots:
    """The rules that a robots.txt has for one program.

    Args:
        text: the file.
        agent: the program's product token, in lower case.

    Returns:
        The rules of all groups that name the program, else of those for every program.

    Source: RFC 9309; `Crawl-delay` is no part of it, and honoured all the same.
    """
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    named = False
    agents: list[str] = []
    opening = True
    for raw in text.splitlines()[:_LINES_MOST]:
        key, _, value = raw.partition("#")[0][:_RULE_MOST].partition(":")
        key, value = key.strip().casefold(), value.strip()
        if key == "user-agent":
            agents = [*agents, value.casefold()] if opening else [value.casefold()]
            opening = True
            named = named or value.casefold() == agent
        elif key in ("allow", "disallow", "crawl-delay"):
            opening = False
            own += [(key, value)] if agent in agents else []
            others += [(key, value)] if "*" in agents else []
    lines = own if named else others
    return Robots(rules=tuple((_plain(v), k == "allow") for k, v in lines if k != "crawl-delay" and v), delay=_delay(lines))


def _delay(lines: Iterable[tuple[str, str]]) -> float | None:
    for key, value in lines:
        if key == "crawl-delay" and value.replace(".", "", 1).isdecimal():
            return float(value)
    return None


def _plain(path: str) -> str:
    """A path in one form of percent-encoding, `*` and `$` kept."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&;:@!',+~()[]-._", errors="surrogateescape")


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the start of a path; in linear time."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    last = rest.pop() if ends and rest else None
    for piece in rest:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= place and path.endswith(last)
    return not ends or place == len(path)
