"""What a clause says a thing is, and who answers for it."""

import pytest

from reportedly.extract.acts.acts import find_acts
from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.parse.parsing import parse
from reportedly.model import Act, Article, Interval, Passage, Span


def acts(marked: str, *speakers: str) -> dict[str, Act]:
    """The acts of a text's <content>, the {cue} marked too."""
    plain, starts, spans = "", {}, {}
    for character in marked:
        if character in "{<":
            starts[character] = len(plain)
        elif character in "}>":
            spans[character] = (starts["{" if character == "}" else "<"], len(plain))
        else:
            plain += character
    day = Interval(first="2024-11-13", last="2024-11-13")
    article = Article(document="t", number=0, kind="article", passages=(Passage(start=0, end=len(plain), role="body"),), published=day)
    parsed = parse(plain, article)
    pieces = {mark: (Span(start=a, end=b, text=plain[a:b]),) for mark, (a, b) in spans.items()}
    passage = next(n for n, p in enumerate(parsed.passages) if p.start <= pieces[">"][0].start < p.end)
    attribution = Attribution(passage=passage, content=pieces[">"], cue=pieces.get("}", ()), source=(), form="indirect")
    return {act.act: act for act in find_acts(parsed, attribution, speakers)}


def test_a_linking_verb_and_an_adjective_give_the_state_of_a_thing() -> None:
    """ "was unsafe" is an act by its adjective, counting the thing by its noun."""
    found = acts("Inspectors {said} <that the bridge was unsafe>.")["unsafe"]
    assert (found.agent, found.patient, found.counted, found.negated, found.reality) == (None, None, "bridge", False, "actual")


def test_a_state_that_is_denied_or_only_feared_is_no_fact() -> None:
    """Negation and modals reach adjectives as they reach verbs."""
    assert acts("She {said} <the bridge was not unsafe>.")["unsafe"].negated
    assert acts("She {said} <the bridge may be unsafe>.")["unsafe"].reality == "expected"


@pytest.mark.parametrize("adjective", ["likely to fall", "certain", "ready", "aware of it"])
def test_how_sure_or_ready_somebody_is_names_no_act(adjective: str) -> None:
    """ "is likely", "is ready" tell an attitude, not what state a thing is in."""
    assert adjective.split(maxsplit=1)[0] not in acts(f"She {{said}} <the mayor is {adjective}>.")


def test_a_participle_that_the_tagger_takes_for_an_adjective_is_an_act() -> None:
    """ "was mistaken for" and "had been badly overloaded" are acts by their verbs, however the words are tagged."""
    mistaken = acts("The army {said} <that the balloon was mistaken for a drone>.", "Army")["mistake"]
    plane = acts("The army {said} <that the plane was mistaken for a hostile target>.", "Army")["mistake"]
    loaded = acts("The crew {said} <that the ship had been badly overloaded>.", "Crew")["overload"]
    assert (mistaken.counted, plane.counted, loaded.counted) == ("balloon", "plane", "ship")


@pytest.mark.parametrize("cue", ["denied", "admitted", "confirmed"])
def test_a_company_that_denies_or_admits_the_state_of_a_thing_answers_for_it(cue: str) -> None:
    """Denial and later admission have one act, one thing and one agent, whatever the thing is called."""
    ferry = acts(f"Fjord Lines {{{cue}}} <that the ferry Aurora was overloaded>.", "Fjord Lines")["overload"]
    ship = acts(f"Fjord Lines {{{cue}}} <that the ship was overloaded>.", "Fjord Lines")["overload"]
    assert (ferry.agent, ferry.counted) == ("Fjord Lines", "ferry")
    assert (ship.agent, ship.counted) == ("Fjord Lines", "ship")


def test_a_bystander_answers_for_nothing() -> None:
    """Who merely says it, and a state's body that denies it, may well speak of another's ship."""
    assert acts("Fjord Lines {said} <that the ferry was overloaded>.", "Fjord Lines")["overload"].agent is None
    police = "Norwegian police"
    assert acts("Norwegian police {denied} <that the ferry was overloaded>.", police)["overload"].agent is None


def test_what_is_done_to_a_bodys_thing_is_done_to_the_body() -> None:
    """ "the bank's system was breached" and "the company's licence": the owner that the words take up suffers it."""
    hacked = acts("Arbor Bank {said} <that the bank's system was breached>.", "Arbor Bank")["hack"]
    licence = acts("Fjord Lines was warned. The ministry {said} <that the company's licence was suspended>.", "Ministry")["suspend"]
    assert (hacked.patient, hacked.counted) == ("Arbor Bank", "system")
    assert (licence.patient, licence.counted) == ("Fjord Lines", "licence")
