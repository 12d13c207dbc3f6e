import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.brief import BriefMatter, compose_brief, render_markdown
from reportedly.brief.compose import policy_words
from reportedly.model import (
    Act,
    Actor,
    Article,
    Claim,
    Clocks,
    Document,
    Figure,
    Holdings,
    Interval,
    Links,
    Origin,
    Passage,
    Qualifier,
    Share,
    Span,
    Statement,
    StatementMember,
    StoredClaim,
    Story,
)
from reportedly.query.lineage import find_lives
from reportedly.reconcile import assess_statements, build_series, build_timeline, find_changes, find_contradictions, policy_names, visible

_DAYS = tuple(dt.date(2025, 3, day) for day in range(1, 6))
_ACTORS = ("Ministry", "Hospital", "Army")
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What a brief prints with digits that is no figure of the world: dates, the numbers and ids of its own sources, and what it counts itself.
_OWN_WORDS = (
    r"\d{4}-\d\d-\d\d",
    r"\[\d+\]",
    r"(?m)^\d+\. ",
    r"\(c:\S+\)",
    r"page-\d+",
    r"\b\d+ (?:outlet|utterance|principal|document|article|named outlet)s?\b",
    r"\b\d+ more in the ledger",
    r"; and \d+ more\b",
    r"\ball \d+ standing figures",
    r"(?i)\b\d+ standing figures",
    r"in the last \d+ days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A drawn sentence."""

    by: str | None
    measure: str
    words: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    share: Share
    said: dt.date | None
    published: dt.date | None
    outlet: str
    denies: bool
    origin: int


@st.composite
def _told(draw: Any) -> Told:
    number = draw(st.integers(3, 40_000))
    words, low, high, qualifier = draw(
        st.sampled_from(
            (
                (f"{number:,} people", number, number, "exact"),
                (f"about {number} people", number, number, "about"),
                (f"at least {number:,} people", number, None, "at_least"),
                (f"up to {number} people", None, number, "up_to"),
                (f"{number} to {2 * number} people", number, 2 * number, "range"),
                ("dozens of people", None, None, "vague"),
            )
        )
    )
    published = draw(st.sampled_from((*_DAYS, None)))
    return Told(
        by=draw(st.sampled_from((*_ACTORS, None))),
        measure=draw(st.sampled_from(("killed", "injured", "killed_or_injured", "missing"))),
        words=words,
        low=low,
        high=high,
        qualifier=qualifier,
        share=draw(st.sampled_from(("total", "total", "part", "additional"))),
        said=draw(st.sampled_from([None, *(day for day in _DAYS if published is None or day <= published)])),
        published=published,
        outlet=draw(st.sampled_from(("Post", "Herald", "Star"))),
        denies=draw(st.booleans()),
        origin=draw(st.integers(0, 4)),
    )


def _day(day: dt.date | None) -> Interval | None:
    return None if day is None else Interval(first=day.isoformat(), last=day.isoformat())


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _stored(number: int, told: Told) -> tuple[StoredClaim, str]:
    name = f"page-{number}"
    text = f"{told.words} were {told.measure.replace('_', ' ')} in the storm"
    whole = Span(start=0, end=len(text), text=text)
    figure = Figure(
        span=Span(start=0, end=len(told.words), text=told.words),
        low=_decimal(told.low),
        high=_decimal(told.high),
        qualifier=told.qualifier,
        measure=told.measure,
        counted="people",
        share=told.share,
    )
    claim = Claim(
        document=name,
        article=0,
        id=f"c:{number}",
        content=(whole,),
        speakers=(told.by,) if told.by else (),
        form="indirect" if told.by else "narration",
        stance="denies" if told.denies and told.by else "asserts",
        said=_day(told.said),
        figures=(figure,),
        acts=(Act(span=whole, act="kill", agent="Army"),),
    )
    return StoredClaim(claim=claim, document=name, recorded=number), text


def _holdings(rows: tuple[Told, ...]) -> Holdings:
    """A ledger of one story, one article and claim a row; figures of one principal and measure may descend from one origin."""
    stored = [_stored(number, told) for number, told in enumerate(rows)]
    origins: dict[tuple[int, str | None, str], list[str]] = {}
    for number, told in enumerate(rows):
        origins.setdefault((told.origin, told.by, told.measure), []).append(f"c:{number}#0")
    joined = tuple(
        Origin(id=f"o:{place}", principal=key[1], members=tuple(names), outlets=(), utterances=1)
        for place, (key, names) in enumerate(origins.items())
    )
    articles = {
        (f"page-{number}", 0): Article(
            document=f"page-{number}",
            number=0,
            kind="article",
            passages=(Passage(start=0, end=len(stored[number][1]), role="body"),),
            title="Storm",
            outlet=told.outlet,
            published=_day(told.published),
        )
        for number, told in enumerate(rows)
    }
    members = tuple(
        StatementMember(claim=f"c:{number}", position="denies" if told.denies and told.by else "supports")
        for number, told in enumerate(rows)
    )
    statement = Statement(id="p:1", story="s:1", event=None, text=stored[0][1], act="kill", parties=(), serves_agent=False, members=members)
    links = Links(
        actors=tuple(Actor(id=f"a:{name}", name=name, kind="body", principal=name, names=(name,)) for name in _ACTORS),
        stories=(Story(id="s:1", title="Storm", articles=tuple(articles)),),
        origins=joined,
        origin_of={name: origin.id for origin in joined for name in origin.members},
        statements=(statement,),
    )
    names = [key[0] for key in articles]
    return Holdings(
        documents={n: Document(id=n, name=n, text_digest=n, bytes_digest=n, media_type="text/plain") for n in names},
        articles=articles,
        texts={f"page-{number}": text for number, (_, text) in enumerate(stored)},
        claims=tuple(claim for claim, _ in stored),
        links=links,
    )


def _brief(held: Holdings, day: dt.date | None, policy: str) -> str:
    clocks = Clocks(as_of=day, published_by=day)
    seen = visible(held, clocks)
    matter = BriefMatter(
        holdings=seen,
        clocks=clocks,
        policy=policy,
        series=tuple(build_series(held, clocks, policy)),
        statements=tuple(assess_statements(held, clocks)),
        timeline=tuple(build_timeline(held, clocks)),
        lives=tuple(find_lives(seen)),
        contradictions=tuple(find_contradictions(held, clocks)),
        changes=tuple(find_changes(held, min(_DAYS[1], day or _DAYS[1]), day or _DAYS[-1], policy, published_by=day)),
        days=7,
        problems=(),
        documents=frozenset(document.name for document in held.documents.values()),
    )
    return render_markdown(compose_brief(matter)).replace(policy_words(policy), "")  # a policy's own words may name its numbers


def _numbers(words: str) -> set[Decimal]:
    return {Decimal(found.group().replace(",", "")) for found in _PRINTED.finditer(words)}


def _figures_in(brief: str) -> set[Decimal]:
    """Every number that a brief prints of the world."""
    for pattern in _OWN_WORDS:
        brief = re.sub(pattern, " ", brief)
    return _numbers(brief)


@settings(max_examples=60, deadline=None)
@given(st.lists(_told(), min_size=1, max_size=9), st.sampled_from((None, *_DAYS)), st.sampled_from(policy_names()))
def test_every_number_in_a_brief_stands_in_a_claim(rows: list[Told], day: dt.date | None, policy: str) -> None:
    """Whatever the ledger, the clock and the policy: nothing is added up, averaged or rounded, and nothing comes from a later claim."""
    held = _holdings(tuple(rows))
    clocks = Clocks(as_of=day, published_by=day)
    told = {number for stored in visible(held, clocks).claims for number in _numbers(stored.claim.content[0].text)}
    told |= {number for number in _vague(policy) if any(row.qualifier == "vague" for row in rows)}
    assert _figures_in(_brief(held, day, policy)) <= told


def _vague(policy: str) -> set[Decimal]:
    """What a policy's own table puts for words that name no number, and the least that such words allow by the table of words."""
    from reportedly.reconcile.policies import load_policy  # noqa: PLC0415 - only wanted here

    return set(load_policy(policy).vague.values()) | {Decimal(24)}


def test_a_number_of_no_claim_would_be_found() -> None:
    """The reading of a brief sees a number that stands in none of its claims."""
    told = Told(
        by="Ministry", measure="killed", words="12 people", low=12, high=12, qualifier="exact", share="total", said=_DAYS[0],
        published=_DAYS[0], outlet="Post", denies=False, origin=0,
    )  # fmt: skip
    held = _holdings((told, replace(told, words="15 people", low=15, high=15, by="Army")))
    brief = _brief(held, None, "widest")
    assert _figures_in(brief) == {Decimal(12), Decimal(15)}
    assert Decimal("13.5") in _figures_in(brief + "\nOn average 13.5 people were killed.")
