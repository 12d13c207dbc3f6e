from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WhoSaid = Callable[..., list[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that the bridge was closed.", ("The ministry", "said", "that the bridge was closed")),
        ("The harbour was mined, the navy said.", ("the navy", "said", "The harbour was mined")),
        ("The harbour, the navy said, was mined.", ("the navy", "said", "The harbour | was mined")),
        ("According to the coast guard, nine sailors drowned.", ("the coast guard", "According to", "nine sailors drowned")),
        ("Nine sailors drowned, according to the coast guard.", ("the coast guard", "according to", "Nine sailors drowned")),
        (
            "As the mayor noted, the road had been closed for a week.",
            ("the mayor", "noted", "the road had been closed for a week"),
        ),
    ],
)
def test_clause_before_behind_or_round_its_cue_is_the_content(who_said: WhoSaid, text: str, expected: tuple[str, str, str]) -> None:
    """Wherever a reported clause stands, its content leaves out cue, source and final stop, and keeps its "that"."""
    assert who_said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We saw the smoke,” Ana Ruiz said.", ("Ana Ruiz", "said", "“We saw the smoke,”")),
        ('"We saw the smoke," said Ana Ruiz.', ("Ana Ruiz", "said", '"We saw the smoke,"')),
        ("Ana Ruiz told reporters: “We saw the smoke.”", ("Ana Ruiz", "told", "“We saw the smoke.”")),
        ("“Where are the boats?” the captain asked.", ("the captain", "asked", "“Where are the boats?”")),
    ],
)
def test_quotation_keeps_its_marks_and_what_stands_inside_them(who_said: WhoSaid, text: str, expected: tuple[str, str, str]) -> None:
    """A direct quotation is the content with its marks and the comma or stop inside them."""
    assert who_said(text) == [expected]


def test_broken_quotation_is_one_attribution_with_two_pieces(who_said: WhoSaid) -> None:
    """What stands before and behind the cue is said once."""
    assert who_said("“The dam is safe,” the engineer said, “and it will hold.”") == [
        ("the engineer", "said", "“The dam is safe,” | “and it will hold.”")
    ]


def test_form_tells_direct_mixed_and_indirect_apart(attribute: Callable[..., list[object]]) -> None:
    """Marks round all of the content make it direct, round some of it mixed, round none indirect."""
    text = "“We saw the smoke,” Ruiz said.\nRuiz said the smoke was “black as tar.”\nRuiz said the smoke was black."
    assert [getattr(a, "form", None) for a in attribute(text)] == ["direct", "mixed", "indirect"]


def test_scare_quotes_alone_are_no_attribution(who_said: WhoSaid) -> None:
    """Marks round a few words without a cue report nobody."""
    assert who_said("The so-called “green corridor” closed at noon.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union vowed to continue the strike.", ("The union", "vowed", "to continue the strike")),
        ("The mayor urged residents to leave the valley.", ("The mayor", "urged", "residents to leave the valley")),
        ("The envoy called on both armies to withdraw.", ("The envoy", "called on", "both armies to withdraw")),
        ("The firm did not say how many workers were hurt.", ("The firm", "did not say", "how many workers were hurt")),
        ("The general denied the accusation.", ("The general", "denied", "the accusation")),
        ("The bishop condemned the attack on the market.", ("The bishop", "condemned", "the attack on the market")),
        (
            "Norland accused Sudland of shelling the port.",
            ("Norland", "accused", "Sudland of shelling the port"),
        ),
        ("The senator called the plan a disgrace.", ("The senator", "called", "the plan a disgrace")),
        ("The minister referred to the drought.", ("The minister", "referred to", "the drought")),
        ("Footage posted online showed smoke over the port.", ("Footage posted online", "showed", "smoke over the port")),
        ("The charity launched an appeal to help 300 families.", ("The charity", "launched an appeal", "to help 300 families")),
    ],
)
def test_other_complements_of_cue_verbs(who_said: WhoSaid, text: str, expected: tuple[str, str, str]) -> None:
    """Infinitives, orders, questions, noun phrases and predicates are contents by their verbs' rows in the table."""
    assert who_said(text) == [expected]


def test_source_has_title_and_apposition_but_no_relative_clause(who_said: WhoSaid) -> None:
    """The relative clause about a speaker belongs to the outlet."""
    ((source, _, content),) = who_said("Harbour master Tom Berg, a former pilot, who retired in May, said the buoy had sunk.")
    assert source == "Harbour master Tom Berg, a former pilot,"
    assert content == "the buoy had sunk"


def test_cue_has_its_auxiliaries_negation_and_adverb(who_said: WhoSaid) -> None:
    """The whole verb group is the cue, without date and addressee."""
    cues = [cue for _, cue, _ in who_said("The bank has also said it will pay.\nThe bank has not said on Monday when it will pay.")]
    assert cues == ["has also said", "has not said"]


def test_coordinated_cues_of_one_speaker_are_two_attributions(who_said: WhoSaid) -> None:
    """ "X said A and added B" gives A and B to X, each with its own cue."""
    assert who_said("The judge said the trial would start in May and added that it would be short.") == [
        ("The judge", "said", "the trial would start in May"),
        ("The judge", "added", "that it would be short"),
    ]


def test_participle_takes_the_speaker_of_its_sentence(who_said: WhoSaid) -> None:
    """ ", saying ..." is said by whoever the sentence is about."""
    assert ("The airline", "saying", "the runway was flooded") in who_said(
        "The airline cancelled ten flights, saying the runway was flooded."
    )


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The militia is believed to have crossed the river.", "is believed", "The militia | to have crossed the river"),
        ("It was unclear how many miners were trapped.", "was unclear", "how many miners were trapped"),
    ],
)
def test_agentless_report_has_a_cue_and_no_source(who_said: WhoSaid, text: str, cue: str, content: str) -> None:
    """A passive or impersonal report names nobody."""
    assert who_said(text) == [("", cue, content)]


def test_noun_with_that_clause_reports_whose_it_is(who_said: WhoSaid) -> None:
    """ "X's claim that ..." is an attribution to X."""
    assert ("the army", "claim", "that the town had fallen") in who_said("Nobody could verify the army’s claim that the town had fallen.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Divers are worried that the hull will break.", ("Divers", "are worried", "that the hull will break")),
        ("The envoy raised the alarm about the dam.", ("The envoy", "raised the alarm about", "the dam")),
    ],
)
def test_adjectives_and_phrases_report_too(who_said: WhoSaid, text: str, expected: tuple[str, str, str]) -> None:
    """An adjective with a clause, or a verb with its noun and preposition, is a cue."""
    assert who_said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The Senate confirmed Lewis as a judge.",
        "Maria Lind contributed to this report.",
        "Photo: Maria Lind",
        "If confirmed, the find would be the oldest.",
        "The ferry carried troops to support the garrison.",
    ],
)
def test_what_only_looks_like_an_attribution_is_none(who_said: WhoSaid, text: str) -> None:
    """Appointments, credits, conditions and purposes report nobody's words."""
    assert who_said(text) == []


def test_line_of_a_transcript_begins_with_its_speaker(who_said: WhoSaid) -> None:
    """A name in capitals and a colon attribute the line."""
    assert who_said("LIND: We will not sell the island.") == [("LIND", ":", "We will not sell the island")]


def test_headline_may_name_its_speaker_before_a_colon_or_at_its_end(who_said: WhoSaid) -> None:
    """Both headline forms give the same content."""
    before = who_said("Minister Lind: Island will not be sold", role="headline")
    behind = who_said("Island will not be sold, Minister Lind says", role="headline")
    assert [c for _, _, c in before] == [c for _, _, c in behind] == ["Island will not be sold"]


def test_dateline_is_no_part_of_the_first_source(who_said: WhoSaid) -> None:
    """A place and agency in front of the first sentence do not spoil its source."""
    ((source, _, _),) = who_said("OSLO, Norway (NTW) — The ministry said that the bridge was closed.")
    assert source == "The ministry"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["The envoy said ", "“", "”", '"', "‘", "it rained", ", she said", ". ", "\n", "é", "😀", ": ", "that "]),
        max_size=25,
    )
)
def test_every_span_is_the_text_at_its_place(attribute: Callable[..., list[object]], pieces: list[str]) -> None:
    """However marks and words are mixed, a span's words are the text's own."""
    text = "".join(pieces)
    for found in attribute(text):
        for part in ("content", "cue", "source"):
            for span in getattr(found, part):
                assert text[span.start : span.end] == span.text
