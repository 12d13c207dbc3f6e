"""Lineage: the life of a number from its first report on, and what the heap holds only at second hand."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from reportedly import pipeline
from reportedly.language.naming.names import name_actor
from reportedly.model import Clocks, Figure, Filters, Holdings, Life, Loss, Origin, PrimaryRow, StoredClaim, Telling, carrier_name
from reportedly.query.selection import named
from reportedly.query.sweeping import least_rows, rows_by_part, rows_by_story

if TYPE_CHECKING:
    from reportedly.query.library import Library
    from reportedly.reconcile.lookup import Lookup

T = TypeVar("T")

_LEAST = 10  # number below which two reports share it by chance
_NEAR = Decimal("0.1")  # share of a number that rounding may move it; 2,000 after 1,500 is another count


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A figure in one appearance of a claim.

    Attributes:
        stored: the claim.
        figure: the figure.
        origin: id of its origin.
        event: id of its event, or None.
        principals: whose it is; none for narration.
        telling: how the answer shows it.
    """

    stored: StoredClaim
    figure: Figure
    origin: str
    event: str | None
    principals: frozenset[str]
    telling: Telling

    @property
    def age(self) -> tuple[str, str, int]:
        """What reports are ordered by: publication, then document and place."""
        published = self.telling.published
        return (published.first or published.last or "~") if published else "~", self.telling.document, self.figure.span.start


def lives_of(library: "Library", filters: Filters, clocks: Clocks) -> list[Life]:
    """A page of the lives of numbers: each principal's figure from its first report on, with every change on the way.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    found = (life for held in rows_by_story(library, filters, clocks) for life in find_lives(pipeline.see(held, clocks)))
    fitting = (life for life in found if filters.measure in (None, life.measure) and named(filters.speaker, [life.principal]))
    return least_rows(fitting, filters, life_order)


def primaries_of(library: "Library", filters: Filters, clocks: Clocks) -> list[PrimaryRow]:
    """A page of the origins of which the speaker's own document is not in the heap, those that most outlets carried first.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    found = (row for held in rows_by_part(library, filters, clocks) for row in find_primaries(pipeline.see(held, clocks)))
    fitting = (row for row in found if named(filters.speaker, [row.principal, *row.speakers]))
    return least_rows(fitting, filters, primary_order)


def find_lives(held: Holdings) -> list[Life]:
    """The lives of the numbers that some holdings tell.

    Args:
        held: the rows, those that the clocks let see.

    Returns:
        Those with two reports at least, the ones with changes first, then by the number of outlets.
    """
    return _once(held, _lives)


def _once(held: Holdings, make: Callable[[Holdings], Sequence[T]]) -> list[T]:
    """What is made of some rows, made when they are first asked for it: a page of a list asks again and again."""
    from reportedly.reconcile.clocks import lookup_at  # noqa: PLC0415 - heavy, and only wanted here

    return list(lookup_at(held, Clocks()).once(_of_rows, make))


def _of_rows(lookup: "Lookup", make: Callable[[Holdings], Sequence[T]]) -> Sequence[T]:
    return make(lookup.holdings)


def _lives(held: Holdings) -> list[Life]:
    lives = [life for story in held.links.stories for life in _story_lives(held, story.id, frozenset(story.articles))]
    return sorted(lives, key=life_order)


def life_order(life: Life) -> tuple[bool, int, int, tuple[str, ...]]:
    """A sort key: those with changes first, then those that most outlets carried."""
    return not any(told.changes for told in life.tellings), -len(life.outlets), -len(life.tellings), life.origins


def changes_between(first: Figure, later: Figure, *, attributed: bool, still_attributed: bool) -> tuple[Loss, ...] | None:
    """What became of a figure on its way.

    Args:
        first: as its first report has it.
        later: as a later report has it.
        attributed: whether somebody was named for it at first.
        still_attributed: whether somebody is named for it in the later report.

    Returns:
        The changes, none where it stands as it was; None where the later figure is no retelling of the first.
    """
    halves = first.measure.split("_or_")
    collapsed = first.measure != later.measure and len(halves) > 1 and later.measure in halves
    rounded = not _shared(first, later) and _rounds(first, later)
    if (first.measure != later.measure and not collapsed) or not (_shared(first, later) or rounded):
        return None
    if (first.unit, first.per, first.share) != (later.unit, later.per, later.share) or not _fits(first.population, later.population):
        return None
    found: list[tuple[Loss, bool]] = [
        ("qualifier lost", not rounded and first.qualifier != "exact" and later.qualifier == "exact"),
        ("composite collapsed", collapsed),
        ("rounded", rounded),
        ("window lost", first.window is not None and later.window is None),
        ("population widened", first.population is not None and later.population is None),
        ("attribution dropped", attributed and not still_attributed),
        ("suspected made confirmed", first.status in ("probable", "suspected", "presumed") and later.status == "confirmed"),
    ]
    return tuple(loss for loss, there in found if there)


def find_primaries(held: Holdings) -> list[PrimaryRow]:
    """The origins of which no document by the speaker, or whom it speaks for, is in the heap.

    Args:
        held: the rows, those that the clocks let see.

    Returns:
        A row an origin, those that most outlets carried first.
    """
    return _once(held, _primaries)


def _primaries(held: Holdings) -> list[PrimaryRow]:
    claims: dict[str, list[StoredClaim]] = defaultdict(list)
    for stored in held.claims:
        claims[stored.claim.id].append(stored)
    names = {actor.name: {actor.name, *actor.names} for actor in held.links.actors}
    story_of = {key: story.id for story in held.links.stories for key in story.articles}
    found = (_primary(held, origin, claims, (names, story_of)) for origin in held.links.origins)
    rows = {row.claims: row for row in found if row}.values()  # a claim and its figures are had from one document
    return sorted(rows, key=primary_order)


def primary_order(row: PrimaryRow) -> tuple[int, str, str, str]:
    """A sort key: those that most outlets carried first."""
    return -len(row.outlets), row.story, row.first, row.origin


def _primary(
    held: Holdings,
    origin: Origin,
    claims: Mapping[str, Sequence[StoredClaim]],
    known: tuple[Mapping[str, set[str]], Mapping[tuple[str, int], str]],
) -> PrimaryRow | None:
    names, story_of = known
    if origin.principal is None:
        return None
    told = [s for name in sorted({m.partition("#")[0] for m in origin.members}) for s in claims.get(name, ())]
    spoken = [stored for stored in told if stored.claim.form != "narration"]
    if not spoken:
        return None
    speakers = {speaker for stored in spoken for speaker in stored.claim.speakers}
    selves = {alias.casefold() for name in (*speakers, origin.principal) for alias in (name, *names.get(name, ()))}
    outlets = {_carrier(held, stored) for stored in told}
    if selves & {outlet.casefold() for outlet in outlets}:
        return None
    first = min(spoken, key=lambda stored: _age(held, stored))
    return PrimaryRow(
        story=story_of.get(first.article, ""),
        origin=origin.id,
        principal=origin.principal,
        speakers=tuple(sorted(speakers)),
        said=first.claim.said,
        text=" … ".join(" ".join(span.text.split()) for span in first.claim.content),
        outlets=tuple(sorted(outlets)),
        first=first.claim.document,
        claims=tuple(sorted({stored.claim.id for stored in told})),
    )


def _story_lives(held: Holdings, story: str, articles: frozenset[tuple[str, int]]) -> Iterator[Life]:
    """Every figure goes to the life of the earliest report that it may descend from, of its own origin first.

    Two persons who each put a number in words of their own hand nothing on, whomever they speak for.
    """
    reports = sorted(_reports(held, articles), key=lambda report: report.age)
    lives: list[list[Report]] = []
    by_origin: dict[str, list[Report]] = {}
    by_size: dict[int, list[list[Report]]] = defaultdict(list)
    for report in reports:
        own = by_origin.get(report.origin)
        if own is not None and _in_own_words(own[0], report):
            own = None
        life = own or next((life for life in _near(report, by_size) if _descends(life[0], report)), None)
        if life is None:
            life = []
            lives.append(life)
            for size in {_size(value) for value in _values(report.figure)}:
                by_size[size].append(life)
        life.append(_changed(life[0], report) if life else report)
        by_origin.setdefault(report.origin, life)
    for life in lives:
        principal = next(iter(sorted(life[0].principals)), None)
        if principal and len({report.telling.claim for report in life}) > 1:
            yield Life(
                story=story,
                origins=tuple(dict.fromkeys(report.origin for report in life)),
                principal=principal,
                measure=life[0].figure.measure,
                outlets=tuple(sorted({report.telling.outlet for report in life})),
                tellings=tuple(report.telling for report in life),
            )


def _near(report: Report, lives: Mapping[int, list[list[Report]]]) -> list[list[Report]]:
    """The lives of numbers with as many digits, or one fewer: 9,960 may have become 10,000."""
    sizes = {_size(value) - less for value in _values(report.figure) for less in (0, 1)}
    return [life for size in sorted(sizes, reverse=True) for life in lives.get(size, ())]


def _descends(first: Report, later: Report) -> bool:
    """Whether a figure outside the first one's origin is still that figure: its principal's, or nobody's, of one event."""
    if (
        _in_own_words(first, later)
        or first.event != later.event
        or not first.principals
        or (later.principals and later.principals != first.principals)
    ):
        return False
    if not any(value >= _LEAST for value in _values(first.figure)):
        return False
    changes = _changes(first, later)
    return bool(changes) and changes != ("attribution dropped",)


def _in_own_words(first: Report, later: Report) -> bool:
    """Whether two reports quote different persons: one who speaks for a body that the other names is none."""
    one, other = ({name for name in report.telling.speakers if name_actor(name).kind == "person"} for report in (first, later))
    return bool(one) and bool(other) and one.isdisjoint(other)


def _changed(first: Report, later: Report) -> Report:
    return replace(later, telling=replace(later.telling, changes=_changes(first, later) or ()))


def _changes(first: Report, later: Report) -> tuple[Loss, ...] | None:
    return changes_between(first.figure, later.figure, attributed=bool(first.principals), still_attributed=bool(later.principals))


def _reports(held: Holdings, articles: frozenset[tuple[str, int]]) -> Iterator[Report]:
    links = held.links
    principals = {origin.id: origin.principal for origin in links.origins}
    for stored in held.claims:
        claim = stored.claim
        if stored.article not in articles or claim.part != "body":
            continue
        for place, figure in enumerate(claim.figures):
            name = f"{claim.id}#{place}"
            origin = links.origin_of.get(name)
            if origin is None or figure.measure == "other" or figure.reality != "actual" or not _values(figure):
                continue
            spoken = claim.form != "narration" and bool(claim.speakers)
            yield Report(
                stored=stored,
                figure=figure,
                origin=origin,
                event=links.event_of.get(name, links.event_of.get(claim.id)),
                principals=frozenset(filter(None, [principals.get(origin)])) if spoken else frozenset(),
                telling=_telling(held, stored, figure),
            )


def _telling(held: Holdings, stored: StoredClaim, figure: Figure) -> Telling:
    claim = stored.claim
    return Telling(
        claim=claim.id,
        document=claim.document,
        outlet=_carrier(held, stored),
        published=held.articles[stored.article].published,
        speakers=claim.speakers if claim.form != "narration" else (),
        via=claim.via,
        text=figure.span.text,
    )


def _carrier(held: Holdings, stored: StoredClaim) -> str:
    return carrier_name(held.articles[stored.article], held.documents[stored.document])


def _age(held: Holdings, stored: StoredClaim) -> tuple[str, str, int]:
    published = held.articles[stored.article].published
    return (published.first or published.last or "~") if published else "~", stored.document, stored.claim.start


def _values(figure: Figure) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(n for n in (figure.low, figure.high) if n is not None))


def _shared(first: Figure, later: Figure) -> bool:
    return bool(set(_values(first)) & set(_values(later)))


def _rounds(first: Figure, later: Figure) -> bool:
    """Whether a single number is another single one rounded to the digits that it shows; never the other way."""
    mine, theirs = _values(first), _values(later)
    if len(mine) != 1 or len(theirs) != 1 or mine[0] < _LEAST:
        return False
    exponent = theirs[0].normalize().as_tuple().exponent
    near = abs(mine[0] - theirs[0]) <= _NEAR * mine[0]
    return near and isinstance(exponent, int) and exponent > 0 and round(mine[0], -exponent) == theirs[0]


def _size(value: Decimal) -> int:
    return len(str(int(value)))


def _fits(first: str | None, later: str | None) -> bool:
    return first is None or later is None or first == later
