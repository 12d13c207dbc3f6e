"""Whether an act of a content took place: what modals, governing verbs and negation make of it."""

from collections.abc import Set as AbstractSet

from reportedly.extract.acts.contents import is_negated
from reportedly.extract.parse.tokens import Token
from reportedly.language.acts import reality_after
from reportedly.model import Reality

_DEEPEST = 6  # verbs above an act that are looked at


def reality_of_verb(word: Token, inside: AbstractSet[int]) -> Reality:
    """What the modals and the verbs above an act's verb make of it.

    Args:
        word: the verb.
        inside: places of the content's tokens; only what stands among them counts.
    """
    at = word
    for _ in range(_DEEPEST):
        found = _own_reality(at)
        if found is None and at.head.i != at.i and at.head.i in inside:
            found = _governed_reality(at)
        if found is not None:
            return found
        if at.head.i == at.i or at.head.i not in inside:
            break
        at = at.head
    return "actual"


def reality_of_noun(noun: Token, inside: AbstractSet[int]) -> Reality:
    """What an adjective before a noun that names an act, or the verb above it, makes of the act."""
    marked = next((r for c in noun.children if c.dep_ in {"amod", "compound"} and (r := reality_after(c.lower_))), None)
    if marked:
        return marked
    above = reality_after(noun.head.lemma_) if noun.dep_ in {"dobj", "pobj"} and noun.head.i in inside else None
    return above if above in {"attempted", "planned"} and noun.head.pos_ == "VERB" else "actual"


def governed_negated(verb: Token, inside: AbstractSet[int]) -> bool:
    """Whether the act hangs on a denied verb or noun: "did not send", "no evidence that it sent", "never agreed to deploy"."""
    at = verb
    while at.dep_ in {"xcomp", "ccomp", "pcomp"} and at.head.i in inside and at.head.i != at.i:
        at = at.head
        if is_negated(at) and at.pos_ in {"VERB", "AUX"}:
            return True
    return False


def _own_reality(verb: Token) -> Reality | None:
    """What a verb's own modal, "if" or "likely to" makes of it."""
    modal = next((r for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD" and (r := reality_after(c.lower_))), None)
    if modal and not any(c.lower_ == "have" for c in verb.children):
        return modal
    conditional = any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in verb.children)
    likely = any(c.lower_ == "likely" and c.dep_ in {"acomp", "advmod"} for c in verb.children) and _has_infinitive(verb)
    return "expected" if conditional or likely else None


def _governed_reality(verb: Token) -> Reality | None:
    """What the verb above makes of an infinitive or a clause: "tried to", "plans to", "sent to support"; "known to have sent" is past."""
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if infinitive and any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children):
        return "actual"
    clause = verb.dep_ in {"xcomp", "ccomp"}
    above = reality_after(verb.head.lemma_) if infinitive or clause or verb.tag_ == "VBG" else None
    if above is not None and above != "actual":
        return above
    purpose = verb.dep_ in {"advcl", "acl", "relcl"} or (verb.dep_ == "xcomp" and above is None)
    return "planned" if infinitive and purpose else None


def _has_infinitive(verb: Token) -> bool:
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in verb.subtree)
