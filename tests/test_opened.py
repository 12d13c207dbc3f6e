"""`import reportedly`: the use cases as methods, with records, data frames and something to look at."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

import reportedly
from reportedly.api import Desk, Question
from reportedly.errors import BadDateError, UsageError
from reportedly.model import Clocks, Filters, Problem

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def ledger(filled: Path) -> Iterator[reportedly.Ledger]:
    """The example reports."""
    with reportedly.Ledger(filled) as opened:
        yield opened


def test_an_answer_is_what_the_desk_says(ledger: reportedly.Ledger, filled: Path) -> None:
    """Rows are the records of the other faces, under the same filters, clocks and policies."""
    with Desk(filled) as desk:
        asked = Question(filters=Filters(story="ferry", measure="killed"), clocks=Clocks(as_of=dt.date(2024, 11, 13)), policy="latest")
        rows = ledger.figures(story="ferry", measure="killed", as_of="2024-11-13", policy="latest")
        assert list(rows) == desk.figures(asked)
        assert rows[0].id == rows[:1][0].id
        assert [row.document for row in ledger.stories()] == [row.document for row in desk.stories(Question())]


def test_frames_have_types_also_where_nothing_is(ledger: reportedly.Ledger) -> None:
    """Numbers, days and lists are such; an empty answer has the same columns as a full one."""
    pytest.importorskip("pyarrow")
    full = ledger.figures(story="ferry", measure="killed").to_arrow()
    none = ledger.figures(story="ferry", measure="killed", as_of="1990").to_arrow()
    assert none.num_rows == 0
    assert full.schema == none.schema
    assert full.column("low").to_pylist()[0] == Decimal(25)
    claims = ledger.claims().to_arrow()
    kinds = {name: str(claims.schema.field(name).type) for name in ("said_to", "speakers", "article", "content")}
    assert kinds == {"said_to": "date32[day]", "speakers": "list<item: string>", "article": "int64", "content": "string"}


def test_frames_of_pandas_and_polars_hold_the_same(ledger: reportedly.Ledger) -> None:
    """One way each, the same rows."""
    pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    rows = ledger.claims(story="ferry")
    pandas_frame, polars_frame = rows.to_pandas(), rows.to_polars()
    assert isinstance(polars_frame, polars.DataFrame)
    assert list(pandas_frame["id"]) == list(polars_frame["id"]) == [claim.id for claim in rows]


def test_rows_inside_rows_are_a_table_of_their_own(ledger: reportedly.Ledger) -> None:
    """The entries of all series, each with its series; a field without rows is refused."""
    pytest.importorskip("pyarrow")
    rows = ledger.figures(story="ferry")
    entries = rows.unnest("entries")
    assert len(entries) == sum(len(row.entries) for row in rows)
    assert set(entries.to_arrow().column("figures_id").to_pylist()) == {row.id for row in rows}
    assert "entries" in rows.inner
    with pytest.raises(KeyError):
        rows.unnest("why")


def test_a_table_in_a_notebook_is_escaped() -> None:
    """Words of a page are words, whatever they look like; a long answer shows its beginning and its number of rows."""
    evil = Problem(code="x", message='<script>alert("x")</script>', document='"><img src=x onerror=alert(1)>')
    page = reportedly.Rows("problems", Problem, [evil] * 1_000)._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<tr>") == 21
    assert "1,000 problems" in page


def test_a_mistake_in_a_question_is_told(ledger: reportedly.Ledger) -> None:
    """A keyword that no question takes, and a day that is none, are errors and no empty answer."""
    with pytest.raises(UsageError, match="as_off"):
        ledger.claims(as_off="2024-11-13")  # type: ignore[call-arg]
    with pytest.raises(BadDateError):
        ledger.claims(as_of="yesterday")


def test_the_brief_and_the_check_are_there_too(ledger: reportedly.Ledger) -> None:
    """A cited report as Markdown and HTML, verdicts on a draft, a claim in its passage, the files of an export."""
    brief = ledger.brief(story="ferry", as_of="2024-11-20")
    assert "Sources" in str(brief)
    assert brief.html.startswith("<!")
    verdicts = ledger.check("Nordland police said on Monday that 26 people were killed.", as_of="2024-11-20")
    assert {row.verdict for row in verdicts} == {"supported"}
    claim = ledger.claims(limit=1)[0]
    assert ledger.show(claim.id[:8]).claim == claim
    assert "claims.csv" in ledger.export("csv")
    assert ledger.changes("2024-11-12", "2024-11-20", story="ferry")
    assert ledger.search("overloaded").to_rows()[0]["document"]


def test_the_package_itself_imports_nothing_heavy() -> None:
    """`import reportedly` is quick; what it offers is imported when it is asked for."""
    code = "import sys, reportedly; assert not {'reportedly.api', 'pyarrow', 'sqlalchemy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "Ledger" in dir(reportedly)
    with pytest.raises(AttributeError):
        reportedly.__getattr__("Ledgers")


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """The script that runs the notebook."""
    import importlib.util  # noqa: PLC0415

    spec = importlib.util.spec_from_file_location("run_notebook", ROOT / "docs" / "run_notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_notebook_runs_cell_by_cell(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell of the worked notebook runs, and shows something where the kept one does."""
    for library in ("pandas", "pyarrow"):
        pytest.importorskip(library)
    monkeypatch.chdir(ROOT)
    kept = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    fresh = json.loads(json.dumps(kept))
    runner.run(fresh)
    shapes = [[[output["output_type"] for output in cell.get("outputs", [])] for cell in book["cells"]] for book in (kept, fresh)]
    assert shapes[0] == shapes[1]
    assert sum(map(len, shapes[0])) >= 8
