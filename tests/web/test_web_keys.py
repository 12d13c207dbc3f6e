"""Single keys can be changed and turned off by whoever uses them, and each page says which they are (WCAG 2.2, 2.1.4 and 3.2.6)."""

import os
import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from tests.web.conftest import Csrf, Opens
else:
    Csrf = Opens = object

if "all" not in os.environ.get("REPORTEDLY_REQUIRE", ""):
    pytest.importorskip("playwright", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy
pytestmark = pytest.mark.requires("chromium")
STORED = "reportedly.keys"


def panel(page: Page) -> None:
    """Open the list of keys by its key, and wait for it."""
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def at_hand(page: Page) -> str:
    """The words of the case at hand."""
    return page.locator(".case[aria-current] h2").text_content() or ""


def test_a_key_can_be_another_and_stays_it(opens: Opens, working: str) -> None:
    """The panel lists the keys; one that is changed does its work at once, after the page is loaded again, and its old key none."""
    page = opens(f"{working}/queue")
    words = [page.locator(".case h2").nth(k).text_content() or "" for k in (0, 1)]
    panel(page)
    expect(page.get_by_role("dialog").get_by_label("next")).to_have_value("j")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
    assert found.response["violations"] == []
    page.get_by_role("dialog").get_by_label("next").fill("y")
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    for _ in range(2):
        expect(page.locator('.keys [data-deed="next"]')).to_have_text("y")
        page.keyboard.press("j")
        assert at_hand(page) == words[0]
        page.keyboard.press("y")
        assert at_hand(page) == words[1]
        page.reload()
    panel(page)
    page.get_by_role("button", name="As they were").click()
    page.get_by_role("button", name="Keep these keys").click()
    page.keyboard.press("j")
    assert at_hand(page) == words[1]


def test_keys_can_be_turned_off_and_on_again(opens: Opens, working: str) -> None:
    """Off, no key judges, seeks or opens anything, on any page; the button at the foot of each page turns them on again."""
    page = opens(f"{working}/queue")
    panel(page)
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.get_by_text("Single keys are off.")).to_be_visible()
    expect(page.locator(".keys kbd").first).to_be_hidden()
    for key in ("j", "a", "r", "/", "?"):
        page.keyboard.press(key)
    assert at_hand(page) == page.locator(".case h2").first.text_content()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#quick")).not_to_be_focused()
    page.goto(f"{working}/sources")
    page.keyboard.press("/")
    expect(page.locator("#quick")).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use single keys").check()
    page.get_by_role("button", name="Keep these keys").click()
    page.keyboard.press("/")
    expect(page.locator("#quick")).to_be_focused()
    assert page.request.get(f"{working}/api/v1/judgements").json()["total"] == 0


def test_one_key_does_not_do_two_things(opens: Opens, working: str) -> None:
    """A key that is given twice is refused with both names; leaving keeps what was; an empty field is no key."""
    page = opens(f"{working}/queue")
    panel(page)
    page.get_by_role("dialog").get_by_label("previous").fill("j")
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("“j” stands twice: next, and previous.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    panel(page)
    expect(page.get_by_role("dialog").get_by_label("previous")).to_have_value("k")
    page.get_by_role("dialog").get_by_label("accept").fill("")
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.locator('.keys [data-deed="accept"]')).to_be_hidden()
    page.keyboard.press("a")
    page.keyboard.press("j")
    assert at_hand(page) == page.locator(".case h2").nth(1).text_content()


def test_what_is_stored_may_be_anything(opens: Opens, working: str) -> None:
    """Words in the browser's storage that are no choice of keys leave the keys as they are."""
    page = opens(f"{working}/queue")
    for words in ("no choice", '"j"', "null", '{"keys": {"next": 7, "previous": "jk"}}'):
        page.evaluate("([place, words]) => localStorage.setItem(place, words)", [STORED, words])
        page.reload()
        page.keyboard.press("j")
        assert at_hand(page) == page.locator(".case h2").nth(1).text_content()


def test_who_comes_to_the_queue_reads_it_from_its_head(opens: Opens, working: str) -> None:
    """The focus is left where the page begins; after a verdict it is on the next claim, told together with what was stored."""
    page = opens(f"{working}/queue")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Stored")
    expect(page.locator(".case[aria-current]")).to_be_focused()
    expect(page.locator(".case[aria-current]")).to_have_accessible_description(re.compile("Stored"))


def test_without_script_there_are_no_keys(opens: Opens, working: str) -> None:
    """Neither the list of the queue nor the button at the foot promises any."""
    page = opens(f"{working}/queue", java_script_enabled=False)
    expect(page.locator(".case").first).to_be_visible()
    expect(page.locator(".keys")).to_be_hidden()
    expect(page.locator("[data-open-keys]").last).to_be_hidden()


def test_who_signed_need_not_type_their_name_again(desk: TestClient, csrf: Csrf) -> None:
    """The next form of the same browser has the name, that of another has not (WCAG 2.2, 3.3.7)."""
    claims = [row["id"] for row in desk.get("/api/v1/claims?limit=2").json()["rows"]]
    desk.post(f"/claims/{claims[0]}/judge", data={"kind": "accept", "by": " Ines Holm ", "reason": "", "csrf": csrf(desk)})
    for address in (f"/claims/{claims[1]}", "/actors", "/codings", "/import"):
        assert 'value="Ines Holm"' in desk.get(address).text
    desk.cookies.clear()
    assert "Ines Holm" not in desk.get(f"/claims/{claims[1]}").text
