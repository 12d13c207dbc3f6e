"""What a bundle says of a brief, line by line."""

import pytest

from reportedly.brief.rereading import WrittenBrief, WrittenSource
from reportedly.ledger.bundles.parcel import Carried, Parcel
from reportedly.ledger.documents.entry import Entry, Version
from reportedly.model import Claim, Document, claim_id, span_of, text_digest
from reportedly.tasks.brief_check import check_against

TEXT = "He said “our troops have\n fully reclaimed it” on Monday. Seven died."
OTHER = "Nine died, the mayor said."


def carried(text: str, identity: str, *, complete: bool = True) -> tuple[Carried, Claim]:
    """A document whose one claim is all its text."""
    document = Document(id=identity, name=identity, text_digest=text_digest(text), bytes_digest="b", media_type="text/plain")
    span = span_of(text, 0, len(text))
    claim = Claim(document=identity, article=0, id=claim_id(document.text_digest, [span], [], []), content=(span,))
    version = Version(name=identity, sidecar=False, reader="", extractor="", fingerprint="")
    entry = Entry(
        document=document, text=text if complete else "", articles=(), claims={claim.id: (claim, "")}, problems=(), version=version
    )
    return Carried(entry=entry, names=frozenset({identity}), texts=frozenset({document.text_digest}), complete=complete), claim


def verdicts(line: str, *, complete: bool = True) -> list[tuple[str, str]]:
    """What is said of the quotations of a line that cites the first of two sources."""
    (one, first), (two, second) = carried(TEXT, "d:1", complete=complete), carried(OTHER, "d:2", complete=complete)
    parcel = Parcel(ledger="l:1", revision=1, digest="", documents=(one, two), texts={}, judgements=())
    sources = (
        WrittenSource(number=1, claim=first.id, passage=" ".join(TEXT.split())),
        WrittenSource(number=2, claim=second.id, passage=OTHER),
    )
    rows = check_against(WrittenBrief(sources=sources, lines=((line, (1,)),)), parcel)
    assert [row.verdict for row in rows if row.part == "source"] == ["holds", "holds"]
    return [(row.text, row.verdict) for row in rows if row.part == "quotation"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("as of Monday: “Seven died”", [("Seven died", "holds")]),
        ("“our troops have fully reclaimed it”", [("our troops have fully reclaimed it", "holds")]),
        (
            "“He said “our troops have fully reclaimed it” on Monday” (He)",
            [("He said “our troops have fully reclaimed it” on Monday", "holds")],
        ),
        ("“our troops have … reclaimed it”", [("our troops have … reclaimed it", "holds")]),
        ("“[Russia’s] troops have fully reclaimed it”", [("[Russia’s] troops have fully reclaimed it", "holds")]),
        ("“Seven died” → “Nine died”", [("Seven died", "holds"), ("Nine died", "elsewhere")]),
        ("“Eight died”", [("Eight died", "differs")]),
        ("“Seven died", []),
        ("no quotation at all", []),
    ],
)
def test_a_quotation_is_held_to_the_sources_its_line_cites(line: str, expected: list[tuple[str, str]]) -> None:
    """Line breaks, quotations within, cuts and names put in are read; another source's words stand elsewhere; others differ."""
    assert verdicts(line) == expected


def test_without_texts_nothing_is_said_of_a_quotation() -> None:
    """It can be told neither to hold nor to differ."""
    assert verdicts("“Eight died” and “Seven died”", complete=False) == [("Eight died", "unchecked"), ("Seven died", "unchecked")]
