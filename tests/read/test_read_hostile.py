"""Files made to do harm: each is read in bounded time and memory, and a problem says what was done."""

import gzip
import io
import os
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk
from reportedly.model import Reading
from reportedly.read import read_paths, read_stream
from reportedly.read.files import members as members_module
from reportedly.read.readers import pdf as pdf_module

SECONDS_MOST = 30.0  # of computing; each of these takes one or two
MEGABYTES_MOST = 150  # over the bytes of the file itself, which the test holds


def codes(found: list[Reading]) -> list[str]:
    return [problem.code for reading in found for problem in reading.problems]


def names(found: list[Reading]) -> list[str]:
    return [reading.document.name for reading in found if reading.document]


def bounded(content: bytes, name: str) -> list[Reading]:
    """The readings of some bytes, held to their time."""
    started = time.process_time()
    found = list(read_stream(content, name))
    assert time.process_time() - started < SECONDS_MOST
    return found


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<p><b><i>", "<a href=x>y"])
def test_markup_that_nests_without_end_is_a_problem(unit: str) -> None:
    """A hundred thousand elements inside one another, whatever they are."""
    page = ("<html><body>" + unit * (100_000 // unit.count("<")) + "The police said on Monday that 3 people died.").encode()
    assert codes(bounded(page, "deep.html")) == ["too-large"]
    mail = b"From: a@b.example\nMessage-ID: <1>\nContent-Type: text/html\n\n" + page
    assert codes(bounded(mail, "deep.eml")) in (["no-text"], ["no-article"], [])


def test_two_hundred_megabytes_of_markup_are_a_problem(tmp_path: Path) -> None:
    """They are not parsed."""
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"<p>The police said on Monday that 3 people died.</p>" * 20_000)
    started = time.process_time()
    assert codes(list(read_paths([path]))) == ["too-large"]
    assert time.process_time() - started < SECONDS_MOST


def test_a_member_that_unpacks_to_thousands_of_times_its_size_is_left_out(make: Any) -> None:
    """The other members are read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.txt", "w", force_zip64=True) as bomb:
            for _ in range(300):
                bomb.write(bytes(1_000_000))
        archive.writestr("sound.txt", make.TEXT)
    found = bounded(made.getvalue(), "a.zip")
    assert codes(found) == ["too-large"]
    assert names(found) == ["a.zip!sound.txt"]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.warc.gz", "a.tar.gz"])
def test_what_a_file_unpacks_to_is_bounded_as_a_whole(make: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """However the bytes are divided; and the memory does not grow with them."""
    monkeypatch.setattr(members_module, "_UNPACKED_LEAST", 20_000_000)
    filling = bytes(60_000_000)
    start = {
        "a.warc.gz": b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 60000000\r\n\r\n",
        "a.tar.gz": make.tarred({"a.txt": make.TEXT.encode()})[:1024],
    }.get(name, b"")
    content = gzip.compress(start + filling, 1)
    del filling
    tracemalloc.start()
    found = bounded(content, name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too-large" in codes(found) or name == "a.tar.gz"  # zeros end a tar archive
    assert peak < MEGABYTES_MOST * 1_000_000


def test_archives_that_hold_one_another_many_times_share_their_bound(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a bomb of archives inside archives would use each one's own."""
    monkeypatch.setattr(members_module, "_UNPACKED_LEAST", 50_000)
    monkeypatch.setattr(members_module, "_UNPACKED_RATIO", 1)
    inner = make.zipped({f"{place}.txt": (make.TEXT * 9).encode() for place in range(10)})
    found = bounded(make.zipped({f"{place}.zip": inner for place in range(10)}), "a.zip")
    assert "too-large" in codes(found)
    assert 10 < len(names(found)) < 20


def test_names_and_links_that_lead_out_of_an_archive_are_left_out(make: Any) -> None:
    """Nothing is written anyway; and what they name is not read."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in ("../../etc/cron.txt", "/abs.txt", "a\\..\\..\\b.txt", "C:/d.txt", "sound.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(make.TEXT.encode())
            archive.addfile(info, io.BytesIO(make.TEXT.encode()))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"special{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = bounded(made.getvalue(), "a.tar")
    assert names(found) == ["a.tar!sound.txt"]
    assert codes(found) == ["unsafe-member"]
    assert "8 of its members" in found[-1].problems[0].message
    assert codes(bounded(make.zipped({"../a.txt": b"x", "b/../../c.txt": b"y"}), "a.zip")) == ["unsafe-member"]


def test_a_header_that_claims_a_gigabyte_is_not_read() -> None:
    """tarfile would read it whole."""
    info = tarfile.TarInfo("x")
    info.type, info.size = b"x", 900_000_000
    found = bounded(gzip.compress(info.tobuf() + bytes(20_000_000)), "a.tar.gz")
    assert codes(found) == ["bad-archive"]


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_crawl_cut_in_the_middle_of_a_record_gives_what_stands_before(make: Any, at: float) -> None:
    """Packed or not, with a problem that says after how many records."""
    addresses = [f"https://g.example/{number}" for number in range(20)]
    for packed, name in ((True, "a.warc.gz"), (False, "a.warc")):
        whole = make.warc(addresses, packed=packed)
        found = bounded(whole[: int(at * len(whole))], name)
        assert codes(found) == ["bad-archive"]
        assert abs(len(names(found)) - 20 * at) <= 2


@pytest.mark.parametrize("cut", ["a.zip", "a.tar", "a.tar.gz", "a.wacz"])
def test_a_cut_archive_is_a_problem(make: Any, cut: str) -> None:
    """Never silence."""
    members = {f"{number}.txt": os.urandom(400).hex().encode() + make.TEXT.encode() for number in range(9)}
    whole = {
        "a.zip": make.zipped(members),
        "a.tar": make.tarred(members),
        "a.tar.gz": make.tarred(members, "w:gz"),
        "a.wacz": make.zipped(members),
    }
    found = bounded(whole[cut][: len(whole[cut]) * 2 // 3], cut)
    assert {"bad-archive", "bad-gzip"} & set(codes(found))


def _form(place: int, calls: int) -> bytes:
    drawn = b"/F Do " * calls
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >> /Length %d >>" % (place, len(drawn))
    return head + b"\nstream\n" + drawn + b"\nendstream"


def _pages(kids: bytes = b"3 0 R") -> list[bytes]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count 1 >>" % kids,
        page,
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]


@pytest.mark.parametrize(
    "objects",
    [
        pytest.param(_pages(b"2 0 R"), id="pages that hold themselves"),
        pytest.param([*_pages(), _form(5, 2)], id="a form that draws itself"),
        pytest.param([*_pages(), *(_form(place + 1, 10) for place in range(5, 40))], id="forms that draw one another"),
    ],
)
def test_a_pdf_with_loops_ends(make: Any, monkeypatch: pytest.MonkeyPatch, objects: list[bytes]) -> None:
    """The process that reads it is stopped; the program goes on."""
    monkeypatch.setattr(pdf_module, "_SECONDS_MOST", 6)
    assert codes(list(read_stream(make.pdf_file(objects), "a.pdf"))) in (["bad-pdf"], ["no-text"])


def test_a_feed_with_an_entity_bomb_is_read_without_them(make: Any) -> None:
    """No entity is expanded, nor a file fetched for one."""
    chain = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{chain}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    item = make.rss_item(1).replace("</title>", " &e12;&file;</title>")
    found = bounded(make.rss([item], head=bomb), "a.rss")
    assert codes(found) == ["entities-left-out"]
    assert found[-1].articles[0].title == make.TITLE


def test_mixed_encodings_and_nul_bytes_are_told(make: Any) -> None:
    """Bytes of several encodings in one file, and bytes that are no text at all."""
    mixed = make.TEXT.encode() + "Bjørn sa: ".encode("latin-1") * 3 + "Привет".encode("cp1251") * 40
    found = bounded(mixed, "a.txt")
    assert names(found) == ["a.txt"]
    assert codes(found) == ["guessed-encoding"]
    assert codes(bounded(make.TEXT.replace(" ", "\0").encode(), "a.txt")) == ["binary-file"]
    few = make.TEXT.replace("ferry", "fer\0ry").encode()
    assert bounded(few, "a.txt")[0].text == few.decode()


def test_a_file_name_that_is_no_utf8_is_shown_as_escapes_and_kept(make: Any, tmp_path: Path) -> None:
    """On the disk and in an archive; the ledger takes it."""
    raw = os.fsencode(tmp_path) + b"/f\xe4hre\n.txt"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123 - the name is bytes
            file.write(make.TEXT.encode())
    except OSError:
        pytest.skip("this file system takes no such names")
    found = list(read_paths([tmp_path]))
    assert codes(found) == ["bad-name"]
    assert names(found) == [f"{tmp_path}/f\\xe4hre\\n.txt"]
    with Desk(tmp_path / "ledger.db", create=True) as desk:
        assert desk.add([tmp_path]).added == 1
    assert names(bounded(make.tarred({"f\udce4hre.txt": make.TEXT.encode()}), "a.tar")) == ["a.tar!f\\xe4hre.txt"]


def test_mime_that_nests_without_end_is_a_problem() -> None:
    """Multiparts inside one another, and many lines held against many boundaries."""
    nested = b"Message-ID: <1>\n" + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000))
    assert codes(bounded(nested, "a.eml")) == ["bad-mail"]
    some = b"Message-ID: <1>\n" + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(90))
    assert codes(bounded(some + b"x\n" * 2_000_000, "a.eml")) == ["bad-mail"]


def test_memory_does_not_grow_with_a_crawl(make: Any, tmp_path: Path) -> None:
    """Ten times the records need no more memory."""

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.warc.gz"
        record = gzip.compress(make.warc_record("metadata", "https://g.example/", os.urandom(20_000)))
        path.write_bytes(record * count + make.warc(["https://g.example/1"]))
        tracemalloc.start()
        assert len(names(list(read_paths([path])))) == 1
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(2_000) < peak(200) + 3_000_000


def test_a_page_of_a_cyclic_or_strange_archive_never_raises(make: Any) -> None:
    """Archives whose first bytes lie about them."""
    lying: Callable[[str], list[Reading]] = lambda name: bounded(make.html_page(), name)  # noqa: E731
    for name in ("a.zip", "a.tar", "a.warc", "a.wacz", "a.pdf", "a.eml", "a.rss"):
        assert codes(lying(name)), name
