"""A timeline drawn up from outlines, a page at a time, is that of all rows."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import (
    Act,
    Actor,
    Article,
    Claim,
    Clocks,
    Document,
    Event,
    Figure,
    Filters,
    Holdings,
    Interval,
    Links,
    Origin,
    Passage,
    Span,
    StoredClaim,
    Story,
)
from reportedly.query.selection import falls_between
from reportedly.reconcile import build_timeline, outlines
from reportedly.reconcile.outlines import make_outlines, read_outlines
from reportedly.reconcile.unfolding import Unfolding, turns_of

WORDS = ("harbour", "bridge", "ferry", "sank", "burned", "mayor", "rescuers", "hospital", "storm", "winter", "soldiers", "returned")
DAYS = ("2024-03-01", "2024-03-02", "2024-03-03", "2024-03-09", "1999-12-31")
SPEAKERS = ("Mayor Berg", "Army", "Hospital")
STORY = "s:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A drawn claim of one sentence."""

    words: tuple[str, ...]
    happened: Interval | None
    said: Interval | None
    number: int | None
    speaker: str | None
    part: str
    stance: str
    event: int | None
    utterance: int | None
    origin: int | None
    act: str | None


SIMPLE = Told(
    words=("bridge",),
    happened=Interval(first=DAYS[0], last=DAYS[0]),
    said=None,
    number=None,
    speaker=None,
    part="body",
    stance="asserts",
    event=None,
    utterance=None,
    origin=None,
    act=None,
)


def stretches() -> st.SearchStrategy[Interval | None]:
    """Days, short and long stretches, and stretches with an open end."""
    known = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda two: Interval(first=min(two), last=max(two)))
    late = st.sampled_from(DAYS).map(lambda day: Interval(first=f"{day}T23:30:00+09:00", last=None))
    return st.none() | known | late | st.sampled_from(DAYS).map(lambda day: Interval(first=None, last=day))


told = st.builds(
    Told,
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(tuple),
    happened=stretches(),
    said=stretches(),
    number=st.none() | st.sampled_from((12, 15, 40)),
    speaker=st.none() | st.sampled_from(SPEAKERS),
    part=st.sampled_from(("body", "body", "headline", "caption")),
    stance=st.sampled_from(("asserts", "asserts", "denies", "predicts")),
    event=st.none() | st.integers(0, 2),
    utterance=st.none() | st.integers(0, 1),
    origin=st.none() | st.integers(0, 2),
    act=st.none() | st.sampled_from(("sink", "kill")),
)


def heap(drawn: Collection[tuple[str | None, bool, Collection[Told]]]) -> Holdings:
    """The reports of one story, and now and then of none, as a ledger holds them."""
    claims, documents, articles, texts = list[StoredClaim](), dict[str, Document](), dict[Any, Article](), dict[str, str]()
    links: dict[str, dict[Any, Any]] = {"event_of": {}, "utterance_of": {}, "origin_of": {}, "actor_of": {}}
    for number, (published, outside, several) in enumerate(drawn):
        name, text, passages = f"d:{number}", "", []
        for place, one in enumerate(several):
            words = f"{' '.join(one.words).capitalize()} and {one.number} died" if one.number else " ".join(one.words).capitalize()
            start, text = len(text), f"{text}{words}.\n\n"
            identity = f"c:{number:08x}{place:08x}"
            passages.append(Passage(start=start, end=len(text), role=one.part))  # type: ignore[arg-type]
            claims.append(StoredClaim(claim=claim_of(one, identity, name, start, words), document=name))
            for kind, value in (("event_of", one.event), ("utterance_of", one.utterance), ("origin_of", one.origin)):
                if value is not None:
                    links[kind][identity] = f"{kind[0]}:{value}"
            if one.speaker:
                links["actor_of"][name, 0, one.speaker] = f"a:{one.speaker}"
        texts[name] = text
        documents[name] = Document(id=name, name=f"{name}.txt", text_digest=name, bytes_digest=name, media_type="text/plain")
        day = Interval(first=published, last=published) if published else None
        articles[name, 0] = Article(
            document=name, number=0, kind="teaser" if outside else "article", passages=tuple(passages), outlet=None, published=day
        )
    actors = tuple(Actor(id=f"a:{name}", name=name, kind="body", principal="Town" if "B" in name else None, names=()) for name in SPEAKERS)
    members: dict[str, dict[str, list[str]]] = {kind: {value: [] for value in found.values()} for kind, found in links.items()}
    for kind, found in links.items():
        for reference, value in found.items():
            members[kind][value].append(reference)
    return Holdings(
        documents=documents,
        articles=articles,
        texts=texts,
        claims=tuple(sorted(claims, key=lambda s: (s.document, s.claim.start))),
        links=Links(
            actors=actors,
            stories=(Story(id=STORY, title="Harbour", articles=tuple(articles)),),
            events=tuple(
                Event(id=k, story=STORY, label="", claims=tuple(c), happened=None, place=None, background=k == "e:2", parent=None)
                for k, c in sorted(members["event_of"].items())
            ),
            origins=tuple(
                Origin(id=k, principal="Army" if k == "o:1" else None, members=tuple(sorted(c)), outlets=(), utterances=1)
                for k, c in sorted(members["origin_of"].items())
            ),
            **links,  # type: ignore[arg-type]
        ),
    )


def claim_of(one: Told, identity: str, document: str, start: int, words: str) -> Claim:
    """The claim of a drawn sentence, which a figure of dead may end."""
    span = Span(start=start, end=start + len(words), text=words)
    digits = Span(start=span.end - len("12 died"), end=span.end - len(" died"), text=str(one.number))
    figure = Figure(span=digits, low=Decimal(one.number or 0), high=Decimal(one.number or 0), qualifier="exact", measure="killed")
    act = Act(act=one.act or "", span=span, agent=one.speaker or "Army")
    form: Any = "indirect" if one.speaker else "narration"
    part: Any = one.part
    stance: Any = one.stance
    return Claim(
        document=document,
        article=0,
        id=identity,
        content=(span,),
        cue=(span,) if one.speaker else (),
        speakers=(one.speaker,) if one.speaker else (),
        form=form,
        stance=stance,
        said=one.said,
        happened=one.happened,
        figures=(figure,) if one.number else (),
        acts=(act,) if one.act else (),
        part=part,
    )


reports = st.lists(
    st.tuples(st.none() | st.sampled_from(DAYS), st.booleans(), st.lists(told, min_size=1, max_size=6)), min_size=1, max_size=5
).map(heap)


def unfold(held: Holdings, clocks: Clocks) -> Unfolding:
    """The timeline of the story of some holdings from their outlines; what it reads are the claims it names alone."""

    def read(wanted: Collection[tuple[str, str]]) -> Holdings:
        return replace(held, claims=tuple(s for s in held.claims if (s.document, s.claim.id) in wanted or s.claim.form == "indirect"))

    packed = read_outlines(sorted(make_outlines(held).items()))
    assert packed is not None
    return Unfolding(packed, STORY, clocks, turns_of(held, clocks), read)


days = st.none() | st.sampled_from([dt.date.fromisoformat(day) for day in DAYS])


@settings(max_examples=100, deadline=None)
@given(reports, st.builds(Clocks, as_of=days, published_by=days), days, st.integers(1, 12))
def test_a_page_from_outlines_is_that_of_all_rows(held: Holdings, clocks: Clocks, first: dt.date | None, count: int) -> None:
    """Whatever was reported, on any day, from any day on, the first few entries are the same to the last digit of their weights."""
    filters = Filters(first=first)

    def wanted(when: Interval) -> bool:
        return falls_between(when, filters)

    every = [entry for entry in build_timeline(held, clocks) if wanted(Interval(first=entry.date, last=entry.to))]
    assert unfold(held, clocks).page(count, wanted) == every[:count]


def test_claims_that_cannot_be_read_send_to_all_rows() -> None:
    """One that went while a page was made, and a reader who says that it cannot tell."""
    held = heap([("2024-03-02", False, [SIMPLE, replace(SIMPLE, words=("storm",))])])
    packed = read_outlines(sorted(make_outlines(held).items()))
    assert packed is not None
    fewer = replace(held, claims=held.claims[:1])
    assert Unfolding(packed, STORY, Clocks(), (), lambda _: fewer).page(5, lambda _: True) is None
    assert Unfolding(packed, STORY, Clocks(), (), lambda _: None).page(5, lambda _: True) is None
    assert Unfolding(packed, STORY, Clocks(), (), lambda _: held).page(5, lambda _: True) == build_timeline(held, Clocks())


def test_an_outline_of_another_form_is_not_read() -> None:
    """A ledger that a later version wrote: its outlines tell this one nothing."""
    packed = make_outlines(heap([("2024-03-02", False, [])]))
    assert read_outlines(list(packed.items())) is not None
    with patch.object(outlines, "VERSION", outlines.VERSION + 1):
        assert read_outlines(list(packed.items())) is None


@pytest.mark.parametrize("words", ["Harbour \ud800 burned", "Caf\u00e9 \U0001f525 burned", ""])
def test_sentences_come_back_as_they_were_printed(words: str) -> None:
    """Lone surrogates, characters of several bytes and an empty sentence among others."""
    one = replace(SIMPLE, words=(words, "bridge"))
    held = heap([(DAYS[1], False, [one, replace(one, words=("storm",)), one])])
    entries = unfold(held, Clocks()).page(5, lambda _: True)
    assert entries == build_timeline(held, Clocks())
    assert entries
