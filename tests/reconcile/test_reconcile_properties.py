import datetime as dt
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import (
    Actor,
    Article,
    Claim,
    Clocks,
    Document,
    Figure,
    Holdings,
    Interval,
    Links,
    Passage,
    Qualifier,
    Span,
    Statement,
    StatementMember,
    StoredClaim,
    Story,
    row_of,
)
from reportedly.reconcile import assess_statements, build_series, build_timeline, find_changes, policy_names, visible
from reportedly.reconcile.lookup import Lookup, said_by
from reportedly.reconcile.positions import latest_positions, standpoints_of

_DAYS = tuple(dt.date(2025, 3, day) for day in range(1, 8))
_ACTORS = ("Ministry", "Hospital", "Army")
_FEW = settings(max_examples=40, deadline=None)
_MEASURES = ("killed", "injured", "killed_or_injured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A drawn sentence: who says how many, on which day, in a report of which day."""

    by: str | None
    measure: str
    low: int | None
    high: int | None
    said: dt.date | None
    published: dt.date | None
    outlet: str
    position: str


@st.composite
def _told(draw: Any) -> Told:
    number = draw(st.sampled_from((12, 15, 40, 52, 400, 10_000, 12_000)))
    low, high = draw(st.sampled_from(((number, number), (number, None), (None, number), (number, 2 * number), (None, None))))
    published = draw(st.sampled_from((*_DAYS, None)))
    said = draw(st.sampled_from([None, *(day for day in _DAYS if published is None or day <= published)]))
    return Told(
        by=draw(st.sampled_from((*_ACTORS, None))),
        measure=draw(st.sampled_from(_MEASURES)),
        low=low,
        high=high,
        said=said,
        published=published,
        outlet=draw(st.sampled_from(("Post", "Herald"))),
        position=draw(st.sampled_from(("supports", "denies", "open"))),
    )


_HEAPS = st.lists(_told(), min_size=1, max_size=9).map(lambda rows: _holdings(tuple(rows)))


def _day(day: dt.date | None) -> Interval | None:
    return None if day is None else Interval(first=day.isoformat(), last=day.isoformat())


def _qualifier(told: Told) -> Qualifier:
    return "vague" if told.low is None and told.high is None else "exact" if told.low == told.high else "range"


def _holdings(rows: tuple[Told, ...]) -> Holdings:
    documents, articles, texts, claims, members = {}, {}, {}, [], []
    for number, told in enumerate(rows):
        name, words = f"page-{number}", f"{told.low} to {told.high} {told.measure} in the storm"
        texts[name] = words
        documents[name] = Document(id=name, name=name, text_digest=name, bytes_digest=name, media_type="text/plain")
        articles[name, 0] = Article(
            document=name,
            number=0,
            kind="article",
            passages=(Passage(start=0, end=len(words), role="body"),),
            title=f"Title of {name}",
            outlet=told.outlet,
            published=_day(told.published),
        )
        whole = Span(start=0, end=len(words), text=words)
        figure = Figure(
            span=whole,
            low=None if told.low is None else Decimal(told.low),
            high=None if told.high is None else Decimal(told.high),
            qualifier=_qualifier(told),
            measure=told.measure,
            counted="people",
        )
        speakers = (told.by,) if told.by else ()
        form: Any = "indirect" if told.by else "narration"
        claim = Claim(
            document=name,
            article=0,
            id=f"c:{number}",
            content=(whole,),
            speakers=speakers,
            form=form,
            said=_day(told.said),
            figures=(figure,),
        )
        claims.append(StoredClaim(claim=claim, document=name, recorded=number))
        position: Any = told.position
        members.append(StatementMember(claim=claim.id, position=position))
    actors = tuple(Actor(id=f"a:{name}", name=name, kind="body", principal=name, names=(name,)) for name in _ACTORS)
    statement = Statement(
        id="p:1", story="s:1", event=None, text=texts["page-0"], act="storm", parties=(), serves_agent=False, members=tuple(members)
    )
    stories = (Story(id="s:1", title="Title of page-0", articles=tuple(articles)),)
    links = Links(actors=actors, stories=stories, statements=(statement,))
    return Holdings(documents=documents, articles=articles, texts=texts, claims=tuple(claims), links=links)


def _everything(held: Holdings, clocks: Clocks) -> list[Any]:
    rows = [*build_series(held, clocks, "widest"), *assess_statements(held, clocks), *build_timeline(held, clocks)]
    return [row_of(row) for row in rows]


@_FEW
@given(_HEAPS, st.sampled_from(_DAYS))
def test_as_of_never_shows_what_was_said_later(held: Holdings, day: dt.date) -> None:
    """Every claim in any answer, and every word of a title or statement, had been said by the day."""
    clocks = Clocks(as_of=day)
    by = {c.claim.id: said_by(c, held.articles[c.article].published) for c in held.claims}
    shown = {claim for row in build_series(held, clocks, "widest") for entry in row.entries for claim in entry.claims}
    shown |= {position.claim for row in assess_statements(held, clocks) for position in row.positions}
    shown |= {claim for entry in build_timeline(held, clocks) for claim in entry.claims}
    assert all((said := by[claim]) is not None and said <= day for claim in shown)
    words = {c.claim.content[0].text for c in held.claims if (said := by[c.claim.id]) is not None and said <= day}
    assert all(statement.text in words for statement in visible(held, clocks).links.statements)


@_FEW
@given(_HEAPS)
def test_low_best_and_high_are_in_order_and_best_names_its_entry(held: Holdings) -> None:
    """Under every policy; a best is the number of a standing entry whose words stand in `why`."""
    for policy in policy_names():
        for row in build_series(held, Clocks(), policy):
            stated = [number for number in (row.low, row.best, row.high) if number is not None]
            assert stated == sorted(stated)
            if row.best is not None:
                named = [e for e in row.entries if e.standing == "current" and row.best in (e.low, e.high) and e.words in row.why]
                assert named


@_FEW
@given(_HEAPS)
def test_all_policies_see_the_same_claims(held: Holdings) -> None:
    """A policy changes bounds, never entries or their standing."""

    def seen(policy: str) -> list[Any]:
        return [(row.id, [(e.claims, e.standing, e.origin) for e in row.entries]) for row in build_series(held, Clocks(), policy)]

    assert all(seen(policy) == seen("widest") for policy in policy_names())


@_FEW
@given(_HEAPS, st.randoms(use_true_random=False), st.sampled_from((None, *_DAYS)))
def test_the_order_of_rows_does_not_matter(held: Holdings, chance: random.Random, day: dt.date | None) -> None:
    """Claims, articles and documents in any order give the same answers."""
    claims, articles = list(held.claims), list(held.articles.items())
    chance.shuffle(claims)
    chance.shuffle(articles)
    mixed = replace(held, claims=tuple(claims), articles=dict(articles), documents=dict(reversed(list(held.documents.items()))))
    assert _everything(held, Clocks(as_of=day)) == _everything(mixed, Clocks(as_of=day))


@_FEW
@given(_HEAPS)
def test_each_principal_has_one_standing_figure_unless_order_is_unknown(held: Holdings) -> None:
    """Several current figures of one principal have the same cut-off and say different things."""
    for row in build_series(held, Clocks(), "widest"):
        current = [entry for entry in row.entries if entry.standing == "current" and entry.principal]
        for entry in current:
            own = [other for other in current if other.principal == entry.principal]
            assert len({(other.low, other.high) for other in own}) == len(own)
            assert len({(c.first, c.last) if (c := other.cut_off) else None for other in own}) == 1


@_FEW
@given(_HEAPS, st.sampled_from(_DAYS), st.sampled_from(_DAYS))
def test_changes_lead_from_the_one_state_to_the_other(held: Holdings, one: dt.date, other: dt.date) -> None:
    """Claims of the entries at a, with those of figure changes from a to b, are the claims of the entries at b."""
    a, b = min(one, other), max(one, other)
    figures = {"new figure", "revision", "restatement", "withdrawal"}

    def entries(day: dt.date) -> set[str]:
        return {claim for row in build_series(held, Clocks(as_of=day), "widest") for entry in row.entries for claim in entry.claims}

    changed = {claim for change in find_changes(held, a, b, "widest") if change.kind in figures for claim in change.claims}
    assert entries(a) | changed == entries(b)
    assert not entries(a) & changed
    turned = {claim for change in find_changes(held, a, b, "widest") if change.kind not in figures for claim in change.claims}
    before = {p.claim for row in assess_statements(held, Clocks(as_of=a)) for p in row.positions}
    assert not before & turned


def _sides(held: Holdings, day: dt.date) -> dict[str, str]:
    """Each principal's position on the statement as of a day: its latest that takes a side, else that it leaves the matter open."""
    lookup = Lookup(visible(held, Clocks(as_of=day)))
    found: dict[str, str] = {}
    for statement in lookup.holdings.links.statements:
        standpoints = standpoints_of(lookup, statement)
        found |= {s.position.principal: "open" for s in standpoints if s.position.principal}
        found |= {principal: s.position.position for principal, s in latest_positions(standpoints).items()}
    return found


@_FEW
@given(_HEAPS, st.sampled_from(_DAYS), st.sampled_from(_DAYS))
def test_changes_of_position_lead_from_the_one_state_to_the_other(held: Holdings, one: dt.date, other: dt.date) -> None:
    """Positions at a, with those that changes from a to b bring put in their place, are the positions at b; none is told twice."""
    a, b = min(one, other), max(one, other)
    brought = [change for change in find_changes(held, a, b, "widest") if change.kind in ("new position", "reversal")]
    told = {member.claim: member.position for statement in held.links.statements for member in statement.members}
    applied = {change.what.rpartition(" (")[2].removesuffix(")"): told[change.claims[0]] for change in brought}
    assert len(applied) == len(brought)
    assert {**_sides(held, a), **applied} == _sides(held, b)
