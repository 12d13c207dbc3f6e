"""Which state's money a name of many states' money is: `pesos` in a report on Mexico, `rupees` in one on Pakistan."""

import functools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reportedly.extract.figures.quantities import Quantity
from reportedly.language.naming.states import iso_of, states_in
from reportedly.language.tables import load_table


def own_currency(quantity: Quantity, paragraph: str, article: str) -> Quantity:
    """A quantity with the currency of the state that its paragraph names, else of the one that its article names most often.

    Args:
        quantity: the quantity.
        paragraph: its paragraph's characters.
        article: the article's characters.

    Returns:
        The quantity as it was where its unit is no shared name of money, or where no state that has such money is named.
    """
    rows = _shared().get(quantity.unit_words.removesuffix("."))
    if rows is None or (quantity.unit is not None and quantity.unit.startswith("[")):
        return quantity
    near = _named(paragraph, rows)
    code = near[0] if len(near) == 1 else next(iter(_named(article, rows)), None)
    return quantity if code is None else replace(quantity, unit=code)


@functools.cache
def _shared() -> dict[str, dict[str, str]]:
    """The currencies of the states that share a name of money, by each word for it."""
    return {word: row["states"] for row in load_table("units")["shared_currencies"]["rows"].values() for word in row["words"]}


def _named(text: str, rows: dict[str, str]) -> list[str]:
    """The currencies of the states that a text names, the most named first; of equals the first named."""
    return list(dict.fromkeys(rows[iso] for iso in _states(text) if iso in rows))


@functools.lru_cache(maxsize=4)
def _states(text: str) -> list[str]:
    counted: Counter[str] = Counter(_codes(states_in(text)))
    return [iso for iso, _ in counted.most_common()]


def _codes(states: Iterable[str]) -> Iterable[str]:
    return (iso for state in states if (iso := iso_of(state)) is not None)
