"""Who is meant by a mere description that the article ties to somebody elsewhere: "the source", "Owner admits fault" in a headline."""

import re

from reportedly.extract.speakers.reference import FAR, REACH, Context, Referent, near
from reportedly.language.naming.names import name_actor
from reportedly.language.naming.offices import find_office
from reportedly.language.naming.phrases import bare, is_proper, plain
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Span

_CALLED = re.compile(
    r",? (?:who (?:identified|introduced) (?:himself|herself)(?: only)? as|who gave (?:his|her) name(?: only)? as|identified(?: only)? as"
    r"|who gave only (?:his|her) first name,|who goes by(?: the name(?: of)?)?) (?:the )?(?P<name>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3})"
)
_BESIDE = re.compile(r",? (?:the )?(?P<name>[A-Z][\w&.'-]+(?: [A-Z][\w&.'-]+){0,3}),(?= )")
_BODIES = frozenset({"body", "organisation"})
_SPOKEN = 60  # utterances that are looked back at
_DESCRIBED = frozenset({"organisation", "body", "person", "other"})


def take_up_unnamed(words: str, span: Span, context: Context) -> Referent | None:
    """The unnamed person whom "the source" or "the resident" takes up, by the words that brought him in.

    Args:
        words: the source.
        span: where it stands.
        context: its article.

    Returns:
        The last one described with the same noun and by more than it ("a source in the harbour office"); None where nobody is.
    """
    determiner, _, noun = plain(words).casefold().partition(" ")
    if determiner not in {"the", "this", "that"} or noun not in load_table("anaphors")["unnamed"]["nouns"]:
        return None
    for mention in near(span, context, reach=FAR):
        if mention.name.kind != "group" or mention.plural:
            continue
        described = bare(mention.span.text)
        if noun not in described.casefold().split() or mention.name.name.casefold() == noun:
            continue
        name = mention.name
        if ", " in name.name:  # the parse joined him to what he tells of: "the port operator, a source in the harbour office"
            name = name_actor(described[described.casefold().rindex(noun) :], home=context.cast.home)
        return Referent(name=name, evidence=mention.span)
    return None


def introduced_as(words: str, span: Span, context: Context) -> Referent | None:
    """Whom a bare noun names that the article sets beside a name: "Owner admits fault" where the text has "Fjord Lines, the owner".

    Args:
        words: the source: a noun with the article, or without one in a headline.
        span: where it stands.
        context: its article.

    Returns:
        Who is described so: for a headline the first of the article, else the last before; None where nobody is.
    """
    noun = bare(words).casefold()
    headline = context.parsed.passages[context.passage].role == "headline"
    definite = plain(words).casefold().startswith("the ")
    known = name_actor(words).kind != "other" or find_office(noun) is not None or noun in _sorts()
    if not noun.isalpha() or not (headline or definite) or known:
        return None
    mentions = context.cast.after(span.end, context.passage) if headline else near(span, context, reach=FAR)
    beside = re.compile(
        rf"(?i:, (?:the|its|their) (?:[\w-]+ ){{0,2}}{noun})(?=,|$| (?:of|in|at|for|that|which)\b)|^(?i:(?:the )?{noun})(?= [A-Z])"
    )
    for mention in mentions:
        name = mention.name
        named = name.kind in _DESCRIBED and is_proper(name.name) and ":" not in name.name and noun not in name.name.casefold().split()
        if named and mention.full and beside.search(plain(mention.span.text)):
            return Referent(name=mention.name, evidence=mention.span)
    return None


def spoke_before(words: str, context: Context) -> Referent | None:
    """The body or organisation that spoke last, which words for any body take up: "the entity", "the body".

    Args:
        words: the source.
        context: its article, with who spoke before.

    Returns:
        It, where it spoke at most some paragraphs back; None for other words.
    """
    determiner, _, noun = plain(words).casefold().partition(" ")
    if determiner != "the" or noun not in load_table("anaphors")["bodies"]["nouns"]:
        return None
    lately = (s for s in reversed(context.earlier[-_SPOKEN:]) if context.passage - s.passage <= REACH)
    return next((r for s in lately for r in s.referents if r.name.kind in _BODIES), None)


def beside(words: str, span: Span, context: Context) -> Referent | None:
    """Who is named between commas right behind a description that is the source: "the state nuclear agency | , Nordatom, said".

    Args:
        words: the source.
        span: where it stands.
        context: its article.

    Returns:
        Who is named; None where the source names somebody by itself, or the words behind it are no single name.
    """
    text = plain(words)
    passage = context.parsed.passages[context.passage]
    called = _CALLED.match(passage.doc.text, span.end - passage.start)
    match = called or _BESIDE.match(passage.doc.text, span.end - passage.start)
    if match is None or (called is None and (is_proper(bare(text).split()[-1]) or name_actor(text).kind not in {"other", "organisation"})):
        return None
    named = ActorName(name=match["name"], kind="person", principal=None) if called else _named_as(match["name"], text)
    evidence = passage.cut(passage.start + match.start("name"), passage.start + match.end("name"))
    return Referent(name=named, evidence=evidence) if named is not None else None


def _named_as(name: str, description: str) -> ActorName | None:
    """Who a name beside a description is; None for a state, a body or a group, which are no apposition as a rule."""
    described = name_actor(f"{name}, {description}")
    named = described if described.kind in {"organisation", "person"} else name_actor(name)
    return None if named.kind in {"state", "group", "body"} or " and " in description else named


def _sorts() -> frozenset[str]:
    """Nouns that name a sort of body, which are taken up as such."""
    return frozenset(load_table("bodies")["anaphors"]["rows"])
