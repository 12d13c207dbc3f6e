"""From the words of an address to a question, and back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from reportedly.api import Question
from reportedly.errors import BadDateError, BadPolicyError
from reportedly.model import Clocks, Filters, parse_day
from reportedly.tasks.inspection import policies

LONGEST_WORDS = 500  # characters of what a reader types into one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """From when, and by which rule, a reader looks: the part of a question that goes with them from page to page.

    Attributes:
        as_of: only what was said by the end of this day; None sets no such bound.
        published: whether only what was published by that day counts as well.
        policy: how low, best and high are formed; None takes the settings'.
    """

    as_of: dt.date | None = None
    published: bool = False
    policy: str | None = None

    @property
    def clocks(self) -> Clocks:
        """The clocks it sets."""
        return Clocks(as_of=self.as_of, published_by=self.as_of if self.published else None)

    def question(self, **filters: Any) -> Question:  # noqa: ANN401 - fields of `Filters`
        """A question from here."""
        return Question(filters=Filters(**filters), clocks=self.clocks, policy=self.policy)

    def words(self) -> dict[str, str]:
        """Its part of an address."""
        day = self.as_of.isoformat() if self.as_of else ""
        found = {"as_of": day, "published": "yes" if self.published and day else "", "policy": self.policy or ""}
        return {name: value for name, value in found.items() if value}

    def at(self, path: str, **more: str | None) -> str:
        """The address of a page seen from here."""
        query = urlencode({**self.words(), **{name: value for name, value in more.items() if value}})
        return f"{quote(path, safe='/:')}{'?' if query else ''}{query}"


def standpoint_of(words: Mapping[str, str]) -> Standpoint:
    """The standpoint in an address.

    Raises:
        BadDateError: `as_of` is no date.
        BadPolicyError: the policy is none that ships with the package; a file of the user's own is named in the settings alone.
    """
    policy = words.get("policy") or None
    if policy is not None and policy not in policies():
        raise BadPolicyError(policy, sorted(policies()))
    return Standpoint(as_of=read_day(words.get("as_of"), "as_of"), published=words.get("published") == "yes", policy=policy)


def read_day(words: str | None, name: str, *, last: bool = True) -> dt.date | None:
    """A day as a reader writes it; a month or year stands for its last (or first) day; None where nothing is written.

    Raises:
        BadDateError: it is no date.
    """
    if not words or not words.strip():
        return None
    try:
        return parse_day(words.strip(), last=last)
    except ValueError as error:
        raise BadDateError(words[:40], name=name) from error
