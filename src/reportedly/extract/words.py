"""Reads the parser's output into plain tokens; parts of speech and base forms are looked up once a word and label.

In spaCy's English pipelines the coarse part of speech and the base form are set by rules behind the tagger and the parser, and the rules
cost as much as both. Nearly all of them look at one token alone - its characters, its tag, its label - so what they set can be kept
for the next token that is the same; a paragraph in which a rule over several tokens applies ("gonna", "there is") is left to them as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Token as SpacyToken
from spacy.vocab import Vocab

from reportedly.extract.tokens import Doc, Word

_COLUMNS = [ORTH, TAG, DEP, POS, LEMMA, HEAD, SENT_START, SPACY]
_OF_ONE_WORD = frozenset({"TAG", "LOWER", "ORTH", "TEXT", "DEP", "IS_SPACE", "IS_PUNCT", "IS_ALPHA", "IS_DIGIT", "LIKE_NUM"})
_MOST = 200_000  # words kept; a hundred megabytes of news holds about as many

_Key = tuple[int, ...]


class WordReader:
    """Makes plain paragraphs of what a pipeline parsed.

    Args:
        pipeline: the pipeline.

    Attributes:
        deferred: names of the components that need not run with the pipeline, because they are asked here once a word.
    """

    def __init__(self, pipeline: Language) -> None:
        self._vocab = pipeline.vocab
        rules = _last_rules(pipeline)
        self._rules = [rule for _, rule in rules]
        self.deferred = [name for name, _ in rules]
        self._over_several = {id(rule): _entries_over_several(rule) for rule in self._rules if isinstance(rule, AttributeRuler)}
        self._several = _matcher(self._vocab, self._rules, self._over_several)
        self._verbs = frozenset().union(*(_indexed(rule) for rule in self._rules if isinstance(rule, Lemmatizer)))
        self._words: dict[bool, dict[_Key, Word]] = {False: {}, True: {}}

    def read(self, doc: SpacyDoc, printed: str, text: str) -> Doc:
        """The plain paragraph of a parsed one.

        Args:
            doc: what the pipeline made of the paragraph without the components `deferred`.
            printed: the paragraph's characters.
            text: the same with characters in the places of those that the parser was given others for.
        """
        ready = self._several is not None and bool(self._several(doc, allow_missing=True))
        if ready:
            for rule in self._rules:
                rule(doc)
        rows = doc.to_array(_COLUMNS)
        keys = list(map(tuple, rows[:, :5].tolist()))
        words = self._words_of(keys, ready=ready)
        heads = np.arange(len(doc)) + rows[:, 5].astype(np.int64)
        starts = [None if start == 0 else start == 1 for start in rows[:, 6].tolist()]
        placed = zip([words[key] for key in keys], heads.tolist(), (rows[:, 7] == 1).tolist(), starts, strict=True)
        return Doc(text, placed, printed=printed, verbs=self._verbs)

    def _words_of(self, keys: Sequence[_Key], *, ready: bool) -> Mapping[_Key, Word]:
        """The words of some keys; those not met before are shown to the rules, unless they come ready from them."""
        words = self._words[ready]
        new = [key for key in dict.fromkeys(keys) if key not in words]
        if len(words) + len(new) > _MOST:
            words.clear()
            new = list(dict.fromkeys(keys))
        if new:
            strings = self._vocab.strings
            orth, tag, dep, pos, lemma = ([strings[number] for number in column] for column in zip(*new, strict=True))
            doc = SpacyDoc(self._vocab, words=orth, tags=tag, deps=dep, pos=pos, lemmas=lemma)
            if not ready:
                self._apply_to_words(doc)
            words.update((key, _word(token)) for key, token in zip(new, doc, strict=True))
        return words

    def _apply_to_words(self, doc: SpacyDoc) -> None:
        """Have the rules look at words that only happen to stand side by side."""
        for rule in self._rules:
            if isinstance(rule, AttributeRuler):
                several = self._over_several[id(rule)]
                rule.set_annotations(doc, [match for match in rule.match(doc) if match[0] not in several])  # type: ignore[no-untyped-call]
            else:
                rule(doc)


def _last_rules(pipeline: Language) -> list[tuple[str, AttributeRuler | Lemmatizer]]:
    """The rules that stand last in a pipeline, by name and in order."""
    found: list[tuple[str, AttributeRuler | Lemmatizer]] = []
    for name, component in reversed(pipeline.pipeline):
        if not isinstance(component, AttributeRuler | Lemmatizer):
            break
        found.insert(0, (name, component))
    return found


def _entries_over_several(ruler: AttributeRuler) -> frozenset[int]:
    """The places of a ruler's entries that may look at more than one token, or at more of a token than its word and labels."""
    return frozenset(
        place
        for place, patterns in enumerate(_patterns(ruler))
        if any(len(pattern) != 1 or not set(pattern[0]) <= _OF_ONE_WORD for pattern in patterns)
    )


def _patterns(ruler: AttributeRuler) -> list[list[list[dict[str, Any]]]]:
    """For each entry of a ruler its patterns, a list of tests a token."""
    return [cast("list[list[dict[str, Any]]]", entry["patterns"]) for entry in ruler.patterns]


def _indexed(lemmatizer: Lemmatizer) -> frozenset[str]:
    """The base forms of verbs in a lemmatiser's index, whose lists become sets: it searches them for each word not met before."""
    if "lemma_index" not in lemmatizer.lookups:
        return frozenset()
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech, forms in list(index.items()):
        index[part_of_speech] = frozenset(forms)
    return cast("frozenset[str]", index.get("verb", frozenset()))


def _matcher(vocab: Vocab, rules: Iterable[AttributeRuler | Lemmatizer], over_several: Mapping[int, frozenset[int]]) -> Matcher | None:
    """Finds where an entry over several tokens applies; None where there is no such entry."""
    matcher = Matcher(vocab)
    for rule in rules:
        if isinstance(rule, AttributeRuler):
            patterns = _patterns(rule)
            for place in sorted(over_several[id(rule)]):
                matcher.add(f"{rule.name} {place}", patterns[place])
    return matcher if len(matcher) else None


def _word(token: SpacyToken) -> Word:
    return Word(
        text=token.text,
        lower=token.lower_,
        tag=token.tag_,
        dep=token.dep_,
        pos=token.pos_,
        lemma=token.lemma_,
        is_punct=token.is_punct,
        is_space=token.is_space,
        is_alpha=token.is_alpha,
        is_quote=token.is_quote,
        like_num=token.like_num,
    )
