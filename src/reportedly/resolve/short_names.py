"""Short names: what a bare common name ("the police", "the government") means in its story, where only one actor can be meant."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportedly.language.names import state_of
from reportedly.model import ArticleKey, Story
from reportedly.resolve.employers import named
from reportedly.resolve.mentions import Mention

_STATE = re.compile(r" \([^()]+\)$")  # "(Norway)" behind a body's name


def expand_short_names(mentions: Sequence[Mention], stories: Sequence[Story]) -> tuple[Mention, ...]:
    """The mentions, bare names standing for the one actor of their article, else of their story, whose longer name ends in them.

    "The coast guard" is the Norwegian coast guard where no other coast guard speaks. A person of whom one article says only "police
    chief" speaks for the body that the others of its story name. A body without a state that no longer name explains ("the
    government") is that of the only state whose actors speak in its article, else in its story.

    Args:
        mentions: every actor of every article.
        stories: the stories.

    Returns:
        The mentions in their order.
    """
    speaking: dict[ArticleKey, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.claims:
            speaking[mention.where].append(mention)
    story_of = {key: story.articles for story in stories for key in story.articles}
    meant = dict(_longer(speaking, story_of))
    full = [meant.get((mention.where, mention.name), mention) for mention in mentions]
    states: dict[ArticleKey, set[str]] = defaultdict(set)
    for mention in full:
        if mention.claims and mention.principal and state_of(mention.principal) == mention.principal:
            states[mention.where].add(mention.principal)
    return tuple(_of_state(mention, states, story_of.get(mention.where, ())) for mention in full)


def _longer(
    speaking: Mapping[ArticleKey, Sequence[Mention]], story_of: Mapping[ArticleKey, Sequence[ArticleKey]]
) -> Iterator[tuple[tuple[ArticleKey, str], Mention]]:
    for where, mentions in speaking.items():
        around = [other for key in story_of.get(where, ()) if key != where for other in speaking.get(key, ())]
        for mention in mentions:
            short = _bare_form(mention)
            found = (_one(short, mention.name, mentions) or _one(short, mention.name, around)) if short else None
            if found:
                yield (where, mention.name), replace(mention, kind=found.kind, principal=found.principal, means=found.name)
            elif mention.kind == "person" and mention.inferred and (principal := _printed(mention.name, [*mentions, *around])):
                yield (where, mention.name), replace(mention, principal=principal, inferred=False)


def _bare_form(mention: Mention) -> str | None:
    """The name that says what sort of body speaks and not which, as the article's own words have it; None where they say which."""
    printed = {named(words).name for words in mention.words}
    if mention.kind == "body" and len(printed) == 1 and mention.name not in printed and (form := next(iter(printed)))[:1].islower():
        return form
    itself = mention.principal in (None, mention.name)
    return mention.name if itself and (mention.name[:1].islower() or mention.kind in ("body", "organisation")) else None


def _printed(name: str, others: Sequence[Mention]) -> str | None:
    """The only principal that words of the story's articles name for a person, or None."""
    found = {other.principal for other in others if other.name == name and not other.inferred and other.principal}
    return next(iter(found)) if len(found) == 1 else None


def _one(short: str, name: str, others: Sequence[Mention]) -> Mention | None:
    """The only actor whose longer name a bare one stands for, or None."""
    found = {other.name: other for other in others if other.name != name and _stands_for(short, other.name)}
    return found[min(found)] if len(found) == 1 else None


def _stands_for(short: str, full: str) -> bool:
    """Whether a longer name is a proper one before a bare one; of a name that is capitalised the state behind it alone may be left out."""
    before = full[: -len(short)].split() if short[:1].islower() and full.casefold().endswith(f" {short.casefold()}") else []
    proper = bool(before) and all(word[:1].isupper() for word in before)
    return full != short and (proper or _STATE.sub("", full) == short)


def _of_state(mention: Mention, states: Mapping[ArticleKey, set[str]], story: Sequence[ArticleKey]) -> Mention:
    if mention.means or mention.kind != "body" or mention.principal not in (None, mention.name):
        return mention
    here = states.get(mention.where) or set()
    around: set[str] = set().union(*(states.get(key, set()) for key in story))
    known = here if len(here) == 1 else around
    if len(known) != 1:
        return mention
    state = next(iter(known))
    return replace(mention, principal=state, means=f"{mention.name} ({state})")
