import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

Program = Any  # the fixture of conftest.py


def test_tokens_are_made_listed_and_revoked(program: Program, ledger: Path) -> None:
    """`token add` prints the secret once; `list` names who has one and what it allows; `revoke` takes it back."""
    secret = program("token", "add", "Ines", "--role", "code", "--ledger", ledger).out.strip()
    assert len(secret) > 40
    listed = program("token", "list", "--ledger", ledger).out
    assert listed.startswith("Ines\tcode\t")
    assert secret not in listed
    assert program("token", "revoke", "Ines", "--ledger", ledger).status == 0
    assert program("token", "list", "--ledger", ledger).out == ""


@pytest.mark.parametrize("words", [("add",), ("revoke", "nobody")])
def test_a_token_of_nobody_is_wrong_usage(program: Program, ledger: Path, words: tuple[str, ...]) -> None:
    """Without a name, or with one that has none: a line and status 2."""
    ran = program("token", *words, "--ledger", ledger)
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_a_desk_for_others_needs_a_token(program: Program, ledger: Path) -> None:
    """Beyond loopback, or where tokens are asked for, `serve` ends at once with status 2 and says how to make one."""
    for words in (("--host", "0.0.0.0"), ("--closed",)):
        ran = program("serve", *words, "--port", "0", "--ledger", ledger)
        assert (ran.status, "reportedly token add" in ran.err) == (2, True)


def test_a_desk_is_served_until_it_is_interrupted(ledger: Path) -> None:
    """It says its address, answers there, and ends on Ctrl-C without a trace."""
    words = [sys.executable, "-m", "reportedly", "serve", "--port", "0", "--ledger", str(ledger)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        assert line.startswith("the desk is at http://127.0.0.1:")
        address = line.split()[4]
        with urllib.request.urlopen(f"{address}api/v1/ledger", timeout=60) as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(timeout=60) in (0, 130)
    assert "Traceback" not in rest
