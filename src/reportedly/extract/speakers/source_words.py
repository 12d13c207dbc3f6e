"""The words of a source that say who it is, without where it stood and where it put its words."""

import functools
import re

from reportedly.language.naming.offices import find_office
from reportedly.language.naming.phrases import plain
from reportedly.language.tables import load_table

_OWN_COUNTRY = re.compile(r"^(?:the|this) (?:country|nation|kingdom|republic)'s (?=[a-z])", re.IGNORECASE)
_ITSELF = re.compile(r"(?<=\w) (?:itself|himself|herself|themselves)$", re.IGNORECASE)
_ADDRESSED = re.compile(r"^(?:Mr|Madam|Madame|Mister)\.? (?P<office>[A-Z]\w+(?: [A-Z]\w+)?), (?=\w)")  # "Mr. President, the navy"
_DESCRIBED = r"(?P<who>(?:an?|one|another|some|several|many|the) [a-z' -]+?)"
_WHERE = r"(?: (?:at|in|on|near|outside|inside|behind|beside) an? [a-z].*| nearby| there| here)"
_BEHIND = re.compile(r"(?<=\w) (?:there|we)$")  # "residents we", of "residents we spoke to"
_STANDING = re.compile(rf"^{_DESCRIBED}{_WHERE}$", re.IGNORECASE)


def who(words: str) -> str:
    """The words that name or describe a source.

    Args:
        words: the source as printed.

    Returns:
        The words without whom they are addressed to ("Mr. President, the navy") and without "in a statement" and the like; of somebody who
        is only described, without the unnamed place where he stood ("an official at a checkpoint") and without the article's country for
        an owner ("the country's banking association").
    """
    text = plain(words)
    addressed = _ADDRESSED.match(text)
    if addressed is not None and find_office(addressed["office"]) is not None:
        text = text[addressed.end() :]
    text = _venue().sub("", text)
    text = _OWN_COUNTRY.sub("", text)
    text = _ITSELF.sub("", text)
    text = _BEHIND.sub("", text)
    standing = _STANDING.match(text)
    return standing["who"] if standing else text


@functools.cache
def _venue() -> re.Pattern[str]:
    """What somebody says it in, at the end of a source: "in a bulletin", "in his letter to parliament"."""
    nouns = {*load_table("bodies")["utterances"]["rows"]["words"], *load_table("relays")["interviews"]["lemmas"]}
    names = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(rf"(?<=\w),? in (?:an?|his|her|its|their|the) (?:[\w-]+ ){{0,3}}(?:{names})\b.*$", re.IGNORECASE)
