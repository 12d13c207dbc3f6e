"""Propositions: the acts that claims put forward, deny or leave open, ready to be brought together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.language.acts import implied_acts, is_act, is_empty_verb
from reportedly.language.numerals.counted import class_of
from reportedly.language.tables import load_table
from reportedly.model import Act, Reality, Span
from reportedly.resolve.actors import Cast
from reportedly.resolve.employers import named
from reportedly.resolve.voices import Voice

_HYPHENS = "-\u2010\u2011"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """One act that a claim speaks of.

    Attributes:
        voice: the claim.
        span: the words that name the act.
        act: a row of the acts table, else the verb's lemma.
        agent: principal of who does it; None where nobody is named.
        patient: principal, or place, that it is done to; None where none is named.
        counted: class of the thing acted on; None where there is none.
        thing: lemma of the thing acted on; None where there is none.
        place: where it happens or goes to; None where not said.
        negated: whether the content says that it did not happen.
        reality: actual, attempted, planned, expected or denied.
        extent: a word that says how far; None where none does.
        taken_up: whether the act is that of the claim which this one takes up ("denied the claim").
        implied: whether the act follows from the one that the words name.
        finite: whether the words that name it may be a finite verb, not a noun made of one.
        rank: its place among the claim's acts that are no mere talk, the main one 0.
        words: the words that tell something, of the claim that says what the act is: itself, or the one that it takes up.
    """

    voice: Voice
    span: Span
    act: str
    agent: str | None
    patient: str | None
    counted: str | None
    thing: str | None
    place: str | None
    negated: bool
    reality: Reality
    extent: str | None
    taken_up: bool
    implied: bool
    finite: bool
    rank: int
    words: frozenset[str]

    @property
    def objects(self) -> frozenset[str]:
        """Whom or where it is done to, as far as said."""
        return frozenset(name for name in (self.patient, self.place) if name)


def gather_propositions(voices: Sequence[Voice], cast: Cast) -> tuple[Proposition, ...]:
    """The acts of a story's attributed claims, with those that they imply.

    Args:
        voices: the story's claims.
        cast: who is who.

    Returns:
        The propositions by claim and place in it; a claim that takes up another one of its article has that one's main act.
    """
    by_id = {voice.claim.id: voice for voice in voices}
    return tuple(proposition for voice in voices if _speaks(voice) for proposition in _propositions(voice, by_id, cast))


def _speaks(voice: Voice) -> bool:
    return voice.attributed or voice.claim.form != "narration"


def _propositions(voice: Voice, by_id: Mapping[str, Voice], cast: Cast) -> Iterator[Proposition]:
    target = by_id.get(voice.claim.about) if voice.claim.about else None
    taken_up = target if target is not None and not voice.claim.acts else None
    source = taken_up or voice
    telling = [act for act in source.claim.acts if not is_talk(act.act) and not _in_compound(source, act)]
    acts = telling[:1] if taken_up else telling
    for rank, act in enumerate(acts):
        plain = _proposition(voice, source, cast, act, rank)
        plain = replace(plain, taken_up=taken_up is not None)
        yield plain
        for implied in implied_acts(act.act):
            yield replace(plain, act=implied, counted=None, extent=None, implied=True)


def _proposition(voice: Voice, source: Voice, cast: Cast, act: Act, rank: int) -> Proposition:
    return Proposition(
        voice=voice,
        span=act.span,
        act=act.act,
        agent=_principal(source, act.agent, cast),
        patient=cast.principal(source.stored, act.patient) if act.patient else None,
        counted=class_of(act.counted),
        thing=act.counted,
        place=act.place or (source.claim.place if rank == 0 else None),
        negated=act.negated,
        reality=act.reality,
        extent=act.extent,
        taken_up=False,
        implied=False,
        finite=not act.span.text.lower().endswith(tuple(load_table("endings")["nominal"]["endings"])),
        rank=rank,
        words=source.words,
    )


def _in_compound(source: Voice, act: Act) -> bool:
    """Whether an act's words are the second half of a compound that only describes somebody ("the Iran-backed group")."""
    found = next((span for span in source.claim.content if span.start < act.span.start < span.end), None)
    return found is not None and found.text[act.span.start - found.start - 1] in _HYPHENS


def is_talk(act: str) -> bool:
    """Whether a verb only says that somebody speaks, feels or is, so that nobody can confirm or deny an act by it."""
    return not is_act(act) and (is_empty_verb(act) or act in load_table("statements")["speech"]["verbs"])


def _principal(source: Voice, name: str | None, cast: Cast) -> str | None:
    """Whom the agent of an act speaks for; None for common nouns that name no actor ("the move")."""
    if name is None or (name.islower() and cast.actor(source.stored, name) is None and named(name).kind in ("other", "body")):
        return None
    return cast.principal(source.stored, name)
