"""The words of markup that is no page of its own: the body of a mail, an entry of a feed."""

import re
from typing import Any

_BLANKS = re.compile(r"[^\S\n]+")
_MARKUP_MOST = 8_000_000  # characters that are parsed
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
     "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_SILENT = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "template",
        "svg",
        "math",
        "object",
        "select",
        "option",
        "textarea",
        "button",
        "iframe",
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|;|$)", re.IGNORECASE)
# soft hyphens, joiners and blanks without width, by which mails fill the line that a mailbox shows
_FILLING = re.compile("[\u00ad\u034f\u200b\u200c\u2060\ufeff]+")


def visible_text(markup: str) -> str:
    """The words that a reader of some markup sees, a block a line.

    Args:
        markup: HTML, a whole page's or a part of one; what is longer than eight million characters is cut.

    Returns:
        The lines, joined by line feeds: paragraphs, headings, cells of tables and items of lists in page order, blanks brought to one;
        nothing of scripts, styles, forms and what is hidden. Empty where there are no words.
    """
    from lxml import etree, html  # noqa: PLC0415 - slow to load

    if "<" not in markup:
        return _lines(markup)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(f"<div>{_characters(markup[:_MARKUP_MOST])}</div>", parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    return _lines("".join(_pieces(tree)))


def _pieces(tree: Any) -> list[str]:  # noqa: ANN401 - lxml's elements
    """The words and line ends in page order; by a walk without recursion, since markup may nest without end."""
    from lxml import etree  # noqa: PLC0415

    pieces: list[str] = []
    silent = None  # the element in which nothing is seen
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if silent is None and (name in _SILENT or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")[:1000])):
                silent = element
            if silent is None:
                pieces.append("\n" if name in _BLOCKS else "")
                pieces.append(re.sub(r"\s+", " ", element.text or "") if name != "pre" else element.text or "")
            continue
        if silent is element:
            silent = None
        if silent is None:
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append(re.sub(r"\s+", " ", element.tail or ""))
    return pieces


def _lines(words: str) -> str:
    return "\n".join(line for raw in _FILLING.sub("", words).splitlines() if (line := _BLANKS.sub(" ", raw).strip()))


def _characters(markup: str) -> str:
    """The markup without what no parser takes: NULs and other control characters, halves of characters."""
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", markup)
