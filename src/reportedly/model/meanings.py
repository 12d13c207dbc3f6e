"""What the docstring of a record says of its fields: data dictionary and schemas tell the same."""

import inspect
import re


def field_meanings(kind: type) -> dict[str, str]:
    """What a record's docstring says of each field.

    Args:
        kind: a record.

    Returns:
        The `Attributes` section by field, each on one line; empty where there is none.
    """
    _, _, section = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in section.split("\n"):
        start = re.match(r"    (\w+): (.*)", line)
        if start:
            name = start[1]
            found[name] = start[2]
        elif name and line.strip():
            found[name] += " " + line.strip()
    return found
