"""Wordings: which claim's words name a statement best, as a clause that a reader of one line understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.language.acts import is_act
from reportedly.language.naming.states import leading_state
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
        positions.get(claim.id) == "open",
        not is_clause(proposition),
        positions.get(claim.id) != "supports",
        _in_relative_clause(proposition),
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
    """The words that name a statement: a content that is a clause, else who said it and how with it.

    A pronoun for the agent, who speaks, gives way to the agent's name in brackets; one with a capital begins a sentence of its own,
    and may stand for anything said before.
    """
    words = plain_words(proposition.voice)
    if not is_clause(proposition):
        return _passage(proposition.voice)
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


def _passage(voice: Voice) -> str:
    claim = voice.claim
    spans = sorted({(span.start, span.text) for span in (*claim.source, *claim.cue, *claim.content)})
    return " ".join(" ".join(text.split()) for _, text in spans)


def stands_alone(proposition: Proposition, agent: str) -> bool:
    """Whether the words are a clause of the reporter's that names its subject, with the act as what it is about."""
    words = statement_words(proposition, agent)
    reported = proposition.voice.claim.form != "direct" or is_act(proposition.act)
    named = _begins_with(words, ("subjects", "possessives", "others")) is None
    return reported and named and proposition.rank == 0 and is_clause(proposition)


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


def _in_relative_clause(proposition: Proposition) -> bool:
    """Whether the act only tells which one is meant ("soldiers who fought"): the words then put forward something else."""
    content = next((span for span in proposition.voice.claim.content if span.start <= proposition.span.start < span.end), None)
    before = content.text[: proposition.span.start - content.start].split() if content else []
    return len(before) > 1 and before[-1].lower() in _table("relative")["words"]


def _is_finite(proposition: Proposition, before: Sequence[str]) -> bool:
    form = proposition.span.text.lower()
    if form.endswith("ing"):
        return bool(before) and before[-1].lower() in _table("auxiliary")["words"]
    forms = {form, form.removesuffix("s")}
    if not before or not forms & _forms(proposition.act, "nouns"):
        return bool(before)
    return bool(forms & _forms(proposition.act, "verbs")) and _may_govern(before[-1], named=form.endswith("s"))


def _may_govern(word: str, *, named: bool) -> bool:
    """Whether the word right before a form that is a noun's as well as a verb's tells that it is the verb's.

    An auxiliary or a pronoun does, and before a form in -s a name: "Norland attacks Varda", not "the Varda Bank hack".
    """
    lower, state = word.lower(), leading_state([word])
    if lower.endswith(tuple(_table("nominal")["endings"])) or (state and state.adjective):
        return False
    helping = (*_table("auxiliary")["words"], *_table("auxiliary")["more"], *_table("pronouns")["subjects"])
    return (named and word[:1].isupper()) or lower in helping


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
