"""Through whom an utterance came where its own sentence does not say: what the article's other utterances tell."""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.speakers.reference import Referent
from reportedly.language.naming.bodies import agencies_of, is_state_outlet
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.model import Relay


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """An attribution with who speaks in it, before what it takes over from others is known.

    Attributes:
        attribution: source, cue and content.
        referents: who speaks.
        relays: who relays by the sentence's own account, nearest the speaker first.
        levels: the actors of its outer levels.
        heard: outlets that the words were said to.
        apart: whether the words set it apart from the news of the day.
        lead: whether it stands in the headline or the first paragraphs.
        frame: the words of its sentences outside the content, small letters.
        turn: whether it is heard in a turn of a transcript, so that it came through nobody but those whom the turn names.
    """

    attribution: Attribution
    referents: tuple[Referent, ...] = ()
    relays: tuple[Relay, ...] = ()
    levels: tuple[Referent, ...] = ()
    heard: tuple[str, ...] = ()
    apart: bool = False
    lead: bool = False
    frame: frozenset[str] = frozenset()
    turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayChain:
    """Which of an article's utterances came through whom.

    Attributes:
        utterances: by the place of their attribution among the article's.
        by_speaker: for each speaker (`_same_voice`) the places of its relayed utterances of the day, ascending.
        by_state: for each state the places of utterances of its bodies that an outlet relayed, ascending.
        onward: for each actor, through whom its words came.
        agencies: the state agencies that the article names as relays.
        principals: for each person, whom the article says it speaks for.
    """

    utterances: Mapping[int, Utterance]
    by_speaker: Mapping[str, Sequence[int]]
    by_state: Mapping[str, Sequence[int]]
    onward: Mapping[str, Sequence[str]]
    agencies: frozenset[str]
    principals: Mapping[str, str]

    def relays_of(self, number: int) -> tuple[str, ...]:
        """Through whom an utterance came, nearest the speaker first, the article's outlet not among them."""
        utterance = self.utterances[number]
        relays = [r.actor for r in utterance.relays] or list(self._inherited(number))
        for relay in () if utterance.turn else tuple(relays):  # what a relay says has come through others in its turn
            relays += [r for r in self.onward.get(relay, ()) if r not in relays]
        return tuple(self._agency(relay) for relay in relays)

    def _inherited(self, number: int) -> tuple[str, ...]:
        """Relays that the article names at another utterance of the same speaker about the same occasion."""
        utterance = self.utterances[number]
        if not utterance.referents or utterance.turn or utterance.heard or (utterance.apart and not utterance.lead):
            return ()
        names = {_same_voice(r, utterance) for r in utterance.referents}
        places = [place for name in sorted(names) if (place := self._nearest(self.by_speaker.get(name, ()), number)) is not None]
        if utterance.lead:  # a state speaks through the body whose statement was relayed
            states = sorted(r.name.name for r in utterance.referents if r.name.kind == "state")
            places += [place for state in states if (place := self._nearest(self.by_state.get(state, ()), number)) is not None]
        nearest = min(places, key=lambda place: (abs(place - number), place), default=None)
        return tuple(r.actor for r in self.utterances[nearest].relays) if nearest is not None else ()

    def _nearest(self, places: Sequence[int], number: int) -> int | None:
        """The nearest place before an utterance, for one of the lead the nearest at all."""
        cut = bisect.bisect_left(places, number)
        near = [
            *places[max(0, cut - 1) : cut],
            *(place for place in places[cut : cut + 2] if place != number and self.utterances[number].lead),
        ]
        return min(near, key=lambda place: (abs(place - number), place), default=None)

    def _agency(self, relay: str) -> str:
        """An unnamed "state media" is the state's agency where the article relays the same state's words through that one alone."""
        if not relay.startswith("State media (") or not is_state_outlet(relay):
            return relay
        named = agencies_of(relay.removeprefix("State media (").removesuffix(")")) & self.agencies
        return next(iter(named)) if len(named) == 1 else relay


def _same_voice(referent: Referent, utterance: Utterance) -> str:
    """What tells that the same one speaks again: a name, for somebody unnamed also where he was brought in."""
    if referent.name.kind != "group" or referent.name.principal:
        return referent.name.name
    source = utterance.attribution.source
    start = referent.evidence.start if referent.evidence else source[0].start if source else 0
    return f"{referent.name.name} {start}"


def link_relays(utterances: Mapping[int, Utterance]) -> RelayChain:
    """The chain of an article's utterances.

    Args:
        utterances: by the place of their attribution among the article's.
    """
    by_speaker: dict[str, list[int]] = {}
    by_state: dict[str, list[int]] = {}
    onward: dict[str, dict[str, None]] = {}
    principals: dict[str, str] = {}
    for place in sorted(utterances):
        utterance = utterances[place]
        for referent in utterance.referents:
            principal = principal_of(referent.name)
            if principal and referent.name.kind == "person":
                principals.setdefault(referent.name.name, principal)
            if utterance.relays and (utterance.lead or not utterance.apart):
                by_speaker.setdefault(_same_voice(referent, utterance), []).append(place)
                if principal and any(name_actor(r.actor).kind == "outlet" or is_state_outlet(r.actor) for r in utterance.relays):
                    by_state.setdefault(principal, []).append(place)
            if utterance.relays and not utterance.apart:
                onward.setdefault(referent.name.name, {}).update(dict.fromkeys(r.actor for r in utterance.relays))
    return RelayChain(
        utterances=utterances,
        by_speaker=by_speaker,
        by_state=by_state,
        onward={actor: tuple(relays) for actor, relays in onward.items()},
        agencies=frozenset(r.actor for u in utterances.values() for r in u.relays if is_state_outlet(r.actor)),
        principals=principals,
    )
