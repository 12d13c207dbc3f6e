"""How the brief says things: quoted words, names in a row, a claim as a line. It adds no verb that a source did not use."""

from collections.abc import Sequence

from reportedly.model import Claim, Series, Span, Translation, decimal_text, interval_text

_MEASURES = {
    "killed": "killed",
    "injured": "injured",
    "deployed": "sent or stationed",
    "recovered": "bodies recovered",
    "other": "figures",
}
_OPENING = ("“", '"', "«", "\u2018", "'")
_CLOSING = ("”", '"', "»", "\u2019", "'")
_SHARES = {"additional": "further ones, beside an earlier number", "part": "a part of a larger number", "period": "within a period"}


def joined(names: Sequence[str]) -> str:
    """Names in a row: `A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def words_of(spans: Sequence[Span]) -> str:
    """The words of spans, pieces joined by an ellipsis, line breaks as spaces."""
    return " ".join(" … ".join(span.text for span in spans).split())


def quoted(words: str) -> str:
    """Words in quotation marks, unless they stand in some already."""
    bare = words.strip()
    return bare if bare[:1] in _OPENING and bare[-1:] in _CLOSING else f"“{bare}”"


def claim_words(claim: Claim) -> str:
    """A claim in its own words: the cue as printed, then the content as printed."""
    cue = words_of(claim.cue)
    content = quoted(words_of(claim.content))
    if claim.translation:
        content += f" ({translated(claim.translation)})"
    return f"{cue}: {content}" if cue else content


def translated(translation: Translation) -> str:
    """A translation and whose it is; not in quotation marks, for nobody printed these words."""
    return f"{translation.text} — translated by {translation.by}"


def relay_words(via: Sequence[str], outlets: Sequence[str]) -> str:
    """Who relayed something, nearest the speaker first, outlets last."""
    inner = [name for name in via if name not in outlets]
    return " → ".join([*inner, joined(list(outlets))] if outlets else inner) or "no relay named"


def series_heading(series: Series) -> str:
    """What a series counts: `soldiers killed (North Korea)`."""
    measure = series.measure.replace("_or_", " or ").replace("_", " ")
    measure = _MEASURES.get(measure, measure)
    counted = None if series.counted and series.counted in measure.split() else series.counted
    parts = [series.status, counted, measure]
    heading = " ".join(part for part in parts if part)
    heading += f" ({series.population})" if series.population else ""
    heading += f", {series.place}" if series.place else ""
    heading += f", in {series.unit}" if series.unit else ""
    return heading[:1].upper() + heading[1:] + (f": {_SHARES[series.share]}" if series.share != "total" else "")


def bounds_words(series: Series) -> str:
    """Low and high of a series in words: `15000`, `10000 to 15000`, `at the least 10000, open above`."""
    low = decimal_text(series.low) if series.low is not None else None
    high = decimal_text(series.high) if series.high is not None else None
    if low is None and high is None:
        return "no bound is stated"
    if high is None:
        return f"from {low}, open above"
    if low is None:
        return f"up to {high}, open below"
    spread = low if low == high else f"{low} to {high}"
    return f"{spread}, open above" if series.open_high else spread


def clock_words(as_of: str | None, published_by: str | None) -> str:
    """The clocks of a brief in one sentence."""
    if as_of is None:
        return "No clock is set: everything the ledger holds is used."
    if published_by == as_of:
        return f"As of {as_of}: only what was said and published by the end of that day is used."
    return f"As of {as_of}: only what was said by the end of that day and published by {published_by} is used."


def said_words(claim: Claim) -> str:
    """When a claim was said, in words."""
    return interval_text(claim.said)
