"""Puts the desk together: pages, API, guard, and the ledger behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from reportedly import __version__
from reportedly.api import Desk
from reportedly.web.access import Access
from reportedly.web.answers import Answers
from reportedly.web.beside import Beside
from reportedly.web.config import Serving
from reportedly.web.failures import API, answer_failure, tell_failures
from reportedly.web.guard import Guard
from reportedly.web.jobs import Intake
from reportedly.web.pages import documents, entering, handing, judging, reading, tracing, working
from reportedly.web.rest import changing, routes
from reportedly.web.rest.answering import document_api
from reportedly.web.tokens import TokenFile, tokens_path
from reportedly.web.warming import Warming, have_ready
from reportedly.web.wiring import StrangerError

_AT_ONCE = 6
"""Pages that are made at once; more would take turns at one interpreter, and all come late."""

_STATIC = Path(__file__).parent / "static"


def make_app(serving: Serving) -> FastAPI:
    """The desk of a ledger, as an ASGI application.

    Args:
        serving: the ledger, and the limits.

    Returns:
        The application; the ledger is opened at once and let go when the application is shut down.

    Raises:
        CannotRunError: the ledger cannot be opened.
    """
    desk = Desk(serving.ledger, create=True, lagging=True)
    beside = Beside(serving.ledger, desk.settings)
    answers = Answers(desk, beside)
    warming = Warming(desk.library, lambda story: have_ready(answers, story))
    intake = Intake(desk, warming.changed)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _AT_ONCE
        intake.catch_up()
        warming.start()
        yield
        intake.close()
        warming.stop()
        beside.close()  # what is being made there is not waited for
        warming.close()
        desk.close()

    app = FastAPI(
        title="reportedly",
        version=__version__,
        summary="Who said what, when, through whom, about when, with what figure.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the ready-made pages load scripts from other hosts
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.serving = serving
    app.state.answers = answers
    app.state.intake = intake
    app.state.access = Access(serving, TokenFile(tokens_path(serving.ledger)))
    tell_failures(app)
    _meet_strangers(app)
    for part in (entering, reading, documents, working, judging, handing, tracing, routes, changing):
        app.include_router(part.router)
    document_api(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Guard, serving=serving)
    return app


def _meet_strangers(app: FastAPI) -> None:
    """A program without a token is told so; a reader is led to the page where one is asked for."""

    @app.exception_handler(StrangerError)
    def stranger(request: Request, _: StrangerError) -> Response:
        if request.url.path.startswith(API):
            answer = answer_failure(request, 401, "a token is needed: Authorization: Bearer TOKEN")
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        return RedirectResponse("/sign-in", 303)
