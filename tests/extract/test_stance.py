import pytest

from reportedly.extract.acts.stance import find_knowledge, find_stance
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Form, Passage, Span


def put(sentence: str, form: Form = "indirect") -> tuple[ParsedArticle, Attribution]:
    """A sentence marked as [source] {cue} <content>."""
    plain, spans, opened = "", {}, {"[": "source", "{": "cue", "<": "content"}
    starts: dict[str, int] = {}
    for character in sentence:
        if character in opened:
            starts[opened[character]] = len(plain)
        elif character in "]}>":
            name = {"]": "source", "}": "cue", ">": "content"}[character]
            spans[name] = (starts[name], len(plain))
        else:
            plain += character
    article = Article(document="t", number=0, kind="article", passages=(Passage(start=0, end=len(plain), role="body"),))
    pieces = {name: (Span(start=a, end=b, text=plain[a:b]),) for name, (a, b) in spans.items()}
    attribution = Attribution(passage=0, content=pieces["content"], cue=pieces.get("cue", ()), source=pieces.get("source", ()), form=form)
    return parse(plain, article), attribution


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("[The army] {said} <it held the bridge>.", "asserts"),
        ("[The army] {said} <that the balloon was mistaken for a drone>.", "asserts"),
        ("[The army] {said} <that the balloon had been taken for a drone by mistake>.", "asserts"),
        ("[Norway] {confirmed} <that it sent trucks>.", "confirms"),
        ("[The pilot] {pleaded} <not guilty>.", "denies"),
        ("[The pilot] {pleaded guilty to} <two charges>.", "confirms"),
        ("[The aid groups] {pleaded with} <the council to stay>.", "demands"),
        ("[The mayor] {urged} <islanders to brace for a second storm>.", "predicts"),
        ("[The mayor] {told} <residents to expect more rain>.", "predicts"),
        ("[The mayor] {urged} <residents to leave>.", "demands"),
        ("[The mayor] {said} <it is premature to say who built the dam>.", "declines"),
        ("[The mayor] {said} <it is too early for them>.", "asserts"),
        ("[The mayor] {said} <“we won't speculate on the cause”>.", "declines"),
        ("[The mayor] {said} <the letter is fake>.", "denies"),
        ("[The mayor] {said} <the letter is not fake>.", "asserts"),
        ("[The mayor] {said} <“we call on both sides to leave”>.", "demands"),
        ("[The mayor] {said} <shots could be heard>.", "asserts"),
        ("[The mayor] {said} <he had seen no tanks>.", "asserts"),
        ("[The mayor] {said} <strong winds are forecast>.", "predicts"),
        ("[Neither side] {agreed to} <comment>.", "declines"),
        ("[The mayor] {said} <finding the ring would at least give her some comfort>.", "asserts"),
        ("[The mayor] {said} <the ring would be found>.", "predicts"),
        ("[Norway] {denied} <that it sent trucks>.", "denies"),
        ("[Norway] {did not deny} <that it sent trucks>.", "declines"),
        ("[Norway] {hasn't confirmed or denied} <the report>.", "declines"),
        ("[Norway] {could not confirm} <the report>.", "declines"),
        ("No injuries have been {confirmed} <in the fire>.", "declines"),
        ("No injuries were {reported} <in the fire>.", "asserts"),
        ("[The mayor] {did not say} <how many were hurt>.", "declines"),
        ("[The mayor] {declined to comment on} <the report>.", "declines"),
        ("The mayor declined to name him but [the mayor] {said} <the report was late>.", "asserts"),
        ("[The mayor] {said} <she had no comment about the quarry>.", "declines"),
        ("[The mayor] {said} <we cannot accept a closed bridge>.", "asserts"),
        ("[The pilot] {said} <I could hear shots>.", "asserts"),
        ("[The pilot] {said} <the town could see more rain>.", "predicts"),
        ("[The mayor] {said} <the risk beyond the harbour was low>.", "asserts"),
        ("[The mayor] {said} <the risk of a flood was low>.", "predicts"),
        ("[A gang] {claimed} <responsibility for the fire>.", "asserts"),
        ("It {was not clear} <who had lit it>.", "doubts"),
        ("[Oslo] {has accused} <Bergen of stealing snow>.", "alleges"),
        ("[The mayor] {urged} <people to leave>.", "demands"),
        ("[The mayor] {said} <people must leave>.", "demands"),
        ("[The mayor] {said} <the river will rise>.", "predicts"),
        ("[The mayor] {said} <the toll bridge should raise $2 million>.", "predicts"),
        ("[The mayor] {said} <drivers should pay $2>.", "demands"),
        ("[The mayor] {said} <floods were a more likely outcome>.", "predicts"),
        ("[The mayor] {said} <the river is likely to rise>.", "predicts"),
        ("[The mayor] {said} <the toll would have been lower with better walls>.", "asserts"),
        ("[The mayor] {said} <“We will rebuild the wall”>.", "pledges"),
        ("[The mayor] {vowed} <to rebuild the wall>.", "pledges"),
        ("[The mayor] {said} <the boat had likely hit a rock>.", "estimates"),
        ("[The mayor] {warned} <that the wall could fall>.", "predicts"),
        ("[The mayor] {warned} <that the wall is rotten>.", "warns"),
        ("[The mayor] {said} <he doubted the report>.", "doubts"),
        ("[The mayor] {asked} <people to stay calm>.", "demands"),
        ("[The army] {countered} <that the fight went on>.", "asserts"),
        ("[The army] {did not rule out} <that the wall had fallen>.", "declines"),
        ("[The army] {ruled out} <a return>.", "denies"),
        ("[The army] {neither confirmed nor denied} <that the wall had fallen>.", "declines"),
        ("[The army] has yet {to confirm} <that the wall fell>.", "declines"),
        ("[The army] stopped short of {confirming} <the raid>.", "declines"),
        ("[The army] failed {to say} <whether the wall had fallen>.", "declines"),
        ("[The army] {said} <it could not verify the report>.", "declines"),
        ("[The army] {said} <it does not believe the wall has fallen>.", "doubts"),
        ("[The army] {said} <it was not responsible for the raid>.", "denies"),
        ("[The army] {said} <it had nothing to do with the raid>.", "denies"),
        ("[The mayor] {said} <the guards had allegedly fled>.", "alleges"),
        ("[The mayor] {said} <the river was not likely to rise>.", "predicts"),
        ("[The mayor] {said} <there was a risk of floods>.", "warns"),
        ("[The mayor] {yelled} <“Don't say that!”>.", "demands"),
        ("[The mayor] {agreed} <that the wall had fallen>.", "asserts"),
        ("[The mayor] {agreed} <to rebuild the wall>.", "pledges"),
    ],
)
def test_an_explicit_cue_decides_and_otherwise_the_content(sentence: str, stance: str) -> None:
    """Each cue, its negation, and the modals of a neutral cue's content give the stance."""
    assert find_stance(*put(sentence), has_figure=False, of_others=True) == stance


def test_a_hedged_number_about_others_is_an_estimate_and_about_oneself_is_not() -> None:
    """ "about 40" of another side's men is an estimate; of one's own it is a report."""
    parsed, attribution = put("[The agency] {said} <about 40 rebels had been killed>.")
    assert find_stance(parsed, attribution, has_figure=True, of_others=True) == "estimates"
    assert find_stance(parsed, attribution, has_figure=True, of_others=False) == "asserts"


def test_a_first_figure_in_nobodys_name_is_an_estimate() -> None:
    """What "was initially called" something with a figure was a first measure; in somebody's name, or without a figure, it is a report."""
    parsed, attribution = put("The tremor {was initially called} <a magnitude-5.8 quake>.")
    assert find_stance(parsed, attribution, has_figure=True, of_others=False) == "estimates"
    assert find_stance(parsed, attribution, has_figure=False, of_others=False) == "asserts"
    parsed, attribution = put("[The agency] {initially said} <the tremor was of magnitude 5.8>.")
    assert find_stance(parsed, attribution, has_figure=True, of_others=False) == "asserts"


def test_narration_asserts() -> None:
    """The outlet's own voice takes no other stance."""
    assert find_stance(*put("<The river will rise>.", "narration"), has_figure=False, of_others=True) == "asserts"


@pytest.mark.parametrize(
    ("sentence", "knowledge"),
    [
        ("[A farmer] {said} <he saw the plane fall>.", "saw"),
        ("[Satellite images] {showed} <that the roof was gone>.", "imagery"),
        ("[Bank records] {showed} <that the sum was paid>.", "documents"),
        ("[The general] {said} <“We intercepted their calls”>.", "intercepted"),
        ("[The mayor] {said} <he was told that the road was shut>.", "told"),
        ("[The mayor] {said} <the road was shut>.", None),
    ],
)
def test_knowledge_is_what_the_words_say_they_rest_on(sentence: str, knowledge: str | None) -> None:
    """Seeing, images, documents, intercepts and hearsay are told apart; most claims say nothing of it."""
    assert find_knowledge(*put(sentence)) == knowledge
