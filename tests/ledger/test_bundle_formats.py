"""Formats of bundles: older ones are taken in, newer ones refused, and none bears a number whose readers would lose something."""

import dataclasses
import json
import typing
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.errors import UnreadableError
from reportedly.ledger import make_judgement, open_ledger
from reportedly.ledger.bundles.bundling import bundle_bytes, read_bundle
from reportedly.ledger.bundles.formats import NEWEST, check_format
from reportedly.ledger.bundles.parcel import Tombstone
from reportedly.ledger.documents.entry import Version
from reportedly.ledger.store import LedgerStore
from reportedly.model import Article, Claim, Correction, Document, Extraction, Interval, Judgement, Problem

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

OLDER = Path(__file__).parent / "bundles" / "format-1.zip"  # as a version wrote it that knew no places of figures
FIELDS = Path(__file__).parent / "bundles" / "fields.json"
CARRIED = (Document, Article, Claim, Problem, Judgement, Version, Tombstone)


@pytest.fixture
def store(tmp_path: Path) -> typing.Iterator[LedgerStore]:
    """An empty ledger."""
    with open_ledger(tmp_path / "new.db", create=True) as made:
        yield made


def manifest(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def written(store: LedgerStore, path: Path) -> Any:
    """The name of the format of what a ledger hands over."""
    path.write_bytes(bundle_bytes(store.pack(), texts=True))
    return manifest(path)["format"]


def renamed(path: Path, name: object) -> Path:
    """The older bundle under the name of another format."""
    with zipfile.ZipFile(OLDER) as older, zipfile.ZipFile(path, "w") as newer:
        for member in older.namelist():
            content = older.read(member)
            newer.writestr(member, json.dumps(manifest(OLDER) | {"format": name}) if member == "manifest.json" else content)
    return path


def test_a_bundle_of_the_first_format_is_taken_in(store: LedgerStore) -> None:
    """Documents, claims, a correction and one that was taken back, of a version without places of figures: all of it holds."""
    merged = store.merge(read_bundle(OLDER, {}), by="Bo", reason="joint desk")
    assert (merged.documents, merged.added, merged.claims, merged.judgements, merged.undone, merged.waiting) == (2, 2, 5, 2, 1, 0)
    assert not [row for row in store.verify() if not row.holds]
    figures = [(figure.measure, figure.low, figure.place) for stored in store.all_claims() for figure in stored.claim.figures]
    assert sorted(figures) == [
        ("killed", Decimal(12), None),
        ("killed", Decimal(17), None),
        ("missing", Decimal(9), None),
        ("rescued", Decimal(40), None),
    ]
    assert [c.claim.place for c in store.holdings().claims if c.claim.figures and c.claim.figures[0].low == Decimal(12)] == [
        "Strait of Morden"
    ]
    assert store.problems() == ()


def test_what_an_older_desk_knows_goes_back_to_it(store: LedgerStore, tmp_path: Path) -> None:
    """Handed on unchanged, it bears the older number, though this version has fields that say nothing of it."""
    store.merge(read_bundle(OLDER, {}), by="Bo", reason="joint desk")
    back = tmp_path / "back.zip"
    assert written(store, back) == "reportedly-bundle/1" == manifest(OLDER)["format"]
    again = store.merge(read_bundle(back, {}), by="Cy", reason="back")
    assert (again.added, again.claims, again.judgements, again.undone) == (0, 0, 0, 0)


def test_what_an_older_desk_would_drop_is_kept_from_it(store: LedgerStore, press: Press, tmp_path: Path) -> None:
    """A figure's own place raises the number."""
    reading, (made,) = press.report()
    assert written(store, tmp_path / "empty.zip") == "reportedly-bundle/1"
    claims = tuple(replace(c, figures=tuple(replace(figure, place="Ufer") for figure in c.figures)) for c in made.claims)
    store.put(reading, [Extraction(claims=claims, extractor="rules/2")])
    assert written(store, tmp_path / "place.zip") == "reportedly-bundle/2"
    assert [c.claim.figures[0].place for c in read_all(tmp_path / "place.zip", tmp_path) if c.claim.figures] == ["Ufer"]


def read_all(path: Path, folder: Path) -> tuple[Any, ...]:
    """The claims of a ledger that took a bundle in."""
    with open_ledger(folder / "other.db", create=True) as other:
        other.merge(read_bundle(path, {}), by="Bo", reason="joint desk")
        return other.all_claims()


def test_a_translation_and_a_removal_are_kept_from_it_too(store: LedgerStore, press: Press, tmp_path: Path) -> None:
    """What a person put into other words, and what has to go wherever the bundle goes."""
    store.put(*press.report("a.txt"))
    first = min(stored.claim.id for stored in store.all_claims())
    words = {"translation": {"text": "They drowned.", "by": "Ann"}}
    store.judge(make_judgement(store, Correction(kind="amend", targets=(first,), by="Ann", reason="read it", changes=words)))
    assert written(store, tmp_path / "translated.zip") == "reportedly-bundle/2"
    with open_ledger(tmp_path / "third.db", create=True) as other:
        other.put(*press.report("b.txt"))
        other.remove(other.find_document("b.txt"), "court order")
        assert written(other, tmp_path / "removed.zip") == "reportedly-bundle/2"


def test_a_newer_format_is_refused_with_what_to_do(store: LedgerStore, tmp_path: Path) -> None:
    """Nothing of it is read: a field that this version does not know would be lost without a word."""
    newer = renamed(tmp_path / "newer.zip", f"reportedly-bundle/{NEWEST + 1}")
    with pytest.raises(UnreadableError, match=rf"newer version of reportedly wrote it, in bundle format {NEWEST + 1}.*update reportedly"):
        read_bundle(newer, store.texts())


@pytest.mark.parametrize("name", ["reportedly-bundle/0", "reportedly-bundle/01", "reportedly-bundle/1.5", "reportedly", "", None, 2, ["x"]])
def test_the_name_of_no_format_is_no_bundle(name: object, tmp_path: Path) -> None:
    """A number is written one way alone."""
    with pytest.raises(UnreadableError, match=r"no whole bundle: .* is the name of no bundle format"):
        read_bundle(renamed(tmp_path / "odd.zip", name), {})


@pytest.mark.parametrize("number", range(1, NEWEST + 1))
def test_every_format_up_to_the_newest_is_read(number: int) -> None:
    """And none is forgotten when another comes."""
    assert check_format(f"reportedly-bundle/{number}") == number


def fields_of(kind: Any, found: dict[str, list[str]]) -> None:
    """The names of a record's fields, and of all records inside it."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind.__name__ not in found:
        found[kind.__name__] = sorted(field.name for field in dataclasses.fields(kind))
        for hint in typing.get_type_hints(kind).values():
            fields_of(hint, found)
    for inner in typing.get_args(kind):
        fields_of(inner, found)


def test_a_new_field_takes_a_new_number() -> None:
    """Whoever gives a record in bundles another field says in `formats.py` since which format it is there, then lists it here."""
    found: dict[str, list[str]] = {}
    for kind in CARRIED:
        fields_of(kind, found)
    assert Interval.__name__ in found
    assert {"format": NEWEST, "fields": found} == json.loads(FIELDS.read_text("utf-8"))
