"""The pages that only show: stories, a story, a claim, actors, sources, a document, search, problems."""

import re
from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from reportedly.errors import UnknownIdError
from reportedly.query.facets import FACETS
from reportedly.query.listing import actors_of, ids_held, stories_of, totals_of
from reportedly.tasks.coding import history
from reportedly.tasks.inspection import policies
from reportedly.web.asking import LONGEST_WORDS, read_day
from reportedly.web.making import story_from
from reportedly.web.pages.judging import claim_form, coder_of, queue_address, signer_of
from reportedly.web.pages.typed import LONGEST_NAME, choices
from reportedly.web.rendering import render
from reportedly.web.views.claim import claim_page
from reportedly.web.views.finding import PAGE, search_page
from reportedly.web.views.paging import Pager
from reportedly.web.views.sources import copy_page, source_page
from reportedly.web.views.story import StoryPages, story_cards
from reportedly.web.wiring import AnswersOf, Reader, Standing, at_one_moment, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

Words = Annotated[str, Query(max_length=LONGEST_WORDS)]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]

STORIES = 40  # on one page of the list
ACTORS = 100  # on one page
PROBLEMS = 200  # on one page
SOURCES = 50  # documents, and copies, on one page
_STORY = re.compile("s:[0-9a-f]{16}")
_NUMBER = re.compile("[1-9][0-9]{0,5}", re.ASCII)


@router.get("/")
@at_one_moment
def stories(request: Request, answers: AnswersOf, standpoint: Standing, page: PageNumber = 1) -> HTMLResponse:
    """The stories, that of the newest report first."""
    question = standpoint.question(limit=STORIES, offset=(page - 1) * STORIES)
    found = answers.ask(("cards", question), lambda desk: stories_of(desk.library, question.filters, question.clocks))
    context = {
        "cards": story_cards(found.rows),
        "pager": Pager(page=page, size=STORIES, total=found.total),
        "standpoint": standpoint,
        "totals": answers.ask("totals", lambda desk: totals_of(desk.library)),
    }
    return render(request, "stories.html", context)


async def pages_of(request: Request) -> StoryPages:
    """Which page of each part of a story an address asks for; the first where that is no number."""
    words = {name.name: request.query_params.get(name.name, "") for name in fields(StoryPages)}
    return StoryPages(**{name: int(word) for name, word in words.items() if _NUMBER.fullmatch(word)})


@router.get("/stories/{story}")
@at_one_moment
def story(
    request: Request, story: str, answers: AnswersOf, standpoint: Standing, pages: Annotated[StoryPages, Depends(pages_of)]
) -> HTMLResponse:
    """A story: figures, positions, timeline, contradictions, changes, reports, all as of one day, a page of each at a time."""
    since = read_day(request.query_params.get("since"), "since", last=False)
    if not _STORY.fullmatch(story):
        raise UnknownIdError("story", story[:80])
    page = answers.ask_beside(story_from, story, standpoint, since, pages, story=story)
    default = answers.desk.settings.policy
    context = {
        "page": page,
        "standpoint": standpoint,
        "policies": policies(),
        "policy": standpoint.policy or default,
        "compared": since.isoformat() if since else None,
    }
    return render(request, "story.html", context)


@router.get("/claims/{claim}")
@at_one_moment
def claim(request: Request, claim: str, answers: AnswersOf, standpoint: Standing, visitor: Reader) -> HTMLResponse:
    """A claim inside its page, with every field explained."""
    coder = coder_of(request, visitor)
    queue = request.query_params.get("queue", "")[:LONGEST_WORDS]
    words = claim[:LONGEST_WORDS]
    page = answers.ask(("claim", words), lambda desk: claim_page(desk, words))
    deeds = history(answers.desk, target=page.claim.id, viewer=coder)
    context = {
        "page": page,
        "standpoint": standpoint,
        "deeds": deeds,
        "signer": signer_of(request, visitor),
        "coding": request.query_params.get("coding", "")[:LONGEST_NAME],
        "queue": queue_address(queue) if queue else "",
        "asked": queue,
        "form": claim_form(page.claim),
        "choices": choices(),
        "may": visitor.may("code"),
        "done": request.query_params.get("done", "")[:40],
    }
    return render(request, "claim.html", context)


@router.get("/actors")
@at_one_moment
def actors(
    request: Request, answers: AnswersOf, standpoint: Standing, visitor: Reader, name: Words = "", page: PageNumber = 1
) -> HTMLResponse:
    """Who speaks, and for whom."""
    seen = answers.revision
    question = standpoint.question(speaker=name or None, limit=ACTORS, offset=(page - 1) * ACTORS)
    found = answers.ask(("actors", question), lambda desk: actors_of(desk.library, question.filters, question.clocks))
    pager = Pager(page=page, size=ACTORS, total=found.total)
    context = {"rows": found.rows, "pager": pager, "standpoint": standpoint, "name": name, "seen": seen, "may": visitor.may("code")}
    return render(request, "actors.html", context)


@router.get("/sources")
@at_one_moment
def sources(request: Request, answers: AnswersOf, standpoint: Standing, page: PageNumber = 1) -> HTMLResponse:
    """Documents, and what repeats what."""
    question = standpoint.question(limit=SOURCES, offset=(page - 1) * SOURCES)
    found = answers.ask(("sources", question), lambda desk: source_page(desk, question))
    copies = answers.ask(("copies", question), lambda desk: copy_page(desk, question))
    context = {
        "rows": found.rows,
        "total": found.total,
        "copies": copies.rows,
        "pager": Pager(page=page, size=SOURCES, total=max(found.total, copies.total)),
        "standpoint": standpoint,
    }
    return render(request, "sources.html", context)


@router.get("/search")
@at_one_moment
def search(request: Request, answers: AnswersOf, standpoint: Standing, q: Words = "", page: PageNumber = 1) -> HTMLResponse:
    """Search over claims and texts, with facets."""
    texts = request.query_params.get("texts") == "all"
    chosen = {name: value[:LONGEST_WORDS] for name in FACETS if (value := request.query_params.get(name))}
    key = ("search", q, tuple(chosen.items()), standpoint, page, texts)
    found = answers.ask(key, lambda desk: search_page(desk, q, chosen, standpoint, (page - 1) * PAGE, texts=texts))
    context = {"found": found, "chosen": chosen, "words": q, "page": page, "per_page": PAGE, "standpoint": standpoint}
    return render(request, "search.html", context)


@router.get("/problems")
@at_one_moment
def problems(request: Request, answers: AnswersOf, standpoint: Standing, code: Words = "", page: PageNumber = 1) -> HTMLResponse:
    """What could not be used."""
    rows = answers.ask("problems", lambda desk: desk.problems(standpoint.question()))
    fitting = [row for row in rows if not code or row.code == code]
    shown = fitting[(page - 1) * PROBLEMS : page * PROBLEMS]
    context = {
        "rows": shown,
        "codes": sorted({row.code for row in rows}),
        "code": code,
        "ids": ids_held(answers.desk.library, {row.document for row in shown if row.document}),
        "pager": Pager(page=page, size=PROBLEMS, total=len(fitting)),
        "standpoint": standpoint,
    }
    return render(request, "problems.html", context)
