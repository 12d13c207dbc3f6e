import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from reportedly.web.app import make_app
from reportedly.web.config import Serving

HERE = "http://localhost"
STORY = "Four dead in ferry disaster"


Csrf = Callable[[TestClient], str]


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
