"""What a search counts over is brought up to each write by what changed, and is what it would be if it were read anew."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.query.counting import find_claims
from reportedly.query.facets import Wanted

WORDS = ("", "police", "said", "th", "police fire", "nobody-says-this")
PAGE = "OSLO, Nov. 12, 2024 - Police said on Tuesday that 3 people were killed in a fire.\n"
OTHER = "LIMA, Jan. 2, 2025 - The mayor of Lima denied that police had fired on 40 protesters.\n"


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A ledger of the examples that may be changed."""
    path = tmp_path / "held.db"
    path.write_bytes(filled.read_bytes())
    with Desk(path) as desk:
        yield desk


def _writes(desk: Desk, folder: Path) -> Iterator[str]:
    """Writes of every kind, one after the other."""
    for name, text in (("fire.txt", PAGE), ("lima.txt", OTHER)):
        folder.joinpath(name).write_text(text, encoding="utf-8")
        desk.add([folder / name])
        yield f"added {name}"
    claims = [stored.claim for stored in desk.claims(Question()) if stored.claim.form != "narration"]
    made = desk.judge(Correction(kind="reject", targets=(claims[0].id,), by="me", reason="not said"))
    yield "rejected"
    desk.judge(Correction(kind="amend", targets=(claims[1].id,), by="me", reason="", changes={"stance": "denies"}))
    yield "amended"
    desk.undo(made.id, by="me")
    yield "undone"
    names = sorted({name for claim in claims for name in claim.speakers})[:2]
    desk.judge(Correction(kind="merge", targets=tuple(names), by="me", reason="one body"))
    yield "merged"
    desk.remove("fire.txt", "asked to")
    yield "removed"


def test_counts_after_every_kind_of_write_are_those_of_a_desk_that_is_opened_then(desk: Desk, tmp_path: Path) -> None:
    """Facets, totals and the claims found stay what reading all anew gives, however the ledger was written meanwhile."""
    for words in WORDS:
        find_claims(desk.library, Wanted(words=words))
    for done in _writes(desk, tmp_path):
        with Desk(desk.place) as fresh:
            for words, chosen in itertools.product(WORDS, ({}, {"stance": "denies"})):
                wanted = Wanted(words=words, chosen=chosen)
                assert find_claims(desk.library, wanted) == find_claims(fresh.library, wanted), (done, words)


def test_a_word_is_looked_for_in_what_changed_alone(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a write elsewhere a word that was asked for before costs the parts that changed, and not the ledger."""
    from reportedly.ledger.summaries import lists  # noqa: PLC0415 - patched here

    looked = []

    def noting(connection, word, parts=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - passes on
        looked.append(parts)
        return holding(connection, word, parts)

    holding = lists.claims_holding
    monkeypatch.setattr(lists, "claims_holding", noting)
    before = find_claims(desk.library, Wanted(words="police")).total
    page = tmp_path / "fire.txt"
    page.write_text(PAGE, encoding="utf-8")
    desk.add([page])
    assert find_claims(desk.library, Wanted(words="police")).total == before + 1
    assert find_claims(desk.library, Wanted(words="police")).total == before + 1
    assert looked[0] is None
    assert [len(parts or ()) for parts in looked[1:]] == [1]
