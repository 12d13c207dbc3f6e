"""The official client lists and calls every tool; every claim that an answer names comes with its passage."""

import asyncio
import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters
from reportedly.api import Desk, Question
from reportedly.mcp.answering import MOST_ROWS
from reportedly.mcp.serving import make_server

READING = {
    "list_stories": {},
    "search_claims": {"words": "ferry"},
    "list_claims": {"story": "ferry", "speaker": "police"},
    "get_claim": {"claim": "?"},
    "get_series": {"measure": "killed", "as_of": "2024-11-20"},
    "get_assessments": {"as_of": "2024-11-20"},
    "get_positions": {"speaker": "Halden"},
    "get_changes": {"since": "2024-11-12", "until": "2024-11-15"},
    "check_draft": {"text": "At least four people were killed, the Norwegian Coast Guard said.", "as_of": "2024-11-20"},
}


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    """What a client of a server gets."""

    async def connect() -> Any:
        async with Client(server) as client:
            return await use(client)

    return asyncio.run(connect())


def words_of(result: Any) -> str:
    """What a tool says in words."""
    return "".join(part.text for part in result.content)


def call(server: Any, tool: str, **arguments: Any) -> Any:
    """The answer of one tool; the error's words where it fails."""

    async def use(client: Client) -> Any:
        result = await client.call_tool(tool, arguments)
        if result.is_error:
            return words_of(result)
        return result.structured_content

    return with_client(server, use)


def claims_in(value: Any) -> set[str]:
    """Ids of claims anywhere in an answer's rows."""
    return {word for word in json.dumps(value).replace('"', " ").replace(",", " ").split() if word.startswith("c:") and len(word) == 18}


def test_the_client_lists_the_tools_and_what_they_may_do(filled: Path) -> None:
    """Nine tools that read, two more that write only where the server was started so."""
    with Desk(filled) as desk:
        for writes in (False, True):

            async def names(client: Client) -> dict[str, bool | None]:
                tools = (await client.list_tools()).tools
                assert all(tool.description for tool in tools)
                return {tool.name: tool.annotations.read_only_hint if tool.annotations else None for tool in tools}

            found = with_client(make_server(desk, writes=writes), names)
            assert found == dict.fromkeys(READING, True) | ({"judge": False, "undo": False} if writes else {})


@pytest.mark.parametrize("tool", sorted(READING))
def test_every_answer_carries_claims_and_their_passages(filled: Path, tool: str) -> None:
    """Each claim named is in `passages`, in words that stand in its document's text at the place given."""
    with Desk(filled) as desk:
        arguments: dict[str, Any] = dict(READING[tool])
        if tool == "get_claim":
            arguments["claim"] = desk.claims(Question())[0].claim.id
        found = call(make_server(desk), tool, **arguments)
        assert found["rows"]
        assert len(found["rows"]) <= MOST_ROWS
        assert found["revision"] == desk.revision
        named = claims_in(found["rows"])
        assert named or tool == "list_stories"
        assert named <= set(found["passages"])
        texts = {d.name: desk.holdings().text_of(d.id) for d in desk.holdings().documents.values()}
        for passage in found["passages"].values():
            assert texts[passage["document"]][passage["start"] : passage["end"]] == passage["text"]


def test_a_clock_hides_what_came_later(filled: Path) -> None:
    """As of a day before everything there is nothing, and no passage."""
    with Desk(filled) as desk:
        found = call(make_server(desk), "get_series", as_of="2001-01-01")
    assert (found["rows"], found["passages"], found["as_of"]) == ([], {}, "2001-01-01")


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("get_claim", {"claim": "c:ffffffffffffffff"}, "no claim"),
        ("get_series", {"as_of": "yesterday"}, "is no date"),
        ("get_series", {"policy": "fairest"}, "no policy"),
        ("get_changes", {"since": "2024-11-15", "until": "2024-11-12"}, "is no date"),
        ("list_claims", {"story": "no such story"}, "no story"),
        ("list_claims", {"limit": "many"}, "limit"),
        ("judge", {"kind": "reject", "targets": ["c:1"], "by": "A", "reason": ""}, "judge"),
    ],
)
def test_a_wrong_question_is_told_in_words(filled: Path, tool: str, arguments: dict[str, Any], message: str) -> None:
    """An error that the assistant can act on, without a traceback; a tool that writes is not there at all."""

    async def use(client: Client) -> str:
        try:
            result = await client.call_tool(tool, arguments)
        except Exception as error:  # noqa: BLE001 - of the protocol, for a tool that is unknown
            return str(error)
        assert result.is_error
        return words_of(result)

    with Desk(filled) as desk:
        words = with_client(make_server(desk), use)
    assert message in words
    assert "Traceback" not in words


def test_writing_is_by_name_and_undoable(ledger: Path) -> None:
    """Started so, a claim is rejected and comes back; the log has the name and the reason."""
    with Desk(ledger) as desk:
        claim = desk.claims(Question())[0].claim.id
        server = make_server(desk, writes=True)
        made = call(server, "judge", kind="reject", targets=[claim], by="Ann", reason="misread")
        assert claim not in {c.claim.id for c in desk.claims(Question())}
        assert call(server, "undo", judgement=made["id"], by="Bo", reason="was right")["undone"] == made["id"]
        assert claim in {c.claim.id for c in desk.claims(Question())}
        assert [d.by for d in desk.store.history()] == ["Bo", "Ann"]


def test_the_program_speaks_over_standard_input_and_output(filled: Path, tmp_path: Path) -> None:
    """`reportedly mcp` answers a client that started it, and nothing else is on its standard output."""
    ledger = shutil.copy(filled, tmp_path / "copy.db")
    words = [sys.executable, "-m", "reportedly", "mcp", "--ledger", str(ledger)]

    async def use(client: Client) -> int:
        result = await client.call_tool("list_stories", {})
        return len(result.structured_content["rows"])

    assert with_client(StdioServerParameters(command=words[0], args=words[1:]), use) > 1


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_program_speaks_over_http_on_this_machine(filled: Path, tmp_path: Path) -> None:
    """`reportedly mcp --port` answers the same client, and a page of another site that asks for it is refused."""
    ledger, port = shutil.copy(filled, tmp_path / "copy.db"), free_port()
    words = [sys.executable, "-m", "reportedly", "mcp", "--ledger", str(ledger), "--port", str(port)]

    async def use(client: Client) -> int:
        result = await client.call_tool("list_stories", {})
        return len(result.structured_content["rows"])

    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            wait_for(port)
            assert with_client(f"http://127.0.0.1:{port}/mcp", use) > 1
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("POST", "/mcp", body="{}", headers={"Host": "evil.example", "Content-Type": "application/json"})
            assert connection.getresponse().status in (400, 403, 421)
            connection.close()
        finally:
            process.terminate()
            process.communicate(timeout=30)


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nobody listens")
