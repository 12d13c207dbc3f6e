"""Handing over and taking in: exports for other programs, bundles between ledgers, and what a stranger can check of a brief.

export(desk, question, form)                    the files of one form, by name
take_in(desk, path), take_sheet(desk, path)     another ledger's bundle, a coding sheet that somebody filled in
verify_brief(path, bundle)                      a brief's passages against a bundle, offline
infobox(desk, question), watch(desk, draft)     for encyclopaedia editors
"""

import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from reportedly import __version__
from reportedly.api import Desk, Question
from reportedly.errors import MissingExtraError, UnreadableError
from reportedly.model import BriefCheck, CheckRow, Clocks, Merged, Reading, Row
from reportedly.tasks.coded_sheets import take_sheet

if TYPE_CHECKING:
    import pyarrow as pa

    from reportedly.brief import Brief
    from reportedly.export import ExportMatter

__all__ = [
    "EXPORT_FORMS",
    "ExportForm",
    "brief_file",
    "export",
    "frames",
    "infobox",
    "is_bundle",
    "take_in",
    "take_sheet",
    "verify_brief",
    "watch",
]

ExportForm = Literal["csv", "parquet", "ucdp-style", "airwars-style", "jsonld", "ftm", "timelinejs", "bundle"]
EXPORT_FORMS: Sequence[ExportForm] = get_args(ExportForm)

_STALE = frozenset({"outdated", "disputed", "not_in_ledger"})


def matter(desk: Desk, question: Question) -> "ExportMatter":
    """The rows of a question, all formed with its clocks and policy."""
    from reportedly.export import ExportMatter  # noqa: PLC0415 - only wanted here

    return ExportMatter(
        holdings=desk.holdings(question),
        clocks=question.clocks,
        policy=desk.policy(question),
        series=tuple(desk.figures(question)),
        statements=tuple(desk.statements(question)),
        timeline=tuple(desk.timeline(question)),
        actors=tuple(desk.actors(question)),
        program=f"reportedly {__version__}",
    )


def export(desk: Desk, question: Question, form: ExportForm, *, texts: bool = True) -> Mapping[str, bytes]:
    """A ledger's rows for another program.

    Args:
        desk: the ledger's desk.
        question: which rows, as of when. A coding sheet has the policy of its own manner; a bundle takes whole documents of the
            question's story, whatever the clocks, so that another ledger holds the same.
        form: for which program.
        texts: whether a bundle holds whole texts; without them only digests, spans and short quotations.

    Returns:
        The content of each file by its name; one file, but a table each for CSV and Parquet.

    Raises:
        MissingExtraError: a library of the extra `export` is missing.
        UnknownIdError: there is no such story.
    """
    return {"ledger.bundle": _bundled(desk, question, texts=texts)} if form == "bundle" else _FORMS[form](desk, question)


def _text(name: str, words: str) -> Mapping[str, bytes]:
    return {name: words.encode("utf-8", "replace")}


def _csv(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import all_tables, csv_text  # noqa: PLC0415

    return {f"{t.name}.csv": csv_text(t).encode("utf-8", "replace") for t in all_tables(matter(desk, question))}


def _parquet(desk: Desk, question: Question) -> Mapping[str, bytes]:
    _need("pyarrow")
    from reportedly.export import all_tables, parquet_bytes  # noqa: PLC0415

    return {f"{t.name}.parquet": parquet_bytes(t) for t in all_tables(matter(desk, question))}


def _ucdp(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import csv_text, ucdp_sheet  # noqa: PLC0415

    return _text("ucdp-style.csv", csv_text(ucdp_sheet(matter(desk, replace(question, policy="ucdp-style")))))


def _airwars(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import airwars_sheet, csv_text  # noqa: PLC0415

    return _text("airwars-style.csv", csv_text(airwars_sheet(matter(desk, replace(question, policy="airwars-style")))))


def _json_ld(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import json_ld  # noqa: PLC0415

    return _text("ledger.jsonld", _json(json_ld(matter(desk, question))))


def _ftm(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import statements_text  # noqa: PLC0415

    return _text("statements.jsonl", statements_text(matter(desk, question)))


def _timeline_js(desk: Desk, question: Question) -> Mapping[str, bytes]:
    from reportedly.export import timeline_js  # noqa: PLC0415

    return _text("timeline.json", _json(timeline_js(matter(desk, question))))


def _bundled(desk: Desk, question: Question, *, texts: bool) -> bytes:
    from reportedly.ledger.bundles.bundling import bundle_bytes  # noqa: PLC0415

    story = question.filters.story
    wanted = None if story is None else frozenset(desk.rows(replace(question, clocks=Clocks())).documents)
    return bundle_bytes(desk.store.pack(wanted), texts=texts)


_FORMS: Mapping[ExportForm, Callable[[Desk, Question], Mapping[str, bytes]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "ucdp-style": _ucdp,
    "airwars-style": _airwars,
    "jsonld": _json_ld,
    "ftm": _ftm,
    "timelinejs": _timeline_js,
}


def _json(value: Row) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _need(module: str) -> None:
    """Make sure that a library of the extra `export` is installed."""
    if importlib.util.find_spec(module) is None:
        raise MissingExtraError("export", module)


def frames(desk: Desk, question: Question) -> "Mapping[str, pa.Table]":
    """The tables of `export --format parquet` as Arrow tables, by name; `.to_pandas()` or `polars.from_arrow` make frames of them.

    Args:
        desk: the ledger's desk.
        question: which rows, as of when.

    Raises:
        MissingExtraError: a library of the extra `export` is missing.
    """
    _need("pyarrow")
    from reportedly.export import all_tables, arrow_table  # noqa: PLC0415

    return {table.name: arrow_table(table) for table in all_tables(matter(desk, question))}


def brief_file(brief: "Brief", form: Literal["docx", "pdf"]) -> bytes:
    """A brief as the bytes of a file that is no text.

    Args:
        brief: from `Desk.brief`.
        form: `docx` for word processors, `pdf` for print.

    Raises:
        MissingExtraError: a library of the extra `export` is missing.
    """
    _need({"docx": "docx", "pdf": "typst"}[form])
    from reportedly.brief.print_file import render_pdf  # noqa: PLC0415
    from reportedly.brief.word_file import render_docx  # noqa: PLC0415

    return render_docx(brief) if form == "docx" else render_pdf(brief)


def take_in(desk: Desk, path: Path, *, by: str, reason: str = "") -> Merged:
    """Take another ledger's bundle in, all of it or nothing, with where it came from.

    Args:
        desk: the ledger's desk.
        path: the bundle's file.
        by: who takes it in.
        reason: why.

    Returns:
        What was new.

    Raises:
        UnreadableError: the file is no bundle, of a newer format, damaged, or says of a text what the text does not say.
        UntidyError: it is taken in, but others read the ledger as it was, so that its files keep the words of what the bundle removed.
    """
    from reportedly.ledger.bundles.bundling import read_bundle  # noqa: PLC0415

    merged = desk.store.merge(read_bundle(path, desk.store.texts()), by=by, reason=reason)
    desk.relink()
    if merged.removed:
        desk.store.tidy()
    return merged


def is_bundle(path: Path) -> bool:
    """Whether a file begins as a bundle does.

    Raises:
        UnreadableError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error


def verify_brief(path: Path, bundle: Path) -> list[BriefCheck]:
    """Hold a brief, as HTML or JSON, to a bundle: each source's passage, and each quotation to the sources that its line cites.

    Args:
        path: the brief.
        bundle: the bundle's file; one without texts tells less.

    Returns:
        A row a source and a row a quotation, in the brief's order.

    Raises:
        UnreadableError: either file cannot be read, or the first is no brief.
    """
    from reportedly.brief.rereading import read_brief  # noqa: PLC0415
    from reportedly.ledger.bundles.bundling import read_bundle  # noqa: PLC0415
    from reportedly.tasks.brief_check import check_against  # noqa: PLC0415

    return check_against(read_brief(path), read_bundle(bundle, {}))


def infobox(desk: Desk, question: Question) -> str:
    """Wikitext of the standing figures: "per X, as of D", each with its citation and quotation, and no best."""
    from reportedly.export import infobox  # noqa: PLC0415

    return infobox(matter(desk, question))


def watch(desk: Desk, draft: Reading, question: Question) -> list[CheckRow]:
    """The numbers and attributions of a printed text that no longer hold: outdated, disputed, withdrawn or gone."""
    return [row for row in desk.check(draft, question) if row.verdict in _STALE]
