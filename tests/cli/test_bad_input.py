import functools
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reportedly import ledger as ledger_room
from reportedly.api import Desk
from reportedly.ledger.databases import files

Run = Any  # the fixtures of conftest.py

SOUND = "Bridge falls\n\nSANDVIK, Norway, Nov. 4, 2024 — Three people were injured when a bridge fell, the police said.\n"
PAGES: dict[str, tuple[str, bytes]] = {
    "empty-file": ("empty.txt", b""),
    "binary-file": ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "guessed-encoding": ("latin.txt", "The mayor of Besan\xe7on said caf\xe9s would close, she told AFP.\n".encode("latin-1")),
    "bad-encoding": ("wrong.html", b'<meta charset="utf-8"><body><article><p>' + b"The caf\xe9 burned. " * 40 + b"</p></article>"),
    "no-text": ("script.html", b"<html><head><script>var a = 1;</script></head><body></body></html>"),
    "bad-record": ("records.jsonl", b'{"id": "a"}\n'),
    "bad-gzip": ("cut.txt.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc"),
    "too-large": ("long.txt", b"The ferry sank at dawn, the police said. " * 60_000),
    "bad-sidecar": ("noted.txt", SOUND.replace("Three", "Four").encode()),
    "lone-sidecar": ("lone.meta.json", b"{}"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound page."""
    made = tmp_path / "pages"
    made.mkdir()
    (made / "sound.txt").write_text(SOUND, encoding="utf-8")
    return made


def save(folder: Path, code: str) -> str:
    """Put a page with such a problem into a folder; its name."""
    name, content = PAGES[code]
    (folder / name).write_bytes(content)
    if code == "bad-sidecar":
        (folder / "noted.meta.json").write_text("{", encoding="utf-8")
    return name


def without_traceback(ran: Any) -> None:
    """A user never sees the inside of the program."""
    assert "Traceback" not in ran.err + ran.out


@pytest.mark.parametrize("code", PAGES)
def test_a_page_that_cannot_be_used_is_named_and_the_rest_goes_on(program: Run, folder: Path, code: str) -> None:
    """Each kind of bad page gives its own problem, on standard error and in the ledger; the sound page beside it is added."""
    name = save(folder, code)
    store = folder.parent / "test.db"
    ran = program("add", folder, "--ledger", store)
    without_traceback(ran)
    assert ran.status == 0
    assert f"{folder / name}" in ran.err
    assert f"[{code}]" in ran.err
    kept = program("problems", "--ledger", store).rows
    assert code in {row["code"] for row in kept}
    assert all(str(folder / name) in row["document"] for row in kept)
    assert program("problems", "--document", kept[0]["document"], "--ledger", store).rows
    assert str(folder / "sound.txt") in {row["document"] for row in program("claims", "--ledger", store).rows}
    again = program("add", folder, "--ledger", store)
    assert (again.json["added"], again.json["claims"], again.json["problems"]) == (0, 0, 0)
    assert program("verify", "--ledger", store).status == 0


@pytest.mark.parametrize("code", ["guessed-encoding", "bad-encoding", "too-large", "bad-sidecar"])
def test_nothing_that_could_be_read_is_lost(program: Run, folder: Path, code: str) -> None:
    """A page with a problem that leaves its text readable is held and can be searched."""
    name = save(folder, code)
    store = folder.parent / "test.db"
    program("add", folder / name, "--ledger", store)
    with Desk(store) as desk:
        held = desk.holdings()
        assert [d.name for d in held.documents.values()] == [str(folder / name)]
    word = {"guessed-encoding": "Besançon", "bad-encoding": "burned", "too-large": "ferry", "bad-sidecar": "Sandvik"}[code]
    assert program("search", word, "--ledger", store).rows


def test_a_good_record_beside_bad_ones_is_read(program: Run, tmp_path: Path) -> None:
    """A line that is no record is left out by its number; the others are read."""
    path = tmp_path / "records.jsonl"
    path.write_text('nonsense\n{"id": "good", "text": "The police said that three people died."}\n[1]\n', encoding="utf-8")
    ran = program("read", path)
    assert {row["document"] for row in ran.rows} <= {"good"}
    assert ran.err.count("[bad-record]") == 2
    without_traceback(ran)


def test_a_mistyped_path_is_said_at_once_and_no_ledger_remembers_it(program: Run, folder: Path) -> None:
    """`add` names what is not there, adds the rest and ends with 1; the slip is in no later list of problems, and alone makes no ledger."""
    ledger = folder.parent / "x.db"
    ran = program("add", folder / "nothing.txt", "--ledger", ledger)
    without_traceback(ran)
    assert (ran.status, ran.err.count("[no-such-file]"), ledger.exists()) == (1, 1, False)
    ran = program("add", folder / "nothing.txt", folder / "sound.txt", "--ledger", ledger)
    assert (ran.status, ran.err.count("[no-such-file]"), ran.rows[0]["added"]) == (1, 1, 1)
    assert not program("problems", "--ledger", ledger).rows


@pytest.mark.parametrize("command", ["read", "extract"])
def test_a_path_that_does_not_exist_is_a_problem(program: Run, folder: Path, command: str) -> None:
    """A missing file and a dangling link are named; what is there is read."""
    dangling = folder / "link.txt"
    dangling.symlink_to(folder / "gone.txt")
    ran = program(command, folder / "nothing.txt", dangling, folder / "sound.txt")
    without_traceback(ran)
    assert (ran.status, ran.err.count("[no-such-file]")) == (0, 2)
    assert ran.out


def test_a_folder_that_cannot_be_read_is_a_problem(program: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is named, and the folders beside it are read."""
    closed = folder / "closed"
    closed.mkdir()
    (closed / "hidden.txt").write_text(SOUND, encoding="utf-8")
    listed = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ran = program("read", folder)
    without_traceback(ran)
    assert f"{closed}: the folder cannot be read: Permission denied [unreadable]" in ran.err
    assert {row["document"] for row in ran.rows} == {str(folder / "sound.txt")}


def test_a_text_of_50_million_characters_is_kept_or_named(program: Run, tmp_path: Path) -> None:
    """An endless text ends in a problem and not in an endless run."""
    path = tmp_path / "endless.txt"
    path.write_bytes(b"The police said that the search went on. " * 1_220_000)
    ran = program("read", path)
    without_traceback(ran)
    assert (ran.status, ran.rows) == (0, [])
    assert "[too-large]" in ran.err


def ledger_of_a_newer_version(path: Path) -> None:
    with Desk(path, create=True):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 999")


def database_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE prices (day TEXT, price REAL)")


NO_LEDGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path, "no ledger at"),
    "text": (lambda path: path.write_text("This is an ordinary file that holds no ledger at all.\n" * 50), "is not a reportedly ledger"),
    "other database": (database_of_another_program, "is not a reportedly ledger"),
    "newer": (ledger_of_a_newer_version, "upgrade reportedly"),
    "folder": (lambda path: path.mkdir(), "it is a folder"),
}


ASKED = ["figures", "show c:12", "verify", "brief", "check DRAFT", "judge accept c:12", "problems"]


@pytest.mark.parametrize(
    ("kind", "command"),
    [(kind, command) for kind in NO_LEDGERS for command in ASKED] + [(kind, "add PAGE") for kind in NO_LEDGERS if kind != "missing"],
)
def test_a_ledger_that_is_none_ends_with_3_and_is_left_alone(program: Run, folder: Path, kind: str, command: str) -> None:
    """A missing file, another program's file, a newer ledger and a folder each have their own sentence, and stay as they were."""
    path = folder.parent / "test.db"
    make, complaint = NO_LEDGERS[kind]
    make(path)
    before = path.read_bytes() if path.is_file() else None
    words = [str(folder / "sound.txt") if word in {"DRAFT", "PAGE"} else word for word in command.split()]
    ran = program(*words, "--ledger", path)
    without_traceback(ran)
    assert (ran.status, ran.out) == (3, "")
    assert complaint in ran.err
    assert str(path) in ran.err
    assert (path.read_bytes() if path.is_file() else None) == before
    assert path.exists() == (kind != "missing")


def test_a_ledger_in_a_folder_that_does_not_exist_is_named(program: Run, folder: Path) -> None:
    """`add` makes a ledger, not the folders above it."""
    ran = program("add", folder, "--ledger", folder / "nowhere" / "test.db")
    without_traceback(ran)
    assert (ran.status, "nowhere" in ran.err) == (3, True)


def test_a_locked_ledger_is_read_but_not_written(program: Run, ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process writes, readers are answered and a writer is told to try again; nothing of its page is lost then."""
    monkeypatch.setattr(ledger_room, "open_ledger", functools.partial(ledger_room.open_ledger, patience=0.1))
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert program("claims", "--ledger", ledger).rows
        ran = program("add", folder, "--ledger", ledger)
        other.execute("ROLLBACK")
    without_traceback(ran)
    assert (ran.status, "locked by another process" in ran.err) == (3, True)
    assert program("add", folder, "--ledger", ledger).json["added"] == 1


def test_a_full_disk_keeps_what_was_finished(program: Run, examples: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`add` ends with 3 and says so; with room again the same command gives the ledger of an undisturbed run."""
    store, undisturbed = folder.parent / "full.db", folder.parent / "undisturbed.db"
    pages = [folder / "sound.txt", examples / "ferry"]
    program("add", *pages, "--ledger", undisturbed)
    program("add", pages[0], "--ledger", store)
    prepare = files._prepare  # noqa: SLF001 - what every connection begins with
    room = store.stat().st_size // 4096 + 12

    def prepared(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute(f"PRAGMA max_page_count = {room}")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_prepare", prepared)
        ran = program("add", *pages, "--ledger", store)
    without_traceback(ran)
    assert (ran.status, "no space left to write" in ran.err) == (3, True)
    assert program("verify", "--ledger", store).status == 0
    assert program("claims", "--ledger", store).rows
    assert program("add", *pages, "--ledger", store).status == 0
    with Desk(store) as one, Desk(undisturbed) as other:
        assert one.store.digest() == other.store.digest()
        assert one.holdings().links == other.holdings().links


def test_a_file_that_may_not_grow_ends_with_3(program: Run, filled: Path, folder: Path) -> None:
    """A disk that fails in the middle of a write is said in a line, and the ledger stays sound."""
    store = Path(shutil.copy(filled, folder.parent / "limited.db"))
    size = store.stat().st_size
    save(folder, "too-large")
    ran = subprocess.run(
        [sys.executable, "-m", "reportedly", "add", str(folder / "long.txt"), "--ledger", str(store)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert (ran.returncode, ran.stdout, "Traceback" in ran.stderr) == (3, "", False)
    assert str(store) in ran.stderr
    assert program("verify", "--ledger", store).status == 0
    assert program("claims", "--ledger", store).rows == program("claims", "--ledger", filled).rows


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("show", "c:ffffffffffffffff"), "no claim 'c:ffffffffffffffff' in this ledger"),
        (("show", "c:"), " claims, write more of it"),
        (("show", "nonsense"), "no claim 'nonsense'"),
        (("figures", "--story", "zeppelin"), "no story 'zeppelin'"),
        (("figures", "--story", "s:"), " stories, write more of it"),
        (("figures", "--measure", "kiled"), "no measure 'kiled'; there are killed, "),
        (("figures", "--measure", "killed_or_kiled"), "no measure 'killed_or_kiled'"),
        (("figures", "--story", "zeppelin"), "`reportedly stories` lists them"),
        (("claims", "--document", "nowhere.txt"), "no document 'nowhere.txt'"),
        (("problems", "--document", "nowhere.txt"), "no document 'nowhere.txt'"),
        (("remove", "nowhere.txt", "--reason", "none"), "no document 'nowhere.txt'"),
        (("claims", "--as-of", "tomorrow"), "--as-of: 'tomorrow' is no date"),
        (("claims", "--as-of", "2024-02-30"), "--as-of: '2024-02-30' is no date"),
        (("claims", "--as-of", "2024-13"), "is no date"),
        (("claims", "--as-of", "0000"), "is no date"),
        (("claims", "--as-of", "20241112"), "is no date"),
        (("claims", "--as-of", ""), "is no date"),
        (("claims", "--published-by", "soon"), "--published-by: 'soon' is no date"),
        (("claims", "--recorded-before", "last Monday"), "--recorded-before: 'last Monday' is no date"),
        (("claims", "--recorded-before", "²"), "--recorded-before: '²' is no date"),
        (("claims", "--recorded-before", "0001-01-01T00:00:00+14:00"), "recorded_before: '0001-01-01T00:00:00+14:00' is no date"),
        (("claims", "--since", "x"), "--since: 'x' is no date"),
        (("claims", "--until", "x"), "--until: 'x' is no date"),
        (("changes", "x", "2024"), "SINCE: 'x' is no date"),
        (("figures", "--policy", "fairest"), "no policy 'fairest'; there are "),
        (("brief", "--policy", "fairest"), "no policy 'fairest'"),
        (("claims", "--format", "xml"), "xml"),
    ],
)
def test_a_question_that_makes_no_sense_ends_with_2(program: Run, filled: Path, words: tuple[str, ...], complaint: str) -> None:
    """An id, a date, a policy or a format that is none is named in a sentence."""
    ran = program(*words, "--ledger", filled)
    without_traceback(ran)
    assert (ran.status, ran.out) == (2, "")
    assert complaint in " ".join(ran.err.split())


def test_a_policy_file_that_is_none_ends_with_2(program: Run, filled: Path, tmp_path: Path) -> None:
    """A file named as a policy must be one."""
    path = tmp_path / "mine.toml"
    path.write_text("best = [", encoding="utf-8")
    ran = program("figures", "--policy", path, "--ledger", filled)
    without_traceback(ran)
    assert (ran.status, "mine.toml" in ran.err) == (2, True)


@pytest.mark.parametrize("command", ["figures", "add PAGE"])
@pytest.mark.parametrize("content", [b"policy = ", b"[relabilities]\n", b"\xff\xfe\x00", b'[reliabilities]\n"A" = "Z"\n'])
def test_settings_that_cannot_be_used_end_with_2(program: Run, ledger: Path, folder: Path, content: bytes, command: str) -> None:
    """A mistake in `reportedly.toml` is named before anything is done."""
    (ledger.parent / "reportedly.toml").write_bytes(content)
    before = ledger.read_bytes()
    ran = program(*(str(folder) if word == "PAGE" else word for word in command.split()), "--ledger", ledger)
    without_traceback(ran)
    assert (ran.status, ran.out, "reportedly.toml" in ran.err) == (2, "", True)
    assert ledger.read_bytes() == before


def test_bad_settings_leave_no_empty_ledger_behind(program: Run, folder: Path) -> None:
    """Where the settings are wrong no ledger is begun."""
    (folder.parent / "reportedly.toml").write_text("policy = ", encoding="utf-8")
    program("add", folder, "--ledger", folder.parent / "new.db")
    assert not (folder.parent / "new.db").exists()


@pytest.mark.parametrize("place", ["missing/brief.html", "."])
@pytest.mark.parametrize("option", ["--out", "--pictures"])
def test_a_place_that_cannot_be_written_ends_with_3(program: Run, filled: Path, tmp_path: Path, place: str, option: str) -> None:
    """A brief or its pictures that cannot be written are named with the place."""
    (tmp_path / "missing").touch()
    where = tmp_path / "missing" / "brief.html" if place != "." else tmp_path / ("." if option == "--out" else "missing")
    ran = program("brief", option, where, "--ledger", filled)
    without_traceback(ran)
    assert (ran.status, ran.out) == (3, "")
    assert str(tmp_path) in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_brief_that_does_not_fit_on_the_disk_ends_with_3(program: Run, filled: Path) -> None:
    """A full disk under `--out` is said in a line."""
    ran = program("brief", "--out", "/dev/full", "--ledger", filled)
    without_traceback(ran)
    assert (ran.status, os.strerror(28) in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("content", "complaint"), [("", "[empty-file]"), (" \n\t\n", "[empty-file]"), ("\x00\x01\x02" * 400, "[binary-file]")]
)
def test_a_draft_that_cannot_be_read_ends_with_2(program: Run, filled: Path, tmp_path: Path, content: str, complaint: str) -> None:
    """An empty or binary draft is named, from a file and from standard input."""
    draft = tmp_path / "draft.txt"
    draft.write_text(content, encoding="utf-8")
    for ran in (program("check", draft, "--ledger", filled), program("check", "-", "--ledger", filled, stdin=content)):
        without_traceback(ran)
        assert (ran.status, ran.out) == (2, "")
        assert complaint in ran.err
        assert "cannot read the draft" in " ".join(ran.err.split())


def test_a_draft_of_several_documents_ends_with_2(program: Run, filled: Path) -> None:
    """No part of a draft is passed over in silence."""
    records = '{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n'
    ran = program("check", "-", "--ledger", filled, stdin=records)
    assert (ran.status, "a draft is one document" in " ".join(ran.err.split())) == (2, True)


def test_a_draft_without_figures_says_so(program: Run, filled: Path, tmp_path: Path) -> None:
    """A draft in which nothing can be checked gives no row and a word to the user."""
    draft = tmp_path / "draft.txt"
    draft.write_text("Rain and wind.\n", encoding="utf-8")
    ran = program("check", draft, "--ledger", filled, "--format", "table")
    assert (ran.status, ran.out) == (0, "")
    assert "no figure and no attribution" in ran.err


def test_what_a_page_says_cannot_steer_the_terminal(program: Run, tmp_path: Path) -> None:
    """Escape sequences in a page's words are blanks in a table, and escapes in JSON."""
    page = tmp_path / "evil.txt"
    page.write_text(SOUND.replace("Three people", "Three \x1b[2J\x1b]0;owned\x07people"), encoding="utf-8")
    store = tmp_path / "test.db"
    program("add", page, "--ledger", store)
    claim = program("claims", "--ledger", store).rows[0]["id"]
    for words in (("claims",), ("figures",), ("timeline",), ("search", "bridge"), ("show", claim)):
        assert "\x1b" not in program(*words, "--ledger", store, "--format", "table").out
    assert "\x1b" not in program("claims", "--ledger", store).out


@pytest.mark.parametrize("command", ["claims", "stories", "figures"])
def test_pages_beyond_any_number_of_rows_are_empty_or_whole(program: Run, filled: Path, command: str) -> None:
    """Numbers that no database takes are as good as the largest that it does."""
    assert program(command, "--offset", 10**30, "--ledger", filled).rows == []
    assert program(command, "--limit", 10**30, "--ledger", filled).rows == program(command, "--ledger", filled).rows != []
