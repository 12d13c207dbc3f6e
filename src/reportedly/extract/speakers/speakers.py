"""Who speaks in each attribution, whom they speak for, and through whom the words came."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.extract.acts.contents import tokens_of
from reportedly.extract.parse.parsed import Attribution, Level, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import Cast, cast_of
from reportedly.extract.speakers.evidence_sources import with_speaker_behind
from reportedly.extract.speakers.picture_words import shows
from reportedly.extract.speakers.reference import Context, Referent, Spoken
from reportedly.extract.speakers.referents import refer
from reportedly.extract.speakers.relay_chain import RelayChain, Utterance, link_relays
from reportedly.extract.speakers.relays import carried_by, frame_tokens, heard_by, is_other_occasion
from reportedly.extract.speakers.stated_things import is_utterance
from reportedly.extract.speakers.turn_speakers import turn_speaker
from reportedly.language.naming.names import principal_of, split_joint
from reportedly.language.tables import load_table
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
    lead = _lead(parsed)
    utterances: dict[int, Utterance] = {}
    earlier: list[Spoken] = []
    for number in order:
        utterance = _utterance(parsed, attributions[number], cast, earlier, lead)
        utterances[number] = utterance
        if utterance.referents:
            earlier.append(_spoken(utterance))
    chain = link_relays(with_speaker_behind(utterances))
    return [_speaking(parsed, chain, number) for number in range(len(attributions))]


def _lead(parsed: ParsedArticle) -> frozenset[int]:
    """Places of the paragraphs that tell the day's news: headlines and the first of the body."""
    body = [n for n, p in enumerate(parsed.passages) if p.role == "body"]
    return frozenset([*body[:_LEAD], *(n for n, p in enumerate(parsed.passages) if p.role != "body")])


def _place(attribution: Attribution) -> int:
    return (attribution.source or attribution.cue or attribution.content)[0].start


def _utterance(parsed: ParsedArticle, attribution: Attribution, cast: Cast, earlier: Sequence[Spoken], lead: frozenset[int]) -> Utterance:
    if attribution.form == "narration":
        return Utterance(attribution=attribution)
    frame = frame_tokens(parsed, attribution)
    cue = [token for _, tokens in tokens_of(parsed, attribution.cue) for token in tokens]
    context = Context(
        parsed=parsed,
        cast=cast,
        passage=attribution.passage,
        earlier=earlier,
        replying=any(map(_replies, cue)) and not any(map(_is_put, frame)),
        showing=any(map(shows, cue)),
    )
    referents = () if any(_hears(parsed, attribution, token) for token in cue) else _source(attribution, context)
    principal = next((p for r in referents if (p := principal_of(r.name))), None)
    relays, levels = [], []
    for level in (level for level in attribution.outer if level.source):
        referent = _level(level, context, principal)
        if referent:
            relays.append(Relay(actor=referent.name.name, source=level.source[0], cue=level.cue[0] if level.cue else None))
            levels.append(referent)
    relays += carried_by(parsed, attribution, frame, principal)
    return Utterance(
        attribution=attribution,
        referents=referents,
        relays=tuple(relays),
        levels=tuple(levels),
        heard=tuple(heard_by(parsed, attribution, frame)),
        apart=is_other_occasion(parsed, attribution, frame),
        lead=attribution.passage in lead,
        frame=frozenset(token.lower_ for token in frame),
        turn=_in_turn(parsed, attribution),
    )


def _in_turn(parsed: ParsedArticle, attribution: Attribution) -> bool:
    """Whether the label of a turn says who speaks, or through whom."""
    turn = parsed.passages[attribution.passage].turn
    return turn is not None and any(turn.label in source for source in (attribution.source, *(level.source for level in attribution.outer)))


def _replies(token: Token) -> bool:
    """Whether a word of a cue answers somebody: "replied", "shouted back"."""
    rows = load_table("cues")["replies"]
    return token.lemma_.casefold() in rows["lemmas"] or token.lower_ in rows["particles"]


def _is_put(token: Token) -> bool:
    """Whether a word tells that somebody was asked: "asked whether it would stay, he replied" answers nobody who is quoted."""
    return token.lower_ in load_table("cues")["asked"]["participles"] and token.tag_ == "VBN"


def _hears(parsed: ParsedArticle, attribution: Attribution, verb: Token) -> bool:
    """Whether a source only hears: the subject of a passive of telling without an agent ("they were advised to stay")."""
    if verb.lemma_.casefold() not in load_table("cues")["hearing"]["lemmas"] or verb.tag_ != "VBN":
        return False
    subjects = [child for child in verb.children if child.dep_ == "nsubjpass"]
    agent = any(child.dep_ == "agent" for child in verb.children)
    start = parsed.passages[attribution.passage].start
    return not agent and any(span.start <= start + s.idx < span.end for s in subjects for span in attribution.source)


def _source(attribution: Attribution, context: Context) -> tuple[Referent, ...]:
    if not attribution.source:
        goes_on = not attribution.cue and attribution.form in {"direct", "mixed"} and context.earlier
        latest = context.earlier[-1] if goes_on else None
        return latest.referents if latest and attribution.passage - latest.passage <= 1 else ()
    span = attribution.source[0]
    labelled = turn_speaker(span, context)
    if labelled is not None:
        return (labelled,)
    words = " ".join(piece.text for piece in attribution.source)
    found: dict[str, Referent] = {}
    for piece in split_joint(words):
        for referent in refer(piece, span, context):
            found.setdefault(referent.name.name, referent)
    return tuple(found.values())


def _level(level: Level, context: Context, principal: str | None) -> Referent | None:
    labelled = turn_speaker(level.source[0], context)
    if labelled is not None:
        return labelled
    words = " ".join(piece.text for piece in level.source)
    return next(iter(refer(words, level.source[0], context, home=principal)), None)


def _spoken(utterance: Utterance) -> Spoken:
    attribution = utterance.attribution
    pronoun = attribution.source[0].text.casefold() if attribution.source else None
    return Spoken(
        place=_place(attribution),
        passage=attribution.passage,
        referents=utterance.referents,
        words=utterance.frame,
        issuers=tuple(
            r for r, level in zip(utterance.levels, utterance.attribution.outer, strict=False) if is_utterance(level.source[0].text)
        ),
        pronoun=pronoun,
    )


def _speaking(parsed: ParsedArticle, chain: RelayChain, number: int) -> Speaking:
    outlet, utterance = parsed.article.outlet, chain.utterances[number]
    if utterance.attribution.form == "narration":
        return Speaking(speakers=(outlet,) if outlet else (), principals=(None,) if outlet else ())
    names = [*chain.relays_of(number), *utterance.heard, *([outlet] if outlet else [])]
    speakers = tuple(r.name.name for r in utterance.referents)
    evidence = [r.evidence for r in (*utterance.referents, *utterance.levels) if r.evidence]
    return Speaking(
        speakers=speakers,
        via=tuple(dict.fromkeys(n for n in names if n not in speakers or n == outlet)),
        relays=utterance.relays,
        evidence=tuple(dict.fromkeys(evidence)),
        principals=tuple(principal_of(r.name) or chain.principals.get(r.name.name) for r in utterance.referents),
    )
