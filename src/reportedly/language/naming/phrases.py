"""Noun phrases as printed: apostrophes, determiners, possessives and the clauses that hang on them."""

import functools
import re

DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "either", "neither"}
)

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_PARTED = re.compile(r" (?='s\b)")  # some pages print "Spain 's"
_INSERTED = re.compile(r"\[([A-Z][^\]]*)\] (?=[A-Z])")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.|\b[A-Z][a-z]{1,3}\.)$")
_SHORT = 300  # characters of the longest phrase that is remembered
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z.]*[A-Z][A-Za-z.]*")
_CLAUSE = re.compile(
    r",?\s+(?:who|whom|whose|which|that|where|when|while)\b.*|\s+[-–—]\s.*|—.*|,?\s+(?:speaking|citing|quoted|familiar|including)\b.*"
    r"|\s+(?:seen|obtained|reviewed|viewed|examined|verified|analy[sz]ed)\s+by\b.*",
    re.DOTALL,
)
_WHEN = re.compile(
    r",?\s+(?:(?:late|early) )?(?:on |this |last )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)"
    r"(?: (?:morning|afternoon|evening|night))?$"
)
_LAST = re.compile(r"[,;:.]+$")


def plain(text: str) -> str:
    """The words with straight apostrophes and single blanks, without quotation marks around them."""
    return _plain(text) if len(text) <= _SHORT else _straightened(text)


@functools.lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    return _straightened(text)


def _straightened(text: str) -> str:
    joined = " ".join((text if text.isascii() else text.translate(_APOSTROPHES)).split())
    if " 's" in joined:
        joined = _PARTED.sub("", joined)
    return joined.strip(' "').lstrip("#*•-–— ")


@functools.lru_cache(maxsize=16_384)
def bare(phrase: str) -> str:
    """A noun phrase without its brackets, relative clause, leading determiner and trailing comma.

    "The Korean Central News Agency (KCNA), which ..." -> "Korean Central News Agency".
    """
    text = plain(phrase)
    if "(" in text or "[" in text:
        text = _BRACKETS.sub("", _in_name(text))
    text = _WHEN.sub("", _CLAUSE.sub("", text).strip())
    if not text.endswith("."):
        text = _LAST.sub("", text)
    elif not _ABBREVIATED.search(text):
        text = text.rstrip(".")
    return undetermined(text)


def _in_name(text: str) -> str:
    """An editor's insertion inside a name is part of it: "[Russian President Vladimir] Putin"."""
    return _INSERTED.sub(r"\1 ", text)


def undetermined(text: str) -> str:
    """The phrase without a leading determiner."""
    first, _, rest = text.partition(" ")
    return rest.lstrip() if rest and first.casefold() in DETERMINERS else text


def unpossessed(word: str) -> str:
    """A word without its possessive ending."""
    if word.endswith("'s"):
        return word[:-2]
    return word.removesuffix("'")


def acronyms(phrase: str) -> tuple[str, ...]:
    """Acronyms that a phrase gives in brackets: "(KCNA)" -> ("KCNA",)."""
    found = (inside.strip() for inside in _BRACKETS.findall(plain(phrase)))
    return tuple(inside for inside in found if _ACRONYM.fullmatch(inside))


def is_proper(word: str) -> bool:
    """Whether a word is written as a name is: a capital first."""
    return word[:1].isupper() or (word[:3] in {"al-", "el-"} and word[3:4].isupper())
