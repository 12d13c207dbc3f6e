"""Looks closer than rows do: series with their pictures and what their bounds rest on, contradictions, pages as they were uploaded.

headed(desk, question)             every series with its heading, the main ones first
panels(desk, question, some, link) some of them with their pictures and what low and high rest on
contradictions(desk, question)     what cannot all hold
policies()                         the policies by name, each in a sentence
uploaded(paths, folder)            readings of files that came without a path of their own
draft_of(words)                    the reading of a pasted draft; printed_text(content, name), that of a file
brief_text(brief, form)            a brief as a file
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportedly.api import Desk, Question, read_files
from reportedly.brief import Brief, render_brief
from reportedly.brief.compose import panel_order, policy_words
from reportedly.brief.panels import worth_a_panel
from reportedly.brief.picture import Canvas, draw_series, drawn_entries, speaker_of
from reportedly.brief.wording import series_heading
from reportedly.errors import UnreadableError
from reportedly.model import Clocks, Contradiction, Entry, Holdings, Reading, Series, interval_text
from reportedly.reconcile import find_contradictions
from reportedly.reconcile.policies import policy_names
from reportedly.reconcile.resting import Rest, rest_on

__all__ = [
    "Brief",
    "Contradiction",
    "Headed",
    "Panel",
    "Rest",
    "brief_text",
    "contradictions",
    "draft_of",
    "headed",
    "panels",
    "policies",
    "printed_text",
    "rests_of",
    "unclocked",
    "uploaded",
]

_WIDE = Canvas(width=860, height=330, notes=False)
_NARROW = Canvas(width=420, height=300, numbered=True, notes=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A series under its heading.

    Attributes:
        series: the series.
        heading: what is counted, in words.
        main: whether it has a place among the story's figures; the others are single numbers that nothing measures.
    """

    series: Series
    heading: str
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A series as a reader looks at it.

    Attributes:
        series: the series.
        heading: what is counted, in words.
        wide: the picture for a desk, an SVG without style of its own.
        narrow: the same for a telephone, its marks numbered.
        key: speaker and words of each mark of `narrow`, by number from 1.
        rests: what low and high rest on.
    """

    series: Series
    heading: str
    wide: str
    narrow: str
    key: tuple[str, ...]
    rests: tuple[Rest, ...]


def unclocked(desk: Desk, question: Question) -> Holdings:
    """The rows of a question's story whatever the clocks say."""
    return desk.rows(replace(question, clocks=Clocks()))


def headed(desk: Desk, question: Question) -> tuple[Headed, ...]:
    """Every series of a question, the story's main ones first.

    Args:
        desk: the ledger's desk.
        question: story, clocks and policy.

    Returns:
        Series in the order of the brief, those without a place in it last.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    events = {event.id: event for event in unclocked(desk, question).links.events}
    found = []
    for row in sorted(desk.figures(question), key=lambda row: (not worth_a_panel(row), *panel_order(row, events))):
        heading, event = series_heading(row), events.get(row.event or "")
        if event is not None and event.background:
            heading += f" — another event, {interval_text(event.happened)}: “{event.label}”"
        found.append(Headed(series=row, heading=heading, main=worth_a_panel(row)))
    return tuple(found)


def panels(desk: Desk, question: Question, some: Sequence[Headed], link: Callable[[Entry], str]) -> tuple[Panel, ...]:
    """Some series of a question as readers look at them.

    Args:
        desk: the ledger's desk.
        question: story, clocks and policy.
        some: which of them, from `headed`.
        link: the address of an entry's passage.

    Returns:
        A panel a series, in their order.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    rests = rests_of(desk, question, {one.series.id for one in some})
    return tuple(
        Panel(
            series=one.series,
            heading=one.heading,
            wide=_drawn(one, _WIDE, link),
            narrow=_drawn(one, _NARROW, link),
            key=tuple(f"{speaker_of(entry)}: {entry.words}" for entry in drawn_entries(one.series)),
            rests=rests.get(one.series.id, ()),
        )
        for one in some
    )


def rests_of(desk: Desk, question: Question, series: Collection[str] | None = None) -> Mapping[str, tuple[Rest, ...]]:
    """What low and high of each series of a question, or of some by id, rest on, by the series' id."""
    return rest_on(unclocked(desk, question), question.clocks, desk.policy(question), series)


def _drawn(one: Headed, canvas: Canvas, link: Callable[[Entry], str]) -> str:
    return draw_series(one.series, one.heading, "", replace(canvas, link=link))[0]


def contradictions(desk: Desk, question: Question) -> list[Contradiction]:
    """The smallest sets of claims of a question's story that cannot all hold."""
    return find_contradictions(unclocked(desk, question), question.clocks)


def policies() -> Mapping[str, str]:
    """The policies that ship with the package: name -> what it does, in one sentence."""
    return {name: policy_words(name) for name in policy_names()}


def uploaded(paths: Sequence[Path], folder: Path) -> Iterator[Reading]:
    """The readings of files that were laid into a folder only to be read: documents are named by the files, not by the folder.

    Args:
        paths: the files.
        folder: where they lie for the moment.

    Yields:
        A reading a document.
    """
    prefix = f"{folder}/"
    for reading in read_files(paths):
        document = reading.document
        yield Reading(
            document=replace(document, name=document.name.removeprefix(prefix)) if document else None,
            text=reading.text,
            articles=tuple(replace(a, document=a.document.removeprefix(prefix)) for a in reading.articles),
            problems=tuple(replace(p, document=p.document.removeprefix(prefix) if p.document else None) for p in reading.problems),
        )


def draft_of(words: str) -> Reading:
    """The reading of a pasted draft; it is an article whatever it looks like, for a draft has no furniture.

    Args:
        words: the draft; offsets of what is said of it count in the reading's text.
    """
    from reportedly.read import read_stream  # noqa: PLC0415 - the readers are heavy

    reading = next(read_stream(words.encode("utf-8", "replace"), "draft.txt"))
    return replace(reading, articles=tuple(replace(article, kind="article") for article in reading.articles))


def printed_text(content: bytes, name: str) -> Reading:
    """The reading of a printed text's file, in any format that is read; all of it is an article, as of a pasted draft.

    Args:
        content: the file's bytes.
        name: its name, whose ending tells the format.

    Raises:
        UnreadableError: no document is in it, or several.
    """
    from reportedly.read import read_stream  # noqa: PLC0415 - the readers are heavy

    readings = list(read_stream(content, name))
    found = [reading for reading in readings if reading.document is not None]
    if len(found) != 1:
        why = (
            f"a printed text is one document; this file holds {len(found)}"
            if found
            else "; ".join(problem.message for reading in readings for problem in reading.problems)
        )
        raise UnreadableError(Path(name), why or "no document is in it")
    return replace(found[0], articles=tuple(replace(article, kind="article") for article in found[0].articles))


def brief_text(brief: Brief, form: str) -> str:
    """A brief as a file's text: `md`, `html` or `json`."""
    return render_brief(brief, form)
