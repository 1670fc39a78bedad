"""A browser without pictures: keeps cookies, fills forms, shows what came back."""

import re
from collections.abc import AsyncIterator, Mapping

import httpx
from tests.doors.service_kit import ORIGIN
from tests.running import run

from chengnuo.doors.http.envelope import Envelope

FORM_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


class _InPieces(httpx.AsyncByteStream):
    """A body that comes chunk by chunk, with no length said before."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._stream:
            yield chunk


class _Straight(httpx.BaseTransport):
    """Hands each request to an ASGI app, without a socket."""

    def __init__(self, app: Envelope, address: str) -> None:
        self._inner = httpx.ASGITransport(app, client=(address, 50000), raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        stream = request.stream
        if isinstance(stream, httpx.SyncByteStream) and not isinstance(stream, httpx.ByteStream):
            request.stream = _InPieces(stream)
        answer = await self._inner.handle_async_request(request)
        body = await answer.aread()  # unpacked, which its headers must not deny
        headers = [pair for pair in answer.headers.raw if pair[0].lower() != b"content-encoding"]
        return httpx.Response(answer.status_code, headers=headers, content=body)


class Browser:
    """Talks to an ASGI app as a browser would; follows no redirect by itself."""

    def __init__(self, app: Envelope, *, origin: str = ORIGIN, address: str = "127.0.0.1") -> None:
        self.origin = origin
        self.client = httpx.Client(transport=_Straight(app, address), base_url=origin)

    def get(self, path: str, *, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.client.get(path, headers=headers)

    def opened_by_app(self, path: str) -> httpx.Response:
        """Open a page as an app does that has a window of its own for it."""
        return self.get(path, headers={"chengnuo-opened-by": "app"})

    def form_token(self, page: str) -> str:
        shown = self.client.get(page)
        found = FORM_TOKEN.search(shown.text)
        assert found is not None, f"{page} shows no form but {shown.status_code}"
        return found.group(1)

    def submit(
        self, page: str, path: str, fields: Mapping[str, str | list[str]] | None = None
    ) -> httpx.Response:
        """Load a page, take its form token, and post a form as from there."""
        return self.post(path, {"csrf_token": self.form_token(page), **(fields or {})})

    def post(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"origin": self.origin, "sec-fetch-site": "same-origin", **(headers or {})}
        return self.client.post(path, data=fields, headers=sent)

    def cookie(self, name: str) -> str:
        return self.client.cookies.get(name) or ""
