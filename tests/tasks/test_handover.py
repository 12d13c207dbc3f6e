from pathlib import Path

from reportedly import pipeline
from reportedly.api import Correction, Desk, Question
from reportedly.model import Filters
from reportedly.tasks import coding
from reportedly.tasks.handover import export, take_in


def assert_linked_as_by_a_rebuild(desk: Desk) -> None:
    """The links kept are those that all rows give anew."""
    held = desk.store.holdings()
    assert not desk.store.links_outdated()
    assert pipeline.united(held).links == pipeline.resolve(held)


def test_links_follow_judgements(ledger: Path) -> None:
    """Rejecting, amending, splitting and undoing leave the links that a rebuild makes."""
    with Desk(ledger) as desk:
        first, second, *_ = [item.claim for item in coding.queue(desk, Question()) if item.figures]
        made = desk.judge(Correction(kind="reject", targets=(first,), by="Ann", reason="misread"))
        assert_linked_as_by_a_rebuild(desk)
        desk.judge(Correction(kind="amend", targets=(second,), by="Ann", reason="", changes={"speakers": ["Nordland police"]}))
        assert_linked_as_by_a_rebuild(desk)
        desk.undo(made.id)
        assert_linked_as_by_a_rebuild(desk)


def test_stories_taken_in_one_by_one_make_the_ledger_they_came_from(filled: Path, tmp_path: Path) -> None:
    """Bundles of single stories, taken in one after the other, give the documents, links and answers of the whole."""
    with Desk(filled) as giver, Desk(tmp_path / "taker.db", create=True) as taker:
        for story in sorted({row.story for row in giver.stories(Question())}):
            path = tmp_path / "story.bundle"
            path.write_bytes(export(giver, Question(filters=Filters(story=story)), "bundle")["ledger.bundle"])
            take_in(taker, path, by="Bo")
            assert_linked_as_by_a_rebuild(taker)
        assert taker.store.digest() == giver.store.digest()
        assert taker.figures(Question()) == giver.figures(Question())
        assert taker.statements(Question()) == giver.statements(Question())
