"""A trace around every request: method, template of the route, status; never what was asked."""

from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.ports.tracing import Fact, Spans

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PARENT = b"traceparent"
_SERVER_ERRORS = 500
_MOST_BYTES = 64


class Traced:
    """An ASGI app around another, told of to whoever collects traces."""

    def __init__(self, inner: ASGIApp, spans: Spans) -> None:
        """Wrap an app."""
        self._inner = inner
        self._spans = spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] != "http":
            await self._inner(scope, receive, send)
            return
        status = 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._spans.answering(_parent(raw)) as span:
            try:
                await self._inner(scope, receive, seen)
            finally:
                method = raw["method"] if raw["method"] in _METHODS else "OTHER"
                span.tell(Fact.METHOD, method)
                span.tell(Fact.ROUTE, str(raw.get("path_template") or "(none)"))
                span.tell(Fact.STATUS, status)
                if status >= _SERVER_ERRORS or not status:
                    span.failed()


def _parent(scope: dict[str, Any]) -> str:
    """Return the trace that a request says it belongs to; of several, or a long one, none."""
    found = [value for name, value in scope["headers"] if name.lower() == _PARENT]
    if len(found) != 1 or len(found[0]) > _MOST_BYTES:
        return ""
    return bytes(found[0]).decode("ascii", "replace")
