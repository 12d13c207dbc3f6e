"""Which claims hold a word: looked for once over all of them, then only in the parts that changed since."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.ledger.summaries.catalogue import Catalogue
    from reportedly.ledger.summaries.columns import Columns, Numbers

_MOST = 64
"""Words that are remembered; each takes a byte a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a word: by number of each claim whether it holds it, and the serial of the columns of which that is so."""

    serial: int
    claims: "Numbers"


class Holding:
    """Which claims hold words, of one ledger.

    Args:
        catalogue: the ledger's summaries.
    """

    def __init__(self, catalogue: "Catalogue") -> None:
        self._catalogue = catalogue
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self, columns: "Columns", word: str) -> "Numbers":
        """Which rows of some columns stand for a claim that holds a word.

        Args:
            columns: the columns.
            word: the word, or a piece of one, case folded.

        Returns:
            A truth value a row.
        """
        known = self._at(columns, word)
        return known.claims[columns.rows["claim"]]

    def _at(self, columns: "Columns", word: str) -> _Known:
        with self._lock:
            known = self._known.get(word)
        least = int(columns.rows["claim"].max(initial=-1)) + 1
        if known is not None and known.serial >= columns.serial and len(known.claims) >= least:
            return known
        known = self._look(columns, word, known)
        with self._lock:
            self._known[word] = known
            self._known.move_to_end(word)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return known

    def _look(self, columns: "Columns", word: str, known: _Known | None) -> _Known:
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted here

        from reportedly.ledger.summaries.lists import claims_holding  # noqa: PLC0415 - SQLAlchemy is heavy

        parts = columns.changed_since(known.serial) if known is not None else None
        holding, others = self._catalogue.ask(lambda connection: claims_holding(connection, word, parts))
        numbers = columns.words["claim"].numbers
        claims = np.zeros(len(columns.words["claim"].words), dtype=bool)
        if known is not None and parts is not None:
            claims[: len(known.claims)] = known.claims
        for several, there in ((others, False), (holding, True)):
            claims[[numbers[claim] for claim in several if claim in numbers]] = there
        return _Known(serial=columns.serial, claims=claims)
