"""What a stage could not use, as a value that travels with its result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be used, and where it stands.

    Attributes:
        code: a stable, hyphenated name such as `empty-file` or `bad-encoding`; `docs/data-dictionary.md` lists them.
        message: one sentence for the user, naming what was done about it.
        document: the document's name as the user gave it; None where the problem belongs to no document.
        start: first character of the place in the document's text, in code points; None where there is no such place.
        end: one past its last character, or None.
    """

    code: str
    message: str
    document: str | None = None
    start: int | None = None
    end: int | None = None
