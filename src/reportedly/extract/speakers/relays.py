"""Through whom words came: outer levels, "carried by state media", "told Reuters", and what later claims inherit of it."""

import functools
import re
from collections.abc import Iterator, Sequence

from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.mentions import phrase_of
from reportedly.language.naming.bodies import is_state_outlet
from reportedly.language.naming.names import name_actor
from reportedly.language.naming.phrases import is_proper, undetermined
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Relay

_CLAUSES = frozenset({"advcl", "conj", "ccomp", "parataxis"})  # clauses beside which the other one of a sentence tells of something else
_MARKS = ".,'’"  # noqa: RUF001 - a curly apostrophe
_LINKS = frozenset({"with", "to", "by", "on", "from", "for", "in"})
_PLATFORM = re.compile(
    r"\b(?:on|via|in(?=\s(?:an?|his|her|its|their)\b)|to)\s+(?:(?:an?|his|her|its|their|the)\s+)?(?:official\s+)?"
    r"(?P<name>[A-Z][\w]*(?:\s[A-Z]\w+)?)\b"
)


def frame_tokens(parsed: ParsedArticle, attribution: Attribution) -> list[Token]:
    """The tokens of the attribution's sentences outside its content and outside quotation marks, in text order."""
    passage = parsed.passages[attribution.passage]
    places = [*attribution.cue, *attribution.source, *(s for s in attribution.content if s.start < passage.end)]
    sentences = {t.sent.start: t.sent for span in places if (tokens := passage.tokens(span)) is not None for t in (tokens[0], tokens[-1])}
    quoted, start = passage.doc.quoted, passage.start
    outside = [token for first in sorted(sentences) for token in sentences[first] if token.i not in quoted]
    for span in attribution.content:
        first, end = span.start - start, span.end - start
        outside = [token for token in outside if not first <= token.idx < end]
    return outside


def carried_by(parsed: ParsedArticle, attribution: Attribution, frame: Sequence[Token], home: str | None) -> list[Relay]:
    """Who carried the speaker's words by the sentence's own account ("in a statement carried by state media").

    Args:
        parsed: the article.
        attribution: the attribution.
        frame: its `frame_tokens`.
        home: whom the speaker speaks for: the state that "state media" are of.
    """
    passage = parsed.passages[attribution.passage]
    named = {span for level in attribution.outer for span in level.source}
    found = []
    for token in frame:
        if token.lemma_.casefold() not in _table("carried", "lemmas") or token.tag_ != "VBN":
            continue
        for agent in (t for by in token.children if by.lower_ == "by" for t in by.children if t.dep_ == "pobj"):
            phrase = passage.span(phrase_of(agent))
            actor = name_actor(phrase.text, home=home)
            if _relays(actor, phrase.text) and not any(phrase.overlaps(s) for s in [*named, *attribution.source]):
                cue = passage.span(passage.doc[token.i : agent.head.i + 1])
                found.append(Relay(actor=actor.name, source=phrase, cue=cue))
    return found


def heard_by(parsed: ParsedArticle, attribution: Attribution, frame: Sequence[Token]) -> list[str]:
    """Outlets and platforms that the words were said to or put on: "told Reuters", "in an interview with CNN", "on Twitter"."""
    passage = parsed.passages[attribution.passage]
    cues = {t.i for span in attribution.cue if (inside := passage.tokens(span)) is not None for t in inside}
    own = [t for t in frame if not _of_other_clause(t, cues)]
    heard = [*_told(frame, cues), *_interviewed(frame), *_platforms(own, cues)]
    return list(dict.fromkeys(heard))


def is_other_occasion(parsed: ParsedArticle, attribution: Attribution, frame: Sequence[Token]) -> bool:
    """Whether the words set the utterance apart from the news of the day ("in September", "has said repeatedly")."""
    if any(t.lower_ in _table("other_occasion", "words") for t in frame):
        return True
    passage = parsed.passages[attribution.passage]
    cue = [t for span in attribution.cue if (inside := passage.tokens(span)) is not None for t in inside]
    return any(t.lemma_ == "have" and t.i + 1 < len(passage.doc) and t.dep_ == "aux" for t in cue)


def _of_other_clause(token: Token, cues: set[int]) -> bool:
    """Whether a word belongs to a clause of the sentence that has a subject of its own, as the cue's clause has another."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head is not verb:
        verb = verb.head
    if verb.i in cues or not _has_subject(verb):
        return False
    return any(cue.dep_ in _CLAUSES and _has_subject(cue) for cue in (verb.doc[place] for place in cues))


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _told(tokens: Sequence[Token], cues: set[int]) -> Iterator[str]:
    for token in tokens:
        if token.i not in cues or token.lemma_.casefold() not in _table("told", "lemmas"):
            continue
        objects = [c for c in token.children if c.dep_ in {"dobj", "dative"} and c.i > token.i]
        objects += [
            o for c in token.children if c.dep_ in {"prep", "dative"} and c.lower_ in _LINKS for o in c.children if o.dep_ == "pobj"
        ]
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if following is not None and following.pos_ == "PROPN":
            objects.append(_run_end(following))
        yield from _outlets(objects)


def _interviewed(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.lemma_.casefold() in _table("interviews", "lemmas"):
            links = [c for c in token.children if c.lower_ in _LINKS]
            yield from _outlets([o for link in links for o in link.children if o.dep_ == "pobj"])


def _outlets(heads: Sequence[Token]) -> Iterator[str]:
    for head in heads:
        text = phrase_of(head).text
        if not set(load_table("relays")["platforms"]["names"]).isdisjoint(text.split()):
            continue  # "its Telegram channel" is where one writes, which `_platforms` reads
        name = name_actor(text)
        if name.kind == "outlet" or _relays(name, text):
            yield name.name


def _run_end(token: Token) -> Token:
    while token.i + 1 < len(token.doc) and token.doc[token.i + 1].pos_ == "PROPN":
        token = token.doc[token.i + 1]
    return token


def _platforms(tokens: Sequence[Token], cues: set[int]) -> Iterator[str]:
    table = load_table("relays")["platforms"]
    for token in tokens:
        if token.i in cues and token.lemma_.casefold() in table["verbs"]:
            yield table["verbs"][token.lemma_.casefold()]
        elif token.lower_ in table["nouns"]:
            yield table["nouns"][token.lower_]
    text = "".join(t.text_with_ws for t in tokens)
    for match in _PLATFORM.finditer(text):
        names = [n for n in table["names"] if match["name"] == n or match["name"].startswith(f"{n} ")]
        yield from names[:1]


def _relays(name: ActorName, text: str) -> bool:
    """Whether an actor is one that carries other people's words."""
    if name.kind == "outlet" or is_state_outlet(name.name):
        return True
    words = [w.strip(_MARKS).casefold() for w in text.split()]
    if not words or set(words) & _table("media", "not_outlets"):
        return False
    if name.kind == "group":
        return words[-1] == "media"
    return _is_medium(undetermined(text).split()) and name.kind in {"organisation", "other"} and _looks_named(text)


def _is_medium(words: Sequence[str]) -> bool:
    """Whether words end in the noun of a medium, or in the name that such a noun bears: "local radio", "state television RTG".

    With the article before it such a noun may stand first: "the newspaper Vesti".
    """
    end = len(words)
    while end and words[end - 1][:1].isupper() and words[end - 1].strip(_MARKS).casefold() not in _table("media", "nouns"):
        end -= 1
    return bool(end) and words[end - 1].strip(_MARKS).casefold() in _table("media", "nouns")


def is_relay(words: str) -> bool:
    """Whether the words of a source name one that carries other people's words: an outlet, "state television", "local media"."""
    return _relays(name_actor(words), words)


def _looks_named(text: str) -> bool:
    words = undetermined(text).split()
    return bool(words) and (any(map(is_proper, words)) or words[0].casefold() in {"local", "state", "national", "public", "private"})


@functools.cache
def _table(section: str, field: str) -> frozenset[str]:
    return frozenset(load_table("relays")[section][field])
