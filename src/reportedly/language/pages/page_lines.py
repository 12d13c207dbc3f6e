"""The patterns of lines that say who wrote a report, when, where and for whom, from the table `page_lines.toml`."""

import functools
import re

from reportedly.language.tables import load_table

_MACRO = re.compile(r"<([A-Z]+)>")


@functools.cache
def line_pattern(name: str) -> re.Pattern[str]:
    """A pattern by its name in the table.

    Args:
        name: such as `byline` or `dateline_dashed`.

    Returns:
        The compiled pattern, its macros filled in; case counts or not as its section says.

    Raises:
        KeyError: the table has no such pattern.
    """
    table = load_table("page_lines")
    exact = name in table["exact"]
    pattern = table["exact" if exact else "folded"][name]
    while macro := _MACRO.search(pattern):
        pattern = pattern.replace(macro[0], table["macros"][macro[1]])
    return re.compile(pattern, re.DOTALL if exact else re.DOTALL | re.IGNORECASE)
