"""Reads mails (EML) and pages saved as one file (MHTML): both are MIME messages."""

import email
import email.errors
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from io import BytesIO

from reportedly.model import Reading, Sidecar, digest
from reportedly.read.archives.archives import leads_out, shown_name
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.files.decoding import Decoded, decode
from reportedly.read.files.formats import Format, format_of, format_of_media
from reportedly.read.files.members import DEPTH_MOST, Member, ReadMember
from reportedly.read.layout.headings import clean_title, title_key
from reportedly.read.markup.fragments import visible_text
from reportedly.read.page import Markup
from reportedly.read.readers.html import read_html
from reportedly.read.readers.text import encoding_problems

_BYTES_MOST = 64_000_000
_PARTS_MOST = 2_000
_BOUNDARIES_MOST = 100  # multiparts, to any depth
_COMPARED_MOST = 10_000_000  # lines times multiparts: the parser holds every line against every boundary around it
_HEADER_MOST = 2_000  # characters of a header field
_FLOWED = re.compile(r"(?<=\S) \n(?=\S)")  # RFC 3676, 4.1: a line that ends in a blank goes on in the next
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_READ_AS: frozenset[Format] = frozenset({"text", "html", "pdf", "mail", "zip", "tar", "jsonl"})


@dataclass(slots=True)
class _Parts:
    """What a message holds.

    Attributes:
        page: its HTML; None where it has none.
        plain: its plain text; None where it has none.
        attached: what came along as files.
    """

    page: Message | None = None
    plain: Message | None = None
    attached: list[Message] = field(default_factory=list)


def read_mail(member: Member, content: bytes, read: ReadMember) -> Iterator[Reading]:
    """The documents of a MIME message.

    Args:
        member: the file.
        content: its bytes, unpacked.
        read: reads what is attached to a mail.

    Yields:
        For a page saved as one file its reading, pictures and styles left aside. For a mail its text, the subject on the first line
        and then a block a line, from the HTML where there is some; sender, date and subject are what its markup says. Then what
        is attached in a format that is read, named `mail!attachment`.

    Source: RFC 5322, RFC 2045 to 2047, RFC 3676 (flowed text), RFC 2557 (MHTML).
    """
    name, problems = member.name, member.problems
    if len(content) > _BYTES_MOST:
        yield failed(
            name, "too-large", f"the mail has {len(content):,} bytes, more than {_BYTES_MOST:,}; nothing was read from it", *problems
        )
        return
    boundaries = len(_BOUNDARY.findall(content))
    if boundaries > _BOUNDARIES_MOST or boundaries * content.count(b"\n") > _COMPARED_MOST:
        yield failed(
            name, "bad-mail", f"it has {boundaries:,} multiparts inside one another, too many to read; nothing was read", *problems
        )
        return
    try:
        message = email.message_from_bytes(content)
        if not message.keys():
            raise email.errors.MessageParseError("it has no header")
        parts = _parts(message)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, email.errors.MessageError) as error:
        yield failed(name, "bad-mail", f"it is no mail that can be read: {error}", *problems)
        return
    if _is_saved_page(message) and parts.page is not None:
        yield _read_saved_page(member, message, parts.page)
        return
    yield _read_letter(member, content, message, parts)
    if member.depth < DEPTH_MOST:
        yield from _read_attached(member, parts.attached, read)


def _parts(message: Message) -> _Parts:
    """The parts of a message, by a walk without recursion; a message inside it is attached as a whole."""
    found = _Parts()
    waiting = [message]
    for _ in range(_PARTS_MOST):
        if not waiting:
            break
        part = waiting.pop(0)
        inside = part.get_payload()
        if part is not message and part.get_content_type() == "message/rfc822":
            found.attached.append(part)
        elif isinstance(inside, list):
            waiting = [*inside, *waiting]
        elif part.get_content_disposition() == "attachment" or (part.get_filename() and part.get_content_maintype() != "text"):
            found.attached.append(part)
        elif part.get_content_type() == "text/html":
            found.page = found.page or part
        elif part.get_content_type() == "text/plain":
            found.plain = found.plain or part
    return found


def _is_saved_page(message: Message) -> bool:
    """Whether a message is a page that a browser saved and no mail: nobody sent it to anyone."""
    sent = message["To"] or message["Received"] or message["Message-ID"]
    return bool(message["Snapshot-Content-Location"]) or (message.get_content_type() == "multipart/related" and not sent)


def _read_saved_page(member: Member, message: Message, page: Message) -> Reading:
    given = member.sidecar or Sidecar()
    address = _line(message, "Snapshot-Content-Location") or _line(page, "Content-Location")
    noted = replace(
        given,
        url=given.url or (address if address and address.startswith(("http:", "https:")) else None),
        fetched=given.fetched or _line(message, "Date"),
    )
    return read_html(_bytes(page), member.name, noted, member.problems, charset=page.get_content_charset())


def _read_letter(member: Member, content: bytes, message: Message, parts: _Parts) -> Reading:
    name, problems = member.name, member.problems
    part = parts.page or parts.plain
    decoded = decode(_bytes(part), part.get_content_charset()) if part is not None else Decoded(text=None, encoding=None)
    body = _body(part, decoded.text or "")
    if not body and parts.plain is not None and part is not parts.plain:
        decoded = decode(_bytes(parts.plain), parts.plain.get_content_charset())
        body = _body(parts.plain, decoded.text or "")
    if not body:
        return failed(name, "no-text", "the mail holds no text; nothing was read from it", *problems)
    sender, address = email.utils.parseaddr(_line(message, "From") or "")
    subject = _line(message, "Subject")
    archived = (_line(message, "Archived-At") or "").strip("<>")
    lines = body.split("\n")
    heading = clean_title(subject)[0] if subject else ""
    if heading and not any(title_key(line) == title_key(heading) for line in lines[:3]):
        lines.insert(0, heading)
    source = Source(
        name=name,
        text="\n".join(lines),
        bytes_digest=digest(content),
        media_type="message/rfc822",
        sidecar=member.sidecar,
        markup=Markup(
            title=subject,
            site=sender.strip("\"' ") or address or None,
            url=archived if archived.startswith(("http:", "https:")) else None,
            published=_line(message, "Date"),
        ),
        problems=(*problems, *(encoding_problems(decoded, name) if part is not None else ())),
    )
    return make_reading(source)


def _read_attached(member: Member, attached: list[Message], read: ReadMember) -> Iterator[Reading]:
    for number, part in enumerate(attached, start=1):
        given = _decoded_header(part.get_filename() or "")
        own = given.replace("\\", "/").rpartition("/")[2] if given and not leads_out(given) else f"attachment-{number}"
        kind = format_of_media(part.get_content_type()) or format_of(own)
        if kind in _READ_AS:
            yield from read(member.inner(shown_name(own), BytesIO(_bytes(part)), kind))


def _body(part: Message | None, words: str) -> str:
    if part is None:
        return ""
    if part.get_content_type() == "text/html":
        return visible_text(words)
    lines = words.replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        lines = _FLOWED.sub(" ", lines)
    return lines.strip("\n") if lines.strip() else ""


def _bytes(part: Message) -> bytes:
    """A part's content without its transfer encoding; a whole message's own bytes."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return next((one.as_bytes() for one in inside if isinstance(one, Message)), b"")
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _line(message: Message, name: str) -> str | None:
    """A header field as one line of characters; None where it is missing or empty."""
    return _decoded_header(str(message.get(name, ""))[:_HEADER_MOST]) or None


def _decoded_header(raw: str) -> str:
    """A field's words, encoded words read (RFC 2047); what is broken stays as it is."""
    try:
        words = str(email.header.make_header(email.header.decode_header(raw)))
    except (ValueError, LookupError, email.errors.MessageError):
        words = raw
    return " ".join(words.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
