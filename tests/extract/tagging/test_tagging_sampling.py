import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import PathWeights, Transitions, best_path
from reportedly.extract.tagging.sampling import sample_paths

RNG = np.random.default_rng(3)
TRANSITIONS = Transitions.of(RNG.normal(size=(3, 3)), RNG.normal(size=3), RNG.normal(size=3))


def drawn(scores: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    return sample_paths(PathWeights.of(scores, starts, TRANSITIONS), TRANSITIONS, count)


def test_labels_are_drawn_as_often_as_they_are_likely() -> None:
    """Over many paths the share of each label of each word is its marginal probability."""
    scores, starts = RNG.normal(size=(6, 3)), np.array([0, 4])
    paths = drawn(scores, starts, 4_000)
    shares = (paths[:, :, None] == np.arange(3)).mean(0)
    assert np.abs(shares - PathWeights.of(scores, starts, TRANSITIONS).odds).max() < 0.04


def test_line_gives_the_same_paths_whatever_stands_beside_it() -> None:
    """A line's paths depend on its own scores alone, and a sure model gives its best path every time."""
    scores = RNG.normal(size=(300, 3))
    together = drawn(scores, np.array([0, 10, 290]), 8)
    alone = drawn(scores[10:290], np.array([0]), 8)
    assert (together[:, 10:290] == alone).all()
    assert (drawn(scores * 1e4, np.array([0]), 3) == best_path(scores * 1e4, np.array([0]), TRANSITIONS)).all()


def test_no_words_give_no_labels() -> None:
    """An empty text and no paths at all are no error."""
    assert drawn(np.empty((0, 3)), np.empty(0, np.int64), 4).shape == (4, 0)
    assert drawn(RNG.normal(size=(2, 3)), np.array([0]), 0).shape == (0, 2)
