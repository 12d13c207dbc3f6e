import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from reportedly.web.app import make_app
from reportedly.web.config import Serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = "http://localhost"
PATIENCE = 60_000  # milliseconds; the machine may be busy
STORY = "Four dead in ferry disaster"


Csrf = Callable[[TestClient], str]
Opens = Callable[..., "Page"]


@pytest.fixture
def csrf() -> Csrf:
    """Tells what the forms of a browser's session carry."""

    def look(browser: TestClient) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get("/sign-in").text)
        assert found is not None
        return found[1]

    return look


@pytest.fixture(scope="session")
def reading_app(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The desk of the example reports, for tests that change nothing."""
    path = Path(shutil.copy(filled, tmp_path_factory.mktemp("web") / "reading.db"))
    app = make_app(Serving(ledger=path, pace=10_000))
    with TestClient(app, base_url=HERE):
        yield app


@pytest.fixture
def reader(reading_app: FastAPI) -> TestClient:
    """A browser at that desk."""
    return TestClient(reading_app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def desk(ledger: Path) -> Iterator[TestClient]:
    """A browser at a desk of its own, which a test may change."""
    app = make_app(Serving(ledger=ledger, pace=10_000, largest_upload=1 << 20))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def story_id(reading_app: FastAPI) -> str:
    """The id of the ferry's story."""
    stories = reading_app.state.answers.desk.holdings().links.stories
    return str(next(story.id for story in stories if story.title == STORY))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """The machine's own Chromium; nothing is downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the tests that ask for it skip without it

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


def served(ledger: Path) -> Iterator[str]:
    """Serve a ledger on a free port as long as it is wanted; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(Serving(ledger=ledger, pace=10_000)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def reading(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk of the example reports, for tests that change nothing."""
    yield from served(Path(shutil.copy(filled, tmp_path_factory.mktemp("browser") / "reading.db")))


@pytest.fixture
def working(ledger: Path) -> Iterator[str]:
    """The same, for tests that change it."""
    yield from served(ledger)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """A desk whose ledger holds nothing yet."""
    yield from served(tmp_path / "new.db")


@pytest.fixture
def opens(browser: "Browser") -> Iterator[Opens]:
    """Opens pages; one that complains on its console, as of something that the policy refused, fails the test."""
    complaints: list[str] = []
    contexts = []

    def begin(address: str, **options: Any) -> "Page":
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.goto(address)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert [words for words in complaints if not re.search("status of (409|422)", words)] == []
