"""Every format that is read, from files made on the fly: what becomes of names, addresses, dates and text."""

import gzip
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from reportedly.model import Reading
from reportedly.read import read_paths, read_stream


def readings(content: bytes, name: str) -> list[Reading]:
    return list(read_stream(content, name))


def codes(found: list[Reading]) -> list[str]:
    return [problem.code for reading in found for problem in reading.problems]


def names(found: list[Reading]) -> list[str]:
    return [reading.document.name for reading in found if reading.document]


def test_every_specimen_is_read_by_its_name_and_by_its_bytes_alone(make: Any) -> None:
    """The same texts come out, whether an ending tells the format or not."""
    for name, content in make.specimens().items():
        named, sniffed = readings(content, name), readings(content, "-")
        assert names(named), name
        assert codes(named) == codes(sniffed) == [], name
        assert [reading.text for reading in named] == [reading.text for reading in sniffed], name


def test_a_pdf_gives_a_paragraph_a_line(make: Any) -> None:
    """Lines are joined, a divided word made whole, the head that runs through the pages and its number left out."""
    page = [
        (72, 700, 18, "Ferry sinks off Aland"),
        (72, 670, 11, "The coast guard said on Monday that 12 people had been pulled from the wa-"),
        (72, 656, 11, "ter after the ferry went down off the island, and that the search would go on"),
        (72, 642, 11, "through the night."),
        (72, 612, 11, "A spokeswoman for the line said the vessel had carried 48 passengers and nine"),
    ]
    last = [(72, 700, 11, "crew, and that all of them had been counted twice."), (72, 660, 11, "Divers go down to the wreck on Tuesday.")]
    running = [[(72, 760, 9, "The Gazette"), (300, 30, 9, f"Page {number}")] for number in (1, 2, 3)]
    content = make.pdf(
        [[*running[0], *page], [*running[1], *last], [*running[2], (72, 700, 11, "No more was known at the time of going to press.")]]
    )
    (reading,) = readings(content, "a.pdf")
    first = (
        "The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down off the island, and that "
    )
    assert reading.text.split("\n") == [
        "Ferry sinks off Aland",
        f"{first}the search would go on through the night.",
        "A spokeswoman for the line said the vessel had carried 48 passengers and nine crew, and that all of them had been counted twice.",
        "Divers go down to the wreck on Tuesday.",
        "No more was known at the time of going to press.",
    ]


def test_kerned_letters_of_a_pdf_stand_once(make: Any) -> None:
    """Browsers draw "Ta" in two pieces that overlap; lines that nearly touch give each its own words."""
    page = [(72, 700, 18, "T"), (81, 700, 18, "alvik mine"), (72, 684, 18, "W"), (87, 684, 18, "ater rose by two metres")]
    (reading,) = readings(make.pdf([page]), "a.pdf")
    assert " ".join(reading.text.split()) == "Talvik mine Water rose by two metres"


def test_what_a_browser_prints_in_the_margin_tells_of_the_page_and_is_no_text(make: Any) -> None:
    """Title and address are the document's; the day of printing is nobody's."""
    margin = [(40, 770, 8, "11/22/2031, 10:20 PM"), (300, 770, 8, "Quarry slide kills nine | Orlen Post")]
    foot = [(40, 20, 8, "https://post.example/2031/03/08/quarry"), (550, 20, 8, "1/1")]
    body = [(72, 700 - 14 * number, 11, words) for number, words in enumerate(make.PARAGRAPHS)]
    (reading,) = readings(make.pdf([[*margin, *body, *foot]]), "a.pdf")
    assert " ".join(reading.text.split()) == " ".join(make.PARAGRAPHS)
    assert reading.document is not None
    assert (reading.document.title, reading.document.url) == (
        "Quarry slide kills nine | Orlen Post",
        "https://post.example/2031/03/08/quarry",
    )


def test_an_address_and_a_day_of_a_release_stay(make: Any) -> None:
    """Without the number of pages or the moment of printing no browser printed them."""
    body = [(72, 700, 11, make.PARAGRAPHS[0]), (72, 60, 11, "https://ministry.example/press")]
    (reading,) = readings(make.pdf([body]), "a.pdf")
    assert reading.text.endswith("https://ministry.example/press")


def test_columns_of_a_pdf_are_not_read_across(make: Any) -> None:
    """Words at one height stand apart where a column lies between them."""
    left = [
        (60, 700 - 14 * place, 10, words)
        for place, words in enumerate(["The ferry left at noon and", "was seen for the last time", "off the cape."])
    ]
    right = [(330, 700 - 14 * place, 10, words) for place, words in enumerate(["Trains were late on the", "coast line all day."])]
    (reading,) = readings(make.pdf([[*left, *right]]), "a.pdf")
    assert reading.text.split("\n") == [
        "The ferry left at noon and was seen for the last time off the cape.",
        "Trains were late on the coast line all day.",
    ]


def test_scanned_pages_are_named_with_what_to_do(make: Any) -> None:
    """A picture without a text layer is a problem that names OCR; the pages that have text are read."""
    (scan,) = readings(make.pdf([[]], pictures=[0]), "a.pdf")
    assert codes([scan]) == ["scanned-page"]
    assert "OCR" in scan.problems[0].message
    (half,) = readings(make.pdf([[(72, 700, 11, make.PARAGRAPHS[1])], []], pictures=[1]), "a.pdf")
    assert half.document is not None
    assert codes([half]) == ["scanned-page"]
    assert "(2)" in half.problems[0].message


def test_a_missing_library_is_named(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra a PDF is a problem that says what to install, and nothing else changes."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    (reading,) = readings(make.pdf([[]]), "a.pdf")
    assert codes([reading]) == ["missing-extra"]
    assert "reportedly[formats]" in reading.problems[0].message


def test_a_newsletter_is_dated_and_signed_by_its_header(make: Any) -> None:
    """The words of the HTML a block a line, what is hidden left out; attachments are documents of their own."""
    letter, attached = readings(make.mail(attached={"more.txt": make.TEXT.encode(), "logo.png": b"\x89PNG"}), "a.eml")
    assert letter.text.split("\n") == [make.TITLE, *make.PARAGRAPHS]
    assert letter.document is not None
    assert letter.document.publisher == "The Gazette Morning Briefing"
    assert letter.articles[0].published is not None
    assert letter.articles[0].published.first == "2031-05-03T06:15:00+02:00"
    assert names([attached]) == ["a.eml!more.txt"]


def test_a_plain_mail_is_read_with_flowed_lines_joined() -> None:
    """A line that ends in a blank goes on in the next (RFC 3676), and encoded words of a header are read."""
    content = (
        b"From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?q?F=C3=A4hre?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nThe ferry sank at \r\nnoon, police said.\r\n\r\nNobody died.\r\n"
    )
    (reading,) = readings(content, "a.eml")
    assert reading.text == "F\xe4hre\nThe ferry sank at noon, police said.\n\nNobody died."


def test_a_page_saved_as_one_file_keeps_its_address_and_when_it_was_saved(make: Any) -> None:
    """MHTML says where it came from; its styles and pictures are left aside."""
    (reading,) = readings(make.mhtml(), "a.mhtml")
    assert reading.document is not None
    assert (reading.document.url, reading.document.media_type) == ("https://gazette.example/ferry", "text/html")
    assert reading.document.fetched == "Tue, 03 May 2031 08:00:00 -0000"
    assert "color" not in reading.text


def test_entries_of_a_feed_are_documents_and_cut_summaries_teasers(make: Any) -> None:
    """Each has its own address, date and outlet."""
    full, cut = readings(make.rss([make.rss_item(1), make.rss_item(2, full=False)]), "a.rss")
    assert names([full, cut]) == ["a.rss!https://gazette.example/1", "a.rss!https://gazette.example/2"]
    assert [article.kind for article in (*full.articles, *cut.articles)] == ["article", "teaser"]
    assert full.articles[0].published is not None
    assert full.articles[0].published.first == "2031-05-02T10:11:12+00:00"
    assert full.document is not None
    assert full.document.publisher == "The Gazette"
    (entry,) = readings(make.atom(), "a.atom")
    assert entry.text == full.text


def test_an_aggregator_s_entry_is_of_the_outlet_that_it_names(make: Any) -> None:
    """RSS's `source` wins over the feed's own title; characters of HTML are read in a feed that names them."""
    item = make.rss_item(1).replace("Ida Holm", "Zo&eacute;") + "<source url='https://coast.example/'>Coast Herald</source>"
    (reading,) = readings(make.rss([item]), "a.xml")
    assert reading.document is not None
    assert reading.document.publisher == "Coast Herald"


def test_xml_that_is_no_feed_is_left_out() -> None:
    """As a sitemap."""
    assert codes(readings(b"<?xml version='1.0'?><urlset><url/></urlset>", "a.xml")) == ["unsupported-format"]


def test_a_crawl_gives_its_pages_with_address_and_time(make: Any) -> None:
    """Requests, redirects and robots.txt give nothing; pictures and errors are counted."""
    records = [
        make.warc_record("response", "https://g.example/old", make.http_answer(b"", status="301 Moved", more="Location: /\r\n")),
        make.warc_record("response", "https://g.example/robots.txt", make.http_answer(b"User-agent: *", "text/plain")),
        make.warc_record("response", "https://g.example/gone", make.http_answer(make.html_page(), status="404 Not Found")),
        make.warc_record("response", "https://g.example/a.png", make.http_answer(b"\x89PNG", "image/png")),
        make.warc_record("revisit", "https://g.example/", b""),
    ]
    content = make.warc(["https://g.example/1"], packed=False) + b"".join(records)
    found = readings(content, "a.warc")
    assert names(found) == ["a.warc!20310503080000/https://g.example/1"]
    assert found[0].document is not None
    assert (found[0].document.url, found[0].document.fetched) == ("https://g.example/1", "2031-05-03T08:00:00Z")
    assert codes(found) == ["error-page", "unsupported-format"]
    assert readings(gzip.compress(content), "a.warc.gz")[0].text == found[0].text


@pytest.mark.parametrize("coding", ["chunked", "gzip", "deflate", "both"])
def test_codings_of_an_answer_are_undone(make: Any, coding: str) -> None:
    """As servers send pages and crawlers keep them."""
    import zlib  # noqa: PLC0415

    page = make.html_page()
    packed = gzip.compress(page) if coding in ("gzip", "both") else zlib.compress(page) if coding == "deflate" else page
    more = "" if coding == "chunked" else f"Content-Encoding: {'gzip' if coding == 'both' else coding}\r\n"
    if coding in ("chunked", "both"):
        halves = [packed[:100], packed[100:]]
        packed = b"".join(b"%x\r\n%b\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"
        more += "Transfer-Encoding: chunked\r\n"
    record = make.warc_record("response", "https://g.example/", make.http_answer(packed, more=more))
    (reading,) = readings(record, "a.warc")
    assert reading.text == readings(page, "a.html")[0].text


@pytest.mark.parametrize(("coding", "package"), [("br", "brotli"), ("zstd", "zstandard")])
def test_newer_codings_are_undone_by_the_extra(make: Any, monkeypatch: pytest.MonkeyPatch, coding: str, package: str) -> None:
    """With the package the page is read, without it the problem names the coding and the extra; damaged bytes are one too."""
    library = pytest.importorskip(package, reason=f"{package} comes with the extra `formats`")
    page = make.html_page()
    answer = make.http_answer(library.compress(page), more=f"Content-Encoding: {coding}\r\n")
    record = make.warc_record("response", "https://g.example/", answer)
    (reading,) = readings(record, "a.warc")
    assert reading.text == readings(page, "a.html")[0].text
    broken = make.warc_record("response", "https://g.example/", make.http_answer(b"\x07abc", more=f"Content-Encoding: {coding}\r\n"))
    assert codes(readings(broken, "a.warc")) == ["bad-record"]
    monkeypatch.setitem(sys.modules, package, None)
    (reading,) = readings(record, "a.warc")
    (problem,) = reading.problems
    assert problem.code == "bad-record"
    assert coding in problem.message
    assert "reportedly[formats]" in problem.message


def test_the_encoding_that_a_server_declares_is_used(make: Any) -> None:
    """A page that says nothing of its own encoding is read by the answer's header."""
    page = make.html_page(paragraphs=["Пожар на складе потушен, сообщили в службе спасения в понедельник вечером."]).replace(
        b"<meta charset='utf-8'>", b""
    )
    body = page.decode().encode("koi8-r")
    (reading,) = readings(make.warc_record("response", "https://g.example/", make.http_answer(body, "text/html; charset=koi8-r")), "a.warc")
    assert "Пожар на складе" in reading.text
    assert "guessed-encoding" not in codes([reading])


def test_a_web_archive_is_read_by_its_crawls_alone(make: Any) -> None:
    """Its list of pages is JSON Lines, and no document."""
    found = readings(make.wacz(make.warc(["https://g.example/1"])), "a.wacz")
    assert names(found) == ["a.wacz!archive/data.warc.gz!20310503080000/https://g.example/1"]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("name", "mode"), [("a.zip", ""), ("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.tar.xz", "w:xz")]
)
def test_members_of_an_archive_are_documents_with_their_sidecars(make: Any, name: str, mode: str) -> None:
    """In the archive's order, wherever the sidecar stands; hidden files are passed over, other kinds counted."""
    members = {
        "b/second.meta.json": b'{"published": "2031-05-04", "publisher": "UPI"}',
        "first.txt": make.TEXT.encode(),
        "b/second.html": make.html_page(),
        "b/.hidden.txt": b"no",
        "__MACOSX/b/second.html": b"no",
        "photo.png": b"\x89PNG",
        "inner.zip": make.zipped({"third.txt": make.TEXT.encode()}),
        "lone.meta.json": b"{}",
    }
    found = readings(make.tarred(members, mode) if mode else make.zipped(members), name)
    assert names(found) == [f"{name}!first.txt", f"{name}!b/second.html", f"{name}!inner.zip!third.txt"]
    assert found[1].articles[0].outlet == "UPI"
    assert sorted(codes(found)) == ["lone-sidecar", "unsupported-format"]


def test_one_bad_member_does_not_stop_the_others(make: Any) -> None:
    """Damage to a member is told with its name."""
    made = bytearray(make.zipped({"a.txt": make.TEXT.encode(), "b.txt": make.TEXT.encode() * 2}, zipfile.ZIP_STORED))
    made[60] ^= 0xFF
    found = readings(bytes(made), "heap.zip")
    assert codes(found) == ["bad-archive"]
    assert found[0].problems[0].document == "heap.zip!a.txt"
    assert names(found) == ["heap.zip!b.txt"]


def test_names_that_an_old_program_wrote_in_utf8_are_read_so(make: Any) -> None:
    """Without the mark for UTF-8 the specification has another encoding; most programs wrote UTF-8 all the same."""
    made = make.zipped({"f\xe4hre.txt": make.TEXT.encode()})
    unmarked = made.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
    )
    assert unmarked != made
    assert names(readings(unmarked, "a.zip")) == ["a.zip!f\xe4hre.txt"]


def test_the_folder_of_a_page_that_was_saved_whole_is_passed_over(make: Any, tmp_path: Path) -> None:
    """The frames and scripts inside are no pages; the address that the browser noted is the page's own."""
    mark = b"<!-- saved from url=(0027)https://gazette.example/f1 -->"
    (tmp_path / "Ferry.html").write_bytes(make.html_page().replace(b"<html>", mark + b"<html>"))
    for folder in ("Ferry_files", "Ferry-Dateien", "Other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_bytes(make.html_page())
    found = list(read_paths([tmp_path]))
    assert [Path(name).name for name in names(found)] == ["Ferry.html", "frame.html"]
    assert found[0].document is not None
    assert found[0].document.url == "https://gazette.example/f1"
    members = {"Ferry.html": make.html_page(), "Ferry_files/frame.html": make.html_page()}
    assert names(readings(make.zipped(members), "a.zip")) == ["a.zip!Ferry.html"]


def test_an_archive_from_a_pipe_is_read_like_one_from_the_disk(make: Any, tmp_path: Path) -> None:
    """Whether the bytes can be read twice or not."""
    content = make.tarred({"a.txt": make.TEXT.encode(), "in.tar.gz": make.tarred({"b.txt": make.TEXT.encode()}, "w:gz")}, "w:gz")
    path = tmp_path / "heap.tgz"
    path.write_bytes(content)
    assert [name.removeprefix(f"{tmp_path}/") for name in names(list(read_paths([path])))] == ["heap.tgz!a.txt", "heap.tgz!in.tar.gz!b.txt"]
    assert names(readings(content, "heap.tgz")) == ["heap.tgz!a.txt", "heap.tgz!in.tar.gz!b.txt"]


def test_the_same_page_is_the_same_document_wherever_it_lies(make: Any) -> None:
    """A document's id is that of its bytes, address and publisher, not of its path."""
    plain, packed = readings(make.TEXT.encode(), "a.txt"), readings(make.zipped({"x/y.txt": make.TEXT.encode()}), "b.zip")
    assert plain[0].document is not None
    assert packed[0].document is not None
    assert plain[0].document.id == packed[0].document.id


def test_archives_are_opened_to_a_depth(make: Any) -> None:
    """What lies deeper is said so."""
    content = make.TEXT.encode()
    for _ in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.zip" if content.startswith(b"PK") else "a.txt", content)
        content = buffer.getvalue()
    assert codes(readings(content, "a.zip")) == ["bad-archive"]
