"""Whom a pronoun that stands for a source takes up."""

from collections.abc import Iterator, Sequence

from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.body_anaphors import take_up_body
from reportedly.extract.speakers.mentions import Mention, phrase_of
from reportedly.extract.speakers.reference import REACH, Context, Referent, Spoken, near
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.language.naming.offices import gender_of
from reportedly.language.naming.phrases import is_proper
from reportedly.language.tables import load_table
from reportedly.model import Span

_PERSONAL = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
_FIRST = frozenset({"i", "we", "my", "our", "you", "this", "that", "one"})
_WRITERS = frozenset({"i", "we", "my", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_ENTITIES = frozenset({"state", "body", "organisation", "outlet", "group"})
_TWO = 2
_BARE_PAIRS = frozenset({"both", "the two"})  # as likely two persons as two sides
_SPOKEN = 60  # utterances that are looked back at


def is_pronoun(key: str) -> bool:
    """Whether words in small letters are a pronoun or stand like one ("the two")."""
    return key in _RELATIVE or key in _PERSONAL or key in _PLURAL or key in _NEUTER or key in _FIRST or is_pair(key)


def is_neuter(key: str) -> bool:
    """Whether words in small letters are a pronoun that stands for a thing."""
    return key in _NEUTER


def is_pair(key: str) -> bool:
    """Whether words in small letters stand for two that were named: "both sides", "neither country", "the two"."""
    rows = load_table("anaphors")["pairs"]
    first = next((w for w in rows["determiners"] if key == w or key.startswith(f"{w} ")), None)
    return first is not None and key[len(first) :].strip() in {"", *rows["nouns"]}


def refer_pronoun(key: str, span: Span, context: Context) -> list[Referent]:
    """Whom a pronoun takes up.

    Args:
        key: the pronoun in small letters.
        span: the source in the document.
        context: where it stands.

    Returns:
        One, or several for "they" after a joint source; none where nothing answers.
    """
    if key in _RELATIVE:
        return _relative(span, context)
    if key in _FIRST:
        return _first_person(key, span, context)
    recent = context.earlier[-_SPOKEN:]
    if key in _PLURAL or is_pair(key):
        joint = next((s for s in reversed(recent) if s.passage >= context.passage - 1), None)
        together = list(joint.referents) if joint and len(joint.referents) > 1 else []
        if together or (is_pair(key) and key not in _BARE_PAIRS):
            return together or _pair(recent)
    same = next((s for s in reversed(recent) if s.pronoun == key and s.passage == context.passage), None)
    if same and not any(_agrees(m, key) and m.subject and m.span.start > same.place for m in near(span, context)):
        return list(same.referents)
    if (key in _NEUTER or (key in _PERSONAL and not context.replying)) and (spoke := _just_spoke(key, recent, span, context)):
        return spoke
    fitting = [m for m in _ordered(span, context) if _agrees(m, key)]
    if context.replying and context.earlier:
        fitting = [m for m in _ordered(span, context) if _may_answer(m, key, context.earlier[-1])] or fitting
    return [_in_full(fitting[0], context)] if fitting else _spoke_last(key, recent, context)


def _in_full(mention: Mention, context: Context) -> Referent:
    described = context.cast.best.get(mention.actor)
    return Referent(name=described.name if described else mention.name, evidence=(described or mention).span)


def _spoke_last(key: str, recent: Sequence[Spoken], context: Context) -> list[Referent]:
    """Who spoke last, for a pronoun that no mention answers: in the paragraph before, or further back by the very pronoun."""
    reach = {key: REACH} if key in _PERSONAL else {}
    last = next((s for s in reversed(recent) if context.passage - s.passage <= reach.get(s.pronoun or "", 1)), None)
    return list(last.referents) if last and _same_sort(last, key) else []


def _first_person(key: str, span: Span, context: Context) -> list[Referent]:
    """Whom "I" stands for: in quotation marks whoever spoke last, outside them the writer."""
    passage = context.parsed.passages[context.passage]
    tokens = passage.tokens(span)
    if key in _WRITERS and tokens is not None and not any(token.i in passage.doc.quoted for token in tokens):
        writer = name_actor(context.parsed.article.byline or "")
        return [Referent(name=writer)] if writer.kind == "person" else []
    near_by = context.earlier and context.passage - context.earlier[-1].passage <= 1
    return list(context.earlier[-1].referents) if near_by else []


def _just_spoke(key: str, recent: Sequence[Spoken], span: Span, context: Context) -> list[Referent]:
    """Whom "it said" goes on from: who spoke last in the paragraph, where no other subject that it may take up stands between.

    "He" and "she" go on so from the holder of an office who is not named, whom no mention answers ("the health director").
    """
    last = recent[-1] if recent else None
    if last is None or last.passage != context.passage or is_pronoun(last.pronoun or "") or not last.referents:
        return []
    between = any(_agrees(m, key) and m.subject and m.span.start > last.place for m in near(span, context))
    names = [referent.name for referent in last.referents]
    if key in _PERSONAL:
        unnamed = len(names) == 1 and names[0].kind == "person" and names[0].name.split(" (")[0].islower()
        return list(last.referents) if unnamed and not between and gender_of(names[0].name) in {None, _PERSONAL[key]} else []
    single = len(names) == 1 and (names[0].kind in _ENTITIES - {"group"} or (names[0].kind == "other" and is_proper(names[0].name)))
    return list(last.referents) if single and not between else []


def _pair(recent: Sequence[Spoken]) -> list[Referent]:
    """The two whom "both sides" takes up: who spoke jointly last, else the only two for whom anybody spoke."""
    joint = next((s for s in reversed(recent) if len(s.referents) == _TWO), None)
    if joint is not None:
        return list(joint.referents)
    sides = dict.fromkeys(principal for s in recent for r in s.referents if (principal := principal_of(r.name)))
    return [Referent(name=name_actor(side)) for side in sides] if len(sides) == _TWO else []


def _may_answer(mention: Mention, key: str, spoken: Spoken) -> bool:
    """Whether a mention may be who answers: a pronoun may take it up, or it names a person in full, and it is not who spoke last."""
    named = mention.name.kind == "person" and mention.full and mention.gender in {None, _PERSONAL.get(key)}
    spoke = mention.span.start <= spoken.place < mention.span.end or mention.actor in {r.name.name for r in spoken.referents}
    return (named or _agrees(mention, key)) and not spoke


def _same_sort(spoken: Spoken, key: str) -> bool:
    persons = all(r.name.kind in {"person", "other", "group"} for r in spoken.referents)
    named = all(r.name.kind == "person" for r in spoken.referents)
    return bool(spoken.referents) and (persons if key in _PERSONAL else not named)


def _agrees(mention: Mention, key: str) -> bool:
    if key in _PERSONAL:
        person = mention.name.kind == "person" or (mention.name.kind == "other" and mention.actor != mention.name.name)
        sure = mention.subject or bool(mention.name.role or mention.name.principal) or mention.actor != mention.name.name
        unnamed = mention.name.kind == "group" and not mention.plural and mention.subject
        spokesman = mention.name.role is not None and mention.name.kind in _ENTITIES and mention.subject
        return ((person and sure) or unnamed or spokesman) and mention.gender in {None, _PERSONAL[key]}
    if key in _PLURAL or is_pair(key):
        return mention.plural and mention.name.kind in _ENTITIES
    return mention.name.kind in {"state", "body", "organisation", "outlet"}


def _ordered(span: Span, context: Context) -> Iterator[Mention]:
    """The mentions that a pronoun may take up: sentence by sentence backwards, subjects before the rest, first to last.

    Whom somebody only stands beside ("speaking alongside the mayor, she said") comes last of all.
    """
    earlier = [m for m in near(span, context) if not m.quoted]
    beside: list[Mention] = []
    for sentence in dict.fromkeys(m.sentence for m in earlier):
        here = sorted((m for m in earlier if m.sentence == sentence), key=lambda m: m.head)
        yield from sorted((m for m in here if m.subject), key=lambda m: not m.main)
        if beside := [*beside, *(m for m in here if not m.subject and m.beside)]:
            here = [m for m in here if not m.beside]
        yield from (m for m in here if not m.subject)
    yield from beside


def _relative(span: Span, context: Context) -> list[Referent]:
    """The noun that a relative pronoun hangs on."""
    tokens = context.parsed.passages[context.passage].tokens(span)
    verb: Token | None = tokens.root.head if tokens is not None else None
    while verb is not None and verb.dep_ not in {"relcl", "ROOT"}:
        verb = verb.head
    place = context.parsed.passages[context.passage].start + verb.head.idx if verb is not None and verb.dep_ == "relcl" else None
    mention = context.cast.at(place) if place is not None else next(near(span, context), None)
    if mention is None and place is not None and verb is not None:  # "the society, which had warned"
        words = phrase_of(verb.head).text
        return [take_up_body(words, place, context.passage, context.cast) or Referent(name=name_actor(words))]
    if mention is None:
        return []
    described = context.cast.best.get(mention.actor)
    return [Referent(name=described.name if described else mention.name, evidence=(described or mention).span)]
