"""Takes the pictures of the desk in `docs/images/desk/`: `python docs/desk_pictures.py`, which needs Chromium and Playwright.

Every page of the desk over the example reports, light for a desk and dark for a telephone; the pages most looked at in all four ways.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from reportedly.api import Correction, Desk, Question
from reportedly.web.app import make_app
from reportedly.web.config import Serving

HERE = Path(__file__).parent
FOLDER = HERE / "images" / "desk"
SIZES = {"desk": (1200, 860), "phone": (390, 780)}
ALL_WAYS = ("story", "positions", "claim", "search")
DRAFT = "Nordland police said on Monday that 26 people were killed. The coast guard said 900 people were missing."
DAY = "2024-11-20"
CODING = "first round"
COLOURS = "128"
SELECT = """() => {
    const range = document.createRange();
    const passages = document.querySelectorAll('.sheet p.p-body');
    range.selectNodeContents(passages[passages.length - 2]);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    passages[passages.length - 2].scrollIntoView({ block: 'center' });
}"""
"""Selects a paragraph as a hand would."""


def pages(desk: Desk) -> dict[str, str]:
    """The pages by name."""
    held = desk.holdings()
    story = next(found.id for found in held.links.stories if "ferry" in found.title)
    claim = next(c for c in held.claims if any(f.measure == "killed" and f.low == f.high == 26 for f in c.claim.figures))  # noqa: PLR2004
    return {
        "stories": "/",
        "story": f"/stories/{story}?as_of={DAY}",
        "positions": f"/stories/{story}?as_of={DAY}#positions",
        "claim": f"/claims/{claim.claim.id}",
        "search": "/search?q=killed",
        "actors": "/actors",
        "sources": "/sources",
        "document": f"/documents/{claim.document}",
        "adding": f"/documents/{claim.document}",
        "lives": f"/lives?story={story}",
        "primaries": f"/primaries?story={story}",
        "check": "/check",
        "watch": "/watch",
        "queue": "/queue",
        "keys": "/queue",
        "codings": "/codings",
        "coding": f"/codings/{CODING}",
        "judgements": "/judgements",
        "add": "/add",
        "import": "/import",
        "exports": f"/exports?story={story}",
        "infobox": f"/infobox?story={story}",
        "brief": f"/stories/{story}/brief?as_of={DAY}",
        "problems": "/problems",
        "api": "/api",
    }


def code_twice(desk: Desk) -> None:
    """Two coders' views of two claims."""
    for claim in desk.claims(Question())[:2]:
        for coder in ("Ines", "Tor"):
            desk.judge(Correction(kind="accept", targets=(claim.claim.id,), by=coder, reason="", coding=CODING))
    other = desk.claims(Question())[2].claim.id
    desk.judge(Correction(kind="accept", targets=(other,), by="Ines", reason="as printed", coding=CODING))
    desk.judge(Correction(kind="amend", targets=(other,), by="Tor", reason="", changes={"stance": "doubts"}, coding=CODING))


def take(page: Page, name: str, address: str, mode: str) -> None:
    """One picture; the form for a draft is shown with its answer, that for a claim while one is being added."""
    page.goto(address)
    if name in ("check", "watch"):
        page.locator("#draft").fill(DRAFT)
        page.locator("#day").fill(DAY)
        page.get_by_role("button", name="Check" if name == "check" else "Look").click()
        page.locator(".draft").wait_for()
    if name == "adding":
        page.evaluate(SELECT)
        page.get_by_role("button", name="A claim").click()
        page.evaluate(SELECT)
        page.locator(".marking").wait_for()
    if name == "keys":
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
    page.screenshot(path=FOLDER / f"{name}-{mode}.png")


def main() -> None:
    """All pictures anew."""
    os.chdir(HERE.parent)  # documents are named by their paths as given
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener, sync_playwright() as playwright:
        ledger = Path(folder) / "examples.db"
        with Desk(ledger, create=True) as desk:
            desk.add([Path("examples/ferry"), Path("examples/flight-752")])
            found = pages(desk)
            code_twice(desk)
        server = uvicorn.Server(uvicorn.Config(make_app(Serving(ledger=ledger)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
                context.set_default_timeout(120_000)
                page = context.new_page()
                chosen = found if (size, scheme) in (("desk", "light"), ("phone", "dark")) else {name: found[name] for name in ALL_WAYS}
                for name, path in chosen.items():
                    take(page, name, f"http://127.0.0.1:{listener.getsockname()[1]}{path}", f"{size}-{scheme}")
                context.close()
        browser.close()
        server.should_exit = True
        thread.join()
    mogrify = shutil.which("mogrify")
    if mogrify:  # ImageMagick: a third of the bytes
        subprocess.run([mogrify, "-dither", "None", "-colors", COLOURS, *sorted(map(str, FOLDER.glob("*.png")))], check=True)  # noqa: S603 - our own files


if __name__ == "__main__":
    main()
