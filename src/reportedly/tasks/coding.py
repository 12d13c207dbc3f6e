"""People's coding of a ledger: what to look at first, who did what, two coders blind to each other, and what is made of both.

queue(desk, question, coder)               claims to judge, those first that move low and high; queue_page, a page of them
history(desk)                              the audit log
adjudication(desk, name), settle(...)      a double coding side by side, and the decision
agreement(desk, name)                      Krippendorff's alpha of its coders

A judgement is made by `Desk.judge`. One that names a `coding` is a coder's view and changes nothing; whoever settles a claim makes a
judgement that is in force and names the views it decides between.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reportedly import pipeline
from reportedly.api import Desk, Question
from reportedly.errors import BadJudgementError, UnknownIdError
from reportedly.model import (
    AgreementRow,
    Choice,
    Claim,
    Clocks,
    CodedClaim,
    Coding,
    CodingState,
    Correction,
    Deed,
    Figure,
    Holdings,
    Judgement,
    Level,
    Move,
    QueueItem,
    Span,
    StoredClaim,
    interval_text,
)
from reportedly.query.listing import Page
from reportedly.query.selection import claims_that_fit, in_page

__all__ = ["adjudication", "agreement", "codings", "history", "queue", "queue_page", "settle", "settle_agreed"]

_JUDGED = frozenset({"add", "accept", "reject", "amend"})
_LEAST_CODERS = 2
_NOTHING = Decimal("0.0000")
_STATES: Mapping[CodingState, int] = {"disagree": 0, "agree": 1, "waiting": 2, "settled": 3}

_CLAIM_VARIABLES: Mapping[str, Callable[[Claim], Hashable]] = {
    "stance": lambda claim: claim.stance,
    "speakers": lambda claim: claim.speakers,
    "via": lambda claim: claim.via,
    "said": lambda claim: interval_text(claim.said),
    "happened": lambda claim: interval_text(claim.happened),
    "place": lambda claim: claim.place or "",
}
_FIGURE_VARIABLES: Mapping[str, tuple[Level, Callable[[Figure], Hashable]]] = {
    "figure.measure": ("nominal", lambda figure: figure.measure),
    "figure.qualifier": ("nominal", lambda figure: figure.qualifier),
    "figure.share": ("nominal", lambda figure: figure.share),
    "figure.population": ("nominal", lambda figure: figure.population or ""),
    "figure.low": ("ratio", lambda figure: figure.low),
    "figure.high": ("ratio", lambda figure: figure.high),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A claim that waits to be judged.

    Attributes:
        place: where it stands in the order of pages.
        moves: the series that it moves, the most first.
        effect: how far.
        shown: it, or what the queue shows of it.
    """

    place: tuple[str, int, str]
    moves: tuple[Move, ...]
    effect: Decimal
    shown: Claim | QueueItem


def queue(desk: Desk, question: Question, *, coder: str = "", coding: str | None = None) -> list[QueueItem]:
    """The claims that wait to be judged, those first whose rejection would move low and high the most.

    Args:
        desk: the ledger's desk.
        question: which claims, as of when, by which policy.
        coder: for a double coding, who codes.
        coding: the double coding's name; None asks for claims that nobody has judged.

    Returns:
        Claims once each; of those that move nothing in page order.
    """
    return list(queue_page(desk, question, coder=coder, coding=coding).rows)


def queue_page(desk: Desk, question: Question, *, coder: str = "", coding: str | None = None) -> Page[QueueItem]:
    """A page of the queue, with how many claims wait in all; see `queue`."""
    found: dict[str, _Case] = {}
    for held, seen in _states(desk, question):
        done = _done(held.judgements, coder, coding)
        for claim, case in _waiting(held, seen, question, desk.policy(question)):
            if claim not in done:
                found[claim] = _together(found.get(claim), case)
    ordered = sorted(found.values(), key=lambda case: (-case.effect, case.place))
    return Page(rows=[_item(case) for case in in_page(ordered, question.filters)], total=len(ordered))


def _states(desk: Desk, question: Question) -> Iterator[tuple[Holdings, Holdings]]:
    """The rows of each story that is asked about, and what the clocks let see of them."""
    whole = replace(question, clocks=Clocks())
    if question.clocks.recorded_before is not None:
        yield desk.rows(whole), desk.holdings(question)
        return
    for held in desk.rows_by_story(whole):
        yield held, pipeline.see(held, question.clocks)


def _waiting(held: Holdings, seen: Holdings, question: Question, policy: str) -> Iterator[tuple[str, _Case]]:
    """The claims of some rows, each once, with what the loss of each would move; of many stories only what is shown of them is kept."""
    from reportedly.reconcile import weigh_claims  # noqa: PLC0415 - only wanted here

    moves = weigh_claims(held, question.clocks, policy)
    fitting = {stored.claim.id: stored.claim for stored in reversed(claims_that_fit(seen, question.filters))}
    for claim in fitting.values():
        found = moves.get(claim.id, ())
        yield (
            claim.id,
            _Case(
                place=(claim.document, claim.start, claim.id),
                moves=found,
                effect=_effect(found) if found else _NOTHING,
                shown=claim if question.filters.story is not None else _shown(claim),
            ),
        )


def _together(one: _Case | None, other: _Case) -> _Case:
    """A claim that two stories hold: where it stands first, with what it moves in both."""
    if one is None:
        return other
    moves = tuple(sorted((*one.moves, *other.moves), key=lambda move: (-move.effect, move.series)))
    return replace(min(one, other, key=lambda case: case.place), effect=_effect(moves), moves=moves)


def _item(case: _Case) -> QueueItem:
    shown = case.shown if isinstance(case.shown, QueueItem) else _shown(case.shown)
    return replace(shown, effect=case.effect, moves=case.moves)


def _shown(claim: Claim) -> QueueItem:
    return QueueItem(
        claim=claim.id,
        document=claim.document,
        article=claim.article,
        speakers=claim.speakers,
        stance=claim.stance,
        said=claim.said,
        text=_words(claim.content),
        figures=tuple(figure.span.text for figure in claim.figures),
        effect=_NOTHING,
        moves=(),
    )


def _effect(moves: Iterable[Move]) -> Decimal:
    return sum((move.effect for move in moves), Decimal(0)).quantize(Decimal("0.0001"))


def _done(judgements: Iterable[Judgement], coder: str, coding: str | None) -> set[str]:
    """Ids of the claims that need no more judging: by anybody or, in a double coding, by this coder."""
    if coding is None:
        return {target for j in judgements if j.in_force and j.kind in _JUDGED for target in j.targets}
    rows = [j for j in judgements if j.coding == coding and not j.undone]
    settled = {identity for j in judgements if j.in_force for identity in j.settles}
    return {target for j in rows if j.by == coder or j.id in settled for target in j.targets}


def history(desk: Desk, *, target: str | None = None, viewer: str | None = None) -> list[Deed]:
    """The audit log: what people did, the newest first.

    Args:
        desk: the ledger's desk.
        target: only what concerns this claim (its id, or the start of one) or name; None asks for all.
        viewer: a coder, from whom others' views of a claim are hidden until it is settled; None shows all.
    """
    deeds = desk.store.history(target)
    settled = {identity for deed in deeds if not deed.undone for identity in deed.settles}

    def shows(deed: Deed) -> bool:
        blind = viewer is not None and deed.coding is not None and deed.by != viewer and deed.judgement not in settled
        return not blind and (target is None or any(_meant(target, name) for name in deed.targets))

    return [deed for deed in deeds if shows(deed)]


def _meant(words: str, name: str) -> bool:
    return name == words or name.startswith((words, f"c:{words}"))


def codings(desk: Desk) -> list[str]:
    """The names of the double codings there are."""
    return sorted({j.coding for j in desk.library.judged().judgements if j.coding is not None and not j.undone})


def adjudication(desk: Desk, name: str) -> list[CodedClaim]:
    """A double coding side by side.

    Args:
        desk: the ledger's desk.
        name: the coding's name.

    Returns:
        A row a claim: first those on which coders disagree, then those on which they agree, those that wait for a second coder, and
        those that are settled.

    Raises:
        UnknownIdError: nobody codes under that name.
    """
    held = desk.library.judged()
    rows = [_coded(held, claim, found) for claim, found in _views(held, name).items()]
    return sorted(rows, key=lambda row: (_STATES[row.state], row.document or "", row.record.start if row.record else 0, row.claim))


def _views(held: Holdings, name: str) -> dict[str, dict[str, Judgement]]:
    """Claim id -> coder -> the newest view."""
    found: dict[str, dict[str, Judgement]] = {}
    for judgement in held.judgements:
        if judgement.coding == name and not judgement.undone:
            for target in judgement.targets:
                found.setdefault(target, {})[judgement.by] = judgement
    if not found:
        raise UnknownIdError("double coding", name)
    return found


def _coded(held: Holdings, claim: str, views: Mapping[str, Judgement]) -> CodedClaim:
    stored = _claim_of(held, claim)
    ids = {view.id for view in views.values()}
    settled = next((j.id for j in held.judgements if j.in_force and ids.intersection(j.settles)), None)
    said = {(view.kind, json.dumps(view.changes, sort_keys=True)) for view in views.values()}
    state: CodingState = "agree" if len(said) == 1 else "disagree"
    first = next(iter(views.values()))
    return CodedClaim(
        claim=claim,
        document=stored.claim.document if stored else None,
        text=_words(stored.claim.content if stored else first.spans),
        record=stored.claim if stored else None,
        codings=tuple(
            Coding(judgement=j.id, by=j.by, at=j.at, verdict=j.kind, changes=j.changes, reason=j.reason)
            for j in sorted(views.values(), key=lambda view: view.by)
        ),
        state="settled" if settled else "waiting" if len(views) < _LEAST_CODERS else state,
        settled_by=settled,
    )


def _claim_of(held: Holdings, claim: str) -> StoredClaim | None:
    return next((stored for stored in held.claims if stored.claim.id == claim), None)


def settle(desk: Desk, name: str, claim: str, choice: Choice) -> Judgement:
    """Put one coder's view of a claim in force.

    Args:
        desk: the ledger's desk.
        name: the double coding's name.
        claim: the claim's id, or the start of one.
        choice: whose view, who decides, and why.

    Returns:
        The judgement, which names the views it decided between.

    Raises:
        UnknownIdError: the coding, claim or view is not there.
        BadJudgementError: the start of an id fits several.
        ConflictError: somebody else decided since the revision that the choice names as seen.
    """
    held = desk.library.judged()
    views = _views(held, name)
    identity = _one("claim", claim, views, "c:")
    view = next(
        v for v in views[identity].values() if v.id == _one("coding", choice.judgement, [v.id for v in views[identity].values()], "j:")
    )
    targets = _documents_of(held, view) if view.kind == "add" else (identity,)
    correction = Correction(
        kind=view.kind,
        targets=targets,
        by=choice.by,
        reason=choice.reason,
        changes=view.changes,
        settles=tuple(v.id for v in views[identity].values()),
        seen=choice.seen,
    )
    return desk.judge(correction)


def settle_agreed(desk: Desk, name: str, by: str, reason: str) -> list[Judgement]:
    """Put in force what all coders of a claim agree on, where at least two have coded it."""
    return [
        settle(desk, name, row.claim, Choice(judgement=row.codings[0].judgement, by=by, reason=reason))
        for row in adjudication(desk, name)
        if row.state == "agree"
    ]


def _one(kind: str, words: str, known: Iterable[str], prefix: str) -> str:
    found = sorted({identity for identity in known if identity.startswith((words, prefix + words))})
    if not found:
        raise UnknownIdError(kind, words)
    if len(found) > 1:
        raise BadJudgementError(f"{words!r} fits {len(found)} of kind {kind}")
    return found[0]


def _documents_of(held: Holdings, view: Judgement) -> tuple[str, ...]:
    found = [document.id for document in held.documents.values() if document.text_digest == view.text_digest]
    if not found:
        raise BadJudgementError("the text that the claim was added to is not in this ledger")
    return (min(found),)


def agreement(desk: Desk, name: str) -> list[AgreementRow]:
    """How far the coders of a double coding agree, by Krippendorff's alpha.

    A coder who accepts a claim agrees with every field of it as it stands; one who rejects it has a verdict on it and no more.

    Args:
        desk: the ledger's desk.
        name: the coding's name.

    Returns:
        The verdict first, then fields of claims, then fields of figures, which are matched by their place in the text.

    Raises:
        UnknownIdError: nobody codes under that name.
    """
    held = desk.library.judged()
    views = _views(held, name)
    verdicts = [{by: view.kind for by, view in found.items()} for found in views.values()]
    rows = [_row("verdict", "nominal", verdicts)]
    coded = [_as_coded(held, claim, found) for claim, found in views.items()]
    for variable, of in _CLAIM_VARIABLES.items():
        rows.append(_row(variable, "nominal", [{by: of(claim) for by, claim in unit.items()} for unit in coded]))
    figures = [unit for claims in coded for unit in _figure_units(claims)]
    for variable, (level, of_figure) in _FIGURE_VARIABLES.items():
        values = [{by: of_figure(figure) for by, figure in unit.items()} for unit in figures]
        rows.append(_row(variable, level, [{by: v for by, v in unit.items() if v is not None} for unit in values]))
    return rows


def _row(variable: str, level: Level, units: Iterable[Mapping[str, Hashable]]) -> AgreementRow:
    from reportedly.reconcile import krippendorff_alpha  # noqa: PLC0415 - only wanted here

    pairable = [unit for unit in units if len(unit) >= _LEAST_CODERS]
    coders = tuple(sorted({by for unit in pairable for by in unit}))
    return AgreementRow(variable=variable, level=level, coders=coders, units=len(pairable), alpha=krippendorff_alpha(pairable, level))


def _as_coded(held: Holdings, claim: str, views: Mapping[str, Judgement]) -> dict[str, Claim]:
    """The claim as each of its coders has it; those who reject it, or whose changes no longer fit it, are left out."""
    from reportedly.ledger.judgements.judging import amended  # noqa: PLC0415 - only wanted here

    stored = _claim_of(held, claim)
    found: dict[str, Claim] = {}
    for by, view in views.items():
        changes: Mapping[str, Any] = view.changes if view.kind == "amend" else {}
        if stored is not None and view.kind in ("accept", "amend"):
            try:
                found[by] = amended(stored.claim, changes)
            except ValueError:  # stored by another version; the verdict still counts
                continue
    return found


def _figure_units(claims: Mapping[str, Claim]) -> Iterator[dict[str, Figure]]:
    units: dict[int, dict[str, Figure]] = {}
    for by, claim in claims.items():
        for figure in claim.figures:
            units.setdefault(figure.span.start, {})[by] = figure
    yield from units.values()


def _words(spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(span.text.split()) for span in spans)
