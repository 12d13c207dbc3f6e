"""A claim inside its passage, for people."""

from typing import TYPE_CHECKING

from reportedly.cli.output import printable
from reportedly.cli.phrasing import short
from reportedly.model import Claim, ShownClaim, Span, interval_text

if TYPE_CHECKING:
    from rich.console import Group

_STYLES = {"content": "bold", "cue": "italic underline", "source": "underline", "figure": "reverse"}


def render_claim(found: ShownClaim) -> "Group":
    """What `reportedly show` prints on a terminal: the facts, the passage with its parts marked, the origin's other claims."""
    from rich.console import Group  # noqa: PLC0415 - slow to import
    from rich.panel import Panel  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    claim = found.claim
    passage = Text(printable(found.passage.text))
    for part, spans in _parts(claim):
        for span in spans:
            passage.stylize(_STYLES[part], span.start - found.passage.start, span.end - found.passage.start)
    title = f"{printable(found.document)} {found.passage.start}-{found.passage.end}"
    lines = [Text(printable(line)) for line in facts(found)]
    others = [Text(printable(f"  {short(c.id)}  {c.document}: {_words(c.content)}")) for c in found.companions]
    head = [Text(f"Origin {short(found.origin)} ({found.principal or 'unattributed'}), other claims:")] if others else []
    return Group(*lines, Panel(passage, title=title), *head, *others)


def facts(found: ShownClaim) -> list[str]:
    """The facts of a claim, a line each."""
    claim = found.claim
    lines = [
        f"claim      {claim.id}  ({claim.form}, {claim.stance})",
        f"speaker    {', '.join(found.actors) or 'nobody is named'}" + (f"  via {', '.join(claim.via)}" if claim.via else ""),
        f"said       {interval_text(claim.said)}{_read_from(claim)}",
        f"happened   {interval_text(claim.happened)}",
        f"article    {found.title or 'without a headline'} — {found.outlet or 'unknown outlet'}, {interval_text(found.published)}",
        *(f"           dated by others: {why}" for why in found.dated_by),
    ]
    if (found.reliability, found.credibility) != ("F", 6):
        lines.append(f"graded     {found.reliability}{found.credibility}")
    if claim.translation:
        lines.append(f"in {claim.translation.language:<8}{claim.translation.text}  (translated by {claim.translation.by})")
    lines += [
        f"figure     {f.span.text}: {f.measure}, {f.qualifier}, {f.low or 'open'} to {f.high or 'open'}"
        + (f", {f.population}" if f.population else "")
        + ("" if f.share == "total" else f", {f.share}")
        for f in claim.figures
    ]
    return lines


def _read_from(claim: Claim) -> str:
    if claim.said is None:
        return ""
    return f"  (from “{claim.said.words.text}”)" if claim.said.words else f"  ({claim.said.basis or 'no words say it'})"


def _parts(claim: Claim) -> list[tuple[str, tuple[Span, ...]]]:
    return [
        ("content", claim.content),
        ("source", claim.source),
        ("cue", claim.cue),
        ("figure", tuple(f.span for f in claim.figures)),
    ]


def _words(spans: tuple[Span, ...]) -> str:
    return " … ".join(span.text for span in spans)
