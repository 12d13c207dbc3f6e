from typing import Any

import pytest

from reportedly.model import Actor, Judgement, Settings, Story
from reportedly.resolve.actors import join_actors
from reportedly.resolve.employers import employer
from reportedly.resolve.namesakes import Identity, same_actor
from reportedly.resolve.reports import gather_reports


def person(name: str, principal: str | None, *offices: str) -> Identity:
    return Identity(name=name, principal=principal, kind="person", offices=offices)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Volodymyr Zelenskyy", "Ukraine", "President"), person("Volodymyr Zelensky", "Ukraine", "President")),
        (person("Tayyip Erdogan", "Turkey"), person("Recep Tayyip Erdogan", "Turkey")),
        (person("Erdogan", "Turkey", "Turkish President"), person("Tayyip Erdogan", "Turkey", "president")),
        (person("Park Chunghee", "South Korea"), person("Park Chung-hee", "South Korea")),
        (person("Noh Byoungsam", "South Korea", "ministry spokesperson"), person("Kang Byung-sam", "South Korea", "ministry spokesman")),
    ],
)
def test_spellings_of_one_person_are_joined(one: Identity, other: Identity) -> None:
    """Transliterations, longer forms, and a surname with its office are one person, whichever side comes first."""
    assert same_actor(one, other)
    assert same_actor(one, other) == same_actor(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Kim Jong Un", "North Korea"), person("Kim Jong Il", "North Korea")),
        (person("Kim Min-ho", "South Korea", "spokesman"), person("Kim Byung-sam", "South Korea", "spokesman")),
        (person("Kim Min-ho", "South Korea", "minister"), person("Kim Min-ho II", "North Korea", "minister")),
        (person("Jack Williams", "United States", "spokesman"), person("John Wiliams", "United States", "spokesman")),
        (person("Robert Wilson", "United States", "spokesman"), person("Robert Watson", "United States", "spokesman")),
        (person("Kim", "South Korea"), person("Kim Min-ho", "South Korea")),
        (person("Erdogan", None), person("Tayyip Erdogan", None)),
        (person("official", "Turkey", "official"), person("senior Turkish official", "Turkey", "official")),
    ],
)
def test_two_people_stay_two(one: Identity, other: Identity) -> None:
    """Another given name, another principal, or a bare surname without an office never makes one person."""
    assert same_actor(one, other) is None


def cast_of(desk: Any, **more: Any) -> dict[str, Actor]:
    holdings = desk.holdings(**more)
    cast = join_actors(gather_reports(holdings), (), holdings.settings, holdings.judgements)
    return {actor.name: actor for actor in cast.actors.values()}


def file(desk: Any, name: str, source: str, day: str = "2021-03-01", principal: str | None = None) -> None:
    text = f"{source} said the road was closed."
    document = desk.article(text, outlet="Fjord Times", day=day)
    desk.claim(document, "the road was closed", by=[name], source=source, principals=(principal,))


def test_offices_carry_the_dates_on_which_reports_give_them(desk: Any) -> None:
    """A role runs from the first report that gives it to the last."""
    file(desk, "Pat Ryder", "Pentagon spokesman Pat Ryder", "2024-10-29")
    file(desk, "Pat Ryder", "Pentagon spokesman Pat Ryder", "2024-11-05")
    (role,) = cast_of(desk)["Pat Ryder"].roles
    assert (role.first, role.last) == ("2024-10-29", "2024-11-05")


def test_a_capital_stands_for_its_state(desk: Any) -> None:
    """The words that mean a state are kept with it."""
    file(desk, "North Korea", "Pyongyang")
    assert cast_of(desk)["North Korea"].stands_for == ("Pyongyang",)


def test_namesakes_of_two_principals_are_two_actors(desk: Any) -> None:
    """One name under two principals gives two actors with ids of their own."""
    file(desk, "Ana Silva", "Ana Silva", principal="Brazil")
    file(desk, "Ana Silva", "Ana Silva", principal="Portugal")
    holdings = desk.holdings()
    cast = join_actors(gather_reports(holdings), (), holdings.settings, ())
    assert sorted(str(actor.principal) for actor in cast.actors.values() if actor.name == "Ana Silva") == ["Brazil", "Portugal"]


def test_an_alias_and_a_merge_join_names_and_say_so(desk: Any) -> None:
    """What a person set joins two names, and the actor says on what the joining rests."""
    file(desk, "Ana Silva", "Ana Silva", principal="Brazil")
    file(desk, "Dona Aninha", "Dona Aninha", principal="Brazil")
    by_alias = cast_of(desk, settings=Settings(aliases={"Dona Aninha": "Ana Silva"}))["Ana Silva"]
    assert by_alias.names == ("Ana Silva", "Dona Aninha")
    assert by_alias.evidence
    merge = Judgement(id="j:1", kind="merge", targets=("Ana Silva", "Dona Aninha"), by="me", at="2021-04-01T00:00:00Z", reason="same")
    assert cast_of(desk, judgements=[merge])["Ana Silva"].names == ("Ana Silva", "Dona Aninha")


def test_a_split_parts_what_spelling_joins(desk: Any) -> None:
    """A person's split wins over likeness."""
    file(desk, "Volodymyr Zelenskyy", "Ukrainian President Volodymyr Zelenskyy")
    file(desk, "Volodymyr Zelensky", "Ukrainian President Volodymyr Zelensky")
    names = ("Volodymyr Zelensky", "Volodymyr Zelenskyy")
    assert len({name for name in cast_of(desk) if name in names}) == 1
    split = Judgement(id="j:1", kind="split", targets=names, by="me", at="2021-04-01T00:00:00Z", reason="two")
    assert len({name for name in cast_of(desk, judgements=[split]) if name in names}) == 2


def speaks_for(actor: Actor) -> str:
    return actor.principal or actor.name


@pytest.mark.parametrize("source", ["Kari Hansen, chief of the Nordland police", "Nordland police chief Kari Hansen"])
def test_an_officer_speaks_for_whom_the_body_of_the_office_speaks(desk: Any, source: str) -> None:
    """The chief of a region's police and the police keep one count."""
    file(desk, "Kari Hansen", source, principal="Nordland")
    file(desk, "Nordland police", "The Nordland police")
    cast = cast_of(desk)
    assert speaks_for(cast["Kari Hansen"]) == speaks_for(cast["Nordland police"])


@pytest.mark.parametrize(
    ("office", "told", "body"),
    [
        ("chief of the Varda harbour trust", "Varda", "Varda harbour trust"),
        ("Varda harbour trust chairman", "Varda", "Varda harbour trust"),
        ("mayor of Varda", "Varda", None),
        ("harbour master", None, None),
    ],
)
def test_an_office_names_the_body_beyond_its_place(office: str, told: str | None, body: str | None) -> None:
    """A place is whom a mayor speaks for; a body that bears its name is another."""
    assert employer(office, told) == body


def test_a_staff_speaks_for_the_state_of_its_forces(desk: Any) -> None:
    """The principal stands behind the "of"."""
    file(desk, "General Staff of the Iranian armed forces", "The General Staff of the Iranian armed forces")
    assert cast_of(desk)["General Staff of the Iranian armed forces"].principal == "Iran"


def test_the_fullest_phrase_tells_the_state(desk: Any) -> None:
    """ "Health Secretary" alone may be anybody's; "Mexican Health Secretary" is not."""
    text = "Mexican Health Secretary Ana Ruiz spoke. The road was closed, Health Secretary Ana Ruiz said."
    document = desk.article(text, outlet="Fjord Times", day="2021-03-01")
    for source in ("Mexican Health Secretary Ana Ruiz", "Health Secretary Ana Ruiz"):
        desk.claim(document, "The road was closed", by=["Ana Ruiz"], source=source, principals=("United States",))
    assert cast_of(desk)["Ana Ruiz"].principal == "Mexico"


def in_one_story(desk: Any) -> dict[str, Actor]:
    holdings = desk.holdings()
    story = Story(id="s:1", title="", articles=tuple(sorted(holdings.articles)))
    cast = join_actors(gather_reports(holdings), [story], holdings.settings, ())
    return {actor.name: actor for actor in cast.actors.values()}


def test_a_bare_name_means_the_one_body_of_its_story(desk: Any) -> None:
    """Where one coast guard speaks, "the coast guard" is it, and says why."""
    file(desk, "Norwegian coast guard", "The Norwegian Coast Guard", principal="Norway")
    file(desk, "coast guard", "The coast guard", day="2021-03-02")
    guard = in_one_story(desk)["Norwegian coast guard"]
    assert (guard.principal, guard.names) == ("Norway", ("Norwegian coast guard", "coast guard"))
    assert guard.evidence == ("coast guard = Norwegian coast guard: no other of its story can be meant",)


def test_a_bare_name_that_two_bodies_bear_stays_apart(desk: Any) -> None:
    """Two coast guards speak, so "the coast guard" may be either."""
    file(desk, "Norwegian coast guard", "The Norwegian Coast Guard", principal="Norway")
    file(desk, "Swedish coast guard", "The Swedish Coast Guard", principal="Sweden")
    file(desk, "coast guard", "The coast guard", day="2021-03-02")
    assert set(in_one_story(desk)) >= {"Norwegian coast guard", "Swedish coast guard", "coast guard"}


def test_a_bare_name_means_nobody_of_another_story(desk: Any) -> None:
    """Without a story in common nothing tells which coast guard is meant."""
    file(desk, "Norwegian coast guard", "The Norwegian Coast Guard", principal="Norway")
    file(desk, "coast guard", "The coast guard", day="2021-03-02")
    assert "coast guard" in cast_of(desk)


def test_the_government_is_that_of_the_only_state_that_speaks(desk: Any) -> None:
    """A bare body speaks for the one state of its story."""
    file(desk, "Norwegian coast guard", "The Norwegian Coast Guard", principal="Norway")
    file(desk, "Government", "A government spokesman", day="2021-03-02")
    assert in_one_story(desk)["Government (Norway)"].principal == "Norway"


def test_a_person_speaks_for_whom_the_other_articles_name(desk: Any) -> None:
    """One article's "police chief", placed by where it was written, does not part her from her own police."""
    file(desk, "Kari Hansen", "Kari Hansen, chief of the Nordland police", principal="Nordland")
    file(desk, "Kari Hansen", "police chief Kari Hansen", day="2021-03-02", principal="Norway")
    file(desk, "Nordland police", "The Nordland police", day="2021-03-03")
    cast = in_one_story(desk)
    assert speaks_for(cast["Kari Hansen"]) == speaks_for(cast["Nordland police"])
    assert cast["Kari Hansen"].roles[-1].name == "police chief"
