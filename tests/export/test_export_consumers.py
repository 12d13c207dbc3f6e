"""Each export is opened by the program it is made for, and holds what the ledger holds."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk, Question
from reportedly.model import Clocks, Correction, Filters
from reportedly.tasks.handover import ExportForm, export, frames

NEVER_ZERO = ("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


@pytest.fixture(scope="module")
def desk(filled: Path) -> Iterator[Desk]:
    """A desk over the example reports."""
    with Desk(filled) as opened:
        yield opened


def files(desk: Desk, form: ExportForm, **filters: Any) -> Mapping[str, bytes]:
    return export(desk, Question(filters=Filters(**filters)), form)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_csv_tables_hold_every_row(desk: Desk) -> None:
    """A table each, whose numbers of rows are the ledger's; what is not known is empty."""
    tables = {name: rows(content) for name, content in files(desk, "csv").items()}
    claims = desk.claims(Question())
    assert len(tables["claims.csv"]) == len(claims)
    assert len(tables["figures.csv"]) == sum(len(c.claim.figures) for c in claims)
    assert len(tables["entries.csv"]) == sum(len(s.entries) for s in desk.figures(Question()))
    assert {row["claim"] for row in tables["claims.csv"]} == {c.claim.id for c in claims}
    open_high = [row for row in tables["figures.csv"] if row["qualifier"] == "at_least"]
    assert open_high
    assert {row["high"] for row in open_high} == {""}
    assert {"claims.csv", "timeline.csv", "positions.csv", "actors.csv", "documents.csv"} <= set(tables)


def test_parquet_opens_in_pandas_and_duckdb(desk: Desk, tmp_path: Path) -> None:
    """Types are those of the columns: lists, days, decimals; a sum in SQL is the sum of the ledger's numbers."""
    duckdb = pytest.importorskip("duckdb")
    pandas = pytest.importorskip("pandas")
    for name, content in files(desk, "parquet").items():
        (tmp_path / name).write_bytes(content)
    frame = pandas.read_parquet(tmp_path / "claims.parquet")
    assert len(frame) == len(desk.claims(Question()))
    said = [c.claim.said.last_day for c in desk.claims(Question()) if c.claim.said]
    assert set(frame["said_to"].dropna()) == {day for day in said if day}
    assert all(not isinstance(speakers, str) for speakers in frame["speakers"])
    lows = [f.low for c in desk.claims(Question()) for f in c.claim.figures if f.low is not None]
    (total, days) = duckdb.sql(
        f"SELECT (SELECT sum(low) FROM '{tmp_path}/figures.parquet'), (SELECT max(said_to) FROM '{tmp_path}/claims.parquet')"
    ).fetchall()[0]
    assert total == sum(lows, Decimal(0))
    assert days == max(day for day in said if day)
    joined = duckdb.sql(
        f"SELECT count(*) FROM '{tmp_path}/entries.parquet' e, unnest(e.claims) AS u(c) JOIN '{tmp_path}/claims.parquet' k ON k.claim = u.c"
    ).fetchall()[0]
    assert joined[0] >= sum(len(e.claims) for s in desk.figures(Question()) for e in s.entries)


def test_frames_are_one_step_from_python(desk: Desk) -> None:
    """The same tables without a file, as Arrow tables that pandas takes."""
    pytest.importorskip("pandas")
    tables = frames(desk, Question())
    figures = tables["figures"].to_pandas()
    assert len(figures) == sum(len(c.claim.figures) for c in desk.claims(Question()))
    assert set(figures["measure"]) == {f.measure for c in desk.claims(Question()) for f in c.claim.figures}


def test_the_ucdp_sheet_leaves_unknown_cells_empty(desk: Desk) -> None:
    """The codebook's columns in order; no number is nought, nothing is shared out among sides, every row has its claims and passage."""
    (content,) = files(desk, "ucdp-style").values()
    sheet = rows(content)
    assert list(sheet[0])[:12] == [
        "id", "relid", "code_status", "event_clarity", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "date_prec",
        "where_coordinates", "where_prec",
    ]  # fmt: skip
    assert list(sheet[0])[-9:-3] == ["source_original", "principals", "claim_ids", "passage", "coder", "status"]
    assert {(row["revision"], row["as_of"], row["published_by"]) for row in sheet} == {(str(desk.revision), "", "")}
    series = {s.id: s for s in desk.figures(Question(policy="ucdp-style"))}
    for row in sheet:
        assert all(row[name] != "0" for name in NEVER_ZERO)
        of = series[row["id"]]
        assert [row[name] for name in ("low", "best", "high")] == ["" if n is None else str(n) for n in (of.low, of.best, of.high)]
        assert row["claim_ids"]
        assert row["passage"]
        assert (row["deaths_unknown"], row["where_prec"], row["type_of_violence"]) == ("", "", "")
        assert int(row["number_of_sources"]) >= 1
        assert row["status"] == "proposed"


def test_a_sheet_says_who_judged_a_row(ledger: Path) -> None:
    """Once every claim of a row is accepted the row is accepted, by name; amended, it is changed."""
    with Desk(ledger) as desk:
        (content,) = files(desk, "ucdp-style").values()
        first = rows(content)[0]
        claims = first["claim_ids"].split("; ")
        made = [desk.judge(Correction(kind="accept", targets=(claim,), by="Ann", reason="")) for claim in claims]
        row = next(r for r in rows(*files(desk, "ucdp-style").values()) if r["id"] == first["id"])
        assert (row["coder"], row["status"]) == ("Ann", "accepted")
        desk.undo(made[0].id)
        desk.judge(Correction(kind="amend", targets=(claims[0],), by="Bo", reason="", changes={"knowledge": "saw"}))
        row = next(r for r in rows(*files(desk, "ucdp-style").values()) if r["id"] == first["id"])
        assert row["status"] == "changed"
        assert "Bo" in row["coder"]


def test_linked_data_has_the_expected_triples_offline(desk: Desk) -> None:
    """PyLD expands it with network loading off; each claim has its text, its place in a page with quotation, and how it came about."""
    jsonld = pytest.importorskip("pyld.jsonld")

    def refuse(url: str, options: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError(f"asked for {url} with {options}")

    (content,) = files(desk, "jsonld").values()
    document = json.loads(content)
    triples = jsonld.to_rdf(document, {"documentLoader": refuse})["@default"]
    of: dict[tuple[str, str], list[str]] = {}
    for triple in triples:
        of.setdefault((triple["subject"]["value"], triple["predicate"]["value"]), []).append(triple["object"]["value"])
    typed = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    for stored in desk.claims(Question()):
        claim, iri = stored.claim, f"urn:x-reportedly:{stored.claim.id}"
        assert "https://schema.org/Claim" in of[iri, typed]
        assert of[iri, "https://schema.org/text"] == [" … ".join(" ".join(s.text.split()) for s in claim.content)]
        assert f"urn:x-reportedly:{stored.document}" in of[iri, "http://www.w3.org/ns/prov#wasDerivedFrom"]
        note = f"{iri}:in:{stored.document}"
        targets = of[note, "http://www.w3.org/ns/oa#hasTarget"]
        selectors = [s for t in targets for s in of[t, "http://www.w3.org/ns/oa#hasSelector"]]
        quotes = {q for s in selectors for q in of.get((s, "http://www.w3.org/ns/oa#exact"), ())}
        assert {span.text for span in claim.content} <= quotes
        starts = {int(q) for s in selectors for q in of.get((s, "http://www.w3.org/ns/oa#start"), ())}
        assert claim.start in starts
    bounds = [value for (_, predicate), values in of.items() if predicate == "https://schema.org/minValue" for value in values]
    assert sorted(map(Decimal, bounds)) == sorted(
        f.low for c in {c.claim.id: c.claim for c in desk.claims(Question())}.values() for f in c.figures if f.low is not None
    )


def test_statements_load_in_followthemoney(desk: Desk) -> None:
    """Its own loader reads each line, each id is the one it computes, and each value is clean for the property's type."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed; the dependency group `consumers` brings it")
    from followthemoney.statement import StatementEntity, read_statements  # noqa: PLC0415 - optional

    (content,) = files(desk, "ftm").values()
    read = list(read_statements(io.BytesIO(content), "json"))
    assert len(read) == len(content.splitlines())
    schemata = set()
    entities: dict[str, list[Any]] = {}
    for statement in read:
        made = statement.make_key(statement.dataset, statement.entity_id, statement.prop, statement.value, statement.external)
        assert statement.id == made
        schema = ftm.model.get(statement.schema)
        prop = schema.get(statement.prop)
        assert prop is not None, (statement.schema, statement.prop)
        assert prop.type.clean(statement.value) is not None or prop.type.name == "entity", statement.to_dict()
        schemata.add(schema.name)
        entities.setdefault(statement.entity_id, []).append(statement)
    assert {"Article", "Documentation"} <= schemata
    said = [found for found in entities.values() if found[0].schema == "Documentation"]
    assert {s.value for found in said for s in found if s.prop == "recordId"} == {
        c.claim.id for c in desk.claims(Question()) if any(desk.show(c.claim.id).actors)
    }
    for found in said:
        ends = {s.prop: s.value for s in found}
        assert ends["entity"] in entities
        assert ends["document"] in entities
    assert StatementEntity is not None


def test_a_timeline_is_what_timelinejs_takes(desk: Desk) -> None:
    """Each event has a date that is one, an id, a headline and a text; ends are not before starts; words of pages are escaped."""
    (content,) = files(desk, "timelinejs", story="ferry").values()
    data = json.loads(content)
    assert len(data["events"]) == sum(1 for e in desk.timeline(Question(filters=Filters(story="ferry"))) if e.date or e.to)
    assert len({event["unique_id"] for event in data["events"]}) == len(data["events"]) > 1
    for event in data["events"]:
        first = event["start_date"]
        start = dt.date(first["year"], first.get("month", 1), first.get("day", 1))
        if "end_date" in event:
            last = event["end_date"]
            assert dt.date(last["year"], last.get("month", 12), last.get("day", 28)) >= start
        assert event["text"]["headline"]
        assert event["text"]["text"].startswith("<p>")


def test_the_clock_holds_for_an_export(desk: Desk) -> None:
    """As of a day before anything was said there are no claims in it."""
    early = Question(clocks=Clocks(as_of=dt.date(2001, 1, 1)))
    assert rows(export(desk, early, "csv")["claims.csv"]) == []
    assert json.loads(next(iter(export(desk, early, "timelinejs").values())))["events"] == []
