"""Articles that are read without their passages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reportedly.ledger.codec import article_text, read_article
from reportedly.model import Article, Passage

words = st.text(alphabet='abc "[]{}:\\,', max_size=30)
passages = st.lists(st.builds(Passage, start=st.integers(0, 9), end=st.integers(10, 99), role=st.just("body")), max_size=3)


@given(title=words, byline=words, several=passages)
def test_a_bare_article_is_the_article_without_its_passages(title: str, byline: str, several: list[Passage]) -> None:
    """Whatever its title and byline print, also what looks like the beginning of passages, nothing else is lost."""
    title = f'{title}"passages":[{title}'
    article = Article(document="page.txt", number=1, kind="article", title=title, byline=byline, passages=tuple(several))
    payload = article_text(article)
    assert read_article(payload, "page.txt") == article
    assert read_article(payload, "page.txt", bare=True) == replace(article, passages=())
