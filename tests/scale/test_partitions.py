"""Partitions: readings and claims pass through a file unchanged, and a damaged file is told from a whole one."""

import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Document, Extraction, Problem, Reading
from reportedly.read import read_stream
from reportedly.scale.partitions import Made, partition_digest, read_partition, write_partition
from reportedly.workers import make_extractor

_TEXTS = st.text(st.characters(codec=None), max_size=40)  # lone surrogates and U+0000 among them


def written(*made: Made) -> bytes:
    """The bytes of a partition."""
    out = io.BytesIO()
    write_partition(made, out)
    return out.getvalue()


@given(text=_TEXTS, message=_TEXTS, at=st.integers(0, 9))
def test_any_text_comes_back_as_it_was(text: str, message: str, at: int) -> None:
    """Whatever characters a page holds, and wherever a problem lies."""
    document = Document(id="d:1", name="a.txt", text_digest="0", bytes_digest="1", media_type="text/plain", read_at="2031-05-02T10:11:12Z")
    problem = Problem(code="bad-encoding", message=message, document="a.txt", start=at, end=at + 1)
    made = (Reading(document=document, text=text, problems=(problem,)), [Extraction(claims=(), problems=(problem,), extractor="none")])
    loose = (Reading(document=None, text="", problems=(problem,)), list[Extraction]())
    assert list(read_partition(io.BytesIO(written(made, loose)))) == [made, loose]


def test_claims_come_back_as_they_were() -> None:
    """Every field of documents, articles and claims with figures, intervals and broken spans."""
    text = (
        'VARN, May 3 (AP) - "We lost some 40 boats," said Governor Lena Orsk on Tuesday, "and at least 12 people." The rescue service '
        "denied that 3,000 more had fled. According to the army, cited by Radio Varn, between 200 and 300 soldiers were sent in 2030.\n"
    )
    (reading,) = read_stream(text.encode(), "varn.txt")
    extractions = make_extractor("rules").extract(reading.text, reading.articles)
    assert sum(len(claim.figures) for extraction in extractions for claim in extraction.claims) >= 3
    assert list(read_partition(io.BytesIO(written((reading, extractions))))) == [(reading, extractions)]


def test_name_is_of_the_content_and_not_of_the_moment() -> None:
    """The same batch read twice gives the same digest, another text another."""
    document = Document(id="d:1", name="a.txt", text_digest="0", bytes_digest="1", media_type="text/plain", read_at="2031-05-02T10:11:12Z")
    reading = Reading(document=document, text="Officials said so.")
    later = replace(reading, document=replace(document, read_at="2031-06-01T00:00:00Z"))
    other = replace(reading, text="Officials denied it.")
    one, two, three = (write_partition([(r, [])], io.BytesIO()) for r in (reading, later, other))
    assert one == two
    assert one.digest != three.digest
    assert (one.documents, one.characters, one.loose) == (("d:1",), 18, ())


def test_damage_is_seen() -> None:
    """A partition's digest is that of what it holds; a cut one has none."""
    made = (Reading(document=None, text="", problems=(Problem(code="unreadable", message="gone", document="a"),)), list[Extraction]())
    content = written(made)
    assert partition_digest(io.BytesIO(content)) == write_partition([made], io.BytesIO()).digest
    assert partition_digest(io.BytesIO(content[: len(content) // 2])) is None
