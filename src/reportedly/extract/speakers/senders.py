"""Whose "the soldiers" or "the deployment" are: who sent some by the article's own words before."""

import bisect

from reportedly.extract.acts.participants import Voices, agent_token, known_actor, thing_token
from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.language.acts import act_of, act_of_mover, row_of_act
from reportedly.language.numerals.counted import class_of, is_force

_UNKNOWN = frozenset({"a", "an", "no", "some", "other", "another", "more", "any"})


def sender_before(parsed: ParsedArticle, thing: Token | None, place: int) -> str | None:
    """Who sent the forces that a definite phrase takes up.

    Args:
        parsed: the article.
        thing: the head of what is acted on; None for a nominalisation that names nothing.
        place: where the act's word stands in the document.

    Returns:
        The canonical name of the latest sender told of before; None where the phrase is no force, is a new one, or none was sent.
    """
    if thing is not None and not (is_force(class_of(thing.lemma_)) and _is_known(thing)):
        return None
    places, senders = _senders(parsed)
    number = bisect.bisect_left(places, place)
    return senders[number - 1] if number else None


def _is_known(thing: Token) -> bool:
    return not any(c.dep_ == "poss" or c.lower_ in _UNKNOWN for c in thing.children)


@once_for_article
def _senders(parsed: ParsedArticle) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Who, by an article's words, sent forces: places and actors, in text order; what only a pronoun says is left out."""
    found: list[tuple[int, str]] = []
    nobody = Voices(speakers=(), inside=())
    for passage in parsed.passages:
        for verb in (t for t in passage.doc if t.pos_ == "VERB"):
            thing, agent = thing_token(verb), agent_token(verb)
            mover = thing if thing is not None else agent
            if mover is None or not is_force(class_of(mover.lemma_)) or not _sends(verb, thing, mover):
                continue
            doer = (known_actor(agent, nobody) if agent is not None else None) or known_actor(mover, nobody)
            found += [(passage.start + verb.idx, doer)] if doer else []
    return tuple(place for place, _ in found), tuple(doer for _, doer in found)


def _sends(verb: Token, thing: Token | None, mover: Token) -> bool:
    """Whether a verb tells that somebody's own forces moved."""
    lemma = verb.lemma_.casefold()
    act = act_of(lemma, thing.lemma_) if thing is not None else act_of_mover(lemma, mover.lemma_)
    return act is not None and row_of_act(act).own
