"""Finds the places that words name in other ways than behind a plain preposition of places."""

import functools
import re
from collections.abc import Iterator, Sequence

from reportedly.extract.parse.tokens import Token
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import is_people, state_of
from reportedly.language.places import is_known_place, is_place_preposition, name_place
from reportedly.language.tables import load_table
from reportedly.model import Span

_COUNTRY = re.compile(r"\b(?:in|across|throughout|around)\sthe\scountry\b|\bnationwide\b", re.IGNORECASE)


def is_of_world(content: Sequence[Span]) -> bool:
    """Whether a content tells of the whole world or of so many states: "900 cases in 30 countries"."""
    return any(_world().search(piece.text) for piece in content)


def in_the_country(content: Sequence[Span]) -> bool:
    """Whether a content says that it tells of the state which the article is about: "200 have died in the country"."""
    return any(_COUNTRY.search(piece.text) for piece in content)


def exact_places(noun: Token) -> Iterator[str]:
    """The place named beside a noun for its sort: "the capital, Nairobi"; "the Donetsk region of Ukraine" is the region."""
    if noun.dep_ != "pobj" or not is_place_preposition(noun.head.lower_):
        return
    nouns = load_table("places")["parts"]["nouns"]
    named = next((c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    if named is not None and noun.lower_ in nouns and country_of(named.text) is not None:
        yield named.text
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is not None and noun.lower_ in nouns and any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in noun.children):
        name = name_place(noun.doc[noun.left_edge.i : noun.i + 1].text)
        if name is not None:
            yield name


def loose_places(token: Token) -> Iterator[str]:
    """A place that the tables have, where a sentence names it in another way than behind a preposition of places."""
    parts = load_table("places")["parts"]
    if token.pos_ not in {"PROPN", "NOUN", "ADJ"} or is_people(token.text) or not token.text[:1].isupper():
        return
    above, governor = token.head, token.head.head
    words = token.doc[token.left_edge.i : token.i + 1].text
    if token.dep_ == "pobj" and above.lower_ == "of" and governor.lemma_.lower() in load_table("places")["dwellers"]["nouns"]:
        name = name_place(words)
        if name is not None:
            yield name
        return
    if token.dep_ == "pobj" and above.lower_ in parts["prepositions"]:
        fits = governor.lemma_.lower() in parts["nouns"]
    elif token.dep_ == "pobj":
        loose = load_table("places")["loose"]
        fits = above.lower_ in loose["prepositions"] or (above.lower_ == "from" and governor.lemma_.lower() in loose["leaving"])
    elif token.dep_ in {"poss", "compound"}:
        fits, words = _is_site(above) if token.dep_ == "compound" else _is_ground(above), token.text
    else:
        entered = above.lemma_.lower() in load_table("places")["loose"]["entering"]
        fits = token.dep_ == "dobj" and (state_of(words) is None or entered)
        waters = load_table("places")["waters"]
        if fits and words.split()[-1] in waters["words"] and above.lemma_.lower() in waters["crossing"]:
            yield words.removeprefix("the ").removeprefix("The ")
            return
    name = name_place(words) if fits else None
    if name is not None and (country_of(name) is not None or is_known_place(words)):
        yield name


def _is_site(noun: Token) -> bool:
    """Whether a noun is that of a building or ground ("Seoul station")."""
    words = load_table("places")
    return noun.lemma_.lower() in {*words["structures"]["words"], *words["types"]["kept"], *words["types"]["dropped"]}


def _is_ground(noun: Token) -> bool:
    """Whether what somebody owns is a part of the land: "Ecuador's coast", "Zimbabwe's gold mine"."""
    return noun.lemma_.lower() in load_table("places")["parts"]["nouns"] or _is_site(noun)


@functools.cache
def _world() -> re.Pattern[str]:
    rows = load_table("places")["world"]
    spelt = "|".join(word for section in ("ones", "tens") for word in load_table("numbers")[section]["words"])
    told = "|".join(map(re.escape, (*rows["words"], *rows["phrases"])))
    return re.compile(rf"\b(?:{told}|(?:in|across|to)\s(?:\w+\s){{0,2}}(?:\d+|{spelt})\s(?:{'|'.join(rows['counted'])}))\b", re.IGNORECASE)
