import numpy as np

from reportedly.extract.tagging.labels import LABELS, PARTS, begin_label, inside_label, label_spans


def spans(*names: str, lines: tuple[int, ...] = (0,)) -> list[tuple[str, int, int]]:
    labels = np.array([LABELS.index(name) for name in names], np.int64)
    return [(PARTS[part], first, after) for part, first, after in label_spans(labels, np.array(lines)).tolist()]


def test_label_numbers_are_places_in_the_list() -> None:
    """The begin and inside labels of every part are those of its name."""
    for part in PARTS:
        assert LABELS[begin_label(part)] == f"B-{part.capitalize()}"
        assert LABELS[inside_label(part)] == f"I-{part.capitalize()}"


def test_span_runs_while_its_inside_labels_follow() -> None:
    """A begin label opens a span, inside labels carry it on, outside ends it."""
    assert spans("O", "B-Source", "I-Source", "O", "B-Cue") == [("source", 1, 3), ("cue", 4, 5)]


def test_begin_label_parts_neighbours_of_one_kind() -> None:
    """Two spans of one part may touch."""
    assert spans("B-Cue", "I-Cue", "B-Cue") == [("cue", 0, 2), ("cue", 2, 3)]


def test_inside_label_without_begin_opens_a_span() -> None:
    """An inside label after another part or after nothing begins a span of its own."""
    assert spans("I-Content", "I-Source", "O", "I-Cue") == [("content", 0, 1), ("source", 1, 2), ("cue", 3, 4)]


def test_line_ends_a_span() -> None:
    """No span runs over a line's end."""
    assert spans("B-Content", "I-Content", "I-Content", lines=(0, 2)) == [("content", 0, 2), ("content", 2, 3)]


def test_no_words_draw_no_spans() -> None:
    """An empty text has none."""
    assert label_spans(np.empty(0, np.int64), np.empty(0, np.int64)).shape == (0, 3)
