"""Wordings: which claim's words name a statement best, as a clause that a reader of one line understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.language.states import leading_state
from reportedly.language.tables import load_table
from reportedly.model import StatementMember, StatementPosition
from reportedly.resolve.propositions import Proposition
from reportedly.resolve.voices import Voice

BROKEN = " \u2026 "  # stands between the pieces of a broken quotation
_LONG = 160  # characters beyond which a content is no name for a statement
_QUOTES = re.compile(r"[\u201c\u201d\"]")
_FIRST = re.compile(r"[^\W\d_]+")


def order_wordings(propositions: Sequence[Proposition], agent: str, parts: Iterable[StatementMember]) -> list[Proposition]:
    """The propositions, those whose words name a statement best first: a support, in a clause of its own with its subject named, plain.

    Args:
        propositions: those of one act; never empty.
        agent: principal of who does it, "" where nobody is named.
        parts: the claims with their positions.

    Returns:
        All of them; of equals the earliest said.
    """
    positions = {part.claim: part.position for part in parts}
    return sorted(propositions, key=lambda proposition: _order(proposition, agent, positions))


def _order(proposition: Proposition, agent: str, positions: Mapping[str, StatementPosition]) -> tuple[bool | int | str, ...]:
    claim, said = proposition.voice.claim, proposition.voice.said
    words = statement_words(proposition, agent)
    return (
        proposition.taken_up,
        not is_clause(proposition),
        positions.get(claim.id) != "supports",
        _begins_with(words, ("subjects", "possessives", "others")) is not None,
        proposition.implied,
        proposition.rank > 0,
        len(claim.content) > 1 or _QUOTES.search(words) is not None,
        bool(claim.figures),
        claim.part != "body",
        len(words) > _LONG,
        proposition.rank,
        agent not in claim.names,
        (said.last or "~") if said else "~",
        claim.id,
    )


def statement_words(proposition: Proposition, agent: str) -> str:
    """The words that name a statement; a pronoun for its agent, who speaks, gives way to the agent's name in brackets.

    A pronoun with a capital begins a sentence of its own, and may stand for anything said before.
    """
    words = plain_words(proposition.voice)
    if not agent or proposition.voice.principals != (agent,) or proposition.voice.claim.form != "indirect" or not words[:1].islower():
        return words
    subject = _begins_with(words, ("subjects",))
    if subject:
        return f"[{agent}]{words[len(subject) :]}"
    owner = _begins_with(words, ("possessives",))
    return f"[{agent}\u2019s]{words[len(owner) :]}" if owner else words


def plain_words(voice: Voice) -> str:
    """A claim's content without the conjunction that brings it in."""
    return BROKEN.join(" ".join(span.text.split()) for span in voice.claim.content).removeprefix("that ").strip()


def is_clause(proposition: Proposition) -> bool:
    """Whether a content holds its act as a finite verb, and begins as a clause does, not in the middle of one."""
    content = next((span for span in proposition.voice.claim.content if span.start <= proposition.span.start < span.end), None)
    if content is None or not proposition.finite:
        return False
    text = content.text.removeprefix("that ")
    opening = _FIRST.match(text)
    if opening and opening.group().islower() and (opening.group() in _table("opening")["words"] or opening.group().endswith("ing")):
        return False
    before = content.text[: proposition.span.start - content.start].split()
    return _is_finite(proposition, before)


def _is_finite(proposition: Proposition, before: Sequence[str]) -> bool:
    form = proposition.span.text.lower()
    if form.endswith("ing"):
        return bool(before) and before[-1].lower() in _table("auxiliary")["words"]
    nouns, verbs = _forms(proposition.act, "nouns"), _forms(proposition.act, "verbs")
    if not before or not {form, form.removesuffix("s")} & nouns:
        return bool(before)
    last = before[-1].lower()
    state = leading_state(before[-1:])
    described = last in _table("nominal")["words"] or last.endswith(tuple(_table("nominal")["endings"]))
    return bool({form, form.removesuffix("s")} & verbs) and not described and not (state and state.adjective)


def _begins_with(words: str, kinds: Iterable[str]) -> str | None:
    opening = _FIRST.match(words)
    found = opening.group() if opening else ""
    return found if any(found.lower() in _table("pronouns")[kind] for kind in kinds) else None


def _forms(act: str, kind: str) -> frozenset[str]:
    row = load_table("acts")["rows"]["acts"].get(act)
    return frozenset(row[kind]) if row else frozenset()


def _table(section: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_table("statements")[section]
    return found
