import datetime as dt
import xml.etree.ElementTree as ET
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reportedly.brief.labels import Label, Room, place_labels
from reportedly.brief.picture import Canvas, draw_series, nice_top, ticks
from reportedly.brief.raster import to_png
from reportedly.model import Entry, Interval, Qualifier, Series, Standing

SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2040, 1, 1))


def entry(
    day: str | None,
    low: int | None,
    high: int | None,
    qualifier: Qualifier = "exact",
    principal: str | None = "Norway",
    standing: Standing = "current",
) -> Entry:
    return Entry(
        claims=("c:1",),
        said=None,
        cut_off=None if day is None else Interval(first=day, last=day),
        published=None,
        speakers=(principal,) if principal else (),
        principal=principal,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        qualifier=qualifier,
        words=f"{qualifier} {low}",
        standing=standing,
        origin="o:1",
        outlets=("Coast Herald",),
    )


def series(*entries: Entry) -> Series:
    return Series(
        id="n:1", story="s:1", event=None, measure="killed", counted="people", unit=None, population=None, place=None, status=None,
        share="total", as_of=None, policy="widest", low=None, best=None, high=None, open_high=False, why="", outlets=1, utterances=1,
        principals=1, disputes=(), entries=entries,
    )  # fmt: skip


def marks(svg: str) -> list[ET.Element]:
    return [e for e in ET.fromstring(svg).iter() if (e.get("class") or "").startswith("mark")]


def test_an_exact_number_is_filled_and_an_approximate_one_hollow() -> None:
    """Circle without and with the class of a hollow mark."""
    svg, _ = draw_series(series(entry("2024-11-12", 4, 4), entry("2024-11-13", 19, 19, "about")), "Killed", "Sources")
    assert [m.get("class") for m in marks(svg)] == ["mark", "mark about"]


def test_an_open_bound_has_an_arrow_and_a_range_a_bar() -> None:
    """`at least` is a circle and an arrow upwards; a range is a rectangle from low to high."""
    svg, _ = draw_series(series(entry("2024-11-12", 4, None, "at_least"), entry("2024-11-13", 10, 12, "range")), "Killed", "Sources")
    assert [m.tag.removeprefix(SVG) for m in marks(svg)] == ["circle", "path", "rect"]


def test_a_withdrawn_figure_is_a_cross_and_joins_no_step_line() -> None:
    """Only current and history entries of one principal are joined."""
    svg, _ = draw_series(series(entry("2024-11-12", 52, 52, standing="withdrawn"), entry("2024-11-14", 41, 41)), "Injured", "Sources")
    drawn = marks(svg)
    assert drawn[0].tag == f"{SVG}path"
    assert 'class="step"' not in svg


def test_a_step_line_runs_inside_one_principals_count_only() -> None:
    """Two principals of one entry each get none, one principal of two gets one."""
    apart, _ = draw_series(series(entry("2024-11-12", 4, 4), entry("2024-11-14", 9, 9, principal="Sweden")), "Killed", "Sources")
    joined, _ = draw_series(series(entry("2024-11-12", 4, 4, standing="history"), entry("2024-11-14", 9, 9)), "Killed", "Sources")
    assert 'class="step"' not in apart
    assert joined.count('class="step"') == 1


def test_the_value_axis_starts_at_nought() -> None:
    """The lowest label of the axis is 0 however large the numbers are."""
    svg, _ = draw_series(series(entry("2024-11-12", 15_000, 15_000)), "Deployed", "Sources")
    labels = [e.text for e in ET.fromstring(svg).iter(f"{SVG}text") if e.get("text-anchor") == "end"]
    assert labels[0] == "0"


def test_an_entry_without_bound_or_date_is_left_to_the_table() -> None:
    """A vague or undated number is not drawn, and the picture says that nothing was."""
    svg, alt = draw_series(series(entry(None, 4, 4), entry("2024-11-12", None, None, "vague")), "Killed", "Sources")
    assert not marks(svg)
    assert "no dated number to draw" in alt


def test_words_of_a_page_cannot_become_markup() -> None:
    """A heading and a speaker made of tags are escaped."""
    svg, _ = draw_series(series(entry("2024-11-12", 4, 4, principal="<script>x</script>")), "<b>Killed</b>", "a < b")
    assert "<script>" not in svg
    assert ET.fromstring(svg).find(f"{SVG}title").text == "<b>Killed</b>"  # type: ignore[union-attr]


def test_the_alt_text_says_what_the_picture_shows() -> None:
    """Speaker, words, day and standing of each mark."""
    _, alt = draw_series(series(entry("2024-11-12", 4, None, "at_least")), "Killed", "Sources")
    assert "2024-11-12: at_least 4 (Norway, current)" in alt


def test_a_picture_becomes_a_png_of_twice_its_size() -> None:
    """The PNG header gives the size in pixels."""
    svg, _ = draw_series(series(entry("2024-11-12", 4, 4)), "Killed", "Sources")
    png = to_png(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 1720


@given(st.floats(min_value=1e-6, max_value=1e15))
def test_the_top_of_the_axis_is_a_round_number_not_below_the_largest(value: float) -> None:
    """Nothing is cut off, and at most two and a half times the room is spent."""
    top = nice_top(value)
    assert value <= top <= value * 2.5 + 1e-9


@given(DAYS, DAYS)
def test_ticks_stay_inside_and_few(a: dt.date, b: dt.date) -> None:
    """At most seven days, in order, all between the ends."""
    first, last = min(a, b), max(a, b)
    days = ticks(first, last)
    assert 1 <= len(days) <= 7
    assert days == sorted(days)
    assert first <= days[0]
    assert days[-1] <= last


def test_ticks_of_months_and_years_are_their_firsts() -> None:
    """A year is divided by its months, twelve by years; a fortnight has no firsts and is divided evenly."""
    assert [str(day) for day in ticks(dt.date(2024, 10, 7), dt.date(2025, 8, 3), most=4)] == ["2025-01-01", "2025-04-01", "2025-07-01"]
    assert {(day.month, day.day) for day in ticks(dt.date(2012, 3, 4), dt.date(2024, 3, 4))} == {(1, 1)}
    assert ticks(dt.date(2024, 11, 3), dt.date(2024, 11, 17), most=3) == [dt.date(2024, 11, day) for day in (3, 10, 17)]


@given(st.lists(st.tuples(st.floats(90, 800), st.floats(40, 300), st.text("abcdef ", min_size=1, max_size=40)), max_size=8))
def test_labels_never_cover_one_another(places: list[tuple[float, float, str]]) -> None:
    """Two labels that overlap across stand a line apart."""
    labels = [Label(x=x, y=y, text=text) for x, y, text in places]
    boxes = []
    for label, x, y, anchor in place_labels(labels, Room(left=86, right=836, top=30, bottom=1200)):
        wide = len(label.text) * 6.3
        boxes.append((x, x + wide, y) if anchor == "start" else (x - wide, x, y))
    for k, (first, last, y) in enumerate(boxes):
        assert all(abs(y - v) >= 15 or last < a or first > b for a, b, v in boxes[k + 1 :])


def test_marks_lead_to_their_passages_on_a_page_that_brings_its_own_style() -> None:
    """Each mark is a link with its speaker and words; the picture is a group, no single image, and has no style of its own."""
    canvas = Canvas(width=420, numbered=True, notes=False, link=lambda entry: f"/claims/{entry.claims[0]}?a=1&b=2")
    svg, _ = draw_series(series(entry("2024-11-12", 4, 4), entry("2024-11-13", 19, None, "at_least")), "Killed", "Sources", canvas)
    root = ET.fromstring(svg)
    links = list(root.iter(f"{SVG}a"))
    assert [e.get("href") for e in links] == ["/claims/c:1?a=1&b=2"] * 2
    assert "Norway: exact 4" in (links[0].get("aria-label") or "")
    assert (root.get("role"), root.get("viewBox")) == ("group", "0 0 420 380")
    assert root.find(f"{SVG}style") is None
    beside = [e.text for e in root.iter(f"{SVG}text") if e.get("class") == "beside"]
    assert beside == ["1", "2"]
