"""Parts what one cue reports into its statements: coordinated clauses that each hold a figure are a finding each.

"The ministry said that 12 people had died and 30 were missing" puts forward two counts, of which later reports may revise or deny one;
who codes events by hand enters a row for each. A clause without a figure stays with what it stands beside, and a quotation stays whole.
Source: Quirk et al., A Comprehensive Grammar of the English Language (1985), sections 13.44 ff. (coordination of clauses, of predicates)
and 15.60 ff. (supplementive clauses).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import is_finite
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.tokens import Token
from reportedly.model import Figure

_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAST = frozenset({"VBD", "VBN"})
_PREDICATES = frozenset(
    {"conj", "xcomp", "ccomp", "oprd", "acomp", "attr"}
)  # what a coordinated verb may be hung on in its neighbour's place
_JOINTS = frozenset({",", ";"})
_DEEPEST = 6  # steps up a parse; a longer way is an error of it

Clause = tuple[int, int, Token]


def part_statements(layout: Layout, finding: Finding, figures: Sequence[Figure], begin: int) -> list[Finding]:
    """The statements of a finding.

    Args:
        layout: the paragraph.
        finding: a cue with what it reports.
        figures: the paragraph's figures, whose `of` counts among them.
        begin: place of the paragraph's first character in the document's text, code points.

    Returns:
        The finding itself, or one for each statement, in text order; pieces in later paragraphs belong to the last.
    """
    groups: list[list[Range]] = [[]]
    for piece in finding.content:
        first, *others = _parts(layout, piece, figures, begin)
        groups[-1].append(first)
        groups += [[part] for part in others]
    if len(groups) == 1:
        return [finding]
    bare = [replace(finding, content=tuple(group), later=()) for group in groups]
    return [*bare[:-1], replace(bare[-1], later=finding.later)]


def _parts(layout: Layout, piece: Range, figures: Sequence[Figure], begin: int) -> list[Range]:
    """A piece of content, begun anew at each clause with a figure where what stands before it holds one, too."""
    places = [figure.span.start - begin for figure in figures]
    clauses = list(_clauses(layout, piece)) if sum(piece[0] <= place < piece[1] for place in places) > 1 else []
    if not clauses:
        return [piece]
    ends = [*(clause[0] for clause in clauses[1:]), piece[1]]
    parts, start = [], piece[0]
    for (end, resumed, verb), following in zip(clauses, ends, strict=True):
        before = [number for number, place in enumerate(places) if start <= place < end]
        after = [number for number, place in enumerate(places) if resumed <= place < following]
        part = layout.trim(start, end)
        if part and _are_counts(figures, before, after, verb):
            parts.append(part)
            start = resumed
    return [*parts, (start, piece[1])]


def _are_counts(figures: Sequence[Figure], before: Sequence[int], after: Sequence[int], verb: Token) -> bool:
    """Whether the figures of two clauses are told apart: each has one, something is counted, and none is a part of another's."""
    counted = [number for number in after if figures[number].measure != "other"]
    if not before or not after or any(figures[number].of in before for number in after):
        return False
    return bool(counted) or (verb.dep_ == "conj" and any(figures[number].measure != "other" for number in before))


def _clauses(layout: Layout, piece: Range) -> Iterator[Clause]:
    """For each clause of a piece that stands beside another: where what is before it ends, where it begins, and its verb."""
    tokens = [token for token in layout.doc if piece[0] <= token.idx < piece[1]]
    found: dict[int, Clause] = {}
    for verb in tokens:
        first = verb.left_edge
        if verb.pos_ not in _VERBAL or first.i in found or not (_is_coordinated(verb, tokens) or _supplements(verb, tokens)):
            continue
        joint = first.i
        while joint > tokens[0].i and _joins(layout.doc[joint - 1]):
            joint -= 1
        if tokens[0].i < joint < first.i and layout.quoted[joint] < 0 and layout.quoted[verb.i] < 0:
            found[first.i] = (layout.doc[joint].idx, first.idx, verb)
    yield from sorted(found.values(), key=lambda clause: clause[0])


def _joins(token: Token) -> bool:
    return token.dep_ == "cc" or token.text in _JOINTS


def _is_coordinated(verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether a verb's clause is coordinated with the main one of what is reported and says by itself whether it happened."""
    above = _above(verb) if verb.dep_ == "conj" else None
    if above is None:
        return False
    if verb.tag_ == "VBG" and not _helpers(verb):
        return _supplements(above, tokens)
    if not _is_main(above, tokens):
        return False
    if any(helper.tag_ in _FINITE for helper in _helpers(verb)) or (is_finite(verb) and not _is_reduced(verb)):
        return True
    shared = any(helper.tag_ == "MD" or helper.dep_ == "neg" for helper in _helpers(above))
    elliptic = above.tag_ == "VBN" or not any(child.dep_.startswith("nsubj") for child in verb.children)  # "12 were killed and 30 injured"
    return verb.tag_ in _PAST and elliptic and not shared


def _is_reduced(verb: Token) -> bool:
    """Whether a verb that the parser took for finite is a participle with its agent: "and a man shot and killed by the police"."""
    agents = any(child.dep_ == "agent" for one in (verb, *verb.conjuncts) for child in one.children)
    return agents and not _helpers(verb)


def _supplements(verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether a participle behind a comma tells what else the main clause's act did: ", leaving 12 dead"."""
    comma = verb.doc[verb.i - 1].text in _JOINTS if verb.i else False
    above = _above(verb) if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not _helpers(verb) and comma else None
    return above is not None and above.i < verb.i and _is_main(above, tokens)


def _above(verb: Token) -> Token | None:
    """The verb that a clause stands beside: up the chain of coordination, past the complements that the parser hung it on."""
    at = verb
    for _ in range(_DEEPEST):
        links = _PREDICATES if at.i != verb.i else {verb.dep_}
        if at.dep_ not in links or at.head.i == at.i:
            break
        at = at.head
        if at.pos_ in _VERBAL and at.dep_ not in _PREDICATES - {"ccomp"}:
            return at
    return at if at.i != verb.i and at.pos_ in _VERBAL else None


def _is_main(verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether a verb heads what is reported: it hangs on nothing inside."""
    inside = tokens[0].i <= verb.head.i <= tokens[-1].i
    return not inside or verb.head.i == verb.i


def _helpers(verb: Token) -> list[Token]:
    """The auxiliaries and negations of a verb's own."""
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"}]
