from collections.abc import Callable

from reportedly.extract.parse.parsed import Attribution

Attribute = Callable[..., list[Attribution]]


def words(parts: tuple[object, ...]) -> list[str]:
    """The words of some spans."""
    return [getattr(part, "text", "") for part in parts]


def test_relay_that_cites_a_speaker_is_an_outer_level(attribute: Attribute) -> None:
    """ "The statement cited Lind as saying" has Lind as its source and the statement outside."""
    (found,) = attribute("The statement cited Lind as saying the mine was empty.")
    assert (words(found.source), words(found.content)) == (["Lind"], ["the mine was empty"])
    assert [(words(level.source), words(level.cue)) for level in found.outer] == [(["The statement"], ["cited"])]


def test_reporter_behind_a_reported_statement_is_an_outer_level(attribute: Attribute) -> None:
    """ "X said A, the agency reported" is one attribution to X."""
    (found,) = attribute("President Lind said that the mine was empty, the state news agency reported.")
    assert words(found.source) == ["President Lind"]
    assert [words(level.source) for level in found.outer] == [["the state news agency"]]


def test_words_between_a_speaker_and_what_is_said_part_no_levels(attribute: Attribute) -> None:
    """ "X said after the storm that A, the agency reported" is X's, through the agency, however little of it A is."""
    (found,) = attribute("The government said after the long night of storms that it was calm, the state news agency reported.")
    assert words(found.source) == ["The government"]
    assert [words(level.source) for level in found.outer] == [["the state news agency"]]


def test_according_to_round_a_statement_is_an_outer_level(attribute: Attribute) -> None:
    """ "X said A, according to Y" is X's, through Y."""
    (found,) = attribute("“The mine is empty,” Lind said, according to the broadcaster.")
    assert words(found.source) == ["Lind"]
    assert [words(level.source) for level in found.outer] == [["the broadcaster"]]


def test_what_a_speaker_says_of_its_own_thoughts_is_no_further_attribution(attribute: Attribute) -> None:
    """ "X said he doubted A" is X's alone, with the doubt in its content."""
    (found,) = attribute("Lind said he doubted that the mine was empty.")
    assert words(found.content) == ["he doubted that the mine was empty"]
    assert found.outer == ()


def test_what_should_be_said_is_no_utterance(attribute: Attribute) -> None:
    """ "X said that Y should announce A" stays X's."""
    (found,) = attribute("Lind said that the council should announce its decision on Monday.")
    assert words(found.source) == ["Lind"]
