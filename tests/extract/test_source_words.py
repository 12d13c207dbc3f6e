"""The words of a source that say who it is."""

import pytest

from reportedly.extract.speakers.source_words import who


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("The navy in a statement", "The navy"),
        ("Lind in his first interview since the vote", "Lind"),
        ("The country's fishing association", "fishing association"),
        ("An official at a checkpoint outside the town of Moen", "An official"),
        ("A crowd nearby", "A crowd"),
        ("An official at the health ministry", "An official at the health ministry"),
        ("Residents of Moen", "Residents of Moen"),
        ("The mayor of Moen", "The mayor of Moen"),
    ],
)
def test_venue_country_and_unnamed_place_are_left_out(printed: str, meant: str) -> None:
    """Named bodies and places stay, which tell who is meant."""
    assert who(printed) == meant
