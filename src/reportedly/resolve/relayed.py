"""Relayed reports: what an article has from another outlet's report in the heap descends from whatever that report rests on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportedly.resolve.assertions import Assertion, figure_repeats
from reportedly.resolve.voices import contents_alike

WHY = "relays the report of {}, which is in the heap"


def relay_links(assertions: Sequence[Assertion]) -> Iterator[tuple[Assertion, Assertion, str]]:
    """What cites one outlet alone, with what it is in that outlet's own report of the same story, published no later.

    Args:
        assertions: every claim and every figure of one.

    Yields:
        The citing assertion, the cited one, and why. Of several cited ones it is one that names its source, else the first published.
        Where the heap does not hold the report, what cites it stays the outlet's own assessment, one for all that cite it.
    """
    told: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        for story in assertion.stories if not assertion.is_part else ():
            for outlet in assertion.voice.outlets:
                told[outlet.casefold(), story].append(assertion)
    for assertion in assertions:
        cited = _cited(assertion)
        if cited is None:
            continue
        near = [other for story in assertion.stories for other in told.get((cited, story), ()) if _is_relayed(assertion, other)]
        best = min(near, key=lambda other: (not other.voice.named, _day(other), other.name), default=None)
        if best is not None:
            yield assertion, best, WHY.format(assertion.voice.claim.speakers[0])


def _cited(assertion: Assertion) -> str | None:
    """The name of the one outlet that a claim has its word from; None where another speaks, or the outlet itself."""
    speakers = assertion.voice.claim.speakers
    if not assertion.voice.named or assertion.is_part or len(speakers) != 1:
        return None
    name = speakers[0].casefold()
    return None if name in {outlet.casefold() for outlet in assertion.voice.outlets} else name


def _is_relayed(citing: Assertion, cited: Assertion) -> bool:
    if (citing.figure is None) != (cited.figure is None) or _cited(cited) in {outlet.casefold() for outlet in citing.voice.outlets}:
        return False
    if _day(cited) > _day(citing) or set(citing.voice.articles) & set(cited.voice.articles):
        return False
    return figure_repeats(citing, cited) if citing.figure else contents_alike(citing.voice, cited.voice)


def _day(assertion: Assertion) -> str:
    published = assertion.voice.published
    return (published.last or "~")[:10] if published else "~"
