"""Errors as pages: what happened in a sentence, what one can do, and nothing about a person."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response

from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import KEY, Exchange, request_number
from chengnuo.doors.http.problems import (
    Problem,
    allowed_methods,
    answer_problem,
    note_unexpected,
    problem_of,
)
from chengnuo.doors.texts import page_text
from chengnuo.doors.web.rendering import Frame, render
from chengnuo.doors.web.showing import go, plain_frame

_NOT_PAGES = ("/v1", "/schema", "/healthz", "/metrics", "/static", "/tlog")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What an error page shows.

    Attributes:
        title: What happened, in a few words.
        text: What happened and what to do, in the reader's language.
        code: Stable code, for whoever is asked for help.
        request: Number of the request, for whoever looks into the log.
        back: Where to go on.
        back_name: What that place is called.

    """

    title: str
    text: str
    code: str
    request: str
    back: str
    back_name: str


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer an error: a problem to programs, a page wherever a person may have come.

    OPTIONS is no route's method, and no error: what it asks is which methods there are.
    """
    allowed = allowed_methods(error)
    if request.method == "OPTIONS" and allowed:
        return _methods(allowed)
    exchange = request.scope.get(KEY)
    path = request.url.path
    if not isinstance(exchange, Exchange) or not _is_page(path):
        return answer_problem(request, error)
    problem = problem_of(error, exchange.lang)
    if problem.code == "not-signed-in" and request.method == "GET":
        if not path.startswith("/console"):
            return go(f"/centre/enter?to={quote(_asked(request), safe='/')}")
        return go("/console/totp" if exchange.signing_in is not None else "/console/sign-in")
    note_unexpected(request, error, problem.status)
    return _page(request, exchange, problem, allowed)


def refused_page(status: int, code: str, path: str, lang: Lang) -> bytes | None:
    """Return the page for a refusal before anything was read; None where no person looks."""
    if not _is_page(path):
        return None
    in_console = path.startswith("/console")
    home = "/console" if in_console else "/centre"
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    html = render(
        "error.html",
        frame=Frame(
            lang=lang,
            area="plain",
            path=path,
            site=page_text("site", lang),
            home=home,
            other_lang_href=f"{home}?lang={other}",
        ),
        page=ErrorPage(
            title=page_text(f"error-title-{status // 100}", lang),
            text=error_text(code, lang),
            code=code,
            request=request_number(),
            back=home,
            back_name=page_text("to-console" if in_console else "to-centre", lang),
        ),
    )
    return html.encode()


def _methods(allowed: dict[str, str]) -> Response[Any]:
    """Answer which methods a route has (RFC 9110 section 9.3.7)."""
    headers = {name: f"{methods}, OPTIONS" for name, methods in allowed.items()}
    return Response(None, status_code=204, media_type=MediaType.TEXT, headers=headers)


def _page(
    request: Request[Any, Any, Any],
    exchange: Exchange,
    problem: Problem,
    headers: dict[str, str],
) -> Response[Any]:
    in_console = request.url.path.startswith("/console")
    html = render(
        "error.html",
        frame=plain_frame(request),
        page=ErrorPage(
            title=page_text(f"error-title-{problem.status // 100}", exchange.lang),
            text=problem.title,
            code=problem.code,
            request=request_number(),
            back="/console" if in_console else "/centre",
            back_name=page_text("to-console" if in_console else "to-centre", exchange.lang),
        ),
    )
    return Response(html, media_type=MediaType.HTML, status_code=problem.status, headers=headers)


def _asked(request: Request[Any, Any, Any]) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _is_page(path: str) -> bool:
    return not path.startswith(_NOT_PAGES)
