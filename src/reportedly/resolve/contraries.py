"""Contraries: assertions that cannot hold together with an act, such as an army's that it still fights where another took all."""

from collections.abc import Iterable, Iterator, Sequence

from reportedly.language.acts import contraries_of
from reportedly.model import StatementMember
from reportedly.resolve.propositions import Proposition
from reportedly.resolve.reports import days_between
from reportedly.resolve.standpoints import take_standpoint

_NEAR = 7  # days between the sayings up to which one tells against the other


def find_contraries(agent: str, act: str, case: Sequence[Proposition], propositions: Iterable[Proposition]) -> Iterator[StatementMember]:
    """Assertions by others that tell against an act.

    Another principal asserts, of the same place and within a week, an act of its own that the table gives as contrary to this
    one. Where the act is said to have gone all the way ("fully"), it is that extent which is disputed.

    Args:
        agent: principal of who does the act.
        act: the act.
        case: the propositions that speak of it.
        propositions: all of the story's.

    Yields:
        The denials.
    """
    contrary = frozenset(contraries_of(act))
    if not contrary:
        return
    put_forward = [proposition for proposition in case if take_standpoint(proposition).position == "supports"]
    where = frozenset(name for proposition in put_forward for name in proposition.objects)
    extent = any(proposition.extent for proposition in put_forward)
    for other in propositions:
        if other.act not in contrary or other.agent in (None, agent) or other.agent not in other.voice.principals:
            continue
        if not where & other.objects or take_standpoint(other).position != "supports":
            continue
        if any(_at_one_time(other, proposition) for proposition in put_forward):
            yield StatementMember(
                claim=other.voice.claim.id, position="denies", aspect="extent" if extent else "act", how="asserts the contrary"
            )


def _at_one_time(one: Proposition, other: Proposition) -> bool:
    apart = days_between(one.voice.said, other.voice.said)
    return apart is not None and apart <= _NEAR
