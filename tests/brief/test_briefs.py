import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reportedly.api import Desk, Question
from reportedly.brief import Brief, render_brief
from reportedly.model import Clocks, Filters

FERRY_DAY = dt.date(2024, 11, 20)


@pytest.fixture(scope="module")
def desk(filled: Path) -> Desk:
    return Desk(filled)


def write(desk: Desk, story: str, day: dt.date | None) -> Brief:
    return desk.brief(Question(filters=Filters(story=story), clocks=Clocks(as_of=day)))


@pytest.fixture(scope="module")
def ferry(desk: Desk) -> Brief:
    return write(desk, "ferry", FERRY_DAY)


def lines_of(brief: Brief) -> list[tuple[str, tuple[int, ...]]]:
    """Every sentence that says something of the world, with its numbers."""
    lines = [*brief.timeline, *brief.not_counted, *brief.refusals, *brief.changes]
    lines += [line for voice in brief.voices for line in voice.lines]
    lines += [line for panel in brief.statements for line in (panel.text, panel.support, *panel.disputes)]
    lines += [panel.summary for panel in brief.figures]
    rows = [(row.words, row.numbers) for panel in brief.figures for row in panel.rows]
    return [(line.text, line.numbers) for line in lines] + rows


def test_every_sentence_carries_the_numbers_of_its_claims(ferry: Brief) -> None:
    """No line of the brief stands without a source, and every number is in the list of sources."""
    known = {source.number for source in ferry.sources}
    lines = lines_of(ferry)
    assert len(lines) > 30
    assert [text for text, numbers in lines if not numbers or not known.issuperset(numbers)] == []


def test_the_head_gives_clock_documents_and_policy(ferry: Brief) -> None:
    """What a reader must know before the first sentence."""
    assert "2024-11-20" in ferry.clock
    assert re.match(r"\d+ documents read", ferry.reading)
    assert "widest" in ferry.policy


def test_every_source_passage_is_in_its_document_and_short(ferry: Brief, desk: Desk) -> None:
    """At most 300 characters, word for word, line breaks aside."""
    held = desk.holdings()
    texts = {d.name: " ".join(held.texts[d.text_digest].split()) for d in held.documents.values()}
    for source in ferry.sources:
        assert len(source.passage) <= 300
        assert source.passage.removesuffix("…") in texts[source.document]


def test_every_number_in_a_figure_table_is_printed_in_a_report(ferry: Brief, desk: Desk) -> None:
    """The words of each entry stand in the text of a claim that it cites."""
    held = desk.holdings()
    words = {c.claim.id: [" ".join(f.span.text.split()) for f in c.claim.figures] for c in held.claims}
    claims = {source.number: source.claim for source in ferry.sources}
    for panel in ferry.figures:
        for row in panel.rows:
            assert any(" ".join(row.words.split()) in words[claims[n]] for n in row.numbers), row.words


def test_the_brief_uses_no_word_that_settles_what_the_reports_leave_open(ferry: Brief) -> None:
    """Never `independent`, a bare `best`, or a `because` of ours: none occurs outside quotations and the sources' own cues."""
    without_cues = re.sub(r"(?<=\*\*: )[^“:]*(?=: “)", "", render_brief(ferry, "md"))
    ours = re.sub(r"“[^”]*”", "", without_cues)
    assert not re.search(r"\b(independent\w*|because|claimed|admitted|average|mean|sum)\b", ours.split("## Sources")[0], re.IGNORECASE)
    assert not re.search(r"\bbest\b", ours.split("## Sources")[0])


def test_a_composite_is_listed_as_not_counted_with_its_reason(ferry: Brief) -> None:
    """Dead or missing together are one number that enters neither count."""
    rows = [line for line in ferry.not_counted if "47 people" in line.text]
    assert rows
    assert "never split" in rows[0].text


def test_an_earlier_brief_knows_less(desk: Desk) -> None:
    """On the second day nothing of the third is in it."""
    early = render_brief(write(desk, "ferry", dt.date(2024, 11, 13)), "md")
    late = render_brief(write(desk, "ferry", FERRY_DAY), "md")
    assert "27" not in re.sub(r"\[\d+\]|c:\w+|^\d+\. ", "", early, flags=re.MULTILINE)
    assert "Halden Lines confirmed" not in early
    assert len(late) > len(early)


def test_the_page_is_self_contained_and_well_formed(ferry: Brief) -> None:
    """No script, no reference to another host, one picture for each series, and links only to its own sources."""
    page = render_brief(ferry, "html")
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert page.count("<svg") == len(ferry.figures) > 2
    ids = set(re.findall(r'id="(source-\d+)"', page))
    assert ids.issuperset(re.findall(r'href="#(source-\d+)"', page))
    for svg in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        ET.fromstring(svg)


def test_words_of_a_page_are_escaped(tmp_path: Path) -> None:
    """A report made of markup does nothing in the page of its brief."""
    page = tmp_path / "evil.txt"
    page.write_text(
        "Fire kills <script>alert(1)</script> two\n\nOSLO, Nov. 3, 2024 — Two people were killed in <img src=x onerror=alert(1)> a fire "
        "in Oslo on Sunday, the <b>police</b> said. The police said that 14 people were injured.\n",
        encoding="utf-8",
    )
    with Desk(tmp_path / "evil.db", create=True) as other:
        other.add([page])
        html = render_brief(other.brief(Question()), "html")
    assert "<script" not in html
    assert "<img" not in html


def test_the_json_form_is_the_same_record(ferry: Brief) -> None:
    """The same lines and numbers, for a machine."""
    row = json.loads(render_brief(ferry, "json"))
    assert row["title"] == ferry.title
    assert [s["number"] for s in row["sources"]] == list(range(1, len(ferry.sources) + 1))


def test_the_head_tells_what_failed_and_what_was_saved_after_the_clock(tmp_path: Path) -> None:
    """A page that could not be read is named, and so is one whose text is of a later day; a readable page of another story is not."""
    text = "Barge sinks\n\nRIGA, Nov. 3, 2024 — Two people were killed when a barge sank near Riga on Sunday, the police said.\n"
    (tmp_path / "barge.txt").write_text(text, encoding="utf-8")
    (tmp_path / "barge.meta.json").write_text('{"fetched": "2024-12-01"}', encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    with Desk(tmp_path / "barge.db", create=True) as other:
        other.add([tmp_path / "barge.txt", tmp_path / "empty.txt"])
        brief = write(other, "barge", dt.date(2024, 11, 10))
    assert [row for row in brief.failed if "empty.txt" in row]
    assert len(brief.failed) == 1
    assert brief.saved_later == (f"{tmp_path / 'barge.txt'}: text as saved on 2024-12-01",)
    assert "text as saved on 2024-12-01" in render_brief(brief, "html")
