import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Opens
else:
    Opens = object

if "all" not in os.environ.get("REPORTEDLY_REQUIRE", ""):
    pytest.importorskip("playwright", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy
pytestmark = pytest.mark.requires("chromium")

PATIENCE = 60_000  # milliseconds; the machine may be busy
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = [("desk, light", 1280, "light"), ("phone, dark", 390, "dark")]  # colours come with the scheme, layout with the width


def story_of(page: Page, title: str = "Four dead in ferry disaster") -> None:
    """From the list of stories to one of them."""
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def to_day(page: Page, place: int) -> None:
    """Move the slider as a hand would, and wait until the story has followed."""
    page.locator("#slide").evaluate("(slide, at) => { slide.value = at; slide.dispatchEvent(new Event('input', {bubbles: true})); }", place)
    page.wait_for_url(re.compile("as_of="))
    expect(page.locator("body")).not_to_have_class("busy")


def test_from_saved_pages_to_a_corrected_brief(opens: Opens, empty: str, examples: Path) -> None:
    """Add the reports, open the story, move the clock, see a figure change, open its passage, amend it, undo that, take the brief."""
    page = opens(f"{empty}/add")
    page.locator("#files").set_input_files(sorted((examples / "ferry").iterdir()))
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text(re.compile(r"8 documents read, 8 of them new"))).to_be_visible(timeout=4 * PATIENCE)
    page.get_by_role("link", name="To the stories").click()
    story_of(page)
    toll = page.locator(".ledger tbody tr").first
    expect(toll).to_contain_text("More than 25 people")
    to_day(page, 0)
    expect(toll).not_to_contain_text("More than 25 people")
    expect(toll).to_contain_text("at least four people")
    to_day(page, 2)
    page.locator(".panel:not(.slim) .chart .wide a").first.click()
    expect(page.locator("mark.m-figure").first).to_contain_text("four people")
    page.get_by_text("Amend", exact=True).first.click()
    page.get_by_label("Stance").select_option("estimates")
    page.get_by_label("Why it is amended").fill("a first estimate, as the text says later")
    page.get_by_role("button", name="Amend").click()
    expect(page.locator(".byline .tag")).to_have_text("estimates")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("tr.s-withdrawn")).to_contain_text("amend")
    page.locator("tr.s-withdrawn a").first.click()
    expect(page.locator(".byline .tag")).not_to_have_text("estimates")
    page.locator(".kicker a").first.click()
    page.locator(".inpage").get_by_role("link", name="Brief").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="HTML").click()
    assert "More than 25 people" in Path(taken.value.path()).read_text(encoding="utf-8")


def test_the_slider_moves_everything_at_once(opens: Opens, reading: str) -> None:
    """Figures, positions, timeline and reports are all of the day that is set, without a new page; so is what is said aloud."""
    page = opens(reading)
    story_of(page)
    counts = page.locator(".inpage span")
    before = counts.all_text_contents()
    page.evaluate("window.kept = true")
    to_day(page, 0)
    assert counts.all_text_contents() != before
    assert page.evaluate("window.kept") is True
    expect(page.locator("[data-announce]")).to_contain_text("As of 2024-11-12")
    expect(page.locator("#reports tbody tr")).not_to_have_count(8)


def test_the_desk_works_without_script(opens: Opens, reading: str) -> None:
    """The clock is a form, the slider is not there, and the pages read the same."""
    page = opens(reading, java_script_enabled=False)
    story_of(page)
    expect(page.locator("#slide")).to_be_hidden()
    page.locator("#as_of").fill("2024-11-12")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".clock-words")).to_contain_text("As of 2024-11-12")
    expect(page.locator(".ledger")).to_contain_text("at least four people")
    page.locator(".steps a[rel=next]").click()
    expect(page.locator(".clock-words")).to_contain_text("As of 2024-11-13")


def test_the_queue_is_coded_by_keys_alone(opens: Opens, working: str) -> None:
    """Down, up, accept: the claim at hand is judged and the next one stands first."""
    page = opens(f"{working}/queue")
    first, second = (page.locator(".case h2").nth(k).text_content() for k in (0, 1))
    page.keyboard.press("j")
    expect(page.locator(".case[aria-current] h2")).to_have_text(second or "")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Stored")
    expect(page.locator(".case h2").first).to_have_text(second or "")
    page.goto(f"{working}/judgements")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert first


def test_one_story_is_coded_by_keys_with_reasons_and_undone(opens: Opens, working: str) -> None:
    """A reason is no verdict; rejected, taken back, amended by Enter in a field: each time the queue of the story comes back."""
    page = opens(working)
    story_of(page)
    story = page.url.rpartition("/")[2].partition("?")[0]
    page.goto(f"{working}/queue?story={story}")
    left = page.locator(".page-head .lead")
    before = left.text_content() or ""
    words = page.locator(".case h2").nth(1).text_content() or ""
    page.locator(".case").nth(1).locator("input[name=reason]").focus()
    page.keyboard.type("not said so")
    page.keyboard.press("Enter")
    expect(page.locator(".case[aria-current] h2")).to_have_text(words)
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("Stored")
    expect(page.locator("#story")).to_have_value(story)
    expect(left).not_to_have_text(before)
    page.wait_for_load_state()  # keys are heard once the script is there
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(left).to_have_text(before)
    page.wait_for_load_state()
    page.keyboard.press("e")
    expect(page.locator("#amend select[name=stance]")).to_be_focused()
    page.locator("#amend input[name=place]").press("Enter")
    expect(page.get_by_role("status").or_(page.locator(".lead"))).to_be_visible()
    page.goto(f"{working}/judgements")
    expect(page.locator("tbody tr").filter(has_text="not said so").first).to_be_visible()
    expect(page.locator("tbody tr").filter(has_text="accept")).to_have_count(0)


def test_two_people_never_overwrite_each_other_unseen(opens: Opens, working: str) -> None:
    """Both look at a claim; the first accepts it; the second's rejection is not stored, and they are told what came between."""
    one = opens(f"{working}/queue")
    one.locator("a.open-claim").first.click()
    other = opens(one.url)
    one.get_by_role("button", name="Accept").click()
    expect(one.get_by_role("status")).to_contain_text("Stored")
    other.get_by_role("button", name="Reject").click()
    expect(other.locator(".lead")).to_contain_text("it changed since")
    other.goto(f"{working}/judgements")
    expect(other.locator("tbody tr")).to_have_count(1)


def test_a_draft_is_checked(opens: Opens, reading: str) -> None:
    """A number with its speaker that the ledger has is supported, and one that it has not is marked in the draft."""
    page = opens(f"{reading}/check")
    page.locator("#draft").fill("Nordland police said on Monday that 26 people were killed. The coast guard said 900 people were missing.")
    page.locator("#day").fill("2024-11-20")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".draft a.m-questioned").first).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("26")


def test_keys_reach_the_content_and_the_search(opens: Opens, reading: str) -> None:
    """The first tab stop skips to the content; a slash goes to the search field."""
    page = opens(reading)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#quick")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [mode[1:] for mode in MODES], ids=[mode[0] for mode in MODES])
def test_axe_finds_nothing_on_any_page(opens: Opens, working: str, width: int, scheme: str) -> None:
    """Every page, all that can be opened opened, passes axe's rules for WCAG 2.2 A and AA, and none is wider than its screen."""
    page = opens(working, viewport={"width": width, "height": 900}, color_scheme=scheme)
    story = page.locator(".card h2 a", has_text="ferry").get_attribute("href") or ""
    claim = page.request.get(f"{working}/api/v1/claims?limit=1&measure=killed").json()["rows"][0]["id"]
    document = page.request.get(f"{working}/api/v1/documents").json()["rows"][0]["id"]
    for target in ("Ola", "Kari"):
        page.request.post(f"{working}/api/v1/judgements", data={"kind": "accept", "targets": [claim], "by": target, "coding": "round"})
    plain = ("/", "/search?q=killed", "/actors", "/sources", "/problems", "/check", "/add", "/queue", "/judgements", "/codings/round")
    newer = ("/lives", "/primaries", "/watch", "/codings", "/import", "/exports", f"/infobox?story={story.rpartition('/')[2]}")
    found = []
    for address in (*plain, *newer, "/api", "/sign-in", story, f"{story}/brief", f"/claims/{claim}", f"/documents/{document}"):
        page.goto(f"{working}{address}")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        found += [f"{address}: {row['id']}: {row['nodes'][0]['html'][:200]}" for row in result.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address}: wider than the screen")
    assert found == []
