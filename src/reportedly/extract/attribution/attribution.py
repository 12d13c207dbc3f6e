"""Finds attributions - source, cue, content - by a tagger with what only rules see, or by rules over parse and quotation marks alone."""

import bisect
from collections.abc import Iterator, Sequence
from typing import Protocol

from reportedly.extract.attribution.according import according, quoted_by
from reportedly.extract.attribution.attitudes import attitudes, phrases
from reportedly.extract.attribution.background import without_background
from reportedly.extract.attribution.continuation import carry_on, join_paragraphs
from reportedly.extract.attribution.contrasts import contrasts_apart
from reportedly.extract.attribution.coordination import part_statements
from reportedly.extract.attribution.cue_verbs import cue_verbs
from reportedly.extract.attribution.cues import CueTable, load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, lay_out
from reportedly.extract.attribution.mending import mend, with_whole_figures
from reportedly.extract.attribution.narration import find_narration, unheld_figures
from reportedly.extract.attribution.nesting import nest
from reportedly.extract.attribution.nominal import appeals, label, nouns, suffix
from reportedly.extract.attribution.pictures import pictures
from reportedly.extract.attribution.quotations import find_quotations
from reportedly.extract.attribution.silences import silences
from reportedly.extract.attribution.tagged import join_rules, read_tagged
from reportedly.extract.attribution.turns import in_turn
from reportedly.extract.attribution.unnamed import impersonal, passive
from reportedly.extract.attribution.unspoken import provisions_apart, spoken
from reportedly.extract.parse.parsed import Attribution, Level, ParsedArticle, ParsedPassage
from reportedly.extract.speakers.cited_sources import with_cited
from reportedly.extract.tagging.tagger import Marks
from reportedly.extract.times.dating import find_article_times
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Figure, Form, Span, span_of

# In order of precedence: a word that one of them takes as a cue is no cue of a later one.
_RULES = (label, suffix, according, passive, impersonal, attitudes, nouns, appeals, phrases, quoted_by, silences, cue_verbs, pictures)


READINGS = 16  # drawn of each paragraph; 12 cost relation 0.2 to 0.4, 40 are no better


class SpanTagger(Protocol):
    """Marks sources, cues and contents."""

    def draw(self, paragraphs: Sequence[str], count: int) -> Sequence[Marks]:
        """What it makes of each of an article's paragraphs, `count` readings drawn beside the best one."""
        ...


def find_attributions(
    parsed: ParsedArticle,
    figures: Sequence[Sequence[Figure]] | None = None,
    times: Sequence[TimeExpression] | None = None,
    *,
    tagger: SpanTagger | None = None,
) -> list[Attribution]:
    """The attributions of an article and, for what stands in none, its own narration.

    Args:
        parsed: the parsed article.
        figures: the figures of each paragraph, so that none is left without a claim; None lets numerals stand for them.
        times: the article's expressions of time in text order; None has them read here.
        tagger: marks the parts of attributions; None leaves all to the rules.

    Returns:
        The attributions in the order of their contents in the text.
    """
    quotations = find_quotations(parsed.passages)
    table = load_cues()
    layouts = [lay_out(passage, quotations[place]) for place, passage in enumerate(parsed.passages)]
    marked = tagger.draw([layout.text for layout in layouts], READINGS) if tagger is not None else [None] * len(layouts)
    dated = _dates(parsed, find_article_times(parsed) if times is None else times)
    findings = [_paragraph(layout, of_one, table, dated[place]) for place, (layout, of_one) in enumerate(zip(layouts, marked, strict=True))]
    findings = [in_turn(*place) for place in zip(layouts, parsed.passages, findings, strict=True)]
    joined = join_paragraphs(layouts, findings, table)
    stated = (
        joined
        if figures is None
        else [_statements(layouts[n], here, figures[n], parsed.passages[n].start) for n, here in enumerate(joined)]
    )
    found = [_attribution(parsed, layouts, place, finding) for place, here in enumerate(stated) for finding in here]
    found += _narration(parsed, layouts, joined, figures, dated)
    return sorted(found, key=lambda a: (a.content[0].start, a.content[-1].end))


def _dates(parsed: ParsedArticle, times: Sequence[TimeExpression]) -> list[list[Range]]:
    """The dates and times of day of each paragraph."""
    dates = [time.span for time in times if time.kind in {"date", "time"}]
    starts = [span.start for span in dates]
    return [
        [_local(passage, span) for span in dates[bisect.bisect_left(starts, passage.start) : bisect.bisect_left(starts, passage.end)]]
        for passage in parsed.passages
    ]


def _paragraph(layout: Layout, marks: Marks | None, table: CueTable, dates: Sequence[Range]) -> list[Finding]:
    """A paragraph's findings; without marks of a tagger those of the rules alone."""
    first = provisions_apart(layout, list(_findings(layout, table)))
    ruled = with_cited(layout, nest(layout, contrasts_apart(layout, first, first)), table)
    ruled = carry_on(layout, ruled)
    found = ruled
    if marks is not None:
        tagged = mend(layout, read_tagged(layout, marks, ruled, table), ruled)
        found = contrasts_apart(layout, join_rules(spoken(layout, tagged, ruled, table), ruled), ruled)
    return [without_background(layout, finding, dates) for finding in found]


def _statements(layout: Layout, findings: Sequence[Finding], figures: Sequence[Figure], begin: int) -> list[Finding]:
    places = [(figure.span.start - begin, figure.span.end - begin) for figure in figures]
    whole = [with_whole_figures(finding, places) for finding in findings]
    return [part for finding in whole for part in part_statements(layout, finding, figures, begin)]


def _findings(layout: Layout, table: CueTable) -> Iterator[Finding]:
    for rule in _RULES:
        yield from rule(layout, table)


def _narration(
    parsed: ParsedArticle,
    layouts: Sequence[Layout],
    joined: Sequence[Sequence[Finding]],
    figures: Sequence[Sequence[Figure]] | None,
    dates: Sequence[Sequence[Range]],
) -> Iterator[Attribution]:
    """What the outlet says itself, paragraph by paragraph."""
    later = [piece for here in joined for finding in here for piece in finding.later]
    for place, passage in enumerate(parsed.passages):
        taken = [part for finding in joined[place] for part in finding.places()] + [part for where, part in later if where == place]
        counted = None if figures is None else [_local(passage, figure.span) for figure in figures[place]]
        told = list(find_narration(layouts[place], taken, counted, dates[place]))
        contents = [*told, *(p for f in joined[place] for p in f.content), *(part for where, part in later if where == place)]
        for piece in (*told, *unheld_figures(layouts[place], contents, taken, counted or ())):
            yield Attribution(passage=place, content=(_span(parsed, place, piece),), cue=(), source=(), form="narration")


def _attribution(parsed: ParsedArticle, layouts: Sequence[Layout], place: int, finding: Finding) -> Attribution:
    pieces = [*((place, piece) for piece in finding.content), *finding.later]
    forms = {_form(layouts[where], piece) for where, piece in pieces}
    return Attribution(
        passage=place,
        content=tuple(_span(parsed, where, piece) for where, piece in pieces),
        cue=_spans(parsed, place, finding.cue),
        source=_spans(parsed, place, finding.source),
        form="direct" if finding.is_turn else forms.pop() if len(forms) == 1 else "mixed",
        outer=tuple(Level(source=_spans(parsed, place, source), cue=_spans(parsed, place, cue)) for source, cue in finding.outer),
    )


def _form(layout: Layout, piece: Range) -> Form:
    """Direct where quotation marks hold all of a piece, mixed where they hold some of it."""
    start, end = piece
    held = [q for q in layout.quotations if q.start < end and start < q.end]
    if not held:
        return "indirect"
    outside = sum(c.isalnum() for at, c in enumerate(layout.text[start:end], start) if not any(q.start <= at < q.end for q in held))
    return "mixed" if outside else "direct"


def _spans(parsed: ParsedArticle, place: int, pieces: Sequence[Range]) -> tuple[Span, ...]:
    return tuple(_span(parsed, place, piece) for piece in pieces)


def _span(parsed: ParsedArticle, place: int, piece: Range) -> Span:
    start = parsed.passages[place].start
    return span_of(parsed.text, start + piece[0], start + piece[1])


def _local(passage: ParsedPassage, span: Span) -> Range:
    return span.start - passage.start, span.end - passage.start
