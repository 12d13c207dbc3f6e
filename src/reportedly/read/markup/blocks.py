"""Cuts a parsed page into blocks: the runs of text that a browser would set as paragraphs, headings, list items or rows of a table."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any, Literal

_ELEMENTS = tomllib.loads(resources.files("reportedly.read.markup").joinpath("page_elements.toml").read_text(encoding="utf-8"))
_UNSEEN, _BLOCKS = (frozenset(_ELEMENTS[name]["tags"]) for name in ("unseen", "blocks"))
_CELLS = frozenset(("td", "th"))
_CELL_MOST, _ROW_MOST = 80, 400  # characters: longer cells are columns of a page, not cells of a table
_PATH = 4  # elements, from the block outwards, that tell blocks of one make
_WHITE = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+")
_INVISIBLE = re.compile(r"display:none|visibility:hidden")
_ENDS = re.compile(r"[.!?\u2026\"\u201d:]\s*$")
_WORD = re.compile(r"\w+")
_PROSE_WORDS, _PROSE_LINKED = 12, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class TextNode:
    """A place in the tree that holds text.

    Attributes:
        element: the element.
        side: whether the text is the element's own before its first child, or stands behind the element.
    """

    element: Any
    side: Literal["text", "tail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of text that stands on lines of its own.

    Attributes:
        text: its words, white space brought to single blanks; the cells of a table's row stand between bars.
        linked: share of its characters that are links', 0 to 1.
        path: tags and classes of the block's element and those around it, innermost first; equal for blocks of one make.
        tag: the element's tag, such as `p`.
        nodes: numbers of the text nodes it was made of, each with its length in characters.
    """

    text: str
    linked: float
    path: tuple[str, ...]
    tag: str
    nodes: tuple[tuple[int, int], ...]

    @property
    def words(self) -> int:
        """Number of its words."""
        return len(_WORD.findall(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: a sentence of a dozen words, few of them links."""
        return self.words >= _PROSE_WORDS and self.linked < _PROSE_LINKED and bool(_ENDS.search(self.text))


@dataclass(slots=True, kw_only=True)
class _Cutter:
    """What has been cut so far; `pieces` are the block under way: words, whether linked, element, number of the node."""

    blocks: list[Block] = field(default_factory=list)
    nodes: list[TextNode] = field(default_factory=list)
    pieces: list[tuple[str, bool, Any, int]] = field(default_factory=list)
    row: Any = None  # the table's row of the last block; None where it is no cell
    breaks: int = 0
    links: int = 0

    def add(self, element: Any, side: Literal["text", "tail"]) -> None:  # noqa: ANN401 - lxml's elements
        words = element.text if side == "text" else element.tail
        if not words:
            return
        if not words.strip():
            self.pieces.append((words, False, element, -1))
            return
        if self.breaks > 1:
            self.close()
        self.breaks = 0
        owner = element if side == "text" else element.getparent()
        self.pieces.append((words, self.links > 0, owner, len(self.nodes)))
        self.nodes.append(TextNode(element=element, side=side))

    def open(self, element: Any) -> None:  # noqa: ANN401 - likewise
        if element.tag in _BLOCKS:
            self.close()
        elif element.tag == "br":
            self.breaks += 1
            self.pieces.append((" ", False, element, -1))
        self.links += element.tag == "a"
        self.add(element, "text")

    def leave(self, element: Any) -> None:  # noqa: ANN401 - likewise
        self.links -= element.tag == "a"
        if element.tag in _BLOCKS:
            self.close()

    def close(self) -> None:
        words = _WHITE.sub(" ", "".join(piece[0] for piece in self.pieces)).strip()
        self.breaks = 0
        pieces, self.pieces = [piece for piece in self.pieces if piece[3] >= 0], []
        if not words:
            return
        element = next((one for one in _outwards(pieces[0][2]) if one.tag in _BLOCKS), pieces[0][2])
        linked = sum(len(_WHITE.sub(" ", piece[0]).strip()) for piece in pieces if piece[1])
        block = Block(
            text=words,
            linked=min(1.0, linked / len(words)),
            path=tuple(_make(one) for one in _outwards(element)[:_PATH]),
            tag=element.tag,
            nodes=tuple((piece[3], len(piece[0].strip())) for piece in pieces),
        )
        row = element.getparent() if element.tag in _CELLS and len(words) < _CELL_MOST else None
        if row is not None and row is self.row and len(self.blocks[-1].text) < _ROW_MOST:
            self.blocks[-1] = _joined(self.blocks[-1], block)
        else:
            self.blocks.append(block)
        self.row = row


def cut_blocks(tree: Any) -> tuple[list[Block], list[TextNode]]:  # noqa: ANN401 - lxml's elements
    """The blocks of a page.

    Args:
        tree: the page's root element; it is not changed.

    Returns:
        The blocks in page order, what a browser does not show left out, and the text nodes that `Block.nodes` numbers. A break ends
        no block, two breaks do. The walk is a loop, so nesting of any depth is safe.
    """
    from lxml import etree  # noqa: PLC0415 - slow to load

    cutter = _Cutter()
    passed: Any = None  # the element that is passed over with all it holds
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start" and passed is None:
            if element.tag in _UNSEEN or _is_hidden(element):
                passed = element
                if element.tag in _BLOCKS:
                    cutter.close()
            else:
                cutter.open(element)
        elif event != "start" and (passed is None or element is passed):
            if event == "end" and passed is None:
                cutter.leave(element)
            passed = None
            if element is not tree:
                cutter.add(element, "tail")
    cutter.close()
    return cutter.blocks, cutter.nodes


def _is_hidden(element: Any) -> bool:  # noqa: ANN401 - lxml's elements
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _INVISIBLE.search(_WHITE.sub("", style).casefold()))


def _outwards(element: Any) -> Sequence[Any]:  # noqa: ANN401 - lxml's elements
    """The element and those around it, as many as tell its make; a block's own element is never farther out."""
    chain: list[Any] = []
    while element is not None and len(chain) < 2 * _PATH:
        chain.append(element)
        element = element.getparent()
    return chain


def _make(element: Any) -> str:  # noqa: ANN401 - lxml's elements
    """Tag and classes, the numbers in them left out: `p.text-part`."""
    return f"{element.tag}.{_NUMBERS.sub('', element.get('class') or '')}"


def _joined(row: Block, cell: Block) -> Block:
    """A row of a table with one more cell."""
    head = row.text if row.text.startswith("| ") else f"| {row.text} |"
    length = len(row.text) + len(cell.text)
    linked = (row.linked * len(row.text) + cell.linked * len(cell.text)) / length
    return replace(row, text=f"{head} {cell.text} |", linked=linked, nodes=row.nodes + cell.nodes)
