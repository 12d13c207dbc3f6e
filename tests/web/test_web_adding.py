"""A claim that a person finds: selected with the mouse, taken by a key, quoted where there is no script; with its translation."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportedly.api import Desk

if TYPE_CHECKING:
    from tests.web.conftest import Opens
else:
    Opens = object

if "all" not in os.environ.get("REPORTEDLY_REQUIRE", ""):
    pytest.importorskip("playwright", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.requires("chromium")

FOREIGN = """Паром затонул в Вестфьорде: погибли 26 человек

Осло, 18 ноября 2024 (Северный вестник). Паром «Скарвик» затонул во вторник. Погибли 26 человек, сообщила полиция Нурланна.

Погибли 26 человек, повторило министерство.
"""


@pytest.fixture
def foreign(ledger: Path, tmp_path: Path) -> Path:
    """The example reports with a page in another language beside them."""
    page = tmp_path / "ferry-ru.txt"
    page.write_text(FOREIGN, encoding="utf-8")
    page.with_name("ferry-ru.meta.json").write_text('{"publisher": "Severny Vestnik", "published": "2024-11-18"}', encoding="utf-8")
    with Desk(ledger) as desk:
        desk.add([page])
    return ledger


@pytest.fixture
def desk(foreign: Path, working: str) -> str:
    """A desk over both."""
    assert foreign.exists()
    return working


def page_of(page: Page, address: str) -> None:
    """From the list of documents to the foreign page."""
    page.goto(f"{address}/sources")
    page.get_by_role("link", name="ferry-ru.txt").first.click()
    expect(page.locator(".note").first).to_contain_text("In another language")


def drag(page: Page, passage: Locator, words: str, occurrence: int = 0) -> None:
    """Select words with the mouse, from before their first letter to behind their last."""
    box = passage.evaluate(
        """(passage, [words, occurrence]) => {
            const node = passage.firstChild;
            let at = -1;
            for (let k = 0; k <= occurrence; k += 1) at = node.data.indexOf(words, at + 1);
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const boxes = range.getClientRects();
            const first = boxes[0];
            const last = boxes[boxes.length - 1];
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
        }""",
        [words, occurrence],
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 0.5, box[3], steps=4)
    page.mouse.up()


def test_a_claim_is_selected_with_the_mouse_and_translated(desk: str, opens: Opens) -> None:
    """Words, source and number come from the page, speaker, measure and translation from the person; the claim stands with all of them."""
    page = opens(desk)
    page_of(page, desk)
    body = page.locator(".sheet p").nth(1)
    drag(page, body, "Погибли 26 человек")
    page.get_by_role("toolbar").get_by_role("button", name="A claim").click()
    drag(page, body, "полиция Нурланна")
    page.get_by_role("toolbar").get_by_role("button", name="Its source").click()
    drag(page, body, "26 человек")
    page.get_by_role("toolbar").get_by_role("button", name="A number").click()
    expect(page.locator("[name=low]")).to_have_value("26")
    page.get_by_label("Speakers").fill("Police (Nordland)")
    page.get_by_label("Translation").fill("26 people died")
    page.get_by_label("Measure").select_option("killed")
    page.get_by_label("What is counted").fill("people")
    page.get_by_label("Your name").fill("Ines")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
    assert found.response["violations"] == []
    page.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("status")).to_contain_text("Stored")
    expect(page.get_by_role("heading", level=1)).to_have_text("“Погибли 26 человек”")
    expect(page.locator(".translation")).to_have_text("26 people died translated by Ines")
    expect(page.locator("mark.m-content").first).to_have_text("Погибли ")
    expect(page.locator("mark.m-source")).to_contain_text("полиция Нурланна")
    expect(page.get_by_role("table", name="").filter(has_text="26 человек")).to_contain_text("killed, people")


def test_of_two_places_with_the_same_words_the_selected_one_is_meant(desk: str, opens: Opens) -> None:
    """The last paragraph says it again; the claim is anchored there."""
    page = opens(desk)
    page_of(page, desk)
    drag(page, page.locator(".sheet p").nth(2), "Погибли 26 человек")
    page.keyboard.press("n")
    expect(page.locator("[name=speakers]")).to_be_focused()
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator(".sheet p").nth(2).locator("mark.m-content")).to_have_text("Погибли 26 человек")


def test_a_claim_is_selected_on_the_page_of_another_claim(reading: str, opens: Opens) -> None:
    """The words go along to the form of the whole document."""
    page = opens(f"{reading}/queue")
    page.locator("a.open-claim").first.click()
    words = page.locator(".sheet p.p-body").first.evaluate(
        "(p) => { const node = [...p.childNodes].find((n) => n.nodeType === 3 && n.data.trim().length > 12);"
        " const range = document.createRange(); range.setStart(node, 0); range.setEnd(node, node.data.length);"
        " const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); return node.data.trim(); }"
    )
    page.get_by_role("button", name="Add as a claim").click()
    page.wait_for_url("**/documents/**")
    expect(page.locator("[name=content]")).to_have_value(words)


def test_without_script_words_are_quoted(desk: str, opens: Opens) -> None:
    """Copied words are found on the page; those that stand there twice are refused with a message, and nothing typed is lost."""
    page = opens(desk, java_script_enabled=False)
    page_of(page, desk)
    page.get_by_label("Its words, as they stand on the page").fill("Погибли 26 человек")
    page.get_by_label("Translation").fill("26 people died")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("alert")).to_contain_text("stand 2 times")
    expect(page.get_by_label("Translation")).to_have_value("26 people died")
    page.get_by_label("Its words, as they stand on the page").fill("Погибли 26 человек,\nповторило   министерство")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator(".translation")).to_contain_text("26 people died")
    expect(page.locator(".byline")).to_contain_text("Severny Vestnik, in its own voice")
