"""Occasions: which acts of one kind by one agent are one act, for two strikes on two towns are two statements."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from reportedly.language.naming.names import state_of
from reportedly.language.tables import load_table
from reportedly.resolve.propositions import Proposition


def part_occasions(act: str, propositions: Sequence[Proposition]) -> list[list[Proposition]]:
    """The propositions about one kind of act by one agent, parted by the town or site that they name.

    Only acts that are done at one place at once are parted ("strike", not "send troops", which goes on for months and reaches many
    places), and only by places that are no states: "Israel struck Lebanon" may be said of any strike there. What names no such place
    goes with the site that its own article names, else with the one named by words of its day, else with the commonest.

    Args:
        act: the act, a row of the acts table or a lemma.
        propositions: what is said of it.

    Returns:
        Groups that are never empty, in the order of their sites; the propositions keep theirs.
    """
    sites = {id(proposition): _site(proposition) for proposition in propositions}
    known = Counter(site for site in sites.values() if site)
    if act not in load_table("occasions")["momentary"]["acts"] or len(known) <= 1:
        return [list(propositions)]
    common = min(known, key=lambda site: (-known[site], site))
    told = [(proposition, site) for proposition in propositions if (site := sites[id(proposition)])]
    groups: dict[str, list[Proposition]] = defaultdict(list)
    for proposition in propositions:
        groups[sites[id(proposition)] or _likeliest(proposition, told) or common].append(proposition)
    return [groups[site] for site in sorted(groups)]


def _site(proposition: Proposition) -> str | None:
    """The least name of a town or site that an act is done to or at; None where there is none, or a state alone."""
    return min((name for name in proposition.objects if not state_of(name)), default=None)


def _likeliest(proposition: Proposition, told: Sequence[tuple[Proposition, str]]) -> str | None:
    """The only site that the same article names, else the only one of the same day; None where there is none or there are several."""
    voice = proposition.voice
    for alike in (
        {site for other, site in told if set(other.voice.articles) & set(voice.articles)},
        {site for other, site in told if _day(other) is not None and _day(other) == _day(proposition)},
    ):
        if len(alike) == 1:
            return next(iter(alike))
    return None


def _day(proposition: Proposition) -> str | None:
    happened = proposition.voice.claim.happened
    return happened.first[:10] if happened and happened.first else None
