"""Whole runs from the entry point: recipes that need one another, kept in their folders."""

import fcntl
import json
from pathlib import Path

import pytest

from reportedly.extract.training import configuration

torch = pytest.importorskip("torch", reason="PyTorch is installed for training only")
pytest.importorskip("safetensors", reason="safetensors is installed for training only")
pytest.importorskip("onnx", reason="onnx is installed for training only")

from reportedly.extract.training import runs  # noqa: E402
from reportedly.extract.training.__main__ import main  # noqa: E402
from reportedly.extract.training.encoder import Shape, Tagger  # noqa: E402
from reportedly.extract.training.weights import State  # noqa: E402

TEACHER = """
source = "a test"
[batches]
capacity = 64
pieces = 64
[optimiser]
epochs = 20
"""
STUDENT = """
source = "a test"
[encoder]
start = "teacher:1"
layers = [1]
inner = 12
[batches]
capacity = 64
[distillation]
teachers = ["teacher:1", "teacher:2"]
unlabelled = ["more.jsonl"]
ratio = 0.5
"""


def _published(_weights: str, _cache: Path) -> State:
    torch.manual_seed(1)
    tagger = Tagger(Shape(pieces=30_522, positions=64, hidden=12, inner=24, heads=12, layers=2))
    return {name: weight for name, weight in tagger.state_dict().items() if not name.startswith(("features.", "head.", "chain."))}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with corpora of our own; recipes and published weights of the test's beside it."""
    for part in ("train", "dev"):
        folder = tmp_path / "corpora" / "polnear" / part
        folder.mkdir(parents=True)
        for number in range(4):
            (folder / f"{number}.txt").write_text(f"Officer {number} said the road was open.\n", encoding="utf-8")
            (folder / f"{number}.ann").write_text("T1\tSource 0 9\tx\nT2\tCue 10 14\tx\nT3\tContent 15 32\tx\n", encoding="utf-8")
    more = [{"text": f"The clerk in room {number} left early, she added."} for number in range(5)]
    (tmp_path / "corpora" / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in more), encoding="utf-8")
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    (recipes / "teacher.toml").write_text(TEACHER, encoding="utf-8")
    (recipes / "student.toml").write_text(STUDENT, encoding="utf-8")
    monkeypatch.setattr(configuration, "RECIPES", recipes)
    monkeypatch.setattr(runs, "published_state", _published)
    return tmp_path


def _call(data: Path, *options: str) -> int:
    return main(["--data", str(data), "--cache", str(data / "cache"), *options])


def test_student_trains_its_teachers_first(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command trains both teachers and the student, each in the folder of its configuration; again it trains nothing."""
    assert _call(data, "--recipe", "student") == 0
    first = capsys.readouterr().err
    folders = sorted(path.name for path in (data / "cache").iterdir())
    kept = [json.loads((data / "cache" / name / runs.CONFIGURATION).read_text(encoding="utf-8")) for name in folders]
    assert sorted((bool(each["parents"]), each["seed"]) for each in kept) == [(False, 1), (False, 2), (True, 1)]
    assert all((data / "cache" / name / runs.WEIGHTS).is_file() for name in folders)
    assert (
        first.index("teacher:1 in") < first.index("teacher:2 in") < first.index("teacher:2 reads 9 articles") < first.index("dev: source")
    )
    assert _call(data, "--recipe", "student") == 0
    assert "student:1 in" not in capsys.readouterr().err


def test_seeds_are_averaged(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The mean of two seeds' weights is measured, and both runs are kept."""
    assert _call(data, "--recipe", "teacher", "--average", "1,2") == 0
    assert "dev: source" in capsys.readouterr().err
    assert len(list((data / "cache").iterdir())) == 2


def test_time_that_is_up_is_no_failure(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that --minutes ends says that the same command goes on, and does."""
    assert _call(data, "--recipe", "teacher", "--minutes", "0.00001") == 0
    assert "the time is up" in capsys.readouterr().err
    assert _call(data, "--recipe", "teacher") == 0
    assert "dev: source" in capsys.readouterr().err


def test_second_process_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where another process trains the same run the entry point says so and touches nothing."""
    assert _call(data, "--recipe", "teacher", "--minutes", "0.00001") == 0
    (folder,) = (data / "cache").iterdir()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert _call(data, "--recipe", "teacher") == 3
    assert "another process" in capsys.readouterr().err


def test_missing_data_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the corpora the entry point says how to name them, and no traceback."""
    assert main(["--data", str(data / "nowhere"), "--cache", str(data / "cache"), "--recipe", "teacher"]) == 3
    assert "REPORTEDLY_EVALUATION_DATA" in capsys.readouterr().err
