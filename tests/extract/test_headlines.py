from decimal import Decimal

from reportedly.extract.figures.headlines import differing_headlines
from reportedly.model import Claim, Figure, PassageRole, Qualifier, Span


def told(
    part: PassageRole, words: str, low: int | None, high: int | None, qualifier: Qualifier = "exact", measure: str = "deployed"
) -> Claim:
    start = 0 if part == "headline" else 100
    span = Span(start=start, end=start + len(words), text=words)
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    figure = Figure(span=span, low=bounds[0], high=bounds[1], qualifier=qualifier, measure=measure, counted="troops")
    return Claim(document="a.txt", article=0, id=f"c:{part}", content=(span,), part=part, figures=(figure,))


def test_a_headline_that_drops_the_bound_is_told_with_its_place() -> None:
    """`9K troops` over `more than 9,000 troops` names both, at the headline's words."""
    (problem,) = differing_headlines(
        [told("headline", "9K troops", 9000, 9000), told("body", "more than 9,000 troops", 9000, None, "more_than")]
    )
    assert (problem.code, problem.start, problem.end) == ("headline-differs", 0, 9)
    assert "more than 9,000 troops" in problem.message


def test_a_headline_that_the_body_bears_out_is_no_problem() -> None:
    """The same bounds in other words."""
    assert not differing_headlines([told("headline", "9K troops", 9000, 9000), told("body", "9,000 troops", 9000, 9000)])


def test_a_headline_that_counts_something_else_is_no_problem() -> None:
    """Another measure in the body says nothing of the headline's."""
    assert not differing_headlines([told("headline", "9K troops", 9000, 9000), told("body", "12 troops", 12, 12, measure="killed")])
