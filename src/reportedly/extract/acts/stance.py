"""What the speaker does with the content: an explicit cue decides, otherwise the content's main clause."""

import functools
from collections.abc import Sequence
from typing import cast

from reportedly.extract.acts.contents import content_of, is_negated, main_verbs, subject_of, tokens_of
from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.event_classes import class_at
from reportedly.language.tables import load_table
from reportedly.model import Knowledge, Stance

_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "nor", "without", "no", "yet"})  # noqa: RUF001 - a curly apostrophe

_TOLD = frozenset({"report", "say"})  # of nobody's passive of these a "no" denies what is told: "no case is reported to ..."
_NO_PART = ["nothing", "to", "do", "with"]
_PLEA = 3  # words behind the verb that say how somebody pleads


def find_stance(parsed: ParsedArticle, attribution: Attribution, *, has_figure: bool, of_others: bool) -> Stance:
    """The stance of an attribution.

    Args:
        parsed: the article.
        attribution: source, cue and content.
        has_figure: whether the content holds a figure.
        of_others: whether the speaker tells of another's people or doings, so that a hedged number is an estimate.

    Returns:
        The stance; `asserts` where neither cue nor content says anything else.
    """
    if attribution.form == "narration":
        return "asserts"
    cue = [t for _, tokens in tokens_of(parsed, attribution.cue) for t in tokens]
    explicit = _of_plea(cue) or _of_claiming(cue, attribution) or _of_cue(cue, attribution)
    pieces = [tokens for _, tokens in content_of(parsed, attribution)]
    foretold = explicit == "warns" and _of_content(pieces, has_figure=False) == "predicts"  # a warning of what may come true or not
    if foretold or (explicit in {None, "demands"} and _anticipates(cue, pieces)):
        return "predicts"
    if explicit == "demands" and has_figure and _appeals_for(cue, pieces):
        return "estimates"
    if explicit is not None:
        return explicit
    if has_figure and not attribution.source and any(t.lower_ in _words("content", "provisional") for t in cue):
        return "estimates"
    return _of_content(pieces, has_figure=has_figure and of_others)


def find_knowledge(parsed: ParsedArticle, attribution: Attribution) -> Knowledge | None:
    """What the speaker says the words rest on, or None."""
    table = load_table("stances")["knowledge"]
    source = [t for _, tokens in tokens_of(parsed, attribution.source) for t in tokens]
    for kind, nouns in table["nouns"].items():
        if any(t.lower_ in nouns and t.dep_ != "compound" for t in source):
            return cast("Knowledge", kind)
    verbs = [v for _, tokens in content_of(parsed, attribution) for v in main_verbs(tokens)]
    for verb in verbs:
        subject = subject_of(verb)
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        own = subject is not None and (subject.lower_ in _words("content", "own") or verb.lemma_ == "intercept")
        rows = table["passives" if passive else "verbs"]
        for kind, lemmas in rows.items():
            if own and verb.lemma_.casefold() in lemmas:
                return cast("Knowledge", kind)
    return None


def _of_cue(cue: Sequence[Token], attribution: Attribution) -> Stance | None:
    lemmas = [t.lemma_.casefold() for t in cue]
    if not lemmas:
        return None
    above = [head for t in cue for head in _governing(t)]
    lemmas = [*(t.lemma_.casefold() for t in above), *lemmas]
    if set(lemmas) & _words("refusals", "declining") or any(_leaves_open(t) for t in cue):
        return "declines"
    denied = _denied if attribution.source or _TOLD.isdisjoint(lemmas) else _is_not
    if any(t.lower_ in _NEGATIVE for t in cue) or any(denied(head) for head in (*above, *cue)):
        if any(lemma in _words("refusals", "negated") for lemma in lemmas) or _not_to_tell(lemmas, attribution):
            return "declines"
        if any(lemma in _words("refusals", "doubting") for lemma in lemmas):
            return "doubts"
    joined = " ".join(lemmas)
    for size in (2, 1):
        for place in range(len(lemmas) - size + 1):
            words = " ".join(lemmas[place : place + size])
            stance = _cues().get(words)
            if stance and not (words in _words("infinitive", "lemmas") and not _is_infinitive(attribution)):
                return stance
    return None if joined in _words("infinitive", "lemmas") else _cues().get(joined)


def _not_to_tell(lemmas: Sequence[str], attribution: Attribution) -> bool:
    """Whether what is not agreed to is to tell something: "neither side agreed to | comment"."""
    first = attribution.content[0].text.casefold().removeprefix("to ").split()[:1]
    return not _words("refusals", "unable").isdisjoint(first) and not _words("infinitive", "lemmas").isdisjoint(lemmas)


def _of_claiming(cue: Sequence[Token], attribution: Attribution) -> Stance | None:
    """What is claimed for oneself: "claimed responsibility"."""
    first = next(iter(attribution.content[0].text.casefold().strip("“\"' ").split()), "")
    return "asserts" if [t.lemma_.casefold() for t in cue] == ["claim"] and first in _words("claimed", "nouns") else None


def _of_plea(cue: Sequence[Token]) -> Stance | None:
    """What a plea before a court says: "pleaded not guilty"."""
    verb = next((t for t in cue if t.lemma_.casefold() in _words("pleas", "lemmas")), None)
    if verb is None:
        return None
    words = " ".join(t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 1 + _PLEA])
    rows = load_table("stances")["pleas"]["rows"]
    found = next((row for row in sorted(rows, key=len, reverse=True) if words.startswith(row)), None)
    return None if found is None else cast("Stance", rows[found])


def _anticipates(cue: Sequence[Token], pieces: Sequence[Sequence[Token]]) -> bool:
    """Whether somebody is told to do no more than expect a thing: "urged residents to brace for more", "told them to expect rain"."""
    orders = load_cues()
    if not any("order" in row.frames for t in cue if (row := orders.verb(t)) is not None):
        return False
    opened = next((t for tokens in pieces for t in tokens if t.lower_ == "to" and t.i + 1 < len(t.doc)), None)
    return opened is not None and opened.nbor(1).lower_ in _words("anticipations", "lemmas")


def _appeals_for(cue: Sequence[Token], pieces: Sequence[Sequence[Token]]) -> bool:
    """Whether an appeal tells whom it is for with an estimate: "appealed for blankets for an estimated 90,000 herders"."""
    appeal = any(t.pos_ == "NOUN" and t.lemma_.casefold() in load_cues().purposes for t in cue)
    return appeal and any(t.lower_ in _words("appeals", "estimating") and _before_number(t) for tokens in pieces for t in tokens)


def _governing(token: Token) -> list[Token]:
    """The verbs that a cue shares its negation with or hangs on: "hadn't confirmed or denied", "declining to recommend"."""
    found = []
    while token.dep_ in {"conj", "xcomp"} and token.head.pos_ in {"VERB", "AUX"} and token.pos_ == "VERB":
        if token.dep_ == "conj" and not _shares(token):
            break
        token = token.head
        found.append(token)
    return [head for head in found if _denied(head) or head.lemma_.casefold() in _words("refusals", "declining")]


def _shares(verb: Token) -> bool:
    """Whether a coordinated verb shares the negation before it: "hadn't confirmed or denied", but not "declined to comment but said"."""
    between = {t.lower_ for t in verb.head.children if t.dep_ == "cc" and verb.head.i < t.i < verb.i}
    return between <= {"or", "nor"} or (verb.tag_ == verb.head.tag_ != "VBD" and "but" not in between)


def _denied(verb: Token) -> bool:
    """Whether a verb is negated, or coordinated by "neither", or still to come ("has yet to")."""
    refusing = (verb, *(child for child in verb.children if child.dep_ == "nsubj"))
    return is_negated(verb) or any(child.lower_ in {"neither", "yet"} for word in refusing for child in word.children)


def _is_not(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def _leaves_open(token: Token) -> bool:
    """Whether a cue is something that the speaker stopped short of, or failed or was unable, to say."""
    if token.lower_ == "unable":
        return any(t.lemma_.casefold() in _words("refusals", "unable") for t in token.children)
    if token.dep_ == "pcomp" and token.head.lower_ == "of":
        return "short" in {t.lower_ for t in token.doc[max(0, token.head.i - 2) : token.head.i]}
    return token.dep_ == "xcomp" and token.head.lemma_.casefold() == "fail" and token.lemma_.casefold() in _words("refusals", "negated")


def _is_infinitive(attribution: Attribution) -> bool:
    text = attribution.content[0].text
    return " to " in f" {text} "[:60] and not text.startswith(("that ", "“", '"'))


def _of_content(pieces: Sequence[Sequence[Token]], *, has_figure: bool) -> Stance:
    first = main_verbs(pieces[0])[:1] if pieces else []
    for verb in first:
        stance = _of_verb(verb, pieces[0])
        if stance is not None:
            return stance
    if has_figure and any(t.lower_ in _words("content", "hedges") and _before_number(t) for tokens in pieces for t in tokens):
        return "estimates"
    if not any(main_verbs(tokens) for tokens in pieces) and any(
        t.lemma_ in _words("content", "commitments") for tokens in pieces for t in tokens[:4]
    ):
        return "pledges"
    return "asserts"


def _of_verb(verb: Token, tokens: Sequence[Token]) -> Stance | None:
    """What a main verb says by itself: "must", "will", "I doubt", "is expected", "had likely received"."""
    subject = subject_of(verb)
    own = _of_no_part(verb) or _of_oneself(verb, subject, tokens)
    if own is not None:
        return own
    modals = {c.lower_ for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"}
    if modals & _words("content", "obligation") or _is_obliged(verb) or _is_imperative(verb, tokens):
        return "predicts" if "should" in modals and _amounts(verb, subject) else "demands"
    if modals & (_words("content", "future") | _words("content", "possibility")):
        return _of_modal(verb, modals, subject)
    adverbs = {c.lower_ for c in verb.children if c.dep_ == "advmod"}
    if adverbs & _words("content", "alleged"):
        return "alleges"
    if adverbs & _words("content", "likely") or verb.lemma_.casefold() in _words("content", "seeming"):
        return "estimates"
    return _of_complement(verb)


def _of_no_part(verb: Token) -> Stance | None:
    """What is said of anybody who had no part in an event: "Kyiv had nothing to do with nine fires", but not "with luck"."""
    rest = verb.doc[verb.i + 1 :]
    if verb.lemma_ != "have" or [t.lower_ for t in rest[: len(_NO_PART)]] != _NO_PART:
        return None
    thing = next((child for child in rest[len(_NO_PART) - 1].children if child.dep_ == "pobj"), None)
    return "denies" if thing is not None and class_at(thing) is not None else None


def _of_oneself(verb: Token, subject: Token | None, tokens: Sequence[Token]) -> Stance | None:
    """What speakers say of their own mind: "I doubt", "it could not confirm"."""
    if subject is None or subject.lower_ not in _words("content", "own"):
        return None
    lemma = verb.lemma_.casefold()
    if lemma in _words("content", "inner"):
        return _cues().get(lemma)
    linked = (f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in {"prep", "prt"} and c.i == verb.i + 1)
    called = next((row for row in linked if _cues().get(row) == "demands"), None)
    if called is not None and not is_negated(verb):
        return "demands"  # "we call on both sides"
    return _of_denied(verb, tokens) if subject.head.i == verb.i else None


def _of_denied(verb: Token, tokens: Sequence[Token]) -> Stance | None:
    """What speakers say of themselves with a negated verb: "it could not confirm", "he does not believe", "it was not responsible"."""
    words = " ".join(t.lower_ for t in tokens)
    if verb.lemma_ == "have" and any(c.dep_ == "dobj" and c.lemma_ in _words("refusals", "objects") and _none(c) for c in verb.children):
        return "declines"
    responsible = any(row in words for row in load_table("denials")["responsibility"]["words"])
    if not is_negated(verb):
        return "denies" if "nothing to do with" in words else None
    if verb.lemma_.casefold() in _words("refusals", "unable"):
        return "declines"
    if verb.lemma_.casefold() in _words("refusals", "doubting"):
        if verb.lemma_.casefold() in _words("content", "senses") and verb.tag_ in {"VBD", "VBN"}:
            return None  # "we had seen no tanks": what was not there
        return None if any(c.tag_ == "MD" for c in verb.children) else "doubts"  # "we cannot accept" rejects, and doubts nothing
    return "denies" if responsible and verb.lemma_.casefold() in {"be", "have"} else None


def _none(noun: Token) -> bool:
    return any(c.lower_ == "no" for c in noun.children)


def _of_modal(verb: Token, modals: set[str], subject: Token | None) -> Stance | None:
    """What "will" and "may" say: "would have been" tells of what was not, "may have been" of what was."""
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
    if modals <= _words("content", "conditional") and _is_supposed(verb, subject):
        return None
    if (modals == {"could"} and is_negated(verb)) or verb.lemma_.casefold() in _words("content", "wishes"):
        return None  # "could not support a text": what was not possible; "I would like to know"
    own = subject is not None and subject.lower_ in _words("content", "own")
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if (own or passive) and modals == {"could"} and verb.lemma_.casefold() in _words("content", "senses"):
        return None  # "I could hear shots", "shots could be heard": what was heard
    if modals & _words("content", "future"):
        if perfect:
            return None
        return "pledges" if subject is not None and subject.lower_ in {"i", "we"} else "predicts"
    return "estimates" if perfect else "predicts"


def _is_supposed(verb: Token, subject: Token | None) -> bool:
    """Whether a verb tells what an act would do if it were done: "finding a body would comfort them" foretells nothing."""
    clausal = any(c.dep_ == "csubj" and c.tag_ == "VBG" for c in verb.children)
    return clausal or (subject is not None and subject.tag_ == "VBG")


def _of_complement(verb: Token) -> Stance | None:
    """What stands after a verb: "is likely to", "is expected to", "plans to", or its subject ("the likelihood")."""
    complements = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}]
    if any(_is_too_early(c) for c in complements):
        return "declines"
    if any(c.lower_ in _words("content", "untrue") for c in complements):
        return None if is_negated(verb) else "denies"
    if any(t.lower_ in _words("content", "chances") for c in complements for t in (c, *_modifiers(c))):
        return "predicts"  # what is not likely is foretold, too
    if is_negated(verb):
        return None
    there = any(c.dep_ == "expl" for c in verb.children)
    if there and any(c.lemma_.casefold() in _words("content", "threats") for c in complements):
        return "warns"
    subject = subject_of(verb)
    infinitive = any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children)
    clause = any(c.dep_ == "ccomp" for c in verb.children)
    expected = (
        any(c.lower_ in _words("content", "expected_adjectives") for c in complements),
        subject is not None and subject.lemma_.casefold() in _words("content", "expected_nouns") and _is_of_something(subject),
        verb.lemma_.casefold() in _words("content", "expected") and (infinitive or clause),
        verb.lemma_.casefold() in _words("content", "foretold") and any(c.dep_ == "auxpass" for c in verb.children),
    )
    return "predicts" if any(expected) else None


def _is_too_early(adjective: Token) -> bool:
    """Whether a complement puts off saying anything: "too early to say whether", "premature to speculate"."""
    rows = load_table("stances")["refusals"]
    if adjective.lower_ not in rows["early"]:
        return False
    purposes = [c for c in (*adjective.children, *adjective.head.children) if c.dep_ in {"xcomp", "advcl", "ccomp"} and c.i > adjective.i]
    return any(c.lemma_.casefold() in rows["telling"] for c in purposes)


def _is_of_something(noun: Token) -> bool:
    """Whether a noun says what it is the risk or the chance of."""
    return any(c.lower_ in {"of", "that"} or c.dep_ in {"acl", "ccomp", "relcl"} for c in noun.children)


def _amounts(verb: Token, subject: Token | None) -> bool:
    """Whether "should" tells what a thing is to come to: "the tax should raise $2 million"."""
    thing = subject is not None and subject.tag_ in {"NN", "NNS"}
    return thing and verb.lemma_.casefold() in _words("content", "amounting") and any(t.like_num for t in verb.subtree if t.i > verb.i)


def _modifiers(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ == "amod"]


def _is_obliged(verb: Token) -> bool:
    """Whether a verb obliges: "needs to", "has to"."""
    return (
        verb.tag_ != "VBD"
        and verb.lemma_.casefold() in _words("content", "obligation_verbs")
        and any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children)
    )


def _is_imperative(verb: Token, tokens: Sequence[Token]) -> bool:
    words = [t for t in tokens if not t.is_punct and not t.is_space and t.lower_ not in {"please", "do", "not", "n't"}]
    return bool(words) and words[0].i == verb.i and verb.tag_ == "VB" and subject_of(verb) is None


def _before_number(token: Token) -> bool:
    return any(t.like_num or t.text[:1].isdigit() for t in token.doc[token.i + 1 : token.i + 5])


@functools.cache
def _cues() -> dict[str, Stance]:
    return {lemma: cast("Stance", stance) for stance, lemmas in load_table("stances")["cues"]["rows"].items() for lemma in lemmas}


@functools.cache
def _words(section: str, field: str) -> frozenset[str]:
    return frozenset(load_table("stances")[section][field])
