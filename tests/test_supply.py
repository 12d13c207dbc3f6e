"""The supply chain: what is installed is what was locked, and a locked version with a known fault is found without a network."""

import json
import zipfile
from pathlib import Path

import pytest
from evals.supply import FILES, LOCKED, Pin, faults_of, is_affected, known_faults, read_advisories, read_pins

_HASH = "--hash=sha256:" + "0f" * 32


@pytest.mark.parametrize("name", FILES)
def test_every_locked_line_has_one_version_and_a_hash(name: str) -> None:
    """No address, no local version, no range, and nothing that pip would install unseen."""
    text = (LOCKED / name).read_text(encoding="utf-8")
    assert faults_of(text) == []
    assert len([pin for pin in read_pins(text) if isinstance(pin, Pin)]) > 20


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("typer>=0.15", "typer>=0.15: no single version from the index"),
        ("typer==0.15.1", "typer==0.15.1: no hash"),
        (f"torch==2.1+cpu {_HASH}", f"torch==2.1+cpu {_HASH}: no single version from the index"),
        (f"typer @ https://example.org/t.whl {_HASH}", f"typer @ https://example.org/t.whl {_HASH}: no single version from the index"),
        (f"typer==0.15.1 {_HASH[:-3]}", "typer==0.15.1: no hash"),
    ],
)
def test_line_that_locks_nothing_is_told(line: str, told: str) -> None:
    """Whatever is wrong with it."""
    assert faults_of(f"# made by hand\n{line}\n    # via reportedly\nrich==14.0 \\\n    {_HASH} \\\n    {_HASH}\n") == [told]


@pytest.mark.parametrize(
    ("version", "hit"), [("1.0", False), ("1.2", True), ("1.4", False), ("2.0rc1", True), ("2.1", True), ("2.2", False), ("9", True)]
)
def test_version_is_looked_up_in_ranges_and_lists(version: str, hit: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A range ends before its fix and after the last version affected; single versions count too."""
    ranges = [
        {"type": "ECOSYSTEM", "events": [{"introduced": "1.1"}, {"fixed": "1.4"}]},
        {"type": "ECOSYSTEM", "events": [{"introduced": "2.0a"}, {"last_affected": "2.1"}]},
        {"type": "GIT", "events": [{"introduced": "0"}]},
    ]
    assert is_affected(version, {"ranges": ranges, "versions": ["9"]}) is hit


def test_advisories_come_from_a_file(tmp_path: Path) -> None:
    """Names are compared as packages are; other ecosystems and withdrawn advisories count for nothing."""

    def advisory(number: int, name: str, ecosystem: str = "PyPI", **more: object) -> str:
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]
        affected = [{"package": {"name": name, "ecosystem": ecosystem}, "ranges": ranges}]
        return json.dumps({"id": f"X-{number}", "summary": "reads too much", "affected": affected, **more})

    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        rows = [
            advisory(1, "Lxml.HTML_Clean"),
            advisory(2, "lxml-html-clean", "npm"),
            advisory(3, "lxml-html-clean", withdrawn="2031"),
            advisory(4, "rich"),
        ]
        for number, row in enumerate(rows):
            archive.writestr(f"{number}.json", row)
    pin = Pin(name="lxml-html-clean", version="0.4.1", hashes=1)
    assert [(one.pin, one.id) for one in known_faults([pin], read_advisories(path))] == [(pin, "X-1")]
