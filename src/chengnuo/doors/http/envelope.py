"""What goes around every request and answer, whatever the route.

On the way in: the one `Host` must be ours, the address within its rate, the body within its limit,
the whole within its time. On the way out: security headers, cookies, compression, one line of log
and one count, neither with a query string, an address or anything of a person.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import msgspec
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.base.text import Lang
from chengnuo.doors.http.exchange import (
    KEPT_S,
    KEY,
    LANG_COOKIE,
    SIZE_COOKIE,
    Exchange,
    TextSize,
    name_request,
    parsed_cookies,
    request_number,
)
from chengnuo.doors.http.followers import ANSWERED, HOST_KNOWN, refuse_unavailable
from chengnuo.doors.http.limits import Allowance
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.packing import packing
from chengnuo.doors.http.passing import REFUSAL, let_pass
from chengnuo.doors.http.security_headers import SECURITY_HEADERS
from chengnuo.doors.settings import WebSettings

LOG = logging.getLogger("chengnuo.requests")
UPLOAD_PATH = "/console/releases/new"
KIT_UPLOAD_PATH = "/console/releases/kits/new"
SCAN_PATH, SCAN_LIMIT_BYTES = "/console/safeguards/measures/scan", 8 << 20
"""Where a report of a scan of the stores is handed in, and how large it may be."""
"""The two routes to which a browser brings a large file."""
REGISTER_FORMS, ROW_LIMIT_BYTES = "/console/register/", 2 << 20
"""Where rows of the register are typed, and how much one may hold."""
_UPLOAD_S = 1800.0
_TOO_LARGE = "body-too-large"
RefusedPage: TypeAlias = Callable[[int, str, str, Lang], bytes | None]
"""Status, code, path and language to a page."""


def _no_page(_status: int, _code: str, _path: str, _lang: Lang) -> None:
    """Return no page: programs alone look."""


_SIGN_IN_PATHS = ("/console/sign-in", "/console/set-up", "/console/totp", "/v1/individuals/")


@dataclass(slots=True)
class _Answer:
    """How an answer went."""

    status: int = 0
    started: bool = False


class Envelope:
    """An ASGI app around the Litestar app."""

    def __init__(
        self,
        inner: ASGIApp,
        settings: WebSettings,
        metrics: Metrics,
        *,
        raw: Mapping[str, ASGIApp] | None = None,
        page: RefusedPage = _no_page,
    ) -> None:
        """Wrap the app.

        Args:
            inner: Answers all but the raw routes.
            settings: Names and limits.
            metrics: Counts.
            raw: Routes of programs that show a key, by path; each holds them to its own limits.
            page: Returns the page for a body that is too large; None where no person looks.

        """
        self.inner = inner
        self._raw = {} if raw is None else raw
        self._page = page
        self._settings = settings
        self._metrics = metrics
        self._requests = Allowance(settings.requests_per_minute)
        self._sign_ins = Allowance(settings.sign_ins_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] != "http":
            await self.inner(scope, receive, send)
            return
        began_s = time.monotonic()
        name_request()
        headers = _first_headers(raw)
        exchange = self._exchange(raw, headers)
        raw[KEY] = exchange
        answer = _Answer()
        sender = self._sender(packing(send, raw["method"], headers), exchange, answer, raw)
        refusal = None if REFUSAL in raw else self._refusal(raw, headers, began_s)
        try:
            if REFUSAL in raw:
                await refuse_unavailable(raw, sender, raw[REFUSAL])
            elif refusal is not None:
                await self._refuse(refusal, exchange.lang, raw["path"], receive, sender)
            else:
                app = self._app(raw)
                # A route that takes whole lists says by itself how long that may take.
                usual_s = _UPLOAD_S if _is_upload(raw) else self._settings.request_timeout_s
                limit = getattr(app, "timeout_s", usual_s)
                async with asyncio.timeout(limit):
                    await app(scope, receive, sender)
        except TimeoutError:
            if not answer.started:
                await _plain_problem(sender, 503, "too-slow")
        except asyncio.CancelledError:  # the process ends, and waits for the request no longer
            if answer.started:
                raise
            await _plain_problem(sender, 503, "unavailable")
        finally:
            self._close_books(raw, answer, time.monotonic() - began_s)

    async def _refuse(
        self,
        refusal: tuple[int, str],
        lang: Lang,
        path: str,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer a refusal; a person who sent too much gets a page, after all was sent.

        A browser that is still sending when the connection closes shows no answer at all.
        """
        status, code = refusal
        html = self._page(status, code, path, lang) if code == _TOO_LARGE else None
        if html is None:
            await _plain_problem(send, status, code)
            return
        async with asyncio.timeout(self._settings.request_timeout_s):
            await let_pass(receive)
        await _answer(send, status, b"text/html; charset=utf-8", html)

    def _app(self, scope: dict[str, Any]) -> ASGIApp:
        found = self._raw.get(scope["path"])
        if found is None:
            return self.inner
        scope["path_template"] = scope["path"]
        return found

    def _exchange(self, scope: Mapping[str, Any], headers: Mapping[str, str]) -> Exchange:
        cookies = parsed_cookies(headers.get("cookie", ""))
        exchange = Exchange(lang=Lang.ZH, secure=self._settings.secure, cookies=cookies)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        exchange.lang = Lang(_chosen(exchange, query, "lang", LANG_COOKIE, Lang))
        exchange.size = TextSize(_chosen(exchange, query, "size", SIZE_COOKIE, TextSize))
        return exchange

    def _refusal(
        self, scope: Mapping[str, Any], headers: Mapping[str, str], now_s: float
    ) -> tuple[int, str] | None:
        path: str = scope["path"]
        named = sum(name.lower() == b"host" for name, _ in scope["headers"])
        is_ours = scope.get(HOST_KNOWN) or headers.get("host", "").lower() in self._settings.hosts
        if named != 1 or not is_ours:
            return 421, "wrong-host"
        if path in self._raw:
            return None
        client = scope.get("client")
        address = client[0] if client else ""
        if not self._requests.takes(address, now_s):
            return 429, "too-many-requests"
        posts = scope["method"] == "POST" and path.startswith(_SIGN_IN_PATHS)
        if posts and not self._sign_ins.takes(address, now_s):
            return 429, "too-many-requests"
        length = headers.get("content-length", "0")
        most = self._settings.body_limit_bytes
        if _is_upload(scope):
            most += self._settings.release_limit_bytes
        elif scope["path"].rstrip("/") == SCAN_PATH:
            most += SCAN_LIMIT_BYTES
        elif scope["path"].startswith(REGISTER_FORMS):
            most += ROW_LIMIT_BYTES
        if not length.isdecimal() or int(length) > most:
            return 413, _TOO_LARGE
        return None

    def _sender(
        self, send: Send, exchange: Exchange, answer: _Answer, scope: Mapping[str, Any]
    ) -> Send:
        secure = self._settings.secure
        static = scope["path"].startswith("/static/")

        async def decorated(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.started = True
                answer.status = message["status"]
                present = {name.lower(): value for name, value in message["headers"]}
                added = {**SECURITY_HEADERS, "x-request-id": request_number()}
                if present.get(b"content-type", b"").startswith(_JSON):
                    added["content-disposition"] = 'attachment; filename="api.json"'
                if secure:
                    added["strict-transport-security"] = "max-age=63072000; includeSubDomains"
                if message["status"] == 401:  # noqa: PLR2004  the status speaks for itself
                    added["www-authenticate"] = 'Session realm="chengnuo"'
                fresh = static and message["status"] < 400  # noqa: PLR2004  client errors on
                added["cache-control"] = "public, max-age=300" if fresh else "no-store"
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in added.items()
                        if name.encode() not in present
                    ),
                    *((b"set-cookie", cookie.encode()) for cookie in exchange.set_cookies),
                ]
            await send(message)

        return decorated

    def _close_books(self, scope: Mapping[str, Any], answer: _Answer, seconds: float) -> None:
        route = str(scope.get("path_template") or "(none)")
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        status = scope.get(ANSWERED, answer.status)
        self._metrics.count(method, route, status, seconds)
        if REFUSAL in scope:  # under too much load a line for each would be more of it
            return
        if status < 400 and getattr(self._raw.get(route), "is_only_counted", False):  # noqa: PLR2004  client errors on
            return
        number = request_number()
        LOG.info("%s %s %d %.0f ms [%s]", method, route, status, seconds * 1000, number)


def _chosen(
    exchange: Exchange,
    query: Mapping[str, list[str]],
    name: str,
    cookie: str,
    known: type[StrEnum],
) -> str:
    """Return what the address asks for, else what was kept, else the first; keep what is new."""
    kept, asked = exchange.cookie(cookie), query.get(name, [""])[0]
    if asked in set(known):
        if asked != kept:
            exchange.set_cookie(cookie, asked, max_age_s=KEPT_S)
        return asked
    return kept if kept in set(known) else next(iter(known))


def _is_upload(scope: Mapping[str, Any]) -> bool:
    path: str = scope["path"]
    return path.rstrip("/") in {UPLOAD_PATH, KIT_UPLOAD_PATH} and bool(scope["method"] == "POST")


_JSON = (b"application/json", b"application/problem+json", b"application/vnd.oai.openapi+json")
"""What is for programs: a browser that is led to it saves it and opens nothing (ASVS 14.4.2)."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _first_headers(scope: Mapping[str, Any]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return headers


async def _plain_problem(send: Send, status: int, code: str) -> None:
    problem = {
        "type": f"urn:chengnuo:error:{code}",
        "title": code,
        "status": status,
        "code": code,
        "instance": f"urn:chengnuo:request:{request_number()}",
    }
    body = msgspec.json.encode(problem)
    await _answer(send, status, b"application/problem+json", body)


async def _answer(send: Send, status: int, media_type: bytes, body: bytes) -> None:
    headers: list[tuple[bytes, bytes]] = [
        (b"content-type", media_type),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if status == 429:  # noqa: PLR2004  the status speaks for itself
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
