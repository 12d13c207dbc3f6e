"""Coding sheets in the manner of two codebooks: what the reports say is filled in, what they leave open stays empty for a person.

No cell is 0 where a number is not known, and nothing is imputed: a total is not shared out among sides, an unnamed perpetrator is nobody,
a place has no coordinates. Low, best and high are those of the policy of the same manner.

Sources, both paraphrased from memory of their public codebooks: R. Sundberg and E. Melander, "Introducing the UCDP Georeferenced Event
Dataset", Journal of Peace Research 50(4), 2013, with the GED codebook; Airwars, "Methodology", https://airwars.org.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.export.matter import ExportMatter, words_of
from reportedly.export.tables import Cell, Table, columns, first_day, last_day
from reportedly.model import Event, Interval, Judgement, Series, StoredClaim, decimal_text, interval_text

_UCDP = (
    "id relid code_status event_clarity type_of_violence side_a side_b date_start:day date_end:day date_prec:count where_coordinates "
    "where_prec deaths_a deaths_b deaths_civilians deaths_unknown low:number best:number high:number number_of_sources:count "
    "source_article source_office source_date source_headline source_original principals:texts claim_ids:texts passage coder status "
    "revision:count as_of:day published_by:day"
)
_AIRWARS = (
    "code incident_date_from:day incident_date_to:day location country belligerents_named:texts civilian_deaths_min:number "
    "civilian_deaths_max:number civilian_deaths_open_above:flag civilian_injuries_min:number civilian_injuries_max:number "
    "civilian_injuries_open_above:flag sources:count source_names:texts grade_proposed grade_why grade principals:texts claim_ids:texts "
    "passage coder status revision:count as_of:day published_by:day"
)
_PRECISION: Sequence[tuple[int, int]] = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""Longest stretch in days -> the code of its precision."""

_CIVILIANS = ("civilians", "civilian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The series of one event and population with what stands behind them.

    Attributes:
        series: those of the measures that the sheet covers.
        event: the event; None where the reports tell of none.
        claims: the claims of standing entries, by page.
    """

    series: tuple[Series, ...]
    event: Event | None
    claims: tuple[StoredClaim, ...]


def ucdp_sheet(matter: ExportMatter) -> Table:
    """A row for each series of people killed that the `ucdp-style` policy covers."""
    rows = tuple(_ucdp_row(matter, group.series[0], group) for group in ucdp_groups(matter))
    return Table(name="ucdp-style", columns=columns(_UCDP), rows=rows)


def ucdp_groups(matter: ExportMatter) -> list[Group]:
    """What stands behind each row of `ucdp_sheet`, in its order."""
    wanted = (s for s in matter.series if s.measure == "killed" and s.share == "total")
    return [group for group in (_gather(matter, [series]) for series in wanted) if group.claims]


def _ucdp_row(matter: ExportMatter, series: Series, group: Group) -> tuple[Cell, ...]:
    happened = group.event.happened if group.event else None
    agents, patients = _sides(group.claims)
    articles = [matter.article_of(stored) for stored in group.claims]
    offices = [matter.outlet_of(stored) for stored in group.claims]
    dates = [interval_text(article.published) for article in articles]
    heads = [article.title or "" for article in articles]
    civilian = series.counted in _CIVILIANS
    return (
        series.id,
        series.event,
        None,  # code_status: the coder's
        None,  # event_clarity: the coder's
        None,  # type_of_violence: the coder's
        *(agents[0] if len(agents) == 1 else None, patients[0] if len(patients) == 1 else None),
        *(first_day(happened), last_day(happened), _precision(happened)),
        *(series.place or (group.event.place if group.event else None), None),
        *(_of_side(series, agents), _of_side(series, patients)),
        *(_range(series) if civilian else None, None),
        *(series.low, series.best, series.high),
        len({stored.document for stored in group.claims}),
        _joined(f"{office}, {date}, “{head}”" for office, date, head in zip(offices, dates, heads, strict=True)),
        *(_joined(offices), _joined(dates), _joined(heads)),
        _joined(name for stored in group.claims for name in stored.claim.speakers),
        *_evidence(matter, series, group.claims),
    )


def airwars_sheet(matter: ExportMatter) -> Table:
    """A row for each event with civilians killed or injured; the grade is proposed, and a person sets it."""
    rows = tuple(_airwars_row(matter, group) for group in airwars_groups(matter))
    return Table(name="airwars-style", columns=columns(_AIRWARS), rows=rows)


def airwars_groups(matter: ExportMatter) -> list[Group]:
    """What stands behind each row of `airwars_sheet`, in its order."""
    found: dict[tuple[str, str | None], list[Series]] = {}
    for series in matter.series:
        if series.measure in ("killed", "injured") and series.share == "total" and series.counted in _CIVILIANS:
            found.setdefault((series.story, series.event), []).append(series)
    return [group for group in (_gather(matter, rows) for rows in found.values()) if group.claims]


def _airwars_row(matter: ExportMatter, group: Group) -> tuple[Cell, ...]:
    story, event = group.series[0].story, group.series[0].event
    happened = group.event.happened if group.event else None
    grade, why = _grade(group)
    killed, injured = (largest(group.series, measure) for measure in ("killed", "injured"))
    outlets = tuple(dict.fromkeys(matter.outlet_of(stored) for stored in group.claims))
    agents, _ = _sides(group.claims)
    place = group.event.place if group.event else None
    country = next((stored.claim.country for stored in group.claims if stored.claim.country), None)
    return (
        event or story,
        *(first_day(happened), last_day(happened), place, country, tuple(agents)),
        *((killed.low, killed.high, killed.open_high) if killed else (None, None, None)),
        *((injured.low, injured.high, injured.open_high) if injured else (None, None, None)),
        *(len(outlets), outlets, grade, why, None),
        *_evidence(matter, group.series[0], group.claims),
    )


def largest(rows: Iterable[Series], measure: str) -> Series | None:
    """Of the series of a measure the one that most entries make."""
    found = [row for row in rows if row.measure == measure]
    return min(found, key=lambda row: (-len(row.entries), row.id), default=None)


def _grade(group: Group) -> tuple[str, str]:
    """A grade in the manner of Airwars, with what speaks for it; whoever knows the sources sets another."""
    principals = {entry.principal for series in group.series for entry in series.entries if entry.principal}
    disputes = [dispute for series in group.series for dispute in series.disputes]
    if disputes:
        return "contested", f"disputed by {_joined(dispute.actor for dispute in disputes)}"
    if len(principals) > 1:
        return "fair", f"put forward by {len(principals)} principals: {_joined(sorted(principals))}"
    return "weak", f"put forward by one principal: {_joined(principals)}" if principals else "put forward by nobody who is named"


def _gather(matter: ExportMatter, rows: Sequence[Series]) -> Group:
    events = {event.id: event for event in matter.holdings.links.events}
    known = matter.claims_by_id()
    ids = dict.fromkeys(
        claim for row in rows for entry in row.entries if entry.standing == "current" for claim in entry.claims if claim in known
    )
    claims = sorted((known[identity] for identity in ids), key=lambda c: (c.claim.document, c.claim.start))
    return Group(series=tuple(rows), event=events.get(rows[0].event or ""), claims=tuple(claims))


def _sides(claims: Iterable[StoredClaim]) -> tuple[list[str], list[str]]:
    """Who an act of the claims names as doing something to whom; an act that names one of them alone tells of no side."""
    acts = [act for stored in claims for act in stored.claim.acts if act.reality == "actual" and not act.negated]
    pairs = [(act.agent, act.patient) for act in acts if act.agent and act.patient and act.agent != act.patient]
    return list(dict.fromkeys(agent for agent, _ in pairs)), list(dict.fromkeys(patient for _, patient in pairs))


def _of_side(series: Series, names: Sequence[str]) -> str | None:
    """The range of deaths of a side, only where the series counts that side's people."""
    return _range(series) if len(names) == 1 and series.population == names[0] else None


def _range(series: Series) -> str | None:
    """Low and high as a person writes them: `4`, `4-16`, `4+`, `up to 16`; None where neither is known."""
    low, high = (None if number is None else decimal_text(number) for number in (series.low, series.high))
    if low is None:
        return None if high is None else f"up to {high}"
    return f"{low}+" if high is None or series.open_high else low if low == high else f"{low}-{high}"


def _precision(interval: Interval | None) -> int | None:
    """The code of a date's precision; None where an end is open."""
    first, last = first_day(interval), last_day(interval)
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    return next((code for longest, code in _PRECISION if days <= longest), None)


def _evidence(matter: ExportMatter, series: Series, claims: Sequence[StoredClaim]) -> tuple[Cell, ...]:
    """The columns that end both sheets: principals, claims, a passage, who coded, what became of it, of which state it is."""
    ids = {stored.claim.id for stored in claims}
    judged = [j for j in matter.holdings.judgements if j.in_force and ids.intersection(j.targets)]
    principals = tuple(dict.fromkeys(entry.principal for entry in series.entries if entry.principal and entry.standing == "current"))
    passage = words_of((*claims[0].claim.source, *claims[0].claim.cue, *claims[0].claim.content)) if claims else None
    return (
        principals,
        tuple(stored.claim.id for stored in claims),
        passage,
        _joined(j.by for j in judged) or None,
        _status(judged, ids),
        *_state(matter),
    )


def _state(matter: ExportMatter) -> tuple[Cell, ...]:
    """The revision and the days that a row was formed with, so that a changed cell can be told from a changed ledger."""
    clocks = matter.clocks
    return (matter.holdings.revision if clocks.recorded_before is None else None, clocks.as_of, clocks.published_by)


def _status(judged: Sequence[Judgement], ids: set[str]) -> str:
    if any(j.kind in ("amend", "add", "reject") for j in judged):
        return "changed"
    accepted = {target for j in judged if j.kind == "accept" for target in j.targets}
    return "accepted" if ids and ids <= accepted else "proposed"


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
