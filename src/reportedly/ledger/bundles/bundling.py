"""A bundle: a ledger, or some documents of it, as one file that another ledger takes in and a stranger checks a brief against.

A ZIP archive of JSON Lines, the same bytes for the same content:

manifest.json      format, ledger, revision, whether texts are inside, and each member's SHA-256
documents.jsonl    documents with their names, articles and problems
claims.jsonl       claims by document
judgements.jsonl   judgements, with how they were taken back
removed.jsonl      what stays of documents that were removed: digests, name, reason; absent where none was
texts.jsonl        texts by digest; absent from a bundle without texts, in which longer quotations are cut and bear their SHA-256
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportedly.errors import UnreadableError
from reportedly.ledger.bundles.clipping import clip, restore
from reportedly.ledger.bundles.formats import NewerFormatError, check_format, name_format
from reportedly.ledger.bundles.parcel import Carried, Parcel, Tombstone
from reportedly.ledger.care.digesting import judgement_text
from reportedly.ledger.codec import article_text, claim_text, document_text
from reportedly.ledger.documents.entry import Entry, Version
from reportedly.ledger.judgements.history import Undoing
from reportedly.model import Article, Claim, Document, Judgement, Problem, claim_id, digest, record_of, row_of, text_digest

_MEMBERS = ("documents.jsonl", "claims.jsonl", "judgements.jsonl", "removed.jsonl", "texts.jsonl")
_SPARE = ("removed.jsonl", "texts.jsonl")  # left out where they would be empty
_MOST_BYTES = 4 << 30  # of all members together, unpacked
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP archive can name

Lines = list[dict[str, Any]]


def bundle_bytes(parcel: Parcel, *, texts: bool) -> bytes:
    """A parcel as the bytes of a bundle.

    Args:
        parcel: what is handed over.
        texts: whether whole texts go along; without them only digests, spans and short quotations do.
    """
    lines: dict[str, Lines] = {
        "documents.jsonl": [_document_line(carried) for carried in parcel.documents],
        "claims.jsonl": [line for carried in parcel.documents for line in _claim_lines(carried)],
        "judgements.jsonl": [_judgement_line(judgement, undoing) for judgement, undoing in parcel.judgements],
        "removed.jsonl": [row_of(stone) for stone in parcel.removed],
        "texts.jsonl": [{"digest": key, "text": text} for key, text in parcel.texts.items()] if texts else [],
    }
    if not texts:
        lines = {name: [clip(line) for line in rows] for name, rows in lines.items()}
    members = {name: _packed(rows) for name, rows in lines.items() if rows or name not in _SPARE}
    manifest = {
        "format": name_format(lines),
        "ledger": parcel.ledger,
        "revision": parcel.revision,
        "texts": texts,
        "counts": {name.removesuffix(".jsonl"): len(rows) for name, rows in lines.items()},
        "sha256": {name: digest(content) for name, content in members.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"manifest.json": _json(manifest).encode(), **members}.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_bundle(path: Path, texts: Mapping[str, str]) -> Parcel:
    """The parcel of a bundle's file, every record held to its digest and its text.

    Args:
        path: the file.
        texts: text by digest of those that the reader holds, for a bundle without texts.

    Returns:
        The parcel. A document whose text is nowhere is not `complete`, and its claims bear cut quotations.

    Raises:
        UnreadableError: it is no bundle, of a newer format, damaged, or says of a text what the text does not say.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _parcel(archive, texts)
    except NewerFormatError as error:
        raise UnreadableError(path, str(error)) from error
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise UnreadableError(path, f"it is no whole bundle: {error}") from error
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error


def _parcel(archive: zipfile.ZipFile, held: Mapping[str, str]) -> Parcel:
    if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
        raise ValueError("its members are larger than what is read at one time")
    head = archive.read("manifest.json")
    manifest = json.loads(head)
    check_format(manifest["format"])
    lines = {name: _lines(archive, name, manifest["sha256"]) for name in _MEMBERS if name in manifest["sha256"]}
    texts = {line["digest"]: str(line["text"]) for line in lines.get("texts.jsonl", [])}
    for key, text in texts.items():
        if text_digest(text) != key:
            raise ValueError(f"the text {key} is another")
    known = {**held, **texts}
    claims: dict[str, Lines] = {}
    for line in lines["claims.jsonl"]:
        claims.setdefault(line["document"], []).append(line)
    documents = tuple(_carried(line, claims.get(line["id"], []), known) for line in lines["documents.jsonl"])
    named = {text for carried in documents for text in carried.texts}
    return Parcel(
        ledger=str(manifest["ledger"]),
        revision=int(manifest["revision"]),
        digest=digest(head),
        documents=documents,
        texts={key: text for key, text in known.items() if key in named},
        judgements=tuple(_judged(line, known) for line in lines["judgements.jsonl"]),
        removed=tuple(_stone(line) for line in lines.get("removed.jsonl", [])),
    )


def _lines(archive: zipfile.ZipFile, name: str, digests: Mapping[str, str]) -> Lines:
    content = archive.read(name)
    if digest(content) != digests[name]:
        raise ValueError(f"{name} is not what the manifest says")
    return [json.loads(line) for line in content.splitlines() if line]


def _document_line(carried: Carried) -> dict[str, Any]:
    entry, version = carried.entry, carried.entry.version
    return {
        "id": entry.document.id,
        "names": sorted(carried.names),
        "texts": sorted(carried.texts),
        "read_at": entry.document.read_at,
        "version": row_of(version),
        "document": json.loads(document_text(entry.document)),
        "articles": [json.loads(article_text(article)) for article in entry.articles],
        "problems": [row_of(problem) for problem in entry.problems],
    }


def _claim_lines(carried: Carried) -> Iterator[dict[str, Any]]:
    for identity, (claim, extractor) in sorted(carried.entry.claims.items()):
        yield {"document": carried.entry.document.id, "id": identity, "extractor": extractor, "claim": json.loads(claim_text(claim))}


def _judgement_line(judgement: Judgement, undoing: Undoing | None) -> dict[str, Any]:
    row = json.loads(judgement_text(judgement))
    row["frozen"] = json.loads(judgement.frozen) if judgement.frozen else None
    return {"judgement": row, "undone": {"by": undoing.by, "reason": undoing.reason} if undoing else None}


def _carried(line: dict[str, Any], claims: Lines, texts: Mapping[str, str]) -> Carried:
    version = record_of(Version, line["version"])
    document = record_of(Document, {**line["document"], "id": line["id"], "name": version.name, "read_at": line["read_at"]})
    if not document.id.startswith("d:"):
        raise ValueError(f"{document.id!r} is no document's id")
    text = texts.get(document.text_digest)
    whole = [line if text is None else restore(line, text) for line in claims]
    articles = [row if text is None else restore(row, text) for row in line["articles"]]
    found = {row["id"]: (_claim(row, document, text), str(row["extractor"])) for row in whole}
    entry = Entry(
        document=document,
        text=text or "",
        articles=tuple(record_of(Article, {**row, "document": version.name}) for row in articles),
        claims=found,
        problems=tuple(record_of(Problem, row) for row in line["problems"]),
        version=version,
    )
    names, read = frozenset(map(str, line["names"])) or frozenset({version.name}), frozenset(map(str, line["texts"]))
    return Carried(entry=entry, names=names, texts=read | {document.text_digest}, complete=text is not None)


def _claim(row: dict[str, Any], document: Document, text: str | None) -> Claim:
    """The claim of a row, held to its id and its text."""
    claim = record_of(Claim, {**row["claim"], "id": row["id"], "document": document.name})
    if claim.id != claim_id(document.text_digest, claim.content, claim.cue, claim.source):
        raise ValueError(f"{claim.id} is not the id of its spans")
    spans = (*claim.content, *claim.cue, *claim.source, *(figure.span for figure in claim.figures))
    if text is not None and any(text[span.start : span.end] != span.text for span in spans):
        raise ValueError(f"{claim.id} does not say what its text says")
    return claim


def _judged(line: dict[str, Any], texts: Mapping[str, str]) -> tuple[Judgement, Undoing | None]:
    row = line["judgement"]
    text = texts.get(row["text_digest"] or "")
    row = row if text is None else restore(row, text)
    frozen = _json(row["frozen"]) if row["frozen"] is not None else ""
    undone = line["undone"]
    judgement = record_of(Judgement, {**row, "frozen": frozen})
    return judgement, Undoing(by=str(undone["by"]), reason=str(undone["reason"]), revision=0) if undone else None


def _stone(line: dict[str, Any]) -> Tombstone:
    stone = record_of(Tombstone, line)
    if not stone.document.startswith("d:") or not all(isinstance(value, str) for value in line.values()):
        raise ValueError(f"{stone.document!r} is no document's id")
    return stone


def _packed(lines: Lines) -> bytes:
    return b"".join(_json(line).encode() + b"\n" for line in lines)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
