"""Who speaks where a report takes somebody up: by a description, a pronoun, letters or an office, from the text to the claim."""

from collections.abc import Callable

import pytest

from reportedly.model import Claim

ClaimOf = Callable[[str, str], Claim]


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        (
            "A Bergen Ferries spokeswoman said the pier was sound. She declined to say who had checked it.",
            "who had checked",
            ("Bergen Ferries",),
        ),
        ("A spokesman for Kenya Railways denied the report. He said the line was open.", "the line was open", ("Kenya Railways",)),
        ("Hamas fired on the post. The militant group denied hitting the school.", "hitting the school", ("Hamas",)),
        (
            "The army blamed Hezbollah.\nWhile the army showed a map, the Iran-backed movement denied firing. It said the map was old.",
            "the map was old",
            ("Hezbollah",),
        ),
        (
            "The Norwegian Harbour Association met. The NHA said its members would strike.",
            "would strike",
            ("Norwegian Harbour Association",),
        ),
        (
            "Norway and Denmark accused each other of theft.\nBoth countries denied using old nets.",
            "using old nets",
            ("Norway", "Denmark"),
        ),
        ("Norway's Foreign Minister Ida Holm left early. The ministry said the talks went well.", "the talks went well", None),
        (
            "Norway's Prime Minister Ida Holm was calm.\nSpeaking in Oslo alongside a Red Cross chief, she said the fleet was safe.",
            "was safe",
            ("Ida Holm",),
        ),
        ("Police chief Ida Holm spoke for the Bergen police. Police said the road was clear.", "the road was clear", ("Bergen police",)),
        ("Nine people died in Gaza, according to the health ministry there.", "Nine people died", ("Ministry of Health (Gaza)",)),
        ("Sweden sent ships. Three diplomats familiar with the talks said the ships were old.", "the ships were old", ("diplomats",)),
        ("According to a plan seen by the Bergen Courier, the pier will close.", "the pier will close", ("plan",)),
        ("The British Harbour Association said the pier was sound.", "the pier was sound", ("British Harbour Association",)),
        (
            "The Kenya Red Cross fed nine people. The society, which had warned that the ground was wet, left.",
            "the ground was wet",
            ("Red Cross (Kenya)",),
        ),
        ("The Kenya Red Cross said nine people were hurt.", "nine people were hurt", ("Red Cross (Kenya)",)),
        ("A Department of Health spokesman said the ward was full.", "the ward was full", ("Ministry of Health",)),
    ],
)
def test_who_is_taken_up(claim_of: ClaimOf, text: str, words: str, speakers: tuple[str, ...] | None) -> None:
    """A pronoun, a description, letters or an office stands for whom the report named."""
    wanted = speakers or ("Ministry of Foreign Affairs (Norway)",)
    assert claim_of(text, words).speakers == wanted


def test_nobody_is_a_pair_where_three_have_spoken(claim_of: ClaimOf) -> None:
    """ "Both sides" names nobody where more than two have spoken and none of them jointly."""
    text = "Norway said the sea was calm. Denmark said it was rough. Sweden said it was cold.\nBoth sides denied fishing."
    assert claim_of(text, "fishing").speakers != ("Norway", "Denmark")


def test_a_platform_carries_the_clause_that_names_it(claim_of: ClaimOf) -> None:
    """Of two clauses with subjects of their own only the one that names the platform was put on it."""
    text = "While Norway blamed the fire on Sweden, Denmark denied any part in a statement on Telegram."
    assert claim_of(text, "any part").via == ("Telegram",)
    assert claim_of(text, "the fire").via == ()


def test_a_passive_is_relayed_by_its_agent_alone(claim_of: ClaimOf) -> None:
    """ "Was quoted as saying" are relayed by whom they name as agent, never by the subject of the clause before."""
    text = "The Harbour Party denied it, but Ida Holm was quoted as saying the pier would be searched."
    assert claim_of(text, "would be searched").via == ()
