"""What axe cannot see of WCAG 2.2: focus that something covers, reflow, text spacing, the size of targets, a reader's own colours."""

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Opens
else:
    Opens = object

if "all" not in os.environ.get("REPORTEDLY_REQUIRE", ""):
    pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy
pytestmark = pytest.mark.requires("chromium")

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    "word-spacing: .16em !important } p { margin-bottom: 2em !important; }"
)
"""The text spacing that 1.4.12 asks a page to bear."""

STOPS = 40
"""Tab stops looked at in each direction."""

COVERED = """() => {
    const at = document.activeElement;
    const seen = (box) => [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
        const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
        return top && (at.contains(top) || top.closest("label")?.contains(at) || (top.contains(at) && !top.matches(".clock, .beside")));
    }));
    return at === document.body || [...at.getClientRects()].some(seen) ? null : at.outerHTML.slice(0, 160);
}"""
"""The element with the focus, where all of it lies behind something else or outside the window (2.4.11)."""

WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter((part) => !part.closest(".scroll, .main-nav, .vh, dialog, svg")).map((part) => part.outerHTML.slice(0, 160))"""
"""What reaches beyond the window and does not scroll by itself, as wide tables may (1.4.10)."""

CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter((part) => part.getClientRects().length && !part.closest(".vh, svg") && getComputedStyle(part).overflow.includes("hidden"))
    .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
    .map((part) => part.outerHTML.slice(0, 160))"""
"""What is cut off (1.4.12)."""

SMALL = """() => {
    const inline = (part) => getComputedStyle(part).display === "inline"
        && [...part.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const box = (part) => (part.matches("[type=checkbox], [type=radio]") ? part.closest("label") ?? part : part).getBoundingClientRect();
    const middle = (part) => { const at = box(part); return [at.x + at.width / 2, at.y + at.height / 2]; };
    const small = (part) => box(part).width < 23.9 || box(part).height < 23.9;
    const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter((part) => part.getClientRects().length && !part.closest("dialog, .skip, sup, svg"));
    const near = (one, other) => {
        const [x, y] = middle(one), at = box(other), [u, v] = middle(other);
        const across = Math.max(at.left, Math.min(x, at.right)) - x, down = Math.max(at.top, Math.min(y, at.bottom)) - y;
        return Math.hypot(across, down) < 12 || (small(other) && Math.hypot(u - x, v - y) < 24);
    };
    return targets.filter((one) => small(one) && !inline(one)
        && targets.some((other) => other !== one && !one.contains(other) && !other.contains(one) && near(one, other)))
        .map((part) => part.outerHTML.slice(0, 160));
}"""
"""Targets under 24 pixels, outside sentences, with another in the circle that 2.5.8 leaves them; the table below a picture leads where
its marks do."""


def pages(page: Page, desk: str) -> list[str]:
    """The addresses of the pages on which most is going on, and of the simplest."""
    story = (page.locator(".card h2 a", has_text="ferry").get_attribute("href") or "").partition("?")[0]
    claim = page.request.get(f"{desk}/api/v1/claims?limit=1&measure=killed").json()["rows"][0]["id"]
    document = page.request.get(f"{desk}/api/v1/documents").json()["rows"][0]["id"]
    others = ("/", "/search?q=killed", "/actors", "/sources", "/queue", "/check", "/exports", "/lives")
    return [story, f"{story}/brief", f"/claims/{claim}", f"/documents/{document}", *others]


def select_words(page: Page) -> None:
    """Select a paragraph of the page's text and take it as a claim, so that the form stands beside it."""
    page.evaluate(
        "() => { const range = document.createRange(); range.selectNodeContents([...document.querySelectorAll('.sheet p.p-body')].at(-2));"
        " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.get_by_role("button", name="A claim").click()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (640, 400)], ids=["desk", "the same at 200 %"])
def test_what_has_the_focus_is_never_covered(opens: Opens, reading: str, width: int, height: int) -> None:
    """Forwards and backwards through a story under its clock, and through a page beside which a claim is being added."""
    page = opens(reading, viewport={"width": width, "height": height})
    story, _, _, document, *_ = pages(page, reading)
    covered = []
    for address in (story, document):
        for key in ("Shift+Tab", "Tab"):
            page.goto(f"{reading}{address}")
            if address == document:
                select_words(page)
            for _ in range(STOPS):
                page.keyboard.press(key)
                covered.append(page.evaluate(COVERED))
    assert len(covered) == 4 * STOPS
    assert [words for words in covered if words] == []


def test_pages_bear_a_narrow_window_and_wide_text(opens: Opens, reading: str) -> None:
    """At 320 pixels, everything opened, nothing but tables scrolls sideways and no target is too small; with wide text nothing is cut."""
    page = opens(reading, viewport={"width": 320, "height": 640})
    found = []
    for address in pages(page, reading):
        page.goto(f"{reading}{address}")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        small = page.evaluate(SMALL)
        page.evaluate(
            "(rules) => { const own = new CSSStyleSheet(); own.replaceSync(rules); document.adoptedStyleSheets = [own]; }", SPACING
        )
        found += [f"{address}: {words}" for words in (*small, *page.evaluate(WIDE), *page.evaluate(CUT))]
    assert found == []


def test_a_reader_s_own_colours_lose_nothing(opens: Opens, working: str) -> None:
    """With forced colours the claim at hand, the section and the marks of a text are told by lines, not by grounds."""
    page = opens(f"{working}/queue", forced_colors="active")
    line = "(part, side) => getComputedStyle(part)[`border${side}Width`]"
    assert page.locator(".case[aria-current]").evaluate(line, "Left") == "4px"
    assert page.locator(".main-nav a[aria-current]").evaluate(line, "Bottom") == "2px"
    colours = "(part) => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor]"
    ink, ground = page.get_by_role("button", name="Show").evaluate(colours)
    assert ink != ground
    page.locator("a.open-claim").first.click()
    styles = "(part) => getComputedStyle(part).borderBottomStyle + getComputedStyle(part).borderBottomWidth"
    told = [page.locator(f".key .m-{kind}").evaluate(styles) for kind in ("content", "source", "cue", "figure", "time")]
    assert len(set(told)) == len(told)


def test_nothing_moves_for_who_wants_no_motion(opens: Opens, reading: str) -> None:
    """Neither fading nor gliding while a story follows its clock."""
    page = opens(reading, reduced_motion="reduce")
    page.get_by_role("link", name="Four dead in ferry disaster").click()
    moving = (
        "() => [...document.querySelectorAll('*')].filter((part) => !getComputedStyle(part).transitionDuration.startsWith('0s')).length"
    )
    page.evaluate("document.body.classList.add('busy')")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


def test_a_printed_story_says_what_it_shows(opens: Opens, reading: str) -> None:
    """On paper the day and policy stand above, what is folded is open, and nothing that wants a click is left."""
    page = opens(reading)
    page.get_by_role("link", name="Four dead in ferry disaster").click()
    page.goto(f"{page.url.partition('?')[0]}?as_of=2024-11-16")
    expect(page.locator(".legend li").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".clock-words")).to_contain_text("As of 2024-11-16")
    expect(page.locator(".legend li").first).to_be_visible()
    for gone in (".clock-row", ".top", ".inpage", "#changes form"):
        expect(page.locator(gone).first).to_be_hidden()


def test_on_a_telephone_no_number_lies_beyond_the_edge(opens: Opens, reading: str) -> None:
    """Low, best and high of each figure are within the window, named beside the number, and still cells of a table."""
    page = opens(reading, viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="Four dead in ferry disaster").click()
    row = page.locator(".ledger tbody").get_by_role("row").first
    expect(row.get_by_role("cell")).to_have_count(5)
    for number in row.locator("td.r").all():
        box = number.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
    assert row.locator("td.r").evaluate_all("(cells) => cells.map((cell) => getComputedStyle(cell, '::before').content)") == [
        '"Low"',
        '"Best"',
        '"High"',
    ]


def test_every_pull_has_another_way(opens: Opens, reading: str) -> None:
    """The slider moves by keys and has a field and links beside it; files that could be dropped can be chosen (2.5.7)."""
    page = opens(reading)
    page.get_by_role("link", name="Four dead in ferry disaster").click()
    page.locator("#slide").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".clock-words")).to_contain_text("As of 2024-11")
    expect(page.locator(".steps a").first).to_be_visible()
    expect(page.get_by_label("Day", exact=True)).to_be_visible()
    page.goto(f"{reading}/add")
    expect(page.locator("input[type=file]")).to_be_visible()
