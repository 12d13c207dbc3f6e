"""Tagged contents made whole, and tagged attributions that nobody utters left out."""

from collections.abc import Callable, Sequence

import pytest

from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, lay_out
from reportedly.extract.attribution.mending import mend, with_whole_figures
from reportedly.extract.attribution.quotations import find_quotations
from reportedly.extract.attribution.unspoken import provisions_apart, spoken
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article

MakeArticle = Callable[..., Article]
Laid = Callable[[str], Layout]


@pytest.fixture(scope="session")
def laid(make_article: MakeArticle) -> Laid:
    """The layout of a paragraph."""

    def lay(text: str) -> Layout:
        passages = parse(text, make_article(text)).passages
        return lay_out(passages[0], find_quotations(passages)[0])

    return lay


def found(layout: Layout, source: str, cue: str, *content: str) -> Finding:
    """A finding of the first places of some words."""
    text = layout.text

    def places(words: Sequence[str]) -> tuple[Range, ...]:
        return tuple((text.index(w), text.index(w) + len(w)) for w in words if w)

    head = next(token.i for token in layout.doc if token.idx >= text.index(cue or content[0]))
    return Finding(head=head, cue=places([cue]), source=places([source]), content=places(content))


def contents(layout: Layout, finding: Finding) -> list[str]:
    """The pieces of a finding's content as words."""
    return [layout.text[start:end] for start, end in finding.content]


def test_the_clause_that_a_cue_goes_on_from_is_no_piece_of_its_content(laid: Laid) -> None:
    """What stands there of itself is told by the outlet; what a parenthesis reports keeps both its sides."""
    layout = laid("The count of stranded whales had reached 61 by Friday and was expected to grow.")
    tagged = found(layout, "", "was expected", "The count of stranded whales had reached 61 by Friday", "to grow")
    assert [contents(layout, one) for one in mend(layout, [tagged], [])] == [["to grow"]]
    layout = laid("Ships brought tents and nurses kept watch, although one case has been reported.")
    tagged = found(layout, "", "has been reported", "Ships brought tents", "nurses kept watch", "one case")
    assert [contents(layout, one) for one in mend(layout, [tagged], [])] == [["one case"]]
    layout = laid("The dam, as the mayor said on Friday, had cracked.")
    tagged = found(layout, "the mayor", "said", "The dam", "had cracked")
    assert mend(layout, [tagged], []) == [tagged]


def test_the_occasion_of_a_saying_is_no_content(laid: Laid) -> None:
    """ "During a meeting" hangs on the cue; "during a storm" is told."""
    layout = laid("Lind expressed support for the crews during a meeting with Holm.")
    tagged = found(layout, "Lind", "expressed", "support for the crews during a meeting with Holm")
    assert contents(layout, mend(layout, [tagged], [found(layout, "Lind", "expressed", "support for the crews")])[0]) == [
        "support for the crews"
    ]


def test_a_clause_that_stands_for_a_source_gives_its_subject(laid: Laid) -> None:
    """ "Clinic erases debts, says ..." is said by the clinic."""
    layout = laid("Clinic erases millions in old debt, says it is a plaster.")
    (mended,) = mend(layout, [found(layout, "Clinic erases millions in old debt,", "says", "it is a plaster")], [])
    assert layout.text[slice(*mended.source[0])] == "Clinic"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("WHO chief Ida Holm said the ward was full.", "WHO", "WHO chief Ida Holm"),
        ("The army and a bank said the ward was full.", "a bank", "The army and a bank"),
        ("In a post on X the army said the ward was full.", "a post on X the army", "the army"),
    ],
)
def test_a_source_is_the_whole_phrase_that_speaks_and_no_more(laid: Laid, text: str, part: str, whole: str) -> None:
    """A part of the subject grows to all of it, and where it was put is no part of it."""
    layout = laid(text)
    ruled = found(layout, whole, "said", "the ward was full")
    (mended,) = mend(layout, [found(layout, part, "said", "the ward was full")], [ruled])
    assert mended.source == ruled.source


def test_whom_a_passive_accuses_is_no_source(laid: Laid) -> None:
    """Nobody is named who accuses; whoever is named as agent speaks."""
    layout = laid("Nine guards were accused of theft.")
    (mended,) = mend(layout, [found(layout, "Nine guards", "were accused of", "theft")], [])
    assert mended.source == ()
    layout = laid("Nine guards were accused of theft by the mayor.")
    (mended,) = mend(layout, [found(layout, "the mayor", "were accused of", "theft")], [])
    assert layout.text[slice(*mended.source[0])] == "the mayor"


def test_a_content_keeps_both_marks_of_its_quotation(laid: Laid) -> None:
    """A piece that leaves out only a closing or an opening mark takes it."""
    layout = laid("The mayor said “help is near” on Friday.")
    (mended,) = mend(layout, [found(layout, "The mayor", "said", "“help is near")], [])
    assert contents(layout, mended) == ["“help is near”"]


def test_pieces_round_the_cue_stay_apart(laid: Laid) -> None:
    """A clause is broken by its own cue and source."""
    layout = laid("The mine, Lind said, was empty.")
    (whole,) = mend(layout, [found(layout, "Lind", "said", "The mine", "was empty")], [])
    assert contents(layout, whole) == ["The mine", "was empty"]


def test_content_ends_where_its_speakers_next_cue_begins(laid: Laid) -> None:
    """ "said A but added B" is two sayings of one speaker."""
    layout = laid("Berg said the chance was low but added that it was real.")
    tagged = found(layout, "Berg", "said", "the chance was low but added that it was real")
    ruled = [found(layout, "Berg", "said", "the chance was low"), found(layout, "Berg", "added", "that it was real")]
    assert contents(layout, mend(layout, [tagged], ruled)[0]) == ["the chance was low"]


def test_source_of_the_rules_fills_a_missing_one(laid: Laid) -> None:
    """The same cue and content with a source is the better reading."""
    layout = laid("Norway raised the alarm about drones over the port.")
    tagged = found(layout, "", "the alarm about", "drones over the port")
    ruled = found(layout, "Norway", "raised the alarm about", "drones over the port")
    (whole,) = mend(layout, [tagged], [ruled])
    assert (whole.source, whole.cue) == (ruled.source, ruled.cue)


def test_content_holds_whole_figures(laid: Laid) -> None:
    """A content that ends inside a figure takes the rest of it; the cue's words are never taken."""
    layout = laid("The institute said there were 17 aftershocks.")
    tagged = found(layout, "The institute", "said", "there were 17")
    figure = (layout.text.index("17"), layout.text.index("17 aftershocks") + len("17 aftershocks"))
    assert contents(layout, with_whole_figures(tagged, [figure])) == ["there were 17 aftershocks"]
    assert with_whole_figures(tagged, [(0, figure[1])]) == tagged


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Lind travelled to Moen to discuss the dam.", "Lind", "to discuss", "the dam"),
        ("The council confirmed Berg as harbour master.", "The council", "confirmed", "Berg as harbour master"),
        ("They signed a treaty which includes a promise of help.", "which", "includes", "a promise of help"),
        ("A treaty clause requires the states to help each other.", "A treaty clause", "requires", "the states to help each other"),
        ("Asked about the dam, she left.", "", "Asked about", "the dam"),
        ("Talks on the dam went on in Moen.", "", "Talks on", "the dam"),
    ],
)
def test_purposes_appointments_provisions_and_events_of_nobody_are_no_speech(
    laid: Laid, text: str, source: str, cue: str, content: str
) -> None:
    """Nobody puts anything forward there, though a tagger may mark it."""
    layout = laid(text)
    assert spoken(layout, [found(layout, source, cue, content)], [], load_cues()) == []


def test_a_sentence_in_which_another_speaks_is_no_content(laid: Laid) -> None:
    """What the next sentence reports of somebody else is left to it; the speaker keeps its own sentence, as the rules read it."""
    layout = laid("The pier was shut, Lind said on Monday. Berg denied that it was.")
    ruled = [found(layout, "Lind", "said", "The pier was shut"), found(layout, "Berg", "denied", "that it was")]
    tagged = found(layout, "Lind", "said", "Berg denied that it was")
    assert mend(layout, [tagged], ruled) == [ruled[0]]
    both = found(layout, "Lind", "said", "The pier was shut", "Berg denied that it was")
    assert mend(layout, [both], ruled) == [ruled[0]]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The council confirmed the plan.", "The council", "confirmed", "the plan"),
        ("The treaty states that help will come.", "The treaty", "states", "that help will come"),
        ("Berg was accused of hiding the leak.", "", "was accused of", "hiding the leak"),
        ("The mine seemed to be empty.", "", "seemed", "to be empty"),
        ("It was obvious that the mine was empty.", "", "was obvious", "that the mine was empty"),
        ("“The mine is empty.”", "", "", "“The mine is empty.”"),
    ],
)
def test_clauses_passives_and_quotations_stand(laid: Laid, text: str, source: str, cue: str, content: str) -> None:
    """Of nobody named only passives of reporting, impressions, that-clauses and quotations stand."""
    layout = laid(text)
    tagged = [found(layout, source, cue, content)]
    assert spoken(layout, tagged, [], load_cues()) == tagged


def test_what_the_rules_find_too_stands_unless_a_treaty_provides_it(laid: Laid) -> None:
    """The rules share the cue; a provision is no statement whoever finds it."""
    layout = laid("Lind travelled to Moen to discuss the dam.")
    tagged = found(layout, "Lind", "to discuss", "the dam")
    assert spoken(layout, [tagged], [tagged], load_cues()) == [tagged]
    layout = laid("A treaty clause requires the states to help each other.")
    assert provisions_apart(layout, [found(layout, "A treaty clause", "requires", "the states to help each other")]) == []


def test_what_another_says_in_the_sentence_before_is_no_piece(laid: Laid) -> None:
    """A saying of the sentence before goes; a sentence of the speaker's own stays."""
    layout = laid("The port rejected the charge. Its cranes stood still on Friday, the paper reported.")
    tagged = found(layout, "the paper", "reported", "The port rejected the charge", "Its cranes stood still on Friday")
    ruled = found(layout, "The port", "rejected", "the charge")
    assert [contents(layout, one) for one in mend(layout, [tagged], [ruled])] == [["Its cranes stood still on Friday"]]
    assert mend(layout, [tagged], []) == [tagged]
    layout = laid("I am afraid that the port will close. Its cranes stand still. — Ida Holm")
    tagged = found(layout, "Ida Holm", "—", "I am afraid that the port will close", "Its cranes stand still")
    assert mend(layout, [tagged], [found(layout, "I", "am afraid", "that the port will close")]) == [tagged]


def test_where_a_passive_holds_is_no_source(laid: Laid) -> None:
    """Cases are reported in a state by nobody; what is reported in a letter is the letter's."""
    layout = laid("New cases were reported in Norway and Chad.")
    (mended,) = mend(layout, [found(layout, "Norway and Chad", "were reported", "New cases")], [])
    assert mended.source == ()
    for thing in ("a letter", "the film"):
        layout = laid(f"New cases were reported in {thing}.")
        tagged = found(layout, thing, "were reported", "New cases")
        assert mend(layout, [tagged], []) == [tagged]
