"""Makes a judgement of what a person says: ids resolved, words of spans filled in, the record frozen as they saw it."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Collection, Mapping
from typing import Any, Protocol

from reportedly.errors import BadJudgementError
from reportedly.ledger.codec import json_text
from reportedly.ledger.judgements.judging import added_claim, amended
from reportedly.model import (
    CREDIBILITIES,
    RELIABILITIES,
    Claim,
    Correction,
    Document,
    Holdings,
    Judgement,
    StoredClaim,
    digest,
    row_of,
    span_of,
)

_LEAST_TARGETS = {"add": 0, "merge": 2, "split": 2}
_CHANGING = frozenset({"add", "amend", "grade"})
_CODED = frozenset({"add", "accept", "reject", "amend"})
_NAMED = frozenset({"merge", "split", "grade"})  # that may be about names instead of claims
_PARTS = ("content", "cue", "source")
_ID_LENGTH = 16


class Finder(Protocol):
    """What is needed of a store to know what a person means."""

    def find_claim(self, words: str) -> StoredClaim:
        """The claim with an id that begins so."""
        ...

    def find_document(self, words: str) -> Document:
        """The document with such an id or name."""
        ...

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:
        """What is held of some documents, by id, judgements applied."""
        ...


def make_judgement(store: Finder, correction: Correction) -> Judgement:
    """A judgement ready to be stored.

    Args:
        store: where its targets are.
        correction: what a person says. Targets are ids of claims or their starts; for merge, split and grade names as well; for add
            the document, which may stand in `changes` instead. A span in the changes may leave out its text.

    Returns:
        The judgement, with the moment it was made.

    Raises:
        BadJudgementError: the correction does not fit.
        UnknownIdError: a target names nothing.
        AmbiguousIdError: the start of an id fits several.
    """
    _check_shape(correction)
    try:
        if correction.kind == "add":
            return _addition(store, correction)
        return _correction(store, correction)
    except ValueError as error:
        raise BadJudgementError(str(error)) from error


def _check_shape(correction: Correction) -> None:
    kind, count = correction.kind, len(correction.targets)
    if count < _LEAST_TARGETS.get(kind, 1) or (kind == "amend" and count > 1):
        raise BadJudgementError(f"{kind} does not take {count} targets")
    if bool(correction.changes) != (kind in _CHANGING):
        raise BadJudgementError(f"{kind} {'needs' if kind in _CHANGING else 'takes no'} changes")
    if correction.coding is not None and (kind not in _CODED or not correction.coding.strip()):
        raise BadJudgementError(f"{kind} is no part of a double coding; {', '.join(sorted(_CODED))} are, and the coding needs a name")
    if not correction.by.strip():
        raise BadJudgementError("nobody signed it")


def _addition(store: Finder, correction: Correction) -> Judgement:
    changes = correction.changes
    words = correction.targets[0] if correction.targets else changes.get("document")
    if not isinstance(words, str):
        raise BadJudgementError("add needs a document")
    document = store.find_document(words)
    held = store.holdings_of({document.id})
    fields = {k: v for k, v in changes.items() if k not in {"document", "article", "id"}}
    full = _filled(_translated(fields, correction.by), held.text_of(document.id))
    claim = added_claim(document, held.articles, full)
    check_words(claim)
    return _sign(correction, (claim.id,), (document.text_digest, claim, full))


def _correction(store: Finder, correction: Correction) -> Judgement:
    kind, targets = correction.kind, correction.targets
    claimed = [target for target in targets if target.startswith("c:")]
    if kind == "grade":
        _check_grade(correction.changes, claims=bool(claimed), mixed=0 < len(claimed) < len(targets))
    if kind in _NAMED and not claimed:
        return _sign(correction, targets, (None, None, correction.changes))
    found = [store.find_claim(target) for target in targets]
    first = found[0]
    held = store.holdings_of({first.document})
    full = _filled(_translated(correction.changes, correction.by), held.text_of(first.document))
    if kind == "amend":
        check_words(amended(first.claim, full))
    text = held.documents[first.document].text_digest
    return _sign(correction, tuple(stored.claim.id for stored in found), (text, first.claim, full))


def _check_grade(changes: Mapping[str, Any], *, claims: bool, mixed: bool) -> None:
    name, words = ("credibility", CREDIBILITIES) if claims else ("reliability", RELIABILITIES)
    if mixed or set(changes) != {name} or changes[name] not in words or isinstance(changes[name], bool):
        kinds = f"{'claims' if claims else 'names'} take {name}, one of {', '.join(map(str, words))}"
        raise BadJudgementError(f"a grade does not fit: {kinds}")


def _sign(correction: Correction, targets: tuple[str, ...], about: tuple[str | None, Claim | None, Mapping[str, Any]]) -> Judgement:
    text, claim, changes = about
    at = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    frozen = json_text(row_of(claim)) if claim else ""
    settles, coding = sorted(correction.settles), correction.coding
    content = json_text([correction.kind, targets, correction.by, at, correction.reason, text, changes, frozen, coding, settles])
    return Judgement(
        id="j:" + digest(content.encode())[:_ID_LENGTH],
        kind=correction.kind,
        targets=targets,
        by=correction.by,
        at=at,
        reason=correction.reason,
        text_digest=text,
        spans=claim.content if claim else (),
        changes=changes,
        frozen=frozen,
        coding=coding,
        settles=tuple(settles),
    )


def _translated(changes: Mapping[str, Any], by: str) -> Mapping[str, Any]:
    """Changes whose translation says who translated: whoever judges, unless they name somebody else.

    Raises:
        ValueError: the translation has no words.
    """
    given = changes.get("translation")
    if not isinstance(given, dict):
        return changes
    if not str(given.get("text") or "").strip():
        raise ValueError("a translation needs words")
    return {**changes, "translation": {**given, "by": given.get("by") or by}}


def _filled(changes: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Changes whose spans hold the words that stand there.

    Raises:
        ValueError: a span lies outside the text, or says other words than stand there.
    """
    full = dict(changes)
    for part in _PARTS:
        value = full.get(part)
        if value is not None:
            pieces = [_piece(piece, text) for piece in (value if isinstance(value, list) else [value])]
            full[part] = pieces if len(pieces) > 1 else pieces[0] if pieces else None
    return full


def _piece(piece: Any, text: str) -> dict[str, Any]:  # noqa: ANN401 - what a person wrote
    if not isinstance(piece, dict) or not all(isinstance(piece.get(k), int) for k in ("start", "end")):
        raise ValueError("a span needs start and end")
    start, end = piece["start"], piece["end"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span {start} to {end} in a text of {len(text)} characters")
    span = span_of(text, start, end)
    if piece.get("text", span.text) != span.text:
        raise ValueError(f"at {start} to {end} stands {span.text!r}")
    return row_of(span)


def check_words(record: object) -> None:
    """Hold every field of a record to the words that its type allows.

    Raises:
        ValueError: a field holds another word.
    """
    if isinstance(record, tuple):
        for inner in record:
            check_words(inner)
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        return
    hints = typing.get_type_hints(type(record))
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        allowed = _allowed(hints[field.name])
        if allowed and value not in allowed:
            words = ", ".join(str(word) for word in allowed if word is not None)
            raise ValueError(f"{field.name} is {value!r}; it may be {words}")
        check_words(value)


def _allowed(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a hint is of any type
    """The words of a Literal, with None where it is optional; empty where any value goes."""
    if typing.get_origin(hint) is typing.Literal:
        return typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        words = [word for inner in typing.get_args(hint) for word in _allowed(inner)]
        return (*words, None) if words else ()
    return ()
