"""Puts the claims of an article together from what the parts of this room find in it."""

import bisect
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reportedly.extract.acts.acts import find_about, find_acts, find_names
from reportedly.extract.acts.figure_places import with_places
from reportedly.extract.acts.locating import Place, locate_claims
from reportedly.extract.acts.stance import find_knowledge, find_stance
from reportedly.extract.attribution.attribution import SpanTagger, find_attributions
from reportedly.extract.figures.crowding import crowded_passages
from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.speakers.speakers import Speaking, resolve_speakers
from reportedly.extract.times.dating import date_claims, find_article_times, published_bound
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Act, Claim, Figure, Interval, Problem, Span, claim_id

T = TypeVar("T")

_NEAR = 64  # contents that begin before a figure and may hold it; a paragraph has far fewer

# What a rule may raise on a sentence nobody thought of. Anything else (no memory, no model) is no matter of one sentence.
_FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(slots=True, kw_only=True)
class Failures:
    """Takes what fails on some words, so that the rest of the article goes on.

    Attributes:
        document: the document's name.
        problems: one a failure.
    """

    document: str
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, stage: str, work: Callable[[], T], otherwise: T, place: tuple[int, int]) -> T:
        """The result of `work`, or `otherwise` with a problem at `place` where it fails."""
        try:
            return work()
        except _FAILURES as error:
            message = f"{stage} failed on this passage ({type(error).__name__}: {error}); the rest of the article was read"
            self.problems.append(Problem(code="extraction-failed", message=message, document=self.document, start=place[0], end=place[1]))
            return otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was found in an article before its claims are put together.

    Attributes:
        parsed: the article.
        attributions: who is said to have said what.
        speakings: who speaks in each attribution.
        figures: for each attribution, its figures.
        dates: for each attribution, when it was said and when it happened.
        places: for each attribution, where what it tells of took place, and in which state.
        about: for each attribution, which other one its content takes up.
    """

    parsed: ParsedArticle
    attributions: Sequence[Attribution]
    speakings: Sequence[Speaking]
    figures: Sequence[tuple[Figure, ...]]
    dates: Sequence[tuple[Interval | None, Interval | None]]
    places: Sequence[Place]
    about: Sequence[int | None]


def assemble(parsed: ParsedArticle, of_text: str, tagger: SpanTagger | None = None) -> tuple[list[Claim], list[Problem]]:
    """The claims of a parsed article.

    Args:
        parsed: the article.
        of_text: digest of the document's text.
        tagger: marks the parts of attributions; None leaves all to the rules.

    Returns:
        The claims in the order of their contents, no two with the same spans, and what failed or was left out.
    """
    failures = Failures(document=parsed.article.document)
    material = _gather(parsed, failures, tagger)
    ids = [claim_id(of_text, a.content, a.cue, a.source) for a in material.attributions]
    claims: dict[str, Claim] = {}
    for place, attribution in enumerate(material.attributions):
        extent = (attribution.content[0].start, attribution.content[-1].end)
        work = functools.partial(_claim, material, place, ids)
        claim = failures.attempt("putting a claim together", work, None, extent) if ids[place] not in claims else None
        if claim is not None:
            claims[claim.id] = claim
    return sorted(claims.values(), key=lambda claim: (claim.start, claim.end, claim.id)), [*failures.problems, *crowded_passages(parsed)]


def _claim(material: Material, place: int, ids: Sequence[str]) -> Claim:
    parsed, attribution, speaking = material.parsed, material.attributions[place], material.speakings[place]
    figures, about = material.figures[place], material.about[place]
    said, happened = material.dates[place]
    where, country = material.places[place]
    figures = with_places(parsed, attribution, [_undated(figure, said) for figure in figures], where)
    acts = find_acts(parsed, attribution, speaking.speakers)
    return Claim(
        document=parsed.article.document,
        article=parsed.article.number,
        id=ids[place],
        content=attribution.content,
        cue=attribution.cue,
        source=attribution.source,
        speakers=speaking.speakers,
        via=speaking.via,
        form=attribution.form,
        stance=find_stance(parsed, attribution, has_figure=bool(figures), of_others=_of_others(speaking, acts, figures)),
        knowledge=find_knowledge(parsed, attribution),
        relays=speaking.relays,
        said=bounded(said, parsed.article.published),
        happened=happened,
        place=where,
        country=country,
        figures=figures,
        acts=acts,
        part=parsed.passages[attribution.passage].role,
        about=None if about is None or ids[about] == ids[place] else ids[about],
        names=find_names(parsed, attribution),
        evidence=speaking.evidence,
        principals=speaking.principals,
    )


def _undated(figure: Figure, said: Interval | None) -> Figure:
    """A figure without a window whose words tell when it was spoken of: "said on Tuesday 40 ships were held"."""
    window = figure.window
    if said is None or said.words is None or window is None or window.words is None or figure.share == "period":
        return figure
    spoken = said.words.start <= window.words.start and window.words.end <= said.words.end
    return replace(figure, window=None, basis=None) if spoken else figure


def _of_others(speaking: Speaking, acts: Sequence[Act], figures: Sequence[Figure]) -> bool:
    """Whether a speaker tells of somebody else's doings or people, and not of its own side's."""
    own = {*speaking.speakers, *(principal for principal in speaking.principals if principal)}
    told = {name for name in (*(act.agent for act in acts), *(figure.population for figure in figures)) if name}
    return bool(told) and not told & own


def bounded(said: Interval | None, published: Interval | None) -> Interval | None:
    """When something was said, by the rule that nothing is said after it was published.

    Args:
        said: what the words say; None where they say nothing.
        published: when the article was published; None where unknown.

    Returns:
        `said`, its end drawn back to the publication where it lies later; without words, any time up to the publication;
        None where nothing bounds it.
    """
    limit = published.last if published is not None else None
    latest = Interval(first=None, last=limit, basis="published") if limit is not None else None
    if said is None or (said.first is None and said.last is None):
        return latest
    if published is None or latest is None or published.last_day is None:
        return said
    if said.first_day is not None and said.first_day > published.last_day:
        return latest
    if said.last_day is None or said.last_day > published.last_day:
        return replace(said, last=limit)
    return said


def _gather(parsed: ParsedArticle, failures: Failures, tagger: SpanTagger | None) -> Material:
    """What the parts of the room find; where one fails on the whole article it is asked again paragraph by paragraph."""
    whole = _extent(parsed)
    timeless: list[TimeExpression] = []
    times = failures.attempt("reading dates", lambda: find_article_times(parsed), timeless, whole)
    figures = _read_figures(parsed, failures, times)
    attributions = _read_attributions(parsed, failures, functools.partial(find_attributions, times=times, tagger=tagger), figures)
    silent = [Speaking() for _ in attributions]
    speakings = failures.attempt("naming speakers", lambda: resolve_speakers(parsed, attributions), silent, whole)
    voices = [speaking.speakers for speaking in speakings]
    undated = [(published_bound(parsed), None) for _ in attributions]
    nowhere: list[Place] = [(None, None) for _ in attributions]
    return Material(
        parsed=parsed,
        attributions=attributions,
        speakings=speakings,
        figures=share_out(attributions, figures),
        dates=failures.attempt("dating claims", lambda: date_claims(parsed, attributions, times, voices), undated, whole),
        places=failures.attempt("finding places", lambda: locate_claims(parsed, attributions, times), nowhere, whole),
        about=failures.attempt("linking claims", lambda: find_about(parsed, attributions), [None] * len(attributions), whole),
    )


def _read_figures(parsed: ParsedArticle, failures: Failures, times: Sequence[TimeExpression]) -> list[list[Figure]]:
    found = Failures(document=failures.document).attempt("reading figures", lambda: find_figures(parsed, times), None, (0, 0))
    if found is not None:
        return found
    figures: list[list[Figure]] = []
    for one in _paragraphs(parsed):
        none: list[list[Figure]] = [[]]
        figures += failures.attempt("reading figures", functools.partial(find_figures, one, times), none, _extent(one))
    return figures


def _read_attributions(
    parsed: ParsedArticle, failures: Failures, find: Callable[..., list[Attribution]], figures: Sequence[Sequence[Figure]]
) -> list[Attribution]:
    work = functools.partial(find, parsed, figures)
    found = Failures(document=failures.document).attempt("finding attributions", work, None, (0, 0))
    if found is not None:
        return found
    attributions: list[Attribution] = []
    for place, one in enumerate(_paragraphs(parsed)):
        none: list[Attribution] = []
        work = functools.partial(find, one, [figures[place]])
        attributions += [replace(a, passage=place) for a in failures.attempt("finding attributions", work, none, _extent(one))]
    return attributions


def _extent(parsed: ParsedArticle) -> tuple[int, int]:
    return parsed.passages[0].start, parsed.passages[-1].end


def _paragraphs(parsed: ParsedArticle) -> Iterator[ParsedArticle]:
    for passage in parsed.passages:
        yield replace(parsed, passages=(passage,))


def share_out(attributions: Sequence[Attribution], figures: Sequence[Sequence[Figure]]) -> list[tuple[Figure, ...]]:
    """Give each figure to the innermost attribution whose content holds it.

    Args:
        attributions: the article's attributions.
        figures: the figures of each paragraph, whose `of` counts within the paragraph.

    Returns:
        For each attribution its figures in text order, `of` counting within them.
    """
    held: list[list[tuple[int, int, Figure]]] = [[] for _ in attributions]
    pieces = sorted((piece.start, piece.end, place) for place, a in enumerate(attributions) for piece in a.content)
    sizes = [sum(piece.end - piece.start for piece in a.content) for a in attributions]
    for paragraph, here in enumerate(figures):
        for place, figure in enumerate(here):
            owner = _innermost(pieces, sizes, figure.span)
            if owner is not None:
                held[owner].append((paragraph, place, figure))
    return [tuple(_renumbered(one)) for one in held]


def _innermost(pieces: Sequence[tuple[int, int, int]], sizes: Sequence[int], words: Span) -> int | None:
    """The shortest content that holds all of a figure's words, else the shortest that holds some."""
    last = bisect.bisect_left(pieces, (words.end, 0, 0))
    near = [(start, end, place) for start, end, place in pieces[max(0, last - _NEAR) : last] if words.start < end]
    whole = [place for start, end, place in near if start <= words.start and words.end <= end]
    return min(whole or [place for _, _, place in near], key=lambda place: (sizes[place], place), default=None)


def _renumbered(held: Sequence[tuple[int, int, Figure]]) -> Iterator[Figure]:
    places = {(paragraph, place): number for number, (paragraph, place, _) in enumerate(held)}
    for paragraph, _, figure in held:
        yield figure if figure.of is None else replace(figure, of=places.get((paragraph, figure.of)))
