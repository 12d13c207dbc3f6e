"""What pictures show is put forward, whatever the parser makes of "showed"."""

from collections.abc import Callable

import pytest

from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article

MakeArticle = Callable[..., Article]


def contents(make_article: MakeArticle, text: str) -> list[str]:
    """The contents of an article's attributions, narration left out."""
    return [found.content[0].text for found in find_attributions(parse(text, make_article(text))) if found.form != "narration"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Video posted online showed smoke over the port and people in the street.", "smoke over the port and people in the street"),
        ("Photos taken at dawn show a crater beside the bridge, which was closed.", "a crater beside the bridge"),
    ],
)
def test_pictures_show_a_thing(make_article: MakeArticle, text: str, content: str) -> None:
    """A noun of pictures with "show" reports the phrase behind it, up to a comma."""
    assert contents(make_article, text) == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The video was long and showed up late.",
        "The mayor showed the photo to his wife.",
        "Video games show players a new world.",
        "Video shows no sign of it.",
    ],
)
def test_what_shows_nothing_is_not_taken(make_article: MakeArticle, text: str) -> None:
    """A person who shows something, pictures that do something else, and "show no" put nothing forward."""
    assert contents(make_article, text) == []


def test_several_appeals_are_no_ones_words(make_article: MakeArticle) -> None:
    """One appeal with its purpose is put forward; to make appeals is a doing."""
    assert contents(make_article, "The charity renewed its appeal to rebuild the port.") == ["to rebuild the port"]
    assert contents(make_article, "The charity had to make more appeals to keep its donors.") == []
