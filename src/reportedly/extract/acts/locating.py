"""Says where what each claim tells of took place, and in which state that place lies."""

from collections.abc import Iterator, Sequence

from reportedly.extract.acts.acts import find_place
from reportedly.extract.acts.content_names import place_in_article
from reportedly.extract.acts.contents import content_of
from reportedly.extract.acts.joined_statements import joined_statements, lend_between
from reportedly.extract.acts.participants import places_at
from reportedly.extract.acts.place_states import state_in
from reportedly.extract.acts.placed_events import event_place, placed_events
from reportedly.extract.acts.told_places import exact_places, in_the_country, is_of_world, loose_places
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import cast_of
from reportedly.extract.times.event_classes import class_at
from reportedly.extract.times.occurrences import counts_toll
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import is_state, region_of
from reportedly.language.places import is_place_preposition, name_place, opens_place
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression

Place = tuple[str | None, str | None]
"""A place's canonical name, and the state it lies in; None where neither words nor tables tell."""


def locate_claims(parsed: ParsedArticle, attributions: Sequence[Attribution], times: Sequence[TimeExpression] = ()) -> list[Place]:
    """Where what each claim of an article tells of took place.

    By its own words; else, for what it says of an event that the article places elsewhere, or counts of its toll, that event's
    place (`placed_events`); else the state or region that opens its sentence ("In Norland, officials said ...").

    Args:
        parsed: the parsed article.
        attributions: its attributions in text order.
        times: its expressions of time in text order.

    Returns:
        A place an attribution, in order.
    """
    own = lend_between(joined_statements(parsed, attributions), [_own_place(parsed, attribution) for attribution in attributions])
    own = _of_sentence(parsed, attributions, own, times)
    events = placed_events(parsed, times) if any(place is None for place in own) else ()
    states: dict[str, str | None] = {}
    found: list[Place] = []
    for attribution, place in zip(attributions, own, strict=True):
        name = _plain(place) or _reporting_place(attribution) or (None if attribution.source else _opening_place(parsed, attribution))
        wide = in_the_country(attribution.content)
        if name is None and wide:
            name = cast_of(parsed).home
        if name is None and not is_of_world(attribution.content):
            event = None if wide else event_place(parsed, attribution, events, times)
            name = event or _opening_place(parsed, attribution)
        if name is not None and name not in states:
            states[name] = state_in(parsed, name)
        found.append((name, states[name] if name is not None else None))
    return found


def _of_sentence(
    parsed: ParsedArticle, attributions: Sequence[Attribution], own: Sequence[str | None], times: Sequence[TimeExpression]
) -> list[str | None]:
    """The places, a toll without one being where its sentence has a deed that kills: "shelled Norport, it said, adding that two died"."""
    sentences = [_sentence(parsed, attribution) for attribution in attributions]
    named: dict[tuple[int, int], list[tuple[str, Attribution]]] = {}
    for attribution, sentence, place in zip(attributions, sentences, own, strict=True):
        if sentence is not None and place is not None:
            named.setdefault(sentence, []).append((place, attribution))
    found: list[str | None] = []
    for attribution, sentence, place in zip(attributions, sentences, own, strict=True):
        others = named.get(sentence, []) if sentence is not None and place is None else []
        lends = len({other for other, _ in others}) == 1 and _may_borrow(parsed, attribution, times)
        tells = any(_tells_of_deed(parsed, other) and _same_speaker(other, attribution) for _, other in others)
        found.append(others[0][0] if lends and tells else place)
    return found


def _may_borrow(parsed: ParsedArticle, attribution: Attribution, times: Sequence[TimeExpression]) -> bool:
    """Whether a content counts a toll of no time, no event and no country of its own: "nationwide 300 people have died this year"."""
    tokens = [token for _, tokens in content_of(parsed, attribution) for token in tokens]
    dated = any(piece.start <= time.span.start < piece.end for piece in attribution.content for time in times)
    wide = set(load_table("places")["killing"]["wide"])
    return counts_toll(tokens) and not dated and not any(token.lower_ in wide or class_at(token) for token in tokens)


def _tells_of_deed(parsed: ParsedArticle, attribution: Attribution) -> bool:
    """Whether a content tells of a deed or event that can kill."""
    words = load_table("places")["killing"]["deeds"]
    tokens = [token for _, tokens in content_of(parsed, attribution) for token in tokens]
    return any(token.lemma_.lower() in words or class_at(token) is not None for token in tokens)


def _same_speaker(one: Attribution, other: Attribution) -> bool:
    """Whether two contents are put forward by the words of one source, and none is the outlet's own narration."""
    if "narration" in {one.form, other.form}:
        return False
    return bool(one.source) and [span.text for span in one.source] == [span.text for span in other.source]


def _sentence(parsed: ParsedArticle, attribution: Attribution) -> tuple[int, int] | None:
    """Paragraph and first token of the sentence in which a content begins; None for an empty one."""
    tokens = next((tokens for _, tokens in content_of(parsed, attribution) if tokens), None)
    return None if tokens is None else (attribution.passage, tokens[0].sent.start)


def _own_place(parsed: ParsedArticle, attribution: Attribution) -> str | None:
    pieces = [tokens for _, tokens in content_of(parsed, attribution)]
    named = (name for tokens in pieces for token in tokens if token.dep_ == "pobj" for name in exact_places(token))
    place = next((known for name in named if (known := place_in_article(parsed, name))), None) or find_place(parsed, attribution)
    if place is not None and country_of(place) is None and not opens_place(place) and cast_of(parsed).people.called(place):
        place = None  # "handed a letter to Kim"
    if place is not None and not _is_wide(place):
        return place
    behind = (name for tokens in pieces if place is not None for name in _behind(tokens))
    loose = (name for tokens in pieces for token in tokens if token.text[:1].isupper() for name in loose_places(token))
    nearer = (name for name in (*behind, *loose) if place is None or (name != place and _holds(place, name)))  # "seized Goma in Congo"
    return next((known for name in nearer if (known := place_in_article(parsed, name))), place)


def _plain(place: str | None) -> str | None:
    """A place without the city or state that owns it ("Ankara's Esen Airport"); None for a bare direction ("in the East")."""
    if place is None or place.lower() in load_table("places")["sides"]["words"]:
        return None
    owner, mark, rest = place.replace("\u2019", "'").partition("'s ")
    return rest if mark and rest and country_of(owner) is not None else place


def _is_wide(place: str) -> bool:
    return is_state(place) or region_of(place) == place


def _holds(wide: str, name: str) -> bool:
    """Whether a place lies in a wider one: a state by the tables, a region with a government of its own by its state."""
    state = country_of(name)
    return state == wide or (not is_state(wide) and state is not None and not _is_wide(name) and state == country_of(wide))


def _behind(tokens: Sequence[Token]) -> Iterator[str]:
    """The places behind one that opens a content: "In Gaza, a strike on a school in Khan Younis"."""
    first = tokens[0]
    if not is_place_preposition(first.lower_):
        return
    for token in tokens[1:]:
        if token.dep_ == "prep":
            yield from places_at(token)


def _reporting_place(attribution: Attribution) -> str | None:
    """The part of a state that reports of itself: "Norfolk County reported 40 cases"."""
    words = " ".join(span.text for span in attribution.source)
    sort = words.rpartition(" ")[2].lower()
    return name_place(words) if region_of(words) == words or sort in load_table("places")["reporting"]["sorts"] else None


def _opening_place(parsed: ParsedArticle, attribution: Attribution) -> str | None:
    """The state or region that opens a claim's sentence: "In Norland, officials said"; a city there tells where it was said."""
    if attribution.form == "narration" or attribution.passage >= len(parsed.passages):
        return None
    tokens = parsed.passages[attribution.passage].tokens(attribution.content[0])
    counts = tokens is not None and any(token.like_num for token in tokens)  # what is only thought need not be of there
    opening = tokens[0].sent[0] if tokens is not None and counts else None
    if opening is None or opening.lower_ not in {"in", "across"} or opening.dep_ != "prep":
        return None
    last = max(t.i for t in opening.subtree)
    if last + 1 >= len(opening.doc) or opening.doc[last + 1].text != ",":
        return None
    return next((known for name in places_at(opening) if _is_wide(name) and (known := place_in_article(parsed, name))), None)
