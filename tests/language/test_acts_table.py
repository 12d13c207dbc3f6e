import pytest

from reportedly.language.acts import act_of, contraries_of, implied_acts, is_act, reality_after, serves_agent
from reportedly.language.places import name_place, oblast_of
from reportedly.language.tables import load_table


@pytest.mark.parametrize(
    ("lemma", "thing", "act"),
    [
        ("send", "troops", "deploy"),
        ("send", "missiles", "supply"),
        ("send", "letter", "send"),
        ("regain", "region", "retake"),
        ("shoot down", "drone", "shoot_down"),
        ("fire", "rockets", "launch"),
        ("fire", "judge", "dismiss"),
        ("hold", "talks", "meet"),
        ("fight alongside", None, "fight_alongside"),
        ("juggle", "ball", "juggle"),
    ],
)
def test_the_thing_decides_which_act_a_verb_names(lemma: str, thing: str | None, act: str) -> None:
    """A verb of many uses names an act only with the things the table gives it; any other verb stays itself."""
    assert act_of(lemma, thing) == act


def test_nominalisations_name_the_act_of_their_verb() -> None:
    """ "deployment" and "deploy" are one act."""
    assert act_of("deployment", pos="noun") == act_of("deploy") == "deploy"
    assert act_of("recapture", pos="noun") == "retake"


def test_acts_that_serve_their_agent_imply_and_exclude_others() -> None:
    """Success acts, implications and contraries come from the rows."""
    assert serves_agent("capture")
    assert not serves_agent("deploy")
    assert implied_acts("fight_alongside") == ("deploy",)
    assert "defend" in contraries_of("retake")
    assert not contraries_of("juggle")


def test_every_act_that_a_row_points_to_is_a_row() -> None:
    """No implication or contrary leads out of the table."""
    rows = load_table("acts")["rows"]["acts"]
    pointed = {name for row in rows.values() for name in (*row.get("implies", ()), *row.get("contrary", ()))}
    assert pointed
    assert all(is_act(name) for name in pointed)


def test_governing_words_say_how_real_an_act_is() -> None:
    """ "try" and "plan" take an act out of what happened; "manage" does not."""
    assert reality_after("try") == "attempted"
    assert reality_after("plan") == "planned"
    assert reality_after("will") == "expected"
    assert reality_after("manage") == "actual"
    assert reality_after("yellow") is None


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("Russia’s Belgorod region", "Belgorod Oblast"),
        ("the province of Manabi", "Manabi"),
        ("Oslo", "Oslo"),
        ("the U.S.", "United States"),
        ("the Golan Heights", "Golan Heights"),
        ("the Kenyan city of Mombasa", "Mombasa"),
        ("the house", None),
        ("Monday", None),
    ],
)
def test_places_have_one_form(phrase: str, place: str | None) -> None:
    """Type words fall away, oblasts keep theirs, a capital is itself and a date is no place."""
    assert name_place(phrase) == place


def test_only_listed_seats_have_oblasts() -> None:
    """A bare name is lifted to its oblast only where there is one."""
    assert oblast_of("Sumy") == "Sumy Oblast"
    assert oblast_of("Lyon") is None
