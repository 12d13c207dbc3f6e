"""Who speaks in each attribution, whom they speak for, and through whom the words came."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.extract.cast import Cast, cast_of
from reportedly.extract.parsed import Attribution, Level, ParsedArticle
from reportedly.extract.referents import Context, Referent, Spoken, is_utterance, refer
from reportedly.extract.relays import carried_by, frame_tokens, heard_by, is_other_occasion
from reportedly.language.bodies import agencies_of, is_state_outlet
from reportedly.language.names import principal_of, split_joint
from reportedly.model import Relay, Span

_LEAD = 2  # body paragraphs that tell the day's news before its relay may be named


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who speaks in one attribution.

    Attributes:
        speakers: canonical names; several for a joint source, none where nobody is named. For narration the outlet.
        via: who relayed it, nearest the speaker first, the article's outlet last.
        relays: the outer levels with their spans, nearest the speaker first.
        evidence: the fuller mentions that a pronoun, title or short name was resolved to.
        principals: whom each of `speakers` speaks for; None where the article does not say.
    """

    speakers: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    relays: tuple[Relay, ...] = ()
    evidence: tuple[Span, ...] = ()
    principals: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A resolved attribution before what it inherits is known."""

    attribution: Attribution
    referents: tuple[Referent, ...]
    relays: tuple[Relay, ...]
    levels: tuple[Referent, ...]
    heard: tuple[str, ...]
    apart: bool


def resolve_speakers(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> list[Speaking]:
    """Resolve the sources of an article's attributions.

    Args:
        parsed: the article.
        attributions: its attributions in text order.

    Returns:
        One for each attribution, in the same order.
    """
    cast = cast_of(parsed)
    order = sorted(range(len(attributions)), key=lambda n: _place(attributions[n]))
    drafts: dict[int, _Draft] = {}
    earlier: list[Spoken] = []
    for number in order:
        draft = _draft(parsed, attributions[number], cast, earlier)
        drafts[number] = draft
        if draft.referents:
            earlier.append(_spoken(parsed, draft))
    inherited = [_inherit(parsed, drafts, number) for number in range(len(attributions))]
    return [_speaking(parsed, drafts[number], inherited[number], drafts) for number in range(len(attributions))]


def _place(attribution: Attribution) -> int:
    return (attribution.source or attribution.cue or attribution.content)[0].start


def _draft(parsed: ParsedArticle, attribution: Attribution, cast: Cast, earlier: Sequence[Spoken]) -> _Draft:
    context = Context(parsed=parsed, cast=cast, passage=attribution.passage, earlier=earlier)
    if attribution.form == "narration":
        return _Draft(attribution=attribution, referents=(), relays=(), levels=(), heard=(), apart=False)
    referents = _source(attribution, context)
    principal = next((p for r in referents if (p := principal_of(r.name))), None)
    relays, levels = [], []
    for level in (level for level in attribution.outer if level.source):
        referent = _level(level, context, principal)
        if referent:
            relays.append(Relay(actor=referent.name.name, source=level.source[0], cue=level.cue[0] if level.cue else None))
            levels.append(referent)
    relays += carried_by(parsed, attribution, principal)
    return _Draft(
        attribution=attribution,
        referents=referents,
        relays=tuple(relays),
        levels=tuple(levels),
        heard=tuple(heard_by(parsed, attribution)),
        apart=is_other_occasion(parsed, attribution),
    )


def _source(attribution: Attribution, context: Context) -> tuple[Referent, ...]:
    if not attribution.source:
        goes_on = not attribution.cue and attribution.form in {"direct", "mixed"} and context.earlier
        latest = context.earlier[-1] if goes_on else None
        return latest.referents if latest and attribution.passage - latest.passage <= 1 else ()
    span = attribution.source[0]
    words = " ".join(piece.text for piece in attribution.source)
    found: dict[str, Referent] = {}
    for piece in split_joint(words):
        for referent in refer(piece, span, context):
            found.setdefault(referent.name.name, referent)
    return tuple(found.values())


def _level(level: Level, context: Context, principal: str | None) -> Referent | None:
    words = " ".join(piece.text for piece in level.source)
    return next(iter(refer(words, level.source[0], context, home=principal)), None)


def _spoken(parsed: ParsedArticle, draft: _Draft) -> Spoken:
    attribution = draft.attribution
    words = frozenset(t.lower_ for t in frame_tokens(parsed, attribution))
    pronoun = attribution.source[0].text.casefold() if attribution.source else None
    return Spoken(
        place=_place(attribution),
        passage=attribution.passage,
        referents=draft.referents,
        words=words,
        issuers=tuple(r for r, level in zip(draft.levels, draft.attribution.outer, strict=False) if is_utterance(level.source[0].text)),
        pronoun=pronoun,
    )


def _inherit(parsed: ParsedArticle, drafts: dict[int, _Draft], number: int) -> tuple[str, ...]:
    """Relays that the article names at another claim of the same speaker about the same occasion."""
    draft = drafts[number]
    if not draft.referents or draft.relays or draft.heard:
        return ()
    lead = _in_lead(parsed, draft.attribution)
    if draft.apart and not lead:
        return ()
    for other in sorted(drafts, key=lambda n: abs(n - number)):
        relayed = drafts[other]
        if other == number or not relayed.relays or (relayed.apart and not _in_lead(parsed, relayed.attribution)):
            continue
        if other > number and not lead:
            continue
        if _same_speaker(draft, relayed):
            return tuple(r.actor for r in relayed.relays)
        if lead and _state_of_body(draft, relayed):
            return tuple(r.actor for r in relayed.relays)
    return ()


def _same_speaker(draft: _Draft, other: _Draft) -> bool:
    return bool({r.name.name for r in draft.referents} & {r.name.name for r in other.referents})


def _state_of_body(draft: _Draft, other: _Draft) -> bool:
    """Whether a state speaks through the body whose statement was relayed."""
    states = {r.name.name for r in draft.referents if r.name.kind == "state"}
    return bool(states & {principal_of(r.name) for r in other.referents})


def _in_lead(parsed: ParsedArticle, attribution: Attribution) -> bool:
    body = [n for n, p in enumerate(parsed.passages) if p.role == "body"]
    return parsed.passages[attribution.passage].role != "body" or attribution.passage in body[:_LEAD]


def _speaking(parsed: ParsedArticle, draft: _Draft, inherited: Sequence[str], drafts: dict[int, _Draft]) -> Speaking:
    outlet = parsed.article.outlet
    if draft.attribution.form == "narration":
        return Speaking(speakers=(outlet,) if outlet else (), principals=(None,) if outlet else ())
    relays = [r.actor for r in draft.relays] or list(inherited)
    for relay in list(relays):  # what a relay says has come through others in its turn
        relays += [r for r in _relays_of(relay, drafts) if r not in relays]
    names = [*(_agency(r, drafts) for r in relays), *draft.heard, *([outlet] if outlet else [])]
    speakers = tuple(r.name.name for r in draft.referents)
    evidence = [r.evidence for r in (*draft.referents, *draft.levels) if r.evidence]
    return Speaking(
        speakers=speakers,
        via=tuple(dict.fromkeys(n for n in names if n not in speakers or n == outlet)),
        relays=draft.relays,
        evidence=tuple(dict.fromkeys(evidence)),
        principals=tuple(principal_of(r.name) or _told_elsewhere(r, drafts) for r in draft.referents),
    )


def _told_elsewhere(referent: Referent, drafts: dict[int, _Draft]) -> str | None:
    """Whom a person speaks for by another of the article's attributions ("Its spokeswoman Deteran", then "Deteran")."""
    same = (r for d in drafts.values() for r in d.referents if r.name.name == referent.name.name and referent.name.kind == "person")
    return next((p for r in same if (p := principal_of(r.name))), None)


def _relays_of(actor: str, drafts: dict[int, _Draft]) -> list[str]:
    spoken = (d for d in drafts.values() if d.relays and not d.apart and actor in {r.name.name for r in d.referents})
    return [r.actor for draft in spoken for r in draft.relays]


def _agency(relay: str, drafts: dict[int, _Draft]) -> str:
    """An unnamed "state media" is the state's agency where the article relays the same state's words through that one alone."""
    if not relay.startswith("State media (") or not is_state_outlet(relay):
        return relay
    agencies = agencies_of(relay.removeprefix("State media (").removesuffix(")"))
    named = {r.actor for d in drafts.values() for r in d.relays if r.actor in agencies}
    return next(iter(named)) if len(named) == 1 else relay
