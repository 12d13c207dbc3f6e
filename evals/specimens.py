"""Makes small files in every format that is read, for tests and for fuzzing: nothing in them is anyone else's."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

TITLE = "Ferry sinks off Aland"
PARAGRAPHS = (
    "MARIEHAMN, May 2 — The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down.",
    "A spokeswoman for the shipping line, Maria Lindqvist, said the vessel had carried 48 passengers and a crew of nine.",
    "Divers were to go down to the wreck on Tuesday, according to the harbour master, if the wind allowed it.",
)
TEXT = "\n\n".join((TITLE, *PARAGRAPHS)) + "\n"


def html_page(title: str = TITLE, paragraphs: Sequence[str] = PARAGRAPHS, head: str = "") -> bytes:
    """A saved page."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]], pictures: Sequence[int] = ()) -> bytes:
    """A PDF.

    Args:
        pages: for each page lines of (x, y, size, words), in points.
        pictures: numbers of the pages, from 0, that show a picture.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
        b"stream\nx\nendstream"
    )
    kids = []
    for number, lines in enumerate(pages):
        shown = [f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(words)}) Tj" for x, y, size, words in lines]
        drawn = "\nq 400 0 0 400 72 72 cm /I1 Do Q" if number in pictures else ""
        stream = ("BT\n" + "\n".join(shown) + "\nET" + drawn).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return pdf_file(objects)


def pdf_file(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalog."""
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, start,
    )  # fmt: skip


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def mail(
    subject: str = TITLE, paragraphs: Sequence[str] = PARAGRAPHS, *, html: bool = True, attached: Mapping[str, bytes] | None = None
) -> bytes:
    """A newsletter: plain text, HTML beside it, and attachments by name."""
    message = EmailMessage()
    message["From"] = "The Gazette Morning Briefing <briefing@gazette.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 03 May 2031 06:15:00 +0200"
    message["Message-ID"] = "<1@gazette.example>"
    message.set_content("\n\n".join(paragraphs) + "\n")
    if html:
        cells = "".join(f"<tr><td><p>{words}</p></td></tr>" for words in paragraphs)
        message.add_alternative(
            f"<html><body><div style='display:none'>Preview of the day&#847;&#8203;</div><table><tr><td><h1>{subject}</h1></td></tr>{cells}"
            "</table><script>track()</script></body></html>",
            subtype="html",
        )
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mhtml(page: bytes | None = None) -> bytes:
    """A page saved as one file."""
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/ferry\r\nSubject: Ferry\r\n"
        b"Date: Tue, 03 May 2031 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b--"\r\n\r\n----b--\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: binary\r\nContent-Location: https://gazette.example/ferry\r\n\r\n%b\r\n"
        b"----b--\r\nContent-Type: text/css\r\n\r\nbody { color: red }\r\n----b----\r\n" % (page or html_page())
    )


def rss(items: Sequence[str], head: str = "") -> bytes:
    """An RSS 2.0 file of these items, each the markup inside `item`."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Gazette</title><link>https://gazette.example/</link>{inside}</channel></rss>'
    ).encode()


def rss_item(number: int = 1, *, full: bool = True) -> str:
    """The markup of an entry, with its whole text or a summary that is cut."""
    words = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    body = f"<content:encoded><![CDATA[{words}]]></content:encoded>" if full else ""
    return (
        f"<title>{TITLE}</title><link>https://gazette.example/{number}</link><guid>g{number}</guid>"
        f"<pubDate>Mon, 02 May 2031 10:11:12 GMT</pubDate><dc:creator>Ida Holm</dc:creator>"
        f"<description>The ferry went down off the island on Monday and 12 people ...</description>{body}"
    )


def atom() -> bytes:
    """An Atom file of one entry."""
    words = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><entry><title>{TITLE}</title>'
        '<id>tag:gazette.example,2031:1</id><link rel="self" href="https://gazette.example/a.xml"/><link href="https://gazette.example/1"/>'
        "<published>2031-05-02T10:11:12Z</published><updated>2031-05-03T00:00:00Z</updated><author><name>Ida Holm</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{words}</div></content></entry></feed>'
    ).encode()


def warc_record(kind: str, address: str, block: bytes, date: str = "2031-05-03T08:00:00Z", more: str = "") -> bytes:
    """One record of a WARC file."""
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: {date}\r\n"
        f"WARC-Target-URI: {address}\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def http_answer(body: bytes, media_type: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """An answer of a web server."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body


def warc(addresses: Sequence[str], *, packed: bool = True, body: bytes | None = None) -> bytes:
    """A crawl of these addresses, each record packed by itself as is usual."""
    records = [warc_record("warcinfo", "", b"software: ours\r\n")]
    for address in addresses:
        records.append(warc_record("request", address, b"GET / HTTP/1.1\r\n\r\n"))
        records.append(warc_record("response", address, http_answer(body or html_page())))
    return b"".join(gzip.compress(record) if packed else record for record in records)


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive of these members; `w:gz`, `w:bz2` or `w:xz` packs it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def wacz(crawl: bytes) -> bytes:
    """A web archive of one crawl."""
    return zipped(
        {
            "datapackage.json": b'{"wacz_version": "1.1.1"}',
            "archive/data.warc.gz": crawl,
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
        }
    )


def specimens() -> dict[str, bytes]:
    """A small file in every format, by a name with its ending."""
    lines = [(72.0, 720.0 - 14 * place, 11.0, words[:90]) for place, words in enumerate((TITLE, *PARAGRAPHS))]
    return {
        "a.txt": TEXT.encode(),
        "a.html": html_page(),
        "a.jsonl": b'{"id": "r1", "text": "The coast guard said on Monday that 12 people were rescued."}\n',
        "a.pdf": pdf([lines]),
        "a.eml": mail(attached={"b.txt": TEXT.encode()}),
        "a.mhtml": mhtml(),
        "a.rss": rss([rss_item(1), rss_item(2, full=False)]),
        "a.atom": atom(),
        "a.warc": warc(["https://gazette.example/1"], packed=False),
        "a.warc.gz": warc(["https://gazette.example/1"]),
        "a.wacz": wacz(warc(["https://gazette.example/1"])),
        "a.zip": zipped({"a.txt": TEXT.encode(), "b/c.html": html_page()}),
        "a.tar": tarred({"a.txt": TEXT.encode(), "b/c.html": html_page()}),
        "a.tar.gz": tarred({"a.txt": TEXT.encode()}, "w:gz"),
    }


TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n", b"<", b"</", b"<!--", b"<![CDATA[", b"]]>", b"&#0;", b"&#x110000;",
    b"&amp;", b"<!DOCTYPE x [", b"--b--", b'Content-Type: multipart/mixed; boundary="b"', b"Content-Transfer-Encoding: base64",
    b"=?utf-8?q?=ff?=", b"=?x?b?", b"charset=rot13", b"charset=utf-7", b"WARC/1.0\r\n", b"Content-Length: 99999999999999",
    b"Content-Length: -1", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08",
    b"ustar", b"../", b"endobj", b"stream", b"/Kids [2 0 R]", b"<div hidden>", b"<script>", b"\xed\xa0\x80",
    b'{"id": 1, "text": "\\ud800"}', b"Infinity", b"\x1b[2J", b"%s", b"May 2, 2031", b"9999999999999999999",
)  # fmt: skip
"""Pieces that mean something to one reader or another."""


def edited(content: bytes, edits: Sequence[tuple[int, float, float, int]]) -> bytes:
    """Bytes after some edits.

    Args:
        content: the bytes.
        edits: each a kind (0 change a byte, 1 cut the end, 2 leave out, 3 repeat, 4 put in a token, 5 zero a stretch), where it begins
            as a share of the length, how long it is as a share of what is left, and a number that it takes.
    """
    for kind, where, length, number in edits:
        start = int(where * len(content))
        end = start + 1 + int(length * length * (len(content) - start))
        middle = {
            0: bytes([number % 256]),
            1: b"",
            2: b"",
            3: content[start:end] * (2 + number % 3),
            4: TOKENS[number % len(TOKENS)],
            5: bytes(end - start),
        }[kind]
        stop = {0: start + 1, 1: len(content), 4: start}.get(kind, end)
        content = content[:start] + middle + content[stop:]
    return content
