"""Which documents are one page saved again: those of one address or, without one, of one name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Address = tuple[bool, str]
"""Whether it is an address on the web, and the address, else the name."""


def address_of(url: str | None, name: str) -> Address:
    """What tells a page that was saved again: its address, else the name that it was saved under."""
    return (True, url) if url else (False, name)


def texts_akin(documents: Iterable[tuple[str, str | None, str]], texts_of: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The texts of other savings of each document's page.

    Args:
        documents: id, address and name of each.
        texts_of: document id -> digests of every text that it was read as.

    Returns:
        Document id -> digests of the texts of the others, its own left out; documents without any are left out.
    """
    pages: dict[Address, list[str]] = defaultdict(list)
    for identity, url, name in documents:
        pages[address_of(url, name)].append(identity)
    found: dict[str, frozenset[str]] = {}
    for several in pages.values():
        if len(several) > 1:
            texts = frozenset(text for identity in several for text in texts_of.get(identity, ()))
            found |= {identity: texts - texts_of.get(identity, frozenset()) for identity in several}
    return {identity: texts for identity, texts in found.items() if texts}
