"""A way to a real service on which answers get lost, as on the networks that back ends live in."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

_HEADERS = ("authorization", "content-type")


@dataclass(slots=True)
class Way:
    """Where to ask, and how often each path was asked."""

    address: str
    asked: Counter[str] = field(default_factory=Counter)


@contextmanager
def unsteady(service: str) -> Iterator[Way]:
    """Pass requests on to a service.

    The first decision finds the service unavailable, and so does every seventh; the answer to the
    first act on a consent is lost after the service has recorded it.
    """
    way = Way("")
    lock = threading.Lock()

    class Passing(BaseHTTPRequestHandler):
        """One request."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            with lock:
                way.asked[self.path] += 1
                number = way.asked[self.path]
            if self.path == "/v1/decisions" and number % 7 == 1:
                self._say(503, b'{"code": "unavailable"}')
                return
            given = {name: self.headers[name] for name in _HEADERS if self.headers[name]}
            answer = httpx.request(
                self.command, service + self.path, content=body, headers=given, timeout=30
            )
            if self.path == "/v1/consents" and number == 1:
                self.close_connection = True  # the service has recorded it; nobody hears of that
                return
            self._say(answer.status_code, answer.content)

        def _say(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as server:
        way.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield way
        finally:
            server.shutdown()
            thread.join(30)
