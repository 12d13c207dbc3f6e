"""A tagger's spans in the place of the rules' findings; the tagger is a double that marks what a test says."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from reportedly.errors import NoModelError
from reportedly.extract import ClaimExtractor
from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.parse.parsing import parse
from reportedly.extract.tagging.labels import PARTS
from reportedly.extract.tagging.tagger import LikelySpan, Marks, TaggedSpan
from reportedly.model import Article

MakeArticle = Callable[..., Article]
Wanted = Mapping[str, tuple[str, str, str]]


class MarkingTagger:
    """Marks in each paragraph the source, cue and content that it was given for it."""

    def __init__(self, marks: Wanted) -> None:
        self.marks = marks

    def draw(self, paragraphs: Sequence[str], count: int) -> list[Marks]:
        """The same reading of a paragraph over and over, and sure of it."""
        return [self._marks(tuple(self._spans(paragraph)), count) for paragraph in paragraphs]

    def _marks(self, spans: tuple[TaggedSpan, ...], count: int) -> Marks:
        likely = tuple(LikelySpan(part=s.part, start=s.start, end=s.end, probability=0.99, surplus=1.0) for s in spans)
        return Marks(best=spans, drawn=(spans,) * count, likely=likely)

    def _spans(self, paragraph: str) -> list[TaggedSpan]:
        parts = zip(PARTS, self.marks.get(paragraph.strip(), ("", "", "")), strict=True)
        places = [(part, paragraph.index(words), words) for part, words in parts if words]
        spans = [TaggedSpan(part=part, start=at, end=at + len(words), score=1.0) for part, at, words in places]
        return sorted(spans, key=lambda span: span.start)


def attributions(make_article: MakeArticle, text: str, marks: Wanted) -> list[Attribution]:
    """What an article gives with a tagger, narration left out."""
    found = find_attributions(parse(text, make_article(text)), tagger=MarkingTagger(marks))
    return [a for a in found if a.form != "narration"]


def words(found: Attribution) -> tuple[str, str, str]:
    """Source, cue and content of an attribution as words."""
    source, cue, content = (" | ".join(span.text for span in part) for part in (found.source, found.cue, found.content))
    return source, cue, content


def test_tagged_spans_stand_as_they_were_marked(make_article: MakeArticle) -> None:
    """Quotation marks stay inside the content, and the form is read from them; the rules' own boundaries do not count."""
    text = "“The mine is empty,” Lind said on Friday."
    (found,) = attributions(make_article, text, {text: ("Lind", "said", "“The mine is empty,”")})
    assert words(found) == ("Lind", "said", "“The mine is empty,”")
    assert found.form == "direct"


def test_cue_that_no_table_holds_is_one_where_the_tagger_marks_it(make_article: MakeArticle) -> None:
    """The tagger reads cues that the tables do not know."""
    text = "Lind is adamant about the mine being empty."
    (found,) = attributions(make_article, text, {text: ("Lind", "is adamant about", "the mine being empty")})
    assert words(found) == ("Lind", "is adamant about", "the mine being empty")


def test_rules_speak_where_the_tagger_is_silent(make_article: MakeArticle) -> None:
    """A paragraph without a tagged span gives what the rules find."""
    text = "Lind said the mine was empty."
    assert [words(a) for a in attributions(make_article, text, {})] == [("Lind", "said", "the mine was empty")]


def test_nested_levels_are_those_of_the_rules(make_article: MakeArticle) -> None:
    """The tagger marks the outermost attribution, the claim is the innermost speaker's with the other as its level."""
    text = "The statement cited Lind as saying the mine was empty."
    (found,) = attributions(make_article, text, {text: ("The statement", "cited", "Lind as saying the mine was empty")})
    assert words(found) == ("Lind", "cited | as saying", "the mine was empty")
    assert [level.source[0].text for level in found.outer] == ["The statement"]


def test_paragraph_of_quotation_goes_on_the_one_before(make_article: MakeArticle) -> None:
    """A content without cue and source that is all its paragraph is a later piece of the last quoting attribution."""
    first, second = "“The mine is empty,” Lind said.", "“We sealed it.”"
    marks = {first: ("Lind", "said", "“The mine is empty,”"), second: ("", "", "“We sealed it.”")}
    (found,) = attributions(make_article, f"{first}\n{second}", marks)
    assert words(found)[2] == "“The mine is empty,” | “We sealed it.”"


def test_content_without_quotation_marks_and_without_anyone_is_the_outlets(make_article: MakeArticle) -> None:
    """What nobody is named for and nothing quotes is no attribution."""
    text = "The mine is empty."
    assert attributions(make_article, text, {text: ("", "", "The mine is empty")}) == []


def test_missing_model_is_told(make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the files of a model the run ends with the error that names it."""
    monkeypatch.setattr("reportedly.extract.tagging.tagger.MODELS", "reportedly.extract.tagging")
    with pytest.raises(NoModelError, match="no model 'no-such'"):
        ClaimExtractor(model="no-such").extract("a", [make_article("a")])  # type: ignore[arg-type]
