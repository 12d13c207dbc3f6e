"""Who speaks in a turn of a transcript, by its label."""

from reportedly.extract.parse.turns import Turn
from reportedly.extract.speakers.reference import Context, Referent
from reportedly.language.naming.names import name_actor
from reportedly.model import ActorName, Span


def turn_speaker(source: Span, context: Context) -> Referent | None:
    """Whom the label of a turn names.

    Args:
        source: the source of an attribution or of one of its outer levels.
        context: where it stands.

    Returns:
        The speaker as the rest of the article names him; those who make the programme speak for the outlet. None where the source is
        no label.
    """
    turn = context.parsed.passages[context.passage].turn
    if turn is None or source != turn.label:
        return None
    found = _interviewed(context) if turn.name == "interviewee" else _described(turn, context)
    return found or Referent(name=_by_label(turn, context))


def _described(turn: Turn, context: Context) -> Referent | None:
    """The speaker by a mention in the article, where one has the same name."""
    called = context.cast.people.called(turn.name)
    names = [name for name in called if name.casefold() == turn.name.casefold()] or (called if " " not in turn.name else [])
    mention = context.cast.best.get(names[0]) if len(names) == 1 else None
    return Referent(name=mention.name, evidence=mention.span) if mention is not None else None


def _interviewed(context: Context) -> Referent | None:
    """Whom an interview is with, where its answers bear a letter: the person whom the words before the first question name most often."""
    first = next(n for n, passage in enumerate(context.parsed.passages) if passage.turn is not None)
    cast = context.cast
    told = [m.actor for m in cast.mentions if m.passage < first and m.actor in cast.best and cast.best[m.actor].name.kind == "person"]
    told = [actor for actor in told if " " in actor and actor != context.parsed.article.byline]
    actor = max(dict.fromkeys(told), key=told.count, default=None)
    return Referent(name=cast.best[actor].name, evidence=cast.best[actor].span) if actor is not None else None


def _by_label(turn: Turn, context: Context) -> ActorName:
    """The speaker by the label alone."""
    outlet = context.parsed.article.outlet
    if turn.name.islower():
        return ActorName(name=turn.name, kind="group", principal=None)
    office = name_actor(turn.name.lower(), home=context.cast.home) if turn.name.startswith("The ") else None
    if office is not None and office.kind == "person":
        return office
    named = name_actor(f"{turn.name}, {turn.role}") if turn.role and not turn.crew else None
    if named is not None and named.kind == "person" and named.name == turn.name:
        return named
    return ActorName(name=turn.name, kind="person", principal=outlet if turn.crew else None, role=turn.role.lower() or None)
