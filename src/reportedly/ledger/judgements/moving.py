"""Moves the spans of an amendment to another text in which the same words stand."""

from typing import Any

from reportedly.ledger.bundles.clipping import each_span


def moved(changes: dict[str, Any], text: str, near: int) -> dict[str, Any]:
    """Changes whose spans hold in another text than they were made for.

    Args:
        changes: fields of a claim as JSON values.
        text: the other text.
        near: where its claim begins; of several places with the same words the nearest is taken.

    Returns:
        The changes, every span at the place of its words.

    Raises:
        ValueError: its words do not stand in the text.
    """

    def at_its_place(span: dict[str, Any]) -> dict[str, Any]:
        words = span["text"]
        places = []
        place = text.find(words)
        while place >= 0:
            places.append(place)
            place = text.find(words, place + 1)
        if not places:
            raise ValueError(f"the words {words!r} do not stand in the page as it was saved or read again")
        start = min(places, key=lambda found: abs(found - near))
        return {**span, "start": start, "end": start + len(words)}

    made: dict[str, Any] = each_span(changes, at_its_place)
    return made
