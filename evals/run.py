"""Measures quality against floors: `python -m evals.run [NAME ...] [--raise-floors]`.

The evaluation data is no part of the project. It is looked for in the folder that REPORTEDLY_EVALUATION_DATA names, else in `../shared`
beside the checkout; where it is not there, nothing is measured and the run says so. A figure below its floor in `floors.toml` fails the
run. Floors rise with `--raise-floors`; they fall only by hand, with a decision record.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.inputs import DATASETS

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
SLACK = 0.05  # figures in per cent are printed with one decimal; a floor is kept just below what was printed
SHARE_SLACK = 0.0005  # figures of one at most are printed with three
PROGRAM = [sys.executable, "-m", "reportedly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    Attributes:
        name: evaluation and figure, `claims-x/statements.f1`.
        value: what was measured; None where the scorer gave none.
        less_is_better: whether the floor is a ceiling.
    """

    name: str
    value: float | None
    less_is_better: bool


def data_folder() -> Path:
    """Where the evaluation data is looked for."""
    return Path(os.environ.get("REPORTEDLY_EVALUATION_DATA", HERE.parent.parent / "shared")).resolve()


def measure(name: str, plan: dict[str, Any], data: Path) -> list[Figure]:
    """Run one evaluation.

    Args:
        name: its name.
        plan: its table in `evals.toml`.
        data: the evaluation data.

    Returns:
        Its figures.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        inputs, gold = _inputs(plan, data, folder)
        out = folder / "out.jsonl"
        with out.open("wb") as stream:
            _print_rows(plan, inputs, folder, stream)
        words = [w.format(out=out, gold=gold, ledger=folder / "ledger.db") for w in plan["scorer"]]
        words = [words[0], *(str(data / w) if (data / w).exists() else w for w in words[1:])]
        own = HERE / words[0]  # a scorer of the project's own, else one that comes with the data
        scorer = [sys.executable, str(own if own.is_file() else data / "score" / words[0]), *words[1:]]
        printed = subprocess.run(scorer, check=True, capture_output=True, text=True).stdout
    scores = json.loads(printed)
    return [Figure(name=f"{name}/{f.lstrip('-')}", value=_pick(scores, f.lstrip("-")), less_is_better=f[0] == "-") for f in plan["figures"]]


def _inputs(plan: dict[str, Any], data: Path, folder: Path) -> tuple[list[Path], Path | None]:
    paths = sorted(p for pattern in plan["inputs"] for p in data.glob(pattern) if not p.name.endswith(".meta.json"))
    if not paths:
        raise SystemExit(f"no input for {plan['inputs']} in {data}")
    if "dataset" not in plan:
        return paths, None
    path, gold = DATASETS[plan["dataset"]](paths[0], plan.get("first"), folder)
    return [path], gold


def _print_rows(plan: dict[str, Any], inputs: list[Path], folder: Path, stream: Any) -> None:  # noqa: ANN401 - a binary file
    command, words = plan["command"], [str(p) for p in inputs]
    if command in ("read", "extract"):
        options = ["--format", "jsonl", *plan.get("options", ())]
        subprocess.run([*PROGRAM, command, *words, *options], check=True, stdout=stream, stderr=subprocess.DEVNULL)
        return
    if command == "baseline":
        subprocess.run([sys.executable, "-m", "evals.baselines", *words], check=True, stdout=stream, cwd=HERE.parent)
        return
    ledger = ["--ledger", str(folder / "ledger.db")]
    subprocess.run([*PROGRAM, "add", *words, *ledger], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([*PROGRAM, command, *ledger, "--format", "jsonl"], check=True, stdout=stream)


def _pick(scores: Any, path: str) -> float | None:  # noqa: ANN401 - any JSON
    for name in path.split("."):
        scores = scores[name]
    return None if scores is None else float(scores)


def data_digest(plan: dict[str, Any], data: Path) -> str:
    """A digest of an evaluation's inputs, so that a floor is never compared over other data."""
    digest = hashlib.sha256()
    for path in sorted(p for pattern in plan["inputs"] for p in data.glob(pattern)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def write_floors(floors: dict[str, Any]) -> None:
    """Write the floors file."""
    rows = ["# Floors of the evaluations: they rise with `python -m evals.run --raise-floors` and fall only by a decision record.", ""]
    for name in sorted(floors):
        rows.append(f"[{name}]")
        rows += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in floors[name].items()]
        rows.append("")
    FLOORS.write_text("\n".join(rows), encoding="utf-8")


def held(figure: Figure, floor: float | None) -> bool:
    """Whether a figure holds its floor."""
    if floor is None or figure.value is None:
        return floor is None
    slack = SHARE_SLACK if 0 < floor <= 1 else SLACK
    return figure.value <= floor + slack if figure.less_is_better else figure.value >= floor - slack


def better(figure: Figure, floor: float | None) -> float | None:
    """The floor that a figure sets."""
    if floor is None or figure.value is None:
        return figure.value
    return min(floor, figure.value) if figure.less_is_better else max(floor, figure.value)


def main() -> int:
    """Measure, print a table, compare with the floors; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="evaluations; all where none is named")
    parser.add_argument("--raise-floors", action="store_true", help="keep what was measured as floors where it is better")
    arguments = parser.parse_args()
    data = data_folder()
    if not (data / "score").is_dir():
        print(f"no evaluation data at {data}: nothing measured")
        return 0
    plans = tomllib.loads((HERE / "evals.toml").read_text(encoding="utf-8"))
    floors: dict[str, Any] = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    failed = 0
    for name in arguments.names or plans:
        started = time.monotonic()
        figures = measure(name, plans[name], data)
        digest = data_digest(plans[name], data)
        kept = floors.setdefault(name, {"data": digest})
        if kept["data"] != digest:
            print(f"{name}: the data is another ({digest}, floors are for {kept['data']})")
            failed += 1
        for figure in figures:
            key = figure.name.partition("/")[2]
            floor = kept.get(key)
            good = held(figure, floor)
            failed += not good
            print(f"{figure.name:58} {figure.value!s:>7}  floor {floor!s:>7}  {'' if good else 'BELOW ITS FLOOR'}", flush=True)
            if arguments.raise_floors:
                kept[key] = better(figure, floor)
        print(f"{'':58} {time.monotonic() - started:6.1f} s")
    if arguments.raise_floors:
        write_floors({n: {k: v for k, v in rows.items() if v is not None} for n, rows in floors.items()})
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
