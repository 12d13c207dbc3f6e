"""What tells which cue reports a content, and which source a cue: features of pairs of tagged spans of one paragraph."""

import bisect
import functools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

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
        own: for each span what holds of it alone.
    """

    text: str
    spans: Sequence[TaggedSpan]
    breaks: Sequence[int]
    begun: Sequence[int]
    ended: Sequence[int]
    own: Sequence[Features] = ()

    def places(self, part: Part) -> list[int]:
        """The places among `spans` of those of a part."""
        return [place for place, span in enumerate(self.spans) if span.part == part]

    def opens_sentence(self, place: int) -> bool:
        """Whether no word stands before a span in its sentence."""
        number = self.begun[place]
        start = self.breaks[number - 1] if number else 0
        return _WORD.search(self.text, start, self.spans[place].start) is None

    def neighbour(self, place: int, step: int) -> TaggedSpan | None:
        """The span before (-1) or after (1) one."""
        beside = place + step
        return self.spans[beside] if 0 <= beside < len(self.spans) else None


def set_scene(text: str, spans: Sequence[TaggedSpan]) -> Scene:
    """A paragraph with its spans in text order and its sentences counted."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    breaks = [match.end() for match in _SENTENCE_END.finditer(text)]
    bare = Scene(
        text=text,
        spans=ordered,
        breaks=breaks,
        begun=[bisect.bisect_right(breaks, span.start) for span in ordered],
        ended=[bisect.bisect_left(breaks, span.end) for span in ordered],
    )
    return replace(bare, own=[_OWN[span.part](bare, place) for place, span in enumerate(ordered)])


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
    inner = scene.spans[low + 1 : high]
    loose = _loose_words(scene, low, high)
    words = {word.lower() for word in _WORD.findall(loose)}
    sentences = scene.begun[high] - scene.ended[low]
    free = max(0, len(loose) - len(inner))
    counts = {part: sum(span.part == part for span in inner) for part in PARTS}
    found = _true(
        {
            "other is behind": other > one,
            "sentence between": sentences >= 1,
            "sentences between": sentences > 1,
            "joint between": not words.isdisjoint(_words("joining")),
            "clause between": not words.isdisjoint(_words("subordinating")),
            "dash between": any(mark in loose for mark in (";", "—", "--")),
            "comma between": "," in loose,
            "colon between": ":" in loose,
            "words between": bool(words),
            **{f"{part} between": counts[part] >= 1 for part in PARTS},
            **{f"{part}s between": counts[part] > 1 for part in PARTS},
            **{f"gap over {step}": free > step for step in _GAPS},
        }
    )
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
    step = -1 if cue < content else 1
    at = cue + step
    while 0 <= at < len(scene.spans) and scene.spans[at].part == "source":
        at += step
    further = 0 <= at < len(scene.spans) and scene.spans[at].part == "content" and scene.begun[at] == scene.begun[cue]
    return _true({"cue has content beyond": further})


_OWN: dict[Part, Callable[[Scene, int], Features]] = {"content": content_features, "cue": cue_features, "source": source_features}


def _true(found: Mapping[str, bool]) -> Features:
    return {name: 1.0 for name, holds in found.items() if holds}


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_table("linking")[section]["words"])
