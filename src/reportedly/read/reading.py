"""Reads one member in whatever format it is."""

import io
from collections.abc import Callable, Iterator
from typing import IO

from reportedly.model import Reading
from reportedly.read.archives.tar_archive import read_tar
from reportedly.read.archives.warc import read_warc
from reportedly.read.archives.zip_archive import read_wacz, read_zip
from reportedly.read.assembly import failed
from reportedly.read.files.formats import Format, container_of, sniff_format
from reportedly.read.files.members import BYTES_MOST, DAMAGE, DEPTH_MOST, BudgetSpentError, Member, ReadMember, read_most, unpacked
from reportedly.read.readers.feed import read_feed
from reportedly.read.readers.html import read_html
from reportedly.read.readers.json_lines import read_records
from reportedly.read.readers.mail import read_mail
from reportedly.read.readers.office import read_office
from reportedly.read.readers.pdf import read_pdf
from reportedly.read.readers.record_lists import read_csv, read_json
from reportedly.read.readers.table import read_table
from reportedly.read.readers.text import read_text

_HEAD = 512

_ARCHIVES: dict[Format, Callable[[Member, IO[bytes], ReadMember], Iterator[Reading]]] = {
    "zip": read_zip,
    "wacz": read_wacz,
    "tar": read_tar,
    "warc": read_warc,
}


def read_member(member: Member) -> Iterator[Reading]:
    """The documents of a member.

    Args:
        member: its bytes, perhaps packed by gzip, bzip2 or xz.

    Yields:
        A reading a document; what cannot be read gives one without a document and a problem. An archive is read member by member,
        so that memory does not grow with it.

    Raises:
        OSError: the bytes cannot be had from the disk.
    """
    try:
        yield from _read_unpacked(member, unpacked(member.stream, member.budget))
    except DAMAGE as error:
        yield failed(member.name, "bad-gzip", f"it cannot be unpacked: {error}", *member.problems)
    except BudgetSpentError:
        most = member.budget.most
        message = f"it unpacks to more than {most:,} bytes; what was read until there is kept, the rest was left out"
        yield failed(member.name, "too-large", message, *member.problems)


def _read_unpacked(member: Member, stream: io.BufferedReader) -> Iterator[Reading]:
    kind = member.kind or container_of(stream.peek(_HEAD)[:_HEAD])
    if kind in _ARCHIVES:
        if member.depth >= DEPTH_MOST:
            message = f"archives inside one another are opened to a depth of {DEPTH_MOST}; it was left out"
            yield failed(member.name, "bad-archive", message, *member.problems)
        else:
            yield from _ARCHIVES[kind](member, stream, read_member)
        return
    if kind == "jsonl":
        yield from read_records(stream, member.name)
        return
    if kind == "table":
        yield from read_table(stream, member.name)
        return
    content = read_most(stream, BYTES_MOST + 1)
    if len(content) > BYTES_MOST:
        message = f"it has more than {BYTES_MOST:,} bytes unpacked; nothing was read from it"
        yield failed(member.name, "too-large", message, *member.problems)
        return
    yield from _read_whole(member, content, kind or sniff_format(content))


def _read_whole(member: Member, content: bytes, kind: Format) -> Iterator[Reading]:
    name, sidecar, problems = member.name, member.sidecar, member.problems
    if kind != "text" and not content.strip():
        yield failed(name, "empty-file", "the file is empty; nothing was read from it", *problems)
    elif kind == "html":
        yield read_html(content, name, sidecar, problems, charset=member.charset)
    elif kind == "jsonl":
        yield from read_records(io.BytesIO(content), name)
    elif kind == "csv":
        yield from read_csv(content, name, problems, sidecar)
    elif kind == "json":
        yield from read_json(content, name, problems, sidecar)
    elif kind == "office":
        yield read_office(content, name, sidecar, problems)
    elif kind == "pdf":
        yield read_pdf(content, name, sidecar, problems)
    elif kind == "mail":
        yield from read_mail(member, content, read_member)
    elif kind == "feed":
        yield from read_feed(content, name, sidecar, problems)
    else:
        yield read_text(content, name, sidecar, problems, charset=member.charset)
