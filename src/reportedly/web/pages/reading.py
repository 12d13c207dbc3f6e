"""The pages that only show: stories, a story, a claim, actors, sources, a document, search, problems."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from reportedly.coding import history
from reportedly.errors import UnknownIdError
from reportedly.inspection import policies
from reportedly.web.asking import LONGEST_WORDS, read_day
from reportedly.web.pages.judging import claim_form, stances
from reportedly.web.rendering import render
from reportedly.web.views.claim import claim_page
from reportedly.web.views.finding import FACETS, PAGE, search_page
from reportedly.web.views.sources import article_views, copy_rows, problems_of, source_rows
from reportedly.web.views.story import claim_days, story_cards, story_page
from reportedly.web.wiring import AnswersOf, Reader, Standing, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

Words = Annotated[str, Query(max_length=LONGEST_WORDS)]


@router.get("/")
def stories(request: Request, answers: AnswersOf, standpoint: Standing) -> HTMLResponse:
    """The stories, that of the newest report first."""
    cards = answers.ask(("cards", standpoint), lambda desk: story_cards(desk.holdings(standpoint.question())))
    days = answers.ask("days", lambda desk: claim_days(desk.holdings().claims, desk.holdings()))
    totals = answers.ask("totals", lambda desk: (len(desk.holdings().documents), len({c.claim.id for c in desk.holdings().claims})))
    return render(request, "stories.html", {"cards": cards, "standpoint": standpoint, "days": days, "totals": totals})


@router.get("/stories/{story}")
def story(request: Request, story: str, answers: AnswersOf, standpoint: Standing) -> HTMLResponse:
    """A story: figures, positions, timeline, contradictions, changes, reports, all as of one day."""
    since = read_day(request.query_params.get("since"), "since", last=False)
    known = answers.ask("stories", lambda desk: {found.id: found for found in desk.holdings().links.stories})
    if story not in known:
        raise UnknownIdError("story", story[:80])
    key = ("story", story, standpoint, since)
    page = answers.ask(key, lambda desk: story_page(desk, known[story], standpoint, since))
    default = answers.desk.settings.policy
    context = {"page": page, "standpoint": standpoint, "policies": policies(), "policy": standpoint.policy or default}
    return render(request, "story.html", context)


@router.get("/claims/{claim}")
def claim(request: Request, claim: str, answers: AnswersOf, standpoint: Standing, visitor: Reader) -> HTMLResponse:
    """A claim inside its page, with every field explained."""
    page = answers.ask(("claim", claim), lambda desk: claim_page(desk, claim[:LONGEST_WORDS]))
    context = {
        "page": page,
        "standpoint": standpoint,
        "deeds": history(answers.desk, target=page.claim.id, viewer=visitor.name),
        "form": claim_form(page.claim),
        "may": visitor.may("code"),
        "done": request.query_params.get("done", "")[:40],
    }
    return render(request, "claim.html", context)


@router.get("/actors")
def actors(request: Request, answers: AnswersOf, standpoint: Standing, visitor: Reader, name: Words = "") -> HTMLResponse:
    """Who speaks, and for whom."""
    seen = answers.revision
    rows = answers.ask(("actors", standpoint, name), lambda desk: desk.actors(standpoint.question(speaker=name or None)))
    context = {"rows": rows, "standpoint": standpoint, "name": name, "seen": seen, "may": visitor.may("code")}
    return render(request, "actors.html", context)


@router.get("/sources")
def sources(request: Request, answers: AnswersOf, standpoint: Standing) -> HTMLResponse:
    """Documents, and what repeats what."""
    rows = answers.ask(("sources", standpoint), lambda desk: source_rows(desk.holdings(standpoint.question())))
    copies = answers.ask(("copies", standpoint), lambda desk: copy_rows(desk.holdings(standpoint.question())))
    return render(request, "sources.html", {"rows": rows, "copies": copies, "standpoint": standpoint})


@router.get("/documents/{document}")
def document(request: Request, document: str, answers: AnswersOf, standpoint: Standing, visitor: Reader) -> HTMLResponse:
    """A document as it was read, its claims marked."""
    held = answers.desk.holdings()
    if document not in held.documents:
        raise UnknownIdError("document", document[:80])
    found = held.documents[document]
    views = answers.ask(("document", document), lambda desk: article_views(desk.holdings(), found))
    context = {
        "document": found,
        "articles": views,
        "problems": problems_of(held, found.name),
        "standpoint": standpoint,
        "seen": held.revision,
        "stances": stances(),
        "may": visitor.may("code"),
    }
    return render(request, "document.html", context)


@router.get("/search")
def search(
    request: Request, answers: AnswersOf, standpoint: Standing, q: Words = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> HTMLResponse:
    """Search over claims and texts, with facets."""
    chosen = {name: value[:LONGEST_WORDS] for name in FACETS if (value := request.query_params.get(name))}
    key = ("search", q, tuple(chosen.items()), standpoint, page)
    found = answers.ask(key, lambda desk: search_page(desk, q, chosen, standpoint, (page - 1) * PAGE))
    context = {"found": found, "chosen": chosen, "words": q, "page": page, "per_page": PAGE, "standpoint": standpoint}
    return render(request, "search.html", context)


@router.get("/problems")
def problems(request: Request, answers: AnswersOf, standpoint: Standing, code: Words = "") -> HTMLResponse:
    """What could not be used."""
    rows = answers.ask("problems", lambda desk: desk.problems(standpoint.question()))
    ids = answers.ask("ids", lambda desk: {found.name: found.id for found in desk.holdings().documents.values()})
    codes = sorted({row.code for row in rows})
    shown = [row for row in rows if not code or row.code == code]
    return render(request, "problems.html", {"rows": shown, "codes": codes, "code": code, "ids": ids, "standpoint": standpoint})
