"""The cited report: from what the stages found to Markdown, HTML and JSON, with a picture of each series."""

import json

from reportedly.brief.compose import compose_brief
from reportedly.brief.html import render_html
from reportedly.brief.markdown import render_markdown
from reportedly.brief.picture import draw_series
from reportedly.brief.raster import to_png
from reportedly.brief.report import Brief, BriefMatter
from reportedly.model import row_of

__all__ = ["Brief", "BriefMatter", "compose_brief", "draw_series", "render_brief", "render_html", "render_markdown", "to_png"]


def render_brief(brief: Brief, form: str) -> str:
    """A brief in one of its forms.

    Args:
        brief: the brief.
        form: `md`, `html` or `json`.

    Returns:
        The text.
    """
    if form == "html":
        return render_html(brief)
    if form == "json":
        return json.dumps(row_of(brief), ensure_ascii=False, indent=1) + "\n"
    return render_markdown(brief)
