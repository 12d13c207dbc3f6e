"""Origins: which claims and figures descend from one principal's assessment, whoever carries them."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from reportedly.model import CopyLink, Origin, group_id
from reportedly.resolve.assertions import Assertion, figure_repeats, is_telling, one_assessment, own_voice_repeats, same_wire
from reportedly.resolve.groups import group
from reportedly.resolve.relayed import relay_links
from reportedly.resolve.utterances import Judged


def join_origins(
    assertions: Sequence[Assertion], copies: Iterable[CopyLink], utterances: Mapping[str, str], judged: Judged
) -> tuple[Origin, ...]:
    """The origins of all claims and figures.

    Args:
        assertions: every claim and every figure of one.
        copies: near-duplicate articles, whose own voice is one.
        utterances: claim id -> utterance id.
        judged: a person's merges and splits of claims.

    Returns:
        The origins, sorted by id; each claim and figure descends from exactly one.
    """
    by_name = {assertion.name: assertion for assertion in assertions}
    copies = tuple(copies)
    links = _own_voice_links(assertions)
    attached = {name for pair in links for name in pair if not by_name[name].voice.named}
    left = [assertion for assertion in assertions if assertion.name not in attached]
    links |= dict(_spoken_links(left, by_name, utterances))
    links |= _wire_links(left, by_name, copies)
    relayed = {citing.name: (cited, why) for citing, cited, why in relay_links(assertions)}
    links |= {(min(name, cited.name), max(name, cited.name)): why for name, (cited, why) in relayed.items()}
    groups = group(by_name, links, together=_figureless(judged.together, by_name), apart=_figureless(judged.apart, by_name))
    reasons: dict[str, set[str]] = defaultdict(set)
    for (one, _), why in links.items():
        reasons[one].add(why)
    seconds = {name for name, (cited, _) in relayed.items() if cited.voice.named}
    origins = (_origin([by_name[name] for name in members], reasons, utterances, seconds) for members in groups)
    return tuple(sorted(origins, key=lambda origin: origin.id))


def _figureless(pairs: Iterable[tuple[str, str]], known: Mapping[str, Assertion]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in pairs if one in known and other in known]


def _spoken_links(
    assertions: Sequence[Assertion], by_name: Mapping[str, Assertion], utterances: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str]]:
    """What one principal said: claims of one utterance, and figures of one assessment."""
    blocks: dict[Hashable, set[str]] = defaultdict(set)
    for assertion in assertions:
        voice = assertion.voice
        if voice.attributed and assertion.figure is None:
            blocks["said", utterances[voice.claim.id], assertion.principals].add(assertion.name)
        elif voice.attributed:
            for bound in assertion.bounds:
                blocks["figure", assertion.principals, assertion.figure.measure if assertion.figure else "", bound].add(assertion.name)
    for key, names in blocks.items():
        for one, other in combinations(sorted(names), 2):
            why = "one utterance" if isinstance(key, tuple) and key[0] == "said" else one_assessment(by_name[one], by_name[other])
            if why:
                yield (one, other), why


def _wire_links(
    assertions: Sequence[Assertion], by_name: Mapping[str, Assertion], copies: Sequence[CopyLink]
) -> dict[tuple[str, str], str]:
    """Own voice and agentless claims that articles copy from one another, and an article's own figure told twice in it.

    Only what stands in one article, or in articles that copies lead from one to the other, is compared: a story of hundreds of articles
    says "dozens killed" in each.
    """
    found: dict[tuple[str, str], str] = {}
    repeats = frozenset(pair for link in copies for pair in ((link.first, link.second), (link.second, link.first)))
    wire_of = {key: wire[0] for wire in group({key for pair in repeats for key in pair}, repeats) for key in wire}
    blocks: dict[Hashable, set[str]] = defaultdict(set)
    for assertion in assertions:
        if not assertion.voice.attributed:
            for place, key in product({wire_of.get(article, article) for article in assertion.voice.articles}, assertion.wire_keys):
                blocks[place, key].add(assertion.name)
    for names in blocks.values():
        for one, other in combinations(sorted(names), 2):
            why = same_wire(by_name[one], by_name[other], repeats)
            if why:
                found[one, other] = why
    return found


def _own_voice_links(assertions: Sequence[Assertion]) -> dict[tuple[str, str], str]:
    """What nobody named says belongs to the attributed figure that it repeats, in the article itself, else in its story."""
    spoken: dict[Hashable, list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        if assertion.voice.named and assertion.figure is not None and not assertion.is_part:
            for place in (*_told_in(assertion), *_told_around(assertion)):
                spoken[place].append(assertion)
    found: dict[tuple[str, str], str] = {}
    for assertion in assertions:
        if assertion.voice.named or assertion.figure is None:
            continue
        here = [o for place in _told_in(assertion) for o in spoken.get(place, ()) if figure_repeats(assertion, o)]
        there = [o for place in _told_around(assertion) for o in spoken.get(place, ()) if own_voice_repeats(assertion, o)]
        best = min(here or there, key=lambda other: _precedence(other, nearest=not here), default=None)
        if best is not None:
            pair = (min(assertion.name, best.name), max(assertion.name, best.name))
            found[pair] = "own voice repeats an attributed figure of " + ("its article" if here else "its story")
    return found


def _told_in(assertion: Assertion) -> Iterator[Hashable]:
    """Articles with what a figure counts and each number that it states: figures of an article that repeat one another share one."""
    yield from product(assertion.voice.articles, _measure(assertion), assertion.bounds)


def _told_around(assertion: Assertion) -> Iterator[Hashable]:
    """The same of stories, of the numbers that tell something beyond an article."""
    yield from product(assertion.stories, _measure(assertion), filter(is_telling, assertion.bounds))


def _measure(assertion: Assertion) -> tuple[str, ...]:
    return (assertion.figure.measure,) if assertion.figure else ()


def _precedence(assertion: Assertion, *, nearest: bool) -> tuple[str, int, str]:
    """The first in the article, or the first said in the story."""
    said = assertion.voice.said
    return (said.last or "~") if nearest and said else "", assertion.voice.claim.start, assertion.name


def _origin(
    members: Sequence[Assertion], reasons: Mapping[str, set[str]], utterances: Mapping[str, str], seconds: Collection[str]
) -> Origin:
    """An origin; an outlet that is only cited for what its report has from another (`seconds`) is no principal of it."""
    names = tuple(assertion.name for assertion in members)
    spoken = [assertion for assertion in members if assertion.voice.attributed]
    named = [assertion for assertion in spoken if assertion.voice.named and assertion.name not in seconds]
    return Origin(
        id=group_id("o", names),
        principal=_principal(named or spoken),
        members=names,
        outlets=tuple(sorted({outlet for assertion in members for outlet in assertion.voice.outlets})),
        utterances=len({utterances[assertion.voice.claim.id] for assertion in spoken}),
        evidence=tuple(sorted({why for name in names for why in reasons.get(name, ())})) if len(names) > 1 else (),
    )


def _principal(assertions: Iterable[Assertion]) -> str | None:
    """The one principal of an origin; None for own voice, and for a joint statement, whose several principals its claims name."""
    found = {assertion.principals for assertion in assertions}
    alone = min(found, default=())
    return alone[0] if len(found) == 1 and len(alone) == 1 else None
