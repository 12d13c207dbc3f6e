from reportedly.extract.acts.acts import find_about, find_acts, find_names, find_place
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.model import Act, Article, Passage, Span


def read(text: str) -> ParsedArticle:
    return parse(text, Article(document="t", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),)))


def content(parsed: ParsedArticle, words: str, source: str = "", cue: str = "") -> Attribution:
    """An attribution of some words of the text."""

    def at(wanted: str) -> tuple[Span, ...]:
        start = parsed.text.find(wanted)
        return (Span(start=start, end=start + len(wanted), text=wanted),) if wanted else ()

    what = at(words)
    passage = next(n for n, p in enumerate(parsed.passages) if p.start <= what[0].start < p.end)
    return Attribution(passage=passage, content=what, cue=at(cue), source=at(source), form="indirect")


def acts(text: str, words: str, *speakers: str) -> dict[str, Act]:
    parsed = read(text)
    return {act.act: act for act in find_acts(parsed, content(parsed, words), speakers)}


def test_it_in_reported_speech_is_the_speaker() -> None:
    """ "it sent troops" is the speaker's own act, done to where they went."""
    found = acts("Kenya said it sent troops to Haiti.", "it sent troops to Haiti", "Kenya")["deploy"]
    assert (found.agent, found.counted, found.place, found.reality, found.negated) == ("Kenya", "troop", "Haiti", "actual", False)


def test_the_owner_of_what_is_moved_in_the_passive_is_the_agent() -> None:
    """ "Nairobi's soldiers were deployed" is Kenya's act, and so is "its troops' deployment"."""
    passive = acts("Nairobi’s soldiers were deployed near Goma, she said.", "Nairobi’s soldiers were deployed near Goma", "Ann Lee")
    noun = acts("Kenya defended its troops’ deployment to Haiti.", "its troops’ deployment to Haiti", "Kenya")
    assert (passive["deploy"].agent, passive["deploy"].place) == ("Kenya", "Goma")
    assert noun["deploy"].agent == "Kenya"


def test_a_nominalisation_with_possessor_has_agent_place_and_no_patient() -> None:
    """ "Russia's recapture of the Belgorod region" is read like its verb."""
    words = "Russia’s recapture of the Belgorod region"
    found = acts(f"He spoke of {words}.", words, "Oleg Orlov")["retake"]
    assert (found.agent, found.place, found.patient) == ("Russia", "Belgorod Oblast", None)


def test_extent_and_contrary_holder_are_kept() -> None:
    """ "fully" is the extent; who held what was taken is the patient."""
    text = "Ukraine said its army had fully retaken land held by Russia."
    found = acts(text, "its army had fully retaken land held by Russia", "Ukraine")["retake"]
    assert (found.agent, found.patient, found.extent) == ("Ukraine", "Russia", "fully")


def test_negated_planned_and_attempted_acts_are_no_facts() -> None:
    """Negation, modals, "tried to" and purposes are told from what happened."""
    assert acts("It did not send troops.", "It did not send troops", "Kenya")["deploy"].negated
    assert acts("Kenya will deploy police.", "Kenya will deploy police", "X")["deploy"].reality == "expected"
    assert acts("Rebels tried to seize power.", "Rebels tried to seize power", "X")["overthrow"].reality == "attempted"
    found = acts("Kenya sent soldiers to fight alongside Uganda.", "Kenya sent soldiers to fight alongside Uganda", "X")
    assert found["deploy"].reality == "actual"
    assert found["fight_alongside"].reality == "planned"
    assert found["fight_alongside"].patient == "Uganda"


def test_a_verb_with_two_sorts_of_things_names_two_acts() -> None:
    """ "sent weapons and 900 troops" is a supply and a deployment."""
    found = acts("Kenya sent weapons and 900 troops to Haiti.", "Kenya sent weapons and 900 troops to Haiti", "X")
    assert {"supply", "deploy"} <= set(found)


def test_what_is_provided_stands_behind_with() -> None:
    """ "provided Haiti with rifles": the object receives."""
    found = acts("Kenya provided Haiti with rifles.", "Kenya provided Haiti with rifles", "X")["supply"]
    assert (found.agent, found.patient, found.counted) == ("Kenya", "Haiti", "rifle")


def test_the_deployment_is_that_of_who_sent_troops_before() -> None:
    """A definite nominalisation without owner takes up who sent them by the article's own words."""
    text = "Kenya sent 900 soldiers to Haiti last year.\nThe deployment was costly, critics said."
    assert acts(text, "The deployment was costly", "critics")["deploy"].agent == "Kenya"


def test_names_and_place_of_a_content() -> None:
    """Actors under their canonical names, then places; the place is where it happened."""
    parsed = read("Kenya’s army attacked rebels in Mombasa, Ugandan officials said.")
    one = content(parsed, "Kenya’s army attacked rebels in Mombasa")
    assert find_names(parsed, one) == ("Kenyan army", "Mombasa")
    assert find_place(parsed, one) == "Mombasa"


def test_a_bare_town_is_the_region_where_the_article_says_so() -> None:
    """ "in Sumy" is the oblast in an article that speaks of the Sumy region, and the town elsewhere."""
    with_region = read("Fighting hit the Sumy region. Troops advanced in Sumy, he said.")
    without = read("Troops advanced in Sumy, he said.")
    assert find_place(with_region, content(with_region, "Troops advanced in Sumy")) == "Sumy Oblast"
    assert find_place(without, content(without, "Troops advanced in Sumy")) == "Sumy"


def test_a_denial_takes_up_the_nearest_claim_of_another() -> None:
    """ "rejected the claim" is about what somebody else said just before, not about the speaker's own words."""
    parsed = read("Oslo said the wall fell. Bergen said the sun shone. Bergen officials rejected the claim. Oslo denied it.")
    found = find_about(
        parsed,
        [
            content(parsed, "the wall fell", "Oslo", "said"),
            content(parsed, "the sun shone", "Bergen", "said the sun"),
            content(parsed, "the claim", "Bergen officials", "rejected"),
            content(parsed, "it", "Oslo", "denied"),
        ],
    )
    assert found[:3] == [None, None, 1]
    assert find_about(parsed, [content(parsed, "the claim", "Oslo", "rejected")]) == [None]


def test_who_is_accused_or_urged_does_the_act() -> None:
    """ "accused X of sending" and "urged X to withdraw its troops" are X's acts, not the speaker's."""
    accused = acts("Oslo has accused Kenya of supplying weapons to Haiti.", "Kenya of supplying weapons to Haiti", "Norway")["supply"]
    urged = acts("Oslo urged Kenya to withdraw its troops from Haiti.", "Kenya to withdraw its troops from Haiti", "Norway")["withdraw"]
    assert (accused.agent, accused.patient) == ("Kenya", "Haiti")
    assert (urged.agent, urged.patient) == ("Kenya", "Haiti")


def test_whom_a_clause_holds_responsible_is_the_agent() -> None:
    """ "blamed X for the raid", "X was behind the raid": the noun's act is X's, and denied where the clause denies it."""
    blamed = acts("Oslo blamed Hezbollah for the attack.", "Hezbollah for the attack", "Norway")["attack"]
    behind = acts("Hezbollah said it was not behind the attack.", "it was not behind the attack", "Hezbollah")["attack"]
    assert (blamed.agent, blamed.negated) == ("Hezbollah", False)
    assert (behind.agent, behind.negated) == ("Hezbollah", True)


def test_a_mishap_befalls_its_subject_and_so_does_what_follows_from_it() -> None:
    """ "a Kenyan airliner crashed, killing nine": nobody crashed it and its state killed nobody."""
    found = acts(
        "Officials said a Kenyan airliner crashed near Goma, killing nine people.",
        "a Kenyan airliner crashed near Goma, killing nine people",
    )
    assert (found["crash"].agent, found["crash"].patient, found["crash"].counted) == (None, "Kenya", "airliner")
    assert (found["kill"].agent, found["kill"].counted) == (None, "people")


def test_who_sinks_a_ship_is_an_agent() -> None:
    """The same verb with an object is somebody's deed."""
    assert acts("Kenya sank the ship, she said.", "Kenya sank the ship", "Ann Lee")["sink"].agent == "Kenya"


def test_a_perfect_infinitive_tells_of_what_was() -> None:
    """ "are known to have died" is no plan."""
    assert acts("She said nine people are known to have died.", "nine people are known to have died", "X")["die"].reality == "actual"


def test_showing_a_quality_is_no_protest() -> None:
    """ "demonstrated courage" shares only its verb with a demonstration."""
    assert "protest" not in acts("She said the crews demonstrated courage.", "the crews demonstrated courage", "Ann Lee")


def test_days_months_things_and_platforms_are_no_places() -> None:
    """ "on Wednesday", "in June", "on Telegram", "the Aurora" and a person are nowhere; a strait is."""
    for text in (
        "He left on Wednesday.",
        "He left in June.",
        "He wrote on Telegram.",
        "The Aurora was built in 1987.",
        "They were hit on Jan. 8.",
    ):
        parsed = read(text)
        assert find_place(parsed, content(parsed, text[:-1])) is None
    parsed = read("Defence Minister Tom Otieno spoke. Rebels listened to Otieno in the Soya Strait.")
    assert find_place(parsed, content(parsed, "Rebels listened to Otieno in the Soya Strait")) == "Soya Strait"


def test_unnamed_people_are_no_names() -> None:
    """Mere people give no name; a state's group gives itself and its state."""
    parsed = read("Volunteers and Kenyan officials met 40 residents in Goma.")
    assert find_names(parsed, content(parsed, "Volunteers and Kenyan officials met 40 residents in Goma")) == (
        "Kenyan officials",
        "Kenya",
        "Goma",
    )


def test_it_in_an_outlets_own_voice_is_not_the_outlet() -> None:
    """Narration has the outlet for its speaker, and the outlet sends no troops."""
    parsed = read("It sent troops to Haiti.")
    narrated = Attribution(passage=0, content=content(parsed, "It sent troops to Haiti").content, cue=(), source=(), form="narration")
    assert find_acts(parsed, narrated, ["Harbour Post"])[0].agent is None
