import re
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import BadPolicyError
from reportedly.model import Clocks, Series, Settings
from reportedly.reconcile import build_series, load_policy, policy_names


def plain(*values: object) -> tuple[object, ...]:
    """Values side by side, so that a decimal may be compared with a whole number."""
    return values


def deaths(newsroom: Any) -> Any:
    """Two days: a hospital's 30, then dozens by a priest, a ministry's 52 and at least 60 by an agency."""
    values = (
        ("Hospital", "2025-01-01", "30", 30, 30, "exact"),
        ("Priest", "2025-01-05", "dozens", None, None, "vague"),
        ("Ministry", "2025-01-05", "52", 52, 52, "exact"),
        ("Agency", "2025-01-05", "at least 60", 60, None, "at_least"),
    )
    for by, day, words, low, high, qualifier in values:
        page = newsroom.report(by, published=day)
        newsroom.claim(page, f"It counts {words} dead", by=by, said=day, figures=[newsroom.figure(words, low, high, qualifier=qualifier)])
    return newsroom


def killed(newsroom: Any, policy: str) -> Series:
    return next(row for row in build_series(newsroom.holdings(), Clocks(), policy) if row.measure == "killed")


def test_every_shipped_policy_cites_what_it_follows() -> None:
    """A policy names its codebook, and says where that was not read."""
    assert policy_names() == ["acled-style", "airwars-style", "latest", "ucdp-style", "widest"]
    for name in policy_names():
        policy = load_policy(name)
        assert policy.name == name
        assert policy.source
        assert policy.paraphrase is (name in ("airwars-style", "ucdp-style"))


@pytest.mark.parametrize(
    ("policy", "low", "best", "high"),
    [
        ("widest", 52, None, 60),
        ("ucdp-style", 30, None, 60),
        ("acled-style", 12, 12, 12),
        ("airwars-style", None, None, None),
    ],
)
def test_each_policy_forms_its_own_bounds_over_the_same_entries(
    newsroom: Any, policy: str, low: int | None, best: int | None, high: int | None
) -> None:
    """Widest leaves the older hospital out, ucdp-style keeps it, acled-style takes dozens as 12, airwars-style counts civilians only."""
    row = killed(deaths(newsroom), policy)
    assert plain(row.low, row.best, row.high) == (low, best, high)
    assert [entry.claims for entry in row.entries] == [entry.claims for entry in killed(newsroom, "widest").entries]


def test_a_policy_says_why_it_leaves_a_series_out(newsroom: Any) -> None:
    """Injured people are none of a deaths-only policy."""
    page = newsroom.report("page", published="2025-01-01")
    newsroom.claim(page, "It treats 80", by="Hospital", figures=[newsroom.figure("80", 80, 80, measure="injured")])
    row = build_series(newsroom.holdings(), Clocks(), "ucdp-style")[0]
    assert plain(row.low, row.high, row.why) == (None, None, "ucdp-style does not cover this series.")


def test_ucdp_style_screens_by_the_grades_a_person_set(newsroom: Any) -> None:
    """Until grades are set it says so; then only reliable sources count."""
    deaths(newsroom)
    assert "Unscreened" in killed(newsroom, "ucdp-style").why
    newsroom.settings = Settings(reliabilities={"Ministry": "B", "Agency": "E"})
    row = killed(newsroom, "ucdp-style")
    assert plain(row.low, row.best, row.high, row.open_high) == (52, 52, 52, False)


def test_latest_takes_the_newest_figure_alone(newsroom: Any) -> None:
    """An older figure of somebody else does not count."""
    for by, day, number in (("Hospital", "2025-01-04", 30), ("Ministry", "2025-01-05", 52)):
        page = newsroom.report(by, published=day)
        newsroom.claim(page, f"It counts {number}", by=by, said=day, figures=[newsroom.figure(str(number), number, number)])
    assert killed(newsroom, "latest").best == 52


def test_a_users_own_file_is_a_policy(newsroom: Any, tmp_path: Path) -> None:
    """A file with the same fields forms bounds; one with a rule nobody knows is refused."""
    own = tmp_path / "mine.toml"
    own.write_text('name = "mine"\nsentence = "All."\nsource = "us"\nreach = "all"\n[vague]\ndozens = 24\n', encoding="utf-8")
    row = killed(deaths(newsroom), str(own))
    assert plain(row.policy, row.low, row.high, row.open_high) == ("mine", 24, 60, True)
    own.write_text('name = "mine"\nsentence = "All."\nsource = "us"\nbest = "mean"\n', encoding="utf-8")
    with pytest.raises(BadPolicyError, match="line 4: best is 'mean'"):
        load_policy(str(own))
    with pytest.raises(BadPolicyError, match="no policy 'nobody'"):
        load_policy("nobody")


def test_airwars_style_ranges_over_all_who_count_civilians(newsroom: Any) -> None:
    """A worked case: a strike on a market, neighbours count three to five civilians, a monitor four a week before; no soldiers."""
    told: tuple[tuple[str, str, str, int, int, str], ...] = (
        ("Monitor", "2025-01-02", "four civilians", 4, 4, "exact"),
        ("Neighbours", "2025-01-09", "three to five civilians", 3, 5, "range"),
    )
    for by, day, words, low, high, qualifier in told:
        page = newsroom.report(by, published=day)
        figure = newsroom.figure(words, low, high, qualifier=qualifier, counted="civilians")
        newsroom.claim(page, f"It names {words}", by=by, said=day, figures=[figure])
    page = newsroom.report("Army", published="2025-01-09")
    newsroom.claim(page, "It lost 9 soldiers", by="Army", figures=[newsroom.figure("9 soldiers", 9, 9, counted="soldiers")])
    rows = {row.counted: row for row in build_series(newsroom.holdings(), Clocks(), "airwars-style")}
    assert plain(rows["civilians"].low, rows["civilians"].best, rows["civilians"].high) == (3, None, 5)
    assert plain(rows["soldiers"].low, rows["soldiers"].high) == (None, None)


@pytest.mark.parametrize(("word", "number"), [("tens", 10), ("dozens", 12), ("hundreds", 100), ("thousands", 1000)])
def test_acled_style_puts_its_numbers_for_vague_words(newsroom: Any, word: str, number: int) -> None:
    """A worked case: a clash of which one report says only 'dozens' or 'hundreds' are dead; a word of no rule stays a word."""
    page = newsroom.report("page", published="2025-01-01")
    figure = newsroom.figure(word, None, None, qualifier="vague")
    newsroom.claim(page, f"It speaks of {word} dead", by="Governor", said="2025-01-01", figures=[figure])
    row = killed(newsroom, "acled-style")
    assert plain(row.low, row.best, row.high) == (number, number, number)
    assert plain(killed(newsroom, "widest").low, killed(newsroom, "widest").high) == (None, None)


def count(newsroom: Any, by: str, day: str, number: int, **more: Any) -> None:
    page = newsroom.report(f"{by}-{day}-{number}", published=day)
    newsroom.claim(page, f"It counts {number}", by=by, said=day, figures=[newsroom.figure(str(number), number, number, **more)])


def test_ucdp_style_keeps_the_dead_of_each_side_apart(newsroom: Any) -> None:
    """A worked case: after a clash each army counts both; each side's dead have a low and a high, and no best until sources are ranked."""
    for by, soldiers, fighters in (("Army", 3, 12), ("Rebels", 10, 7)):
        count(newsroom, by, "2025-01-05", soldiers, counted="soldiers")
        count(newsroom, by, "2025-01-05", fighters, counted="fighters")
    rows = {row.counted: row for row in build_series(newsroom.holdings(), Clocks(), "ucdp-style")}
    assert plain(rows["soldiers"].low, rows["soldiers"].best, rows["soldiers"].high) == (3, None, 10)
    assert plain(rows["fighters"].low, rows["fighters"].best, rows["fighters"].high) == (7, None, 12)
    newsroom.settings = Settings(ranking={"the story": ["Rebels"]})
    rows = {row.counted: row for row in build_series(newsroom.holdings(), Clocks(), "ucdp-style")}
    assert plain(rows["soldiers"].best, rows["fighters"].best) == (10, 7)


def test_acled_style_takes_the_most_conservative_of_the_newest(newsroom: Any) -> None:
    """A worked case: sources that differ give the lesser number; better information of a later day revises it upward."""
    count(newsroom, "Police", "2025-01-05", 8)
    count(newsroom, "Residents", "2025-01-05", 15)
    assert killed(newsroom, "acled-style").best == 8
    count(newsroom, "Police", "2025-01-08", 11)
    assert killed(newsroom, "acled-style").best == 11


def test_airwars_style_has_no_single_value_and_no_combatants(newsroom: Any) -> None:
    """A worked case: two children by a hospital, four by neighbours, of whose fighters nobody is told in the range."""
    count(newsroom, "Hospital", "2025-01-05", 2, counted="children")
    count(newsroom, "Neighbours", "2025-01-07", 4, counted="children")
    count(newsroom, "Neighbours", "2025-01-07", 6, counted="fighters")
    rows = {row.counted: row for row in build_series(newsroom.holdings(), Clocks(), "airwars-style")}
    assert plain(rows["children"].low, rows["children"].best, rows["children"].high) == (2, None, 4)
    assert plain(rows["fighters"].low, rows["fighters"].high) == (None, None)


def test_the_policy_of_the_handbook_is_one(newsroom: Any, tmp_path: Path) -> None:
    """The file that the handbook shows is read, and forms the bounds that it says."""
    page = Path(__file__).parents[2] / "docs" / "policies.md"
    if not page.is_file():
        pytest.skip("the handbook is not beside the tests")
    own = tmp_path / "desk.toml"
    own.write_text(page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert load_policy(str(own)).name == "our-desk"
    row = killed(deaths(newsroom), str(own))
    assert plain(row.policy, row.low, row.best, row.high, row.open_high) == ("our-desk", 24, None, 60, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('name = "desk"\nmeasure = ["killed"]\n', "line 2: unknown field 'measure'; there are name, sentence"),
        ('sentence = "All."\nsource = "us"\nlow = "most"\n', "line 3: low is 'most'; it may be least"),
        ('name = "desk"\n\nmeasures = "killed"\n', "line 3: measures must be a list of words"),
        ('name = "desk"\n[vagueness]\ndozens = 24\n', "line 2: unknown field 'vagueness'"),
        ('sentence = "All."\n', "the field 'source' is missing"),
        ("low = \n", "line 1"),
    ],
)
def test_a_policy_file_with_a_slip_is_refused_with_its_place(tmp_path: Path, words: str, why: str) -> None:
    """A mistyped field would change nothing, unseen: the file, the line and what may stand there are said."""
    path = tmp_path / "desk.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(BadPolicyError, match=re.escape(str(path))) as caught:
        load_policy(str(path))
    assert why in str(caught.value)
