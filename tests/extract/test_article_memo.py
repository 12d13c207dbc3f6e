"""What is kept for an article while its claims are made."""

from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.extract.speakers.cast import cast_of
from reportedly.model import Article, Passage


def read(text: str) -> ParsedArticle:
    return parse(text, Article(document="t", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),)))


def test_an_article_is_worked_out_once_and_another_anew() -> None:
    """The result is kept for the very object asked about last, not for one that is equal to it."""
    asked: list[ParsedArticle] = []

    def count(parsed: ParsedArticle) -> int:
        asked.append(parsed)
        return len(asked)

    remembered = once_for_article(count)
    first, second = read("One ship left."), read("One ship left.")
    assert [remembered(first), remembered(first), remembered(second), remembered(first)] == [1, 1, 2, 3]


def test_mentions_are_looked_back_for_no_further_than_told() -> None:
    """Looking back stops at its reach, so a long article takes time by its length and not by its square."""
    parsed = read("\n".join(f"Kenya sent ship {number} to Norway." for number in range(200)))
    cast = cast_of(parsed)
    end = parsed.passages[-1].end
    assert {m.passage for m in cast.before(end, 199, 4)} == {195, 196, 197, 198, 199}
    assert min(m.passage for m in cast.before(end, 199, 10_000)) > 100
    assert [m.name.name for m in cast.inside(parsed.passages[7].cut(parsed.passages[7].start, parsed.passages[7].end))] == [
        "Kenya",
        "Norway",
    ]
