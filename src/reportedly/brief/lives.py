"""The lives of a panel's numbers, and the claims that cannot all hold."""

from collections.abc import Iterable, Sequence

from reportedly.brief.citing import Citations
from reportedly.brief.report import Line
from reportedly.brief.wording import quoted
from reportedly.model import Contradiction, Life, Series, Telling, interval_text

MOST_LIVES = 3  # a panel
MOST_TELLINGS = 6  # a life: the first, and those that changed it before those that did not
MOST_CONTRADICTIONS = 8


def life_lines(series: Series, lives: Iterable[Life], cites: Citations) -> tuple[Line, ...]:
    """How reports handed on the figures of a series, from the first on: a line a figure that several outlets carried, or one changed.

    Args:
        series: the series.
        lives: of the story, those with most to tell first.
        cites: gives out the numbers.
    """
    entered = {claim for entry in series.entries for claim in entry.claims}
    own = [life for life in lives if life.tellings[0].claim in entered]
    told = [life for life in own if len(life.outlets) > 1 or any(telling.changes for telling in life.tellings)]
    return tuple(_life(life, cites) for life in told[:MOST_LIVES])


def _life(life: Life, cites: Citations) -> Line:
    first, *later = life.tellings
    changed = [telling for telling in later if telling.changes]
    kept = {id(telling) for telling in [*changed, *(t for t in later if not t.changes)][: MOST_TELLINGS - 1]}
    shown = [first, *(telling for telling in later if id(telling) in kept)]
    left = len(life.tellings) - len(shown)
    text = "; then ".join(_telling(telling) for telling in shown) + (f"; and {left} more" if left else "")
    return Line(label=f"Life of a number ({life.principal})", text=text, numbers=cites.cite(telling.claim for telling in shown))


def _telling(telling: Telling) -> str:
    lost = f" ({', '.join(telling.changes)})" if telling.changes else ""
    return f"{quoted(telling.text)} in {telling.outlet}, {interval_text(telling.published)}{lost}"


def contradiction_lines(found: Sequence[Contradiction], cites: Citations) -> tuple[Line, ...]:
    """The smallest sets of claims that cannot all hold: those of named principals in several series first, then in order."""
    ordered = sorted(found, key=lambda row: ("unattributed" in row.why, -len(row.series)))
    lines = [Line(text=row.why, numbers=numbers) for row in ordered if (numbers := cites.cite(row.claims))]
    return tuple(lines[:MOST_CONTRADICTIONS])


def left_out(found: Sequence[Contradiction]) -> int:
    """How many further sets the ledger holds."""
    return max(0, len(found) - MOST_CONTRADICTIONS)
