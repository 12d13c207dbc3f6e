"""Who speaks where a source is somebody's, a description, a picture or a body beside a seat: from the text to the claim."""

from collections.abc import Callable

import pytest

from reportedly.model import Claim

ClaimOf = Callable[[str, str], Claim]


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("China opposes the tariff, its embassy in Oslo said.", "opposes the tariff", ("Chinese embassy",)),
        ("Oxfam counted 40 wells. Its report found that nine were dry.", "nine were dry", ("Oxfam",)),
        ("Oxfam denied the claim. Its spokesperson said nine wells were dry.", "nine wells", ("Oxfam",)),
        (
            "Prime Minister Ida Berg of Norway went home. Her office said she would rest.",
            "would rest",
            ("Prime Minister's Office (Norway)",),
        ),
        ("Mayor Ida Berg of Bergen went home. Her office said she would rest.", "would rest", ("Office of Ida Berg",)),
        ("Norwegian President Ida Berg won. Berg's office said she would rest.", "would rest", ("Presidency (Norway)",)),
    ],
)
def test_what_is_somebodys_speaks_for_him(claim_of: ClaimOf, text: str, words: str, speakers: tuple[str, ...]) -> None:
    """A pronoun's owner gives a body abroad, a report, a spokesman and an office whose word it is."""
    assert claim_of(text, words).speakers == speakers


def test_a_holder_and_his_office_are_one_actor_wherever_the_office_is_told(claim_of: ClaimOf) -> None:
    """What is "Berg's office" of one who is called prime minister elsewhere is the Prime Minister's Office."""
    text = "Berg's office said the road was shut. Norwegian Prime Minister Ida Berg had driven it."
    assert claim_of(text, "the road was shut").speakers == ("Prime Minister's Office (Norway)",)


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        (
            "Video posted by the Norwegian coast guard shows that a boat sank. It shows that its bow was open.",
            "bow was open",
            ("Norwegian coast guard",),
        ),
        ("Hamas released a clip. It shows that a man is alive.", "a man is alive", ("clip",)),
        ("Fjord Lines published photos. The firm said that nobody was hurt.", "nobody was hurt", ("Fjord Lines",)),
        ("A letter signed by Mayor Ida Berg said the dam had cracked.", "the dam had cracked", ("Ida Berg",)),
    ],
)
def test_it_that_shows_is_the_picture(claim_of: ClaimOf, text: str, words: str, speakers: tuple[str, ...]) -> None:
    """What shows something is the video named before, by whoever put it out; what is said is nobody's picture."""
    assert claim_of(text, words).speakers == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        (
            "A source at Bergen Ferries said the doors were open. The source said nobody had looked.",
            "nobody had looked",
            ("source at Bergen Ferries",),
        ),
        (
            "The press service of the utility, Vannkraft, told TASS it was well. It said the news was old.",
            "the news was old",
            ("Vannkraft",),
        ),
        (
            "A health official, Dr. Ida Berg of the Nordland Institute, said it rained. She said roads were shut.",
            "roads were shut",
            ("Ida Berg",),
        ),
        ("A harbour lawyer in Lagos, Ida Berg, said it rained. She said roads were shut.", "roads were shut", ("Ida Berg",)),
        ("His neighbour, Ida Berg, said it rained. She said roads were shut.", "roads were shut", ("Ida Berg",)),
        ("Asked whether it would rain, Ida Berg said no ship would leave.", "no ship would leave", ("Ida Berg",)),
    ],
)
def test_second_mentions_take_up_who_spoke(claim_of: ClaimOf, text: str, words: str, speakers: tuple[str, ...]) -> None:
    """Not whom he told, nor only what he is."""
    assert claim_of(text, words).speakers == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("Mayor Ida Berg said the dam would hold.\nI think the bridge will fall.", "the bridge will fall", ()),
        ("“The dam will hold,” Mayor Ida Berg said. “I think the bridge will fall.”", "the bridge will fall", ("Ida Berg",)),
    ],
)
def test_i_outside_quotation_marks_is_the_writer(claim_of: ClaimOf, text: str, words: str, speakers: tuple[str, ...]) -> None:
    """What a column's writer thinks is not the word of whoever was quoted last."""
    assert claim_of(text, words).speakers == speakers


def test_who_was_asked_does_not_put_the_question(claims: Callable[[str], list[Claim]]) -> None:
    """What somebody is asked is no word of his."""
    found = claims("Asked whether it would rain, Ida Berg said no ship would leave.")
    assert all("whether" not in claim.content[0].text for claim in found if claim.speakers == ("Ida Berg",))


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Owner admits ferry was full\nFjord Lines, the owner of the ferry, was fined.", ("Fjord Lines",)),
        ("Owner admits ferry was full\nThe ferry was fined.", ("Owner",)),
        ("Owner admits ferry was full\nFjord Lines, the owner's insurer, was fined.", ("Owner",)),
    ],
)
def test_a_headlines_bare_noun_is_whom_the_text_sets_it_beside(claim_of: ClaimOf, text: str, speakers: tuple[str, ...]) -> None:
    """Only an apposition to a name ties the two."""
    assert claim_of(text, "ferry was full").speakers == speakers


SEAT = "Norway said its bridge was hit. Norway mourned. Norwegian planes flew.\n"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"{SEAT}The White House condemned it. A spokesperson of the National Security Council said it was told.", "United States"),
        (f"{SEAT}The White House condemned it.\nA spokesperson of the National Security Council said it was told.", "United States"),
        (
            f"{SEAT}The White House condemned it. Norway thanked it. A spokesperson of the National Security Council said it was told.",
            "Norway",
        ),
        (f"{SEAT}Berlin condemned it. A spokesperson of the National Security Council said it was told.", "Norway"),
    ],
)
def test_a_bare_body_behind_a_seat_is_that_states(claim_of: ClaimOf, text: str, speakers: str) -> None:
    """The White House names who is at home in what follows, until another state is the subject; a capital does not."""
    assert claim_of(text, "it was told").speakers == (f"National Security Council ({speakers})",)


def test_representatives_speak_for_each_of_their_senders(claim_of: ClaimOf) -> None:
    """A list of senders is a joint statement of theirs."""
    claim = claim_of("Representatives from the CGT, the CTA and Oxfam said the strike went on.", "the strike went on")
    assert claim.speakers == ("CGT", "CTA", "Oxfam")


@pytest.mark.parametrize(
    ("text", "speakers", "relays"),
    [
        ("Interfax, quoting a Telegram post by the mayor of Lund, reported that a bridge was hit.", ("Mayor of Lund",), ("Interfax",)),
        ("The newspaper Vesti reports, with reference to the mayor of Lund, that a bridge was hit.", ("Mayor of Lund",), ("Vesti",)),
    ],
)
def test_whom_a_relay_refers_to_speaks(claim_of: ClaimOf, text: str, speakers: tuple[str, ...], relays: tuple[str, ...]) -> None:
    """A post's author and what translations put as "with reference to" are who says it."""
    claim = claim_of(text, "a bridge was hit")
    assert (claim.speakers, claim.via) == (speakers, relays)


def test_bare_state_media_are_those_of_the_body_that_the_sentence_tells_of(claim_of: ClaimOf) -> None:
    """The owner of "its navy" runs the state media that report on it, not the state that most of the article is about."""
    text = f"{SEAT}The Iranian embassy in Lagos denied it. Its navy turned back a boat on Friday, state media reported."
    assert claim_of(text, "turned back a boat").speakers == ("State media (Iran)",)


def test_a_medium_may_be_named_between_its_adjective_and_its_noun(claim_of: ClaimOf) -> None:
    """What was told "the state-owned Herald newspaper" came through it."""
    claim = claim_of("Mayor Ida Berg told the state-owned Herald newspaper that the dam would hold.", "the dam would hold")
    assert claim.via == ("state-owned Herald newspaper",)


def test_two_unnamed_sources_share_no_relay(claim_of: ClaimOf) -> None:
    """Through whom one source's words came says nothing of another source's."""
    text = (
        "The newspaper Vesti reports, with reference to a source in the port, that two men left.\nA source in the bank said all was well."
    )
    assert claim_of(text, "all was well").via == ()


def test_a_reported_relative_clause_ends_where_the_sentence_goes_on(claim_of: ClaimOf) -> None:
    """What the council says of the lorry is that it was sold, not where it was found."""
    claim = claim_of("A lorry the council says was sold in May was found burnt.", "was sold")
    assert claim.content[0].text == "was sold in May"
