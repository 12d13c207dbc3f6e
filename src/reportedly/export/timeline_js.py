"""A timeline for TimelineJS 3: its JSON data format (https://timeline.knightlab.com/docs/json-format.html).

Headline and text are HTML there, so every word of a page is escaped.
"""

import html
from typing import Any

from reportedly.export.matter import ExportMatter
from reportedly.model import Interval, TimelineEntry

_LONGEST_HEADLINE = 80  # characters


def timeline_js(matter: ExportMatter) -> dict[str, Any]:
    """The timeline's JSON value; events without a first or last day have no place on it and are left out."""
    titles = sorted({story.title for story in matter.holdings.links.stories})
    head = titles[0] if len(titles) == 1 else f"{len(titles)} stories"
    dated = [entry for entry in matter.timeline if entry.date or entry.to]
    return {
        "title": {"text": {"headline": html.escape(head), "text": html.escape(_subtitle(matter, len(matter.timeline) - len(dated)))}},
        "events": [_event(entry, number) for number, entry in enumerate(dated, start=1)],
    }


def _subtitle(matter: ExportMatter, undated: int) -> str:
    day = matter.clocks.as_of
    words = f"As of {day}. " if day else ""
    return words + (f"{undated} events without a date are left out." if undated else "")


def _event(entry: TimelineEntry, number: int) -> dict[str, Any]:
    words = " ".join(entry.text.split())
    headline = words if len(words) <= _LONGEST_HEADLINE else words[: _LONGEST_HEADLINE - 1].rstrip() + "…"
    by = f"Reported by {', '.join(entry.principals)}." if entry.principals else "Reported without a named source."
    lines = [f"“{words}”", by, f"{', '.join(entry.documents)} ({', '.join(entry.claims)})"]
    event: dict[str, Any] = {
        "unique_id": f"event-{number}",
        "start_date": _date(entry.date or entry.to),
        "text": {"headline": html.escape(headline), "text": "".join(f"<p>{html.escape(line)}</p>" for line in lines)},
    }
    if entry.date and entry.to and entry.date != entry.to:
        event["end_date"] = _date(entry.to)
    return event


def _date(words: str | None) -> dict[str, int]:
    """A date as the format has it: year, and month and day as far as they are known."""
    day = Interval(first=words, last=words).first_day
    parts = (words or "")[:10].split("-")
    known = ("year", "month", "day")[: len(parts)]
    return {} if day is None else {name: int(part) for name, part in zip(known, parts, strict=True)}
