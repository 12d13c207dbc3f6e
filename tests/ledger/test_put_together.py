"""Documents that are stored together: the same ledger as one by one, and all or none of a transaction."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.ledger import MemoryStore, open_ledger

if TYPE_CHECKING:
    from tests.ledger.conftest import AnyStore, Press, Put
else:
    AnyStore = Press = Put = Any


def some_reports(press: Press) -> list[Put]:
    """One document under three names, twice told better; one of another outlet; a file that could not be read; one that comes again."""
    return [
        press.report("z.txt"),
        (press.failed(), []),
        press.report("y.txt", sidecar=press.sidecar(title="Ferry"), title="Ferry"),
        press.report("two.txt", publisher="UPI"),
        press.report("x.txt", sidecar=press.sidecar(title="Ferry sinks"), title="Ferry sinks"),
        press.report("two.txt", publisher="UPI"),
    ]


def test_documents_put_together_are_those_put_one_by_one(store: AnyStore, press: Press) -> None:
    """The same counts and the same digest, though one document takes its own place twice."""
    plain, counts = MemoryStore(), [0, 0, 0]
    for reading, extractions in some_reports(press):
        counts = [had + new for had, new in zip(counts, plain.put(reading, extractions), strict=True)]
    assert store.put_all(some_reports(press)) == tuple(counts) == (2, 4, 1)
    assert store.digest() == plain.digest()
    assert [document.title for document in store.holdings().documents.values() if document.publisher is None] == ["Ferry sinks"]
    assert store.put_all(some_reports(press)[3:]) == (0, 0, 0)


def test_documents_put_together_are_of_one_revision(tmp_path: Path, press: Press) -> None:
    """Those that are new to one another share a transaction."""
    with open_ledger(tmp_path / "held.db", create=True) as store:
        store.put_all([press.report("one.txt", publisher="AP"), press.report("two.txt", publisher="UPI"), (press.failed(), [])])
        assert store.revision == 1
        assert {stored.recorded for stored in store.holdings().claims} == {1}


def test_nothing_of_a_transaction_is_left_where_it_fails(tmp_path: Path, press: Press) -> None:
    """An error in the second document takes the first one back."""
    with open_ledger(tmp_path / "held.db", create=True) as store:
        with pytest.raises(AttributeError):
            store.put_all([press.report(), (press.failed(), [None])])  # type: ignore[list-item]
        assert store.revision == 0
        assert not store.holdings().documents
