"""Every request that a page shows as a `curl` line is sent to a real service, and is answered."""

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from tests.docs.markdown import ROOT, pages
from tests.docs.walks import Typed, name_of, walk
from tests.doors.server_kit import STARTED, Server

from chengnuo.doors.cli.root import run
from chengnuo.ports.api_keys import ApiScope
from chengnuo.wiring.program import Program

HOST = "https://privacy.example.com"
FILES = {"ids.txt": b"u-1029\nu-1030\n"}
SHOWN = [
    pytest.param(act.words, id=f"{name_of(page)}:{act.line}")
    for page in pages()
    for act in walk(page)
    if isinstance(act, Typed) and act.words.startswith("curl ")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running service, and a key that may do everything."""

    address: str
    key: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("asked")
    register = str(ROOT / "examples" / "shop" / "register")
    server = Server.start("--data", "data", "--register", register, "--port", "0", folder=folder)
    STARTED.remove(server.process)  # it outlives each test, and is stopped here
    try:
        address = server.address()
        scopes = [f"--scope={scope.value}" for scope in ApiScope]
        with (folder / "key").open("w") as out, contextlib.redirect_stdout(out):
            made = run(Program(), ["keys", "make", "x", *scopes, "--data", str(folder / "data")])
        assert made == 0
        yield Served(address=address, key=(folder / "key").read_text().strip())
        assert server.stop() == 0
    finally:
        server.process.kill()
        server.process.wait(30)


def asked(words: str, served: Served) -> httpx.Response:
    """Send what a `curl` line says: headers, one body, one address."""
    parts = iter(shlex.split(words.replace("\\\n", " "))[1:])
    headers, body, address = {}, b"", ""
    for part in parts:
        if part == "-H":
            name, _, value = next(parts).partition(": ")
            headers[name] = value.replace("$KEY", served.key)
        elif part in {"-d", "--data-binary"}:
            given = next(parts)
            body = FILES[given[1:]] if given.startswith("@") else given.encode()
        else:
            assert part.startswith(HOST), part
            address = part.replace(HOST, served.address)
    return httpx.post(address, content=body, headers=headers, timeout=30)


@pytest.mark.real
@pytest.mark.parametrize("words", SHOWN)
def test_a_request_that_a_page_shows_is_answered(served: Served, words: str) -> None:
    answer = asked(words, served)
    assert answer.is_success, answer.text
    assert answer.json()


def test_pages_show_requests() -> None:
    assert len(SHOWN) >= 4
