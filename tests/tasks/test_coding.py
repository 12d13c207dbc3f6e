from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.errors import BadJudgementError, ConflictError, UnknownIdError
from reportedly.model import Choice, Clocks, Filters, Judgement, JudgementKind, QueueItem
from reportedly.tasks import coding

ROUND = "round one"


@pytest.fixture
def desk(ledger: Path) -> Iterator[Desk]:
    """A desk over a copy of the example reports."""
    with Desk(ledger) as opened:
        yield opened


def judge(desk: Desk, kind: JudgementKind, *targets: str, by: str = "Ann", **fields: Any) -> Judgement:
    return desk.judge(Correction(kind=kind, targets=targets, by=by, reason="read the page", **fields))


def bounds(desk: Desk, series: str) -> tuple[Decimal | None, Decimal | None]:
    row = next(row for row in desk.figures(Question()) if row.id == series)
    return row.low, row.high


def test_the_queue_begins_with_what_moves_low_and_high(desk: Desk) -> None:
    """Effects fall, each claim comes once, and the first one's rejection does to its series what the queue said it would."""
    items = coding.queue(desk, Question())
    assert [item.effect for item in items] == sorted((item.effect for item in items), reverse=True)
    assert len({item.claim for item in items}) == len(items) == len({c.claim.id for c in desk.claims(Question())})
    assert items[0].effect > 0
    assert items[-1].effect == 0
    item = next(item for item in items if item.moves[0].low_without is not None)
    move = item.moves[0]
    assert bounds(desk, move.series) == (move.low, move.high)
    judge(desk, "reject", item.claim)
    left = [(row.low, row.high) for row in desk.figures(Question()) if (row.measure, row.story) == (move.measure, move.story)]
    assert (move.low_without, move.high_without) in left
    assert (move.low, move.high) != (move.low_without, move.high_without)


def test_what_is_judged_leaves_the_queue_and_undone_comes_back(desk: Desk) -> None:
    """Accepted claims need no second look; a page of the queue is a page of what is left."""
    first, second, *_ = coding.queue(desk, Question())
    made = judge(desk, "accept", first.claim)
    assert coding.queue(desk, Question(filters=Filters(limit=1))) == [second]
    desk.undo(made.id)
    assert coding.queue(desk, Question(filters=Filters(limit=2))) == [first, second]


def test_the_queue_keeps_to_the_question(desk: Desk) -> None:
    """Only the story, the measure and the day asked for."""
    items = coding.queue(desk, Question(filters=Filters(story="ferry", measure="killed")))
    assert items
    assert all(item.document.startswith(str(Path("ferry"))) or "ferry" in item.document for item in items)
    early = coding.queue(desk, Question(clocks=Clocks(recorded_before=0)))
    assert early == []


def figure_claims(desk: Desk) -> list[QueueItem]:
    return [item for item in coding.queue(desk, Question()) if item.figures][:4]


@pytest.fixture
def coded(desk: Desk) -> list[QueueItem]:
    """Four claims: both accept the first, amend the second otherwise, only Bo rejects the third, only Ann has coded the fourth."""
    items = figure_claims(desk)
    one, two, three, four = (item.claim for item in items)
    for by in ("Ann", "Bo"):
        judge(desk, "accept", one, by=by, coding=ROUND)
    judge(desk, "amend", two, by="Ann", coding=ROUND, changes={"stance": "estimates"})
    judge(desk, "amend", two, by="Bo", coding=ROUND, changes={"stance": "doubts"})
    judge(desk, "accept", three, by="Ann", coding=ROUND)
    judge(desk, "reject", three, by="Bo", coding=ROUND)
    judge(desk, "accept", four, by="Ann", coding=ROUND)
    return items


def test_a_second_coder_is_blind_to_the_first(desk: Desk, coded: list[QueueItem]) -> None:
    """Views change nothing; each coder's queue lacks their own claims alone; the log hides what the other said until it is settled."""
    one, two, three, four = (item.claim for item in coded)
    assert {c.claim.id for c in desk.claims(Question())} >= {one, two, three, four}
    assert {item.claim for item in coding.queue(desk, Question())} >= {one, two, three, four}
    left = {by: {item.claim for item in coding.queue(desk, Question(), coder=by, coding=ROUND)} for by in ("Ann", "Bo", "Cy")}
    assert (four in left["Ann"], four in left["Bo"], {one, two, three, four} <= left["Cy"]) == (False, True, True)
    assert {deed.by for deed in coding.history(desk, viewer="Bo")} == {"Bo"}
    coding.settle(desk, ROUND, one, Choice(judgement=view(desk, one, "Ann"), by="Cy", reason=""))
    assert {deed.by for deed in coding.history(desk, target=one, viewer="Bo")} == {"Ann", "Bo", "Cy"}
    assert one not in {item.claim for item in coding.queue(desk, Question(), coder="Di", coding=ROUND)}


def view(desk: Desk, claim: str, by: str) -> str:
    row = next(row for row in coding.adjudication(desk, ROUND) if row.claim == claim)
    return next(found.judgement for found in row.codings if found.by == by)


def test_adjudication_shows_the_views_side_by_side(desk: Desk, coded: list[QueueItem]) -> None:
    """Disagreements first; the decision is in force and names the views it decides between; it is undone like any other."""
    one, two, three, four = (item.claim for item in coded)
    rows = coding.adjudication(desk, ROUND)
    assert {row.claim: row.state for row in rows} == {two: "disagree", three: "disagree", one: "agree", four: "waiting"}
    assert [row.state for row in rows] == ["disagree", "disagree", "agree", "waiting"]
    row = next(row for row in rows if row.claim == two)
    assert [(v.by, v.verdict, dict(v.changes)) for v in row.codings] == [
        ("Ann", "amend", {"stance": "estimates"}),
        ("Bo", "amend", {"stance": "doubts"}),
    ]
    seen = desk.revision
    made = coding.settle(desk, ROUND, two, Choice(judgement=view(desk, two, "Bo"), by="Cy", reason="as the tape has it", seen=seen))
    assert desk.show(two).claim.stance == "doubts"
    assert set(made.settles) == {v.judgement for v in row.codings}
    assert next(row for row in coding.adjudication(desk, ROUND) if row.claim == two).settled_by == made.id
    with pytest.raises(ConflictError, match="Cy did amend"):
        coding.settle(desk, ROUND, two, Choice(judgement=view(desk, two, "Ann"), by="Di", reason="", seen=seen))
    desk.undo(made.id, by="Cy")
    assert next(row for row in coding.adjudication(desk, ROUND) if row.claim == two).state == "disagree"
    (agreed,) = coding.settle_agreed(desk, ROUND, "Cy", "both say so")
    assert agreed.targets == (one,)
    assert coding.codings(desk) == [ROUND]


def test_a_claim_that_only_one_coder_added_can_be_put_in_force(desk: Desk) -> None:
    """A view that adds a claim waits like any other; once chosen the claim stands in the ledger."""
    document = desk.holdings().documents[min(desk.holdings().documents)]
    added = judge(desk, "add", document.id, coding=ROUND, changes={"content": {"start": 0, "end": 30}})
    (row,) = coding.adjudication(desk, ROUND)
    assert (row.state, row.record, row.text) == ("waiting", None, " ".join(desk.holdings().text_of(document.id)[:30].split()))
    made = coding.settle(desk, ROUND, row.claim, Choice(judgement=added.id, by="Cy", reason=""))
    assert made.targets == added.targets
    assert desk.show(row.claim).claim.content[0].end == 30


def test_agreement_is_told_for_each_variable(desk: Desk, coded: list[QueueItem]) -> None:
    """Three claims have two verdicts, two have two stances, which differ once; a figure's bounds that nobody touched agree."""
    rows = {row.variable: row for row in coding.agreement(desk, ROUND)}
    assert (rows["verdict"].units, rows["verdict"].coders, rows["verdict"].level) == (3, ("Ann", "Bo"), "nominal")
    assert rows["stance"].units == 2
    assert rows["stance"].alpha is not None
    assert rows["stance"].alpha < 1
    assert rows["figure.measure"].alpha in (None, Decimal(1))
    assert len(coded) == 4


def test_what_is_not_there_is_told(desk: Desk, coded: list[QueueItem]) -> None:
    """A coding nobody began, a claim or a view that is none of it."""
    with pytest.raises(UnknownIdError, match="no double coding 'two'"):
        coding.adjudication(desk, "two")
    with pytest.raises(UnknownIdError, match="no claim"):
        coding.settle(desk, ROUND, "c:ffff", Choice(judgement="j:", by="Cy", reason=""))
    with pytest.raises(BadJudgementError, match="fits 2 of kind coding"):
        coding.settle(desk, ROUND, coded[0].claim, Choice(judgement="j:", by="Cy", reason=""))


def test_a_grade_screens_what_a_policy_counts(desk: Desk) -> None:
    """The ucdp-style policy counts graded sources once any is graded; the newest grade wins; undone, all count again."""

    def why() -> set[str]:
        return {row.why for row in desk.figures(Question(policy="ucdp-style")) if row.measure == "killed"}

    assert any("Unscreened" in words for words in why())
    claim = next(c.claim for c in desk.claims(Question(filters=Filters(measure="killed"))) if c.claim.speakers)
    made = judge(desk, "grade", claim.speakers[0], changes={"reliability": "A"})
    assert not any("Unscreened" in words for words in why())
    assert desk.show(claim.id).reliability == "A"
    judge(desk, "grade", claim.id, changes={"credibility": 2})
    assert desk.show(claim.id).credibility == 2
    desk.undo(made.id)
    assert any("Unscreened" in words for words in why())
    with pytest.raises(UnknownIdError, match="no actor or outlet"):
        judge(desk, "grade", "Nobody at all", changes={"reliability": "A"})
