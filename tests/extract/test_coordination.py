"""What one cue reports becomes a claim for each count that it coordinates."""

from collections.abc import Callable

import pytest

from reportedly.extract.assembly import assemble
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Claim

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="session")
def claims(make_article: MakeArticle) -> Callable[[str], list[Claim]]:
    """The attributed claims of a text."""

    def find(text: str) -> list[Claim]:
        found, problems = assemble(parse(text, make_article(text)), "0" * 64)
        assert problems == []
        return [claim for claim in found if claim.form != "narration"]

    return find


def contents(found: list[Claim]) -> list[str]:
    """Their contents as words, pieces joined by " | "."""
    return [" | ".join(piece.text for piece in claim.content) for claim in found]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The ministry said that 12 people had died and that 30 others were missing.",
            ["that 12 people had died", "that 30 others were missing"],
        ),
        (
            "The flood killed 12 people, washed away a bridge and left 300 families homeless, according to the ministry.",
            ["The flood killed 12 people, washed away a bridge", "left 300 families homeless"],
        ),
        (
            "A landslide struck the camp, killing 12 people, the mayor said.",
            ["A landslide struck the camp, killing 12 people"],
        ),
        (
            "The mayor said that 12 soldiers had been killed and 30 had been wounded.",
            ["that 12 soldiers had been killed", "30 had been wounded"],
        ),
    ],
)
def test_clauses_with_figures_of_their_own_are_claims_of_their_own(
    claims: Callable[[str], list[Claim]], text: str, parts: list[str]
) -> None:
    """A clause without a figure stays with the one before it; a single count is never parted."""
    assert contents(claims(text)) == parts


def test_parts_share_cue_source_and_speaker_and_hold_their_own_figures(claims: Callable[[str], list[Claim]]) -> None:
    """Each figure is held once, by its own clause."""
    one, other = claims("The ministry said that 12 people had died and that 30 others were missing.")
    assert (one.cue, one.source, one.speakers) == (other.cue, other.source, other.speakers)
    assert [[str(f.low) for f in claim.figures] for claim in (one, other)] == [["12"], ["30"]]
    assert one.id != other.id


@pytest.mark.parametrize(
    "text",
    [
        "“We lost 12 people and 30 are missing,” the mayor said.",
        "The mayor said the gang could kill 12 people and rob 30 shops.",
        "The mayor said that 12 people had died and the bridge was closed.",
        "The quake that killed 12 people and injured 30 was the worst in years, the mayor said.",
    ],
)
def test_quotations_shared_modals_and_relative_clauses_are_not_parted(claims: Callable[[str], list[Claim]], text: str) -> None:
    """What would lose its quotation mark, its "could" or its main clause stays one claim."""
    assert len(claims(text)) == 1
