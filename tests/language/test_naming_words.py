"""Phrases that need no look at the tables of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.naming.actors import _found
from reportedly.language.naming.names import name_actor
from reportedly.language.naming.phrases import bare, unpossessed
from reportedly.language.naming.possible import gives_no_office, names_nobody
from reportedly.language.tables import load_table

KINDS = ("state", "owner", "place", "private")  # of offices
HEADS = sorted({word for kind in KINDS for word in load_table("offices").get(kind, {}).get("words", ())})
GROUPS = sorted({word for section in ("official", "unattached") for word in load_table("groups")[section]["words"]})
THINGS = ("loaf", "bread", "stairs", "window", "rain", "noise", "shelves", "dust", "blanket", "soup")
LINKS = ("of", "in", "on", "with", "and", "the", "a", "its", "their", "old", "under", "to", "from", "-backed", "'s")


@pytest.mark.parametrize("phrase", ["local ministries", "witnesses", "a spokeswoman", "bread of the Ferry Company", "some"])
def test_a_word_of_a_table_or_a_capital_is_looked_at(phrase: str) -> None:
    """What may name somebody is never passed over."""
    assert not names_nobody(phrase)


def test_what_is_passed_over_comes_back_as_it_stands() -> None:
    """A thing is nobody of a known kind, with or without the closer look, and its words stay."""
    assert names_nobody("the old blanket under the stairs")
    named = name_actor("the old blanket under the stairs")
    assert (named.name, named.kind, named.principal) == ("old blanket under the stairs", "other", None)


@given(st.lists(st.sampled_from([*HEADS, *GROUPS, *THINGS, *LINKS]), min_size=1, max_size=6))
def test_nobody_whom_a_closer_look_names_is_passed_over(words: list[str]) -> None:
    """Whatever order the words of offices, groups and things come in, passing over changes no answer."""
    phrase = " ".join(words).replace(" -", "-").replace(" '", "'").strip("-' ") or "dust"
    assert not names_nobody(phrase) or _found(phrase, unpossessed(bare(phrase)), "Norway") is None


@given(st.sampled_from([*HEADS, *GROUPS]), st.sampled_from(THINGS))
def test_every_office_and_group_is_looked_at(word: str, thing: str) -> None:
    """Each word of the tables stands in the way of passing over, in the singular and in the plural."""
    assert not names_nobody(f"the {word} with the {thing}")
    assert not names_nobody(f"the {thing} of the {word}s")


@given(st.sampled_from(HEADS), st.sampled_from(THINGS))
def test_words_of_an_office_are_found_however_they_are_written(office: str, thing: str) -> None:
    """What may be a name's title is looked at; a thing before a name is none."""
    assert not gives_no_office(f"the {office.title()} of")
    assert gives_no_office(f"the {thing} of")
