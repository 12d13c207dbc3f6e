"""Finds the figures that may enter a series: a mention is one figure in one appearance of a claim, by one principal."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportedly.model import ArticleKey, Figure, Interval, Stance, StoredClaim
from reportedly.reconcile.corrections import Retraction, find_retractions, find_withdrawn
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.measures import is_duration
from reportedly.reconcile.quantity import Quantity, quantity_of

# A speaker in one of these stances rejects the figure. Other stances may presuppose one that is actual ("will look into what they
# received for sending 10,000"); what is only planned, expected or asked for, the figure's own `reality` tells.
_REJECTS: frozenset[Stance] = frozenset({"denies", "doubts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One figure in one appearance of a claim, by one principal.

    Attributes:
        stored: the claim.
        figure: the figure.
        reference: `id#k`, figure k of claim id.
        story: id of the story, "" for an article in none.
        event: id of the event the claim is about; None where there is none.
        background: whether that event is a comparison only.
        meets_event: whether the figure's window shares a day with that event.
        holds_event: whether that window is longer than a day and holds all of the event.
        site: where it happened; None where not said.
        origin: id of the origin it descends from; a joint statement's is one for each principal, for an origin is one principal's.
        rank: the principal's place among those that put the figure forward together, as printed; 0 for one alone.
        principal: canonical name; None for unattributed narration and agentless claims.
        speakers: who speaks for the principal.
        voice: whose running count it belongs to: the principal's, else the outlet's own.
        outlet: who carried it, for readers.
        carrier: what tells that outlet from others.
        published: when its article was published.
        withdrawn: how a correction note, or its own source, takes it back; None where it stands.
        superseded: whether a later version of its page stands in its place.
    """

    stored: StoredClaim
    figure: Figure
    reference: str
    story: str
    event: str | None
    background: bool
    meets_event: bool
    holds_event: bool
    site: str | None
    origin: str
    rank: int
    principal: str | None
    speakers: tuple[str, ...]
    voice: str
    outlet: str
    carrier: str
    published: Interval | None
    withdrawn: str | None
    superseded: bool

    @property
    def quantity(self) -> Quantity:
        """What it says of the number."""
        return quantity_of(self.figure)

    @property
    def age(self) -> tuple[str, str, str]:
        """A sort key: earliest published first."""
        return (self.published.last or "~") if self.published else "~", self.stored.document, self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """What was taken back: by correction notes (article and printed words), and by those who had said it."""

    noted: frozenset[tuple[ArticleKey, str]]
    retracted: tuple[Retraction, ...]

    def how(self, stored: StoredClaim, figure: Figure, principal: str | None, said: dt.date | None) -> str | None:
        """How a figure that a principal gave by a day was taken back; None where it was not."""
        if (stored.article, figure.span.text) in self.noted:
            return "taken back by a correction"
        by = next((found for found in self.retracted if found.takes_back(principal, figure, said)), None)
        return f"taken back by its source ({by.reference.partition('#')[0]})" if by else None


def find_mentions(lookup: Lookup, wanted: Callable[[Figure], bool] = lambda _: True) -> list[Mention]:
    """The figures that may enter a series, in order of publication.

    Left out are figures of what was not actual, that the speaker denies, doubts or takes back, rates, durations,
    those in teasers, and those in a headline, standfirst or caption whose body has the measure.

    Args:
        lookup: over the holdings as the clocks show them.
        wanted: which figures are asked for; what becomes of one rests on no figure of another measure.

    Returns:
        Mentions, one a story, a claim's appearance, a figure and a principal.
    """
    bodies, gone = lookup.once(_body_measures), lookup.once(_find_gone)
    repeated = {retraction.reference for retraction in gone.retracted}
    found: list[Mention] = []
    for stored in lookup.holdings.claims:
        article = lookup.article_of(stored)
        if stored.claim.stance in _REJECTS or (article and article.kind == "teaser"):
            continue
        telling = _Telling(lookup, stored) if any(map(wanted, stored.claim.figures)) else None
        for number, figure in enumerate(stored.claim.figures):
            if not wanted(figure):
                continue
            yields = stored.claim.part != "body" and figure.measure in bodies[stored.article]
            counts = figure.reality == "actual" and figure.per is None and not is_duration(figure)
            if telling and counts and not yields and f"{stored.claim.id}#{number}" not in repeated:
                found += _mentions(lookup, telling, number, gone)
    return sorted(found, key=lambda mention: (mention.age, mention.story, mention.rank))


def _find_gone(lookup: Lookup) -> _Gone:
    return _Gone(noted=find_withdrawn(lookup), retracted=tuple(find_retractions(lookup)))


def _body_measures(lookup: Lookup) -> dict[ArticleKey, set[str]]:
    """The measures of which each article's body gives a figure."""
    found: dict[ArticleKey, set[str]] = defaultdict(set)
    for stored in lookup.holdings.claims:
        if stored.claim.part == "body":
            found[stored.article] |= {figure.measure for figure in stored.claim.figures}
    return found


class _Telling:
    """What the figures of one appearance of a claim have in common.

    Args:
        lookup: over the holdings.
        stored: the claim.
    """

    def __init__(self, lookup: Lookup, stored: StoredClaim) -> None:
        self.stored = stored
        self.day = lookup.said_by(stored)
        self.outlet, self.carrier = lookup.outlet_of(stored), lookup.carrier_of(stored)
        self.published = lookup.published_of(stored)
        self.stories = lookup.stories_of(stored)
        self.superseded = stored.claim.id in lookup.holdings.links.superseded


def _mentions(lookup: Lookup, telling: _Telling, number: int, gone: _Gone) -> Iterator[Mention]:
    stored = telling.stored
    claim, figure = stored.claim, stored.claim.figures[number]
    reference = f"{claim.id}#{number}"
    origin = lookup.origin_of(reference, claim.id)
    of_event = lookup.holdings.links.event_of  # one figure of a claim may be about another event than the claim
    event = lookup.events.get(of_event.get(reference) or of_event.get(claim.id, ""))
    voices = lookup.voices(stored, origin)
    happened, window = event.happened if event else None, figure.window
    for story in telling.stories:
        for rank, voice in enumerate(voices):
            yield Mention(
                stored=stored,
                figure=figure,
                reference=reference,
                story=story,
                event=event.id if event else None,
                background=bool(event and event.background),
                meets_event=bool(happened and window and window.meets(happened)),
                holds_event=bool(happened and window and _holds(window, happened)),
                site=event.place if event else None,
                origin=origin if len(voices) == 1 else lookup.part_of(origin, reference, voice.principal),
                rank=rank,
                principal=voice.principal,
                speakers=voice.speakers,
                voice=voice.principal or f"{telling.outlet} (own voice)",
                outlet=telling.outlet,
                carrier=telling.carrier,
                published=telling.published,
                withdrawn=gone.how(stored, figure, voice.principal, telling.day),
                superseded=telling.superseded,
            )


def _holds(window: Interval, happened: Interval) -> bool:
    """Whether a window is longer than a day and holds all of an event."""
    first, last, begun, ended = window.first_day, window.last_day, happened.first_day, happened.last_day
    if first is None or last is None or begun is None or ended is None:
        return False
    return first < last and first <= begun and ended <= last
