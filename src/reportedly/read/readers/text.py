"""Reads plain text: the decoded file is the text, no line end changed."""

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.files.decoding import Decoded, decode


def read_text(
    content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = (), *, charset: str | None = None
) -> Reading:
    """The reading of a plain text.

    Args:
        content: the file's bytes, unpacked.
        name: the document's name.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.
        charset: the encoding that the server declared; None where that is not known.

    Returns:
        A reading whose text is the decoded file, a byte-order mark being its first character.
    """
    if not content.strip():
        return failed(name, "empty-file", "the file is empty; nothing was read from it", *problems)
    decoded = decode(content, charset)
    if decoded.text is None:
        return failed(name, "binary-file", "the file is no text; nothing was read from it", *problems)
    source = Source(
        name=name,
        text=decoded.text,
        bytes_digest=digest(content),
        media_type="text/plain",
        sidecar=sidecar,
        problems=(*problems, *encoding_problems(decoded, name)),
    )
    return make_reading(source)


def encoding_problems(decoded: Decoded, name: str) -> tuple[Problem, ...]:
    """What the user should know of how bytes became characters: an encoding that was guessed, characters that were lost."""
    if not decoded.guessed and not decoded.lost:
        return ()
    how = f"nothing says how the file is encoded and it is not UTF-8; it was read as {decoded.encoding}" if decoded.guessed else ""
    lost = f"{decoded.lost} characters could not be read as {decoded.encoding} and stand as U+FFFD" if decoded.lost else ""
    code = "guessed-encoding" if decoded.guessed else "bad-encoding"
    return (Problem(code=code, message="; ".join(part for part in (how, lost) if part), document=name),)
