"""Rows for an encyclopaedia's infobox: "per X, as of D", with cite templates and quotations, and never a single best number.

Source: the parameters of Wikipedia's `Template:Cite news` (url, title, work, date, quote, trans-quote).
"""

from collections.abc import Iterable

from reportedly.export.matter import ExportMatter, words_of
from reportedly.language.tables import load_table
from reportedly.model import Claim, Entry, Series, StoredClaim, interval_text

_LONGEST_QUOTE = 250  # characters
_MARKUP = str.maketrans(
    {"|": "&#124;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "<": "&lt;", ">": "&gt;", "'": "&#39;", "=": "&#61;"}
)


def infobox(matter: ExportMatter) -> str:
    """A line for each standing figure of each series: the printed words, whose they are, as of when, and the citation.

    Harm to people stands before things, as in a brief. Figures of other events, with which the reports only compare, are left out.
    """
    known = matter.claims_by_id()
    past = {event.id for event in matter.holdings.links.events if event.background}
    blocks = []
    for series in sorted((row for row in matter.series if row.event not in past), key=_rank):
        rows = [_row(matter, entry, known) for entry in series.entries if entry.standing == "current"]
        kept = [row for row in rows if row]
        if kept:
            blocks.append(f"| {_key(series)} = {{{{plainlist|\n" + "\n".join(f"* {row}" for row in kept) + "\n}}")
    return "\n".join(blocks) + ("\n" if blocks else "")


def _rank(series: Series) -> int:
    measures = load_table("brief_words")["order"]["measures"]
    return int(measures.index(series.measure)) if series.measure in measures else len(measures)


def _key(series: Series) -> str:
    """The name of a row: what is counted, whose, and how."""
    parts = (series.status, series.counted, series.measure, series.population, None if series.share == "total" else series.share)
    return _plain("_".join(part for part in parts if part).replace(" ", "_"))


def _row(matter: ExportMatter, entry: Entry, known: dict[str, StoredClaim]) -> str | None:
    cited = [known[claim] for claim in entry.claims if claim in known]
    if not cited:
        return None
    who = ", ".join(entry.speakers) or entry.principal or f"{matter.outlet_of(cited[0])} (no source named)"
    relay = f" via {_plain(', '.join(entry.via))}" if entry.via else ""
    return f"“{_plain(entry.words)}” per {_plain(who)}{relay}, as of {interval_text(entry.cut_off)}<ref>{_cite(matter, cited[0])}</ref>"


def _cite(matter: ExportMatter, stored: StoredClaim) -> str:
    article, document = matter.article_of(stored), matter.document_of(stored)
    day = article.published.last_day if article.published else None
    words = words_of(sorted((*stored.claim.source, *stored.claim.cue, *stored.claim.content)))
    quote = words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
    fields: Iterable[tuple[str, str | None]] = (
        ("url", _address(document.url)),
        ("title", _plain(article.title or document.name)),
        ("work", _plain(matter.outlet_of(stored))),
        ("date", day.isoformat() if day else None),
        ("quote", _plain(quote)),
        ("trans-quote", _translated(stored.claim)),
    )
    return "{{cite news " + " ".join(f"|{name}={value}" for name, value in fields if value) + "}}"


def _translated(claim: Claim) -> str | None:
    return _plain(f"{claim.translation.text} (translated by {claim.translation.by})") if claim.translation else None


def _address(url: str | None) -> str | None:
    """An address that cannot end the template: only those of the web, with what wikitext reads as its own escaped."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    return "".join(f"%{ord(c):02X}" if c in "|{}[]<>'\" " else c for c in url)


def _plain(words: str) -> str:
    """Words of a page without anything that wikitext would read as its own."""
    return " ".join(words.translate(_MARKUP).split())
