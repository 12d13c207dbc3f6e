"""The brief as one self-contained HTML page: no script, no font, no host but itself."""

import functools
from typing import TYPE_CHECKING

from reportedly.brief.report import Brief

if TYPE_CHECKING:
    from jinja2 import Template


@functools.cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415 - only wanted for pages

    # Everything that comes from a page is escaped; only our own pictures are marked safe in the template.
    environment = Environment(loader=PackageLoader("reportedly.brief", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("brief.html")


def render_html(brief: Brief) -> str:
    """The brief as an HTML page with a picture of each series."""
    return _template().render(brief=brief)
