"""Reads the parser's output into plain tokens; parts of speech and base forms are looked up once a word and label.

In spaCy's English pipelines the coarse part of speech and the base form are set by rules behind the tagger and the parser, and the rules
cost as much as both. Nearly all of them look at one token alone - its characters, its tag, its label - so what they set can be kept
for the next token that is the same; a paragraph in which a rule over several tokens applies ("gonna", "there is") is left to them as it is.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Token as SpacyToken
from spacy.vocab import Vocab

from reportedly.extract.parse.paragraph import Paragraph
from reportedly.extract.parse.tokens import Doc, Word

_COLUMNS = [ORTH, TAG, DEP, POS, LEMMA, HEAD, SENT_START, SPACY]
_KEYED = 5  # of them, those that make a word what it is
_ROW = f"V{_KEYED * 8}"  # a word's as one piece of bytes: made and found in half the time of a tuple
_STRINGS = {"TAG": "tag_", "DEP": "dep_", "LOWER": "lower_", "ORTH": "text", "TEXT": "text"}  # of a pattern, with a token's names
_FLAGS = {"IS_SPACE": "is_space", "IS_PUNCT": "is_punct", "IS_ALPHA": "is_alpha", "IS_DIGIT": "is_digit", "LIKE_NUM": "like_num"}
_LISTS, _EXPRESSION = ("IN", "NOT_IN"), "REGEX"  # how a pattern asks for a value
_NEEDED = frozenset({"1", "+"})  # operators of a test that some token must meet
_MOST = 65_536  # words kept, some 25 MB; those of a thousand articles, and what is met again costs little to make anew

_Match = tuple[int, str | int, int, int]  # an entry of a ruler, its name, and the places of the tokens that it applies to, from and to
_Rows = npt.NDArray[Any]  # a row a token; numbers of 64 bits without sign


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
        self.deferred = [name for name, _ in rules]
        self._rules = [RulesOfOneWord(rule) if isinstance(rule, AttributeRuler) else rule for _, rule in rules]
        self._several = RulesOfSeveralWords(self._vocab, [rule for rule in self._rules if isinstance(rule, RulesOfOneWord)])
        self._verbs = frozenset().union(*(_indexed(rule) for rule in self._rules if isinstance(rule, Lemmatizer)))
        self._words: dict[bool, dict[bytes, Word]] = {False: {}, True: {}}

    def read(self, docs: Sequence[SpacyDoc], paragraphs: Sequence[Paragraph]) -> list[Doc]:
        """The plain paragraphs of parsed ones.

        Args:
            docs: what the pipeline made of each paragraph without the components `deferred`.
            paragraphs: their characters.
        """
        rows = [doc.to_array(_COLUMNS) for doc in docs]
        words = self._words_of(rows, ready=False)
        for place, doc in enumerate(docs):
            matches = self._several.matches(doc, words[place])
            if matches:
                self._reread(rows[place], words[place], matches)
        return list(map(self._paragraph, paragraphs, words, rows))

    def _reread(self, rows: _Rows, words: list[Word], matches: "Mapping[RulesOfOneWord, Sequence[_Match]]") -> None:
        """Show the words to which entries over several words apply to all rules, and put what they make of them in their places."""
        places = sorted({place for found in matches.values() for *_, start, end in found for place in range(start, end)})
        moved = {place: number for number, place in enumerate(places)}
        doc = self._row_of_words(rows[places, :_KEYED])
        for rule in self._rules:
            if isinstance(rule, RulesOfOneWord):
                rule(doc, [(entry, name, moved[start], moved[end - 1] + 1) for entry, name, start, end in matches.get(rule, ())])
            else:
                rule(doc)
        (read,) = self._words_of([doc.to_array(_COLUMNS[:_KEYED])], ready=True)
        for place, word in zip(places, read, strict=True):
            words[place] = word

    def _paragraph(self, paragraph: Paragraph, words: Sequence[Word], rows: _Rows) -> Doc:
        heads = np.arange(len(rows)) + rows[:, 5].astype(np.int64)
        starts = [None if start == 0 else start == 1 for start in rows[:, 6].tolist()]
        placed = zip(words, heads.tolist(), (rows[:, 7] == 1).tolist(), starts, strict=True)
        return Doc(paragraph.text, placed, printed=paragraph.printed, verbs=self._verbs)

    def _words_of(self, rows: Sequence[_Rows], *, ready: bool) -> list[list[Word]]:
        """The words of parsed paragraphs; those not met before are shown to the rules, unless they come ready from them."""
        keys: list[list[bytes]] = [np.ascontiguousarray(of_one[:, :_KEYED]).view(_ROW).ravel().tolist() for of_one in rows]
        words = self._words[ready]
        new = [key for key in dict.fromkeys(itertools.chain.from_iterable(keys)) if key not in words]
        if len(words) + len(new) > _MOST:
            words.clear()
            new = list(dict.fromkeys(itertools.chain.from_iterable(keys)))
        if new:
            doc = self._row_of_words(np.frombuffer(b"".join(new), np.uint64).reshape(-1, _KEYED))
            if not ready:
                for rule in self._rules:  # which look at words that only happen to stand side by side
                    rule(doc)
            words.update((key, _word(token)) for key, token in zip(new, doc, strict=True))
        return [[words[key] for key in of_one] for of_one in keys]

    def _row_of_words(self, rows: _Rows) -> SpacyDoc:
        """Words as the parser's tokens, in a row of their own."""
        strings = self._vocab.strings
        orth, tag, dep, pos, lemma = ([strings[number] for number in column] for column in rows.T.tolist())
        return SpacyDoc(self._vocab, words=orth, tags=tag, deps=dep, pos=pos, lemmas=lemma)


class RulesOfOneWord:
    """Those of a ruler's entries that look at one token alone, asked once for all words that are the same to them.

    Args:
        ruler: the ruler.

    Attributes:
        ruler: the same.
        others: the places of its other entries.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler = ruler
        patterns = _patterns(ruler)
        self.others = frozenset(place for place, tests in enumerate(patterns) if not _is_of_one_word(tests))
        asked = [test for place, tests in enumerate(patterns) if place not in self.others for (test,) in tests]
        self._strings = [(name, _named(asked, attribute)) for attribute, name in _STRINGS.items() if any(attribute in a for a in asked)]
        self._flags = [name for attribute, name in _FLAGS.items() if any(attribute in test for test in asked)]
        self._found: dict[tuple[object, ...], list[tuple[int, int]]] = {}

    def __call__(self, doc: SpacyDoc, others: Sequence[_Match] = ()) -> None:
        """Have the entries set what they set of the tokens of a row of words.

        Args:
            doc: the words.
            others: where entries over several words apply.
        """
        kinds = [self._kind(token) for token in doc]
        new = {kind: token for kind, token in zip(kinds, doc, strict=True) if kind not in self._found}
        if new:
            self._ask(new)
        matches: list[_Match] = [(entry, name, i, i + 1) for i, kind in enumerate(kinds) for entry, name in self._found[kind]]
        matches = sorted([*matches, *others]) if others else matches  # later entries go before earlier ones
        self.ruler.set_annotations(doc, matches)  # type: ignore[no-untyped-call]

    def _kind(self, token: SpacyToken) -> tuple[object, ...]:
        """All that an entry may ask of a token: whatever no entry names is the same to all."""
        values = [(getattr(token, name), named) for name, named in self._strings]
        strings = [value if named(value) else "" for value, named in values]
        return (*strings, *[getattr(token, flag) for flag in self._flags])

    def _ask(self, new: Mapping[tuple[object, ...], SpacyToken]) -> None:
        tokens = list(new.values())
        words, tags, deps = ([getattr(token, name) for token in tokens] for name in ("text", "tag_", "dep_"))
        doc = SpacyDoc(tokens[0].vocab, words=words, tags=tags, deps=deps)
        found: list[list[tuple[int, int]]] = [[] for _ in tokens]
        for entry, name, start, _ in self.ruler.match(doc):
            if entry not in self.others:
                found[start].append((entry, name))
        self._found.update(zip(new, found, strict=True))


class RulesOfSeveralWords:
    """The other entries of rulers: tells where they apply.

    Args:
        vocab: the pipeline's.
        rules: the rulers.
    """

    def __init__(self, vocab: Vocab, rules: Iterable[RulesOfOneWord]) -> None:
        self._matcher = Matcher(vocab)
        self._wanted: set[tuple[frozenset[str], frozenset[str]]] = set()
        self._entries: dict[int, tuple[RulesOfOneWord, int, int]] = {}
        for rule in rules:
            patterns = _patterns(rule.ruler)
            for place in sorted(rule.others):
                name = f"{rule.ruler.name} {place}"
                self._matcher.add(name, patterns[place])
                self._entries[vocab.strings.add(name)] = rule, place, vocab.strings.add(str(place))
                self._wanted.update((_plain(tests, "LOWER"), _plain(tests, "DEP")) for tests in patterns[place])

    def matches(self, doc: SpacyDoc, words: Sequence[Word]) -> dict[RulesOfOneWord, list[_Match]]:
        """Where the entries of each ruler apply in a paragraph; most lack a word that every entry wants, and need no closer look."""
        forms, labels = {word.lower for word in words}, {word.dep for word in words}
        found: dict[RulesOfOneWord, list[_Match]] = {}
        if any(lower <= forms and dep <= labels for lower, dep in self._wanted):
            for key, start, end in self._matcher(doc, allow_missing=True):
                rule, entry, name = self._entries[key]
                found.setdefault(rule, []).append((entry, name, start, end))
        return found


def _last_rules(pipeline: Language) -> list[tuple[str, AttributeRuler | Lemmatizer]]:
    """The rules that stand last in a pipeline, by name and in order."""
    found: list[tuple[str, AttributeRuler | Lemmatizer]] = []
    for name, component in reversed(pipeline.pipeline):
        if not isinstance(component, AttributeRuler | Lemmatizer):
            break
        found.insert(0, (name, component))
    return found


def _is_of_one_word(patterns: Iterable[Sequence[Mapping[str, Any]]]) -> bool:
    """Whether an entry's patterns look at one token, and at nothing of it but its word and labels."""
    return all(len(pattern) == 1 and set(pattern[0]) <= {*_STRINGS, *_FLAGS} for pattern in patterns)


def _named(tests: Iterable[Mapping[str, Any]], attribute: str) -> Callable[[str], bool]:
    """Whether a value of an attribute is one that some test of a token names; all others are the same to the tests."""
    values: set[str] = set()
    expressions: list[str] = []
    for value in (test[attribute] for test in tests if attribute in test):
        wanted = value if isinstance(value, dict) else {"IN": [value]}
        values.update(*(wanted[how] for how in _LISTS if how in wanted))
        expressions += [f"(?:{wanted[_EXPRESSION]})"] if _EXPRESSION in wanted else []
        if not set(wanted) <= {*_LISTS, _EXPRESSION}:
            return lambda _: True
    if not expressions:
        return values.__contains__
    expression = re.compile("|".join(expressions))
    return lambda value: value in values or expression.search(value) is not None


def _plain(tests: Iterable[Mapping[str, Any]], attribute: str) -> frozenset[str]:
    """The values of an attribute that tests which must all hold ask for."""
    return frozenset(test[attribute] for test in tests if isinstance(test.get(attribute), str) and test.get("OP", "1") in _NEEDED)


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
