"""The actors and places that a content names, and where what it tells took place."""

from collections.abc import Iterator, Sequence

from reportedly.extract.acts.contents import content_of, main_verbs
from reportedly.extract.acts.participants import place_of_thing, places_at, thing_token
from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import Cast, cast_of
from reportedly.extract.speakers.mentions import Mention
from reportedly.language.acts import act_of, is_act
from reportedly.language.naming.states import is_capital, needs_context
from reportedly.language.places import has_type, is_known_place, oblast_of
from reportedly.language.tables import load_table


def find_names(parsed: ParsedArticle, attribution: Attribution) -> tuple[str, ...]:
    """Canonical names of the actors and places that a content mentions, in text order, each once."""
    cast = cast_of(parsed)
    found: list[str] = []
    for span in attribution.content:
        for mention in cast.inside(span):
            if needs_context(mention.span.text) and mention.actor not in cast.states:
                continue
            found += _named(mention)
    for _, tokens in content_of(parsed, attribution):
        found += _places(parsed, tokens)
    return tuple(dict.fromkeys(found))


def _named(mention: Mention) -> list[str]:
    """The actor that a mention names with whom it belongs to; nothing for mere people."""
    name = mention.name
    if name.kind == "group" and name.principal is None:
        return []
    found = [mention.actor]
    if name.kind == "group" and name.principal:
        found.append(name.principal)
    if name.kind == "state" and is_capital(mention.span.text) and not mention.subject:
        found.append(mention.span.text)
    return found


def find_place(parsed: ParsedArticle, attribution: Attribution) -> str | None:
    """Where what the content tells took place or went to; None where no words say."""
    for _, tokens in content_of(parsed, attribution):
        for verb in main_verbs(tokens):
            thing = thing_token(verb)
            place = place_of_thing(thing) if thing is not None and is_act(act_of(verb.lemma_.casefold(), thing.lemma_)) else None
            place = place or next(places_at(verb), None)
            known = place_in_article(parsed, place) if place else None
            if known:
                return known
        place = next(iter(_places(parsed, tokens)), None)
        if place:
            return place
    return None


def place_in_article(parsed: ParsedArticle, place: str) -> str | None:
    """A place as its article has it.

    Args:
        parsed: the article.
        place: its name as the phrase alone gives it.

    Returns:
        The oblast for a bare "Kursk" where the article calls it a region; None for the name of a person or of a platform that
        people write on; else the name.
    """
    if not is_known_place(place) and (_is_person(cast_of(parsed), place) or place in load_table("relays")["platforms"]["names"]):
        return None
    oblast = oblast_of(place)
    return oblast if oblast and has_type(_text(parsed), place) else place


def _is_person(cast: Cast, name: str) -> bool:
    """Whether a name is the last of somebody whom the article introduces with an office or a principal."""
    for full in cast.people.called(name):
        mention = cast.best.get(full)
        if mention is not None and full.endswith(name) and (mention.name.role or mention.name.principal):
            return True
    return False


@once_for_article
def _text(parsed: ParsedArticle) -> str:
    return "\n".join(passage.doc.text for passage in parsed.passages)


@once_for_article
def _behind_prepositions(_: ParsedArticle) -> dict[Token, list[str]]:
    """The places behind the prepositions that `_places` has met: claims share words, and each is asked for its names and for its place."""
    return {}


def _places(parsed: ParsedArticle, tokens: Sequence[Token]) -> Iterator[str]:
    behind = _behind_prepositions(parsed)
    for token in tokens:
        if token.dep_ == "prep":
            if token not in behind:
                behind[token] = [found for place in places_at(token) if (found := place_in_article(parsed, place))]
            yield from behind[token]
        elif token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}:
            taken = place_of_thing(token)
            found = place_in_article(parsed, taken) if taken else None
            if found:
                yield found
