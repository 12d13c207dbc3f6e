from pathlib import Path

import pytest

from reportedly.errors import BadSettingsError
from reportedly.settings import FILE_NAME, load_settings


def write(folder: Path, words: str) -> Path:
    (folder / FILE_NAME).write_text(words, encoding="utf-8")
    return folder / "reportedly.db"


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    """A ledger without a settings file uses the widest policy and ranks nobody."""
    settings = load_settings(tmp_path / "reportedly.db")
    assert (settings.policy, dict(settings.reliabilities), dict(settings.ranking)) == ("widest", {}, {})


def test_every_section_is_read(tmp_path: Path) -> None:
    """Reliabilities, ranking, aliases, parties and policy arrive as written."""
    settings = load_settings(
        write(
            tmp_path,
            'policy = "latest"\n[reliabilities]\n"Coast Guard" = "B"\n[ranking]\nferry = ["Police", "Coast Guard"]\n'
            '[aliases]\nKystvakten = "Coast Guard"\n[parties]\n"the ferry was overloaded" = ["Halden Lines"]\n',
        )
    )
    assert settings.policy == "latest"
    assert settings.reliabilities == {"Coast Guard": "B"}
    assert settings.ranking == {"ferry": ("Police", "Coast Guard")}
    assert settings.aliases == {"Kystvakten": "Coast Guard"}
    assert settings.parties == {"the ferry was overloaded": ("Halden Lines",)}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("policy = ", "reportedly.toml"),
        ("[relabilities]\na = 'B'", "unknown section 'relabilities'"),
        ("[reliabilities]\na = 'G'", "one of A to F"),
        ("[ranking]\na = 'B'", "must be a list of names"),
        ("aliases = 3", "aliases must be a table"),
    ],
)
def test_a_settings_file_that_cannot_be_used_says_why(tmp_path: Path, words: str, complaint: str) -> None:
    """A typo or a wrong shape is named, never passed over."""
    with pytest.raises(BadSettingsError, match=complaint):
        load_settings(write(tmp_path, words))


def test_model_is_one_of_those_there_are(tmp_path: Path) -> None:
    """The model that claims are extracted by can be set, and no other than those there are."""
    assert load_settings(write(tmp_path, 'model = "accurate"')).model == "accurate"
    with pytest.raises(BadSettingsError, match="'best'; there are default, accurate, rules"):
        load_settings(write(tmp_path, 'model = "best"'))
