"""Errors as answers: RFC 9457 problem details for the JSON interface.

A problem names the code, its words in the reader's language and, for our own errors, the
technical message, which carries no personal information. An unexpected error shows nothing of
itself; it is logged with its place in the code but not its values.
"""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from chengnuo.base.errors import (
    ChengnuoError,
    ConflictError,
    IntegrityError,
    UnavailableError,
)
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import KEY, request_number
from chengnuo.ports.individuals import TokenRefusedError

LOG = logging.getLogger("chengnuo.errors")

_STATUS_OF_CODE = {
    "not-signed-in": 401,
    "sign-in-refused": 401,
    "code-refused": 401,
    "sign-in-ended": 401,
    "agent-refused": 403,
    "not-allowed": 403,
    "four-eyes": 403,
    "dossier-not-yours": 403,
    "form-refused": 403,
    "unknown-version": 404,
    "unknown-account": 404,
    "unknown-duty": 404,
    "unknown-law-set": 404,
    "no-chain": 404,
    "no-register-loaded": 404,
    "dossier-no-such-act": 404,
    "no-such-automated-decision": 404,
    "no-such-dossier": 404,
    "no-such-quote": 404,
    "no-such-record": 404,
    "no-such-review": 404,
    "no-such-rights-export": 404,
    "transfer-unknown": 404,
    "rights-no-such-request": 404,
    "evidence-request-gone": 404,
    "tokens-off": 404,
    "demo-off": 404,
    "link-refused": 410,
    "entry-code": 410,
    "transfer-too-large": 413,
    "agent-callback": 422,
    "agent-exercise": 422,
    "too-many-requests": 429,
    "oidc-unavailable": 502,
}
_CODE_OF_STATUS = {
    400: "invalid-input",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "not-json",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Problem details (RFC 9457 section 3.1), with our error code beside them.

    `instance` holds the number of the request, which stands in the log and in `X-Request-Id` too.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str | msgspec.UnsetType = msgspec.UNSET


PROBLEM_TYPE = "application/problem+json"
_ALWAYS = {
    400: "The request has a wrong form.",
    413: "The body is too large.",
    421: "The host name is not served here.",
    429: "Too many requests from this address; wait a minute.",
    503: "Not available now; try later.",
}
_SOMETIMES = {
    401: "Nobody is signed in, or the token is refused.",
    403: "The role does not include this.",
    404: "There is no such thing.",
    409: "Things have changed, or this is not so now; load again.",
    415: "The body is not JSON.",
    422: "The body is well formed and asks for what is not offered.",
}


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """Return what an operation documents: problems that any may answer, and those named."""
    described = {**_ALWAYS, **{status: _SOMETIMES[status] for status in statuses}}
    return {
        status: ResponseSpec(
            Problem, generate_examples=False, description=words, media_type=PROBLEM_TYPE
        )
        for status, words in sorted(described.items())
    }


def problem_of(error: Exception, lang: Lang) -> Problem:
    """Return the problem an exception makes."""
    status, code, detail = _read(error)
    number = request_number()
    return Problem(
        type=f"urn:chengnuo:error:{code}",
        title=error_text(code, lang),
        status=status,
        code=code,
        detail=detail,
        instance=f"urn:chengnuo:request:{number}" if number else msgspec.UNSET,
    )


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Return the problem as an answer; logs what nobody foresaw."""
    exchange = request.scope.get(KEY)
    problem = problem_of(error, getattr(exchange, "lang", Lang.ZH))
    note_unexpected(request, error, problem.status)
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=PROBLEM_TYPE,
        headers=allowed_methods(error),
    )


def allowed_methods(error: Exception) -> dict[str, str]:
    """Return the headers that an error of Litestar's brings and the answer keeps."""
    headers = getattr(error, "headers", None) or {}
    return {name: value for name, value in headers.items() if name.lower() == "allow"}


def note_unexpected(request: Request[Any, Any, Any], error: Exception, status: int) -> None:
    """Log where an unforeseen error happened, without its message or any value."""
    if status < 500 or isinstance(error, UnavailableError):  # noqa: PLR2004  server errors
        return
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "?" if place is None else f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}"
    route = request.scope.get("path_template") or "(none)"
    LOG.error("%s at %s in %s [%s]", type(error).__name__, where, route, request_number())


def _read(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, ChengnuoError):
        status = _STATUS_OF_CODE.get(error.code)
        if status is None and isinstance(error, TokenRefusedError):
            status = 401
        if status is None:
            status = _status_of_kind(error)
        return status, error.code, str(error)
    if isinstance(error, HTTPException):
        status = error.status_code
        if status < 500:  # noqa: PLR2004  the client's own fault
            return status, _CODE_OF_STATUS.get(status, "invalid-input"), ""
    return 500, "unexpected", ""


def _status_of_kind(error: ChengnuoError) -> int:
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, UnavailableError):
        return 503
    if isinstance(error, IntegrityError):
        return 500
    return 400
