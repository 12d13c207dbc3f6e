"""What perfect linking would give: spans of least expected error, and spans linked as people's marks tell."""

import itertools
from collections.abc import Sequence

from evals.link_bounds import Parts, least_risk, linked_by_people
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.labels import PARTS
from reportedly.extract.tagging.tagger import LikelySpan, TaggedSpan

_WORTHLESS = {"source": 0.4, "cue": 0.45, "content": 0.5}


@st.composite
def likely_spans(draw: st.DrawFn) -> list[LikelySpan]:
    """A few spans of any parts over twelve characters."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, 10))
        end = draw(st.integers(start + 1, 12))
        chance = draw(st.integers(0, 100)) / 100
        found.append(LikelySpan(part=draw(st.sampled_from(PARTS)), start=start, end=end, probability=chance, surplus=0.0))
    return found


def worth(spans: Sequence[LikelySpan]) -> float:
    """By how much spans lower the expected error."""
    return sum(span.probability - _WORTHLESS[span.part] for span in spans)


def apart(spans: Sequence[LikelySpan | TaggedSpan]) -> bool:
    """Whether no span lies over another."""
    return all(one.end <= other.start or other.end <= one.start for one, other in itertools.combinations(spans, 2))


@given(likely_spans())
def test_no_other_choice_of_spans_has_less_expected_error(likely: list[LikelySpan]) -> None:
    """Of all sets of spans that lie apart the chosen one is worth most."""
    found = least_risk(likely)
    assert apart(found)
    chances = {(s.part, s.start, s.end): 0.0 for s in likely}
    for span in likely:
        key = span.part, span.start, span.end
        chances[key] = max(chances[key], span.probability)
    reached = sum(chances[s.part, s.start, s.end] - _WORTHLESS[s.part] for s in found)
    choices = itertools.chain.from_iterable(itertools.combinations(likely, size) for size in range(len(likely) + 1))
    assert abs(reached - max(worth(choice) for choice in choices if apart(choice))) < 1e-9


def spans_of(parts: Parts) -> list[TaggedSpan]:
    """The spans of an attribution, as the tagger would mark them."""
    return [TaggedSpan(part=part, start=a, end=b, score=1.0) for part, places in parts.items() for a, b in places]


def test_spans_as_people_marked_them_are_linked_as_they_were() -> None:
    """A broken content and two attributions of one source come out as they went in."""
    one: Parts = {"source": ((0, 3),), "cue": ((4, 8),), "content": ((10, 20), (30, 40))}
    other: Parts = {"source": ((0, 3),), "cue": ((50, 55),), "content": ((60, 80),)}
    spans = {span: None for parts in (one, other) for span in spans_of(parts)}
    assert list(linked_by_people(list(spans), [one, other])) == [one, other]


def test_what_nobody_marked_stands_alone() -> None:
    """A piece, a source and a cue over nothing marked are attributions of their own, so that they count against the choice of spans."""
    gold: Parts = {"source": ((0, 3),), "cue": ((4, 8),), "content": ((10, 20),)}
    loose: Parts = {"source": ((100, 103),), "cue": ((104, 108),), "content": ((110, 120),)}
    found = list(linked_by_people([*spans_of(gold), *spans_of(loose)], [gold]))
    assert gold in found
    assert len(found) == 4
    assert all(sum(len(parts[part]) for part in ("source", "content")) <= 1 for parts in found if parts != gold)


def test_a_piece_that_spoils_a_content_is_left_out_of_it() -> None:
    """Of two pieces over one coded content the worse stands apart where together they fit it less."""
    gold: Parts = {"source": (), "cue": ((4, 8),), "content": ((10, 30),)}
    spans = [TaggedSpan(part="content", start=start, end=end, score=1.0) for start, end in ((10, 28), (29, 90))]
    assert [parts["content"] for parts in linked_by_people(spans, [gold])] == [((10, 28),), ((29, 90),)]
