import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from reportedly.cli.main import app

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands() -> dict[str, Any]:
    """Every command by its name."""
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


@pytest.mark.parametrize(("name", "page"), [("commands.md", "commands_page"), ("data-dictionary.md", "dictionary_page")])
def test_a_generated_page_is_what_the_code_says(generate: ModuleType, name: str, page: str) -> None:
    """The pages in the folder are those that `python docs/generate.py` writes now."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == getattr(generate, page)(), "run: python docs/generate.py"


def test_every_command_and_option_says_what_it_is_for(generate: ModuleType) -> None:
    """No command, argument or option goes without help."""
    page = generate.commands_page()
    assert len(commands()) == len(re.findall(r"^## reportedly ", page, re.MULTILINE))
    assert not re.findall(r"^\| `[^`]*` \|\s*(?:\[[^]]*\])?\s*\|$", page, re.MULTILINE)
    assert all((command.help or "").strip() for command in commands().values())


def test_every_field_has_a_meaning(generate: ModuleType) -> None:
    """No field of a record that is printed goes undocumented."""
    assert not re.findall(r"^\| `\w+` \| .* \|\s+\|$", generate.dictionary_page(), re.MULTILINE)


def readme_lines() -> list[str]:
    """The commands that the README shows, without their comments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^reportedly [^#\n]+", text, re.MULTILINE)


@pytest.mark.parametrize("line", readme_lines())
def test_a_command_of_the_readme_exists(line: str) -> None:
    """Every command and option that the README shows is one of the program."""
    words = shlex.split(line)[1:]
    command = commands()[words[0]]
    known = {flag for parameter in command.params for flag in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_readme_shows_commands() -> None:
    """The README has commands to hold to the program at all."""
    assert len(readme_lines()) >= 5
