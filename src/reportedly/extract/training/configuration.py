"""What a training run is made of: everything that changes its result, and nothing that does not.

The SHA-256 of a configuration names the folder of its checkpoints, so a run that is started again finds its own and no other's.
"""

import hashlib
import json
import re
import tomllib
import types
import typing
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from reportedly.errors import BadSettingsError

RECIPES = Path(__file__).with_name("recipes")

REVISION = 1
"""Raised with a change of the code that changes what a configuration gives."""

_OF_A_RUN = ("seed", "data", "parents", "revision")  # no recipe sets them

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSettings:
    """Where the encoder comes from.

    Attributes:
        weights: the published weights it begins with, a name in `weights.PUBLISHED`.
        start: a run whose trained weights it begins with instead, as `recipe:seed`, or `recipe:*` for that of its own seed; None begins
            with the published ones.
        layers: which layers are kept, in order; empty keeps all.
        inner: values that are kept between the two matrices of a layer; 0 keeps all.
        dropout: share of the hidden values that are dropped. Attention has none: on a CPU it would cost ten times the attention.
    """

    weights: str = "minilm"
    start: str | None = None
    layers: tuple[int, ...] = ()
    inner: int = 0
    dropout: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettings:
    """How articles become batches.

    Attributes:
        capacity: pieces in a window, the two that bound it included.
        context: pieces of neighbouring words that a window also sees on either side.
        pieces: pieces in a batch, padding included.
        every: only each so-manieth article is trained on; 1 takes all, more is for trials.
    """

    capacity: int = 256
    context: int = 0
    pieces: int = 4096
    every: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimiserSettings:
    """AdamW and its schedule: a straight rise, then a straight fall.

    Attributes:
        epochs: passes over the articles, a fraction allowed.
        rate: highest learning rate of the encoder.
        head_rate: highest learning rate of everything that is not in the published weights.
        layer_decay: the rate of a layer over that of the layer above it; 1 gives all the same.
        weight_decay: of the encoder's matrices.
        warm_up: share of the steps in which the rates rise.
        floor: the rates never fall below this share of the highest.
        clip: longest gradient.
    """

    epochs: float = 4.0
    rate: float = 3e-4
    head_rate: float = 2e-3
    layer_decay: float = 1.0
    weight_decay: float = 0.01
    warm_up: float = 0.08
    floor: float = 0.02
    clip: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageSettings:
    """The running average of the weights, which is what a run gives.

    Attributes:
        decay: share of the average that a step keeps; 0 gives the last weights themselves.
        begin: share of the steps after which the average begins.
    """

    decay: float = 0.99
    begin: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class DistillationSettings:
    """What is learned from teachers rather than from people.

    Attributes:
        teachers: the runs that teach, as `recipe:seed`; their distributions are averaged. Empty for none.
        share: weight of the teachers beside the people's labels where there are both, 0 to 1.
        temperature: scores of teachers and student are divided by it before they are compared; above 1 softens.
        unlabelled: files of articles without labels, below the folder of corpora; learned from the teachers alone. JSON Lines with a field
            `text`.
        ratio: articles of them for each labelled article of an epoch; drawn anew every epoch.
    """

    teachers: tuple[str, ...] = ()
    share: float = 0.5
    temperature: float = 1.0
    unlabelled: tuple[str, ...] = ()
    ratio: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that changes what a run gives.

    Attributes:
        seed: order of the data, cuts of the windows, dropout. The tagger's own layers begin alike for every seed, so that runs of
            several seeds may be averaged.
        data: digest of the articles that are learned from; empty until they are read.
        parents: digests of the configurations of `encoder.start` and the teachers, in this order; empty until they are known.
        revision: of the code.
    """

    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    batches: BatchSettings = field(default_factory=BatchSettings)
    optimiser: OptimiserSettings = field(default_factory=OptimiserSettings)
    average: AverageSettings = field(default_factory=AverageSettings)
    distillation: DistillationSettings = field(default_factory=DistillationSettings)
    seed: int = 0
    data: str = ""
    parents: tuple[str, ...] = ()
    revision: int = REVISION

    @property
    def digest(self) -> str:
        """SHA-256 of the configuration, hexadecimal."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def as_json(self) -> str:
        """The configuration as one line of JSON, its keys sorted."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The runs that must be finished first, as `recipe:seed`, in the order of `parents`."""
        return ((self.encoder.start,) if self.encoder.start else ()) + self.distillation.teachers


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeSettings:
    """What a finished tagger sees at once when it is used; no part of what made its weights.

    Attributes:
        window: pieces in a window, the two that bound it included.
        context: pieces of neighbouring words that a window also sees on either side, out of `window`.
        floats: whether its products are of floats, which takes twice the time; its weights are kept in eight bits either way.
        beside: the model that ships with the package whose scores are mixed into its own; None for its own alone.
        share: of that model in the mixture, above 0 and below 1; 0 where there is none.
    """

    window: int = 256
    context: int = 0
    floats: bool = False
    beside: str | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A configuration with the name of what it is for.

    Attributes:
        name: of the recipe.
        model: the shipped model that it makes, a folder below `tagging/models`; None for a model that only teaches.
        source: why it is as it is.
        configuration: without seed, data and parents.
        runtime: how its tagger is used.
    """

    name: str
    model: str | None
    source: str
    configuration: Configuration
    runtime: RuntimeSettings = field(default_factory=RuntimeSettings)

    def with_seed(self, seed: int) -> Configuration:
        """The recipe's configuration for one seed."""
        encoder = self.configuration.encoder
        start = encoder.start and re.sub(r":\*$", f":{seed}", encoder.start)
        return replace(self.configuration, seed=seed, encoder=replace(encoder, start=start))


def read_recipe(name: str, folder: Path | None = None) -> Recipe:
    """Read a recipe by its name.

    Args:
        name: of the recipe.
        folder: of the recipes; None for those that ship with the package.

    Raises:
        BadSettingsError: there is none of that name, or it holds a field that none knows or a value of the wrong type.
    """
    path = (folder or RECIPES) / f"{name}.toml"
    if not path.is_file():
        raise BadSettingsError(path, f"no such recipe; there are {', '.join(recipe_names(folder))}")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        model, source = table.pop("model", None), table.pop("source")
        runtime = _value("runtime", RuntimeSettings, table.pop("runtime", {}))
        configuration = _record(Configuration, table, without=_OF_A_RUN)
        return Recipe(name=name, model=model, source=source, configuration=configuration, runtime=runtime)
    except KeyError as problem:
        raise BadSettingsError(path, f"{problem.args[0]} is missing") from problem
    except (ValueError, TypeError) as problem:
        raise BadSettingsError(path, str(problem)) from problem


def recipe_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of all recipes of a folder, or of those that ship with the package."""
    return tuple(sorted(path.stem for path in (folder or RECIPES).glob("*.toml")))


def parse_run(words: str) -> tuple[str, int]:
    """The recipe and the seed of a run written `recipe:seed`.

    Raises:
        ValueError: it is not written so.
    """
    recipe, colon, seed = words.partition(":")
    if not (recipe and colon and seed.isdecimal()):
        raise ValueError(f"{words!r} is no run; write recipe:seed")
    return recipe, int(seed)


def _record(kind: type[Record], table: Mapping[str, Any], without: Collection[str] = ()) -> Record:
    """A record of a table, which may not hold the fields named; the types of its fields are checked."""
    hints = {name: hint for name, hint in typing.get_type_hints(kind).items() if name not in without}
    if unknown := table.keys() - hints.keys():
        raise ValueError(f"unknown field {min(unknown)}")
    return kind(**{name: _value(name, hints[name], value) for name, value in table.items()})


def _value(name: str, hint: Any, value: Any) -> Any:  # noqa: ANN401 - the types are those of the fields
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise TypeError(f"{name} is a table")
        return _record(typing.cast("type[Any]", hint), value)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(f"{name} is a list")
        return tuple(_value(name, typing.get_args(hint)[0], item) for item in value)
    if isinstance(hint, types.UnionType):
        if value is None:
            return None
        hint = typing.get_args(hint)[0]
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{name} is of type {hint.__name__}")
    return value


def configuration_of(text: str) -> Configuration:
    """The configuration that `Configuration.as_json` wrote.

    Raises:
        ValueError: it is none.
    """
    try:
        return _record(Configuration, json.loads(text))
    except TypeError as problem:
        raise ValueError(str(problem)) from problem
