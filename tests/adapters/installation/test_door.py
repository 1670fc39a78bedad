"""Who answers where the service listens is told by what it says."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from chengnuo.adapters.installation.door import Door
from chengnuo.ports.installation import Answering

HEALTH = {"status": "ok", "version": "0.9", "registerVersion": "", "lawVersion": "v", "planes": "-"}


@contextmanager
def answering(body: bytes, *, host: str) -> Iterator[int]:
    """Answer with a body to requests that name a host, with a refusal to others."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["Host"] == host and self.path == "/healthz"
            self.send_response(200 if known else 421)
            self.end_headers()
            self.wfile.write(body if known else b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def door(port: int, *, host: str = "127.0.0.1") -> Door:
    return Door(host=host, port=port, named=True, name="privacy.example.com", running="1.0")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104  as a setting
def test_our_service_is_known_by_its_health(host: str) -> None:
    with answering(json.dumps(HEALTH).encode(), host="privacy.example.com") as port:
        look = door(port, host=host).look()
    assert (look.who, look.version, look.running) == (Answering.SERVICE, "0.9", "1.0")
    assert look.address == f"{host}:{port}"


@pytest.mark.parametrize("body", [b"{}", b"<html>", b'{"status":"ok"}'])
def test_any_other_answer_is_somebody_else(body: bytes) -> None:
    with answering(body, host="privacy.example.com") as port:
        assert door(port).look().who is Answering.SOMEBODY_ELSE


def test_what_speaks_no_http_is_somebody_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def hang_up() -> None:
            for _ in range(2):
                listener.accept()[0].close()

        thread = Thread(target=hang_up)
        thread.start()
        assert door(port).look().who is Answering.SOMEBODY_ELSE
        thread.join()


def test_nobody_answers_at_a_free_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert door(port).look().who is Answering.NOBODY
