"""The server: its tools, over standard input and output or HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from reportedly import __version__
from reportedly.api import Correction, Desk, Question
from reportedly.errors import BadDateError, ReportedlyError
from reportedly.mcp.answering import answer, day, question
from reportedly.model import PlaceLike, Row, row_of

T = TypeVar("T")
Writing = Literal["add", "accept", "reject", "amend", "merge", "split", "grade"]

INSTRUCTIONS = """A ledger of who said what, when, through whom, about when, with what figure, read from saved news pages.
Every answer names claims by id (c:...) and gives the passage of each under `passages`: cite id and passage for whatever you repeat.
Give figures in their printed words with who said them and as of when. Where `best` is null the reports leave it open: do not pick or
average. Support of a statement and disputes of it are two things; name both. Days are ISO dates; `as_of` is what had been said by then."""

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How a ledger is offered to assistants.

    Attributes:
        ledger: the ledger's file, or the address of its database.
        writes: whether they may judge and undo, too.
        port: the port of HTTP on this machine; None speaks over standard input and output.
    """

    ledger: PlaceLike
    writes: bool = False
    port: int | None = None


def run(offer: Offer) -> None:
    """Serve a ledger until the other side closes, or the process is told to end.

    Raises:
        CannotRunError: the ledger cannot be opened.
    """
    with Desk(offer.ledger, lagging=True) as desk:
        server = make_server(desk, writes=offer.writes)
        if offer.port is None:
            server.run("stdio")
        else:
            server.run("streamable-http", host="127.0.0.1", port=offer.port)


def make_server(desk: Desk, *, writes: bool = False) -> MCPServer:
    """A server of a ledger's tools.

    Args:
        desk: the ledger's desk.
        writes: whether `judge` and `undo` are among them.
    """
    server = MCPServer(name="reportedly", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(desk)
    for read in (
        tools.list_stories,
        tools.search_claims,
        tools.list_claims,
        tools.get_claim,
        tools.get_series,
        tools.get_assessments,
        tools.get_positions,
        tools.get_changes,
        tools.check_draft,
    ):
        server.tool(annotations=_READS)(read)
    if writes:
        for write in (tools.judge, tools.undo):
            server.tool(annotations=_WRITES)(write)
    return server


class Tools:
    """The tools of one ledger; they take turns.

    Args:
        desk: the ledger's desk.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = Lock()

    def _ask(self, ask: Callable[[], T]) -> T:
        """Answer, or say in words what is wrong with the question."""
        try:
            with self._turn:
                return ask()
        except ReportedlyError as error:
            raise ToolError(str(error)) from error

    def _rows(self, ask: Callable[[Question], list[Any]], **asked: object) -> Row:
        def found() -> Row:
            made = question(asked)
            return answer(self._desk, made, ask(made))

        return self._ask(found)

    def list_stories(self, as_of: str | None = None) -> Row:
        """List the stories of the ledger: id, title and articles. Use an id, or words of a title, as `story` in other tools."""
        return self._rows(self._desk.stories, as_of=as_of)

    def search_claims(self, words: str, story: str | None = None, as_of: str | None = None, limit: int = 20) -> Row:
        """Find passages that hold all the words, a "quoted phrase" or a prefix*, with the claim around each."""
        return self._rows(lambda made: self._desk.search(words, made), story=story, as_of=as_of, limit=limit)

    def list_claims(
        self, story: str | None = None, speaker: str | None = None, as_of: str | None = None, limit: int = 20, offset: int = 0
    ) -> Row:
        """List claims: who said what, when, through whom, with what figure. `speaker` takes words of a name or principal."""

        def ask(made: Question) -> list[Any]:
            return [stored.claim for stored in self._desk.claims(made)]

        return self._rows(ask, story=story, speaker=speaker, as_of=as_of, limit=limit, offset=offset)

    def get_claim(self, claim: str) -> Row:
        """One claim by its id (or the start of one): its record, passage, outlet, and the other claims of the same origin."""
        return self._rows(lambda _: [self._desk.show(claim)])

    def get_series(
        self, story: str | None = None, measure: str | None = None, as_of: str | None = None, policy: str | None = None, limit: int = 20
    ) -> Row:
        """Series of figures as of a day: low, best (null where the reports leave it open), high, why, disputes, and every entry behind."""
        return self._rows(self._desk.figures, story=story, measure=measure, as_of=as_of, policy=policy, limit=limit)

    def get_assessments(self, story: str | None = None, as_of: str | None = None, limit: int = 20) -> Row:
        """What was put forward as of a day: its support (none, alleged, corroborated, acknowledged, withdrawn) and, apart, its disputes."""
        return self._rows(self._desk.statements, story=story, as_of=as_of, limit=limit)

    def get_positions(self, speaker: str, story: str | None = None, as_of: str | None = None) -> Row:
        """What an actor or principal says of each statement: supports, denies or leaves open, when, in which claim."""

        def ask(made: Question) -> list[Any]:
            name = speaker.casefold()
            rows = [position for row in self._desk.statements(made) for position in row.positions]
            return [p for p in rows if name in f"{p.actor} {p.principal or ''}".casefold()]

        return self._rows(ask, story=story, speaker=speaker, as_of=as_of)

    def get_changes(self, since: str, until: str, story: str | None = None) -> Row:
        """What is otherwise on the later of two days: new figures, revisions, positions, reversals, withdrawals, edited pages."""

        def ask(made: Question) -> list[Any]:
            first, last = day(since, "since"), day(until, "until")
            if first is None or last is None or last < first:
                raise BadDateError(f"{since} to {until}", name="since, until")
            return self._desk.changes(first, last, made)

        return self._rows(ask, story=story)

    def check_draft(self, text: str, as_of: str | None = None, story: str | None = None) -> Row:
        """Say of each figure and attribution in a text what the ledger supports: a verdict, why, and the passage."""

        def ask(made: Question) -> list[Any]:
            from reportedly.read import read_stream  # noqa: PLC0415 - the readers are heavy

            return [row for reading in read_stream(text.encode(), "draft.txt") for row in self._desk.check(reading, made)]

        return self._rows(ask, story=story, as_of=as_of)

    def judge(self, kind: Writing, targets: list[str], by: str, reason: str, changes: dict[str, Any] | None = None) -> Row:
        """Correct the ledger in a person's name, with a reason: accept, reject, amend or add a claim, merge or split, grade. Undoable."""

        def ask() -> Row:
            seen = self._desk.revision
            correction = Correction(kind=kind, targets=tuple(targets), by=by, reason=reason, changes=changes or {}, seen=seen)
            return row_of(self._desk.judge(correction))

        return self._ask(ask)

    def undo(self, judgement: str, by: str, reason: str) -> Row:
        """Take a judgement back by its id (j:...); both stay on record."""

        def ask() -> Row:
            self._desk.undo(judgement, by=by, reason=reason)
            return {"undone": judgement, "revision": self._desk.revision}

        return self._ask(ask)
