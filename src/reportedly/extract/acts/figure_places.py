"""Says where what a figure counts is, where a claim of several figures names several places.

"4.3 million in Norland and 2.1 million in Sudland": a claim has one place, so the second figure keeps its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.acts.content_names import place_in_article
from reportedly.extract.acts.contents import content_of
from reportedly.extract.acts.participants import places_at
from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Doc, Token
from reportedly.extract.times.attachment import governor, head_of, is_verb
from reportedly.language.places import is_place_preposition
from reportedly.model import Figure

_CLOSE = 2
"""Tokens between a number's words and the place that they name."""

_MOST = 40
"""A content of more places or figures than this is a list, and no report of where things happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A place in a content.

    Attributes:
        place: its canonical name.
        first: the preposition that it stands behind.
        last: its last token.
        verb: the verb that it hangs from; None in a fragment.
    """

    place: str
    first: Token
    last: Token
    verb: Token | None


def with_places(parsed: ParsedArticle, attribution: Attribution, figures: Sequence[Figure], place: str | None) -> tuple[Figure, ...]:
    """A claim's figures, each with the place that its own words name, where that is another than the claim's.

    Right behind the number, right before it, in the clause of its own verb: the first of these that names a place.

    Args:
        parsed: the parsed article.
        attribution: the claim.
        figures: its figures in text order.
        place: where the claim is; a figure there keeps no place of its own.

    Returns:
        The figures in the same order.
    """
    if place is None or len(figures) < 2 or len(figures) > _MOST:  # noqa: PLR2004 - a single figure is where its claim is
        return tuple(figures)
    named = list(_named(parsed, attribution))
    if len({one.place for one in named}) < 2 or len(named) > _MOST:  # noqa: PLR2004 - of one place nothing is to be told apart
        return tuple(figures)
    passage = parsed.passages[attribution.passage]
    found: list[Figure] = []
    for number, figure in enumerate(figures):
        after = figures[number + 1].span.start if number + 1 < len(figures) else None
        own = _place_of(passage, figure, named, after) if figure.measure != "other" else None
        found.append(replace(figure, place=own) if own is not None and own != place else figure)
    return tuple(found)


def _named(parsed: ParsedArticle, attribution: Attribution) -> Iterator[_Named]:
    for _, tokens in content_of(parsed, attribution):
        for token in tokens:
            if token.dep_ not in {"prep", "prt", "conj"} or not is_place_preposition(token.lower_):
                continue
            name = next((known for name in places_at(token) if (known := place_in_article(parsed, name))), None)
            if name is not None:
                yield _Named(place=name, first=token, last=max(token.subtree, key=lambda t: t.i), verb=governor(token))


def _place_of(passage: ParsedPassage, figure: Figure, named: Sequence[_Named], after: int | None) -> str | None:
    tokens = passage.tokens(figure.span)
    head = head_of(passage, figure.span)
    if tokens is None or not len(tokens) or head is None:
        return None
    limit = (
        len(tokens[0].doc) if after is None else next((t.i for t in tokens[0].doc if passage.start + t.idx >= after), len(tokens[0].doc))
    )
    last = tokens[len(tokens) - 1].i
    behind = [
        one for one in named if last < one.first.i <= min(last + 1 + _CLOSE, limit) and not _parted(tokens[0].doc[last + 1 : one.first.i])
    ]
    if behind:
        return behind[0].place
    told = _verb_behind(tokens[0].doc, last)
    own = [one for one in named if told is not None and one.verb is not None and one.verb.i == told.i and told.i < one.first.i < limit]
    if own and told is not None and not any(t.dep_ == "cc" or t.is_punct for t in tokens[0].doc[told.i + 1 : own[0].first.i]):
        return own[0].place
    before = [one for one in named if one.first.i < tokens[0].i <= one.last.i + 1]  # the parse may hang the number on the place
    if before:
        return before[-1].place
    verb = head if is_verb(head) else governor(head)
    inside = [one for one in named if verb is not None and one.verb is not None and one.verb.i == verb.i and one.first.i < limit]
    return min(inside, key=lambda one: abs(one.first.i - head.i)).place if inside else None


def _verb_behind(doc: Doc, last: int) -> Token | None:
    """The verb of a clause whose subject a number is, wherever the parse hangs the number: "and 30 were hurt in Norport"."""
    following = doc[last + 1] if last + 1 < len(doc) else None
    if following is None or following.tag_ not in {"VBD", "VBZ", "VBP", "MD"}:
        return None
    return following.head if following.dep_ in {"aux", "auxpass"} else following


def _parted(words: Iterable[Token]) -> bool:
    """Whether punctuation or a verb stands among the words between a number and a place."""
    return any(token.is_punct or token.pos_ in {"VERB", "AUX"} for token in words)
