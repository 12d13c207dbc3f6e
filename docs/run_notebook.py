"""Runs the cells of `docs/notebook.ipynb` and keeps what they give: `python docs/run_notebook.py`, from the project's folder.

A notebook is JSON (nbformat 4.5) and its cells are Python, so nothing of Jupyter is needed: what the last line of a cell gives is kept as
Jupyter keeps it. A test runs the same cells.
"""

import ast
import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOTEBOOK = HERE / "notebook.ipynb"


def run_cell(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a cell.

    Args:
        source: its Python.
        names: what the cells before left; it grows.

    Returns:
        What it printed, and what its last line gave, as outputs of a notebook.
    """
    tree = ast.parse(source)
    final = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the project's own cells
        if isinstance(final, ast.Expr):
            value = eval(compile(ast.Expression(final.value), "<cell>", "eval"), names)  # noqa: S307 - as above
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)})
    if value is not None:
        outputs.append({"output_type": "execute_result", "metadata": {}, "data": _shown(value)})
    return outputs


def _shown(value: object) -> dict[str, list[str]]:
    """A value in the forms that a notebook shows."""
    forms = {"text/html": getattr(value, "_repr_html_", lambda: None)(), "text/plain": repr(value)}
    return {form: words.splitlines(keepends=True) for form, words in forms.items() if words}


def run(notebook: dict[str, Any]) -> None:
    """Run all cells of a notebook in order, and put what they give in their place."""
    names: dict[str, Any] = {}
    codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(codes, 1):
        outputs = run_cell("".join(cell["source"]), names)
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
        cell |= {"execution_count": count, "outputs": outputs}


def main() -> None:
    """Run the notebook and write it back."""
    os.chdir(HERE.parent)  # documents are named by their paths as given
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    run(notebook)
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
