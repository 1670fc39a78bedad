"""Known holes of locked versions: told with their advisory, and no answer is not a good one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from release.locked import ROOT, Pin, pins

from release import holes

SOUND, HOLED = Pin("sound", "1.0", ()), Pin("holed", "2.0", ())


@contextmanager
def listing(answer: object, status: int = 200) -> Iterator[tuple[str, list[object]]]:
    """Run a list of holes; yields its address and what it was asked."""
    asked: list[object] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_known_hole_is_told_with_its_advisory() -> None:
    with listing({"results": [{}, {"vulns": [{"id": "GHSA-1"}, {"id": "PYSEC-2"}]}]}) as (
        at,
        asked,
    ):
        found = holes.known([SOUND, HOLED], at)
    assert [(one.pin.name, one.advisory) for one in found] == [
        ("holed", "GHSA-1"),
        ("holed", "PYSEC-2"),
    ]
    assert asked == [
        {
            "queries": [
                {"package": {"name": "sound", "ecosystem": "PyPI"}, "version": "1.0"},
                {"package": {"name": "holed", "ecosystem": "PyPI"}, "version": "2.0"},
            ]
        }
    ]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"results": [{}]}, 200),
        ({"results": [{}, {"vulns": [7]}]}, 200),
        ({"other": 1}, 200),
        ([], 200),
        ({}, 503),
    ],
)
def test_an_answer_of_another_form_is_none(answer: object, status: int) -> None:
    with listing(answer, status) as (at, _), pytest.raises(holes.UnansweredError):
        holes.known([SOUND, HOLED], at)


def test_everything_installed_is_asked_about_and_the_outcome_is_the_exit_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count = len({pin.purl for name in holes.FILES for pin in pins(ROOT / "requirements" / name)})
    with listing({"results": [{} for _ in range(count)]}) as (at, asked):
        assert holes.main(at) == 0
    (batch,) = asked
    assert isinstance(batch, dict)
    names = {query["package"]["name"] for query in batch["queries"]}
    assert {"cryptography", "litestar", "hatchling", "uv"} <= names
    holed = [{"vulns": [{"id": "GHSA-1"}]}, *({} for _ in range(count - 1))]
    with listing({"results": holed}) as (at, _):
        assert holes.main(at) == 1
    assert "GHSA-1" in capsys.readouterr().out


def test_a_list_that_is_not_reached_says_that_nothing_was_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with listing({}) as (at, _):
        pass
    assert holes.main(at) == 3
    assert "NOTHING WAS CHECKED" in capsys.readouterr().err
