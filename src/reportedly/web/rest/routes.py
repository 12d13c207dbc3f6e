"""The routes that read: the design's records under `/api/v1`."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from reportedly.errors import BadDateError, UnknownIdError
from reportedly.model import (
    ActorRow,
    Article,
    Assessment,
    Change,
    CheckRow,
    Claim,
    Deed,
    Document,
    Filters,
    Hit,
    Life,
    PrimaryRow,
    Problem,
    QueueItem,
    Row,
    Series,
    ShownClaim,
    StoryRow,
    TimelineEntry,
    row_of,
)
from reportedly.query.listing import Page, actors_of, claims_of, documents_of, hits_of, story_rows_of, totals_of
from reportedly.tasks import coding
from reportedly.tasks.inspection import Contradiction, Rest, draft_of, policies
from reportedly.web.asking import Standpoint
from reportedly.web.making import checked, rests_shown, story_of, waiting
from reportedly.web.rest import asked
from reportedly.web.rest.answering import answer_list, answer_one, answer_page, answer_rows, one_of, rows_of
from reportedly.web.wiring import AnswersOf, Reader, reader

router = APIRouter(prefix="/api/v1", dependencies=[Depends(reader)])


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What the ledger holds in short.

    Attributes:
        revision: an integer that only grows.
        documents: number of documents.
        claims: number of claims.
        stories: number of stories.
        policies: the policies that ship with the package.
    """

    revision: int
    documents: int
    claims: int
    stories: int
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document with its text and articles.

    Attributes:
        document: the document.
        text: its text, in which all offsets count.
        articles: its articles in page order.
    """

    document: Document
    text: str
    articles: tuple[Article, ...]


@router.get("/ledger", responses=one_of(LedgerRow), summary="What the ledger holds in short")
def ledger(request: Request, answers: AnswersOf) -> Response:
    """Revision, numbers and policies."""

    def make() -> Row:
        documents, claims, stories = answers.ask("totals", lambda desk: totals_of(desk.library))
        row = LedgerRow(revision=answers.revision, documents=documents, claims=claims, stories=stories, policies=tuple(policies()))
        return row_of(row)

    return answer_one(request, answers, make)


@router.get("/stories", responses=rows_of(StoryRow), summary="Which article belongs to which story")
def stories(request: Request, answers: AnswersOf, ask: Annotated[asked.Clocked, Query()]) -> Response:
    """Rows by story, then by article."""
    question = ask.question()
    return answer_page(request, answers, ask, lambda filters: story_rows_of(answers.desk.library, filters, question.clocks))


@router.get("/claims", responses=rows_of(Claim), summary="Who said what, when, through whom")
def claims(request: Request, answers: AnswersOf, ask: Annotated[asked.Claimed, Query()]) -> Response:
    """Claims in page order."""
    question = ask.question()

    def make(filters: Filters) -> Page[Claim]:
        found = claims_of(answers.desk.library, filters, question.clocks)
        return Page(rows=[stored.claim for stored in found.rows], total=found.total)

    return answer_page(request, answers, ask, make)


@router.get("/claims/{claim}", responses=one_of(ShownClaim), summary="A claim inside its passage")
def claim(request: Request, claim: str, answers: AnswersOf) -> Response:
    """The claim of an id, or of the start of one, with the other claims of its origin."""
    return answer_one(request, answers, lambda: row_of(answers.desk.show(claim)))


@router.get("/figures", responses=rows_of(Series), summary="Series of figures with low, best and high")
def figures(request: Request, answers: AnswersOf, ask: Annotated[asked.Figured, Query()]) -> Response:
    """Series with every entry behind them."""
    return answer_list(request, answers, ask, "figures")


@router.get("/figures/{series}/rests", responses=rows_of(Rest), summary="What low and high of a series rest on")
def rests(request: Request, series: str, answers: AnswersOf, ask: Annotated[asked.Figured, Query()]) -> Response:
    """The bounds without each principal, without each outlet, under each policy."""

    def make(filters: Filters) -> Page[Rest]:
        question = replace(ask.question(), filters=filters)
        found = answers.ask_beside(rests_shown, question, series, story=story_of(question))
        if found is None:
            raise UnknownIdError("series", series[:80])
        return found

    return answer_page(request, answers, ask, make)


@router.get("/lives", responses=rows_of(Life), summary="The lives of numbers")
def lives(request: Request, answers: AnswersOf, ask: Annotated[asked.Lived, Query()]) -> Response:
    """Each principal's figure from its first report on, with what was lost on the way."""
    return answer_list(request, answers, ask, "lives")


@router.get("/primaries", responses=rows_of(PrimaryRow), summary="What is had at second hand alone")
def primaries(request: Request, answers: AnswersOf, ask: Annotated[asked.Traced, Query()]) -> Response:
    """The origins of which no document by the speaker is in the heap, those that most outlets carried first."""
    return answer_list(request, answers, ask, "primaries")


@router.get("/statements", responses=rows_of(Assessment), summary="Statements with support and, apart from it, disputes")
def statements(request: Request, answers: AnswersOf, ask: Annotated[asked.Spoken, Query()]) -> Response:
    """What is put forward, who supports it, who disputes it."""
    return answer_list(request, answers, ask, "statements")


@router.get("/timeline", responses=rows_of(TimelineEntry), summary="Dated events in the articles' own words")
def timeline(request: Request, answers: AnswersOf, ask: Annotated[asked.Timed, Query()]) -> Response:
    """Events by their day."""
    return answer_list(request, answers, ask, "timeline", ask.grain)


@router.get("/actors", responses=rows_of(ActorRow), summary="Who speaks, and for whom")
def actors(request: Request, answers: AnswersOf, ask: Annotated[asked.Voiced, Query()]) -> Response:
    """Actors, those with the most claims first."""
    question = ask.question()
    return answer_page(request, answers, ask, lambda filters: actors_of(answers.desk.library, filters, question.clocks))


@router.get("/changes", responses=rows_of(Change), summary="What is otherwise on the later of two days")
def changes(request: Request, answers: AnswersOf, ask: Annotated[asked.Compared, Query()]) -> Response:
    """Figures, positions, withdrawals and edited pages."""
    if ask.until < ask.since:
        raise BadDateError(f"{ask.since} to {ask.until}", name="since, until")
    return answer_list(request, answers, ask, "changes", ask.since, ask.until)


@router.get("/contradictions", responses=rows_of(Contradiction), summary="Claims that cannot all hold")
def contradict(request: Request, answers: AnswersOf, ask: Annotated[asked.Clocked, Query()]) -> Response:
    """The smallest sets of them, by arithmetic."""
    return answer_list(request, answers, ask, "contradictions")


@router.get("/search", responses=rows_of(Hit), summary="Words in texts")
def search(request: Request, answers: AnswersOf, ask: Annotated[asked.Sought, Query()]) -> Response:
    """Passages that hold all the words, best first."""
    question = ask.question()
    return answer_page(request, answers, ask, lambda filters: hits_of(answers.desk.library, ask.q, filters, question.clocks))


@router.get("/documents", responses=rows_of(Document), summary="The documents")
def documents(request: Request, answers: AnswersOf, ask: Annotated[asked.Clocked, Query()]) -> Response:
    """Documents by id."""
    question = ask.question()
    return answer_page(request, answers, ask, lambda filters: documents_of(answers.desk.library, filters, question.clocks))


@router.get("/documents/{document}", responses=one_of(DocumentRow), summary="A document with its text")
def document(request: Request, document: str, answers: AnswersOf) -> Response:
    """The document of an id or name; every span of its claims is an offset into `text`."""

    def make() -> Row:
        found = answers.desk.store.find_document(document)
        held = answers.desk.library.documents({found.id})
        articles = tuple(article for key, article in sorted(held.articles.items()) if key[0] == found.id)
        return row_of(DocumentRow(document=found, text=held.text_of(found.id), articles=articles))

    return answer_one(request, answers, make)


@router.get("/problems", responses=rows_of(Problem), summary="What could not be used")
def problems(request: Request, answers: AnswersOf, ask: Annotated[asked.Troubled, Query()]) -> Response:
    """Problems by document and place."""
    question = ask.question()
    return answer_rows(request, answers, ask, lambda: answers.desk.problems(question))


@router.get("/judgements", responses=rows_of(Deed), summary="The audit log")
def judgements(request: Request, answers: AnswersOf, visitor: Reader, ask: Annotated[asked.Logged, Query()]) -> Response:
    """Who did what, the newest first; others' open codings are hidden."""
    return answer_rows(request, answers, ask, lambda: coding.history(answers.desk, target=ask.target, viewer=visitor.name))


@router.get("/queue", responses=rows_of(QueueItem), summary="What to judge first")
def queue(request: Request, answers: AnswersOf, visitor: Reader, ask: Annotated[asked.Queued, Query()]) -> Response:
    """Claims that wait to be judged, those first whose rejection would move low and high the most."""
    coder = visitor.name if ask.coding else ""

    def make(filters: Filters) -> Page[QueueItem]:
        question = replace(ask.question(), filters=filters)
        return answers.ask_beside(waiting, question, coder, ask.coding, story=story_of(question))

    return answer_page(request, answers, ask, make)


@router.post("/check", responses=rows_of(CheckRow), summary="What the ledger supports of a draft")
def check(request: Request, answers: AnswersOf, draft: asked.Draft) -> Response:
    """Each figure and attribution of the draft with a verdict; offsets count in the draft."""
    question = Standpoint(as_of=draft.as_of).question(story=draft.story)
    page = asked.Paged(limit=1_000, offset=0)
    return answer_rows(
        request, answers, page, lambda: answers.make_beside(checked, draft_of(draft.text), question, story=story_of(question))
    )
