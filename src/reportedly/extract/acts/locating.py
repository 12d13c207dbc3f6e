"""Says where what each claim tells of took place, and in which state that place lies."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reportedly.extract.acts.acts import find_place
from reportedly.extract.acts.content_names import place_in_article
from reportedly.extract.acts.contents import content_of
from reportedly.extract.acts.participants import places_at
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import cast_of
from reportedly.extract.times.event_classes import aftermath_at, class_at
from reportedly.extract.times.occurrences import counts_toll
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import is_people, is_state, region_of, state_of, states_in
from reportedly.language.places import is_known_place, is_place_preposition, name_place
from reportedly.language.tables import load_table

_YEAR = re.compile(r"(?:19|20)\d\d")
_MOSTLY = 2  # times: how much oftener an event's state must be named with it than any other
_LONGEST = 200  # characters around a place in which its state may be named

Place = tuple[str | None, str | None]
"""A place's canonical name, and the state it lies in; None where neither words nor tables tell."""


def locate_claims(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> list[Place]:
    """Where what each claim of an article tells of took place.

    By its own words; else, for what it says of an event that the article places elsewhere, or counts of its toll, that event's
    place: the only one named with it, or the state in which all of them lie.

    Args:
        parsed: the parsed article.
        attributions: its attributions in text order.

    Returns:
        A place an attribution, in order.
    """
    own = [_own_place(parsed, attribution) for attribution in attributions]
    lacking = any(place is None for place in own)
    events = placed_events(parsed) if lacking else {}
    states: dict[str, str | None] = {}
    found: list[Place] = []
    for attribution, place in zip(attributions, own, strict=True):
        name = place or _event_place(parsed, attribution, events)
        if name is not None and name not in states:
            states[name] = state_in(parsed, name)
        found.append((name, states[name] if name is not None else None))
    return found


def placed_events(parsed: ParsedArticle) -> Mapping[str, str]:
    """For each class of event that an article places, the place: the only one, or the state of them all."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for passage in parsed.passages:
        for token in passage.doc:
            sort = class_at(token) if token.pos_ in {"NOUN", "PROPN"} else None
            if sort is None or _is_other(token):
                continue
            place = next((known for name in _places_of_event(token) if (known := place_in_article(parsed, name))), None)
            if place is not None:
                places[sort].append(place)
    return {sort: place for sort, names in places.items() if (place := _widest(parsed, names)) is not None}


def state_in(parsed: ParsedArticle, place: str) -> str | None:
    """The state in which a place lies.

    As the article says right behind its name ("Muisne, Ecuador"); else by the tables; else the only state that stands in the
    sentences which name it.
    """
    text = parsed.text
    if set(place.split()) & set(load_table("places")["waters"]["words"]):
        return None
    if is_state(place):
        return place
    followed = f"{place}, " in text  # most names are not, and need no pattern of their own
    behind = re.search(rf"\b{re.escape(place)}, ((?:[A-Z][\w.]+ ?){{1,3}})", text) if followed else None
    named = _first_state(behind[1]) if behind is not None else None
    if named is not None:
        return named
    known = country_of(place)
    if known is not None or len(place) < 3:  # noqa: PLR2004 - initials stand for too much
        return known
    beside = Counter[str]()
    for match in re.finditer(rf"\b{re.escape(place)}\b", text):
        sentence = _sentence(text, match.start(), match.end())
        beside.update(set(states_in(sentence)))
    ranked = beside.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > _MOSTLY * ranked[1][1]) else None


def _own_place(parsed: ParsedArticle, attribution: Attribution) -> str | None:
    pieces = [tokens for _, tokens in content_of(parsed, attribution)]
    named = (name for tokens in pieces for token in tokens if token.dep_ == "pobj" for name in _exact(token))
    place = next((known for name in named if (known := place_in_article(parsed, name))), None) or find_place(parsed, attribution)
    if place is not None and country_of(place) is None and cast_of(parsed).people.called(place):
        place = None  # "handed a letter to Kim"
    if place is not None and not is_state(place):
        return place
    loose = (name for tokens in pieces for token in tokens if token.text[:1].isupper() for name in _loose(token))
    nearer = (name for name in loose if place is None or (name != place and country_of(name) == place))  # "seized Goma in Congo"
    return next((known for name in nearer if (known := place_in_article(parsed, name))), place)


def _exact(noun: Token) -> Iterator[str]:
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


def _loose(token: Token) -> Iterator[str]:
    """A place that the tables have, where a sentence names it in another way than behind a preposition of places."""
    parts = load_table("places")["parts"]
    if token.pos_ not in {"PROPN", "NOUN", "ADJ"} or is_people(token.text) or not token.text[:1].isupper():
        return
    above, governor = token.head, token.head.head
    words = token.doc[token.left_edge.i : token.i + 1].text
    if token.dep_ == "pobj" and above.lower_ in parts["prepositions"]:
        fits = governor.lemma_.lower() in parts["nouns"]
    elif token.dep_ == "pobj":
        loose = load_table("places")["loose"]
        fits = above.lower_ in loose["prepositions"] or (above.lower_ == "from" and governor.lemma_.lower() in loose["leaving"])
    elif token.dep_ in {"poss", "compound"}:
        fits, words = _is_site(above) if token.dep_ == "compound" else _is_ground(above), token.text
    else:
        fits = token.dep_ == "dobj" and state_of(words) is None
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


def _places_of_event(noun: Token) -> Iterator[str]:
    """The places named with an event: behind it, with its verb, as what it struck, as its owner."""
    yield from places_at(noun)
    verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    if verb is not None:
        yield from places_at(verb)
        for below in (t for c in verb.children if c.dep_ in {"dobj", "prep"} for t in c.subtree):
            yield from _loose(below)
            if below.dep_ == "dobj" and below.pos_ == "PROPN" and (state := state_of(below.text)) is not None:
                yield state
    if class_at(noun) in load_table("dating")["natural"]["classes"]:  # who owns a strike is who struck, not where
        yield from (state for c in noun.children if c.dep_ in {"poss", "compound"} and (state := _named_state(c)) is not None)


def _named_state(token: Token) -> str | None:
    return state_of(token.text) if token.text[:1].isupper() else None


def _widest(parsed: ParsedArticle, names: Sequence[str]) -> str | None:
    """The only place of several mentions, or the state in which most of them lie."""
    if len(set(names)) == 1:
        return names[0]
    states = Counter(state for name in names if (state := state_in(parsed, name)) is not None).most_common(2)
    if not states:
        return None
    clear = len(states) == 1 or states[0][1] > _MOSTLY * states[1][1]
    return states[0][0] if clear else None


def _event_place(parsed: ParsedArticle, attribution: Attribution, events: Mapping[str, str]) -> str | None:
    """The place of the event that a content tells of, or whose toll it counts where the article places events of one class only."""
    tokens = [token for _, piece in content_of(parsed, attribution) for token in piece]
    named = [token for token in tokens if class_at(token) is not None]
    if any(_is_other(token) or any(c.lower_ in {"a", "an"} for c in token.children) for token in named):
        return None  # "killed in a quake on Thursday" is not the one that is known
    sorts = {sort for token in tokens if (sort := class_at(token) or aftermath_at(token)) is not None}
    if not sorts and not counts_toll(tokens):
        return None
    placed = {events[sort] for sort in sorts or events if sort in events}
    if len(placed) == 1:
        return next(iter(placed))
    return None if placed else cast_of(parsed).home


def _is_other(noun: Token) -> bool:
    """Whether a noun's words show it to be another event than the article's ("a similar quake", "the 2010 quake")."""
    others = load_table("dating")["others"]["words"]
    return class_at(noun) is not None and any(c.lower_ in others or _YEAR.fullmatch(c.text) for c in noun.children)


def _first_state(words: str) -> str | None:
    """The state that the longest beginning of some words names, a part of a federation standing for it."""
    pieces = words.strip(" .").split()
    for size in range(len(pieces), 0, -1):
        name = " ".join(pieces[:size]).rstrip(".")
        state = name if is_state(name) else state_of(name) if "." in name else country_of(name) if region_of(name) else None
        if state is not None:
            return state
    return None


def _sentence(text: str, start: int, end: int) -> str:
    """The stretch between the stops around a place."""
    first = max(text.rfind(". ", max(0, start - _LONGEST), start), text.rfind("\n", max(0, start - _LONGEST), start))
    stops = [place for mark in (". ", "\n") if (place := text.find(mark, end, end + _LONGEST)) >= 0]
    return text[max(first, start - _LONGEST) + 1 : min(stops, default=end + _LONGEST)]
