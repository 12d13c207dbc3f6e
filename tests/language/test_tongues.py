"""Whether a text is English."""

import pytest

from reportedly.language.pages.tongues import find_tongue, name_tongue
from reportedly.language.tables import load_table

_ENGLISH = (
    "The ferry left the harbour at noon with more than two hundred people on board, and it had not been seen since, the coast guard said "
    "in a statement that was read out on local radio after the search was broken off for the night."
)
_GERMAN = (
    "Die Fähre hat den Hafen am Mittag mit mehr als zweihundert Menschen verlassen und ist seitdem nicht mehr gesehen worden, sagte die "
    "Küstenwache in einer Mitteilung, die am Abend im Rundfunk verlesen wurde, nachdem die Suche für die Nacht abgebrochen war."
)


def test_english_is_told_by_its_function_words() -> None:
    """English news has three to five function words in ten."""
    assert find_tongue(_ENGLISH) == "en"


@pytest.mark.parametrize(
    ("text", "tongue"), [(_GERMAN, "de"), ("Паром вышел из порта в полдень", "ru"), ("여객선은 정오에 항구를 떠났다", "ko")]
)
def test_another_language_is_named(text: str, tongue: str) -> None:
    """By function words in Latin letters, by the script in others."""
    assert find_tongue(text) == tongue


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Пором вийшов із порту опівдні та більше не виходив на зв'язок, повідомила берегова охорона", "uk"),
        ("Паром је испловио из луке у подне и више се није јављао, саопштила је обалска стража", "sr"),
        ("کشتی ظهر از بندر حرکت کرد و پس از آن دیگر دیده نشد، گارد ساحلی گفت", "fa"),
        ("غادرت العبارة الميناء ظهرا ولم يرها أحد بعد ذلك كما قال خفر السواحل", "ar"),
    ],
)
def test_languages_of_one_script_are_told_by_their_own_letters(text: str, tongue: str) -> None:
    """Ukrainian is not called Russian, nor Persian Arabic."""
    assert find_tongue(text) == tongue


def test_every_language_has_a_name() -> None:
    """A problem names the language in English."""
    table = load_table("tongues")
    codes = {*table["function_words"], *table["scripts"], *table["letters"]["ru"], *table["letters"]["ar"]} - {"source"}
    assert all(name_tongue(code) != code for code in codes)
    assert name_tongue("xx") == "xx"


@pytest.mark.parametrize("text", ["", "Two dead.", "12 34 56"])
def test_a_text_too_short_to_tell_is_left_open(text: str) -> None:
    """A flash of two words may be in any language."""
    assert find_tongue(text) is None


def test_names_in_another_script_do_not_make_a_text_foreign() -> None:
    """An English report that quotes a name in Hangul is English."""
    assert find_tongue(_ENGLISH + " The ship is the 세월호.") == "en"
