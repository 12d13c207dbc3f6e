"""Writes the brief's record from what the stages found; every line that says something carries the numbers of its claims."""

from collections.abc import Mapping, Sequence

from reportedly.brief.citing import Citations
from reportedly.brief.lives import contradiction_lines, left_out
from reportedly.brief.panels import figure_panel, worth_a_panel
from reportedly.brief.report import Brief, BriefMatter, Line, StatementPanel
from reportedly.brief.voices import find_refusals, find_voices
from reportedly.brief.wording import clock_words, joined, quoted, series_heading
from reportedly.language.tables import load_table
from reportedly.model import Assessment, Change, Event, Series, Story, interval_text

MOST_EVENTS = 24  # lines of what happened; the rest is in `reportedly timeline`
MOST_STATEMENTS = 12
UNMEASURED = "other,"  # how a change of a figure without a measure begins: those have no panel either
TITLES = 2  # of stories that stand in the title of a brief on several


def compose_brief(matter: BriefMatter) -> Brief:
    """The cited report of a story.

    Args:
        matter: what the stages found, all by the same clocks.

    Returns:
        The brief.
    """
    cites = Citations(matter.holdings)
    stories = matter.holdings.links.stories
    one = stories[0] if len(stories) == 1 else None
    as_of = matter.clocks.as_of.isoformat() if matter.clocks.as_of else None
    published_by = matter.clocks.published_by.isoformat() if matter.clocks.published_by else None
    events = {event.id: event for event in matter.holdings.links.events}
    shown = sorted((s for s in matter.series if worth_a_panel(s)), key=lambda s: panel_order(s, events))
    timeline = _timeline(matter, cites)
    figures = tuple(figure_panel(s, cites, events.get(s.event or ""), matter.lives) for s in shown)
    return Brief(
        title=_title(stories),
        story=one.id if one else None,
        as_of=as_of,
        clock=clock_words(as_of, published_by),
        reading=_reading(matter),
        failed=_failed(matter),
        saved_later=_saved_later(matter),
        policy=policy_words(matter.policy),
        timeline=timeline,
        figures=figures,
        not_counted=_not_counted(shown, cites),
        contradictions=contradiction_lines(matter.contradictions, cites),
        more_contradictions=left_out(matter.contradictions),
        statements=_statements(matter, cites),
        voices=find_voices(matter.holdings, cites),
        refusals=find_refusals(matter.holdings, cites),
        changes=tuple(_change(change, cites) for change in matter.changes if not change.what.startswith(UNMEASURED)),
        days=matter.days,
        sources=cites.sources(),
    )


def _title(stories: Sequence[Story]) -> str:
    """One story's own title; of several their number and the titles of the largest."""
    if not stories:
        return "No story to report"
    if len(stories) == 1:
        return stories[0].title
    largest = sorted(stories, key=lambda story: (-len(story.articles), story.id))
    named = "; ".join(story.title for story in largest[:TITLES])
    left = len(stories) - TITLES
    return f"{len(stories)} stories: {named}" + (f"; and {_count(left, 'other')}" if left > 0 else "")


def panel_order(series: Series, events: Mapping[str, Event]) -> tuple[bool, int, int]:
    """The story's own events first, harm to people before things, the series that moved most first."""
    event = events.get(series.event or "")
    measures = load_table("brief_words")["order"]["measures"]
    rank = measures.index(series.measure) if series.measure in measures else len(measures)
    return bool(event and event.background), rank, -len(series.entries)


def policy_words(name: str) -> str:
    """A policy in one sentence."""
    rows = load_table("brief_words")["policy"]
    return str(rows.get(name, f"Low and high are formed by the file {name}."))


def _reading(matter: BriefMatter) -> str:
    documents = len({c.document for c in matter.holdings.claims})
    failed = len(_failed(matter))
    articles = len({c.article for c in matter.holdings.claims})
    outlets = {
        a.outlet for key, a in matter.holdings.articles.items() if a.outlet and any(c.article == key for c in matter.holdings.claims)
    }
    return (
        f"{_count(documents, 'document')} read, holding {_count(articles, 'article')} of {_count(len(outlets), 'named outlet')}; "
        f"{_count(failed, 'document')} of this ledger could not be read."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _failed(matter: BriefMatter) -> tuple[str, ...]:
    return tuple(sorted({f"{p.document}: {p.message}" for p in matter.problems if p.document and p.document not in matter.documents}))


def _saved_later(matter: BriefMatter) -> tuple[str, ...]:
    """Pages saved after the clock's day: their text may have been changed since."""
    day = matter.clocks.as_of
    if day is None:
        return ()
    saved = {d.name: d.fetched[:10] for d in matter.holdings.documents.values() if d.fetched}
    return tuple(f"{name}: text as saved on {on}" for name, on in sorted(saved.items()) if on > day.isoformat())


def _timeline(matter: BriefMatter, cites: Citations) -> tuple[Line, ...]:
    heaviest = sorted(matter.timeline, key=lambda e: -e.weight)[:MOST_EVENTS]
    wanted = [e for e in matter.timeline if e in heaviest]
    lines = []
    for entry in wanted:
        numbers = cites.cite(entry.claims)
        by = f" ({joined(entry.principals)})" if entry.principals else ""
        day = entry.date if entry.date == entry.to else f"{entry.date or '…'} to {entry.to or '…'}"
        if numbers:
            lines.append(Line(label=day, text=f"{quoted(' '.join(entry.text.split()))}{by}", numbers=numbers))
    return tuple(lines)


def _not_counted(shown: list[Series], cites: Citations) -> tuple[Line, ...]:
    reasons = load_table("brief_words")["not_counted"]
    lines = []
    for series in shown:
        reason = reasons.get("composite" if "_or_" in series.measure else series.share)
        if reason is None:
            continue
        for entry in series.entries:
            numbers = cites.cite(entry.claims)
            who = joined(entry.speakers) or "unattributed"
            if numbers:
                lines.append(Line(label=series_heading(series), text=f"{quoted(entry.words)} ({who}): {reason}", numbers=numbers))
    return tuple(lines)


def _statements(matter: BriefMatter, cites: Citations) -> tuple[StatementPanel, ...]:
    rows = [a for a in matter.statements if a.support != "none" or a.disputes]
    rows.sort(key=lambda a: (not a.disputes, a.support != "acknowledged", -len(a.positions)))
    return tuple(_statement(a, cites) for a in rows[:MOST_STATEMENTS])


def _statement(row: Assessment, cites: Citations) -> StatementPanel:
    supporting = [p for p in row.positions if p.position == "supports"]
    first = next((p.claim for p in supporting), row.positions[0].claim if row.positions else "")
    text = Line(text=quoted(row.text), numbers=cites.cite([first]))
    return StatementPanel(text=text, support=_support(row, cites), disputes=tuple(_disputes(row, cites)))


def _support(row: Assessment, cites: Citations) -> Line:
    by = f"put forward by {joined(row.principals)}" if row.principals else "put forward by nobody who is named"
    numbers = cites.cite(p.claim for p in row.positions if p.position == "supports")
    said = {p.claim: p.said for p in row.positions}
    for principal, claim in row.acknowledged_by:
        by += f"; acknowledged by {principal} on {interval_text(said.get(claim))}"
    return Line(text=by, numbers=numbers)


def _disputes(row: Assessment, cites: Citations) -> list[Line]:
    return [
        Line(text=f"{d.how} ({d.what})", label=f"{d.actor}, {interval_text(d.said)}", numbers=cites.cite([d.claim])) for d in row.disputes
    ]


def _change(change: Change, cites: Citations) -> Line:
    after = quoted(change.after) if change.after else "gone"
    told = f"{quoted(change.before)} → {after}" if change.before else after
    if change.kind == "restatement" and change.before:  # what is said again changes nothing
        told = f"{after}; {quoted(change.before)} stands"
    return Line(label=f"{interval_text(change.said)}, {change.kind}", text=f"{change.what}: {told}", numbers=cites.cite(change.claims))
