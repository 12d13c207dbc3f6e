"""Chooses the one document or claim that a person's words mean."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.model import Document

LEAST_ID = 2
"""Hexadecimal digits that the start of an id needs, beside its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document with every name it was met under."""

    document: Document
    names: frozenset[str]


def choose_document(words: str, candidates: Sequence[Named]) -> Document:
    """The document that words mean: an id, a name, the start of either, a file's bare name, or words of a title.

    Args:
        words: what a person wrote.
        candidates: the ledger's documents.

    Returns:
        The document. The first of these ways that fits any decides.

    Raises:
        UnknownIdError: they mean none.
        AmbiguousIdError: they mean several.
    """
    folded = words.casefold()
    ways: list[Callable[[Named], bool]] = [
        lambda c: c.document.id == words or words in c.names,
        lambda c: _starts(c.document.id, words),
        lambda c: any(PurePath(name).name == words for name in c.names),
        lambda c: any(name.startswith(words) for name in c.names),
        lambda c: folded in (c.document.title or "").casefold(),
    ]
    for fits in ways:
        found = sorted((c.document for c in candidates if words and fits(c)), key=lambda d: (d.name, d.id))
        if len(found) > 1:
            raise AmbiguousIdError("document", words, [d.name for d in found])
        if found:
            return found[0]
    raise UnknownIdError("document", words)


def choose_id(kind: str, prefix: str, words: str, known: Iterable[str]) -> str:
    """The id that begins so.

    Args:
        kind: what is looked for, in words.
        prefix: the kind's prefix, such as `c:`; a person may leave it out.
        words: the id or its start.
        known: the ids there are.

    Raises:
        UnknownIdError: none begins so.
        AmbiguousIdError: several do.
    """
    wanted = id_start(prefix, words)
    found = sorted({identity for identity in known if wanted and identity.startswith(wanted)})
    if wanted in found:
        return wanted
    if not found:
        raise UnknownIdError(kind, words)
    if len(found) > 1:
        raise AmbiguousIdError(kind, words, found)
    return found[0]


def id_start(prefix: str, words: str) -> str:
    """The start of an id with its kind's prefix; empty where the words can be none."""
    bare = words.strip().removeprefix(prefix)
    hexadecimal = bare and all(c in "0123456789abcdef" for c in bare)
    return prefix + bare if hexadecimal else ""


def _starts(identity: str, words: str) -> bool:
    return words.startswith("d:") and len(words) >= len("d:") + LEAST_ID and identity.startswith(words)
