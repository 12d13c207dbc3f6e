"""Reports for the engines, and an object store on this machine that speaks as much of S3 as reading and writing files needs."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

_BUCKET = "archive"


class _Handler(BaseHTTPRequestHandler):
    """GET, HEAD, PUT and DELETE of objects, listing, and uploads in parts. Source: Amazon S3 API Reference, REST operations."""

    protocol_version = "HTTP/1.1"
    server: "ObjectStore"

    def do_GET(self) -> None:
        key, query = self._asked()
        if not key and "list-type" in query:
            self._answer(200, self._listed(query).encode())
        elif key not in self.server.objects:
            self._answer(404, b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>")
        else:
            content, span = self.server.objects[key], self.headers.get("Range")
            if span is None:
                self._answer(200, content)
            else:
                first, _, last = span.removeprefix("bytes=").partition("-")
                end = min(int(last or len(content)), len(content) - 1)
                self._answer(206, content[int(first) : end + 1], {"Content-Range": f"bytes {first}-{end}/{len(content)}"})

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        key, query = self._asked()
        content = self._body()
        if "partNumber" in query:
            self.server.parts.setdefault(key, {})[int(query["partNumber"][0])] = content
        elif key:
            self.server.objects[key] = content
        self._answer(200, b"")

    def do_POST(self) -> None:
        key, query = self._asked()
        self._body()
        if "uploads" in query:
            name = f"<Bucket>{_BUCKET}</Bucket><Key>{escape(key)}</Key>"
            self._answer(200, f"<InitiateMultipartUploadResult>{name}<UploadId>1</UploadId></InitiateMultipartUploadResult>".encode())
            return
        self.server.objects[key] = b"".join(part for _, part in sorted(self.server.parts.pop(key).items()))
        done = f"<Location>-</Location><Key>{escape(key)}</Key>"
        self._answer(200, f"<CompleteMultipartUploadResult>{done}<ETag>1</ETag></CompleteMultipartUploadResult>".encode())

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._asked()[0], None)
        self._answer(204, b"")

    def _asked(self) -> tuple[str, dict[str, list[str]]]:
        asked = urlsplit(self.path)
        return unquote(asked.path).removeprefix(f"/{_BUCKET}").lstrip("/"), parse_qs(asked.query, keep_blank_values=True)

    def _body(self) -> bytes:
        """The content, out of its chunks where it comes signed in chunks."""
        if self.headers.get("Transfer-Encoding") == "chunked":
            raw = b"".join(iter(self._chunk, b""))
            self.rfile.readline()
        else:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return raw
        content = b""
        while raw:
            head, _, raw = raw.partition(b"\r\n")
            size = int(head.partition(b";")[0] or b"0", 16)
            if not size:
                break
            content, raw = content + raw[:size], raw[size + 2 :]
        return content

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().partition(b";")[0], 16)
        if not size:
            return b""
        content = self.rfile.read(size)
        self.rfile.readline()
        return content

    def _listed(self, query: dict[str, list[str]]) -> str:
        prefix, folders = query.get("prefix", [""])[0], "delimiter" in query
        keys = sorted(key for key in self.server.objects if key.startswith(prefix))
        common = (
            sorted({prefix + key[len(prefix) :].partition("/")[0] + "/" for key in keys if "/" in key[len(prefix) :]}) if folders else []
        )
        keys = [key for key in keys if not folders or "/" not in key[len(prefix) :]]
        when = "<LastModified>2031-05-02T10:11:12.000Z</LastModified>"
        rows = "".join(
            f"<Contents><Key>{escape(k)}</Key>{when}<Size>{len(self.server.objects[k])}</Size><ETag>1</ETag></Contents>" for k in keys
        )
        rows += "".join(f"<CommonPrefixes><Prefix>{escape(folder)}</Prefix></CommonPrefixes>" for folder in common)
        head = f"<Name>{_BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(keys) + len(common)}</KeyCount>"
        return f"<ListBucketResult>{head}<IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"

    def _answer(self, status: int, content: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        fields = {"Content-Length": str(len(content)), "ETag": '"1"', "Last-Modified": "Fri, 02 May 2031 10:11:12 GMT"}
        for name, value in (fields | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class ObjectStore(ThreadingHTTPServer):
    """An object store in this process, with one bucket."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}

    def address(self, path: str) -> str:
        """The address of a path in the bucket."""
        return f"s3://{_BUCKET}/{path}?scheme=http&endpoint_override=127.0.0.1:{self.server_port}&region=us-east-1"


@pytest.fixture
def object_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """An object store that this process and those that it starts can log in to."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-a-test")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    store = ObjectStore()
    thread = threading.Thread(target=store.serve_forever, daemon=True)
    thread.start()
    yield store
    store.shutdown()
    store.server_close()
    thread.join()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports: pages with and without sidecars, a table's worth of records, one file of no kind that is read, an empty one."""
    folder = tmp_path / "reports"
    (folder / "north").mkdir(parents=True)
    for number in range(9):
        place = folder / "north" if number % 2 else folder
        page = place / f"report-{number}.txt"
        page.write_text(
            f"Flood in Varn, day {number}\n\nGovernor Lena Orsk said on May {number + 1} that at least {number + 12} people had died in "
            f"the flood. The rescue service of Varn denied that the dam at Tell {number} had failed.\n",
            encoding="utf-8",
        )
        if number % 3 == 0:
            sidecar = {"publisher": f"Varn Post {number}", "published": f"2031-05-0{number % 8 + 1}"}
            page.with_suffix(".meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    (folder / "nothing.txt").write_bytes(b"")
    return folder
