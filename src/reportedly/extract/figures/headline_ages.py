"""Reads what befell a person whom a headline names by an age alone: "17-year-old dies in crash", "6-year-old hit by bullet".

Behind an age the tagger takes such verbs for nouns, so that no other rule sees them.
"""

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.persons import headline_word
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import struck_part
from reportedly.language.numerals.measures import composite, row


def read_headline_age(phrase: Phrase) -> Reading | None:
    """The measure of a person whom a headline names by an age.

    Args:
        phrase: the person.

    Returns:
        The reading; None where no such word stands behind the age.
    """
    word = headline_word(phrase.number) if phrase.person == "noun" else None
    if word is None:
        return None
    rows, behind = row("killed"), word.doc[word.i + 1 : word.i + 4].text.lower().lstrip(", ")
    if word.lower_ in rows["headline_deaths"] or behind.startswith((*rows["fatal_endings"], "killed", "and killed")):
        parts = ["killed"]
    elif word.lower_ in rows["headline_hurts"] or struck_part(word) or any(t.lower_ in rows["lives_words"] for t in word.sent):
        parts = ["injured"]
    else:
        parts = ["killed", "injured"]
    return Reading(measure=composite(parts), trigger=word, verb=rows["headline_hits"].get(word.lower_), way="object")
