"""Hides the date of one dated article after the other and dates it by the others: `python -m evals.hidden_dates FOLDER_OR_FILE ...`.

Each argument is one situation. Every article that prints its day is read once more as if nothing did, and bounded by what the other
articles of its story tell (`reportedly.resolve.publication`). `bounded` counts those that got a bound, `closed` those with both ends,
`wrong` those whose own day lies outside of what was found; `width` is the median of the closed ones, in days. No date may be false.
"""

import argparse
import json
import statistics
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportedly import pipeline
from reportedly.ledger import MemoryStore
from reportedly.model import Holdings, Reading, interval_text
from reportedly.resolve.actors import join_actors
from reportedly.resolve.copies import find_copies
from reportedly.resolve.precedence import Side, find_bounds
from reportedly.resolve.publication import Days, settle
from reportedly.resolve.reports import Report, gather_reports
from reportedly.resolve.stories import build_stories
from reportedly.workers import make_extractor


def hold(readings: list[Reading], *, dated: bool) -> Holdings:
    """The readings as a ledger holds them, with their dates or without."""
    store, extractor = MemoryStore(), make_extractor("rules")
    for reading in readings:
        if reading.document is None:
            continue
        bare = tuple(replace(article, published=None, published_evidence=None) for article in reading.articles)
        shown = reading if dated else replace(reading, articles=bare)
        store.put(shown, extractor.extract(shown.text, shown.articles))
    return store.holdings()


def hide_each(readings: list[Reading]) -> Iterator[tuple[Report, Days | None, list[str]]]:
    """Each dated article, the days that the others give it (None where they give none), and what that rests on."""
    held, bare = hold(readings, dated=True), hold(readings, dated=False)
    reports, hidden = ({report.key: report for report in gather_reports(side)} for side in (held, bare))
    copies = find_copies(tuple(reports.values()))
    stories = build_stories(tuple(reports.values()), copies)
    cast = join_actors(tuple(reports.values()), stories, held.settings, ())
    sides = {key: Side(report, held.text_of(key[0]), cast) for key, report in reports.items()}
    for story in stories:
        for key in story.articles:
            report = reports[key]
            day = report.published
            if sides[key].is_open or day is None or day.first_day != day.last_day or len(story.articles) == 1:
                continue
            undated = Side(hidden[key], held.text_of(key[0]), cast)
            bounds = find_bounds([undated, *(sides[other] for other in story.articles if other != key)], copies)
            told = [bound for bound in bounds if bound.article == key]
            own = {other: _own_days(reports[other]) for other in story.articles}
            found = settle({**own, key: Days()}, told)[key] if told else Days()
            yield report, None if found == Days() else found, [bound.evidence for bound in told]


def _own_days(report: Report) -> Days:
    published = report.published
    return Days(first=published.first_day, last=published.last_day) if published else Days()


def score(found: list[tuple[Report, Days | None, list[str]]]) -> dict[str, Any]:
    """The figures over some articles."""
    dated = [(report, days, why) for report, days, why in found if days]
    widths = [(days.last - days.first).days + 1 for _, days, _ in dated if days.first and days.last]
    wrong = [
        (report.document.name, interval_text(report.published), str(days.first), str(days.last), why)
        for report, days, why in dated
        if report.published and days.within(report.published.first_day, report.published.last_day).is_empty
    ]
    return {
        "hidden": len(found),
        "bounded": len(dated),
        "closed": len(widths),
        "width": statistics.median(widths) if widths else None,
        "wrong": len(wrong),
        "wrong on": wrong,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("situations", nargs="+", type=Path)
    found: list[tuple[Report, Days | None, list[str]]] = []
    for situation in parser.parse_args().situations:
        found += hide_each(list(pipeline.read([situation])))
    print(json.dumps(score(found), indent=1))


if __name__ == "__main__":
    main()
