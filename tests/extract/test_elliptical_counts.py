"""Numbers of a list by places measure what the first of them does."""

from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Figure, Passage


def figures(text: str) -> list[Figure]:
    """The figures of a paragraph."""
    article = Article(document="page", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),))
    return [figure for paragraph in find_figures(parse(text, article)) for figure in paragraph]


def test_members_that_add_up_are_parts_of_the_count() -> None:
    """Eight and eleven are of the nineteen, and are officers hurt."""
    rows = figures("Nineteen police officers were slightly hurt, eight in the capital and eleven in Bergen.")
    assert [(f.span.text, f.measure, f.counted, f.share, f.of) for f in rows] == [
        ("Nineteen police officers", "injured", "police officers", "total", None),
        ("eight", "injured", "police officers", "part", 0),
        ("eleven", "injured", "police officers", "part", 0),
    ]


def test_members_beside_the_first_are_parts_of_a_whole_that_is_not_printed() -> None:
    """The first place's count is none of which the others are a part; "one" counts at the end of such a list."""
    rows = figures("Four persons drowned in Goalpara, two in Nagaon and one in Jorhat.")
    assert [(f.span.text, f.measure, f.share, f.of) for f in rows] == [
        ("Four persons", "killed", "total", None),
        ("two", "killed", "part", None),
        ("one", "killed", "part", None),
    ]


def test_numbers_with_a_word_of_their_own_stay_themselves() -> None:
    """A number that says what it counts, or a date, continues no list."""
    rows = figures("The flood killed four people in Goalpara, and two ferries sank in Nagaon.")
    assert [(f.span.text, f.measure) for f in rows] == [("four people", "killed"), ("two ferries", "destroyed")]
    assert all(f.measure != "killed" for f in figures("The mine killed four people, 12 in June said.")[1:])
