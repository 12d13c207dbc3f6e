"""Counts over all claims of a ledger: the facets of a search, and who speaks most.

find_claims(library, Wanted(...))      a page of the claims that fit, with the choices of every facet
count_actors(library, filters)         a page of the actors, those with the most claims first
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reportedly import pipeline
from reportedly.model import ActorRow, Filters
from reportedly.query.facets import FACETS, FoundClaim, FoundClaims, Speaker, Wanted, find_in

if TYPE_CHECKING:
    from reportedly.ledger.summaries.columns import Columns, Numbers
    from reportedly.query.library import Library

_SPOKEN = ("principal", "speaker")


def find_claims(library: "Library", wanted: Wanted) -> FoundClaims:
    """A page of the claims that fit, with the choices of every facet."""
    if not library.by_parts:
        return find_in(pipeline.see(library.everything(), wanted.clocks), wanted)
    import numpy as np  # noqa: PLC0415 - heavy, and only wanted here

    columns = library.columns()
    base = _seen(library, columns, wanted)
    masks = {name: _with_value(columns, name, value) for name, value in wanted.chosen.items() if name in FACETS}

    def left(but: str | None) -> "Numbers":
        mask = base
        for name, chosen in masks.items():
            mask = mask if name == but else mask & chosen
        return mask

    fitting = np.flatnonzero(left(None))
    rows = _newest(columns, fitting, wanted.offset, wanted.limit)
    counts = {name: _counted(columns, name, left(name), wanted) for name in FACETS}
    return FoundClaims(claims=_read(library, columns, rows), total=len(fitting), counts=counts)


def _seen(library: "Library", columns: "Columns", wanted: Wanted) -> "Numbers":
    """Which rows stand for a claim that the clocks let see and that holds the words: its first appearance among those seen."""
    import numpy as np  # noqa: PLC0415 - as above

    from reportedly.ledger.summaries.columns import ordinal  # noqa: PLC0415 - as above

    rows, clocks = columns.rows, wanted.clocks
    mask = np.ones(len(rows["claim"]), dtype=bool)
    for name, day in (("day", clocks.as_of), ("published", clocks.published_by)):
        if day is not None:
            mask &= (rows[name] > 0) & (rows[name] <= ordinal(day.isoformat()))
    for word in dict.fromkeys(wanted.words.casefold().replace('"', " ").replace("*", " ").split()):
        mask &= library.holding.rows(columns, word)
    if clocks.as_of is None and clocks.published_by is None:
        return mask & rows["lead"]
    places = np.flatnonzero(mask)
    first = np.zeros(len(mask), dtype=bool)
    first[places[np.unique(rows["claim"][places], return_index=True)[1]]] = True
    return first


def _with_value(columns: "Columns", name: str, value: str) -> "Numbers":
    """Which rows have a value of a facet."""
    import numpy as np  # noqa: PLC0415 - as above

    if name not in (*_SPOKEN, "measure"):
        return np.asarray(columns.rows[name] == columns.words[name].numbers.get(value, -1))
    rows, numbers = _pairs(columns, name)
    table = _values(columns, name)
    mask = np.zeros(len(columns.rows["claim"]), dtype=bool)
    mask[rows[np.isin(numbers, [number for number, word in enumerate(table) if word == value])]] = True
    return mask


def _pairs(columns: "Columns", name: str) -> "tuple[Numbers, Numbers]":
    """Rows and the numbers of what they have of a facet of several values; nobody speaks in narration."""
    if name == "measure":
        return columns.pairs["measure"]
    rows, numbers = columns.pairs["side"]
    spoken = columns.rows["form"][rows] != columns.words["form"].numbers.get("narration", -1)
    return rows[spoken], numbers[spoken]


def _values(columns: "Columns", name: str) -> Sequence[str]:
    """The value that each number stands for."""
    return columns.spoken[name] if name in _SPOKEN else columns.words[name].words


def _counted(columns: "Columns", name: str, mask: "Numbers", wanted: Wanted) -> dict[str, int]:
    """The commonest values of a facet among some rows."""
    import numpy as np  # noqa: PLC0415 - as above

    values = _values(columns, name)
    if name in (*_SPOKEN, "measure"):
        rows, numbers = _pairs(columns, name)
        kept = mask[rows]
        rows, numbers = rows[kept], numbers[kept]
        if name in _SPOKEN:  # two names in one claim may be one actor's
            values, merged = columns.names[name]
            numbers = _once_a_row(rows, merged[numbers], len(values))
    else:
        numbers = columns.rows[name][mask]
    counts = np.bincount(numbers, minlength=len(values)) if len(numbers) else np.zeros(len(values), dtype=np.int64)
    most = min(wanted.choices, len(counts))
    least = max(1, int(np.partition(counts, -most)[-most])) if most else 1
    places = np.flatnonzero(counts >= least).tolist()
    found = {values[place]: int(counts[place]) for place in places if values[place] or name != "story"}
    chosen = wanted.chosen.get(name)
    if chosen is not None and chosen in values and counts[values.index(chosen)]:
        found[chosen] = int(counts[values.index(chosen)])
    order: Callable[[str], tuple[bool, int, str]] = lambda value: (value != chosen, -found[value], value)  # noqa: E731 - typed
    return {value: found[value] for value in sorted(found, key=order)[: wanted.choices]}


def _once_a_row(rows: "Numbers", numbers: "Numbers", most: int) -> "Numbers":
    """Numbers, each once for a row, in no order: only rows with several are looked at.

    Args:
        rows: the row of each number, ascending.
        numbers: the numbers, below `most`.
        most: how many different ones there may be.
    """
    import numpy as np  # noqa: PLC0415 - as above

    again = rows[1:] == rows[:-1]
    several = np.zeros(len(rows), dtype=bool)
    several[1:] |= again
    several[:-1] |= again
    pairs = np.unique(rows[several].astype(np.int64) * max(1, most) + numbers[several])
    return np.concatenate([numbers[~several], pairs % max(1, most)])


def _newest(columns: "Columns", fitting: "Numbers", offset: int, limit: int) -> list[int]:
    """The rows of a page, newest said first, of one day by their claims' ids, the greatest first."""
    import numpy as np  # noqa: PLC0415 - as above

    last = columns.rows["last"][fitting]
    end = min(offset + limit, len(fitting))
    if end == 0:
        return []
    least = np.partition(last, -end)[-end]
    near = fitting[last >= least]
    ids, days, claims = columns.words["claim"].words, columns.rows["last"], columns.rows["claim"]
    ordered = sorted(near.tolist(), key=lambda row: (int(days[row]), ids[claims[row]]), reverse=True)
    return ordered[offset:end]


def _read(library: "Library", columns: "Columns", rows: Sequence[int]) -> tuple[FoundClaim, ...]:
    """The claims of some rows."""
    ids, names, outlets = (columns.words[name].words for name in ("claim", "document", "outlet"))
    keys = [(names[columns.rows["document"][row]], ids[columns.rows["claim"][row]]) for row in rows]
    held = library.documents({document for document, _ in keys}, {claim for _, claim in keys})
    found = {(stored.document, stored.claim.id): stored for stored in held.claims}
    from reportedly.ledger.summaries.lists import speakers_of  # noqa: PLC0415 - as above

    spoken = library.store.catalogue.ask(lambda connection: speakers_of(connection, keys))
    claims = []
    for row, key in zip(rows, keys, strict=True):
        if key in found:
            speakers = [Speaker(name=name, principal=principal) for name, principal in spoken.get(key, ())]
            said = () if found[key].claim.form == "narration" else tuple(dict.fromkeys(speakers))
            claims.append(FoundClaim(stored=found[key], outlet=outlets[columns.rows["outlet"][row]], speakers=said))
    return tuple(claims)


def count_actors(library: "Library", filters: Filters) -> tuple[list[ActorRow], int]:
    """A page of the actors of the ledger, or of a story with what they say in it, those with the most claims first; how many there are."""
    from reportedly.ledger.links.uniting import read_actors  # noqa: PLC0415 - as above
    from reportedly.ledger.summaries.catalogue import find_place  # noqa: PLC0415 - as above
    from reportedly.ledger.summaries.counted_pages import actors_in_story, page_of_actors  # noqa: PLC0415 - SQLAlchemy is heavy

    def read(connection: Any) -> tuple[list[ActorRow], int]:  # noqa: ANN401 - a connection
        if filters.story is None:
            claims, total = page_of_actors(connection, filters)
        else:
            claims, total = actors_in_story(connection, find_place(connection, filters.story), filters)
        found = read_actors(connection, claims)
        return [_actor_row(found[actor]) for actor in claims if actor in found], total

    return library.store.catalogue.ask(read)


def _actor_row(actor: Any) -> ActorRow:  # noqa: ANN401 - an actor
    return ActorRow(
        actor=actor.name,
        kind=actor.kind,
        principal=actor.principal,
        names=actor.names,
        roles=tuple((role.name, role.first, role.last) for role in actor.roles),
        stands_for=actor.stands_for,
        claims=actor.claims,
        evidence=actor.evidence,
    )
