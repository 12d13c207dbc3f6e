"""What every route is handed: the answers, the intake, the visitor.

These wait for nothing, so that they are coroutines: a plain function would cost a thread each at every request.
"""

import functools
from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar, cast

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from reportedly.web.access import Access, Visitor
from reportedly.web.answers import Answers
from reportedly.web.asking import Standpoint, standpoint_of
from reportedly.web.config import Serving
from reportedly.web.jobs import Intake
from reportedly.web.tokens import Role

P = ParamSpec("P")
T = TypeVar("T")


class StrangerError(Exception):
    """Somebody who has yet to sign in."""


def serving_of(request: Request) -> Serving:
    """How the ledger is served."""
    return cast("Serving", request.app.state.serving)


async def _serving(request: Request) -> Serving:
    return serving_of(request)


async def answers_of(request: Request) -> Answers:
    """The desk's answers."""
    return cast("Answers", request.app.state.answers)


def at_one_moment(page: Callable[P, T]) -> Callable[P, T]:
    """A route that is handed `answers`, all of which are then of one state of the ledger, which is asked for once."""

    @functools.wraps(page)
    def still(*args: P.args, **kwargs: P.kwargs) -> T:
        with cast("Answers", kwargs["answers"]).still():
            return page(*args, **kwargs)

    return still


async def intake_of(request: Request) -> Intake:
    """Where files go in."""
    return cast("Intake", request.app.state.intake)


def access_of(request: Request) -> Access:
    """Who tells visitors apart."""
    return cast("Access", request.app.state.access)


async def anyone(request: Request) -> Visitor:
    """The visitor, who may be a stranger."""
    visitor = access_of(request).visitor(request)
    request.state.visitor = visitor
    return visitor


async def reader(visitor: Annotated[Visitor, Depends(anyone)]) -> Visitor:
    """A visitor who may read.

    Raises:
        StrangerError: they have yet to sign in.
    """
    if visitor.role is None:
        raise StrangerError
    return visitor


def _changer(visitor: Visitor, role: Role) -> Visitor:
    if not visitor.may(role):
        raise HTTPException(403, f"this needs a token of role {role}")
    return visitor


async def coder(visitor: Annotated[Visitor, Depends(reader)]) -> Visitor:
    """A visitor who may correct claims."""
    return _changer(visitor, "code")


async def admin(visitor: Annotated[Visitor, Depends(reader)]) -> Visitor:
    """A visitor who may add pages."""
    return _changer(visitor, "admin")


async def own_form(request: Request, visitor: Annotated[Visitor, Depends(anyone)]) -> None:
    """Hold a change to a form of ours, and keep who signed it."""
    shown = request.headers.get("x-csrf-token")
    form = await request.form() if shown is None else {}
    given, by = form.get("csrf") if shown is None else shown, form.get("by")
    access_of(request).check_form(visitor, given if isinstance(given, str) else "")
    access_of(request).remember(visitor, by.strip() if isinstance(by, str) else "")


def standing(request: Request) -> Standpoint:
    """From when, and by which policy, the visitor looks."""
    return standpoint_of(request.query_params)


async def _standing(request: Request) -> Standpoint:
    return standing(request)


async def _access(request: Request) -> Access:
    return access_of(request)


AnswersOf = Annotated[Answers, Depends(answers_of)]
IntakeOf = Annotated[Intake, Depends(intake_of)]
AccessOf = Annotated[Access, Depends(_access)]
ServingOf = Annotated[Serving, Depends(_serving)]
Standing = Annotated[Standpoint, Depends(_standing)]
Reader = Annotated[Visitor, Depends(reader)]
Coder = Annotated[Visitor, Depends(coder)]
Admin = Annotated[Visitor, Depends(admin)]
