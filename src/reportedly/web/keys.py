"""The single keys of the desk: what each does, and the key that does it until a reader chooses another.

A reader can change or turn off every one of them (WCAG 2.2, 2.1.4 Character Key Shortcuts); the browser keeps their choice (`keys.js`).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key.

    Attributes:
        deed: the name by which the script knows what it does.
        key: the character.
        words: what it does.
    """

    deed: str
    key: str
    words: str


QUEUE: Sequence[Key] = (
    Key(deed="next", key="j", words="next"),
    Key(deed="previous", key="k", words="previous"),
    Key(deed="accept", key="a", words="accept"),
    Key(deed="reject", key="r", words="reject"),
    Key(deed="amend", key="e", words="amend"),
    Key(deed="open", key="o", words="open"),
    Key(deed="reason", key="w", words="write a reason, Enter ends it"),
    Key(deed="undo", key="u", words="undo the last"),
)

KEYS: Sequence[tuple[str, Sequence[Key]]] = (
    ("On every page", (Key(deed="search", key="/", words="to the search field"), Key(deed="keys", key="?", words="these keys"))),
    ("On the text of a page", (Key(deed="claim", key="n", words="take the selected words as a new claim"),)),
    ("In the queue", QUEUE),
)
"""All keys by where they work."""
