"""Standpoints: whether a claim supports an act, denies it or leaves it open, and what a denial is about."""

import re
from functools import cache

from reportedly.language.tables import load_table
from reportedly.model import Aspect, Claim, Stance, StatementMember
from reportedly.resolve.propositions import Proposition

_SUPPORTS: frozenset[Stance] = frozenset({"asserts", "confirms", "estimates", "alleges"})
_ASPECTS: tuple[Aspect, ...] = ("responsibility", "source", "figure")


def take_standpoint(proposition: Proposition) -> StatementMember:
    """What a claim's speaker does with one act that the claim speaks of.

    A speaker who asserts that the act did not happen denies it, one who denies that it did not happen supports it. Doubted,
    declined, predicted, demanded and pledged acts, and acts that are only planned or tried, are left open; so are those that
    nobody named puts forward, or only a thing ("evidence suggests").

    Args:
        proposition: the act in the claim.

    Returns:
        The claim's part in the statement of that act.
    """
    claim = proposition.voice.claim
    about_number = _asks_for_number(claim)
    if not proposition.voice.named or claim.stance not in (*_SUPPORTS, "denies"):
        return StatementMember(claim=claim.id, position="open", concerns_figure=about_number)
    if (claim.stance == "denies") != (proposition.negated or proposition.reality == "denied"):
        aspect = aspect_of(proposition)
        return StatementMember(claim=claim.id, position="denies", aspect=aspect, how="denies", concerns_figure=aspect == "figure")
    if proposition.reality in ("planned", "expected", "attempted"):
        return StatementMember(claim=claim.id, position="open")
    return StatementMember(claim=claim.id, position="supports")


def aspect_of(proposition: Proposition) -> Aspect:
    """What a denial is about: the extent where the denied act has one, else what its words name, else the act."""
    if proposition.extent:
        return "extent"
    words = _content(proposition.voice.claim)
    return next((aspect for aspect in _ASPECTS if _phrases(aspect).search(words)), "act")


def _asks_for_number(claim: Claim) -> bool:
    return _phrases("figure").search(_content(claim)) is not None


def _content(claim: Claim) -> str:
    return " ".join(span.text for span in claim.content).lower()


@cache
def _phrases(aspect: str) -> re.Pattern[str]:
    words = sorted(load_table("denials")[aspect]["words"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
