"""Sources: the same documents from folders, tables and object stores, in batches that a few more files do not upset."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportedly.errors import NoObjectsError
from reportedly.model import Reading
from reportedly.read import read_paths
from reportedly.scale import list_sources, read_source
from reportedly.scale.sources import Batch, cut_batches

if TYPE_CHECKING:
    from tests.scale.conftest import ObjectStore


def read_all(*places: str) -> list[Reading]:
    """Every reading of some places, its moment left out."""
    return [still(reading) for source in list_sources(places) for reading in read_source(source)]


def still(reading: Reading) -> Reading:
    """A reading without its moment."""
    return replace(reading, document=reading.document and replace(reading.document, read_at=""))


def test_folder_gives_what_reading_it_in_one_go_gives(reports: Path) -> None:
    """Names, order, sidecars and problems are those of `read_paths`, whoever reads which file."""
    assert read_all(str(reports)) == [still(reading) for reading in read_paths([reports])]
    missing = str(reports / "missing")
    assert read_all(missing) == list(read_paths([reports / "missing"]))


def test_object_store_gives_the_folder_s_documents(reports: Path, object_store: "ObjectStore") -> None:
    """Pages in a bucket are those of the folder but for their names; what the user logs in with is in no name."""
    for file in reports.rglob("*"):
        if file.is_file():
            object_store.objects[f"flood/{file.relative_to(reports)}"] = file.read_bytes()
    object_store.objects["flood/.hidden/report.txt"] = b"Nobody said so."
    stored = read_all(object_store.address("flood"))
    here = read_all(str(reports))
    assert [reading.text for reading in stored] == [reading.text for reading in here]
    assert [r.document.publisher for r in stored if r.document] == [r.document.publisher for r in here if r.document]
    names = [r.document.name if r.document else r.problems[0].document for r in stored]
    assert names[:2] == ["s3://archive/flood/north/report-1.txt", "s3://archive/flood/north/report-3.txt"]
    assert not any("endpoint" in str(name) for name in names)


def test_one_object_and_none(object_store: "ObjectStore") -> None:
    """A file that is named by its address is read; one that is not there is a problem, a store that is not there an error."""
    object_store.objects["page"] = b"The mayor said that six people were missing."
    (reading,) = read_all(object_store.address("page"))
    assert reading.document is not None
    assert reading.document.name == "s3://archive/page"
    (missing,) = read_all(object_store.address("other"))
    assert [problem.code for problem in missing.problems] == ["no-such-file"]
    with pytest.raises(NoObjectsError, match="cannot read nowhere://bucket"):
        list(list_sources(["nowhere://user:secret@bucket/a"]))


def test_file_address_is_read_like_an_object(reports: Path) -> None:
    """`file://` names every document by its address."""
    names = [reading.document.name for reading in read_all(f"file://{reports}") if reading.document]
    assert names[0] == f"file://{reports}/north/report-1.txt"
    assert len(names) == 9


def test_table_is_read_by_its_row_groups(tmp_path: Path) -> None:
    """Each group is a source of its own, and together they give what the file gives."""
    rows = [{"id": f"wire-{n}", "text": f"Police said {n + 2} people were held.", "publisher": "AP"} for n in range(10)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "wire.parquet", row_group_size=4)
    sources = list(list_sources([str(tmp_path / "wire.parquet")]))
    assert [source.group for source in sources] == [0, 1, 2]
    whole = [still(reading) for reading in read_paths([tmp_path / "wire.parquet"])]
    assert [still(reading) for source in sources for reading in read_source(source)] == whole
    assert [reading.document.name for reading in whole if reading.document] == [f"wire-{n}" for n in range(10)]


def cut(folder: Path, version: str = "1") -> list[Batch]:
    """The batches of a folder."""
    return list(cut_batches(list_sources([str(folder)]), [version]))


def test_few_more_files_change_few_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are found again after a folder grew, and none after the program changed."""
    monkeypatch.chdir(tmp_path)
    folder = Path("pages")  # where batches end rests on the files' addresses
    folder.mkdir()
    for number in range(300):
        (folder / f"page-{number:03}.txt").write_text(f"Officials said {number}.", encoding="utf-8")
    before = cut(folder)
    assert sum(len(batch.sources) for batch in before) == 300
    assert len(before) > 5
    (folder / "page-007a.txt").write_text("Officials said so.", encoding="utf-8")
    after = cut(folder)
    assert len({batch.key for batch in after} - {batch.key for batch in before}) <= 2
    assert not {batch.key for batch in cut(folder, "2")} & {batch.key for batch in after}


def test_files_of_many_documents_do_not_share_a_batch(tmp_path: Path) -> None:
    """Row groups, records and packed files are worked on apart, so that no worker is left with all of them."""
    rows = [{"id": f"wire-{n}", "text": f"Police said {n + 2} people were held."} for n in range(12)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "b.parquet", row_group_size=2)
    for name in ("a.jsonl", "c.warc.gz", "d.zip", "e.csv", "f.tsv", "g.json"):
        (tmp_path / name).write_bytes(b"")
    batches = cut(tmp_path)
    assert [len(batch.sources) for batch in batches] == [1] * 12
    assert len({batch.key for batch in batches}) == 12


def test_changed_file_or_sidecar_is_another_batch(reports: Path) -> None:
    """What was done for an earlier state of a file is not taken for it."""
    first = {batch.key for batch in cut(reports)}
    (reports / "report-0.meta.json").write_text('{"publisher": "Varn Herald"}', encoding="utf-8")
    second = {batch.key for batch in cut(reports)}
    assert first != second
    assert {batch.key for batch in cut(reports)} == second
