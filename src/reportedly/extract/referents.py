"""Whom a source refers to within its article: pronouns, titles, short names, "the agency", "the statement"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.extract.cast import Cast
from reportedly.extract.homes import opening_state
from reportedly.extract.mentions import Mention
from reportedly.extract.namesakes import take_up
from reportedly.extract.parsed import ParsedArticle
from reportedly.language.bodies import find_body, is_state_outlet
from reportedly.language.names import name_actor, principal_of
from reportedly.language.offices import find_office, office_words, plain_office_words
from reportedly.language.phrases import bare, is_proper, plain, unpossessed
from reportedly.language.states import is_state, leading_state
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Span

_PERSONAL = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
_PLURAL = frozenset({"they", "them", "their", "themselves", "both", "the two", "the two sides", "both sides"})
_NEUTER = frozenset({"it", "its", "itself"})
_FIRST = frozenset({"i", "we", "my", "our", "you", "this", "that", "one"})
_INDEFINITE = ("a ", "an ", "one ", "another ", "some ")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_BY = re.compile(r"^(?P<what>[^,]+?) (?P<link>by|from|of) (?:the )?(?P<owner>.+)$")
_REACH = 4  # paragraphs that a pronoun or a bare title is looked back for
_FAR = 60  # paragraphs that "the agency" is looked back for
_SPOKEN = 60  # utterances that "the statement" is looked back for
_ENTITIES = frozenset({"state", "body", "organisation", "outlet", "group"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Whom some words refer to.

    Attributes:
        name: the actor.
        evidence: the fuller mention that the words take up; None where the words say it themselves.
    """

    name: ActorName
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Who spoke, for claims resolved before: what pronouns and "the statement" go back to.

    Attributes:
        place: where the source (else the content) begins.
        passage: place of its paragraph.
        referents: who spoke.
        issuers: who issued the statement that reports it, where an outer level is one ("the statement cited Kim").
        words: the words of its sentences outside the content, small letters.
        pronoun: the pronoun of its source, small letters; None where it is none.
    """

    place: int
    passage: int
    referents: tuple[Referent, ...]
    words: frozenset[str]
    issuers: tuple[Referent, ...] = ()
    pronoun: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a source stands.

    Attributes:
        parsed: the article.
        cast: whom it names.
        passage: place of the source's paragraph.
        earlier: who spoke before, in the order resolved.
    """

    parsed: ParsedArticle
    cast: Cast
    passage: int
    earlier: Sequence[Spoken]


def refer(words: str, span: Span, context: Context, *, home: str | None = None) -> list[Referent]:
    """Whom one phrase of a source refers to.

    Args:
        words: the phrase; a piece of the source's words where the source is joint.
        span: the source in the document.
        context: where it stands.
        home: the state that bare bodies belong to; None for the article's own.

    Returns:
        The referents: one, or several for "they" after a joint source; none for a pronoun that nothing answers.
    """
    key = plain(words).casefold()
    if key in _RELATIVE:
        return _relative(span, context)
    if key in _PERSONAL or key in _PLURAL or key in _NEUTER or key in _FIRST:
        return _pronoun(key, span, context)
    home = home or _local_home(span, context)
    taken = _issued(words, span, context, home) or _uttered(words, context) or _possessed(words, span, context)
    return [taken or _titled(words, span, context) or _anaphor(words, span, context) or _named(words, span, context, home)]


def _local_home(span: Span, context: Context) -> str | None:
    """The state whose place opens the source's sentence ("In Kyiv, the foreign ministry said"), or None."""
    tokens = context.parsed.passages[context.passage].tokens(span)
    return opening_state(tokens.doc[tokens.sent.start]) if tokens is not None and len(tokens) else None


def _issued(words: str, span: Span, context: Context, home: str | None) -> Referent | None:
    """Who stands behind words by the phrase itself: "a statement by the navy", "figures from the health ministry"."""
    match = _BY.match(bare(words))
    if match is None or not (is_utterance(match["what"]) or is_thing(match["what"])):
        return None
    owner = _named(match["owner"], span, context, home)
    kinds = {"body", "organisation", "person", "outlet", *(["state"] if match["link"] == "by" else [])}
    return owner if owner.name.kind in kinds and owner.name.name != owner.name.principal else None


def _named(words: str, span: Span, context: Context, home: str | None) -> Referent:
    """A name: a short one under its full form, a full one with what the article says of it elsewhere."""
    cast = context.cast
    name = name_actor(words, home=home or cast.home)
    local = _local(words, name, context)
    if local is not None:
        return local
    if name.principal in {None, name.name} and is_state_outlet(name.name):
        name = name_actor(words, home=_told_of(span, context))
    short = name.kind == "other" or (
        name.kind == "person" and (" " not in name.name or (name.role is None and name.name not in cast.people.names))
    )
    full = take_up(name, context.passage, cast.people, cast.by_actor, span.start) if short and is_proper(name.name) else None
    if full is None and name.kind == "other":  # "a visibly moved Correa"
        last = bare(words).split()[-1:]
        close = name_actor(last[0]) if last and is_proper(last[0]) else name
        full = take_up(close, context.passage, cast.people, cast.by_actor, span.start)
    actor = full or name.name
    owned = f"{name.name} ({cast.home})" if cast.home and name.kind == "organisation" else ""
    if owned in cast.best:  # "the Press Office" after "the Israeli Press Office"
        return Referent(name=cast.best[owned].name, evidence=cast.best[owned].span)
    described = cast.best.get(actor) if name.kind == "person" or full else None
    if described is None or described.span.overlaps(span):
        return _with_owner(name, words, span, context)
    best = described.name
    if name.kind == "person" and principal_of(name):
        best = ActorName(name=actor, kind="person", principal=name.principal, role=name.role)
    return Referent(name=best, evidence=described.span)


def _local(words: str, name: ActorName, context: Context) -> Referent | None:
    """The local body of the article that bare words take up: "police" and "police chief Hansen" after "the Nordland police"."""
    office = find_office(bare(words)) if name.kind == "person" else None
    free = office is not None and not (office.after or office.former)
    sort = (office.before or office.head.rpartition(" ")[0]).casefold() if office and free else bare(words).casefold()
    mention = context.cast.local.get(sort)
    if mention is None:
        return None
    if office is None:
        return Referent(name=mention.name, evidence=mention.span)
    return Referent(name=replace(name, principal=mention.name.principal), evidence=mention.span)


def _told_of(span: Span, context: Context) -> str | None:
    """The state whose doings the source's sentence tells of: bare "state media" are its own, where the article is about several."""
    tokens = context.parsed.passages[context.passage].tokens(span)
    if tokens is None or not len(tokens):
        return None
    start = context.parsed.passages[context.passage].start
    sentence = Span(start=start + tokens.sent.start_char, end=start + tokens.sent.end_char, text=tokens.sent.text)
    told = [p for m in context.cast.inside(sentence) if not m.span.overlaps(span) and is_state(p := principal_of(m.name) or "")]
    before = (p for m in _near(span, context) if is_state(p := principal_of(m.name) or ""))
    return told[0] if told else next(before, None)


def _possessed(words: str, span: Span, context: Context) -> Referent | None:
    """A body by its owner within the article: "his government", "its military"."""
    owner, _, rest = plain(words).partition(" ")
    key = owner.casefold()
    if key not in {"his", "her", "its", "their"} or not rest or (rest != "office" and find_body(rest, "") is None):
        return None
    for referent in _pronoun({"his": "he", "her": "she", "its": "it", "their": "they"}[key], span, context):
        principal = principal_of(referent.name)
        body = find_body(rest, principal) if principal else None
        if rest == "office":
            body = ActorName(name=f"Office of {referent.name.name}", kind="body", principal=principal)
        if body:
            return Referent(name=body, evidence=referent.evidence)
    return None


def _with_owner(name: ActorName, words: str, span: Span, context: Context) -> Referent:
    """A bare spokesman speaks for the body that the text just named ("Spokesperson Koo" after "the ministry")."""
    office = find_office(bare(words))
    if (
        name.kind != "person"
        or name.principal
        or office is None
        or office.kind not in {"owner", "state"}
        or office.former
        or office.after
        or office.place
        or _owned(office.before)
        or plain(words).casefold().startswith(_INDEFINITE)
    ):
        return Referent(name=name)
    owners = (m for m in _near(span, context) if m.name.kind in {"body", "organisation"} and m.subject)
    owner = next(owners, None) if office.kind == "owner" else None
    if owner is None:
        return Referent(name=name)
    principal = principal_of(owner.name)
    return Referent(name=ActorName(name=name.name, kind="person", principal=principal, role=name.role), evidence=owner.span)


def _owned(before: str) -> bool:
    return bool(before) and any(is_proper(w) for w in before.split())


def _titled(words: str, span: Span, context: Context) -> Referent | None:
    """Who was introduced with an office: "the secretary", "the defense minister"."""
    text = plain(words)
    office = find_office(bare(text))
    if office is None or office.holder or text.casefold().startswith(_INDEFINITE):
        return None
    state = leading_state(bare(text).split())
    wanted = {unpossessed(w).casefold() for w in bare(text).split()[state.size if state else 0 :]}
    near = [*_near(span, context, reach=_FAR), *context.cast.after(span.end, context.passage)]
    for words_of in (plain_office_words, office_words):  # the very word before one that stands for it
        for mention in near:
            found = _introduced(mention, context)
            if found is None or (state and principal_of(found.name) != state.state):
                continue
            role = plain_office_words(found.name.role or found.name.name)
            if wanted and all(words_of(w) & role for w in wanted):
                return found
    return None


def _introduced(mention: Mention, context: Context) -> Referent | None:
    """The holder of an office, or the unnamed official, that a mention introduces."""
    if mention.name.kind == "group":
        return None if mention.plural else Referent(name=mention.name, evidence=mention.span)
    described = context.cast.best.get(mention.actor)
    return Referent(name=described.name, evidence=described.span) if described and described.name.role else None


def _anaphor(words: str, span: Span, context: Context) -> Referent | None:
    """The body of a sort named last: "the agency", "the ministry", "the outlet"."""
    text = plain(words).casefold()
    determiner, _, noun = text.partition(" ")
    rows = load_table("bodies")["anaphors"]["rows"]
    if determiner not in {"the", "this", "that", "its", "their"} and " " in text:
        return None
    noun = noun or determiner
    nouns = rows.get(noun) or rows.get(noun.removesuffix("s"))
    if not nouns or (" " not in text and text not in rows) or (text == noun and is_proper(plain(words)) and noun in {"police", "army"}):
        return None
    near = [m for m in _near(span, context, reach=_FAR) if m.name.kind in _ENTITIES and _known(m)]
    exact = [m for m in near if noun in _last_words(m)]
    alike = [m for m in near if _last_words(m) & set(nouns) or f"*{m.name.kind}" in nouns]
    if determiner != "the" and not exact:
        return None
    here = [[m for m in group if m.passage == context.passage] for group in (exact, alike)]
    found = here[0] or here[1] or exact or alike
    return Referent(name=found[0].name, evidence=found[0].span) if found else None


def _known(mention: Mention) -> bool:
    """Whether a mention says more than an anaphor does."""
    return principal_of(mention.name) is not None


def _last_words(mention: Mention) -> set[str]:
    """The head words of a body's printed and canonical name."""
    printed = bare(mention.span.text).split()[-1:]
    canonical = mention.name.name.split(" (")[0].split()
    linked = canonical[: canonical.index("of")] if "of" in canonical else canonical
    return {w.casefold() for w in (*printed, *canonical[-1:], *linked[-1:], *canonical[:1])}


def _uttered(words: str, context: Context) -> Referent | None:
    """Who issued "the statement"."""
    text = bare(words).split()
    if not is_utterance(words):
        return None
    state = leading_state(text)
    for spoken in reversed(context.earlier[-_SPOKEN:]):
        fitting = [
            r
            for r in spoken.issuers or spoken.referents
            if r.name.kind != "outlet" and (state is None or principal_of(r.name) == state.state)
        ]
        if fitting and text[-1].casefold() in spoken.words:
            return Referent(name=fitting[0].name, evidence=fitting[0].evidence)
    return None


def is_thing(words: str) -> bool:
    """Whether the head of a phrase is something that reports let speak although it is nobody ("evidence", "figures")."""
    table = load_table("things")
    names = [w.casefold() for w in bare(words).split()]
    end = next((n for n, w in enumerate(names) if w in table["behind_head"]["words"]), len(names))
    return bool(names[:end]) and names[end - 1] in table["things"]["words"]


def is_utterance(words: str) -> bool:
    """Whether a phrase names what somebody utters ("the statement")."""
    last = bare(words).split()[-1:]
    return bool(last) and last[0].casefold() in load_table("bodies")["utterances"]["rows"]["words"]


def _pronoun(key: str, span: Span, context: Context) -> list[Referent]:
    if key in _FIRST:
        return list(context.earlier[-1].referents) if context.earlier and context.passage - context.earlier[-1].passage <= 1 else []
    recent = context.earlier[-_SPOKEN:]
    if key in _PLURAL:
        joint = next((s for s in reversed(recent) if s.passage >= context.passage - 1), None)
        if joint and len(joint.referents) > 1:
            return list(joint.referents)
    same = next((s for s in reversed(recent) if s.pronoun == key and s.passage == context.passage), None)
    if same and not any(_agrees(m, key) and m.subject and m.span.start > same.place for m in _near(span, context)):
        return list(same.referents)
    fitting = [m for m in _ordered(span, context) if _agrees(m, key)]
    if not fitting:
        last = context.earlier[-1] if context.earlier else None
        return list(last.referents) if last and context.passage - last.passage <= 1 and _same_sort(last, key) else []
    mention = fitting[0]
    described = context.cast.best.get(mention.actor)
    return [Referent(name=described.name if described else mention.name, evidence=(described or mention).span)]


def _same_sort(spoken: Spoken, key: str) -> bool:
    persons = all(r.name.kind in {"person", "other", "group"} for r in spoken.referents)
    named = all(r.name.kind == "person" for r in spoken.referents)
    return bool(spoken.referents) and (persons if key in _PERSONAL else not named)


def _agrees(mention: Mention, key: str) -> bool:
    if key in _PERSONAL:
        person = mention.name.kind == "person" or (mention.name.kind == "other" and mention.actor != mention.name.name)
        sure = mention.subject or bool(mention.name.role or mention.name.principal) or mention.actor != mention.name.name
        unnamed = mention.name.kind == "group" and not mention.plural and mention.subject
        return ((person and sure) or unnamed) and mention.gender in {None, _PERSONAL[key]}
    if key in _PLURAL:
        return mention.plural and mention.name.kind in _ENTITIES
    return mention.name.kind in {"state", "body", "organisation", "outlet"}


def _ordered(span: Span, context: Context) -> Iterator[Mention]:
    """The mentions that a pronoun may take up: sentence by sentence backwards, subjects before the rest, first to last."""
    earlier = [m for m in _near(span, context) if not m.quoted]
    for sentence in dict.fromkeys(m.sentence for m in earlier):
        here = sorted((m for m in earlier if m.sentence == sentence), key=lambda m: m.head)
        yield from (m for m in here if m.subject)
        yield from (m for m in here if not m.subject)


def _near(span: Span, context: Context, reach: int = _REACH) -> Iterator[Mention]:
    return context.cast.before(span.start, context.passage, reach)


def _relative(span: Span, context: Context) -> list[Referent]:
    """The noun that a relative pronoun hangs on."""
    tokens = context.parsed.passages[context.passage].tokens(span)
    verb: Token | None = tokens.root.head if tokens is not None else None
    while verb is not None and verb.dep_ not in {"relcl", "ROOT"}:
        verb = verb.head
    place = context.parsed.passages[context.passage].start + verb.head.idx if verb is not None and verb.dep_ == "relcl" else None
    mention = (context.cast.at(place) if place is not None else None) or next(_near(span, context), None)
    if mention is None:
        return []
    described = context.cast.best.get(mention.actor)
    return [Referent(name=described.name if described else mention.name, evidence=(described or mention).span)]
