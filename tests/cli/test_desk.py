import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk

Run = Any  # the fixtures of conftest.py


def claims(program: Run, ledger: Path) -> dict[str, dict[str, Any]]:
    """The ledger's claims by id."""
    return {row["id"]: row for row in program("claims", "--ledger", ledger).rows}


def judged(program: Run, ledger: Path, *words: str) -> str:
    """Store a correction; its id."""
    ran = program("judge", *words, "--by", "A. Reader", "--ledger", ledger)
    assert ran.status == 0, ran.err
    return str(ran.out.strip())


def test_a_rejected_claim_is_gone_until_it_is_undone(program: Run, ledger: Path) -> None:
    """`judge reject` hides a claim from every list; `judge undo` brings back exactly what was there."""
    before = claims(program, ledger)
    claim = next(iter(before))
    judgement = judged(program, ledger, "reject", claim, "--reason", "misread")
    assert claims(program, ledger) == {k: v for k, v in before.items() if k != claim}
    assert program("show", claim, "--ledger", ledger).status == 2
    assert judged(program, ledger, "undo", judgement[:8], "--reason", "it was right") == "undone"
    assert claims(program, ledger) == before


def test_who_took_a_judgement_back_is_kept(program: Run, ledger: Path) -> None:
    """An undoing is signed and has its reason, as the judgement itself."""
    judgement = judged(program, ledger, "reject", next(iter(claims(program, ledger))))
    judged(program, ledger, "undo", judgement, "--reason", "it was right")
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute("SELECT judgement, by, reason FROM undone").fetchall()
    assert rows == [(judgement, "A. Reader", "it was right")]


def test_an_amended_claim_shows_the_new_fields(program: Run, ledger: Path) -> None:
    """`judge amend` changes the fields that are given and no other."""
    before = claims(program, ledger)
    claim, row = next((k, v) for k, v in before.items() if v["stance"] == "asserts")
    judged(program, ledger, "amend", claim, "--set", '{"stance": "alleges"}')
    assert claims(program, ledger) == {**before, claim: {**row, "stance": "alleges"}}


def test_an_accepted_claim_stays_as_it_is(program: Run, ledger: Path) -> None:
    """`judge accept` records a person's word and changes no claim."""
    before = claims(program, ledger)
    assert judged(program, ledger, "accept", next(iter(before))).startswith("j:")
    assert claims(program, ledger) == before


def test_an_added_claim_stands_in_its_page(program: Run, ledger: Path, examples: Path) -> None:
    """`judge add` takes places in the text and finds the words there."""
    text = (examples / "ferry/01-wire.txt").read_text(encoding="utf-8")
    start = text.index("A passenger ferry sank")
    fields = {"content": {"start": start, "end": start + 22}, "speakers": ["A. Witness"], "stance": "asserts", "form": "indirect"}
    before = claims(program, ledger)
    judged(program, ledger, "add", "01-wire.txt", "--set", json.dumps(fields))
    added = [row for k, row in claims(program, ledger).items() if k not in before]
    assert [(row["content"]["text"], row["speakers"]) for row in added] == [("A passenger ferry sank", ["A. Witness"])]
    assert program("verify", "--ledger", ledger).status == 0


def test_merged_actors_are_one_until_split(program: Run, ledger: Path) -> None:
    """`judge merge` joins two names, undoing parts them again."""

    def actors() -> list[str]:
        return [row["actor"] for row in program("actors", "--ledger", ledger).rows]

    before = actors()
    pair = ["Justin Trudeau", "Erik Hansen"]
    assert [before.count(name) for name in pair] == [1, 1]
    judgement = judged(program, ledger, "merge", *pair)
    assert len(actors()) == len(before) - 1
    judged(program, ledger, "undo", judgement)
    assert actors() == before
    judged(program, ledger, "split", *pair)
    assert actors() == before


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("merge", "Kari Hansen", "No Such Person"), "no actor 'No Such Person'"),
        (("merge", "Kari Hansen"), "merge does not take 1 targets"),
        (("reject", "c:ffffffffffffffff"), "no claim"),
        (("undo", "j:ffff"), "no judgement"),
        (("amend", "CLAIM"), "needs changes"),
        (("amend", "CLAIM", "--set", "{"), "--set is no JSON"),
        (("amend", "CLAIM", "--set", "[1]"), "must be a JSON object"),
        (("amend", "CLAIM", "--set", '{"stance": "shouts"}'), "shouts"),
        (("amend", "CLAIM", "--set", '{"nonsense": 1}'), "nonsense"),
        (("add", "nowhere.txt", "--set", '{"content": {"start": 0, "end": 4}}'), "no document"),
        (("add", "01-wire.txt", "--set", '{"content": {"start": 0, "end": 400000}}'), "no span"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(program: Run, ledger: Path, words: tuple[str, ...], complaint: str) -> None:
    """A correction that makes no sense ends with status 2, says why and stores nothing."""
    claim = next(iter(claims(program, ledger)))
    ran = program("judge", *(claim if word == "CLAIM" else word for word in words), "--by", "A. Reader", "--ledger", ledger)
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err
    with Desk(ledger) as desk:
        assert desk.holdings().judgements == ()


def test_a_nameless_user_is_asked_for_a_name(program: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine knows no user's name, `--by` is needed."""

    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    ran = program("judge", "accept", next(iter(claims(program, ledger))), "--ledger", ledger)
    assert (ran.status, "--by" in ran.err) == (2, True)


def test_a_removed_document_is_gone_and_stays_out(program: Run, ledger: Path, examples: Path) -> None:
    """`remove` erases text and claims; adding the file again gives a problem and nothing else."""
    page = examples / "ferry/08-background.txt"
    before = claims(program, ledger)
    assert program("search", "Observers", "--ledger", ledger).rows
    assert program("remove", "08-background.txt", "--reason", "asked for", "--ledger", ledger).out == f"removed {page}\n"
    assert claims(program, ledger) == {k: v for k, v in before.items() if v["document"] != str(page)}
    assert program("search", "Observers", "--ledger", ledger).rows == []
    ran = program("add", page, "--ledger", ledger)
    assert ran.json | {"documents": 0} == {"documents": 0, "added": 0, "claims": 0, "problems": 1}
    assert "removed-before" in [row["code"] for row in program("problems", "--ledger", ledger).rows]
    assert program("verify", "--ledger", ledger).status == 0


def test_verify_counts_its_anchors_and_finds_one_that_lies(program: Run, ledger: Path) -> None:
    """A sound ledger ends with 0; one whose stored text was changed names the place and ends with 1."""
    sound = program("verify", "--ledger", ledger)
    assert (sound.status, sound.out) == (0, "")
    assert sound.err.endswith(" anchors checked, 0 do not hold\n")
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE anchors SET quote = 'nobody said this' WHERE rowid = (SELECT min(rowid) FROM anchors)")
    broken = program("verify", "--ledger", ledger, "--format", "json")
    assert broken.status == 1
    assert [row["holds"] for row in broken.json] == [False]


def test_check_says_of_each_figure_what_the_ledger_supports(program: Run, filled: Path, examples: Path) -> None:
    """The example draft's figures each have a verdict, words of the draft, and a passage where there is a claim."""
    draft = examples / "draft.txt"
    text = draft.read_text(encoding="utf-8")
    rows = program("check", draft, "--as-of", "2024-11-20", "--ledger", filled).rows
    assert {row["verdict"] for row in rows} >= {"supported", "composite_split"}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert all(bool(row["passage"]) == bool(row["claims"]) for row in rows)
    assert program("check", "-", "--as-of", "2024-11-20", "--ledger", filled, stdin=text).rows == rows
    assert "composite split" in program("check", draft, "--as-of", "2024-11-20", "--ledger", filled, "--format", "table").out


def test_check_under_strict_ends_with_1_unless_all_is_supported(program: Run, filled: Path, examples: Path) -> None:
    """The draft has mistakes, so an editor's script stops."""
    words = ("check", examples / "draft.txt", "--as-of", "2024-11-20", "--ledger", filled)
    assert (program(*words).status, program(*words, "--strict").status) == (0, 1)


def test_check_before_anything_was_said_supports_nothing(program: Run, filled: Path, examples: Path) -> None:
    """Under a clock before the first report the ledger holds nothing for a draft."""
    rows = program("check", examples / "draft.txt", "--as-of", "2001-01-01", "--ledger", filled).rows
    assert {row["verdict"] for row in rows} == {"not_in_ledger"}


def test_a_brief_is_written_in_each_form(program: Run, filled: Path, tmp_path: Path) -> None:
    """Markdown by default, a page that needs no other file, or the record; to standard output or a file."""
    words = ("brief", "--story", "ferry", "--as-of", "2024-11-20", "--ledger", filled)
    markdown = program(*words)
    assert markdown.out.startswith("# ")
    assert "2024-11-20" in markdown.out
    page = program(*words, "--format", "html").out
    assert "<svg" in page
    assert "<script" not in page
    record = program(*words, "--format", "json").json
    assert record["as_of"] == "2024-11-20"
    assert f"# {record['title']}\n" in markdown.out
    out = tmp_path / "brief.html"
    written = program(*words, "--format", "html", "--out", out)
    assert (written.out, out.read_text(encoding="utf-8")) == ("", page)


def test_a_brief_s_pictures_are_saved_by_series(program: Run, filled: Path, tmp_path: Path) -> None:
    """Each series of the brief has its picture as SVG and PNG, named by its id."""
    folder = tmp_path / "new" / "pictures"
    words = ("brief", "--story", "ferry", "--as-of", "2024-11-20", "--ledger", filled)
    record = program(*words, "--format", "json", "--pictures", folder).json
    panels = {panel["id"].replace(":", "-"): panel for panel in record["figures"]}
    assert panels
    assert {path.name for path in folder.iterdir()} == {f"{name}.{kind}" for name in panels for kind in ("svg", "png")}
    for name, panel in panels.items():
        assert (folder / f"{name}.svg").read_text(encoding="utf-8") == panel["picture"]
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_brief_on_several_stories_names_the_largest(program: Run, filled: Path) -> None:
    """Without a story the whole ledger is covered, and the title says of how many stories and which."""
    titles = [row["title"] for row in program("stories", "--ledger", filled).rows]
    largest = max(set(titles), key=titles.count)
    title = program("brief", "--ledger", filled, "--format", "json").json["title"]
    assert title.startswith(f"{len(set(titles))} stories: ")
    assert largest in title


def test_a_brief_of_a_day_before_everything_is_empty_and_says_so(program: Run, filled: Path) -> None:
    """A clock before the first report gives a brief without a line of content."""
    record = program("brief", "--as-of", "1999-01-01", "--ledger", filled, "--format", "json").json
    assert record["title"] == "No story to report"
    assert not any(record[part] for part in ("timeline", "figures", "statements", "voices", "sources"))
