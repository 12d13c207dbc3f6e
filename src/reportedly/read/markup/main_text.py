"""Which blocks of a page are its article: trafilatura's precise choice, read block by block, and what its rules lose or let in."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.read.markup.blocks import Block, TextNode, cut_blocks

_MARKS = 0xE0100  # the supplementary variation selectors: printable, no letters, and on no news page
_BASE = 240
_MARK = re.compile("([\U000e0100-\U000e01ef])([\U000e0100-\U000e01ef])")
_SEEN = re.compile(r"\S")
_KEPT = 0.5  # a block of which more was kept than this is the article's
_LINKED_WORDS = 4  # a line of so many words that is a link leads to another report


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How far the first choice is corrected.

    Attributes:
        twins: share of the other words in blocks of one make that must be the article's for prose of that make to be its too, 0 to 1.
        linked: share of links from which a line is nothing but a link, 0 to 1.
    """

    twins: float = 0.2
    linked: float = 0.8


def find_main_text(tree: Any) -> tuple[list[Block], list[int]]:  # noqa: ANN401 - lxml's elements
    """The blocks of a page, and the places of those that are its article.

    Args:
        tree: the page's root element; marks are left in its text, so that it is of no further use.

    Returns:
        All blocks in page order, and places in order: trafilatura's choice, completed. No places where nothing was found.
    """
    blocks, chosen = first_choice(tree)
    return blocks, complete(blocks, chosen)


def first_choice(tree: Any) -> tuple[list[Block], frozenset[int]]:  # noqa: ANN401 - lxml's elements
    """All blocks of a page, and the places of those that trafilatura keeps in its precise setting.

    Args:
        tree: the page's root element; marks are left in its text.

    Source: Barbaresi, Trafilatura: a web scraping library and command-line tool for text discovery and extraction (ACL 2021).
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to load

    blocks, nodes = cut_blocks(tree)
    _mark(nodes)
    found: Any = bare_extraction(tree, include_comments=False, favor_precision=True, with_metadata=False)
    kept = _marks_in(found.text) if found is not None and found.text else frozenset()
    return blocks, frozenset(place for place, block in enumerate(blocks) if _share_of(block, kept) > _KEPT)


def complete(blocks: Sequence[Block], chosen: frozenset[int], completion: Completion | None = None) -> list[int]:
    """The places of an article's blocks, from a first choice.

    Args:
        blocks: the page's blocks in order.
        chosen: places of those chosen first.
        completion: how far the choice is corrected; as `Completion` says where None.

    Returns:
        The places in order: those chosen, with the prose of the same make that was not chosen (an article whose second half stands in a
        container of its own), without lines that are nothing but a link.

    Source: the make of a block is the tag path of Miao et al., Extracting data records from the web using tag path clustering (WWW
    2009), cut short.
    """
    completion = completion or Completion()
    places = sorted(chosen | _twins(blocks, chosen, completion.twins))
    return [place for place in places if not _leads_elsewhere(blocks[place], completion.linked)]


def _twins(blocks: Sequence[Block], chosen: Collection[int], least: float) -> set[int]:
    """Places of prose of a make whose other blocks are the article's."""
    words, own = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for place, block in enumerate(blocks):
        words[block.path] += block.words
        own[block.path] += block.words * (place in chosen)
    return {
        place
        for place, block in enumerate(blocks)
        if place not in chosen and block.is_prose and own[block.path] > least * (words[block.path] - block.words)
    }


def _leads_elsewhere(block: Block, linked: float) -> bool:
    return block.linked > linked and block.words >= _LINKED_WORDS


def _share_of(block: Block, kept: Collection[int]) -> float:
    length = sum(size for _, size in block.nodes)
    return sum(size for number, size in block.nodes if number in kept) / length


def _mark(nodes: Sequence[TextNode]) -> None:
    """Puts a mark that tells its number before the words of every text node; those beyond the marks' number share the last one."""
    for number, node in enumerate(nodes):
        mark = _mark_of(min(number, _BASE * _BASE - 1))
        if node.side == "text":
            node.element.text = _marked(node.element.text, mark)
        else:
            node.element.tail = _marked(node.element.tail, mark)


def _marked(words: str, mark: str) -> str:
    first = _SEEN.search(words)
    return words if first is None else words[: first.start()] + mark + words[first.start() :]


def _mark_of(number: int) -> str:
    return chr(_MARKS + number // _BASE) + chr(_MARKS + number % _BASE)


def _marks_in(text: str) -> frozenset[int]:
    return frozenset((ord(first) - _MARKS) * _BASE + ord(second) - _MARKS for first, second in _MARK.findall(text))
