"""A claim inside its page: the text with its spans marked, and every field with what it rests on."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.api import Desk
from reportedly.model import (
    Actor,
    Article,
    Claim,
    Document,
    Figure,
    Holdings,
    Interval,
    ShownClaim,
    StoredClaim,
    carrier_name,
    interval_text,
)
from reportedly.model import Passage as Stretch
from reportedly.web.views.marking import MarkedSpan, Piece, mark

_LONGEST = 60_000
"""Characters of an article that is shown whole beside a claim."""

EVIDENCE = {
    "sidecar": "noted when the page was saved",
    "markup": "from the page's markup",
    "dateline": "from the dateline",
    "text": "from words of the page",
    "url": "from the address",
    "file": "from the file's own date",
    "inferred": "inferred from the page's other articles",
}
_FORMS = {
    "direct": "quoted word for word",
    "indirect": "reported in the writer's words",
    "mixed": "partly quoted word for word",
    "narration": "told by the outlet itself",
}
_KNOWLEDGE = {
    "saw": "having seen it",
    "counted": "having counted",
    "intercepted": "intercepted messages",
    "imagery": "pictures from above or of the place",
    "documents": "documents",
    "told": "what they were told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that the ledger holds of a claim, and why.

    Attributes:
        name: what it is.
        value: what the ledger has.
        because: what that rests on; None where nothing is to say.
    """

    name: str
    value: str
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of an article with its marks.

    Attributes:
        role: headline, standfirst, caption or body.
        pieces: its text in pieces.
    """

    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Another report of the same origin.

    Attributes:
        claim: the claim's id.
        outlet: who carried it.
        published: when, in words.
        words: its content.
        told: by whom, as the article has it.
    """

    claim: str
    outlet: str
    published: str
    words: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """All that the page of a claim shows.

    Attributes:
        claim: the record.
        speaker: who says it, in a row of names; what stands there where nobody is named.
        principal: whom they speak for; None where that is themselves or unknown.
        words: its content as printed.
        document: the document it stands in.
        article: the article.
        outlet: who carried it.
        story: id and title of the story; None where it is in none.
        passages: the article's text, marked; of a long article what stands around the claim.
        whole: whether that is all of it.
        facts: every field, explained.
        figures: the figures with their windows in words.
        companions: the other reports of its origin.
        extractor: who made it.
        superseded: whether a later version of its page stands in its place.
        seen: the ledger's revision that the page shows.
    """

    claim: Claim
    speaker: str
    principal: str | None
    words: str
    document: Document
    article: Article
    outlet: str
    story: tuple[str, str] | None
    passages: tuple[Passage, ...]
    whole: bool
    facts: tuple[Fact, ...]
    figures: tuple[tuple[Figure, str], ...]
    companions: tuple[Companion, ...]
    extractor: str
    superseded: bool
    seen: int


def claim_page(desk: Desk, words: str) -> ClaimPage:
    """The page of a claim.

    Args:
        desk: the ledger's desk.
        words: the claim's id or the start of it.

    Raises:
        UnknownIdError: no claim has that id.
        AmbiguousIdError: several begin so.
    """
    shown, held = desk.show_with_rows(words)
    stored = next(found for found in held.claims if found.claim.id == shown.claim.id)
    claim, document, article = stored.claim, held.documents[stored.document], held.articles[stored.article]
    actors = _actors(held, stored)
    principal = next((actor.principal for actor in actors if actor.principal and actor.principal != actor.name), None)
    title = next((story.title for story in held.links.stories if story.id == shown.story), "")
    outlet = carrier_name(article, document)
    around = _around(article, claim)
    return ClaimPage(
        claim=claim,
        speaker=speaker_words(claim, outlet),
        principal=principal,
        words=words_of(claim),
        document=document,
        article=article,
        outlet=outlet,
        story=(shown.story, title) if shown.story else None,
        passages=passages_of(held.text_of(stored.document), around, _spans(claim)),
        whole=around == article.passages,
        facts=(*_facts(claim, article, actors, outlet), _graded(shown)),
        figures=tuple((figure, interval_text(figure.window) if figure.window else "") for figure in claim.figures),
        companions=tuple(_companions(held, [other.id for other in shown.companions])),
        extractor=stored.extractor,
        superseded=claim.id in held.links.superseded,
        seen=held.revision,
    )


def speaker_words(claim: Claim, outlet: str) -> str:
    """Who puts a claim forward, for readers."""
    if claim.form == "narration":
        return f"{outlet}, in its own voice"
    return ", ".join(claim.speakers) or "Nobody who is named"


def words_of(claim: Claim) -> str:
    """A claim's content as printed, its pieces joined by an ellipsis."""
    return " ".join(" … ".join(span.text for span in claim.content).split())


def passages_of(text: str, stretches: Iterable[Stretch], spans: Iterable[MarkedSpan]) -> tuple[Passage, ...]:
    """Passages of an article, in the order of its text, with their marks.

    Args:
        text: the document's text.
        stretches: where the passages stand.
        spans: what is marked.
    """
    waiting = deque(sorted(spans, key=lambda span: span.start))
    open_ones: list[MarkedSpan] = []
    found = []
    for stretch in stretches:
        while waiting and waiting[0].start < stretch.end:
            open_ones.append(waiting.popleft())
        open_ones = [span for span in open_ones if span.end > stretch.start]
        found.append(Passage(role=stretch.role, pieces=mark(text, (stretch.start, stretch.end), open_ones)))
    return tuple(found)


def _around(article: Article, claim: Claim) -> tuple[Stretch, ...]:
    """The passages of an article that stand near a claim, or all of them where it is no longer than a report."""
    passages = article.passages
    if not passages or passages[-1].end - passages[0].start <= _LONGEST:
        return passages
    first, last = claim.start - _LONGEST // 4, claim.end + _LONGEST // 4
    return tuple(passage for passage in passages if passage.end > first and passage.start < last)


def _spans(claim: Claim) -> Iterator[MarkedSpan]:
    for kind, spans in (("content", claim.content), ("cue", claim.cue), ("source", claim.source)):
        for span in spans:
            yield MarkedSpan(start=span.start, end=span.end, kind=kind)
    for figure in claim.figures:
        yield MarkedSpan(start=figure.span.start, end=figure.span.end, kind="figure")
    for interval in (claim.said, claim.happened):
        if interval and interval.words:
            yield MarkedSpan(start=interval.words.start, end=interval.words.end, kind="time")
    for relay in claim.relays:
        for part in (relay.source, relay.cue):
            if part:
                yield MarkedSpan(start=part.start, end=part.end, kind="relay")


def _actors(held: Holdings, stored: StoredClaim) -> list[Actor]:
    known = {actor.id: actor for actor in held.links.actors}
    ids = [held.links.actor_of.get((*stored.article, name), "") for name in stored.claim.speakers]
    return [known[identity] for identity in ids if identity in known]


def _facts(claim: Claim, article: Article, actors: list[Actor], outlet: str) -> Iterator[Fact]:
    yield from _who(claim, actors, outlet)
    cue = " … ".join(span.text for span in claim.cue)
    yield Fact(name="Stance", value=claim.stance, because=f"read from “{cue}”" if cue else None)
    yield Fact(name="Form", value=_FORMS[claim.form])
    if claim.knowledge:
        yield Fact(name="Rests on", value=_KNOWLEDGE[claim.knowledge], because="as the words themselves say")
    yield Fact(name="Said", value=interval_text(claim.said), because=_dated(claim.said))
    evidence = EVIDENCE.get(article.published_evidence or "")
    yield Fact(name="Published", value=interval_text(article.published), because=evidence)
    if claim.happened:
        yield Fact(name="Happened", value=interval_text(claim.happened), because=_dated(claim.happened))
    if claim.place:
        yield Fact(name="Place", value=claim.place, because=claim.country if claim.country != claim.place else None)


def _graded(shown: ShownClaim) -> Fact:
    """Reliability of the source and credibility of the claim: people's grades, F and 6 (cannot be judged) until somebody gives one."""
    grades = (shown.reliability, shown.credibility)
    return Fact(name="Grade", value=f"{grades[0]}{grades[1]}", because="nobody graded it" if grades == ("F", 6) else "as people graded it")


def _who(claim: Claim, actors: list[Actor], outlet: str) -> Iterator[Fact]:
    source = " … ".join(span.text for span in claim.source)
    named = f"the words “{source}”" if source else "no words name a source" if claim.form != "narration" else None
    known = "; ".join(f"“{span.text}”" for span in claim.evidence)
    yield Fact(name="Speaker", value=speaker_words(claim, outlet), because=f"{named}, as {known} tells" if known and named else named)
    for actor in actors:
        if actor.principal and actor.principal != actor.name:
            yield Fact(name="Speaks for", value=actor.principal, because=f"{actor.name}: {actor.kind}")
    if claim.via:
        yield Fact(name="Came by way of", value=" → ".join(claim.via), because="nearest the speaker first")


def _dated(interval: Interval | None) -> str | None:
    """What an interval of time was read from, in a sentence."""
    if interval is None:
        return "no words and no date of publication tell"
    if interval.words is not None:
        against = f", counted from {interval.against}" if interval.against else ""
        return f"read from “{interval.words.text}”{against}"
    if interval.basis == "published":
        return "no words say when: no later than the article's publication"
    return "inferred from other mentions" if interval.basis == "inferred" else None


def _companions(held: Holdings, ids: list[str]) -> Iterator[Companion]:
    wanted = set(ids)
    for stored in held.claims:
        if stored.claim.id not in wanted:
            continue
        wanted.discard(stored.claim.id)
        article, document = held.articles[stored.article], held.documents[stored.document]
        outlet = carrier_name(article, document)
        yield Companion(
            claim=stored.claim.id,
            outlet=outlet,
            published=interval_text(article.published),
            words=words_of(stored.claim),
            told=speaker_words(stored.claim, outlet),
        )
