"""Finds what a content takes up that says nothing of its own: "denied the claim", "rejected it"."""

from collections.abc import Sequence

from reportedly.extract.acts.contents import tokens_of
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.language.tables import load_table

_MOST_WORDS = 6  # an anaphoric content is short: "the claim", "reports of his death"
_REACH = 3  # paragraphs back to what an anaphoric content takes up


def find_about(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution, which other one its content takes up ("denied the claim", "rejected the accusation").

    Args:
        parsed: the article.
        attributions: its attributions in text order.

    Returns:
        For each the place of the nearest earlier attribution with another source, or of the one whose clause it belongs to
        ("confirmed it on Monday, after denying it"); None where the content speaks for itself.
    """
    anaphors = [_is_anaphor(parsed, one) for one in attributions]
    return [_about(attributions, anaphors, number) for number in range(len(attributions))]


def _about(attributions: Sequence[Attribution], anaphors: Sequence[bool], number: int) -> int | None:
    one = attributions[number]
    if one.form == "narration" or not anaphors[number]:
        return None
    for other in range(number - 1, -1, -1):
        earlier = attributions[other]
        if one.passage - earlier.passage > _REACH:
            break
        if anaphors[other] or not earlier.cue or (_same_source(one, earlier) and not _holds(earlier, one)):
            continue
        return other
    return None


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether one content holds the other's cue: the clause that takes it up hangs on it."""
    return any(piece.overlaps(cue) for piece in outer.content for cue in inner.cue)


def _same_source(one: Attribution, other: Attribution) -> bool:
    return bool(one.source) and bool(other.source) and one.source[0].text.casefold() == other.source[0].text.casefold()


def _is_anaphor(parsed: ParsedArticle, attribution: Attribution) -> bool:
    if sum(len(piece.text.split()) for piece in attribution.content) > _MOST_WORDS:
        return False
    tokens = [t for _, piece in tokens_of(parsed, attribution.content) for t in piece if not t.is_punct]
    if not tokens or len(tokens) > _MOST_WORDS:
        return False
    table = load_table("anaphors")["contents"]
    words = [t.lower_ for t in tokens]
    if words == [words[0]] and words[0] in table["pronouns"]:
        return True
    head = next((t for t in tokens if t.lemma_.casefold() in table["nouns"]), None)
    return head is not None and words[0] in table["determiners"] and not any(t.dep_ in {"acl", "relcl", "ccomp"} for t in tokens)
