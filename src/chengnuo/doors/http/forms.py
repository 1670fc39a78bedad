"""Forms are taken only from our own pages, shown to the same browser (against CSRF).

Two checks, both must pass: the browser's own word about where the request comes from
(`Sec-Fetch-Site`, else `Origin`), and a token in the form that is keyed to the browser's cookie
and to its session. The JSON interface takes no cookies for what changes anything, and says so
by `opt={"form": False}` on its routes.
"""

import hmac
from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from chengnuo.doors.http.exchange import (
    FORM_COOKIE,
    STAFF_COOKIE,
    VISITOR_COOKIE,
    Exchange,
    exchange_of,
)
from chengnuo.doors.http.identities import Identities
from chengnuo.doors.http.refusals import FormRefusedError

FIELD = "csrf_token"
_SALT = 16
UPLOAD = "upload"
"""Option of a route that takes a file: the guard that tells who may send one, asked first."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def form_token(exchange: Exchange, identities: Identities) -> str:
    """Return the token for the forms of a page, giving the browser a name if it has none."""
    browser = exchange.cookie(FORM_COOKIE)
    if not browser:
        browser = identities.fresh_browser()
        exchange.set_cookie(FORM_COOKIE, browser)
        exchange.cookies = {**exchange.cookies, exchange.name_of(FORM_COOKIE): browser}
    salt = sha256(identities.fresh_browser().encode()).hexdigest()[:_SALT]
    return f"{salt}{_salted(identities.form_token(browser, _sessions(exchange)), salt)}"


async def forms_from_our_pages(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Guard of all routes: refuse a form that is not ours.

    Raises:
        FormRefusedError: It comes from another site, or has no valid token.
        NotSignedInError: It brings a file, and nobody is signed in.
        NotAllowedError: It brings a file, and whoever is signed in may not send one.

    """
    if connection.scope.get("method") in _SAFE or not handler.opt.get("form", True):
        return
    if not _same_site(connection, connection.app.state.web.public_url):
        raise FormRefusedError
    if not isinstance(connection, Request):
        raise FormRefusedError
    exchange = exchange_of(connection.scope)
    browser = exchange.cookie(FORM_COOKIE)
    if not browser:
        raise FormRefusedError
    if UPLOAD in handler.opt:
        await handler.opt[UPLOAD](connection, handler)
    fields = await connection.form()
    expected = connection.app.state.identities.form_token(browser, _sessions(exchange))
    given = fields.get(FIELD, "")
    token = given if isinstance(given, str) else ""
    right = _salted(expected, token[:_SALT])
    if not hmac.compare_digest(token[_SALT:].encode("utf-8", "replace"), right.encode()):
        await fields.close()
        raise FormRefusedError


def _salted(token: str, salt: str) -> str:
    """Return a token as one page carries it: another on each, or packing would tell of it."""
    return hmac.digest(token.encode(), salt.encode("utf-8", "replace"), "sha256").hex()[_SALT:]


def _sessions(exchange: Exchange) -> str:
    return f"{exchange.cookie(STAFF_COOKIE)}\n{exchange.cookie(VISITOR_COOKIE)}"


def _same_site(connection: ASGIConnection[Any, Any, Any, Any], public_url: str) -> bool:
    site = connection.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    scheme = public_url.partition("://")[0]
    return origin in {public_url, f"{scheme}://{connection.headers.get('host', '')}"}
