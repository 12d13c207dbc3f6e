"""Makes characters of bytes."""

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 65_536  # bytes that are enough to tell an encoding, or that a file is binary
_CONTROLS = bytes(set(range(1, 32)) - {7, 8, 9, 10, 11, 12, 13, 27, 28, 29, 30, 31})
_NULS, _OTHERS = 0.02, 0.1  # shares of NUL and of other control characters from which a file is no text
_ASCII = 0.9  # share of ASCII from which the rest is most likely typographic marks of Western Windows
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"\x1f\x8b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Characters made of bytes.

    Attributes:
        text: the characters, a byte-order mark being the first of them; None where the bytes are no text.
        encoding: the encoding; None where the bytes are no text.
        guessed: whether nothing in the bytes said so.
        lost: number of bytes that stand for no character in that encoding and became U+FFFD.
    """

    text: str | None
    encoding: str | None
    guessed: bool = False
    lost: int = 0


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Reads bytes as text: by a byte-order mark, as UTF-8, in the encoding that the page declares, else in the likeliest one.

    Args:
        content: the bytes.
        declared: the encoding that markup declares; None where nothing does.

    Returns:
        The text with its line ends and its byte-order mark as they are; no text where the bytes are those of a binary file.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content.decode(encoding, "replace")
            return Decoded(text=text, encoding=encoding, lost=text.count("\ufffd"))
    wide = _wide_encoding(content)
    if wide is None and _is_binary(content):
        return Decoded(text=None, encoding=None)
    if wide is None:
        try:
            return Decoded(text=content.decode("utf-8"), encoding="utf-8")
        except UnicodeDecodeError:
            pass  # nothing is lost: the bytes are read in another encoding below
    if declared and _knows(declared):
        text = content.decode(declared, "replace")
        return Decoded(text=text, encoding=codecs.lookup(declared).name, lost=text.count("\ufffd"))
    text, encoding = _guess(content, wide)
    return Decoded(text=text, encoding=encoding, guessed=True, lost=text.count("\ufffd"))


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark, told by a NUL in every other byte; None for everything else."""
    head = content[:_LOOKED_AT]
    half = len(head) // 2
    even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if half < 4 or max(even, odd) < 0.6 * half or min(even, odd) > 0.05 * half:  # noqa: PLR2004 - shares of Western text
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_binary(content: bytes) -> bool:
    head = content[:_LOOKED_AT]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.startswith(_MAGIC) or head.count(0) > _NULS * len(head) or controls > _OTHERS * len(head)


def _guess(content: bytes, wide: str | None) -> tuple[str, str]:
    """The text in the likeliest encoding, and its name."""
    if wide:
        return content.decode(wide, "replace"), wide
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if sum(char > "\x7f" and char != "\ufffd" for char in text[:_LOOKED_AT]) > 5 * lost:
        return text, "utf-8"
    head = content[:_LOOKED_AT]
    if sum(byte < 128 for byte in head) >= _ASCII * len(head):  # noqa: PLR2004 - ASCII
        return content.decode("cp1252", "replace"), "cp1252"
    import charset_normalizer  # noqa: PLC0415 - slow to load and rarely needed

    best = charset_normalizer.from_bytes(head).best()
    encoding = best.encoding if best else "cp1252"
    return content.decode(encoding, "replace"), encoding


def _knows(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - the only way to tell "rot13" and "zip" from encodings of text
    except LookupError:
        return False
