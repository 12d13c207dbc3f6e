import datetime as dt
from pathlib import Path

import pytest

from reportedly.api import Correction, Desk, Question, claim_json, claim_row, extract_files, read_files
from reportedly.errors import BadPolicyError, NoLedgerError, UnknownIdError
from reportedly.model import Article, Clocks, Document, Filters, Interval, Passage, Reading, record_of, text_digest
from reportedly.model.claim import Claim


def by(day: str, **filters: object) -> Question:
    return Question(clocks=Clocks(as_of=dt.date.fromisoformat(day)), filters=Filters(**filters))  # type: ignore[arg-type]


def test_files_are_read_and_extracted_without_a_ledger(examples: Path) -> None:
    """The stateless way gives the readings and their claims, and the claims say what the text says."""
    paths = [examples / "ferry" / "01-wire.txt"]
    (reading,) = read_files(paths)
    ((again, extractions),) = extract_files(read_files(paths))
    assert again.text == reading.text
    claims = [claim for extraction in extractions for claim in extraction.claims]
    assert claims
    assert all(reading.text[span.start : span.end] == span.text for claim in claims for span in claim.content)


def test_a_claim_s_record_comes_back(filled: Path) -> None:
    """The row of a stored claim is the claim."""
    with Desk(filled) as desk:
        stored = desk.claims(Question())[0]
    assert record_of(Claim, claim_row(stored)) == stored.claim
    assert claim_json(stored.claim).startswith('{"document": ')


def test_there_is_no_desk_without_a_ledger(tmp_path: Path) -> None:
    """A reader does not make a ledger."""
    with pytest.raises(NoLedgerError):
        Desk(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_adding_again_adds_nothing(ledger: Path, examples: Path) -> None:
    """A ledger that holds the pages stays as it is."""
    with Desk(ledger) as desk:
        before = desk.store.digest(), desk.store.revision
        added = desk.add([examples / "ferry", examples / "flight-752"])
        assert (added.added, added.claims, added.problems) == (0, 0, 0)
        assert (desk.store.digest(), desk.store.revision) == before


def test_a_policy_that_nobody_defined_is_refused(filled: Path) -> None:
    """The error lists the policies that there are."""
    with Desk(filled) as desk, pytest.raises(BadPolicyError, match="widest"):
        desk.figures(Question(policy="fairest"))


def front_page() -> Reading:
    """A saved page with a report of 4 November 2024 and another that nothing dates."""
    reports = ("A bridge fell in Sandvik and three people were hurt, the police said.", "The bakers of Nes will strike, their union said.")
    text = "\n".join(reports)
    starts = (0, len(reports[0]) + 1)
    bodies = [(Passage(start=start, end=start + len(words), role="body"),) for start, words in zip(starts, reports, strict=True)]
    day = Interval(first="2024-11-04", last="2024-11-04", basis="words")
    return Reading(
        document=Document(id="d:1", name="page.txt", text_digest=text_digest(text), bytes_digest="b", media_type="text/plain"),
        text=text,
        articles=(
            Article(document="page.txt", number=0, kind="article", passages=bodies[0], title="Bridge falls", published=day, language="en"),
            Article(document="page.txt", number=1, kind="article", passages=bodies[1], title="Bakers to strike", language="en"),
        ),
    )


def test_an_undated_article_is_listed_once_its_page_is_old_enough(tmp_path: Path) -> None:
    """The undated report is a story as of the day of the dated one beside it, and not before; what it says stays hidden."""
    with Desk(tmp_path / "page.db", create=True) as desk:
        desk.add([], readings=iter([front_page()]))
        assert [row.title for row in desk.stories(by("2024-11-03"))] == []
        assert {row.title for row in desk.stories(by("2024-11-04"))} == {"Bridge falls", "Bakers to strike"}
        assert {c.claim.article for c in desk.claims(by("2024-11-04"))} == {0}
        assert {c.claim.article for c in desk.claims(Question())} == {0, 1}
        assert [row.article for row in desk.stories(by("2024-11-04", story="bakers"))] == [1]


def test_stories_under_a_clock_bear_titles_of_their_day(filled: Path) -> None:
    """No title is the headline of an article that came later."""
    with Desk(filled) as desk:
        held = desk.holdings()
        later = {a.title for a in held.articles.values() if a.published and a.published.last_day and a.published.last_day.year == 2024}
        titles = {row.title for row in desk.stories(by("2021-12-31"))}
    assert titles
    assert not titles & later


def test_figures_and_brief_have_the_same_clock(filled: Path) -> None:
    """The brief holds only sources that had been published by its day."""
    with Desk(filled) as desk:
        brief = desk.brief(by("2024-11-13", story="ferry"))
        published = {d.name: [a for k, a in desk.holdings().articles.items() if k[0] == d.id] for d in desk.holdings().documents.values()}
    assert brief.as_of == "2024-11-13"
    assert brief.sources
    for source in brief.sources:
        days = [a.published.last_day for a in published[source.document] if a.published and a.published.last_day]
        assert min(days) <= dt.date(2024, 11, 13)


def test_changes_of_no_day_are_none(filled: Path) -> None:
    """Between a day and itself nothing changes."""
    with Desk(filled) as desk:
        assert desk.changes(dt.date(2024, 11, 15), dt.date(2024, 11, 15), Question()) == []
        assert desk.changes(dt.date(2024, 11, 12), dt.date(2024, 11, 15), Question())


def test_a_correction_shows_at_once_in_the_same_desk(ledger: Path) -> None:
    """What a desk has read before is read anew after a correction, and links follow."""
    with Desk(ledger) as desk:
        claim = next(c.claim for c in desk.claims(Question()) if c.claim.figures)
        judgement = desk.judge(Correction(kind="reject", targets=(claim.id,), by="A. Reader", reason="misread"))
        assert claim.id not in {c.claim.id for c in desk.claims(Question())}
        assert not desk.store.links_outdated()
        desk.undo(judgement.id)
        assert claim.id in {c.claim.id for c in desk.claims(Question())}


def test_actors_to_merge_must_be_known(ledger: Path) -> None:
    """A name that no actor bears is refused before anything is stored."""
    with Desk(ledger) as desk:
        with pytest.raises(UnknownIdError, match="no actor 'Nobody'"):
            desk.judge(Correction(kind="merge", targets=("Justin Trudeau", "Nobody"), by="A. Reader", reason=""))
        assert desk.holdings().judgements == ()


def test_a_draft_is_dated_by_the_clock(filled: Path, tmp_path: Path) -> None:
    """A draft's relative dates are read as of the day it is checked for; no clock leaves it undated and is answered too."""
    path = tmp_path / "draft.txt"
    path.write_text("At least four people were killed on Tuesday, the Norwegian Coast Guard said.\n", encoding="utf-8")
    (draft,) = read_files([path])
    with Desk(filled) as desk:
        for question in (by("2024-11-12"), Question()):
            rows = desk.check(draft, question)
            assert [draft.text[row.start : row.end] for row in rows] == [row.text for row in rows]
            assert rows


def test_no_word_of_a_removed_document_is_left_in_the_files(tmp_path: Path) -> None:
    """Neither text and claims nor the names, titles and events that links and lists took from them."""
    pages, ledger = tmp_path / "pages", tmp_path / "ledger"
    pages.mkdir()
    ledger.mkdir()
    kept = "Ferry sinks\n\nMORDEN, March 3, 2025 - At least 12 people drowned when a ferry sank, the coast guard said on Monday.\n"
    gone = (
        "Quarles accuses ferry owner\n\nMORDEN, March 4, 2025 - At least 12 people drowned when a ferry sank, the coast guard said.\n\n"
        '"The owner knew of the leaking hull," said Zebulon Quarles, a fisherman.\n'
    )
    (pages / "kept.txt").write_text(kept)
    (pages / "gone.txt").write_text(gone)
    with Desk(ledger / "a.db", create=True) as desk:
        assert desk.add([pages]).added == 2
        assert "Zebulon Quarles" in {row.actor for row in desk.actors(Question())}
        desk.remove("gone.txt", "asked for")
        everything = b"".join(path.read_bytes() for path in ledger.iterdir()).lower()
        assert {word for word in (b"quarles", b"zebulon", b"fisherman", b"leaking", b"accuses") if word in everything} == set()
        assert b"ferry sinks" in everything


@pytest.mark.parametrize("as_of", ["0001-01-03", "2025-03-01"])
def test_a_brief_looks_back_no_further_than_there_are_days(filled: Path, as_of: str) -> None:
    """However many days are asked for."""
    with Desk(filled) as desk:
        assert desk.brief(by(as_of), days=4_000_000).days == 4_000_000
