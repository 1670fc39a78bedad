"""The back ends of `examples/clients`, run as their page says, against a real service.

What is between them and the service loses answers: no act is recorded twice for that, and no use
goes ahead without an answer.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.clients.unsteady import unsteady
from tests.docs.markdown import ROOT, fences
from tests.doors.server_kit import STARTED, Server

from chengnuo.client.client import Client
from chengnuo.client.consents import ConsentClient
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

CLIENTS = ROOT / "examples" / "clients"
PAGE = CLIENTS / "README.md"
# These compilers are larger than what a run of CI is worth; where they are, they are used.
INSTALLED = [one for one, tool in {"go": "go", "kotlin": "kotlinc"}.items() if shutil.which(tool)]
ON_THE_PAGE = ("http://127.0.0.1:8700", "u-1029")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running service, and a key for back ends."""

    address: str
    key: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    register = str(ROOT / "examples" / "shop" / "register")
    server = Server.start("--data", "data", "--register", register, "--port", "0", folder=folder)
    STARTED.remove(server.process)  # it outlives each test, and is stopped here
    try:
        address = server.address()
        scopes = [f"--scope={one}" for one in ("decide", "consent:read", "consent:write")]
        with (folder / "key").open("w") as out, contextlib.redirect_stdout(out):
            made = run(Program(), ["keys", "make", "x", *scopes, "--data", str(folder / "data")])
        assert made == 0
        yield Served(address=address, key=(folder / "key").read_text().strip())
        assert server.stop() == 0
    finally:
        server.process.kill()
        server.process.wait(30)


def told_on_the_page() -> str:
    (found,) = (fence for fence in fences(PAGE) if fence.language == "text")
    return "".join(f"{line}\n" for line in found.lines)


def lines_of(language: str) -> str:
    """Return what the page says to type for a language."""
    (found,) = (fence for fence in fences(PAGE) if fence.mark == f"client: {language}")
    return "\n".join(found.lines)


@pytest.mark.parametrize(
    "language",
    [
        pytest.param("javascript", marks=[pytest.mark.real, pytest.mark.needs("node")]),
        pytest.param("java", marks=pytest.mark.real),
        pytest.param("python", marks=pytest.mark.real),
        *(pytest.param(language, marks=pytest.mark.slow) for language in INSTALLED),
    ],
)
def test_a_back_end_asks_acts_and_holds_out(served: Served, language: str, tmp_path: Path) -> None:
    person = f"u-{language}"
    shutil.copytree(CLIENTS, tmp_path / "clients")
    address, account = ON_THE_PAGE
    with unsteady(served.address) as way:
        script = lines_of(language).replace(address, way.address).replace(account, person)
        assert way.address in script
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        done = subprocess.run(  # noqa: S603  what our own page says
            ["/bin/bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path / "clients",
            env={"CHENGNUO_KEY": served.key, "PATH": path, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout == told_on_the_page()
    # One act lost, one found again, one handed in on purpose.
    assert way.asked["/v1/consents"] == 3
    assert way.asked["/v1/decisions"] == 5
    with Client(served.address, served.key, timeout_s=30) as client:
        acts = ConsentClient(client).history(person)
    assert [one.act for one in acts] == ["withdraw", "give"]


def test_the_page_shows_every_client_in_both_languages() -> None:
    shown = {fence.mark.removeprefix("client: ") for fence in fences(PAGE) if fence.mark}
    assert shown == {one.name for one in CLIENTS.iterdir() if one.is_dir()}
