"""ASGI middleware: routes of the operator's own service that are for an activity ask first.

A request that may not go on is answered 403 with the reasons, and what to ask for where asking
helps; its route is never reached. Somebody who is not signed in has no key and is refused. The
browser's `Sec-GPC: 1` is handed on, and a WebSocket is asked about before it opens. Works under any
ASGI framework.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from chengnuo.domain.decision.decision import Outcome
from chengnuo.doors.decision_words import prompt_path
from chengnuo.doors.guard.guard import Guard, Use
from chengnuo.usecases.decision.answering import Answer

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_NOT_PERMITTED = 1008
"""The code of RFC 6455 for what a policy forbids; before the handshake servers answer 403."""
ASGIApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedRoute:
    """Paths that are for an activity.

    Attributes:
        path: The whole path has to match.
        use: What the route does.
        methods: Which methods; empty for all. `GET` is also `HEAD`, which frameworks answer by it;
            opening a WebSocket is `GET`, too.

    """

    path: re.Pattern[str]
    use: Use
    methods: frozenset[str] = frozenset()

    def matches(self, method: str, path: str) -> bool:
        """Tell whether a request is for it."""
        is_meant = not self.methods or {"HEAD": "GET"}.get(method, method) in self.methods
        return is_meant and bool(self.path.fullmatch(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardMiddleware:
    """The middleware.

    Attributes:
        app: What goes on when all routes that match permit.
        guard: Asks.
        routes: What is guarded.
        person_of: Returns the account id of a request, from its scope; None for nobody.

    """

    app: ASGIApp
    guard: Guard
    routes: Sequence[GuardedRoute]
    person_of: Callable[[Mapping[str, Any]], str | None]

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it."""
        if scope["type"] in {"http", "websocket"}:
            for route in self.routes:
                if route.matches(scope.get("method", "GET"), scope["path"]):
                    answer = await self._ask(scope, route.use)
                    if answer is None or not answer.permits:
                        if scope["type"] == "websocket":
                            await send({"type": "websocket.close", "code": _NOT_PERMITTED})
                        else:
                            await _refuse(send, route.use.activity, answer)
                        return
        await self.app(scope, receive, send)

    async def _ask(self, scope: Mapping[str, Any], use: Use) -> Answer | None:
        account = self.person_of(scope)
        if account is None:
            return None
        gpc = any(
            name.lower() == b"sec-gpc" and value.strip() == b"1" for name, value in scope["headers"]
        )
        asked = replace(use, gpc=use.gpc or gpc)
        return await asyncio.to_thread(self.guard.ask, account, asked)


async def _refuse(send: Send, activity: str, answer: Answer | None) -> None:
    outcome = Outcome.REFUSE if answer is None else answer.decision.outcome
    by = () if answer is None else answer.decision.by
    body = msgspec.json.encode(
        {
            "type": "urn:chengnuo:decision",
            "title": outcome.value,
            "status": 403,
            "activity": activity,
            "outcome": outcome,
            "rules": [{"rule": one.rule, "article": one.rule.article} for one in by],
            "prompt": [] if answer is None else answer.decision.prompt,
            "promptPath": prompt_path(activity) if outcome is Outcome.ASK else "",
        }
    )
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
