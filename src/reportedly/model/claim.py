"""Claims: what an article puts forward, by whom, with what figure. The record of `reportedly extract`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportedly.model.document import PassageRole
from reportedly.model.interval import Interval
from reportedly.model.problem import Problem
from reportedly.model.span import Span

Form = Literal["direct", "indirect", "mixed", "narration"]
Stance = Literal["asserts", "confirms", "denies", "estimates", "alleges", "doubts", "declines", "predicts", "warns", "demands", "pledges"]
Knowledge = Literal["saw", "counted", "intercepted", "imagery", "documents", "told"]
Qualifier = Literal["exact", "about", "nearly", "at_least", "more_than", "up_to", "fewer_than", "range", "vague"]
Share = Literal["total", "additional", "part", "period"]
Status = Literal["confirmed", "probable", "suspected", "presumed"]
Reality = Literal["actual", "attempted", "planned", "expected", "denied"]
FigureBasis = Literal["cumulative", "during", "moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity in a claim about one event or one named period.

    Attributes:
        span: the printed words with their qualifier and noun ("some 15,000 troops").
        low: greatest value that is certainly reached; None where open below ("up to 50") or vague.
        high: least value that is certainly not passed; None where open above ("at least 47") or vague.
        qualifier: how the words bound the number.
        unit: UCUM code or ISO 4217 currency; None for a plain count.
        per: the denominator of a rate ("d" for a day); None where it is no rate.
        measure: what is measured: a row of the measures table, an `_or_` composite of rows, or `other`.
        verb: lemma of the verb it was read from; None where a noun says it.
        counted: lemma or phrase of what is counted ("troops"); None where nothing says.
        population: the actor whose people or things are counted ("North Korea"); None where nothing says.
        share: total, additional ("3,000 more"), part ("2,000 of them") or period ("17 in the last 24 hours").
        of: place, among the claim's figures, of the figure that an additional or a part relates to; None where not said.
        status: confirmed, probable, suspected, presumed; None where the words give none.
        reality: only `actual` enters a series.
        basis: cumulative since, during, or at a moment; None where not said.
        window: the time the count covers; None where not said.
        place: canonical name of where it was counted, where its own words name another place than the claim's; None: the claim's.
    """

    span: Span
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str | None = None
    per: str | None = None
    measure: str = "other"
    verb: str | None = None
    counted: str | None = None
    population: str | None = None
    share: Share = "total"
    of: int | None = None
    status: Status | None = None
    reality: Reality = "actual"
    basis: FigureBasis | None = None
    window: Interval | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One outer level of a nested attribution.

    Attributes:
        actor: who relays, in canonical form.
        source: the words that name the relay; None where only context does.
        cue: the words that report the relaying, or None.
    """

    actor: str
    source: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act that a claim's content speaks of, as the parse has it. Statements are brought together by their acts.

    Attributes:
        span: the verb or noun that names the act.
        act: a row of the acts table ("deploy", "capture", "supply"), else the verb's lemma.
        agent: canonical name of who does it; None where nobody is named.
        patient: canonical name of the actor or place it is done to or taken from; None where none is named.
        counted: lemma of the thing acted on ("troops", "weapon", "region"); None where there is none.
        place: canonical name of where it happens or goes to; None where not said.
        negated: whether the content says that it did not happen.
        reality: actual, attempted, planned, expected or denied.
        extent: a word that says how far ("fully", "partly"); None where none does.
    """

    span: Span
    act: str
    agent: str | None = None
    patient: str | None = None
    counted: str | None = None
    place: str | None = None
    negated: bool = False
    reality: Reality = "actual"
    extent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A claim's content in another language than the page's, as a person put it; the content itself stays as printed.

    Attributes:
        text: the content in that language.
        by: who translated it.
        language: that language, an ISO 639-1 code ("en").
    """

    text: str
    by: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something put forward in an article.

    Attributes:
        document: the document's name.
        article: number of the article in its document.
        id: `c:` and a hash of the text's digest and the spans; reading a page twice adds nothing.
        content: what is put forward, a piece a span where the text is broken.
        cue: the words that report it; empty where none do.
        source: the words that name who is reported; empty where the article itself or nobody named speaks.
        speakers: canonical names; several for a joint statement, none for an agentless one ("is believed"). For narration the outlet.
        via: who relayed it, nearest the speaker first, the outlet last.
        form: direct, indirect, mixed or narration.
        stance: what the speaker does with the content.
        knowledge: what the speaker says it rests on; None where it does not say.
        relays: the outer attributions of a nested one, nearest the speaker first, with their spans.
        said: when it was uttered.
        happened: when what it is about took place; None where no words say.
        place: canonical name of where it took place; None where no words say.
        country: the state in which that place lies, where the words or the tables of places tell; else None.
        figures: its figures in text order.
        acts: the acts its content speaks of, in text order.
        part: the role of the passage it stands in.
        about: id of the claim of the same article that an anaphoric content takes up ("denied the claim"); else None.
        names: canonical names of the actors and places its content mentions, in text order, each once.
        evidence: how a pronoun, title or short name was resolved to each of `speakers` ("Ryder" -> the span of the full name).
        principals: whom each of `speakers` speaks for as far as the article's words tell, in the same order; None where they do not.
        translation: its content in another language, where a person gave one; else None.
    """

    document: str
    article: int
    id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speakers: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    form: Form = "narration"
    stance: Stance = "asserts"
    knowledge: Knowledge | None = None
    relays: tuple[Relay, ...] = ()
    said: Interval | None = None
    happened: Interval | None = None
    place: str | None = None
    country: str | None = None
    figures: tuple[Figure, ...] = ()
    acts: tuple[Act, ...] = ()
    part: PassageRole = "body"
    about: str | None = None
    names: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    principals: tuple[str | None, ...] = ()
    translation: Translation | None = None

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """One past the last character of the content."""
        return self.content[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What extraction made of one article.

    Attributes:
        claims: in text order.
        problems: what could not be used.
        extractor: name and version of the extractor and its tables.
    """

    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()
    extractor: str = ""
