"""Who puts forward what a mere thing is said to show: "Evidence suggests that the dam had cracked. It may yet fail, the mayor said"."""

import itertools
from collections.abc import Mapping
from dataclasses import replace

from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.speakers.relay_chain import Utterance
from reportedly.extract.speakers.stated_things import is_thing

_GAP = 3  # characters between the end of one sentence's content and the beginning of the next one's


def with_speaker_behind(utterances: Mapping[int, Utterance]) -> dict[int, Utterance]:
    """Give what bare things say to whoever says that they say it.

    Args:
        utterances: by the place of their attribution among the article's.

    Returns:
        The utterances; where a thing without an owner ("evidence", "figures") stands in what a speaker says, the speaker has it.
        That is the outer level of a nested attribution, else whoever is named behind the very next sentence of the paragraph.
    """
    found = dict(utterances)
    order = sorted(utterances, key=lambda n: utterances[n].attribution.content[0].start)
    following = dict(itertools.pairwise(order))
    for number, utterance in utterances.items():
        if not _speaks_for_itself(utterance):
            continue
        if utterance.levels:
            found[number] = replace(utterance, referents=utterance.levels[:1], relays=utterance.relays[1:], levels=utterance.levels[1:])
        elif number in following:
            later = utterances[following[number]]
            if later.referents and not _speaks_for_itself(later) and _goes_on(utterance.attribution, later.attribution):
                found[number] = replace(utterance, referents=later.referents, relays=later.relays, levels=later.levels)
    return found


def _speaks_for_itself(utterance: Utterance) -> bool:
    """Whether the source is a thing that belongs to nobody."""
    source = utterance.attribution.source
    names = [r.name for r in utterance.referents]
    return (
        bool(source)
        and is_thing(source[0].text)
        and all(n.kind == "other" and n.principal is None for n in names)
        and not _owned(source[0].text)
    )


def _owned(words: str) -> bool:
    """Whether the words tell whose the thing is: "CNN footage", "figures from the port"."""
    first, *rest = words.split()
    return (
        any(w[:1].isupper() for w in rest)
        or any(w in {"of", "from", "by"} for w in rest)
        or first.casefold() in {"his", "her", "its", "their"}
    )


def _goes_on(one: Attribution, other: Attribution) -> bool:
    """Whether another content follows at once and is told to be somebody's only behind it."""
    apart = other.content[0].start - one.content[-1].end
    told_behind = bool(other.cue) and other.cue[0].start >= other.content[0].end
    return one.passage == other.passage and 0 <= apart <= _GAP and told_behind and other.form == "indirect"
