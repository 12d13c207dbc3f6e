"""What the rules hand to one another before it becomes an attribution."""

from dataclasses import dataclass, replace

from reportedly.extract.attribution.cues import CueClass
from reportedly.extract.attribution.layout import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A cue with what it reports, in places of its paragraph.

    Attributes:
        head: the cue's head token.
        cue: the words that report, a piece a range.
        source: who is reported; empty where nobody is named.
        content: what is put forward, a piece a range.
        kind: the cue's class.
        outer: the (source, cue) pairs of the levels around it, nearest the speaker first.
        later: pieces of the content in later paragraphs: (place of the paragraph among the article's, range).
    """

    head: int
    cue: tuple[Range, ...]
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    kind: CueClass = "speech"
    outer: tuple[tuple[tuple[Range, ...], tuple[Range, ...]], ...] = ()
    later: tuple[tuple[int, Range], ...] = ()

    @property
    def start(self) -> int:
        """First place of its content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """One past the last place of its content."""
        return self.content[-1][1]

    @property
    def is_turn(self) -> bool:
        """Whether it is a turn of a transcript, whose label stands before the paragraph."""
        return bool(self.cue) and self.cue[0][0] < 0

    def places(self) -> list[Range]:
        """Every range of its paragraph that it takes: content, cue, source and the outer levels."""
        outer = [part for level in self.outer for parts in level for part in parts]
        return [*self.content, *self.cue, *self.source, *outer]

    def size(self) -> int:
        """How many characters its content holds."""
        return sum(end - start for start, end in self.content)

    def holds(self, place: Range) -> bool:
        """Whether a piece of its content holds a whole range."""
        return any(start <= place[0] and place[1] <= end for start, end in self.content)

    def within(self, source: tuple[Range, ...], cue: tuple[Range, ...]) -> "Finding":
        """The same, reported by one more outer level."""
        return replace(self, outer=(*self.outer, (source, cue)))
