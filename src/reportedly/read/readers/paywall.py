"""Tells a page of which only the beginning was saved, since the rest is for subscribers."""

import re
import tomllib
from importlib import resources

from reportedly.model import Problem

_TABLE = tomllib.loads(resources.files("reportedly.read.markup").joinpath("page_elements.toml").read_text(encoding="utf-8"))
_FOR_SUBSCRIBERS = re.compile("|".join(f"(?:{mark})" for mark in _TABLE["for_subscribers"]["marks"]), re.IGNORECASE)
_WHOLE = 1_500  # characters of a text that is taken for a whole report, whatever the page says of subscribers


def paywall_problems(markup: str, text: str, name: str) -> tuple[Problem, ...]:
    """A problem where a page says that it is for subscribers and holds few words of its article.

    Args:
        markup: the page's source.
        text: what was read of it.
        name: the document's name.
    """
    if len(text) >= _WHOLE or not _FOR_SUBSCRIBERS.search(markup):
        return ()
    message = (
        f"the page says that it is for subscribers, and only {len(text):,} characters of the article are in it; they were read. "
        "Saved again while signed in, it holds the rest"
    )
    return (Problem(code="for-subscribers", message=message, document=name),)
