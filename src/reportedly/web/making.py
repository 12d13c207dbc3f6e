"""What takes long where a story is large: functions of a desk's answers, which any process may call (`Answers.ask_beside`)."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from reportedly.api import Desk, Question
from reportedly.model import CheckRow, Life, QueueItem, Reading, Row, row_of
from reportedly.query.listing import Page, page_of, size_of
from reportedly.tasks import handover
from reportedly.tasks.coding import queue_page
from reportedly.tasks.inspection import Brief, Rest, brief_text, contradictions, rests_of
from reportedly.web.answers import Answers
from reportedly.web.asking import Standpoint
from reportedly.web.views.story import StoryPage, StoryPages, story_matter, story_page

CASES = 20
"""Claims on one page of the queue."""

ROWS = 100
"""Rows of a list that the API gives where nobody asks for more or fewer."""

LONG = 20_000
"""Claims of a ledger of which a list by stories takes so long to make that a reader is asked first whether it is wanted."""

BriefForm = Literal["md", "html", "json", "docx", "pdf"]


def _changes(desk: Desk, question: Question, since: dt.date, until: dt.date) -> Sequence[object]:
    return desk.changes(since, until, question)


_LISTS: Mapping[str, Callable[..., Sequence[Any]]] = {
    "figures": Desk.figures,
    "statements": Desk.statements,
    "timeline": lambda desk, question, grain: desk.timeline(question, grain=grain),
    "lives": Desk.lives,
    "primaries": Desk.primaries,
    "changes": _changes,
    "contradictions": contradictions,
}


def too_many(answers: Answers, story: str, insists: str | None) -> int:
    """How many claims a list would have to be made of, where it takes long and nobody insists; else 0.

    Args:
        answers: the desk's answers.
        story: the story that is asked about; empty for the whole ledger.
        insists: whether the reader asked for all: `yes`.
    """
    held = 0 if story or insists == "yes" else size_of(answers.desk.library, None)
    return held if held >= LONG else 0


def story_of(question: Question) -> str | None:
    """The story that an answer to a question is about alone; None where it hangs on the whole ledger."""
    return None if question.clocks.recorded_before is not None else question.filters.story


def story_from(
    answers: Answers,
    story: str,
    standpoint: Standpoint = Standpoint(),  # noqa: B008 - frozen
    since: dt.date | None = None,
    pages: StoryPages = StoryPages(),  # noqa: B008 - frozen
) -> StoryPage:
    """The page of a story by its id, kept while the story stays as it is; see `views.story`."""
    key = (story, standpoint, since)

    def shown(desk: Desk) -> StoryPage:
        matter = answers.ask(("story", *key), lambda desk: story_matter(desk, story, standpoint, since), story=story)
        return story_page(desk, matter, standpoint, pages)

    return answers.ask(("page", *key, pages), shown, story=story)


def listed(answers: Answers, kind: str, question: Question, *more: Hashable) -> Page[Any]:
    """A page of a list, as the question's limit and offset ask.

    Args:
        answers: the desk's answers; the whole list is kept there.
        kind: which list: figures, statements, timeline (`more` is its grain), lives, primaries, changes (the two days), contradictions.
        question: what is asked.
        more: what else.
    """
    whole = replace(question, filters=replace(question.filters, limit=None, offset=0))
    rows = answers.ask(("list", kind, whole, more), lambda desk: _LISTS[kind](desk, whole, *more), story=story_of(question))
    return page_of(rows, question.filters)


def listed_rows(answers: Answers, kind: str, question: Question, *more: Hashable) -> Page[Row]:
    """The same as rows of JSON.

    Its whole list is kept where it is made, and these rows where they are asked for.
    """
    found = listed(answers, kind, question, *more)
    return Page(rows=[row_of(row) for row in found.rows], total=found.total)


def rests_shown(answers: Answers, question: Question, series: str) -> Page[Rest] | None:
    """A page of what low and high of a series rest on; None where no series has that id."""
    whole = replace(question, filters=replace(question.filters, limit=None, offset=0))
    found = answers.ask(("rests", whole, series), lambda desk: rests_of(desk, whole, {series}), story=story_of(question)).get(series)
    return None if found is None else page_of(found, question.filters)


def waiting(answers: Answers, question: Question, coder: str, coding: str | None) -> Page[QueueItem]:
    """A page of the coding queue; see `tasks.coding.queue`."""
    key = ("queue", question, coder, coding)
    return answers.ask(key, lambda desk: queue_page(desk, question, coder=coder, coding=coding), story=story_of(question))


def lives_shown(
    answers: Answers,
    question: Question,
    measure: str,
    changed: bool,  # noqa: FBT001 - `ask_beside` takes no names
) -> tuple[Page[Life], tuple[str, ...]]:
    """A page of the lives of numbers, only those of a measure or that were changed on the way; and the measures there are."""
    every = listed(answers, "lives", replace(question, filters=replace(question.filters, limit=None))).rows
    fitting = [life for life in every if measure in ("", life.measure) and (not changed or any(told.changes for told in life.tellings))]
    return page_of(fitting, question.filters), tuple(sorted({life.measure for life in every}))


def brief_of(answers: Answers, question: Question) -> Brief:
    """The cited report of a story."""
    return answers.ask(("brief", question), lambda desk: desk.brief(question))


def brief_as(answers: Answers, question: Question, form: BriefForm) -> str | bytes:
    """The cited report of a story as a file."""
    brief = brief_of(answers, question)
    return handover.brief_file(brief, form) if form in ("docx", "pdf") else brief_text(brief, form)


def infobox_of(answers: Answers, question: Question) -> str:
    """Wikitext of a story's standing figures."""
    return answers.ask(("infobox", question), lambda desk: handover.infobox(desk, question), story=story_of(question))


def checked(answers: Answers, draft: Reading, question: Question) -> Sequence[CheckRow]:
    """What the ledger supports of a draft."""
    return answers.desk.check(draft, question)


def watched(answers: Answers, printed: Reading, question: Question) -> Sequence[CheckRow]:
    """What no longer holds of a printed text."""
    return handover.watch(answers.desk, printed, question)


def exported(
    answers: Answers,
    question: Question,
    form: handover.ExportForm,
    texts: bool,  # noqa: FBT001 - as above
) -> Mapping[str, bytes]:
    """An export's files by their names."""
    return handover.export(answers.desk, question, form, texts=texts)
