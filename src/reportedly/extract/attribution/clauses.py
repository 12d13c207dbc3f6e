"""Reads subjects, verb groups and noun phrases off a parse, in the spans that PolNeAR's annotators marked.

Source: the whole noun phrase with title and apposition, not its relative clause. Cue: the verb with its auxiliaries,
negation and the adverbs inside the group. (Newell et al., "An Attribution Relations Corpus for Political News", LREC 2018.)
"""

from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.marks import CLOSING_BRACKETS, QUOTES
from reportedly.extract.parse.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_GROUP = {"aux", "auxpass", "neg"}
_LATE = {"relcl", "advcl", "parataxis", "ccomp"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_DEEPEST = 6  # steps up a chain; a longer one is an error of the parse
_CHAIN = {"conj", "advcl", "xcomp", "pcomp", "ccomp", "prep", "dep", "parataxis", "acl", "relcl", "acomp", "attr"}


def subject_of(verb: Token) -> Token | None:
    """The head of the noun phrase that does what a verb says, looked for up its chain of coordination and participles."""
    own = _own_subject(verb)
    if own is not None:
        return own
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and not is_passive(verb) and verb.dep_ not in {"conj", "acl"}:
        beside = _beside(verb)
        if beside is not None:
            return beside
    seen, at = 0, verb
    while at.head.i != at.i and at.dep_ in _CHAIN and seen < _DEEPEST:
        if at.dep_ in {"acl", "relcl"} and at.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return at.head
        at, seen = at.head, seen + 1
        if at.pos_ in {"VERB", "AUX"}:
            found = _own_subject(at)
            if found is not None:
                return found
    return None


def _beside(verb: Token) -> Token | None:
    """The noun right before a finite verb, which is its subject where the parse says nothing."""
    first = group_range(verb)[0]
    before = verb.doc[first - 1] if first else None
    if before is None or before.pos_ not in {"NOUN", "PROPN", "PRON"} or before.i < verb.sent.start:
        return None
    head = before
    while head.head.i < first and head.head.i != head.i and head.head.pos_ in {"NOUN", "PROPN", "ADP"}:
        head = head.head
    return head if head.pos_ != "ADP" else before


def _own_subject(verb: Token) -> Token | None:
    if is_passive(verb):
        agents = [a for child in verb.children if child.dep_ == "agent" for a in child.children if a.dep_ == "pobj"]
        return agents[0] if agents else None
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    nearest = min(subjects, key=lambda child: abs(child.i - verb.i), default=None)  # the parser may hang one inside a quotation, too
    return None if nearest is None else _antecedent(verb, nearest)


def _antecedent(verb: Token, subject: Token) -> Token:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if verb.dep_ == "relcl" and subject.tag_ in {"WP", "WDT"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return verb.head
    return subject


def subject_start(verb: Token, subject: Token) -> int:
    """The first token of a subject, with a noun right before it that the parse hangs on the verb, too: "his lawyer | Ida Holm said"."""
    first = subject.left_edge.i
    nouns = [c for c in verb.children if c.dep_ == "nsubj" and c.i < first and c.right_edge.i + 1 == first and c.pos_ in {"NOUN", "PROPN"}]
    return nouns[-1].left_edge.i if nouns and subject.pos_ == "PROPN" else first


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, participles without an auxiliary ("asked about the plan, he ...") included."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children) and verb.dep_ != "conj"


def is_finite(verb: Token) -> bool:
    """Whether a verb is finite, with a subject of its own."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    finite = verb.tag_ in _FINITE or any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    return finite and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children)


def phrase_range(layout: Layout, head: Token, avoid: Token | None = None) -> Range | None:
    """The noun phrase of a head as a source is marked: with title and apposition, without relative clause.

    Args:
        layout: the paragraph.
        head: the phrase's head.
        avoid: the cue, which bounds the phrase where the parse put it inside.

    Returns:
        The phrase, with the comma that closes its apposition; None where nothing is left of it.
    """
    first, last = head.left_edge.i if avoid is None else subject_start(avoid, head), head.right_edge.i + 1
    late = [t.left_edge.i for t in head.subtree if t.i > head.i and (t.dep_ in _LATE or (t.dep_ == "conj" and t.pos_ in {"VERB", "AUX"}))]
    last = min([last, *late])
    if avoid is not None and first <= avoid.i < head.i:
        first = avoid.i + 1
    elif avoid is not None and head.i < avoid.i < last:
        last = avoid.i
    while last - 1 > head.i and _hangs_loose(layout.doc[last - 1], head):
        last = min(last - 1, layout.doc[last - 1].left_edge.i)
    return with_comma(layout, layout.trim(*char_range(layout, first, last)))


def _hangs_loose(token: Token, head: Token) -> bool:
    """Whether the last token of a phrase is no part of it: a mark, a conjunction, or the day after a person's name."""
    if token.dep_ == "npadvmod" and token.head.i == head.i:
        return head.pos_ == "PROPN"
    return token.dep_ in {"cc", "punct", "mark"} and token.text not in CLOSING_BRACKETS | QUOTES


def with_comma(layout: Layout, source: Range | None) -> Range | None:
    """A source with the comma that closes its apposition, as PolNeAR's annotators mark it in nine cases of ten."""
    if source is None:
        return None
    text = layout.text
    return (source[0], source[1] + 1) if ", " in text[source[0] : source[1]] and text[source[1] : source[1] + 1] == "," else source


def group_range(verb: Token) -> tuple[int, int]:
    """First token and one past the last of a verb's group: auxiliaries, negation and the adverbs between."""
    first = verb.i
    while first > 0 and _in_group(verb.doc[first - 1], verb):
        first -= 1
    last = verb.i + 1
    while last < len(verb.doc) and _follows(verb.doc[last], verb):
        last += 1
    return first, last


def _follows(token: Token, verb: Token) -> bool:
    if token.head.i != verb.i:
        return False
    return token.dep_ in {"prt", "neg"} or (token.dep_ == "advmod" and token.text.endswith("ly"))


def _in_group(token: Token, verb: Token) -> bool:
    heads = {verb.i, verb.head.i} if verb.dep_ in {"xcomp", "conj"} else {verb.i}
    if token.head.i in heads and token.dep_ in _GROUP and token.i < verb.i:
        return token.lower_ != "to" or verb.tag_ == "VB"
    return token.head.i == verb.i and token.dep_ == "advmod" and token.pos_ == "ADV" and token.tag_ != "WRB" and token.i < verb.i


def char_range(layout: Layout, first: int, last: int) -> Range:
    """The characters of tokens `first` to `last` (exclusive)."""
    end = layout.doc[last - 1]
    return layout.doc[first].idx, end.idx + len(end.text)
