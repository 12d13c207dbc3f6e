"""Who says what in reports of kinds that no rule was written beside: interviews, briefings, translated wires, drone strikes."""

from collections.abc import Callable

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.language.naming.names import name_actor
from reportedly.language.naming.offices import gender_of_name
from reportedly.model import Article, Claim, Passage


@pytest.fixture(scope="module")
def claims() -> Callable[..., list[Claim]]:
    """The claims of a text by rules, narration left out."""
    extractor = ClaimExtractor(model="rules")

    def read(text: str, outlet: str | None = None) -> list[Claim]:
        whole = (Passage(start=0, end=len(text), role="body"),)
        article = Article(document="t", number=0, kind="article", passages=whole, outlet=outlet)
        (extraction,) = extractor.extract(text, [article])
        return [claim for claim in extraction.claims if claim.form != "narration"]

    return read


def test_answers_of_an_interview_are_those_of_whom_it_is_with(claims: Callable[..., list[Claim]]) -> None:
    """Behind "A:" speaks the person named before the first question, and others through her; "Q:" puts nothing forward."""
    text = (
        "Ida Berg has inspected mines for years.\nQ: When did you first see the cracks?\nA: In March there were eleven of them.\n"
        "Q: What did the company say?\nA: The manager told me the cracks were old."
    )
    found = claims(text)
    assert [(c.speakers, c.via) for c in found] == [(("Ida Berg",), ()), (("manager",), ("Ida Berg",))]


def test_answers_of_an_explainer_are_nobodys_whom_it_tells_of(claims: Callable[..., list[Claim]]) -> None:
    """Where no answer speaks of whoever answers, the letters are no turns, and who stands before them says nothing in them."""
    text = (
        "Mayor Ida Berg has inspected the dam.\nQ: When did it crack?\nA: In March there were eleven cracks.\n"
        'Q: Who pays?\nA: The council said it paid 40 kroner. "I am glad," said Lars Dahl.'
    )
    assert [(c.speakers, c.via) for c in claims(text)] == [(("council",), ()), (("Lars Dahl",), ())]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "THE PRESIDENT: We sank 14 boats.\nSECRETARY HARM: Nine of our sailors were hurt.\nTHE PRESIDENT: I will not argue.",
            ["president", "Secretary Harm", "president"],
        ),
        (
            "Ida Holm: How is the dam?\nLars Dahl: I think it leaks badly.\nIda Holm: Who pays?\nLars Dahl: We pay 40 kroner.",
            ["Lars Dahl"] * 2,
        ),
    ],
)
def test_labels_of_briefings_and_talks_name_who_speaks(claims: Callable[..., list[Claim]], text: str, speakers: list[str]) -> None:
    """An office with "the" is a label like a name, and so is a name on the line of its words where people talk."""
    assert [name for claim in claims(text) for name in claim.speakers] == speakers


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ('"We lost nine men," Interfax quoted the commander as saying on Monday.', "commander", "Interfax"),
        ('"We lost nine men," the commander was quoted as saying by Interfax.', "commander", "Interfax"),
        ("The boats sank, Kyodo quoted the harbour master as saying.", "harbour master", "Kyodo News"),
        ("TASS newswire, citing a source in the port, reported that a crane fell.", "source", "TASS"),
        ("The council believes nine boats sank, Rep. Ida Holm told reporters.", "council", "Ida Holm"),
    ],
)
def test_whom_somebody_relays_speaks(claims: Callable[..., list[Claim]], text: str, speaker: str, via: str) -> None:
    """Who is quoted as saying something, cited by a wire or reported to believe it is the speaker, and the other relays it."""
    (claim,) = claims(text)
    assert (claim.speakers, claim.via) == ((speaker,), (via,))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The state nuclear agency, Nordatom, said three were hurt.", "Nordatom"),
        ("A man who identified himself as Dogo demanded 200 cows.", "Dogo"),
        ("Nordatom Institute spoke. Figures on its website show that 40 valves leaked.", "Nordatom Institute"),
        ("The IAEA team said it heard shots.", "International Atomic Energy Agency"),
        ("The WHO's tally shows that 40 fell ill.", "World Health Organization"),
        ("The memo ran to four pages. It said the corn would last until May.", "memo"),
        ("The IAEA said six fell ill. The entity said ten were well.", "International Atomic Energy Agency"),
        ("The letter was published in Norway. It said the corn would last until May.", "letter"),
        ("The report angered the World Bank. It said the corn would last.", "World Bank"),
        ("Hamas said 12 fell ill. The monitor said 40 fell ill.", "monitor"),
        ("Hamas said 12 fell ill. The watchdog said 40 fell ill.", "watchdog"),
        ("In Tarn the harbour director wrote that boats had sunk. The letter, he said, was lost.", "harbour director"),
    ],
)
def test_a_description_has_its_name(claims: Callable[..., list[Claim]], text: str, speaker: str) -> None:
    """A name behind a description, an owner, a document or who spoke last is meant where words name nobody by themselves."""
    assert claims(text)[-1].speakers == (speaker,)


def test_a_given_name_tells_whom_a_pronoun_means(claims: Callable[..., list[Claim]]) -> None:
    """ "She" takes up no Donald, though he is the last one named."""
    (claim,) = claims("Helen Berg came. Donald Holm followed. She said nine boats sank.")
    assert claim.speakers == ("Helen Berg",)
    assert [gender_of_name(name) for name in ("Helen Berg", "Donald Holm", "Chris Holm", "Kelly Berg")] == ["she", "he", None, None]


def test_an_institute_signs_with_its_letters(claims: Callable[..., list[Claim]]) -> None:
    """The first letters of the outlet's name are the outlet."""
    (claim,) = claims("ISC assesses that nine boats sank.", "Institute for the Study of Conflict")
    assert claim.speakers == ("Institute for the Study of Conflict",)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Reuters was not able to verify the footage.", "declines"),
        ("The BBC has been unable to confirm the toll.", "declines"),
        ("He said Oslo had nothing to do with nine fires.", "denies"),
        ("He said the price had nothing to do with politics.", "asserts"),
        ("He said Oslo could not support such a text.", "asserts"),
        ("The mayor said he would like nine boats.", "asserts"),
        ("No bird flu is reported to cause fever in sheep.", "asserts"),
        ("The group, which claimed responsibility for the fire, was founded in May.", "asserts"),
    ],
)
def test_stances_of_refusals_and_wishes(claims: Callable[..., list[Claim]], text: str, stance: str) -> None:
    """What could not be verified is declined, what was not possible asserted, and having no part in something is a denial."""
    assert [claim.stance for claim in claims(text)] == [stance]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Rosa Diaz from Quito", "Rosa Diaz"),
        ("Australian Rosa Diaz", "Rosa Diaz"),
        ("Australian Chris Moe", "Chris Moe"),
        ("British American Tobacco", "British American Tobacco"),
        ("state news agency Saba", "Saba News Agency"),
        ("Saba", "Saba"),
        ("Nordby Post editor Rosa Diaz", "Rosa Diaz"),
        ("the UN's nuclear watchdog", "International Atomic Energy Agency"),
        ("American Civil Liberties Union", "American Civil Liberties Union"),
    ],
)
def test_names_keep_to_themselves(phrase: str, name: str) -> None:
    """Where somebody is from, a people's adjective and an employer are no part of a person's name."""
    assert name_actor(phrase).name == name
