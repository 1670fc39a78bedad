"""The back ends of `examples/clients`, run as their page says, against a real service.

What is between them and the service loses answers: no act is recorded twice for that, and no use
goes ahead without an answer.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clients.unsteady import unsteady
from tests.docs.markdown import ROOT, fences
from tests.doors.served_kit import Served, served_shop

from chengnuo.client.client import Client
from chengnuo.client.consents import ConsentClient

CLIENTS = ROOT / "examples" / "clients"
PAGE = CLIENTS / "README.md"
# These compilers are larger than what a run of CI is worth; where they are, they are used.
INSTALLED = [one for one, tool in {"go": "go", "kotlin": "kotlinc"}.items() if shutil.which(tool)]
ON_THE_PAGE = ("http://127.0.0.1:8700", "u-1029")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_shop(
        tmp_path_factory.mktemp("served"), ("decide", "consent:read", "consent:write")
    ) as found:
        yield found


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
