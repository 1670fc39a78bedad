"""Who answers where the service listens is told by what it says."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from chengnuo.adapters.installation.door import Door
from chengnuo.domain.evidence.log_keys import LogKey, LogKeys
from chengnuo.domain.evidence.note import VKey
from chengnuo.ports.installation import Answering

HEALTH = {"status": "ok", "version": "0.9", "registerVersion": "", "lawVersion": "v", "planes": "-"}


@contextmanager
def answering(body: bytes, *, host: str, keys: bytes = b"") -> Iterator[int]:
    """Answer with a body, and the keys of a log, to requests that name a host; refuse others."""
    bodies = {"/healthz": body, **({"/tlog/log.json": keys} if keys else {})}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["Host"] == host and self.path in bodies
            self.send_response(200 if known else 421)
            self.end_headers()
            self.wfile.write(bodies[self.path] if known else b"{}")

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


def door(port: int, *, host: str = "127.0.0.1", keys: bytes | None = None) -> Door:
    return Door(
        host=host,
        port=port,
        named=True,
        name="privacy.example.com",
        running="1.0",
        keys=lambda: keys,
    )


def keys_of(origin: str, key: bytes) -> bytes:
    """Return the list of keys of a log."""
    vkey = VKey(name=origin, public_key=key)
    first = LogKey(vkey=vkey, since=0, until=None, endorsement=None)
    return LogKeys(origin=origin, keys=(first,)).text().encode()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104  as a setting
def test_our_service_is_known_by_its_health(host: str) -> None:
    with answering(json.dumps(HEALTH).encode(), host="privacy.example.com") as port:
        look = door(port, host=host).look()
    assert (look.who, look.version, look.running) == (Answering.SERVICE, "0.9", "1.0")
    assert look.address == f"{host}:{port}"


OURS = keys_of("log.example/ours", bytes(32))


@pytest.mark.parametrize(
    ("theirs", "ours", "who"),
    [
        pytest.param(OURS, OURS, Answering.SERVICE, id="the same log"),
        pytest.param(b"", OURS, Answering.SERVICE, id="no log yet"),
        pytest.param(OURS, None, Answering.OTHER_SERVICE, id="we have no log"),
        pytest.param(
            keys_of("log.example/theirs", bytes(32)), OURS, Answering.OTHER_SERVICE, id="other name"
        ),
        pytest.param(
            keys_of("log.example/ours", b"k" * 32), OURS, Answering.OTHER_SERVICE, id="other key"
        ),
        pytest.param(b"{}", OURS, Answering.OTHER_SERVICE, id="no list of keys"),
    ],
)
def test_a_service_is_ours_if_its_log_is(theirs: bytes, ours: bytes, who: Answering) -> None:
    health = json.dumps(HEALTH).encode()
    with answering(health, host="privacy.example.com", keys=theirs) as port:
        assert door(port, keys=ours).look().who is who


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
