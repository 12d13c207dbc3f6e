"""Actors across documents: which names are one person or body, whom it speaks for, which offices it held when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.language.naming.names import same_person
from reportedly.model import Actor, ActorKind, ArticleKey, Judgement, Role, Settings, StoredClaim, Story, group_id
from reportedly.resolve.employers import named
from reportedly.resolve.groups import group
from reportedly.resolve.mentions import ITSELF, Mention, gather_mentions
from reportedly.resolve.namesakes import Identity, label, like_persons, name_parts, same_actor
from reportedly.resolve.reports import Report
from reportedly.resolve.short_names import expand_short_names

_FEW = 5  # words of a noun phrase beyond which it says more than a name
_Key = tuple[str, str]  # a name and its principal, "" where none is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The actors, and who is who in each article.

    Attributes:
        actors: by id.
        actor_of: (document id, article number, name) -> actor id.
        names_in: the names that each article gives actors, sorted.
    """

    actors: Mapping[str, Actor]
    actor_of: Mapping[tuple[str, int, str], str]
    names_in: Mapping[ArticleKey, tuple[str, ...]]

    def actor(self, stored: StoredClaim, name: str) -> Actor | None:
        """The actor that a name means in a claim's article, or None for a name that is no actor.

        A short form ("Kim", "General Staff") is the one actor of the article whose longer name it may stand for.
        """
        found = self.actor_of.get((*stored.article, name))
        if found is None:
            full = {self.actor_of[*stored.article, known] for known in self.names_in.get(stored.article, ()) if _is_short_for(name, known)}
            found = full.pop() if len(full) == 1 else None
        return self.actors[found] if found else None

    def principal(self, stored: StoredClaim, name: str) -> str:
        """Whom a name speaks for in a claim's article; one whose principal is unknown speaks for itself."""
        actor = self.actor(stored, name)
        return (actor.principal or actor.name) if actor else name

    def principals(self, stored: StoredClaim) -> tuple[str, ...]:
        """Whom a claim's speakers speak for, each once, sorted; none for narration."""
        if stored.claim.form == "narration":
            return ()
        return tuple(sorted({self.principal(stored, name) for name in stored.claim.speakers}))


def join_actors(reports: Sequence[Report], stories: Sequence[Story], settings: Settings, judgements: Iterable[Judgement]) -> Cast:
    """Bring the names of all articles together into actors.

    Args:
        reports: all articles.
        stories: their stories, in which a bare name ("the police") means the one body it can mean.
        settings: the ledger's settings, for aliases.
        judgements: a person's merges and splits of names.

    Returns:
        The actors and who is who.
    """
    judgements = tuple(judgements)
    printed = gather_mentions(reports, settings.aliases)
    mentions = _unless_split(printed, expand_short_names(printed, stories), judgements)
    identities = _identities(mentions, settings.aliases)
    nodes = sorted(identities)
    evidence = {pair: why for pair in like_persons(identities) if (why := same_actor(identities[pair[0]], identities[pair[1]])) is not None}
    evidence |= _unknown_principal(nodes) | _capitals(identities)
    together, apart = _judged(nodes, judgements)
    groups = group(nodes, evidence, together=together, apart=apart)
    of_key = {key: members for members in groups for key in members}
    found: dict[tuple[_Key, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[of_key[_key(mention, settings.aliases)]].append(mention)
    names = Counter(name for name, _ in nodes)
    actors = {
        members: _actor(members, found[members], names, [*_reasons(members, evidence), *_naming_reasons(found[members], settings.aliases)])
        for members in groups
    }
    return Cast(
        actors={actor.id: actor for actor in sorted(actors.values(), key=lambda actor: actor.id)},
        actor_of={(*each.where, each.name): actors[members].id for members, several in sorted(found.items()) for each in several},
        names_in=_names_in(mentions),
    )


def _unless_split(printed: Sequence[Mention], meant: Sequence[Mention], judgements: Iterable[Judgement]) -> tuple[Mention, ...]:
    """The mentions as they are meant, those as they are printed whose meaning a person split from their name."""
    splits = [{*judgement.targets} for judgement in judgements if judgement.kind == "split" and judgement.in_force]
    pairs = zip(printed, meant, strict=True)
    return tuple(one if other.means and any({one.name, other.means} <= names for names in splits) else other for one, other in pairs)


def _names_in(mentions: Iterable[Mention]) -> dict[ArticleKey, tuple[str, ...]]:
    names: dict[ArticleKey, set[str]] = defaultdict(set)
    for mention in mentions:
        names[mention.where].add(mention.name)
    return {key: tuple(sorted(several)) for key, several in names.items()}


def _is_short_for(name: str, full: str) -> bool:
    return full.startswith(f"{name} (") or (named(full).kind == "person" and same_person(name, full))


def _key(mention: Mention, aliases: Mapping[str, str]) -> _Key:
    name = mention.means or mention.name
    return aliases.get(name, name), mention.principal or ""


def _identities(mentions: Iterable[Mention], aliases: Mapping[str, str]) -> dict[_Key, Identity]:
    offices: dict[_Key, set[str]] = defaultdict(set)
    kinds: dict[_Key, Counter[ActorKind]] = defaultdict(Counter)
    for mention in mentions:
        key = _key(mention, aliases)
        offices[key].update(mention.offices)
        kinds[key][mention.kind] += 1
    return {
        key: Identity(name=key[0], principal=key[1] or None, kind=_commonest(kinds[key]), offices=tuple(sorted(offices[key])))
        for key in sorted(kinds)
    }


def _commonest(kinds: Counter[ActorKind]) -> ActorKind:
    return min(kinds, key=lambda kind: (kind == "other", -kinds[kind], kind))


def _unknown_principal(nodes: Iterable[_Key]) -> dict[tuple[_Key, _Key], str]:
    """A name without a known principal joins the one identity of that name; where there are two it stays apart."""
    principals: dict[str, list[str]] = defaultdict(list)
    for name, principal in nodes:
        principals[name].append(principal)
    return {
        ((name, ""), (name, known[1])): "one name; only one principal of that name is known"
        for name, several in principals.items()
        if len(known := sorted(several)) == 2 and known[0] == "" and len(name_parts(name)) > 1  # noqa: PLR2004 - unknown and known
    }


def _capitals(identities: Mapping[_Key, Identity]) -> dict[tuple[_Key, _Key], str]:
    """Groups of one principal whose names differ in capitals alone, as at the head of a sentence."""
    blocks: dict[tuple[str, str], list[_Key]] = defaultdict(list)
    for key in sorted(identities):
        if identities[key].kind in ("group", "other"):
            blocks[key[0].casefold(), key[1]].append(key)
    return {pair: "one name but for its capitals" for keys in blocks.values() for pair in combinations(keys, 2)}


def _judged(nodes: Iterable[_Key], judgements: Iterable[Judgement]) -> tuple[list[tuple[_Key, _Key]], list[tuple[_Key, _Key]]]:
    keys: dict[str, list[_Key]] = defaultdict(list)
    for key in nodes:
        keys[key[0]].append(key)
    together: list[tuple[_Key, _Key]] = []
    apart: list[tuple[_Key, _Key]] = []
    for judgement in judgements:
        if not judgement.in_force or judgement.kind not in ("merge", "split"):
            continue
        several = together if judgement.kind == "merge" else apart
        for one, other in combinations(sorted(set(judgement.targets)), 2):
            several.extend((a, b) for a in keys.get(one, ()) for b in keys.get(other, ()))
    return together, apart


def _reasons(members: tuple[_Key, ...], evidence: Mapping[tuple[_Key, _Key], str]) -> list[str]:
    return [
        f"{one[0]} = {other[0]}: {evidence[one, other]}" if one[0] != other[0] else f"{one[0]}: {evidence[one, other]}"
        for one, other in combinations(members, 2)
        if (one, other) in evidence
    ]


def _naming_reasons(mentions: Iterable[Mention], aliases: Mapping[str, str]) -> list[str]:
    chosen = {f"{m.name} = {aliases[m.name]}: set as an alias" for m in mentions if m.name in aliases}
    return sorted(chosen | {f"{m.name} = {m.means}: {m.why}" for m in mentions if m.means})


def _actor(members: tuple[_Key, ...], mentions: Sequence[Mention], names: Mapping[str, int], evidence: Sequence[str]) -> Actor:
    counts = Counter(name for name, _ in members)
    counts.update(mention.name for mention in mentions if mention.name in counts)
    kind = _commonest(Counter(mention.kind for mention in mentions))
    name = min(counts, key=lambda each: (kind == "person" and len(name_parts(each)) < 2, -counts[each], each))  # noqa: PLR2004 - a full name has two parts
    principal = min((principal for _, principal in members if principal), default=None)
    return Actor(
        id=group_id("a", (label(each, of, single=names[each] == 1) for each, of in members)),
        name=name,
        kind=kind,
        principal=principal or (name if kind in ITSELF else None),
        names=tuple(sorted({*counts, *(mention.name for mention in mentions)})),
        roles=_roles(mentions),
        stands_for=_stand_ins(mentions) if kind in ("state", "body") else (),
        claims=tuple(sorted({claim for mention in mentions for claim in mention.claims})),
        evidence=tuple(evidence),
    )


def _roles(mentions: Iterable[Mention]) -> tuple[Role, ...]:
    days: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        for office in mention.offices:
            days[office].extend([mention.day] if mention.day else [])
    return tuple(Role(name=office, first=min(days[office], default=None), last=max(days[office], default=None)) for office in sorted(days))


def _stand_ins(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Words other than its name that mean a state or body: a few, read by `name_actor` as the very same."""
    return tuple(
        sorted(
            {
                words
                for mention in mentions
                for words in mention.words
                if named(words).name == mention.name and len(words.split()) <= _FEW and "," not in words
            }
        )
    )
