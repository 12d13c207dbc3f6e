"""What a check finds of one figure or attribution, before it is placed in the draft."""

from dataclasses import dataclass

from reportedly.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict with what it rests on.

    Attributes:
        verdict: one of design section 3's.
        why: one sentence.
        claims: ids of the ledger's claims, the one whose passage is shown first.
    """

    verdict: Verdict
    why: str
    claims: tuple[str, ...] = ()
