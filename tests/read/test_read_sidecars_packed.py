"""Sidecars inside archives: however many there are, and whatever is wrong with them."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator

import pytest

from reportedly.model import Reading
from reportedly.read import read_stream
from reportedly.read.archives import archives
from reportedly.read.archives.archives import Contents, LeftOut, Opened
from reportedly.read.files.members import Member

PAGE = b"Ferry sinks\n\nAt least 12 people drowned, the police said.\n"
NOTE = json.dumps({"publisher": "Morden Post"}).encode()


def packed(kind: str, members: dict[str, bytes]) -> bytes:
    """An archive's bytes."""
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    else:
        with tarfile.open(fileobj=out, mode="w") as archive_of_tape:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive_of_tape.addfile(info, io.BytesIO(content))
    return out.getvalue()


def told(found: list[Reading]) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for reading in found for problem in reading.problems]


def test_a_damaged_sidecar_costs_no_page() -> None:
    """A stream that cannot be unpacked is told with the page that it stands beside."""
    content = bytearray(packed("zip", {"a.txt": PAGE, "a.meta.json": NOTE}))
    place = content.index(b"a.meta.json") + len(b"a.meta.json")
    content[place : place + 4] = b"\xff\xff\xff\xff"  # no kind of block that deflate has (RFC 1951, 3.2.3)
    (page,) = found = list(read_stream(bytes(content), "x.zip"))
    assert page.document is not None
    assert [(code, "a.meta.json cannot be read" in message) for code, message in told(found)] == [("bad-sidecar", True)]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_more_sidecars_than_memory_holds_are_left_out(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are read, with what was noted of the first ones; what is missing of the others is told."""
    monkeypatch.setattr(archives.SidecarsKept, "__init__", limited(2 * len(NOTE)))
    members = {f"{letter}{ending}": content for letter in "abc" for ending, content in ((".txt", PAGE), (".meta.json", NOTE))}
    found = list(read_stream(packed(kind, members), f"x.{kind}"))
    assert [reading.document.publisher for reading in found if reading.document] == ["Morden Post", "Morden Post", None]
    ((code, message),) = told(found)
    assert code == "bad-sidecar"
    assert "c.meta.json cannot be read and was left out: the archive's sidecars hold more than" in message


def limited(left: int) -> Callable[[archives.SidecarsKept], None]:
    """A constructor that lets so many bytes be kept."""

    def make(kept: archives.SidecarsKept) -> None:
        kept.found, kept.left = {}, left

    return make


class Looked(frozenset[str]):
    """Names that count how often somebody goes through them."""

    through = 0

    def __iter__(self) -> Iterator[str]:
        """Once more."""
        Looked.through += 1
        return super().__iter__()


def test_no_sidecar_has_all_names_looked_through() -> None:
    """The time that an archive takes is that of its members, not of their square."""
    names = Looked(f"{number}{ending}" for number in range(50) for ending in (".txt", ".meta.json"))
    contents = Contents.of(names, {})
    before = Looked.through
    member = Member(name="x.zip", stream=io.BufferedReader(io.BytesIO()))
    left_out = LeftOut(archive="x.zip")
    opened = Opened(member=member, contents=contents, left_out=left_out, read=lambda _: iter(()))
    for name in sorted({*names, "lone.meta.json"}):
        assert list(opened.read_entry(name, io.BytesIO)) == []
    assert Looked.through == before
    assert left_out.counts == {"lone-sidecar": 1}
