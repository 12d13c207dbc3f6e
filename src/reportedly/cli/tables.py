"""What a table for people shows of each kind of row."""

import json
from collections.abc import Callable, Sequence

from reportedly.cli.output import Column
from reportedly.cli.phrasing import bounds_text, number_text, short, when, words
from reportedly.model import Row

_DOCUMENT = 28  # characters of a document's name that a table prints
_ID = 10  # characters of an id that a table prints
_MARKS = {"current": "●", "history": "○", "restatement": "=", "withdrawn": "✗"}
_SIDES = {"supports": "+", "denies": "-", "open": "?"}


def _field(name: str) -> Callable[[Row], str]:
    return lambda row: "" if row.get(name) is None else str(row[name])


def _list(name: str) -> Callable[[Row], str]:
    return lambda row: "\n".join(map(str, row.get(name) or ()))


def column(title: str, name: str, *, width: int | None = None, least: int | None = None, right: bool = False) -> Column:
    """A column that shows one field as it is."""
    return Column(title=title, cell=_field(name), width=width, least=least, right=right)


def document(*, once: bool = False) -> Column:
    """A column that shows the end of a document's name, the part that tells one from another."""

    def cell(row: Row) -> str:
        name = str(row["document"] or "")
        return name if len(name) <= _DOCUMENT else "…" + name[1 - _DOCUMENT :]

    return Column(title="document", cell=cell, once=once)


def _identity(title: str, name: str, *, once: bool = False) -> Column:
    return Column(title=title, cell=lambda row: short(row[name]), least=_ID, once=once)


def _first_claims(row: Row) -> str:
    left = len(row["claims"]) - 3
    return "\n".join([*map(short, row["claims"][:3]), *([f"{left} more"] if left > 0 else [])])


def _speakers(row: Row) -> str:
    """Who speaks, and on a line of its own who relayed it."""
    who = ", ".join(row["speakers"]) or "—"
    return f"{who}\nvia {', '.join(row['via'])}" if row["via"] else who


def _claim_figures(row: Row) -> str:
    return "\n".join(f"{_plain(f['measure'])}: {f['text']}" for f in row["figures"])


def _plain(measure: str) -> str:
    return measure.replace("_", " ")


def _series(row: Row) -> str:
    """What a series counts, and in which story."""
    label = " ".join(part for part in (row["status"], row["counted"], _plain(row["measure"])) if part)
    label += f" ({row['population']})" if row["population"] else ""
    label += "".join(f", {part}" for part in (row["place"], row["unit"]) if part)
    label += "" if row["share"] == "total" else f": {row['share']}"
    return f"{label}\n{short(row['story'])}"


def _bounds(row: Row) -> str:
    lines = [bounds_text(row) + (f" (best {number_text(row['best'])})" if row["best"] else "")]
    if row["implied_low"] or row["implied_high"]:
        implied = bounds_text({"low": row["implied_low"], "high": row["implied_high"], "open_high": False})
        lines.append(f"implied, said by no one: {implied}")
    return "\n".join([*lines, f"{row['outlets']} / {row['utterances']} / {row['principals']}"])


def _entries(row: Row) -> str:
    return "\n".join([*map(_entry, row["entries"]), *map(_dispute, row["disputes"])])


def _entry(entry: Row) -> str:
    who = ", ".join(entry["speakers"]) or "unattributed"
    via = f", via {', '.join(entry['via'])}" if entry["via"] else ""
    note = f" [{entry['note']}]" if entry["note"] else ""
    late = f" [known from a report of {entry['known_from']}]" if entry["known_from"] else ""
    return f"{_MARKS[entry['standing']]} {entry['words']} — {who}{via}, {when(entry['said'])}; {short(entry['claims'][0])}{note}{late}"


def _dispute(row: Row) -> str:
    return f"disputed by {row['actor']} ({row['what']}: {row['how']}), {when(row['said'])}; {short(row['claim'])}"


def _statement(row: Row) -> str:
    """A statement with its support and, apart from it, its disputes."""
    lines = [" ".join(row["text"].split()), f"→ {row['support']}{_put_forward(row)}"]
    lines += [f"→ acknowledged by {name}; {short(claim)}" for name, claim in row["acknowledged_by"]]
    return "\n".join([*lines, *(f"✗ {_dispute(dispute)}" for dispute in row["disputes"])])


def _put_forward(row: Row) -> str:
    return f", put forward by {', '.join(row['principals'])}" if row["principals"] else ""


def _positions(row: Row) -> str:
    return "\n".join(
        f"{_SIDES[p['position']]} {p['actor']} {p['stance']}, {when(p['said'])}{' [party]' if p['party'] else ''}; {short(p['claim'])}"
        for p in row["positions"]
    )


def _other_names(row: Row) -> str:
    return "\n".join(dict.fromkeys(name for name in (*row["names"], *row["stands_for"]) if name != row["actor"]))


def _roles(row: Row) -> str:
    return "\n".join(name if first is None else f"{name} ({when({'from': first, 'to': last})})" for name, first, last in row["roles"])


def _passage(row: Row) -> str:
    return " ".join((row["passage"] or "").split())


def _moves(row: Row) -> str:
    """What a claim's rejection would do to low and high."""

    def end(move: Row, name: str) -> str:
        now, without = (number_text(move[k]) if move[k] is not None else "open" for k in (name, f"{name}_without"))
        return "" if now == without else f"{name} {now} → {without}"

    return "\n".join(f"{_plain(m['measure'])}: {', '.join(filter(None, (end(m, 'low'), end(m, 'high'))))}" for m in row["moves"])


def _deed(row: Row) -> str:
    """What somebody did, to what, and why."""
    lines = [f"{row['deed']} {', '.join(map(_target, row['targets']))}", f"“{row['reason']}”" if row["reason"] else ""]
    lines.append(", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row["changes"].items()))
    lines.append(f"in the coding {row['coding']}" if row["coding"] else "")
    return "\n".join(line for line in lines if line) + ("  [undone]" if row["undone"] else "")


def _target(name: str) -> str:
    return short(name) if name.startswith("c:") else name


def _view(coding: Row) -> str:
    changes = ", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in coding["changes"].items())
    return f"{coding['by']}: {coding['verdict']}{f' ({changes})' if changes else ''}  {short(coding['judgement'])}"


def _evidence(row: Row) -> str:
    found = (row["published"] or {}).get("evidence")
    return f" ({found})" if found else ""


STORIES: Sequence[Column] = (
    _identity("story", "story", once=True),
    Column(title="title", cell=_field("title"), width=60, once=True),
    document(once=True),
    column("article", "article", right=True),
)
ARTICLES: Sequence[Column] = (
    document(once=True),
    column("no", "article", right=True),
    column("kind", "kind"),
    column("title", "title", width=60, least=30),
    column("outlet", "outlet"),
    Column(title="published", cell=lambda row: f"{when(row['published'])}{_evidence(row)}", width=24),
)
FETCHED: Sequence[Column] = (
    column("page", "url", width=60, least=30),
    column("status", "status", right=True),
    column("bytes", "size", right=True),
    column("media type", "media_type"),
    column("fetched", "fetched"),
)
CLAIMS: Sequence[Column] = (
    _identity("claim", "id"),
    Column(title="speaker", cell=_speakers, width=28),
    Column(title="stance, said", cell=lambda row: f"{row['stance']}\n{when(row['said'])}", width=24),
    Column(title="content", cell=lambda row: words(row["content"]), width=80, least=36),
    Column(title="figures", cell=_claim_figures, width=26, least=16),
)
FIGURES: Sequence[Column] = (
    Column(title="series", cell=_series, width=24, least=16),
    Column(title="stated bounds; outlets / utterances / principals", cell=_bounds, width=26, least=14),
    Column(title="entries (● stands, ○ history, = restatement, ✗ withdrawn)", cell=_entries),
)
STATEMENTS: Sequence[Column] = (
    Column(title="statement, support, disputes", cell=_statement, width=60, least=24),
    Column(title="positions (+ supports, - denies, ? open)", cell=_positions, least=36),
)
TIMELINE: Sequence[Column] = (
    Column(title="date", cell=lambda row: when({"from": row["date"], "to": row["to"]}), width=24, once=True),
    Column(title="text", cell=lambda row: " ".join(row["text"].split()), least=36),
    Column(title="by", cell=_list("principals"), width=24),
    Column(title="claims", cell=_first_claims, least=_ID),
)
ACTORS: Sequence[Column] = (
    column("actor", "actor", width=36),
    column("kind", "kind"),
    column("principal", "principal", width=26),
    Column(title="other names", cell=_other_names, width=30),
    Column(title="roles", cell=_roles, width=34),
    Column(title="claims", cell=lambda row: str(len(row["claims"])), right=True),
)
CHANGES: Sequence[Column] = (
    Column(title="said, kind", cell=lambda row: f"{when(row['said'])}\n{row['kind']}", width=24),
    column("what", "what", width=40),
    column("before", "before", width=40),
    column("after", "after", width=40),
    Column(title="claims", cell=_first_claims, least=_ID),
)
CHECKS: Sequence[Column] = (
    Column(title="words", cell=lambda row: " ".join(row["text"].split()), width=30),
    Column(title="verdict, why", cell=lambda row: f"{_plain(row['verdict'])}\n{row['why']}", width=40),
    Column(title="passage", cell=_passage, width=60, least=28),
    Column(title="claims", cell=_first_claims, least=_ID),
)
HITS: Sequence[Column] = (
    document(),
    _identity("claim", "claim"),
    Column(title="passage", cell=lambda row: " ".join(row["text"].split())),
)
BRIEF_CHECKS: Sequence[Column] = (
    column("part", "part"),
    Column(title="sources", cell=lambda row: ", ".join(map(str, row["numbers"]))),
    column("verdict", "verdict"),
    column("words", "text", width=70, least=30),
)
QUEUE: Sequence[Column] = (
    _identity("claim", "claim"),
    column("effect", "effect", right=True),
    Column(title="low, high without it", cell=_moves, width=40),
    Column(title="speaker", cell=_list("speakers"), width=28),
    Column(title="content", cell=_field("text"), least=36),
)
DEEDS: Sequence[Column] = (
    column("revision", "revision", right=True),
    Column(title="at", cell=lambda row: row["at"][:16].replace("T", " ")),
    column("by", "by", width=20),
    Column(title="deed", cell=_deed, least=36),
    Column(title="judgement", cell=lambda row: short(row["judgement"]) if row["judgement"] else "", least=_ID),
)
CODED: Sequence[Column] = (
    _identity("claim", "claim"),
    column("state", "state"),
    column("content", "text", width=60, least=30),
    Column(title="views", cell=lambda row: "\n".join(map(_view, row["codings"])), least=36),
)
AGREEMENT: Sequence[Column] = (
    column("variable", "variable"),
    column("level", "level"),
    column("units", "units", right=True),
    column("alpha", "alpha", right=True),
)
PROBLEMS: Sequence[Column] = (
    document(),
    column("code", "code"),
    column("message", "message"),
)
ANCHORS: Sequence[Column] = (
    _identity("claim", "claim"),
    document(),
    column("part", "part"),
    Column(title="place", cell=lambda row: f"{row['start']}-{row['end']}"),
    column("found", "found"),
)
CHECKUPS: Sequence[Column] = (
    column("check", "check"),
    column("condition", "condition"),
    column("found", "what", width=60, least=30),
    column("what to do", "remedy", width=40),
)
MIGRATED: Sequence[Column] = (
    column("ledger", "ledger"),
    column("schema before", "before", right=True),
    column("now", "after", right=True),
    column("copy", "copy"),
)
TRANSFERRED: Sequence[Column] = (
    column("ledger", "ledger"),
    column("to", "to"),
    column("revision", "revision", right=True),
    column("rows", "rows", right=True),
)
