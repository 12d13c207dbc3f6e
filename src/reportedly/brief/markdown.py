"""The brief as Markdown."""

from collections.abc import Iterable, Sequence

from reportedly.brief.report import Brief, FigurePanel, Line
from reportedly.brief.wording import translated


def numbers_text(numbers: Sequence[int]) -> str:
    """Claim numbers as they stand behind a sentence: ` [3][7]`."""
    return "".join(f"[{n}]" for n in numbers)


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown text; the pictures are left to the HTML form, their words stand in the tables."""
    parts = [f"# {brief.title}", "", *_head(brief), ""]
    parts += _section("What happened", [_line(entry) for entry in brief.timeline])
    parts += _section("Figures", [row for panel in brief.figures for row in _panel(panel)])
    parts += _section("Not counted here", [_line(entry) for entry in brief.not_counted])
    parts += _section("What cannot all hold", [*(_line(entry) for entry in brief.contradictions), *_more(brief.more_contradictions)])
    parts += _section("What is put forward, and what is disputed", _statements(brief))
    parts += _section("Who says what", _voices(brief))
    parts += _section("Refusals and silences", [_line(entry) for entry in brief.refusals])
    parts += _section(f"What changed in the last {brief.days} days", [_line(entry) for entry in brief.changes])
    parts += _section("Sources", _sources(brief))
    return "\n".join(parts).rstrip() + "\n"


def _head(brief: Brief) -> list[str]:
    notes = [*(f"- not read: {_plain(row)}" for row in brief.failed), *(f"- {_plain(row)}" for row in brief.saved_later)]
    return [brief.clock, "", brief.reading, "", *notes, *([""] if notes else []), brief.policy]


def _section(title: str, rows: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *rows, ""] if rows else []


def _line(line: Line) -> str:
    label = f"**{_plain(line.label)}**: " if line.label else ""
    return f"- {label}{_plain(line.text)} {numbers_text(line.numbers)}"


def _plain(text: str) -> str:
    """Words of a page, with what Markdown would read as its own marked up."""
    escaped = "".join(f"\\{c}" if c in "\\`*_<>|#" else c for c in text)
    return " ".join(escaped.split())


def _panel(panel: FigurePanel) -> list[str]:
    rows = [f"### {_plain(panel.heading)}", "", f"{_plain(panel.summary.text)} {numbers_text(panel.summary.numbers)}", ""]
    rows += [f"{panel.counts}. {_plain(panel.why)}", ""]
    rows += [f"{panel.implied}.", ""] if panel.implied else []
    rows += ["| counts up to | words | principal | speaker | said | relay | standing | claims |", "|---|---|---|---|---|---|---|---|"]
    for row in panel.rows:
        standing = f"{row.standing}{f' ({row.note})' if row.note else ''}"
        cells = [row.cut_off, f"“{row.words}”", row.principal or "none", row.speakers, row.said, row.relay, standing]
        rows.append("| " + " | ".join(_plain(c) for c in cells) + f" | {numbers_text(row.numbers)} |")
    return [*rows, "", *(_line(life) for life in panel.lives), *([""] if panel.lives else [])]


def _more(number: int) -> list[str]:
    return [f"- and {number} more in the ledger"] if number else []


def _statements(brief: Brief) -> list[str]:
    rows = []
    for panel in brief.statements:
        rows.append(f"- {_plain(panel.text.text)} {numbers_text(panel.text.numbers)}")
        rows.append(f"  - {_plain(panel.support.text)} {numbers_text(panel.support.numbers)}")
        rows += [f"  - disputed by **{_plain(d.label or '')}**: {_plain(d.text)} {numbers_text(d.numbers)}" for d in panel.disputes]
    return rows


def _voices(brief: Brief) -> list[str]:
    rows: list[str] = []
    for voice in brief.voices:
        rows += [f"### {_plain(voice.principal)}", "", *(_line(line) for line in voice.lines)]
        if voice.left_out:
            rows.append(f"- and {voice.left_out} more in the ledger")
        rows.append("")
    return rows


def _sources(brief: Brief) -> list[str]:
    return list(_source_rows(brief))


def _source_rows(brief: Brief) -> Iterable[str]:
    for source in brief.sources:
        outlet = source.outlet or "unnamed outlet"
        head = f"{source.number}. {_plain(source.document)}, {_plain(outlet)}, {source.published}"
        told = f" {_plain(translated(source.translation))}" if source.translation else ""
        yield f"{head} — “{_plain(source.passage)}”{told} ({source.claim})"
