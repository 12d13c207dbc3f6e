"""Paragraphs with more numbers than are read."""

from reportedly.extract import ClaimExtractor
from reportedly.extract.figures.figures import MOST_NUMERALS
from reportedly.model import Article, Extraction, Passage


def extract(text: str) -> Extraction:
    article = Article(document="a.txt", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),))
    return ClaimExtractor(model="rules").extract(text, [article])[0]


def test_figures_that_were_left_out_are_told() -> None:
    """A table run together gives a problem that begins with the first number not read, and figures for those before it."""
    text = "The harbours counted " + ", ".join(str(n % 7 + 2) for n in range(MOST_NUMERALS + 20)) + " ships."
    (problem,) = extract(text).problems
    assert problem.code == "too-many-figures"
    before = text[: problem.start].count(",")
    assert before == MOST_NUMERALS
    assert text[problem.start : problem.end].startswith(f"{MOST_NUMERALS % 7 + 2}, ")


def test_an_article_of_many_figures_is_read_to_its_end() -> None:
    """The bound is a paragraph's, not an article's."""
    text = "\n".join(f"The harbour of Larvik counted {n} ships on Monday." for n in range(2, MOST_NUMERALS + 40))
    extraction = extract(text)
    assert not extraction.problems
    assert sum(len(claim.figures) for claim in extraction.claims) >= MOST_NUMERALS
