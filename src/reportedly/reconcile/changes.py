"""Finds what is otherwise on the later of two dates."""

import datetime as dt
from collections.abc import Iterator, Mapping

from reportedly.model import (
    ArticleKey,
    Change,
    ChangeKind,
    Clocks,
    Entry,
    Holdings,
    Interval,
    Series,
    Statement,
    interval_text,
)
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import passage_of
from reportedly.reconcile.keys import find_kinds, group_tallies
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.policies import Policy, load_policy
from reportedly.reconcile.positions import Standpoint, latest_positions, standpoints_of
from reportedly.reconcile.series import form_series

EntryKey = tuple[str, ...]


def find_changes(
    holdings: Holdings, since: dt.date, until: dt.date, policy: str | Policy, *, published_by: dt.date | None = None
) -> list[Change]:
    """What was said after one day and by another, and what it changed.

    Every figure that the later day shows and the earlier does not has one change; so has every principal whose position on a
    statement is another, every figure taken back, and every page that was rewritten.

    Args:
        holdings: a ledger's rows, or those of one story.
        since: the earlier day.
        until: the later day.
        policy: as in `build_series`.
        published_by: what had not been published by this day is left out of the later state, and what had not by the earlier day of
            the earlier; None takes all that had been said.

    Returns:
        Changes in order of saying.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    rule = policy if isinstance(policy, Policy) else load_policy(policy)
    before = Clocks(as_of=since, published_by=min(since, published_by) if published_by else None)
    earlier, later = (lookup_at(holdings, clocks) for clocks in (before, Clocks(as_of=until, published_by=published_by)))
    return list(later.once(_changes, earlier, since, until, rule))


def _changes(later: Lookup, earlier: Lookup, since: dt.date, until: dt.date, rule: Policy) -> tuple[Change, ...]:
    found = list(_edits(later, since, until))
    if not _alike(earlier.holdings, later.holdings):
        found += _figures(*(_changed_series(*pair, rule) for pair in ((earlier, later), (later, earlier))))
        found += _positions(earlier, later)
    return tuple(sorted(found, key=change_order))


def change_order(change: Change) -> tuple[str, str, str, tuple[str, ...]]:
    """A sort key: by saying, unknown days first."""
    return (change.said.last or "") if change.said else "", change.kind, change.what, change.claims


def _alike(one: Holdings, other: Holdings) -> bool:
    """Whether two states show the same rows: no claim, no article and no version has come in between."""
    same = (one.claims, one.articles, one.links.superseded) == (other.claims, other.articles, other.links.superseded)
    return same and len(one.links.copies) == len(other.links.copies)


def _changed_series(lookup: Lookup, other: Lookup, policy: Policy) -> list[Series]:
    """The series of the kinds of figures that another state does not hold just so."""
    kinds, others = lookup.once(find_kinds), other.once(find_kinds)
    changed = (group_tallies(strict, tallies) for strict, tallies in kinds.items() if others.get(strict) != tallies)
    groups = [group for groups in changed for group in groups]
    return form_series(lookup, groups, Clocks(), policy)


def _keys(row: Series, entry: Entry) -> list[EntryKey]:
    """By what an entry is known again on another day: a claim of it, whose it is, and its value."""
    value = (str(entry.low), str(entry.high), entry.words if entry.low is None and entry.high is None else "")
    return [(row.story, row.measure, row.share, entry.principal or "", *value, claim) for claim in entry.claims]


def _figures(before: list[Series], after: list[Series]) -> Iterator[Change]:
    known = {key: entry for row in before for entry in row.entries for key in _keys(row, entry)}
    for row in after:
        for place, entry in enumerate(row.entries):
            held = next((known[key] for key in _keys(row, entry) if key in known), None)
            if held is None:
                kind, replaced = _kind(row, place)
                gone = kind == "withdrawal"
                yield _change(row, entry, kind, (entry.words if gone else replaced, None if gone else entry.words))
            elif entry.standing == "withdrawn" and held.standing != "withdrawn":
                yield _change(row, entry, "withdrawal", (entry.words, None))


def _kind(row: Series, place: int) -> tuple[ChangeKind, str | None]:
    """What a new entry does in its running count, and the words of the figure it follows."""
    entry = row.entries[place]
    if entry.standing == "withdrawn":
        return "withdrawal", None
    own = [other for other in row.entries[:place] if _one_count(other, entry) and other.standing in ("current", "history")]
    if entry.standing == "restatement" or (entry.standing == "history" and entry.note):
        standing = next((other for other in row.entries if _one_count(other, entry) and other.standing == "current"), None)
        return "restatement", standing.words if standing else None
    return ("revision", own[-1].words) if own else ("new figure", None)


def _one_count(one: Entry, other: Entry) -> bool:
    """Whether two entries belong to one running count: one principal's, or one outlet's own."""
    return one.principal == other.principal and (one.principal is not None or bool(set(one.outlets) & set(other.outlets)))


def _change(row: Series, entry: Entry, kind: ChangeKind, words: tuple[str | None, str | None]) -> Change:
    what = ", ".join(filter(None, (row.measure.replace("_", " "), row.counted, row.population, row.place)))
    who = entry.principal or " and ".join(entry.outlets)
    said = entry.said or entry.cut_off or entry.published
    return Change(said=said, kind=kind, what=f"{what} ({who})", before=words[0], after=words[1], claims=entry.claims)


def _positions(earlier: Lookup, later: Lookup) -> Iterator[Change]:
    known = {statement.id: _newest(earlier, statement) for statement in earlier.holdings.links.statements}
    for statement in later.holdings.links.statements:
        held = known.get(statement.id, {})
        for principal, standpoint in sorted(_newest(later, statement).items()):
            old = held.get(principal)
            if old is None or old.position.position != standpoint.position.position:
                sides = {standpoint.position.position, old.position.position if old else ""}
                yield Change(
                    said=standpoint.position.said or later.published_of(standpoint.stored),
                    kind="reversal" if sides == {"supports", "denies"} else "new position",
                    what=f"{statement.text} ({principal})",
                    before=passage_of(later.holdings, old.stored) if old else None,
                    after=passage_of(later.holdings, standpoint.stored),
                    claims=(standpoint.position.claim,),
                )


def _newest(lookup: Lookup, statement: Statement) -> Mapping[str, Standpoint]:
    """Each principal's position: its latest that takes a side, else its latest that leaves the matter open."""
    standpoints = standpoints_of(lookup, statement)
    undecided = {s.position.principal: s for s in standpoints if s.position.principal and s.position.position == "open"}
    return {**{name: s for name, s in undecided.items() if name}, **latest_positions(standpoints)}


def _edits(lookup: Lookup, since: dt.date, until: dt.date) -> Iterator[Change]:
    """Pages of which a later version was published between the two days."""
    for link in lookup.holdings.links.copies:
        second = lookup.holdings.articles[link.second]
        day = second.published.last_day if second.published else None
        if link.kind == "version" and day is not None and since < day <= until:
            yield Change(
                said=second.published,
                kind="edited page",
                what=second.title or lookup.holdings.documents[link.second[0]].name,
                before=_appearance(lookup, link.first),
                after=_appearance(lookup, link.second),
                claims=(),
            )


def _appearance(lookup: Lookup, key: ArticleKey) -> str:
    published: Interval | None = lookup.holdings.articles[key].published
    return f"{lookup.holdings.documents[key[0]].name} ({interval_text(published)})"
