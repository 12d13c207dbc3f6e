"""What a table for people shows of each kind of row."""

from collections.abc import Callable, Sequence
from typing import Any

from reportedly.cli.output import Column
from reportedly.model import Row

_SHORT = 8  # digits of an id that a table prints
_DOCUMENT = 24  # characters of a document's name that a table prints


def short(identifier: str | None) -> str:
    """An id with its first digits, enough to ask for it again."""
    if not identifier:
        return ""
    kind, _, digits = identifier.partition(":")
    return f"{kind}:{digits[:_SHORT]}"


def when(interval: Row | None) -> str:
    """An interval's days."""
    if not interval or (interval["from"] is None and interval["to"] is None):
        return "undated"
    first, last = interval["from"], interval["to"]
    if first is None:
        return f"by {last}"
    return f"from {first}" if last is None else first if first == last else f"{first} to {last}"


def words(part: Any) -> str:  # noqa: ANN401 - one span, several, or none
    """The words of a claim's part, its pieces joined by an ellipsis."""
    spans = part if isinstance(part, list) else [part] if part else []
    return " … ".join(span["text"] for span in spans)


def _field(name: str) -> Callable[[Row], str]:
    return lambda row: "" if row.get(name) is None else str(row[name])


def _list(name: str) -> Callable[[Row], str]:
    return lambda row: ", ".join(map(str, row.get(name) or ()))


def column(title: str, name: str, *, width: int | None = None, right: bool = False) -> Column:
    """A column that shows one field as it is."""
    return Column(title=title, cell=_field(name), width=width, right=right)


def document(*, width: int = _DOCUMENT) -> Column:
    """A column that shows the end of a document's name, the part that tells one from another."""

    def cell(row: Row) -> str:
        name = str(row["document"] or "")
        return name if len(name) <= width else "…" + name[1 - width :]

    return Column(title="document", cell=cell)


def _bounds(row: Row) -> str:
    low, best, high = row.get("low"), row.get("best"), row.get("high")
    ends = f"{low or '?'} to {high or 'open'}" if low != high else str(low or "")
    return f"{ends}{f' (best {best})' if best else ''}"


def _entries(row: Row) -> str:
    lines = []
    for entry in row["entries"]:
        mark = {"current": "●", "history": "○", "restatement": "=", "withdrawn": "✗"}[entry["standing"]]
        who = ", ".join(entry["speakers"]) or "unattributed"
        via = f", via {', '.join(entry['via'])}" if entry["via"] else ""
        note = f" [{entry['note']}]" if entry.get("note") else ""
        lines.append(f"{mark} {entry['words']} — {who}{via}, {when(entry['said'])}; {short(entry['claims'][0])}{note}")
    return "\n".join(lines)


def _series(row: Row) -> str:
    parts = [row["status"], row["counted"], row["measure"]]
    label = " ".join(p for p in parts if p)
    of = f" ({row['population']})" if row["population"] else ""
    return f"{label}{of}{'' if row['share'] == 'total' else ', ' + row['share']}"


def _counts(row: Row) -> str:
    return f"{row['outlets']} / {row['utterances']} / {row['principals']}"


def _positions(row: Row) -> str:
    marks = {"supports": "+", "denies": "-", "open": "?"}
    return "\n".join(
        f"{marks[p['position']]} {p['actor']} ({p['stance']}), {when(p['said'])}{' [party]' if p['party'] else ''}; {short(p['claim'])}"
        for p in row["positions"]
    )


def _support(row: Row) -> str:
    by = "".join(f"; acknowledged by {name}" for name, _ in row["acknowledged_by"])
    against = "".join(f"\ndisputed by {d['actor']} ({d['what']}: {d['how']}), {when(d['said'])}" for d in row["disputes"])
    return f"{row['support']}{by}{against}"


STORIES: Sequence[Column] = (
    Column(title="story", cell=lambda r: short(r["story"])),
    column("title", "title", width=60),
    document(),
    column("article", "article", right=True),
)
ARTICLES: Sequence[Column] = (
    document(),
    column("no", "article", right=True),
    column("kind", "kind"),
    column("title", "title", width=60),
    column("outlet", "outlet"),
    Column(title="published", cell=lambda r: when(r["published"])),
    Column(title="evidence", cell=lambda r: (r["published"] or {}).get("evidence") or ""),
)
CLAIMS: Sequence[Column] = (
    Column(title="claim", cell=lambda r: short(r["id"])),
    Column(title="speaker", cell=lambda r: ", ".join(r["speakers"]) or "—", width=28),
    Column(title="via", cell=_list("via"), width=20),
    column("stance", "stance"),
    Column(title="said", cell=lambda r: when(r["said"])),
    Column(title="content", cell=lambda r: words(r["content"]), width=70),
    Column(title="figures", cell=lambda r: "; ".join(f"{f['measure']}: {f['text']}" for f in r["figures"]), width=30),
)
FIGURES: Sequence[Column] = (
    Column(title="series", cell=_series, width=28),
    Column(title="low to high", cell=_bounds, width=22),
    Column(title="outlets / utterances / principals", cell=_counts, width=12),
    Column(title="entries (● stands, ○ history, = restatement, ✗ withdrawn)", cell=_entries),
)
STATEMENTS: Sequence[Column] = (
    Column(title="statement", cell=lambda r: r["text"], width=40),
    Column(title="support and disputes", cell=_support, width=40),
    Column(title="positions (+ supports, - denies, ? open)", cell=_positions),
)
TIMELINE: Sequence[Column] = (
    Column(title="date", cell=lambda r: when({"from": r["date"], "to": r["to"]}), width=24),
    column("text", "text"),
    Column(title="by", cell=_list("principals"), width=24),
    Column(title="claims", cell=lambda r: ", ".join(map(short, r["claims"][:3])), width=34),
)
ACTORS: Sequence[Column] = (
    column("actor", "actor", width=40),
    column("kind", "kind"),
    column("principal", "principal", width=30),
    Column(title="names", cell=_list("names"), width=40),
    Column(title="claims", cell=lambda r: str(len(r["claims"])), right=True),
)
CHANGES: Sequence[Column] = (
    Column(title="said", cell=lambda r: when(r["said"])),
    column("kind", "kind"),
    column("what", "what", width=40),
    column("before", "before", width=40),
    column("after", "after", width=40),
)
CHECKS: Sequence[Column] = (
    column("words", "text", width=40),
    column("verdict", "verdict"),
    column("why", "why", width=50),
    Column(title="passage", cell=lambda r: r["passage"] or "", width=60),
    Column(title="claims", cell=lambda r: ", ".join(map(short, r["claims"][:3]))),
)
HITS: Sequence[Column] = (
    document(),
    Column(title="claim", cell=lambda r: short(r["claim"])),
    column("passage", "text"),
)
PROBLEMS: Sequence[Column] = (
    document(),
    column("code", "code"),
    column("message", "message"),
)
ANCHORS: Sequence[Column] = (
    Column(title="claim", cell=lambda r: short(r["claim"])),
    document(),
    column("part", "part"),
    Column(title="place", cell=lambda r: f"{r['start']}-{r['end']}"),
    column("found", "found"),
)
