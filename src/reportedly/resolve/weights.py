"""How much a word tells of which situation a text is about, by the table of common words."""

from functools import cache, lru_cache

from reportedly.language.tables import load_table

_STEM = 4  # letters that must stay when an ending goes


@lru_cache(maxsize=1 << 16)
def word_weight(word: str) -> float:
    """The weight of a lower-case word: 0 tells nothing, 1 is a word that no section of the table holds."""
    plain = word.removesuffix("'s")
    return _weights().get(plain, 1.0) if len(plain) > 2 else 0.0  # noqa: PLR2004 - shorter ones are particles and initials


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings, so that "sent troops" and "troop" meet."""
    plain = word.removesuffix("'s")
    for ending in load_table("endings")["inflections"]["endings"]:
        if plain.endswith(ending) and len(plain) - len(ending) >= _STEM:
            return plain.removesuffix(ending)
    return plain


def stem_weight(form: str) -> float:
    """The weight of the commonest word of a stem."""
    return _stem_weights()[form] if form in _stem_weights() else word_weight(form)


@cache
def _stem_weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for word, weight in _weights().items():
        weights[stem(word)] = min(weight, weights.get(stem(word), 1.0))
    return weights


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for section in load_table("common_words").values():
        for word in section["words"]:
            weights[word] = min(section["weight"], weights.get(word, 1.0))
    return weights
