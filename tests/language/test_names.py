import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.naming.names import name_actor, principal_of, same_person, split_joint
from reportedly.language.naming.states import adjective_of, is_capital, needs_context, state_of, states_in
from reportedly.language.tables import load_table

STATES = sorted(load_table("states")["states"]["rows"])


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Nairobi", "Kenya"),
        ("the Kremlin’s", "Russia"),
        ("Downing Street", "United Kingdom"),
        ("the U.S.", "United States"),
        ("Norwegian", "Norway"),
        ("Democratic People’s Republic of Korea", "North Korea"),
        ("the South", "South Korea"),
        ("Filipinos", "Philippines"),
    ],
)
def test_capitals_seats_adjectives_and_peoples_stand_for_their_state(words: str, state: str) -> None:
    """Names, adjectives, capitals, seats and peoples lead to the same canonical state."""
    assert state_of(words) == state


def test_words_that_name_no_state_give_none() -> None:
    """An unknown word is no state, and neither is a bare direction."""
    assert state_of("Atlantis") is None
    assert state_of("north") is None


@given(st.sampled_from(STATES))
def test_a_state_is_found_by_its_own_name_and_adjective(state: str) -> None:
    """Every row of the table leads back to itself."""
    assert state_of(state) == state
    assert state_of(adjective_of(state)) == state


def test_short_forms_of_divided_states_need_their_article() -> None:
    """ "the North" is a state only where the article names it; its capital always is."""
    assert needs_context("the North")
    assert not needs_context("Pyongyang")
    assert is_capital("Pyongyang")


def test_states_are_listed_in_text_order_each_as_often_as_named() -> None:
    """Counting states in a text is what finds the state an article is about."""
    assert list(states_in("Kenya and Ugandan police met in Nairobi.")) == ["Kenya", "Uganda", "Kenya"]


@pytest.mark.parametrize(
    ("phrase", "name", "kind", "principal"),
    [
        ("Norway’s Foreign Ministry", "Ministry of Foreign Affairs (Norway)", "body", "Norway"),
        ("the U.S. Department of Defense", "Department of Defense (United States)", "body", "United States"),
        ("the Pentagon", "Department of Defense (United States)", "body", "United States"),
        ("South Korea’s spy agency", "National Intelligence Service (South Korea)", "body", "South Korea"),
        ("the Ministry of Health of Ukraine", "Ministry of Health (Ukraine)", "body", "Ukraine"),
        ("Ukraine’s General Staff", "General Staff (Ukraine)", "body", "Ukraine"),
        ("the Kenyan military", "Kenyan military", "body", "Kenya"),
        ("the Nairobi government", "Government (Kenya)", "body", "Kenya"),
        ("the World Health Organization (WHO)", "World Health Organization", "organisation", "World Health Organization"),
        ("State-run Anadolu news agency", "Anadolu Agency", "organisation", "Turkey"),
        ("security firm Redbark", "Redbark", "organisation", "Redbark"),
        ("Kenyan officials", "Kenyan officials", "group", "Kenya"),
        ("witnesses", "witnesses", "group", None),
        ("Maryland", "Maryland", "body", "Maryland"),
        ("Reuters", "Reuters", "outlet", "Reuters"),
    ],
)
def test_bodies_organisations_and_groups_have_one_form(phrase: str, name: str, kind: str, principal: str | None) -> None:
    """However a body is printed, it comes back under one name with whom it speaks for."""
    actor = name_actor(phrase)
    assert (actor.name, actor.kind, actor.principal) == (name, kind, principal)


@pytest.mark.parametrize(
    ("phrase", "name", "principal"),
    [
        ("Pentagon spokeswoman Lt. Col. Ann B. Lee", "Ann Lee", "United States"),
        ("Secretary of Defense John Q. Marsh III", "John Marsh", "United States"),
        ("Health Secretary Robert T. Hale Jr.", "Robert Hale Jr.", "United States"),
        ("Oleh Bondar, chief of the general staff for Ukraine’s armed forces", "Oleh Bondar", "Ukraine"),
        ("Ruth Mora, a spokesperson for the U.S. Department of Health and Human Services", "Ruth Mora", "United States"),
        ("Foreign Minister Ida Holm of Norway", "Ida Holm", "Norway"),
        ("the mayor of Altona, Piet Vos", "Piet Vos", "Altona"),
        ("Oregon Governor Mary Finch", "Mary Finch", "Oregon"),
        ("Dana Ruiz of the World Bank", "Dana Ruiz", "World Bank"),
        ("Redbark spokeswoman Ida Holm", "Ida Holm", "Redbark"),
        ("former President Ida Holm", "Ida Holm", None),
        ("Ida Holm, 44, a resident of Quito", "Ida Holm", None),
        ("Oettinger, an ally of German Chancellor Angela Merkel", "Oettinger", None),
    ],
)
def test_a_title_tells_for_whom_its_holder_speaks(phrase: str, name: str, principal: str | None) -> None:
    """The person's name is cut out of title and apposition, and the office says whose word it is."""
    actor = name_actor(phrase)
    assert (actor.name, actor.principal) == (name, principal)


def test_an_unnamed_spokesman_speaks_as_the_body() -> None:
    """ "A spokesman for X" is X's word; an unnamed minister keeps the office."""
    assert name_actor("a spokesman for Hezbollah").name == "Hezbollah"
    minister = name_actor("South Korea’s defence minister")
    assert (minister.name, minister.principal) == ("Minister of National Defense (South Korea)", "South Korea")


def test_bare_bodies_belong_to_the_state_at_home() -> None:
    """ "State media" and "the government" are those of the state that context gives."""
    assert name_actor("state media", home="Iran").name == "State media (Iran)"
    assert name_actor("the government", home="Chile").principal == "Chile"
    assert name_actor("the government").principal is None
    assert name_actor("Interior Minister Ana Soto", home="Chile").principal == "Chile"
    assert name_actor("Secretary of State Ana Soto", home="Chile").principal == "United States"


@given(
    st.sampled_from(["Foreign Ministry", "General Staff", "government", "spy agency", "military", "police", "officials", "central bank"]),
    st.sampled_from(STATES),
)
def test_a_canonical_name_is_its_own_canonical_form(body: str, state: str) -> None:
    """Naming a name changes nothing, so that names from claims can be named again."""
    first = name_actor(body, home=state)
    again = name_actor(first.name)
    assert again.name == first.name
    assert principal_of(again) == state


@given(st.text(max_size=60))
def test_any_text_gets_a_name(phrase: str) -> None:
    """No words break the rules: an unknown phrase comes back as `other`."""
    assert name_actor(phrase).kind


@pytest.mark.parametrize(
    ("phrase", "pieces"),
    [
        (
            "U.S., Kenyan and Norwegian police officials",
            ["U.S. police officials", "Kenyan police officials", "Norwegian police officials"],
        ),
        ("Oslo and Nairobi", ["Oslo", "Nairobi"]),
        ("authorities and witnesses", ["authorities", "witnesses"]),
        ("Kenya, the U.S. and their partners", ["Kenya", "the U.S.", "their partners"]),
        ("President Soto and Vice President Luis Paz", ["President Soto", "Vice President Luis Paz"]),
        ("the Norwegian army and police", ["the Norwegian army", "Norwegian police"]),
    ],
)
def test_joint_sources_are_split(phrase: str, pieces: list[str]) -> None:
    """Each speaker of a joint source gets a phrase with the head noun or state that they share."""
    assert split_joint(phrase) == pieces


@pytest.mark.parametrize(
    "phrase",
    [
        "Kenyan military and intelligence officials",
        "the Department of Health and Human Services",
        "Ruth Mora, a spokesperson for the Department of Health and Human Services",
        "Tom Baker, general counsel and vice president at the bank",
        "the foreign ministry",
    ],
)
def test_one_speaker_stays_one(phrase: str) -> None:
    """An "and" inside a name, an office or a group splits nothing."""
    assert split_joint(phrase) == [phrase]


def test_short_names_may_stand_for_full_ones() -> None:
    """A surname, first or last, stands for the full name; a middle syllable or another name does not."""
    assert same_person("Ryder", "Pat Ryder")
    assert same_person("Mr. Kim", "Kim Yong-hyun")
    assert not same_person("Pat Ryder", "Ryder")
    assert not same_person("Lee", "Pat Ryder")


@pytest.mark.parametrize(
    ("phrase", "home", "name", "principal"),
    [
        ("Malaysia Airlines", None, "Malaysia Airlines", "Malaysia Airlines"),
        ("NOAA's Pacific Tsunami Warning Center", None, "Pacific Tsunami Warning Center", "United States"),
        ("Lebanon's Middle East Airlines", None, "Middle East Airlines", "Middle East Airlines"),
        ("The ship's owner, Fjord Lines,", None, "Fjord Lines", "Fjord Lines"),
        ("Harbour Watch, a group of volunteers", None, "Harbour Watch", "Harbour Watch"),
        ("the Washington Post", None, "Washington Post", "Washington Post"),
        ("the Lima Herald", "Peru", "Lima Herald", "Lima Herald"),
        ("the University of Minnesota", None, "University of Minnesota", "University of Minnesota"),
        ("Kenya's Labour Party", None, "Labour Party (Kenya)", "Labour Party (Kenya)"),
        ("the U.S. Embassy in Ankara", None, "U.S. embassy", "United States"),
        ("The General Staff of the Kenyan armed forces", None, "General Staff (Kenya)", "Kenya"),
        ("the prosecutor's office in Vestre", "Norway", "Prosecutor's Office (Norway)", "Norway"),
        ("the Vestre police", "Norway", "Vestre police", "Vestre"),
        ("police in Manila", None, "Philippine police", "Philippines"),
        ("Oslo's government on Saturday", None, "Government (Norway)", "Norway"),
    ],
)
def test_companies_papers_and_local_bodies_are_no_bodies_of_a_state(phrase: str, home: str | None, name: str, principal: str) -> None:
    """A state's or a place's name in an organisation's does not make it the state's; where a body sits is not whose it is."""
    actor = name_actor(phrase, home=home)
    assert (actor.name, principal_of(actor)) == (name, principal)


@pytest.mark.parametrize(
    ("phrase", "home", "name", "principal"),
    [
        ("Tom Otieno, head of Kenya's Civil Aviation Organization", None, "Tom Otieno", "Kenya"),
        ("Lars Moe, a prosecutor in Vestre", "Norway", "Lars Moe", "Norway"),
        ("Lars Moe, a prosecutor in Vestre", None, "Lars Moe", None),
        ("the BBC's Ann Lee", None, "Ann Lee", "BBC"),
        ("baker Ann Lee", None, "Ann Lee", None),
        ("Ann Lee in the small town of Muisne", None, "Ann Lee", None),
        ("Army Gen. Tom Otieno", "Kenya", "Tom Otieno", "Kenya"),
        ("Governor Ann Lee", "Mexico", "Ann Lee", None),
        ("U.S. Health and Human Services Secretary Ann Lee", None, "Ann Lee", "United States"),
        ("Health Secretary Ann Lee", "Mexico", "Ann Lee", "Mexico"),
    ],
)
def test_persons_are_told_from_what_they_lead_and_where_they_stand(phrase: str, home: str | None, name: str, principal: str | None) -> None:
    """The holder is the person, the principal is whom the office serves, and a place is neither."""
    actor = name_actor(phrase, home=home)
    assert (actor.name, actor.kind, actor.principal) == (name, "person", principal)
    assert split_joint(phrase) == [phrase]


@pytest.mark.parametrize(
    ("phrase", "home", "name", "principal"),
    [
        ("two bank officials", "Kenya", "bank officials", None),
        ("officials at the charter schools", "Kenya", "officials", None),
        ("a source familiar with the matter", "Kenya", "source", None),
        ("a Kenyan source", None, "Kenyan source", "Kenya"),
        ("Global health officials", "Kenya", "Global health officials", None),
        ("researchers at security firm Arbor Systems", None, "researchers at security firm Arbor Systems", "Arbor Systems"),
        ("officials in Nairobi", "Norway", "Kenyan officials", "Kenya"),
    ],
)
def test_unnamed_groups_speak_for_whom_their_words_name(phrase: str, home: str | None, name: str, principal: str | None) -> None:
    """The state at home owns only the officials whom no other employer, place or world owns."""
    actor = name_actor(phrase, home=home)
    assert (actor.name, actor.kind, actor.principal) == (name, "group", principal)


def test_a_building_is_no_person() -> None:
    """Capitalised names that end in a word for a place or a building are not taken for people."""
    assert name_actor("Freedom Square").kind == "other"
    assert name_actor("Istanbul Ataturk Airport").kind != "person"


@pytest.mark.parametrize(
    ("phrase", "name", "kind"),
    [
        ("The head of the State Harbour Inspection Service, Ida Berg", "Ida Berg", "person"),
        ("Fjord Medical Center in the northern Norwegian city of Bodin", "Fjord Medical Center", "organisation"),
        ("the Institute for War and Peace Reporting", "Institute for War and Peace Reporting", "organisation"),
        ("Norway's Fjordbygg", "Fjordbygg", "other"),
        ("Norwegian Prime Minister Ida Berg's office", "Prime Minister's Office (Norway)", "body"),
        ("Norwegian Deputy Prime Minister Ida Berg's office", "Office of Ida Berg", "body"),
        ("representatives of Oxfam", "Oxfam", "organisation"),
    ],
)
def test_names_stand_without_what_describes_or_places_them(phrase: str, name: str, kind: str) -> None:
    """A service is no person, a town and an owning state are no part of a name; a deputy has not the Prime Minister's Office."""
    actor = name_actor(phrase)
    assert (actor.name, actor.kind) == (name, kind)
    assert split_joint(phrase) == [phrase]
