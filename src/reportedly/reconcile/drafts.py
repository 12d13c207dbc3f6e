"""Checks a draft against the ledger: a verdict for each figure and attribution, with the passage it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.model import CheckRow, Claim, Clocks, Entry, Figure, Holdings, Series, Span, StoredClaim, Verdict
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import passage_of
from reportedly.reconcile.draft_attributions import check_attribution, principals_in_draft
from reportedly.reconcile.draft_rows import Finding
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.measures import class_of_figure, halves_of
from reportedly.reconcile.policies import Policy
from reportedly.reconcile.quantity import Quantity, quantity_of
from reportedly.reconcile.series import build_series

# From what agrees with the ledger to what does not: of an entry's faults the gravest counts, of the entries the best.
_GRAVITY: tuple[Verdict, ...] = (
    "supported",
    "disputed",
    "outdated",
    "qualifier_lost",
    "window_lost",
    "wrong_speaker",
    "part_as_total",
    "composite_split",
    "not_in_ledger",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A figure of the draft.

    Attributes:
        claim: the draft's claim.
        figure: the figure.
        principals: for whom its speakers speak; empty where nobody is named.
    """

    claim: Claim
    figure: Figure
    principals: frozenset[str]


def check_draft(draft_text: str, draft_claims: Sequence[Claim], holdings: Holdings, clocks: Clocks, policy: str | Policy) -> list[CheckRow]:
    """What the ledger supports of each figure and attribution of a draft.

    Args:
        draft_text: the draft.
        draft_claims: its claims, made by the extractor that made the ledger's.
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        policy: as in `build_series`.

    Returns:
        A row for each bounded figure of what was actual, and for each attribution that holds none, in the draft's order.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    lookup = lookup_at(holdings, clocks)
    series = build_series(holdings, clocks, policy)
    rows: list[CheckRow] = []
    for claim in draft_claims:
        principals = principals_in_draft(lookup, claim)
        figures = [figure for figure in claim.figures if figure.reality == "actual" and not quantity_of(figure).vague]
        for figure in figures:
            finding = _check(series, Asked(claim=claim, figure=figure, principals=principals))
            rows.append(_row(lookup, draft_text, figure.span, finding))
        if claim.source and not figures:
            start, end = claim.start, claim.end
            whole = Span(start=start, end=end, text=draft_text[start:end])
            rows.append(_row(lookup, draft_text, whole, check_attribution(lookup, claim, principals)))
    return sorted(rows, key=lambda row: (row.start, row.end))


def _row(lookup: Lookup, text: str, span: Span, finding: Finding) -> CheckRow:
    stored: StoredClaim | None = lookup.claims[finding.claims[0]][0] if finding.claims else None
    return CheckRow(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        verdict=finding.verdict,
        claims=finding.claims,
        why=finding.why,
        passage=passage_of(lookup.holdings, stored) if stored else None,
    )


def _check(series: Sequence[Series], asked: Asked) -> Finding:
    """The best finding among all entries that state the draft's number; one that it only rounds counts where none states it."""
    found = [pair for row in series if _same_kind(row, asked.figure) for pair in _against(row, asked)]
    stated = [finding for same, finding in found if same] or [finding for _, finding in found]
    if stated:
        return min(stated, key=lambda finding: (_GRAVITY.index(finding.verdict), finding.claims))
    measure = asked.figure.measure.replace("_", " ")
    what = "" if measure == "other" else f" for {measure}"
    return Finding(verdict="not_in_ledger", why=f"No report in the ledger gives this number{what}.")


def _same_kind(row: Series, figure: Figure) -> bool:
    """Whether a series may count what the draft counts: its measure or a composite of it, and nothing given differently."""
    if figure.measure != row.measure and figure.measure not in halves_of(row.measure):
        return False
    counted = class_of_figure(figure) or (figure.verb if figure.measure == "other" else None)
    pairs = ((counted, row.counted), (figure.population, row.population), (figure.status, row.status))
    return figure.unit == row.unit and all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _against(row: Series, asked: Asked) -> Iterator[tuple[bool, Finding]]:
    """What is found against each entry that the draft's number may go back to, and whether the entry states that very number."""
    mine = quantity_of(asked.figure)
    if asked.figure.share not in ("total", row.share):
        return  # a draft's "3,000 more" is nobody's total
    for entry in row.entries:
        theirs = Quantity(low=entry.low, high=entry.high, qualifier=entry.qualifier)
        if not theirs.vague and (mine.rounds(theirs) or mine.agrees(theirs)):
            gravest = max(_faults(row, entry, asked), key=lambda finding: _GRAVITY.index(finding.verdict))
            yield bool(set(mine.stated) & set(theirs.stated)), gravest


def _faults(row: Series, entry: Entry, asked: Asked) -> Iterator[Finding]:
    """What is wrong with the draft's figure if this entry is what it goes back to; `supported` first, the gravest counts."""
    who, words, claims = entry.principal or " and ".join(entry.outlets), f"“{entry.words}”", entry.claims
    yield Finding(verdict="supported", claims=claims, why=f"{who}: {words}.")
    if row.disputes:
        others = ", ".join(dispute.actor for dispute in row.disputes)
        yield Finding(verdict="disputed", claims=(*claims, *(d.claim for d in row.disputes)), why=f"{who}: {words}; disputed by {others}.")
    newer = _newer(row, entry, asked)
    if newer is not None:
        since = f"{newer.principal or ' and '.join(newer.outlets)} has “{newer.words}”"
        yield Finding(verdict="outdated", claims=(*claims, *newer.claims), why=f"{who} had {words}; since then {since}.")
    if entry.standing == "withdrawn":
        yield Finding(verdict="outdated", claims=claims, why=f"{words} was {(entry.note or 'taken back').partition(' (')[0]}.")
    if _loses_bound(quantity_of(asked.figure), entry):
        yield Finding(verdict="qualifier_lost", claims=claims, why=f"{who} said {words}, which is less certain than the draft.")
    if row.share == "period" and asked.figure.share == "total" and asked.figure.window is None:
        yield Finding(verdict="window_lost", claims=claims, why=f"{words} counts one period only.")
    if asked.principals and entry.principal not in asked.principals:
        yield Finding(verdict="wrong_speaker", claims=claims, why=f"{words} is the figure of {who}.")
    if row.share in ("part", "additional") and asked.figure.share == "total":
        kind = "a part of a greater figure" if row.share == "part" else "added to an earlier figure"
        yield Finding(verdict="part_as_total", claims=claims, why=f"{words} is {kind}, no total.")
    if row.measure != asked.figure.measure:
        yield Finding(verdict="composite_split", claims=claims, why=f"{words} counts {row.measure.replace('_', ' ')} together.")


def _newer(row: Series, entry: Entry, asked: Asked) -> Entry | None:
    """What has replaced an entry: in its own running count, or, where the draft names nobody, by a newer one of somebody else."""
    current = [other for other in row.entries if other.standing == "current" and other is not entry]
    if entry.standing == "history":
        own = [other for other in current if other.principal == entry.principal]
        return own[-1] if own else None
    outside = entry.standing == "current" and (entry.note or "").startswith("last own figure")
    inside = [other for other in current if other.note is None]
    return inside[-1] if outside and inside and not asked.principals else None


def _loses_bound(mine: Quantity, entry: Entry) -> bool:
    """Whether the draft's words bound the number more tightly than the entry's do."""
    theirs = Quantity(low=entry.low, high=entry.high, qualifier=entry.qualifier)
    if not mine.contains(theirs):
        return not mine.rounds(theirs)
    return mine.qualifier == "exact" and entry.qualifier in ("about", "nearly")
