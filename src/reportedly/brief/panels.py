"""The panel of one series: its summary, table and picture."""

from collections.abc import Sequence

from reportedly.brief.citing import Citations
from reportedly.brief.lives import life_lines
from reportedly.brief.picture import draw_series
from reportedly.brief.report import FigurePanel, FigureRow, Line
from reportedly.brief.wording import bounds_words, joined, quoted, relay_words, series_heading
from reportedly.model import Entry, Event, Life, Series, decimal_text, interval_text


def worth_a_panel(series: Series) -> bool:
    """Whether a series has a bound and a measure, or is a revised amount with a unit; others stay in `reportedly figures`."""
    bounded = [e for e in series.entries if e.low is not None or e.high is not None]
    revised = any(e.standing in ("history", "withdrawn") for e in bounded)
    return bool(bounded) and (series.measure != "other" or (series.unit is not None and revised))


def figure_panel(series: Series, cites: Citations, event: Event | None, lives: Sequence[Life] = ()) -> FigurePanel:
    """The panel of a series.

    Args:
        series: the series.
        cites: gives out the numbers.
        event: the event it counts for; a background one is named in the heading.
        lives: the story's lives of numbers; those of its own figures are told.

    Returns:
        The panel.
    """
    heading = series_heading(series)
    if event is not None and event.background:
        heading += f" — another event, {interval_text(event.happened)}: {quoted(event.label)}"
    numbers = cites.cite(c for e in series.entries for c in e.claims)
    outlets = sorted({o for e in series.entries for o in e.outlets})
    source = f"Sources: {joined(outlets) or 'unnamed outlets'}; claims {', '.join(f'[{n}]' for n in numbers)}"
    picture, alt = draw_series(series, heading, source)
    return FigurePanel(
        id=series.id,
        heading=heading,
        summary=Line(text=_summary(series), numbers=cites.cite(c for e in _current(series) for c in e.claims) or numbers),
        counts=f"{_count(series.outlets, 'outlet')}, {_count(series.utterances, 'utterance')}, {_count(series.principals, 'principal')}",
        why=series.why,
        implied=_implied(series),
        rows=tuple(_row(entry, cites) for entry in series.entries),
        lives=life_lines(series, lives, cites),
        picture=picture,
        alt=alt,
    )


def _current(series: Series) -> list[Entry]:
    return [e for e in series.entries if e.standing == "current"]


def _summary(series: Series) -> str:
    standing = [f"{quoted(e.words)} ({joined(e.speakers) or 'unattributed'}, {interval_text(e.cut_off)})" for e in _current(series)]
    stands = f"Standing: {'; '.join(standing)}." if standing else "Nothing stands."
    best = f" The policy's single value is {decimal_text(series.best)}." if series.best is not None else ""
    return f"{stands} Stated bounds: {bounds_words(series)}.{best}"


def _implied(series: Series) -> str | None:
    ends = [
        f"{name} {decimal_text(bound)}"
        for name, bound in (("at least", series.implied_low), ("at most", series.implied_high))
        if bound is not None
    ]
    return f"{joined(ends)}: implied, said by no one" if ends else None


def _row(entry: Entry, cites: Citations) -> FigureRow:
    known = f"known from a report of {entry.known_from}" if entry.known_from else None
    return FigureRow(
        standing=entry.standing,
        words=entry.words,
        speakers=joined(entry.speakers) or "unattributed",
        principal=entry.principal,
        cut_off=interval_text(entry.cut_off),
        said=interval_text(entry.said),
        relay=relay_words(entry.via, entry.outlets),
        note="; ".join(n for n in (entry.note, known) if n) or None,
        numbers=cites.cite(entry.claims),
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
