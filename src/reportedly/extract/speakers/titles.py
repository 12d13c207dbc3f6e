"""Who is meant by an office: "the secretary", a bare spokesman, "police chief Hansen"."""

from dataclasses import replace

from reportedly.extract.speakers.mentions import Mention
from reportedly.extract.speakers.reference import FAR, Context, Referent, near
from reportedly.language.naming.names import principal_of
from reportedly.language.naming.offices import find_office, office_words, plain_office_words
from reportedly.language.naming.phrases import bare, is_proper, plain, unpossessed
from reportedly.language.naming.states import leading_state
from reportedly.model import ActorName, Span

_INDEFINITE = ("a ", "an ", "one ", "another ", "some ")


def take_up_title(words: str, span: Span, context: Context) -> Referent | None:
    """Who was introduced with an office: "the secretary", "the defense minister"."""
    text = plain(words)
    office = find_office(bare(text))
    if office is None or office.holder or text.casefold().startswith(_INDEFINITE):
        return None
    state = leading_state(bare(text).split())
    wanted = {unpossessed(w).casefold() for w in bare(text).split()[state.size if state else 0 :]}
    mentions = [*near(span, context, reach=FAR), *context.cast.after(span.end, context.passage)]
    for words_of in (plain_office_words, office_words):  # the very word before one that stands for it
        for mention in mentions:
            found = _introduced(mention, context)
            if found is None or (state and principal_of(found.name) != state.state):
                continue
            role = plain_office_words(found.name.role or found.name.name)
            if wanted and all(words_of(w) & role for w in wanted):
                return found
    return None


def with_owner(name: ActorName, words: str, span: Span, context: Context) -> Referent:
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
    owners = (m for m in near(span, context) if m.name.kind in {"body", "organisation"} and m.subject)
    owner = next(owners, None) if office.kind == "owner" else None
    if owner is None:
        return Referent(name=name)
    principal = principal_of(owner.name)
    return Referent(name=ActorName(name=name.name, kind="person", principal=principal, role=name.role), evidence=owner.span)


def local_body(words: str, name: ActorName, context: Context) -> Referent | None:
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


def _introduced(mention: Mention, context: Context) -> Referent | None:
    """The holder of an office, or the unnamed official, that a mention introduces."""
    if mention.name.kind == "group":
        return None if mention.plural else Referent(name=mention.name, evidence=mention.span)
    described = context.cast.best.get(mention.actor)
    return Referent(name=described.name, evidence=described.span) if described and described.name.role else None


def _owned(before: str) -> bool:
    return bool(before) and any(is_proper(w) for w in before.split())
