"""Whom a source refers to within its article: pronouns, titles, short names, "the agency", "the statement"."""

import re
from dataclasses import replace

from reportedly.extract.speakers.armed_groups import is_armed_description
from reportedly.extract.speakers.body_anaphors import take_up_body
from reportedly.extract.speakers.cast import seat_state
from reportedly.extract.speakers.document_words import document_before
from reportedly.extract.speakers.homes import opening_state
from reportedly.extract.speakers.namesakes import take_up
from reportedly.extract.speakers.owned import possessed
from reportedly.extract.speakers.picture_words import is_picture, picture_before
from reportedly.extract.speakers.pronouns import is_neuter, is_pair, is_pronoun, refer_pronoun
from reportedly.extract.speakers.reference import Context, Referent, near
from reportedly.extract.speakers.source_words import who
from reportedly.extract.speakers.stated_things import is_part, is_thing, is_utterance, issuer_of
from reportedly.extract.speakers.titles import local_body, take_up_title, with_owner
from reportedly.extract.speakers.unnamed_holders import beside, introduced_as, spoke_before, take_up_unnamed
from reportedly.language.naming.bodies import find_body, is_state_outlet
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.language.naming.offices import find_office
from reportedly.language.naming.phrases import bare, is_proper, plain, unpossessed
from reportedly.language.naming.states import is_state, leading_state, region_of, state_of
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Span

_BY = re.compile(r"^(?P<what>[^,]+?) (?P<link>by|from|of) (?:the )?(?P<owner>.+)$")
_OWNING = frozenset({"body", "organisation", "outlet", "person"})
_INITIALS = 3  # letters of an outlet's name by which it calls itself, at least
_OPENING = 4  # words of a headline in which it names its state
_IN_PLACE = re.compile(r"\b(?:in|at|to|from|inside|across|near) (?:the )?([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})")


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
    shown = picture_before(span, context) if context.showing and is_neuter(key) else None
    shown = shown or (document_before(span, context) if key == "it" else None)
    if shown is not None:
        words, span = shown.text, shown
    elif is_pronoun(key) and not _is_acronym(words):
        taken_up = refer_pronoun(key, span, context)
        if taken_up or not is_pair(key):
            return taken_up
    home = home or _there(words, span, context) or _local_home(span, context) or _seat_home(span, context)
    words = who(words)
    taken = _described(words, span, context) or _spoken_for(words, span, context)
    taken = taken or _issued(words, span, context, home) or _kept(words, context, home)
    taken = taken or issuer_of(words, context) or possessed(words, span, context)
    taken = taken or take_up_title(words, span, context) or take_up_body(words, span.start, context.passage, context.cast)
    taken = taken or spoke_before(words, context) or take_up_unnamed(words, span, context) or introduced_as(words, span, context)
    return [taken or beside(words, span, context) or _named(words, span, context, home)]


def _there(words: str, span: Span, context: Context) -> str | None:
    """The state or region that "there" behind a body points to: the last place before it that somebody or something was in."""
    if not plain(words).endswith(" there"):
        return None
    passage = context.parsed.passages[context.passage]
    places = _IN_PLACE.findall(passage.doc.text[: span.start - passage.start])
    return next((state for place in reversed(places) if (state := region_of(place) or state_of(place))), None)


def _described(words: str, span: Span, context: Context) -> Referent | None:
    """The armed group that a description takes up: "the militant group"."""
    if not is_armed_description(words):
        return None
    mention = next((m for m in context.cast.inside(span) if m.name.kind == "organisation"), None)
    return Referent(name=mention.name, evidence=mention.span) if mention else None


def _spoken_for(words: str, span: Span, context: Context) -> Referent | None:
    """For whom somebody unnamed speaks, where that is named before: "a spokesman for the ministry", "a company spokeswoman"."""
    office = find_office(bare(words))
    if office is None or office.holder or not office.head.startswith("spokes"):
        return None
    owner = office.after or office.before
    if not owner or is_proper(owner):
        return None
    return take_up_body(f"the {owner}", span.start, context.passage, context.cast)


def _is_acronym(words: str) -> bool:
    """Whether capitals make a name of what would else be a pronoun: the WHO."""
    return len(plain(words)) > 1 and plain(words).isupper() and name_actor(words).kind == "organisation"


def _local_home(span: Span, context: Context) -> str | None:
    """The state whose place opens the source's sentence ("In Kyiv, the foreign ministry said"), or None."""
    passage = context.parsed.passages[context.passage]
    if passage.role == "headline":  # "Russian air defenses down drones - Defense Ministry"
        opened = leading_state(passage.doc.text.split()[:_OPENING])
        return opened.state if opened is not None and span.start > passage.start else None
    tokens = passage.tokens(span)
    return opening_state(tokens.doc[tokens.sent.start]) if tokens is not None and len(tokens) else None


def _seat_home(span: Span, context: Context) -> str | None:
    """The state by whose seat the subject before a source is named: bare bodies behind "The White House condemned it" are its."""
    for mention in near(span, context, reach=1):
        if mention.subject and is_state(principal_of(mention.name) or ""):
            return seat_state(mention)
    return None


def _issued(words: str, span: Span, context: Context, home: str | None) -> Referent | None:
    """Who stands behind words by the phrase itself: "a statement by the navy", "figures from the health ministry"."""
    match = _BY.match(bare(words))
    if match is None:
        return None
    what, _, participle = match["what"].rpartition(" ")
    rows = load_table("relays")["issued"]
    if participle not in rows["participles"] and not (participle in rows["pictures"] and is_picture(what)):
        what = match["what"]
    if not (is_utterance(what) or is_thing(what)):
        return None
    owner = _named(match["owner"], span, context, home)
    kinds = {"body", "organisation", "person", "outlet", *(["state"] if match["link"] == "by" else [])}
    return owner if owner.name.kind in kinds and owner.name.name != owner.name.principal else None


def _kept(words: str, context: Context, home: str | None) -> Referent | None:
    """Whose things speak, by the noun before them: "government tallies", "health ministry figures"."""
    state = home or context.cast.home
    owner = bare(words).split()[:-1]
    if not owner or not (is_thing(words) or is_part(words)):
        return None
    if is_proper(owner[0]):  # "the WHO's tally", "the IAEA team"
        named = name_actor(unpossessed(" ".join(owner)), home=state)
        whole = named.kind == "organisation" if is_part(words) else owner[-1] != unpossessed(owner[-1]) and named.kind in _OWNING
        return Referent(name=named) if whole else None
    if state is None:
        return None
    names = (" ".join(owner[first:]) for first in range(len(owner)))
    body = next((found for name in names if not is_proper(name.split()[0]) and (found := find_body(name, state))), None)
    return Referent(name=body) if body else None


def _named(words: str, span: Span, context: Context, home: str | None) -> Referent:
    """A name: a short one under its full form, a full one with what the article says of it elsewhere."""
    cast = context.cast
    name = _the_outlet(words, context) or name_actor(words, home=home or cast.home)
    if name.kind == "organisation" and name.name in cast.spelt:
        return Referent(name=replace(cast.spelt[name.name].name, role=name.role), evidence=cast.spelt[name.name].span)
    local = local_body(words, name, context)
    if local is not None:
        return local
    if is_state_outlet(name.name) and (owned := _owner_told_of(span, context)) and name_actor(words).principal is None:
        name = name_actor(words, home=owned)
    elif name.principal in {None, name.name} and is_state_outlet(name.name):
        name = name_actor(words, home=_told_of(span, context))
    if name.kind == "body" and name.principal is None and (told := _told_of(span, context, near_by=False)):
        name = name_actor(words, home=told)
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
        return with_owner(name, words, span, context)
    best = described.name
    if name.kind == "person" and principal_of(name):
        best = ActorName(name=actor, kind="person", principal=name.principal, role=name.role)
    return Referent(name=best, evidence=described.span)


def _the_outlet(words: str, context: Context) -> ActorName | None:
    """The outlet by the first letters of its name, as institutes sign their reports: "ISW assesses that ..."."""
    outlet = context.parsed.article.outlet or ""
    letters = "".join(word[0] for word in outlet.split() if is_proper(word))
    called = bare(words)
    return ActorName(name=outlet, kind="outlet", principal=outlet) if len(letters) >= _INITIALS and called == letters else None


def _owner_told_of(span: Span, context: Context) -> str | None:
    """The state whose body opens the source's sentence by a pronoun: "Its navy fired, state media reported"."""
    passage = context.parsed.passages[context.passage]
    tokens = passage.tokens(span)
    opening = tokens.sent if tokens is not None and len(tokens) else None
    if opening is None or opening[0].lower_ != "its":
        return None
    begin = passage.span(opening)
    return next((state for r in refer_pronoun("its", begin, context) if is_state(state := principal_of(r.name) or "")), None)


def _told_of(span: Span, context: Context, *, near_by: bool = True) -> str | None:
    """The state whose doings the source's sentence tells of: bare "state media" are its own, where the article is about several.

    With `near_by` else the state that was named last.
    """
    tokens = context.parsed.passages[context.passage].tokens(span)
    if tokens is None or not len(tokens):
        return None
    start = context.parsed.passages[context.passage].start
    sentence = Span(start=start + tokens.sent.start_char, end=start + tokens.sent.end_char, text=tokens.sent.text)
    told = [p for m in context.cast.inside(sentence) if not m.span.overlaps(span) and is_state(p := principal_of(m.name) or "")]
    before = (p for m in near(span, context) if near_by and is_state(p := principal_of(m.name) or ""))
    return told[0] if told else next(before, None)
