"""Which blocks of a page are its article."""

from trafilatura import load_html

from reportedly.model import article_row
from reportedly.read.markup.main_text import Completion, complete, find_main_text, first_choice
from reportedly.read.readers.html import read_html

_LINES = (
    "The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down off the island.",
    "A spokeswoman for the shipping line, Maria Lindqvist, said the vessel had carried 48 passengers and a crew of nine.",
    "Divers were to go down to the wreck on Tuesday, according to the harbour master, if the wind allowed it.",
    "Relatives waited in the school hall of Mariehamn, where the Red Cross had set up beds and a kitchen for the night.",
)
_FIRST = "".join(f"<p class='text'>{line}</p>" for line in _LINES)
_LATER = tuple(line.replace("said", "added") for line in _LINES[:2])
_SECOND = "".join(f"<p class='text'>{line}</p>" for line in _LATER)
_MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"


def _page(body: str) -> str:
    return f"<html><head><title>Ferry sinks off Aland</title></head><body>{_MENU}{body}<footer>Copyright</footer></body></html>"


def _main(body: str) -> list[str]:
    blocks, places = find_main_text(load_html(_page(body)))
    return [blocks[place].text for place in places]


def test_menu_and_footer_are_no_part_of_the_article() -> None:
    """Its paragraphs come in page order."""
    assert _main(f"<article>{_FIRST}</article>") == list(_LINES)


def test_prose_of_the_same_make_in_another_container_is_the_article_s() -> None:
    """A page may cut its article in two, with a box between."""
    first, second = (f"<div class='{name}'><div class='part'>{part}</div></div>" for name, part in (("body", _FIRST), ("rest", _SECOND)))
    body = f"{first}<aside>Subscribe</aside>{second}"
    found = _main(body)
    assert [line for line in _LATER if line in found] == list(_LATER)
    assert "Subscribe" not in found


def test_a_line_that_is_nothing_but_a_link_leads_elsewhere() -> None:
    """Links within a sentence stay."""
    linked = _LINES[3].replace("Red Cross", "<a href='/rc'>Red Cross</a>")
    pointer = "<p class='text'><a href='/x'>Five ferries that went down in the spring</a></p>"
    body = f"<article>{_FIRST.replace(_LINES[3], linked)}{pointer}{_SECOND}</article>"
    found = _main(body)
    assert _LINES[3] in found
    assert not any(line.startswith("Five ferries") for line in found)


def test_the_thresholds_say_how_far_the_first_choice_is_corrected() -> None:
    """A share of links above one takes no line out; the choice itself is never enlarged by links."""
    blocks, chosen = first_choice(load_html(_page(f"<article>{_FIRST}</article>")))
    assert complete(blocks, chosen, Completion(linked=1.0)) == complete(blocks, chosen)
    assert complete(blocks, frozenset()) == []


def test_marks_leave_nothing_in_the_text() -> None:
    """Text and title are those of the page."""
    reading = read_html(_page(f"<article><h1>Ferry sinks off Aland</h1>{_FIRST}</article>").encode(), "page.html")
    assert reading.text == "\n".join(("Ferry sinks off Aland", *_LINES))


def test_the_page_s_own_heading_is_the_headline_and_no_part_of_the_row_s_text() -> None:
    """The title of the markup is cut for search engines."""
    heading = "Ferry sinks off Aland with 48 passengers on board, coast guard says"
    reading = read_html(_page(f"<article><h1>{heading}</h1>{_FIRST}</article>").encode(), "page.html")
    (article,) = reading.articles
    assert article.title == heading
    assert article_row(article, reading.text)["text"] == "\n".join(_LINES)
