"""Blocks of a page: its paragraphs as a browser would set them."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read.markup.blocks import Block, cut_blocks


def _cut(body: str) -> list[Block]:
    return cut_blocks(lxml.html.document_fromstring(f"<html><head><title>Gazette</title></head><body>{body}</body></html>"))[0]


def _texts(body: str) -> list[str]:
    return [block.text for block in _cut(body)]


def test_elements_that_begin_a_line_part_the_text() -> None:
    """Those within a line do not."""
    assert _texts("<h1>Ferry <i>sinks</i></h1><p>Twelve <b>people</b>\n are safe.<p>Boats are out.") == [
        "Ferry sinks",
        "Twelve people are safe.",
        "Boats are out.",
    ]


def test_two_breaks_part_the_text_and_one_does_not() -> None:
    """Old pages set their paragraphs so."""
    assert _texts("<div>Twelve are<br>safe.<br><br>Boats are out.</div>") == ["Twelve are safe.", "Boats are out."]


@pytest.mark.parametrize(
    "unseen",
    ["<script>var a = 1;</script>", "<p hidden>Draft</p>", "<p style='display: none'>Draft</p>", "<template><p>Draft</p></template>"],
)
def test_what_a_browser_does_not_show_is_no_text(unseen: str) -> None:
    """What stands behind it is."""
    assert _texts(f"<p>Twelve are safe.</p>{unseen} Boats are out.<!-- a note -->") == ["Twelve are safe.", "Boats are out."]


def test_the_cells_of_a_row_are_one_line_between_bars() -> None:
    """So that a row of numbers is not taken for furniture; a long cell is a column of the page."""
    assert _texts("<table><tr><td>Aland<td>12</tr><tr><td>Oslo<td>3</table>") == ["| Aland | 12 |", "| Oslo | 3 |"]
    long = "The coast guard said on Monday that 12 people had been pulled from the water off the island. " * 2
    assert _texts(f"<table><tr><td>Menu<td>{long}</table>") == ["Menu", long.strip()]


def test_links_are_measured_and_blocks_of_one_make_share_a_path() -> None:
    """Numbers in the names of classes tell blocks of one make apart by nothing."""
    link, half, other = _cut("<p class='t1'><a href='/x'>Ferry sinks</a></p><p class='t2'><a>Ferry</a> lost</p><div>Ferry</div>")
    assert (link.linked, half.linked, other.linked) == (1.0, 0.5, 0.0)
    assert link.path == half.path != other.path


def test_nesting_of_any_depth_is_cut() -> None:
    """The walk is a loop."""
    root = lxml.html.Element("div")
    inner = root
    for _ in range(20_000):
        inner = lxml.html.etree.SubElement(inner, "div")
    inner.text = "Ferry sinks"
    assert [block.text for block in cut_blocks(root)[0]] == ["Ferry sinks"]


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<td>", "<!--x-->", "a ", "b", "<script>c</script>", "<li>"]), max_size=30
    )
)
def test_every_word_of_a_page_stands_in_one_block_in_order(pieces: list[str]) -> None:
    """Whatever the markup."""
    tree = lxml.html.document_fromstring(f"<html><body><div>{''.join(pieces)}</div></body></html>")
    blocks, nodes = cut_blocks(tree)
    letters = [char for block in blocks for char in block.text if char in "ab"]
    assert letters == [piece.strip() for piece in pieces if piece.strip() in ("a", "b")]
    assert sorted(number for block in blocks for number, _ in block.nodes) == list(range(len(nodes)))
