"""For arbitrary Unicode text every reader keeps the text and every span lies right in it."""

import gzip
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Reading
from reportedly.read import read_stream

_SENTENCES = st.sampled_from(
    [
        "The minister said on Monday that at least 12 people had died in the town of Osorno.",
        "OSLO, May 2 (UPI) — The army said it had retaken the bridge.",
        "“We will rebuild,” Ana Ruiz said, e\u0301lan notwithstanding.",
        "قال الوزير يوم الاثنين إن 12 شخصا لقوا حتفهم",
        "👩‍👩‍👧‍👦 Three families 🏳️‍🌈 were moved to safety, the mayor said.",
        "Ferry Sinks Off Aland",
        "By Ida Holm",
        "1:35 p.m.",
        "Source link",
        "Advertisement",
        "Related Stories",
        "___",
        "---",
        "# Toll Rises to 14",
        "[Home](/) * [Sport](/sport)",
        "THE BIG STORY:",
        "Published - May 2, 2031 08:56 am IST",
        "Correction: An earlier version of this report gave a wrong age.",
        "(Reporting by Ida Holm; Editing by Jo Moss)",
    ]
)
_WILD = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
_NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\n \n", "\n\u200b\n"])
TEXTS = st.lists(st.tuples(st.one_of(_SENTENCES, _WILD), _NEWLINES), max_size=14).map(lambda parts: "".join(a + b for a, b in parts))


def _check(reading: Reading) -> None:
    """Passages lie inside the text, disjoint and in page order, without white space at their ends; numbers count the areas."""
    assert [article.number for article in reading.articles] == list(range(len(reading.articles)))
    taken: set[int] = set()
    for article in reading.articles:
        assert article.passages
        last = 0
        for passage in article.passages:
            assert last <= passage.start < passage.end <= len(reading.text)
            words = reading.text[passage.start : passage.end]
            assert words == words.strip()
            assert not taken & set(range(passage.start, passage.end))
            taken |= set(range(passage.start, passage.end))
            last = passage.end
        for interval in (article.published, article.published_on_page, article.updated):
            if interval and interval.words:
                assert reading.text[interval.words.start : interval.words.end] == interval.words.text
        for note in article.corrections:
            assert reading.text[note.start : note.end] == note.text


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_plain_text_is_kept_and_its_spans_are_right(text: str) -> None:
    """Combining marks, emoji, right-to-left text, every kind of line end."""
    for content in (text.encode(), gzip.compress(text.encode())):
        (reading,) = read_stream(content, "a.txt")
        if reading.document is None:
            assert not text.strip()
        else:
            assert reading.text == text
            _check(reading)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_records_are_kept_and_their_spans_are_right(texts: list[str]) -> None:
    """Each record's text is its field exactly."""
    content = "\n".join(json.dumps({"id": f"r{place}", "text": text}) for place, text in enumerate(texts)).encode()
    for text, reading in zip(texts, read_stream(content, "feed.jsonl"), strict=True):
        assert reading.document is None or reading.text == text
        _check(reading)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_page_s_spans_are_right_in_the_text_it_gives(text: str) -> None:
    """Whatever stands in the markup, reading raises nothing and is repeatable."""
    paragraphs = "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in text.splitlines())
    page = f"<html><head><title>{text[:20].replace('<', '')}</title></head><body><article>{paragraphs}</article></body></html>".encode()
    (reading,) = read_stream(page, "a.html")
    (again,) = read_stream(page, "a.html")
    assert reading.text == again.text
    assert reading.articles == again.articles
    _check(reading)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["-", "a.txt", "a.html", "a.jsonl"]))
def test_no_bytes_make_a_reader_raise(content: bytes, name: str) -> None:
    """What cannot be used becomes a problem."""
    for reading in read_stream(content, name):
        assert reading.document is not None or reading.problems
        _check(reading)
