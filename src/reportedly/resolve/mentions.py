"""Mentions: what each article says about an actor that it names - kind, principal, office, words that stand for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportedly.language.naming.names import state_of
from reportedly.language.tables import load_table
from reportedly.model import ActorKind, ActorName, ArticleKey, Claim, Span
from reportedly.resolve.employers import employer, head_body, named
from reportedly.resolve.namesakes import Identity
from reportedly.resolve.remembering import per_report
from reportedly.resolve.reports import Report

ITSELF: frozenset[ActorKind] = frozenset({"state", "organisation", "outlet", "body"})
"""Kinds of actor that speak for themselves where nothing names a principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An actor as one article names it.

    Attributes:
        where: the article.
        name: its canonical name there.
        kind: what sort of actor.
        principal: whom it speaks for, or None.
        offices: its offices as printed.
        words: words of the article that were taken to mean it.
        day: ISO day by which the article was published, or None.
        claims: ids of the claims it made there.
        inferred: whether no words of the article name the principal, so that it comes from where the article was written.
        means: the longer name that a bare one stands for in its story ("Nordland police" for "police"); None for any other.
        why: what `means` rests on.
    """

    where: ArticleKey
    name: str
    kind: ActorKind
    principal: str | None
    offices: tuple[str, ...]
    words: tuple[str, ...]
    day: str | None
    claims: tuple[str, ...]
    inferred: bool = False
    means: str | None = None
    why: str = "no other of its story can be meant"

    @property
    def identity(self) -> Identity:
        """The mention as a side of the decision who is who."""
        return Identity(name=self.means or self.name, principal=self.principal, kind=self.kind, offices=self.offices)


def gather_mentions(reports: Sequence[Report], aliases: Mapping[str, str]) -> tuple[Mention, ...]:
    """Every actor of every article.

    Args:
        reports: all articles.
        aliases: further name -> canonical name, as a person set them.

    Returns:
        The mentions, sorted by article and name. Names that are only spoken of count where they are actors.
    """
    if aliases:
        return tuple(mention for report in reports for mention in _mentions(report, aliases))
    return tuple(mention for report in reports for mention in _printed(report))


@per_report
def _printed(report: Report) -> tuple[Mention, ...]:
    """The actors of an article, nobody having set an alias."""
    return tuple(_mentions(report, {}))


@dataclass(slots=True)
class _Gathered:
    """What one article's claims say about one name."""

    phrases: set[str] = field(default_factory=set)
    principals: list[str] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    speaks: bool = False


@lru_cache(maxsize=1 << 15)  # names are without end, memory is not
def is_thing(name: str) -> bool:
    """Whether a speaker is no actor but a thing that tells something ("evidence", "the treaty")."""
    table = load_table("things")
    words = name.lower().split()
    head = next((place for place, word in enumerate(words) if word in table["behind_head"]["words"]), len(words))
    return named(name).kind == "other" and head > 0 and words[head - 1] in table["things"]["words"]


def _mentions(report: Report, aliases: Mapping[str, str]) -> Iterator[Mention]:
    outlets = {report.outlet, *report.article.credits}
    found = _gather(report)
    for name in sorted(found):
        gathered = found[name]
        facts = _facts(name, gathered)
        if not gathered.speaks and not _is_known(name, facts):
            continue
        kind: ActorKind = "outlet" if name in outlets and facts.kind != "state" else facts.kind
        own = None if kind == "outlet" and facts.kind == "body" else facts.principal  # "New York" in an outlet's name is no state
        offices = {fact.role for fact in (facts, *_same(name, gathered.phrases)) if fact.role}
        yield Mention(
            where=report.key,
            name=name,
            kind=kind,
            principal=_principal(aliases.get(name, name), kind, aliases.get(own or "", own)),
            offices=tuple(sorted(offices)),
            words=tuple(sorted(gathered.phrases - {name})),
            day=report.published.last[:10] if report.published and report.published.last else None,
            claims=tuple(sorted(gathered.claims)),
            inferred=all(fact.principal is None for fact in (named(name), *_same(name, gathered.phrases))),
        )


def _is_known(name: str, facts: ActorName) -> bool:
    """Whether a name that is only spoken of is an actor: a state, or one that speaks for another; no capital, no other word for one."""
    speaks_for = facts.principal is not None and (facts.principal != name or facts.kind == "state")
    return speaks_for and facts.kind in ("person", "state", "body") and named(name).name == name


def _gather(report: Report) -> dict[str, _Gathered]:
    found: dict[str, _Gathered] = defaultdict(_Gathered)
    for stored in report.claims:
        claim = stored.claim
        printed = [*_pieces(claim.source), *(span.text for span in claim.evidence)] if len(claim.speakers) == 1 else []
        for name in claim.speakers:
            found[name].phrases.update(printed)
            found[name].claims.add(claim.id)
        for name, principal in zip(claim.speakers, claim.principals, strict=False):
            found[name].principals.extend([principal] if principal else [])
        for relay in claim.relays:
            found[relay.actor].phrases.update([relay.source.text] if relay.source else [])
        for name in (*claim.speakers, *claim.via, *(relay.actor for relay in claim.relays)):
            found[name].speaks = True
        for name in _spoken_of(claim):
            found.setdefault(name, _Gathered())
    return found


def _spoken_of(claim: Claim) -> Iterator[str]:
    yield from claim.names
    yield from (name for act in claim.acts for name in (act.agent, act.patient) if name)
    yield from (figure.population for figure in claim.figures if figure.population)


def _pieces(spans: Iterable[Span]) -> list[str]:
    texts = [span.text for span in spans]
    return [" ".join(texts)] if texts else []


def _facts(name: str, gathered: _Gathered) -> ActorName:
    """What the name tells; its principal from what the extractor found, else from a phrase that names the same actor or its body."""
    own = named(name)
    same = _same(name, gathered.phrases)
    told = Counter(gathered.principals).most_common()
    bodies = [other for other in map(named, sorted(gathered.phrases)) if other.kind in ("body", "state")]
    principals = [own.principal, *(other.principal for other in same), *(p for p, _ in sorted(told, key=lambda pair: (-pair[1], pair[0])))]
    principals += [other.principal for other in bodies] if own.kind in ("person", "other") else []
    principals += [head_body(name)] if own.kind == "other" else []
    kinds = [own.kind, *(other.kind for other in same)]
    offices = [office for office in (own.role, *(other.role for other in same)) if office]
    return ActorName(
        name=name,
        kind=next((kind for kind in kinds if kind != "other"), "other"),
        principal=_surest([principal for principal in principals if principal], offices),
        role=next(iter(offices), None),
    )


def _surest(principals: Sequence[str], offices: Sequence[str]) -> str | None:
    """The first principal that is a state, else the body that an office names, else the first."""
    for principal in principals:
        if state_of(principal) == principal:
            return principal
    first = next(iter(principals), None)
    return next((body for office in offices if (body := employer(office, first))), first)


def _same(name: str, phrases: Iterable[str]) -> list[ActorName]:
    """The phrases that name the actor itself, the fullest first: "Mexican Health Secretary" says more than "Health Secretary"."""
    fullest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return [other for other in (named(phrase) for phrase in fullest) if other.name == name]


def _principal(name: str, kind: ActorKind, principal: str | None) -> str | None:
    return name if principal is None and kind in ITSELF else principal
