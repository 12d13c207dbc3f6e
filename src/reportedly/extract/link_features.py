"""What tells which cue reports a content, and which source a cue: features of pairs of tagged spans of one paragraph."""

import bisect
import functools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.marks import ENDS, GENITIVES, QUOTE_CHARACTERS
from reportedly.extract.tagging.labels import PARTS, Part
from reportedly.extract.tagging.tagger import TaggedSpan
from reportedly.language.tables import load_table

Features = dict[str, float]
"""What holds of a span or of two, by name; what does not hold is left out. Truths count 1."""

_SENTENCE_END = re.compile(rf"[.!?][{re.escape(QUOTE_CHARACTERS)})\]]*\s+(?=[{re.escape(QUOTE_CHARACTERS)}(A-Z])")
_WORD = re.compile(r"\w+")
_DOUBLE = '"“”'
_GAPS = (1, 3, 12, 40)  # characters between two spans, steps of a feature each
_GAP_NAMES = tuple((step, f"gap over {step}") for step in _GAPS)
_BETWEEN: dict[Part, tuple[str, str]] = {part: (f"{part} between", f"{part}s between") for part in PARTS}
_BESIDE = 3  # characters between two spans that stand side by side, a comma and a space among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A paragraph with its tagged spans.

    Attributes:
        text: the paragraph.
        spans: its spans in text order.
        breaks: where a sentence begins, but the first.
        begun: for each span the number of the sentence that it begins in.
        ended: for each span the number of the sentence that it ends in.
        by_part: the places among `spans` of the spans of each part, ascending.
        sourced: the numbers of the sentences in which a source begins.
        numbers: a number for each span, the same wherever it stands in a reading; one more at either end for the text's ends.
        known: what holds of spans alone, by the numbers of the span before, the span and the span after; filled as it is asked for.
    """

    text: str
    spans: Sequence[TaggedSpan]
    breaks: Sequence[int]
    begun: Sequence[int]
    ended: Sequence[int]
    by_part: Mapping[Part, list[int]]
    sourced: frozenset[int]
    numbers: tuple[int, ...]
    known: dict[tuple[int, ...], Features]

    def places(self, part: Part) -> list[int]:
        """The places among `spans` of those of a part."""
        return self.by_part[part]

    def own(self, place: int) -> Features:
        """What holds of a span alone."""
        key = self.around(place, place)
        if key not in self.known:
            self.known[key] = _OWN[self.spans[place].part](self, place)
        return self.known[key]

    def around(self, one: int, other: int) -> tuple[int, ...]:
        """The numbers of two spans, of those between and of the one on either side: what holds of the two depends on no others."""
        return self.numbers[min(one, other) : max(one, other) + 3]

    def opens_sentence(self, place: int) -> bool:
        """Whether no word stands before a span in its sentence."""
        number = self.begun[place]
        start = self.breaks[number - 1] if number else 0
        return _WORD.search(self.text, start, self.spans[place].start) is None

    def neighbour(self, place: int, step: int) -> TaggedSpan | None:
        """The span before (-1) or after (1) one."""
        beside = place + step
        return self.spans[beside] if 0 <= beside < len(self.spans) else None


class Stage:
    """A paragraph on which scenes are set.

    Args:
        text: the paragraph.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._numbers: dict[tuple[Part, int, int], int] = {}
        self._known: dict[tuple[int, ...], Features] = {}

    def set(self, spans: Sequence[TaggedSpan]) -> Scene:
        """The paragraph with some spans, in text order."""
        ordered = sorted(spans, key=lambda span: (span.start, span.end))
        by_part: dict[Part, list[int]] = {part: [] for part in PARTS}
        for place, span in enumerate(ordered):
            by_part[span.part].append(place)
        begun = [bisect.bisect_right(self._breaks, span.start) for span in ordered]
        numbers = [self._numbers.setdefault((span.part, span.start, span.end), len(self._numbers)) for span in ordered]
        return Scene(
            text=self._text,
            spans=ordered,
            breaks=self._breaks,
            begun=begun,
            ended=[bisect.bisect_left(self._breaks, span.end) for span in ordered],
            by_part=by_part,
            sourced=frozenset(begun[place] for place in by_part["source"]),
            numbers=(-1, *numbers, -1),
            known=self._known,
        )


def set_scene(text: str, spans: Sequence[TaggedSpan]) -> Scene:
    """A paragraph with its spans in text order and its sentences counted."""
    return Stage(text).set(spans)


def content_features(scene: Scene, place: int) -> Features:
    """What holds of a content: its marks, its first word and how it ends."""
    span = scene.spans[place]
    words, after = scene.text[span.start : span.end], scene.text[span.end : span.end + 3].lstrip(QUOTE_CHARACTERS)
    first = _WORD.search(words)
    opening = first.group() if first else ""
    last = words.rstrip(QUOTE_CHARACTERS + " ")[-1:]
    opened = words[0] in _DOUBLE
    return _true(
        {
            "content opens quotation": opened,
            "content is quotation": opened and words[-1] in _DOUBLE,
            "content opens small": opening[:1].islower(),
            "content opens clause": opening.lower() in _words("reported"),
            "content opens infinitive": opening.lower() == "to",
            "content ends with comma": last == "," or after.startswith(","),
            "content ends sentence": last in ENDS or not after or after[0] in ENDS,
            "content leads": not place or scene.begun[place] != scene.ended[place - 1],
            "content opens sentence": scene.opens_sentence(place),
        }
    )


def cue_features(scene: Scene, place: int) -> Features:
    """What holds of a cue: its words, the mark behind it and the spans on either side."""
    span = scene.spans[place]
    words = scene.text[span.start : span.end].lower().split()
    behind = scene.text[span.end : span.end + 1]
    before, after = scene.neighbour(place, -1), scene.neighbour(place, 1)
    sides = {f"cue behind {before.part if before else 'nothing'}": True, f"cue before {after.part if after else 'nothing'}": True}
    for name, beside, gap in (
        ("behind", before, span.start - before.end if before else 0),
        ("before", after, after.start - span.end if after else 0),
    ):
        if beside is not None and beside.part != "cue" and gap <= _BESIDE:
            sides[f"cue right {name} {beside.part}"] = True
    return _true(
        {
            "cue names source": words[0] in _words("naming"),
            "cue is participle": words[0].endswith("ing") or words[-1].endswith("ing"),
            "cue is infinitive": words[0] == "to",
            "cue is plain": len(words) == 1 and words[0] in _words("plain"),
            "cue before colon": behind == ":" or words[-1].endswith(":"),
            "cue before comma": behind == ",",
            "cue before stop": behind in {".", ""},
            **sides,
        }
    )


def source_features(scene: Scene, place: int) -> Features:
    """What holds of a source: whether it is a pronoun or a genitive, and which cue stands beside it."""
    span = scene.spans[place]
    words = scene.text[span.start : span.end].lower()
    lead = scene.text[max(0, span.start - 12) : span.start].split()
    before, after = scene.neighbour(place, -1), scene.neighbour(place, 1)
    return _true(
        {
            "source is pronoun": words in _words("pronouns"),
            "source is agent": bool(lead) and lead[-1].lower() in _words("agents"),
            "source owns": words in _words("owners") or words.endswith(GENITIVES) or scene.text.startswith(GENITIVES, span.end),
            "source right behind cue": before is not None and before.part == "cue" and span.start - before.end <= _BESIDE,
            "source right before cue": after is not None and after.part == "cue" and after.start - span.end <= _BESIDE,
            "source opens sentence": scene.opens_sentence(place),
        }
    )


def between_features(scene: Scene, one: int, other: int) -> Features:
    """What holds between two spans: which comes first, and the spans, sentence ends, words and marks that stand between."""
    low, high = min(one, other), max(one, other)
    inner = [span.part for span in scene.spans[low + 1 : high]]
    loose = _loose_words(scene, low, high)
    words = {word.lower() for word in _WORD.findall(loose)}
    sentences = scene.begun[high] - scene.ended[low]
    free = max(0, len(loose) - len(inner))
    held = [
        ("other is behind", other > one),
        ("sentence between", sentences >= 1),
        ("sentences between", sentences > 1),
        ("joint between", not words.isdisjoint(_words("joining"))),
        ("clause between", not words.isdisjoint(_words("subordinating"))),
        ("dash between", ";" in loose or "—" in loose or "--" in loose),
        ("comma between", "," in loose),
        ("colon between", ":" in loose),
        ("words between", bool(words)),
    ]
    found = {name: 1.0 for name, holds in held if holds}
    for part in inner:
        once, often = _BETWEEN[part]
        found[often if once in found else once] = 1.0
    for step, name in _GAP_NAMES:
        if free > step:
            found[name] = 1.0
    found["gap"] = math.log1p(free) / 5
    return found


def _loose_words(scene: Scene, low: int, high: int) -> str:
    """The text between two spans without the spans that stand there, one space for each."""
    pieces, at = [], scene.spans[low].end
    for span in scene.spans[low + 1 : high]:
        pieces.append(scene.text[at : span.start])
        at = max(at, span.end)
    return " ".join([*pieces, scene.text[at : scene.spans[high].start]])


def shared_features(scene: Scene, content: int, cue: int) -> Features:
    """Whether a cue has, on its side away from a content, another content in its sentence."""
    return _true({"cue has content beyond": has_content_beyond(scene, content, cue)})


def has_content_beyond(scene: Scene, content: int, cue: int) -> bool:
    """See `shared_features`."""
    step = -1 if cue < content else 1
    at = cue + step
    while 0 <= at < len(scene.spans) and scene.spans[at].part == "source":
        at += step
    return 0 <= at < len(scene.spans) and scene.spans[at].part == "content" and scene.begun[at] == scene.begun[cue]


_OWN: dict[Part, Callable[[Scene, int], Features]] = {"content": content_features, "cue": cue_features, "source": source_features}


def _true(found: Mapping[str, bool]) -> Features:
    return {name: 1.0 for name, holds in found.items() if holds}


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_table("linking")[section]["words"])
