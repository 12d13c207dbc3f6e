import ast
import re
from collections.abc import Iterator
from pathlib import Path

from reportedly.language.tables import load_table

SOURCE = Path(__file__).parents[2] / "src" / "reportedly"


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def code_of(call: ast.Call, name: str, position: int | None) -> ast.expr | None:
    """The expression that a call gives for a problem's code."""
    named = next((k.value for k in call.keywords if k.arg == name), None)
    return named or (call.args[position] if position is not None and position < len(call.args) else None)


def constants(value: ast.expr, around: ast.FunctionDef) -> set[str]:
    """The strings that an expression may be, a name being followed to its assignments in the function around it."""
    if isinstance(value, ast.Constant):
        return {value.value} if isinstance(value.value, str) else set()
    if isinstance(value, ast.IfExp):
        return constants(value.body, around) | constants(value.orelse, around)
    if isinstance(value, ast.Name):
        assigned = [n.value for n in ast.walk(around) if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
                    and n.targets[0].id == value.id]  # fmt: skip
        return {code for found in assigned for code in constants(found, around)}
    return set()


def makers(trees: list[ast.Module]) -> dict[str, tuple[str, int | None]]:
    """Functions that pass a parameter on as a problem's code, with its name and place."""
    found: dict[str, tuple[str, int | None]] = {"Problem": ("code", None)}
    for function in (f for tree in trees for f in functions(tree)):
        parameters = [a.arg for a in function.args.args]
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "Problem"):
            code = code_of(call, "code", None)
            if isinstance(code, ast.Name) and code.id in parameters:
                found[function.name] = (code.id, parameters.index(code.id))
    return found


def codes_in_source() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    known = makers(trees)
    found: set[str] = set()
    for function in (f for tree in trees for f in functions(tree)):
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
            name, position = known.get(call.func.id, (None, None)) if isinstance(call.func, ast.Name) else (None, None)
            code = code_of(call, name, position) if name else None
            found |= constants(code, function) if code is not None else set()
    return found


def meanings() -> dict[str, str]:
    return {code: meaning for code, meaning in load_table("problems")["codes"].items() if code != "source"}


def test_every_problem_code_of_the_source_is_explained_and_no_other() -> None:
    """The table of problem codes is complete and holds no code that nothing raises."""
    assert codes_in_source() == set(meanings())


def test_every_meaning_is_one_sentence() -> None:
    """A user reads one sentence for each code, ended by a full stop."""
    for code, meaning in meanings().items():
        assert re.fullmatch(r"[A-Z][^.]*\.", meaning), code
