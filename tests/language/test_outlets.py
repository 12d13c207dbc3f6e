"""The table of outlets, and names, short names and addresses looked up in it."""

import pytest

from reportedly.language.naming.outlets import find_outlet, house_signs, name_outlet, outlet_row, split_publisher
from reportedly.language.tables import load_table


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("U.P.I.", "UPI"),
        ("https://www.reuters.com/world/quake-2031", "Reuters"),
        ("edition.cnn.com", "CNN"),
        ("NPR (AP text)", "NPR"),
        ("Agence France-Presse", "AFP"),
    ],
)
def test_an_outlet_is_found_by_any_of_its_names(words: str, name: str) -> None:
    """Short names, articles, points, addresses and notes in brackets lead to one canonical name."""
    assert find_outlet(words) == name


@pytest.mark.parametrize("words", ["", "ap", "World", "Hill", "National", "the harbour master", "example.org", "| Kim News"])
def test_words_that_are_no_outlet_are_not_taken_for_one(words: str) -> None:
    """A name in capitals counts in capitals only, one with an article only with it."""
    assert find_outlet(words) is None


def test_a_party_s_own_press_office_is_told_from_the_press() -> None:
    """A ministry's news service is no newspaper."""
    row = outlet_row("DOD News")
    assert row is not None
    assert row.kind == "party-release"


@pytest.mark.parametrize(
    ("words", "name"),
    [("Coast Herald", "Coast Herald"), ("Radio Brel", "Radio Brel"), ("the AP", "Associated Press"), ("Jo Moss", None), ("post", None)],
)
def test_a_name_that_only_the_page_knows_is_taken_where_outlets_stand(words: str, name: str | None) -> None:
    """Local papers are not in the table; their names end or begin as names of outlets do."""
    assert name_outlet(words) == name


def test_a_publisher_is_parted_from_the_copy_it_carries() -> None:
    """What stands in brackets behind a publisher is a credit; a publisher the table does not know stays as given."""
    assert split_publisher("NPR (AP text)") == ("NPR", ("Associated Press",))
    assert split_publisher("The Harbour Gazette") == ("The Harbour Gazette", ())


def test_a_house_s_way_to_sign_tells_whose_copy_it_is() -> None:
    """ "(Reporting by ...; Editing by ...)" is one agency's sign-off."""
    line = "(Reporting by Ida Holm in Oslo; Additional reporting by Per Lie; Editing by Jo Moss)"
    assert [outlet for outlet, sign in house_signs() if sign.search(line)] == ["Reuters"]


def test_every_row_names_a_kind_and_no_name_leads_to_two_outlets() -> None:
    """A name or domain that stood in two rows would depend on their order."""
    rows = load_table("outlets")["outlet"]
    keys = [key for row in rows for key in {row["name"], *row["aliases"], *row["domains"]}]
    assert len(rows) > 80
    assert {row["kind"] for row in rows} == {"wire", "newspaper", "broadcaster", "state", "party-release"}
    assert sorted(keys) == sorted(set(keys))
