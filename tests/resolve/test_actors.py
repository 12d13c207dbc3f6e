from dataclasses import replace
from typing import Any

import pytest

from reportedly.model import Actor, Judgement, Settings, Story
from reportedly.resolve.actors import join_actors
from reportedly.resolve.employers import employer
from reportedly.resolve.linking import link
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
        (person("Pak Jin-young", "South Korea"), person("Park Jin-young", "South Korea")),
        (person("Lee Jae Myung", "South Korea"), person("Lee Jae-myeong", "South Korea")),
        (person("Sergei Shoigu", "Russia"), person("Sergey Shoygu", "Russia")),
        (person("Mohammed Karimi", "Iran"), person("Muhammad Karimi", "Iran")),
        (person("Ohta Kenji", "Japan"), person("Kenji Ohta", "Japan")),
        (person("Karim Shah Azad", "Pakistan"), person("Karim Shah Azado", "Pakistan")),
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
        (person("Robert Kennedy", "United States"), person("Roberta Kennedy", "United States")),
        (person("Ivan Petrov", "Russia", "minister"), person("Ivan Petrova", "Russia", "minister")),
        (person("Kim Young-ho", "South Korea"), person("Kim Yong-ho", "South Korea")),
        (person("Hassan Ali", "Iraq"), person("Hussein Ali", "Iraq")),
        (person("Holm Ida", "Norway"), person("Ida Holm", "Norway")),
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


def in_one_story(desk: Any, *judgements: Judgement) -> dict[str, Actor]:
    holdings = desk.holdings()
    story = Story(id="s:1", title="", articles=tuple(sorted(holdings.articles)))
    cast = join_actors(gather_reports(holdings), [story], holdings.settings, judgements)
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


def test_an_organisation_may_be_shortened(desk: Any) -> None:
    """First words and initials of the only organisation that they fit; who works for the short name works for the long one."""
    file(desk, "Nordvik Airlines", "Nordvik Airlines", principal="Nordvik Airlines")
    file(desk, "Nordvik", "Nordvik", day="2021-03-02", principal="Nordvik")
    file(desk, "Baltic Harbour Association", "Baltic Harbour Association", principal="Baltic Harbour Association")
    file(desk, "BHA", "BHA", day="2021-03-02", principal="BHA")
    cast = in_one_story(desk)
    assert cast["Baltic Harbour Association"].names == ("BHA", "Baltic Harbour Association")
    assert "Nordvik" not in cast


def test_education_officials_are_not_all_officials(desk: Any) -> None:
    """What stands before a group's name must be an actor."""
    file(desk, "Education officials", "Education officials", principal="Norway")
    file(desk, "officials", "officials", day="2021-03-02")
    assert {"Education officials", "officials"} <= set(in_one_story(desk))


def test_a_bare_surname_is_the_only_person_of_its_story_who_bears_it(desk: Any) -> None:
    """A report that says no more than the surname means the minister of whom the others speak."""
    file(desk, "Kari Hansen", "Norwegian Foreign Minister Kari Hansen", principal="Norway")
    file(desk, "Hansen", "Hansen", day="2021-03-02", principal="Norway")
    assert in_one_story(desk)["Kari Hansen"].names == ("Hansen", "Kari Hansen")


@pytest.mark.parametrize("principal", ["Norway", "Denmark"])
def test_a_bare_surname_that_two_bear_stays_apart(desk: Any, principal: str) -> None:
    """Two of one name, or one of another principal: nobody is meant for sure."""
    file(desk, "Kari Hansen", "Norwegian Foreign Minister Kari Hansen", principal="Norway")
    file(desk, "Nils Hansen", "Norwegian Prime Minister Nils Hansen", principal="Norway")
    file(desk, "Hansen", "Hansen", day="2021-03-02", principal=principal)
    assert "Hansen" in in_one_story(desk)


def test_three_persons_of_one_family_name_stay_three(desk: Any) -> None:
    """Family names come first there; a bare one is the person of its own principal only."""
    file(desk, "Kim Jong Un", "North Korean leader Kim Jong Un", principal="North Korea")
    file(desk, "Kim Min-ho", "South Korean Defense Minister Kim Min-ho", principal="South Korea")
    file(desk, "Kim Byung-sam", "South Korean ministry spokesman Kim Byung-sam", principal="South Korea")
    file(desk, "Kim", "Kim", day="2021-03-02", principal="North Korea")
    cast = in_one_story(desk)
    assert cast["Kim Jong Un"].names == ("Kim", "Kim Jong Un")
    assert {"Kim Min-ho", "Kim Byung-sam"} <= set(cast)


PREMIER = "Norwegian Prime Minister Kari Hansen"


def test_an_office_of_one_is_who_is_named_with_it(desk: Any) -> None:
    """ "The Norwegian prime minister" is she whom another report of that month calls so."""
    file(desk, "Kari Hansen", PREMIER, principal="Norway")
    file(desk, "Prime Minister (Norway)", "The Norwegian prime minister", day="2021-03-20", principal="Norway")
    premier = in_one_story(desk)["Kari Hansen"]
    assert "Prime Minister (Norway)" in premier.names
    assert premier.evidence == ("Prime Minister (Norway) = Kari Hansen: the only one named with this office in its story that month",)


def test_an_office_changes_hands(desk: Any) -> None:
    """A year later it may be another's; where two are named with it in one month nobody is meant for sure."""
    file(desk, "Kari Hansen", PREMIER, principal="Norway")
    file(desk, "Prime Minister (Norway)", "The Norwegian prime minister", day="2022-03-20", principal="Norway")
    assert "Prime Minister (Norway)" in in_one_story(desk)
    file(desk, "Nils Berg", "Norwegian Prime Minister Nils Berg", "2022-03-18", principal="Norway")
    file(desk, "Ole Lund", "Norwegian Prime Minister Ole Lund", "2022-03-22", principal="Norway")
    assert "Prime Minister (Norway)" in in_one_story(desk)


@pytest.mark.parametrize("office", ["Deputy Prime Minister", "former Prime Minister", "spokesman"])
def test_an_office_that_several_hold_means_nobody(desk: Any, office: str) -> None:
    """Deputies, former holders and spokesmen are many."""
    file(desk, "Kari Hansen", f"Norwegian {office} Kari Hansen", principal="Norway")
    file(desk, f"{office} (Norway)", f"The Norwegian {office}", day="2021-03-02", principal="Norway")
    assert f"{office} (Norway)" in in_one_story(desk)


@pytest.mark.parametrize(("states", "principal"), [(("Norwegian",), "Norway"), (("Norwegian", "Danish"), None)])
def test_a_minister_is_of_the_only_state_whose_ministers_speak(desk: Any, states: tuple[str, ...], principal: str | None) -> None:
    """ "Justice Minister Moe" beside the Norwegian prime minister is Norway's; beside those of two states nothing tells."""
    names = [f"{state} Prime Minister {name}" for state, name in zip(states, ("Kari Hansen", "Mette Lund"), strict=False)]
    text = " ".join(f"{words} said the road was closed." for words in (*names, "Justice Minister Per Moe"))
    document = desk.article(text, outlet="Fjord Times", day="2021-03-01")
    for words in (*names, "Justice Minister Per Moe"):
        desk.claim(document, f"{words} said the road", by=[" ".join(words.split()[-2:])], source=words)
    assert cast_of(desk)["Per Moe"].principal == principal


def test_the_office_of_a_person_is_that_of_the_title(desk: Any) -> None:
    """ "Hansen's office" is the prime minister's office while she is named as prime minister."""
    file(desk, "Kari Hansen", PREMIER, principal="Norway")
    file(desk, "Office of Kari Hansen", "Hansen's office", principal="Norway")
    cast = in_one_story(desk)
    assert "Office of Kari Hansen" in cast["Prime Minister's Office (Norway)"].names


def test_a_group_s_capital_at_the_head_of_a_sentence_tells_nothing(desk: Any) -> None:
    """ "Officials" and "officials" of one state are one."""
    file(desk, "Officials", "Officials", principal="Norway")
    file(desk, "officials", "officials", day="2021-03-02", principal="Norway")
    assert len([name for name in cast_of(desk) if name.lower() == "officials"]) == 1


def test_a_report_dated_to_a_stretch_dates_an_office_by_its_end(desk: Any) -> None:
    """Nothing tells that it was given before."""
    file(desk, "Pat Ryder", "Pentagon spokesman Pat Ryder", "2024-10-29")
    (key,) = desk.articles
    desk.articles[key] = replace(desk.articles[key], published=desk.on("2024-10-01", "2024-10-31"))
    (role,) = cast_of(desk)["Pat Ryder"].roles
    assert (role.first, role.last) == ("2024-10-31", "2024-10-31")


def test_any_order_of_articles_gives_the_same_actors(desk: Any) -> None:
    """Short names, spellings and offices are decided from sets, whatever came first."""
    file(desk, "Kari Hansen", PREMIER, principal="Norway")
    file(desk, "Hansen", "Hansen", day="2021-03-02", principal="Norway")
    file(desk, "Prime Minister (Norway)", "The Norwegian prime minister", day="2021-03-20", principal="Norway")
    file(desk, "Sergei Shoigu", "Sergei Shoigu", principal="Russia")
    file(desk, "Sergey Shoygu", "Sergey Shoygu", principal="Russia")
    forward = in_one_story(desk)
    desk.claims.reverse()
    desk.articles = dict(reversed(desk.articles.items()))
    assert in_one_story(desk) == forward


def test_a_split_takes_a_short_name_apart(desk: Any) -> None:
    """What the words of a story joined, a person parts; taking the split back joins it again."""
    file(desk, "Kari Hansen", PREMIER, principal="Norway")
    file(desk, "Prime Minister (Norway)", "The Norwegian prime minister", day="2021-03-20", principal="Norway")
    split = Judgement(
        id="j:1", kind="split", targets=("Kari Hansen", "Prime Minister (Norway)"), by="me", at="2021-04-01T00:00:00Z", reason="acting"
    )
    assert "Prime Minister (Norway)" in in_one_story(desk, split)
    assert "Prime Minister (Norway)" not in in_one_story(desk, replace(split, undone=True))


ACCIDENT = (
    " The ferry Varda Star ran aground off the Sund lighthouse with 70 passengers aboard, and divers searched the wreck through the"
    " night while the harbour of Varda stayed closed to tankers and trawlers until the coast guard had towed the ferry away."
)
TARIFFS = " A summit on salmon tariffs opens in Lima next week, where Peruvian buyers want a lower price for frozen fillets."


def test_an_office_named_in_another_story_is_nobody_of_this_one(desk: Any) -> None:
    """That one story's prime minister is Hansen tells nothing about the unnamed one of another, whenever that was."""
    premier, unnamed = "Prime Minister (Norway)", "The Norwegian prime minister"
    for name, source, day, matter in (
        ("Kari Hansen", PREMIER, "2021-03-01", ACCIDENT),
        (premier, unnamed, "2021-03-03", ACCIDENT),
        (premier, unnamed, "2029-06-01", TARIFFS),
    ):
        text = f"{source} said the talks went well.{matter}"
        document = desk.article(text, outlet=f"Times of {day}", day=day)
        desk.claim(document, "the talks went well", by=[name], source=source, principals=("Norway",))
    links = link(desk.holdings())
    names = {actor.id: actor.name for actor in links.actors}
    meant = {key[0]: names[identity] for key, identity in links.actor_of.items() if key[2] == premier}
    assert [meant[document] for document in desk.documents if document in meant] == ["Kari Hansen", premier]
