from collections.abc import Sequence
from pathlib import Path

from reportedly import pipeline
from reportedly.ledger import MemoryStore
from reportedly.model import Article, Claim, Extraction, Problem, Reading, claim_id, span_of, text_digest


class FirstSentence:
    """An extractor that takes the first line of each article for a claim, and counts how often it is asked."""

    version = "first sentence 1"

    def __init__(self) -> None:
        self.asked = 0

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:
        """A claim an article."""
        self.asked += 1
        return [self._extract(text, article) for article in articles]

    def _extract(self, text: str, article: Article) -> Extraction:
        start = article.passages[0].start
        content = (span_of(text, start, start + 10),)
        claim = Claim(document=article.document, article=article.number, id=claim_id(text_digest(text), content, (), ()), content=content)
        problem = Problem(code="extraction-failed", message="only one line was read", document=article.document)
        return Extraction(claims=(claim,), problems=(problem,), extractor=self.version)


class Noted:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int]] = []
        self.linked = 0
        self.relinked = 0

    def step(self, name: str, *, characters: int) -> None:
        """One more document is through."""
        self.steps.append((name, characters))

    def linking(self) -> None:
        """All documents are through."""
        self.linked += 1

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew."""
        self.relinked += documents


def pages(folder: Path) -> list[Path]:
    for name, town in (("one.txt", "Sandvik"), ("two.txt", "Nes")):
        text = f"Bridge falls in {town}\n\n{town.upper()}, Norway, Nov. 4, 2024 — Three people were hurt, the police in {town} said.\n"
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / "one.txt", folder / "two.txt", folder / "missing.txt"]


def test_the_whole_way_in(tmp_path: Path) -> None:
    """Files become readings, claims and rows of a ledger with links; a missing file is a problem on the way and stops nothing."""
    store, extractor, progress = MemoryStore(), FirstSentence(), Noted()
    paths = pages(tmp_path)
    added = pipeline.add(pipeline.read(paths), extractor, store, progress)
    assert (added.documents, added.added, added.claims, added.problems) == (2, 2, 2, 3)
    assert [name for name, _ in progress.steps] == [str(paths[0]), str(paths[1]), ""]
    assert progress.linked == 1
    held = store.holdings()
    assert len(held.claims) == 2
    assert held.links.stories


def test_what_is_held_is_not_extracted_again(tmp_path: Path) -> None:
    """The second time nothing is read by the extractor, stored or linked."""
    store, extractor, progress = MemoryStore(), FirstSentence(), Noted()
    paths = pages(tmp_path)[:2]
    pipeline.add(pipeline.read(paths), extractor, store, Noted())
    asked, digest = extractor.asked, store.digest()
    again = pipeline.add(pipeline.read(paths), extractor, store, progress)
    assert (again.documents, again.added, again.claims, again.problems) == (2, 0, 0, 0)
    assert (extractor.asked, store.digest(), progress.linked) == (asked, digest, 0)


def test_a_run_that_stopped_is_linked_by_the_next(tmp_path: Path) -> None:
    """Documents that an interrupted run stored without links are linked by the run that finds nothing new."""
    store, extractor, progress = MemoryStore(), FirstSentence(), Noted()
    paths = pages(tmp_path)[:2]
    for reading in pipeline.read(paths):
        store.put(reading, extractor.extract(reading.text, reading.articles))
    assert store.links_outdated()
    pipeline.add(pipeline.read(paths), extractor, store, progress)
    assert progress.linked == 1
    assert not store.links_outdated()
    assert store.holdings().links == pipeline.resolve(store.holdings())


def test_rows_and_problems_of_a_document(tmp_path: Path) -> None:
    """What `read` and `extract` print of a document, and all that could not be used of it, reading first."""
    (reading, extractions), *_ = pipeline.extract(pipeline.read(pages(tmp_path)), FirstSentence())
    assert [row["article"] for row in pipeline.article_rows(reading)] == [a.number for a in reading.articles]
    assert [row["id"] for row in pipeline.claim_rows(extractions)] == [c.id for e in extractions for c in e.claims]
    lost = Reading(document=None, text="", problems=(Problem(code="empty-file", message="it is empty"),))
    assert [p.code for p in pipeline.problems_of(lost, extractions)] == ["empty-file", "extraction-failed"]
