"""What words of a source may refer to: the records that resolving a source hands round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.parse.parsed import ParsedArticle
from reportedly.extract.speakers.cast import Cast
from reportedly.extract.speakers.mentions import Mention
from reportedly.model import ActorName, Span

REACH = 4  # paragraphs that a pronoun is looked back for
FAR = 60  # paragraphs that "the agency" and "the secretary" are looked back for


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
        replying: whether the cue answers who spoke last ("shouted back"), so that a pronoun is somebody else.
        showing: whether the cue lets see something ("it shows"), so that a pronoun is a picture named before.
    """

    parsed: ParsedArticle
    cast: Cast
    passage: int
    earlier: Sequence[Spoken]
    replying: bool = False
    showing: bool = False


def near(span: Span, context: Context, reach: int = REACH) -> Iterator[Mention]:
    """The mentions before a source, the nearest first, so many paragraphs back."""
    return context.cast.before(span.start, context.passage, reach)
