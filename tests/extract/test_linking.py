"""Linking: tagged spans of sentences of ours become attributions."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.linking.consensus import agree, is_same
from reportedly.extract.linking.link_features import set_scene
from reportedly.extract.linking.link_model import link_digest, load_link_model, sums_of
from reportedly.extract.linking.linking import Choices, Link, Linker, cue_candidate, link, no_source, source_candidate
from reportedly.extract.tagging.labels import Part
from reportedly.extract.tagging.tagger import LikelySpan, Marks, TaggedSpan

_PARTS: dict[str, Part] = {"S": "source", "Q": "cue", "C": "content"}
_MARK = re.compile(r"\[([SQC]) (.*?)\]")


def marked(words: str) -> tuple[str, list[TaggedSpan]]:
    """A text and its spans, from words in which "[S he]" marks a source, "[Q said]" a cue and "[C it rained]" a content."""
    text, spans, at = "", [], 0
    for match in _MARK.finditer(words):
        text += words[at : match.start()]
        spans.append(TaggedSpan(part=_PARTS[match[1]], start=len(text), end=len(text) + len(match[2]), score=1.0))
        text, at = text + match[2], match.end()
    return text + words[at:], spans


def linked(words: str) -> list[tuple[str, str, list[str]]]:
    """Source, cue and contents of each attribution of marked words."""
    text, spans = marked(words)
    return [_words(text, found) for found in link(text, spans)]


def _words(text: str, found: Link) -> tuple[str, str, list[str]]:
    source, cue = (text[slice(*piece)] if piece else "" for piece in (found.source, found.cue))
    return source, cue, [text[slice(*piece)] for piece in found.content]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[S The mayor] [Q said] [C the dam had cracked].", [("The mayor", "said", ["the dam had cracked"])]),
        ("[C “The dam has cracked,”] [Q said] [S the mayor].", [("the mayor", "said", ["“The dam has cracked,”"])]),
        ("[C The dam has cracked], [Q according to] [S the mayor].", [("the mayor", "according to", ["The dam has cracked"])]),
        ("[Q According to] [S the mayor], [C the dam has cracked].", [("the mayor", "According to", ["the dam has cracked"])]),
        (
            "[C “The first half,”] [S he] [Q said], [C “was better than the second.”]",
            [("he", "said", ["“The first half,”", "“was better than the second.”"])],
        ),
        (
            "[S The mayor] [Q said] [C the dam had cracked]. [S She] [Q added] [C that nobody was hurt].",
            [("The mayor", "said", ["the dam had cracked"]), ("She", "added", ["that nobody was hurt"])],
        ),
        (
            "[S The mayor] [Q said] [C the dam had cracked], [Q adding] [C that nobody was hurt].",
            [("The mayor", "said", ["the dam had cracked"]), ("The mayor", "adding", ["that nobody was hurt"])],
        ),
        (
            "[C “We were warned,”] [S Lind] [Q said]. [C “Nobody listened.”] [S Berg] [Q said] [C that was untrue].",
            [("Lind", "said", ["“We were warned,”", "“Nobody listened.”"]), ("Berg", "said", ["that was untrue"])],
        ),
        ("[Q It is feared] [C that the dam will break].", [("", "It is feared", ["that the dam will break"])]),
    ],
)
def test_parts_of_an_attribution_find_one_another(words: str, expected: list[tuple[str, str, list[str]]]) -> None:
    """The usual orders, broken quotations, shared sources and agentless cues."""
    assert linked(words) == expected


def test_what_nothing_belongs_to_is_left_over() -> None:
    """A source alone, a cue alone and a content alone each stay, the content with the source beside it."""
    assert linked("[S The mayor] arrived.") == [("The mayor", "", [])]
    assert linked("It [Q said].") == [("", "said", [])]
    assert linked("[C “The dam has cracked.”]") == [("", "", ["“The dam has cracked.”"])]
    assert linked("[S Lind]: [C “The dam has cracked.”]") == [("Lind", "", ["“The dam has cracked.”"])]


@given(st.lists(st.sampled_from(["[S Lind]", "[Q said]", "[C it rained]", "and", ".", "“", "”", "It"]), max_size=14))
def test_every_span_is_linked_and_every_content_once(words: Sequence[str]) -> None:
    """Nothing the tagger marked is lost by linking, and no content has two cues, whatever the order."""
    text, spans = marked(" ".join(words))
    found = link(text, spans)
    pieces = [piece for one in found for piece in one.content]
    parts = {*pieces, *(one.cue for one in found), *(one.source for one in found)} - {None}
    assert parts == {(span.start, span.end) for span in spans}
    assert len(pieces) == len(set(pieces))


def test_many_spans_take_bounded_time() -> None:
    """A paragraph of marks is linked from its nearest candidates."""
    text, spans = marked("[S a] [Q b] [C c]. " * 400)
    assert len(link(text, spans)) == 400


def test_scene_counts_sentences() -> None:
    """A span knows the sentences that it begins and ends in; a full stop before a closing mark ends one."""
    text, spans = marked("[C “It rained.”] [S He] left. [Q Said] it.")
    assert list(set_scene(text, spans).begun) == [0, 1, 2]


def test_model_scores_every_feature_it_was_fitted_on() -> None:
    """The weights fit their names, and their digest names them."""
    for scorer in (load_link_model().cue, load_link_model().source):
        assert scorer.hidden.shape == (len(scorer.names), len(scorer.out))
        assert scorer.scores([{}]).shape == (1,)
    assert len(link_digest()) == 12


def read(best: Sequence[TaggedSpan], drawn: Sequence[Sequence[TaggedSpan]] = (), chances: dict[TaggedSpan, float] | None = None) -> Marks:
    """What a tagger would make of a text; a span is as likely as the share of the readings that hold it, or as it is said to be."""
    shares = {span: sum(span in reading for reading in drawn) / len(drawn) for reading in drawn for span in reading}
    likely = [
        LikelySpan(part=span.part, start=span.start, end=span.end, probability=share, surplus=0.0)
        for span, share in (shares | (chances or {})).items()
    ]
    return Marks(best=tuple(best), drawn=tuple(map(tuple, drawn)), likely=tuple(likely))


def test_readings_agree_on_what_most_of_them_hold() -> None:
    """An attribution of the best reading alone yields to the one of all others; one of few readings is none."""
    text, usual = marked("[S Lind] [Q said] [C the dam had cracked on Monday] and left.")
    _, rare = marked("[S Lind] said the dam had cracked [C on Monday] and [Q left].")
    (found,) = agree(text, read(rare, [*[usual] * 9, rare]))
    assert _words(text, found) == ("Lind", "said", ["the dam had cracked on Monday"])
    assert agree(text, read([], [*[[]] * 9, usual])) == []


def test_words_of_a_part_are_the_likeliest() -> None:
    """Readings that differ in one part leave the others as they are, and each part is the span that is likeliest."""
    text = "Mayor Lind said the dam had cracked on Monday."
    _, long = marked("[S Mayor Lind] [Q said] [C the dam had cracked on Monday].")
    _, short = marked("[S Mayor Lind] [Q said] [C the dam had cracked] on Monday.")
    _, bare = marked("Mayor [S Lind] [Q said] [C the dam had cracked on Monday].")
    (found,) = agree(text, read(short, [long, long, long, bare, bare, long, short]))
    assert _words(text, found) == ("Mayor Lind", "said", ["the dam had cracked on Monday"])


def test_span_of_no_reading_may_be_the_likeliest() -> None:
    """Where a part ends is taken from all likely spans, and rules that find the very span speak for it."""
    text, drawn = marked("[S Lind] [Q said] [C the dam had cracked on] Monday.")
    _, whole = marked("Lind said [C the dam had cracked on Monday].")
    (found,) = agree(text, read(drawn, [drawn] * 8, {drawn[2]: 0.3, whole[0]: 0.6}))
    assert _words(text, found)[2] == ["the dam had cracked on Monday"]
    ruled = Link(content=((whole[0].start, whole[0].end),), cue=(5, 9), source=(0, 4))
    even = read(drawn, [drawn] * 8, {drawn[2]: 0.5, whole[0]: 0.4})
    assert _words(text, agree(text, even)[0])[2] == ["the dam had cracked on"]
    assert _words(text, agree(text, even, [ruled])[0])[2] == ["the dam had cracked on Monday"]


def test_likelier_words_never_run_into_another_attribution() -> None:
    """A part grows only over words that no other part has."""
    text, drawn = marked("[S Lind] [Q said] [C the dam had cracked], [S Berg] [Q denied] [C that].")
    _, grown = marked("Lind said [C the dam had cracked, Berg] denied that.")
    first, second = agree(text, read(drawn, [drawn] * 8, {grown[0]: 0.99, drawn[2]: 0.6}))
    assert _words(text, first) == ("Lind", "said", ["the dam had cracked"])
    assert _words(text, second) == ("Berg", "denied", ["that"])


@given(st.lists(st.lists(st.sampled_from(["[S Lind]", "[Q said]", "[C it rained]", "and", "."]), max_size=6), min_size=1, max_size=6))
def test_agreed_attributions_share_no_content_or_cue(lines: list[list[str]]) -> None:
    """Whatever the readings are, no character is content twice, or content and cue."""
    bare = "Lind said it rained and Lind said it rained ."
    readings = []
    for line in lines:
        text, spans = marked(" ".join(line))
        readings.append([span for span in spans if bare.startswith(text[: span.end])])
    found = agree(bare, read(readings[0], readings))
    taken = [at for one in found for piece in (*one.content, *([one.cue] if one.cue else [])) for at in range(*piece)]
    assert len(taken) == len(set(taken))


def test_linker_serves_every_reading_as_if_it_were_alone() -> None:
    """What is worked out together with other readings changes nothing."""
    words = "[S The mayor] [Q said] [C the dam had cracked], [Q adding] [C that nobody was hurt]. [C “Go,”] [S he] [Q said]."
    text, spans = marked(words)
    readings = [spans, spans[:3], spans[2:], [], spans[1:6], spans]
    assert Linker(text).link(readings) == [link(text, reading) for reading in readings]


@given(st.lists(st.sampled_from(["[S Lind]", "[Q said]", "[Q to say]", "[C it rained]", "and", ".", "“", "; that", "It"]), max_size=14))
def test_scores_of_groups_are_those_of_their_features(words: Sequence[str]) -> None:
    """Added up group by group, a pair has the score of all its features."""
    text, spans = marked(" ".join(words))
    scene, model = set_scene(text, spans), load_link_model()
    cue_sums, source_sums = sums_of(model)
    cues, sources = Choices.of_cues(scene, cue_sums), Choices.of_sources(scene, source_sums)
    pairs = [cue_candidate(scene, content, cue) for content, of_one in cues.candidates.items() if len(of_one) > 1 for cue in of_one]
    assert cue_sums.scores(cues.rows) == pytest.approx(model.cue.scores(pairs).tolist() if pairs else [])
    pairs = [
        features
        for cue, of_one in sources.candidates.items()
        if of_one
        for features in (*(source_candidate(scene, cue, source) for source in of_one), no_source(scene, cue))
    ]
    assert source_sums.scores(sources.rows) == pytest.approx(model.source.scores(pairs).tolist() if pairs else [])


def test_single_reading_is_taken_as_it_is() -> None:
    """Without drawn readings the best one is linked, attributions without content left out."""
    text, spans = marked("[S Lind] [Q said] [C it rained]. [S Berg] left.")
    assert [_words(text, found) for found in agree(text, read(spans))] == [("Lind", "said", ["it rained"])]
    assert agree("", read([])) == []


def test_same_attribution_shares_half_its_content_and_its_source() -> None:
    """Half of the characters and a word of the source; a gold attribution without source asks for none."""
    gold = Link(content=((10, 30),), cue=(6, 9), source=(0, 5))
    assert is_same(gold, Link(content=((10, 20),), cue=None, source=(3, 5)))
    assert not is_same(gold, Link(content=((10, 19),), cue=None, source=(3, 5)))
    assert not is_same(gold, Link(content=((10, 30),), cue=(6, 9), source=None))
    assert is_same(Link(content=((10, 30),), cue=(6, 9), source=None), gold)
