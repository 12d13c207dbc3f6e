"""Utterances: which claims retell one act of speech."""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reportedly.model import Interval, Judgement, group_id
from reportedly.resolve.groups import group
from reportedly.resolve.voices import Voice, contents_alike

_BLOCK = 6  # longest words of a content: candidates share two of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A person's merges and splits of claims, as pairs of claim ids.

    Attributes:
        together: pairs that are one.
        apart: pairs that are not.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def judged_pairs(judgements: Iterable[Judgement], known: Iterable[str]) -> Judged:
    """The standing merges and splits among some claims."""
    ids = frozenset(known)
    together: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for judgement in judgements:
        if not judgement.undone and judgement.kind in ("merge", "split"):
            pairs = combinations(sorted(ids.intersection(judgement.targets)), 2)
            (together if judgement.kind == "merge" else apart).extend(pairs)
    return Judged(together=tuple(together), apart=tuple(apart))


def join_utterances(voices: Sequence[Voice], judged: Judged) -> dict[str, str]:
    """For each claim the id of the act of speech that it retells.

    Args:
        voices: all claims.
        judged: a person's merges and splits.

    Returns:
        Claim id -> utterance id; an own-voice or agentless claim is an utterance of its own unless a person joined it.
    """
    by_id = {voice.claim.id: voice for voice in voices}
    links = [pair for pair in _candidates(voices) if one_utterance(by_id[pair[0]], by_id[pair[1]])]
    groups = group(by_id, links, together=judged.together, apart=judged.apart)
    return {identity: group_id("u", members) for members in groups for identity in members}


def one_utterance(one: Voice, other: Voice) -> bool:
    """Whether two attributed claims retell one act of speech, from the two sides alone.

    The same speakers on the same day, or at the same undated time in one article, spoke once; otherwise the same figure, or
    much the same words, of one principal at times that meet.
    """
    if not one.attributed or not other.attributed or one.principals != other.principals:
        return False
    said, told = one.said, other.said
    if one.speakers == other.speakers:
        shared = bool(set(one.articles) & set(other.articles))
        if shared and _bounds(said) == _bounds(told):
            return True
        if _day(said) is not None and _day(said) == _day(told):
            return True
    if said is None or told is None or not said.meets(told):
        return False
    return bool(_values(one) & _values(other)) or contents_alike(one, other)


def _candidates(voices: Sequence[Voice]) -> Iterator[tuple[str, str]]:
    """Pairs of one principal that share an article, a day, a figure, or two of their longest words.

    Most keys of a large story are one claim's alone, and they are hundreds of thousands: they are met as numbers, side by side.
    """
    numbers, owners = array("q"), array("q")
    for owner, voice in enumerate(voices):
        if voice.attributed:
            for number in {hash(key) for key in _keys(voice)}:
                numbers.append(number)
                owners.append(owner)
    pairs: set[tuple[int, int]] = set()
    for several in sharing(np.frombuffer(numbers, dtype=np.int64), np.frombuffer(owners, dtype=np.int64)):
        pairs.update(combinations(several, 2))
    yield from ((voices[one].claim.id, voices[other].claim.id) for one, other in sorted(pairs))


def sharing(numbers: NDArray[np.int64], owners: NDArray[np.int64]) -> Iterator[list[int]]:
    """Who has a number in common.

    Args:
        numbers: numbers, in any order.
        owners: who has each, rising; nobody has one twice.

    Yields:
        For every number that several have, those who have it, in their order.
    """
    order = np.argsort(numbers, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(numbers[order]) != 0, True)) + 1
    starts = np.append(0, ends[:-1])
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        yield owners[order[start:end]].tolist()


def _keys(voice: Voice) -> Iterator[Hashable]:
    who = voice.principals
    yield from (("article", who, key) for key in voice.articles)
    day = _day(voice.said)
    if day is not None:
        yield "day", voice.speakers, day
    yield from (("figure", who, *value) for value in _values(voice))
    longest = sorted(voice.words, key=lambda word: (-len(word), word))[:_BLOCK]
    yield from (("words", who, *pair) for pair in combinations(sorted(longest), 2))


def _values(voice: Voice) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (figure.measure, str(figure.low), str(figure.high))
        for figure in voice.claim.figures
        if figure.low is not None or figure.high is not None
    )


def _bounds(interval: Interval | None) -> tuple[str | None, str | None]:
    return (interval.first, interval.last) if interval else (None, None)


def _day(interval: Interval | None) -> str | None:
    """The day that the words name, or None where they name a longer stretch or none."""
    if interval is None or interval.basis == "published" or interval.first is None or interval.last is None:
        return None
    return interval.first[:10] if interval.first[:10] == interval.last[:10] else None
