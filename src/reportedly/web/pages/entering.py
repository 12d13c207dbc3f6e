"""Signing in and out, where a token is asked for."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly.web.access import COOKIE
from reportedly.web.rendering import give_session, render
from reportedly.web.wiring import AccessOf, anyone, own_form

router = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)])


@router.get("/sign-in")
def ask_token(request: Request) -> HTMLResponse:
    """The form for a token."""
    return render(request, "sign-in.html", {"failed": False})


@router.post("/sign-in", dependencies=[Depends(own_form)])
def take_token(request: Request, access: AccessOf, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Begin a session for who shows a token."""
    session = access.sign_in(token)
    if session is None:
        return render(request, "sign-in.html", {"failed": True}, status=403)
    answer = RedirectResponse("/", 303)
    give_session(request, answer, session)
    return answer


@router.post("/sign-out", dependencies=[Depends(own_form)])
def end(request: Request, access: AccessOf) -> Response:
    """End the session."""
    access.sign_out(request.cookies.get(COOKIE))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer
