"""Names of money that several states have."""

import pytest

from reportedly.extract.figures.currencies import own_currency
from reportedly.extract.figures.quantities import Quantity, find_quantities
from reportedly.language.tables import load_table


def money(paragraph: str, before: str = "") -> str | None:
    (quantity,) = find_quantities(paragraph)
    return own_currency(quantity, paragraph, f"{before}\n\n{paragraph}").unit


def test_the_paragraph_names_the_state_before_the_article_does() -> None:
    """Where the paragraph names one state with such money, others of the article do not count."""
    assert money("Manila, in the Philippines, paid 40 pesos.", "Mexico and Mexico again.") == "PHP"


def test_else_the_state_named_most_often_counts() -> None:
    """A paragraph without a state has the money of the article's."""
    assert money("The fee is 40 rupees.", "India watched as Pakistan voted. In Pakistan the count began.") == "PKR"


def test_where_no_state_is_named_the_name_is_kept() -> None:
    """Nobody's pesos are nobody's: the unit is the word itself, and still money."""
    assert money("The fee is 40 pesos.") == "{peso}"


@pytest.mark.parametrize("paragraph", ["It weighs 40 pounds in Egypt.", "Egypt paid 40 dollars."])
def test_other_units_stay(paragraph: str) -> None:
    """Weights and money of one name are as they were."""
    (quantity,) = find_quantities(paragraph)
    kept: Quantity = own_currency(quantity, paragraph, paragraph)
    assert kept == quantity


def test_each_shared_name_is_a_name_of_money() -> None:
    """No row of the table is without a unit that it stands for."""
    units = load_table("units")
    known = {word for code, words in units["currency_words"].items() if code != "source" for word in words}
    known |= set(units["currency_signs"]["words"]) | set(units["pound"]["words"])
    shared = [word for row in units["shared_currencies"]["rows"].values() for word in row["words"]]
    assert [word for word in shared if word not in known] == []
