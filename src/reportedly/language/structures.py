"""Words of the table `places.toml` that end the names of places and buildings."""

import functools

from reportedly.language.tables import load_table


def is_structure(name: str) -> bool:
    """Whether the last word of a capitalised name shows it to be a place or a building ("Freedom Square"), and no person."""
    last = name.split()[-1:]
    return bool(last) and last[0].casefold() in _last_words()


@functools.cache
def _last_words() -> frozenset[str]:
    table = load_table("places")
    return frozenset({*table["types"]["kept"], *table["types"]["dropped"], *table["structures"]["words"]})
