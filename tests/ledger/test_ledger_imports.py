"""The ledger's modules, the records and the errors stand in an order: none imports one that imports it."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

_SOURCE = Path(__file__).parents[2] / "src"
_ROOMS = ("errors.py", "model", "ledger")


def test_no_module_imports_one_that_imports_it() -> None:
    """Sorting the modules by what they import finds no circle, imports inside functions and for types alone among them."""
    modules = {_name(path): path for path in _paths()}
    order = list(TopologicalSorter({name: set(_imports(path, modules)) - {name} for name, path in modules.items()}).static_order())
    assert order.index("reportedly.errors") < order.index("reportedly.model.place") < order.index("reportedly.ledger.store")


def _paths() -> Iterator[Path]:
    for room in _ROOMS:
        path = _SOURCE / "reportedly" / room
        yield from path.rglob("*.py") if path.is_dir() else (path,)


def _name(path: Path) -> str:
    return ".".join(path.relative_to(_SOURCE).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in inner if name in known or node.module in known)
