"""Noun phrases as printed: apostrophes, determiners, possessives and the clauses that hang on them."""

import re

DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "either", "neither"}
)

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_POSSESSIVE = re.compile(r"('s|')$")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z.]*[A-Z][A-Za-z.]*")
_CLAUSE = re.compile(
    r",?\s+(?:who|whom|whose|which|that|where|when|while)\b.*|\s+[-–—]\s.*|—.*|,?\s+(?:speaking|citing|quoted|familiar|including)\b.*",
    re.DOTALL,
)
_WHEN = re.compile(
    r",?\s+(?:(?:late|early) )?(?:on |this |last )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)"
    r"(?: (?:morning|afternoon|evening|night))?$"
)
_LAST = re.compile(r"[,;:.]+$")


def plain(text: str) -> str:
    """The words with straight apostrophes and single blanks, without quotation marks around them."""
    joined = re.sub(r" (?='s\b)", "", re.sub(r"\s+", " ", text.translate(_APOSTROPHES)))  # some pages print "Spain 's"
    return joined.strip(' "').lstrip("#*•-–— ")


def bare(phrase: str) -> str:
    """A noun phrase without its brackets, relative clause, leading determiner and trailing comma.

    "The Korean Central News Agency (KCNA), which ..." -> "Korean Central News Agency".
    """
    text = _BRACKETS.sub("", _in_name(plain(phrase)))
    text = _WHEN.sub("", _CLAUSE.sub("", text).strip())
    if not text.endswith("."):
        text = _LAST.sub("", text)
    elif not re.search(r"(?:[A-Z]\.|\b[A-Z][a-z]{1,3}\.)$", text):
        text = text.rstrip(".")
    return undetermined(text)


def _in_name(text: str) -> str:
    """An editor's insertion inside a name is part of it: "[Russian President Vladimir] Putin"."""
    return re.sub(r"\[([A-Z][^\]]*)\] (?=[A-Z])", r"\1 ", text)


def undetermined(text: str) -> str:
    """The phrase without a leading determiner."""
    first, _, rest = text.partition(" ")
    return rest.lstrip() if rest and first.casefold() in DETERMINERS else text


def unpossessed(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word)


def acronyms(phrase: str) -> tuple[str, ...]:
    """Acronyms that a phrase gives in brackets: "(KCNA)" -> ("KCNA",)."""
    found = (inside.strip() for inside in _BRACKETS.findall(plain(phrase)))
    return tuple(inside for inside in found if _ACRONYM.fullmatch(inside))


def is_proper(word: str) -> bool:
    """Whether a word is written as a name is: a capital first."""
    return word[:1].isupper() or (word[:3] in {"al-", "el-"} and word[3:4].isupper())
