from collections.abc import Callable

import pytest

from reportedly.extract.parse.parsed import Attribution

Attribute = Callable[..., list[Attribution]]


def narrated(found: list[Attribution]) -> list[str]:
    """The contents in the outlet's own voice."""
    return [a.content[0].text for a in found if a.form == "narration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The storm killed 12 people.", ["The storm killed 12 people"]),
        ("The storm reached the coast on Monday.", ["The storm reached the coast on Monday"]),
        ("The storm tore roofs off in Portland.", ["The storm tore roofs off in Portland"]),
        ("The storm tore roofs off.", []),
        ("The storm is a danger in Portland.", []),
        ("Who will pay for the 12 houses?", []),
    ],
)
def test_only_a_figure_or_a_placed_event_makes_narration_a_claim(attribute: Attribute, text: str, expected: list[str]) -> None:
    """A sentence of the outlet's own counts with a figure, or with an event verb and its date or place; a question does not."""
    assert narrated(attribute(text)) == expected


def test_attributed_words_are_not_narrated_again(attribute: Attribute) -> None:
    """What a speaker says, and how it is reported, is no claim of the outlet."""
    assert narrated(attribute("On Monday the mayor said 12 people had died in Portland.")) == []


def test_narration_beside_an_attribution_keeps_what_nobody_else_says(attribute: Attribute) -> None:
    """The outlet's own clause stands apart from the clause it attributes."""
    found = narrated(attribute("The ferry sank on Monday, and the mayor said the crew was safe."))
    assert found == ["The ferry sank on Monday"] or found[0].startswith("The ferry sank on Monday")
