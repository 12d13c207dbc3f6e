"""Configurations and recipes."""

from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.errors import BadSettingsError
from reportedly.extract.training.configuration import (
    Configuration,
    DistillationSettings,
    OptimiserSettings,
    configuration_of,
    parse_run,
    read_recipe,
    recipe_names,
)


def test_digest_changes_with_every_field() -> None:
    """Each thing that changes a run's result gives it another folder; the same things give the same."""
    plain = Configuration()
    others = [
        replace(plain, seed=1),
        replace(plain, data="x"),
        replace(plain, parents=("y",)),
        replace(plain, revision=0),
        replace(plain, optimiser=OptimiserSettings(rate=1e-4)),
        replace(plain, distillation=DistillationSettings(teachers=("accurate:1",))),
    ]
    assert len({plain.digest, *(other.digest for other in others)}) == 7
    assert plain.digest == Configuration().digest


@pytest.mark.parametrize("name", recipe_names())
def test_shipped_recipe_reads_and_comes_back_from_its_folder(name: str) -> None:
    """Every recipe is well formed, the runs that it needs exist as recipes, and the file beside its checkpoints reads back."""
    configuration = read_recipe(name).with_seed(3)
    assert configuration.seed == 3
    assert configuration_of(configuration.as_json()) == configuration
    assert all(parse_run(run)[0] in recipe_names() for run in configuration.ancestors)


def test_a_run_may_begin_with_that_of_its_own_seed(tmp_path: Path) -> None:
    """`recipe:*` stands for the run of another recipe with the same seed."""
    (tmp_path / "own.toml").write_text('source = "s"\n[encoder]\nstart = "first:*"\n', encoding="utf-8")
    (tmp_path / "one.toml").write_text('source = "s"\n[encoder]\nstart = "first:2"\n', encoding="utf-8")
    assert read_recipe("own", tmp_path).with_seed(7).ancestors == ("first:7",)
    assert read_recipe("one", tmp_path).with_seed(7).ancestors == ("first:2",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "source is missing"),
        ('source = "s"\nseed = 4', "unknown field seed"),
        ('source = "s"\n[encoder]\nlayer = [1]', "unknown field layer"),
        ('source = "s"\n[encoder]\nlayers = 3', "layers is a list"),
        ('source = "s"\nencoder = 3', "encoder is a table"),
        ('source = "s"\n[batches]\npieces = 1.5', "pieces is of type int"),
        ("source =", "Invalid value"),
    ],
)
def test_recipe_that_is_none_is_told(tmp_path: Path, content: str, message: str) -> None:
    """A recipe with an unknown field, a wrong type or broken TOML ends the run with its path and what is wrong."""
    (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadSettingsError, match=message) as caught:
        read_recipe("bad", tmp_path)
    assert caught.value.path == tmp_path / "bad.toml"


def test_unknown_recipe_names_the_known(tmp_path: Path) -> None:
    """A recipe that does not exist is told together with those that do."""
    (tmp_path / "one.toml").touch()
    with pytest.raises(BadSettingsError, match="there are one"):
        read_recipe("two", tmp_path)


@pytest.mark.parametrize("words", ["accurate", "accurate:", ":1", "accurate:x", "accurate:-1"])
def test_run_is_a_recipe_and_a_seed(words: str) -> None:
    """Anything but recipe:seed is refused."""
    assert parse_run("accurate:12") == ("accurate", 12)
    with pytest.raises(ValueError, match="no run"):
        parse_run(words)
