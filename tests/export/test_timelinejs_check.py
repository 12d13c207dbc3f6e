"""TimelineJS itself takes the timeline: its own data check, run in Chromium from the package that npm gives."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.api import Desk, Question
from reportedly.model import Filters
from reportedly.tasks.handover import export

if "all" not in os.environ.get("REPORTEDLY_REQUIRE", ""):
    pytest.importorskip("playwright", reason="playwright is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.requires("chromium"), pytest.mark.requires("npm")]

PACKAGE = "@knight-lab/timelinejs@3.9.11"
SHA512 = "+jUuY1OJ+9zSO5O3AfYSLd1yB0vQkm22zyIElz8BWT5DQ9mL0rsxlQkBKAqLbWpJjFuAAJeqzLY35xFIg6GW4g=="
MEMBER = "package/dist/js/timeline.js"
HERE = "http://timeline.test"
FILES = {
    "": '<!DOCTYPE html><div id="timeline" style="width: 800px; height: 600px"></div><script src="/timeline.js"></script>',
    "timeline.js": "",
}
LONGEST = 80  # characters of a headline
PATIENCE = 120  # seconds for the registry

LOOK = """async (data) => {
    let refused = null;
    addEventListener('unhandledrejection', (event) => { refused = String(event.reason); }, { once: true });
    const timeline = new TL.Timeline(document.getElementById('timeline'), data, { font: null });
    for (let tries = 0; timeline.config === null && refused === null && tries < 400; tries += 1) {
        await new Promise((done) => setTimeout(done, 50));
    }
    const config = timeline.config;
    if (config === null) return { errors: [refused], valid: false };
    const plain = (words) => {
        const part = document.createElement('p');
        part.innerHTML = words;
        return part.textContent;
    };
    return {
        errors: config.getErrors().map((error) => error.message_key ?? String(error)),
        valid: config.isValid(),
        headlines: config.events.map((event) => plain(event.text.headline)),
        days: config.events.map((event) => ['year', 'month', 'day'].map((part) => event.start_date.data[part])),
    };
}"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TimelineJS's own script, from a package whose digest is pinned; skipped where npm's registry cannot be reached."""
    folder = tmp_path_factory.mktemp("timelinejs")
    command = ["npm", "pack", PACKAGE, "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
    npm = shutil.which(command[0]) or command[0]
    try:
        packed = subprocess.run([npm, *command[1:]], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm's registry does not answer")
    if packed.returncode:
        pytest.skip(f"npm cannot fetch {PACKAGE}: {packed.stderr.strip()[-200:]}")
    (archive,) = folder.glob("*.tgz")
    assert base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == SHA512
    with tarfile.open(archive) as members:
        script = members.extractfile(MEMBER)
        assert script is not None
        path = folder / "timeline.js"
        path.write_bytes(script.read())
    return path


@pytest.fixture(scope="module")
def page(program: Path) -> Iterator["Page"]:
    """A page with TimelineJS in it that reaches no other host."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the tests skip without it

    def answer(route: "Route") -> None:
        name = route.request.url.removeprefix(f"{HERE}/")
        if name in FILES:
            route.fulfill(body=FILES[name] or program.read_text(encoding="utf-8"), content_type="text/javascript" if name else "text/html")
        else:
            route.abort()

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 900, "height": 700})
        opened.route("**/*", answer)
        opened.goto(f"{HERE}/")
        yield opened
        browser.close()


def timeline(ledger: Path, story: str) -> tuple[dict[str, Any], list[str]]:
    """The export of a story, and the words of its events that have a date."""
    question = Question(filters=Filters(story=story))
    with Desk(ledger) as desk:
        (content,) = export(desk, question, "timelinejs").values()
        words = [" ".join(entry.text.split()) for entry in desk.timeline(question) if entry.date or entry.to]
    return json.loads(content), words


@pytest.mark.parametrize("story", ["ferry", "752"])
def test_timelinejs_finds_no_fault(filled: Path, page: "Page", story: str) -> None:
    """No error, every event kept, in order of time, and the words of the pages on its cards."""
    data, words = timeline(filled, story)
    found = page.evaluate(LOOK, data)
    assert (found["errors"], found["valid"]) == ([], True)
    assert len(found["headlines"]) == len(words) > 1
    assert sorted(head.rstrip("…") for head in found["headlines"]) == sorted(
        word if len(word) <= LONGEST else word[: LONGEST - 1].rstrip() for word in words
    )
    assert found["days"] == sorted(found["days"], key=lambda day: [part or 0 for part in day])


def test_the_check_would_find_a_fault(filled: Path, page: "Page") -> None:
    """A date that is none is an error to it: the test above can fail."""
    data, _ = timeline(filled, "ferry")
    data["events"][0]["start_date"] = {"year": "some time"}
    assert page.evaluate(LOOK, data)["errors"]
