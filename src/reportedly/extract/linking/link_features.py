"""What tells which cue reports a content, and which source a cue: features of pairs of tagged spans of one paragraph.

Features come in groups: of a span's words, of what stands beside it, of what stands between two spans. A pair has the features of its
groups, so what a model makes of a group is worked out once, wherever the group is met again (`link_model.Sums`).
"""

import bisect
import functools
import itertools
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportedly.extract.parse.marks import ENDS, GENITIVES, QUOTE_CHARACTERS
from reportedly.extract.tagging.labels import PARTS, Part
from reportedly.extract.tagging.tagger import TaggedSpan
from reportedly.language.tables import load_table

Features = dict[str, float]
"""What holds of a span or of two, by name; what does not hold is left out. Truths count 1."""

Names = tuple[str, ...]
"""The names of truths that hold."""

_SENTENCE_END = re.compile(rf"[.!?][{re.escape(QUOTE_CHARACTERS)})\]]*\s+(?=[{re.escape(QUOTE_CHARACTERS)}(A-Z])")
_WORD = re.compile(r"\w+")
_DOUBLE = '"“”'
_GAPS = tuple((step, f"gap over {step}") for step in (1, 3, 12, 40))  # characters between two spans, a feature each
_BESIDE = 3  # characters between two spans that stand side by side, a comma and a space among them
_HELD = ("joint between", "clause between", "dash between", "comma between", "colon between", "words between")
_PLACE = operator.attrgetter("start", "end")
_MOST = 2  # sentences, and spans of one part, between two spans, beyond which their number makes no difference


class Standing(NamedTuple):
    """A span in its paragraph, whatever else is marked there.

    Attributes:
        span: the span.
        begun: the number of the sentence that it begins in.
        ended: the number of the sentence that it ends in.
        words: what holds of its words.
    """

    span: TaggedSpan
    begun: int
    ended: int
    words: Names


class Gap(NamedTuple):
    """The characters between a span and the next.

    Attributes:
        held: which of `_HELD` hold, a bit each.
        size: how many characters there are.
    """

    held: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A paragraph with its tagged spans.

    Attributes:
        standings: its spans in text order.
        gaps: what stands between each span and the next.
        by_part: the places among the spans of those of each part, ascending.
        sourced: the numbers of the sentences in which a source begins.
    """

    standings: Sequence[Standing]
    gaps: Sequence[Gap]
    by_part: Mapping[Part, list[int]]
    sourced: frozenset[int]

    @property
    def spans(self) -> Sequence[TaggedSpan]:
        """The spans in text order."""
        return [standing.span for standing in self.standings]

    @property
    def begun(self) -> Sequence[int]:
        """For each span the number of the sentence that it begins in."""
        return [standing.begun for standing in self.standings]

    def places(self, part: Part) -> list[int]:
        """The places among the spans of those of a part."""
        return self.by_part[part]

    def words(self, place: int) -> Names:
        """What holds of a span's words."""
        return self.standings[place].words

    def sides(self, place: int) -> Names:
        """What holds of a span for what stands beside it."""
        here = self.standings[place]
        if here.span.part == "content":
            leads = not place or here.begun != self.standings[place - 1].ended
            return ("content leads",) if leads else ()
        before = self.standings[place - 1].span.part if place else None
        after = self.standings[place + 1].span.part if place + 1 < len(self.standings) else None
        near = (place > 0 and self.gaps[place - 1].size <= _BESIDE, after is not None and self.gaps[place].size <= _BESIDE)
        return _SIDES[here.span.part](before, after, near)

    def own(self, place: int) -> Features:
        """What holds of a span alone."""
        return dict.fromkeys((*self.words(place), *self.sides(place)), 1.0)


class Stage:
    """A paragraph on which scenes are set.

    Args:
        text: the paragraph.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._standings: dict[int, Standing] = {}  # by the object of the span, which is there as long as its standing is
        self._gaps: dict[tuple[int, int], Gap] = {}

    def set(self, spans: Sequence[TaggedSpan]) -> Scene:
        """The paragraph with some spans, in text order."""
        ordered = sorted(spans, key=_PLACE)
        standings = [self._standings.get(id(span)) or self._standing(span) for span in ordered]
        gaps, end = [], -1
        by_part: dict[Part, list[int]] = {part: [] for part in PARTS}
        for place, span in enumerate(ordered):
            by_part[span.part].append(place)
            if place:
                gaps.append(self._gaps.get((end, span.start)) or self._gap(end, span.start))
            end = span.end
        return Scene(
            standings=standings,
            gaps=gaps,
            by_part=by_part,
            sourced=frozenset(standings[place].begun for place in by_part["source"]),
        )

    def _standing(self, span: TaggedSpan) -> Standing:
        begun, ended = bisect.bisect_right(self._breaks, span.start), bisect.bisect_left(self._breaks, span.end)
        opens = _WORD.search(self._text, self._breaks[begun - 1] if begun else 0, span.start) is None
        found = Standing(span=span, begun=begun, ended=ended, words=_OWN[span.part](self._text, span, opens))
        self._standings[id(span)] = found
        return found

    def _gap(self, start: int, end: int) -> Gap:
        found = self._gaps[start, end] = _gap(self._text[start:end])
        return found


def set_scene(text: str, spans: Sequence[TaggedSpan]) -> Scene:
    """A paragraph with its spans in text order and its sentences counted."""
    return Stage(text).set(spans)


def _gap(loose: str) -> Gap:
    words = [word.lower() for word in _WORD.findall(loose)]
    held = (
        not _words("joining").isdisjoint(words),
        not _words("subordinating").isdisjoint(words),
        ";" in loose or "—" in loose or "--" in loose,
        "," in loose,
        ":" in loose,
        bool(words),
    )
    return Gap(held=sum(holds << bit for bit, holds in enumerate(held)), size=len(loose))


_CONTENT = (
    "content opens quotation",
    "content is quotation",
    "content opens small",
    "content opens clause",
    "content opens infinitive",
    "content ends with comma",
    "content ends sentence",
    "content opens sentence",
)


def content_words(text: str, span: TaggedSpan, opens: bool) -> Names:  # noqa: FBT001 - one of several readings of a span, by `_OWN`
    """What holds of a content's words: its marks, its first word and how it ends; `opens` where it opens its sentence."""
    words, after = text[span.start : span.end], text[span.end : span.end + 3].lstrip(QUOTE_CHARACTERS)
    first = _WORD.search(words)
    opening = first.group() if first else ""
    last = words.rstrip(QUOTE_CHARACTERS + " ")[-1:]
    opened = words[0] in _DOUBLE
    holds = (
        opened,
        opened and words[-1] in _DOUBLE,
        opening[:1].islower(),
        opening.lower() in _words("reported"),
        opening.lower() == "to",
        last == "," or after.startswith(","),
        last in ENDS or not after or after[0] in ENDS,
        opens,
    )
    return tuple(itertools.compress(_CONTENT, holds))


def cue_words(text: str, span: TaggedSpan, _opens: bool) -> Names:  # noqa: FBT001 - as above
    """What holds of a cue's words and of the mark behind it."""
    words = text[span.start : span.end].lower().split()
    behind = text[span.end : span.end + 1]
    return _true(
        {
            "cue names source": words[0] in _words("naming"),
            "cue is participle": words[0].endswith("ing") or words[-1].endswith("ing"),
            "cue is infinitive": words[0] == "to",
            "cue is plain": len(words) == 1 and words[0] in _words("plain"),
            "cue before colon": behind == ":" or words[-1].endswith(":"),
            "cue before comma": behind == ",",
            "cue before stop": behind in {".", ""},
        }
    )


def source_words(text: str, span: TaggedSpan, opens: bool) -> Names:  # noqa: FBT001 - as above
    """What holds of a source's words: whether it is a pronoun, a genitive, an agent; `opens` where it opens its sentence."""
    words = text[span.start : span.end].lower()
    lead = text[max(0, span.start - 12) : span.start].split()
    return _true(
        {
            "source is pronoun": words in _words("pronouns"),
            "source is agent": bool(lead) and lead[-1].lower() in _words("agents"),
            "source owns": words in _words("owners") or words.endswith(GENITIVES) or text.startswith(GENITIVES, span.end),
            "source opens sentence": opens,
        }
    )


_OWN: dict[Part, Callable[[str, TaggedSpan, bool], Names]] = {"content": content_words, "cue": cue_words, "source": source_words}


@functools.cache
def _cue_sides(before: Part | None, after: Part | None, near: tuple[bool, bool]) -> Names:
    """The spans on either side of a cue."""
    beside = [("behind", before, near[0]), ("before", after, near[1])]
    right = [f"cue right {side} {part}" for side, part, close in beside if close and part not in {None, "cue"}]
    return (f"cue behind {before or 'nothing'}", f"cue before {after or 'nothing'}", *right)


@functools.cache
def _source_sides(before: Part | None, after: Part | None, near: tuple[bool, bool]) -> Names:
    """Which cue stands beside a source."""
    return _true({"source right behind cue": near[0] and before == "cue", "source right before cue": near[1] and after == "cue"})


_SIDES: Mapping[Part, Callable[[Part | None, Part | None, tuple[bool, bool]], Names]] = {"cue": _cue_sides, "source": _source_sides}


def between(scene: Scene, one: int, other: int) -> tuple[int, int]:
    """What stands between two spans: which comes first, and the spans, sentence ends, words and marks in the middle.

    Returns:
        A number for all that is true of it, which `between_names` tells, and how many characters outside the spans that stand there.
    """
    low, high = (one, other) if one < other else (other, one)
    standings, gaps = scene.standings, scene.gaps
    gap = gaps[low]
    held, free, inner = gap.held, gap.size, 0
    for place in range(low + 1, high):
        gap = gaps[place]
        held |= gap.held
        free += gap.size
        inner = _ONE_MORE[inner, standings[place].span.part]
    sentences = standings[high].begun - standings[low].ended
    if sentences < 0 or sentences > _MOST:
        sentences = 0 if sentences < 0 else _MOST
    return ((held * _INNER + inner) * (_MOST + 1) + sentences) * 2 + (other > one), free


_COUNTS = tuple(itertools.product(range(_MOST + 1), repeat=len(PARTS)))  # how many spans of each part stand between
_INNER = len(_COUNTS)
_ONE_MORE = {
    (number, part): _COUNTS.index(tuple(min(count + (place == at), _MOST) for at, count in enumerate(counts)))
    for number, counts in enumerate(_COUNTS)
    for place, part in enumerate(PARTS)
}


@functools.cache
def between_names(code: int) -> Names:
    """What is true of two spans for what stands between them, by the number that `between` gives."""
    code, behind = divmod(code, 2)
    code, sentences = divmod(code, _MOST + 1)
    held, inner = divmod(code, _INNER)
    counts = dict(zip(PARTS, _COUNTS[inner], strict=True))
    return _true(
        {
            "other is behind": bool(behind),
            "sentence between": sentences >= 1,
            "sentences between": sentences > 1,
            **{name: bool(held >> bit & 1) for bit, name in enumerate(_HELD)},
            **{f"{part} between": count >= 1 for part, count in counts.items()},
            **{f"{part}s between": count > 1 for part, count in counts.items()},
        }
    )


def free_features(free: int) -> Features:
    """What the number of free characters between two spans makes."""
    return {name: 1.0 for step, name in _GAPS if free > step} | {"gap": math.log1p(free) / 5}


def between_features(scene: Scene, one: int, other: int) -> Features:
    """See `between`."""
    code, free = between(scene, one, other)
    return dict.fromkeys(between_names(code), 1.0) | free_features(free)


def shared_names(scene: Scene, content: int, cue: int) -> Names:
    """Whether a cue has, on its side away from a content, another content in its sentence."""
    step = -1 if cue < content else 1
    standings, at = scene.standings, cue + step
    while 0 <= at < len(standings) and standings[at].span.part == "source":
        at += step
    beyond = 0 <= at < len(standings) and standings[at].span.part == "content" and standings[at].begun == standings[cue].begun
    return _BEYOND if beyond else ()


_BEYOND = ("cue has content beyond",)


@functools.lru_cache(maxsize=4_096)
def nobody_names(names: Names) -> Names:
    """What holds of a cue, for the choice of no source."""
    return tuple(f"nobody: {name}" for name in names)


def _true(found: Mapping[str, bool]) -> Names:
    return tuple(name for name, holds in found.items() if holds)


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_table("linking")[section]["words"])
