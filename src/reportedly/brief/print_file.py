"""The brief as PDF, set by Typst from a template of ours.

The words of pages are handed over as data and never as Typst's markup, so that none of them can do anything.
"""

import json
from dataclasses import asdict
from importlib import resources

from reportedly.brief.outline import Grid, Picture, Words, outline
from reportedly.brief.report import Brief


def render_pdf(brief: Brief) -> bytes:
    """The brief as the bytes of a PDF file, tagged with its title."""
    import typst  # noqa: PLC0415 - of the extra `export`

    template = resources.files("reportedly.brief").joinpath("templates", "brief.typ").read_bytes()
    made = typst.compile(template, sys_inputs={"brief": json.dumps({"title": brief.title, "pieces": [_row(p) for p in outline(brief)]})})
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


def _row(piece: Words | Picture | Grid) -> dict[str, object]:
    kind = "picture" if isinstance(piece, Picture) else "grid" if isinstance(piece, Grid) else piece.kind
    return {**asdict(piece), "kind": kind}
