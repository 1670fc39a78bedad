"""An installation is brought up to date while clients ask, and goes back to the program before.

The earlier program is the one before the migration `0019_birth_dates`, taken out of the history of
this repository. A copy without that history cannot run this test, and it fails saying so.
"""

import os
import signal
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from tests.docs.markdown import ROOT
from tests.doors.server_kit import STARTED, Server

from chengnuo.adapters.sqlite.database import FILE_NAME, revisions_in
from chengnuo.wiring.program import Program

SOUND = ROOT / "tests" / "corpus" / "register" / "sound.yaml"
MIGRATION = "0019_birth_dates.py"
NO_HISTORY = (
    f"the history of this repository does not reach back before `{MIGRATION}`; fetch all of it"
    " (`git fetch --unshallow`) to run this test"
)


def git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607
    return done.stdout if done.returncode == 0 else b""


def earlier_program(folder: Path) -> Path:
    """Lay out the program from before the migration; returns its folder."""
    added = git("log", "--diff-filter=A", "--format=%H", "--", f"*/{MIGRATION}").split()
    packed = git("archive", "--format=tar", f"{added[-1].decode()}^", "src", "verifier")
    if not added or not packed:
        pytest.fail(NO_HISTORY)
    with tarfile.open(fileobj=BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    return folder


@dataclass
class Client:
    """Asks again and again, each time over a new connection, until stopped."""

    url: str
    answered: list[float] = field(default_factory=list)
    refused: int = 0
    slowest_s: float = 0.0
    halt: Event = field(default_factory=Event)

    def ask(self) -> None:
        while not self.halt.is_set():
            began = time.monotonic()
            try:
                good = httpx.get(f"{self.url}/healthz", timeout=60).status_code == httpx.codes.OK
            except httpx.TransportError:
                good = False
            now = time.monotonic()
            if good:
                self.answered.append(now)
                self.slowest_s = max(self.slowest_s, now - began)
            else:
                self.refused += 1
            time.sleep(0.01)

    @property
    def longest_gap_s(self) -> float:
        pairs = zip(self.answered, self.answered[1:], strict=False)
        return max(later - before for before, later in pairs)


@contextmanager
def asking(url: str) -> Iterator[Client]:
    client = Client(url)
    thread = Thread(target=client.ask)
    thread.start()
    try:
        yield client
    finally:
        client.halt.set()
        thread.join(90)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    register = tmp_path / "register"
    register.mkdir()
    (register / "register.yaml").write_bytes(SOUND.read_bytes())
    return tmp_path


def start(folder: Path, port: int, name: str, program: Path | None = None) -> Server:
    """Start this program, or an earlier one, on the data folder."""
    before = os.environ.get("PYTHONPATH")
    if program is not None:
        os.environ["PYTHONPATH"] = f"{program}/src:{program}/verifier/src"
    try:
        return Server.start(
            *("--register", "register", "--data", "data", "--port", str(port)),
            folder=folder,
            name=name,
        )
    finally:
        os.environ.pop("PYTHONPATH", None)
        if before is not None:
            os.environ["PYTHONPATH"] = before


def problems(folder: Path) -> list[object]:
    return list(Program().evidence_check(folder / "data", None, lambda _: None))


def console(url: str, session: str) -> int:
    """Return how the console answers somebody who signed in before."""
    cookies = {"chengnuo-staff": session}
    return httpx.get(f"{url}/console", cookies=cookies, follow_redirects=False).status_code


@pytest.mark.slow
def test_an_earlier_installation_is_upgraded_and_goes_back(folder: Path) -> None:
    old = earlier_program(folder / "earlier")
    data = folder / "data"
    server = start(folder, 0, "old", old)
    url = server.address()
    port = int(url.rpartition(":")[2])
    session = server.admin_session()
    signed_in = console(url, session)
    earlier = revisions_in(data)
    with asking(url) as client:
        while len(client.answered) < 20:
            time.sleep(0.05)
        assert server.stop() == 0
        new = start(folder, port, "new")
        assert new.address() == url
        until = len(client.answered) + 20
        while len(client.answered) < until:
            time.sleep(0.05)
    gap, refused = client.longest_gap_s, client.refused
    sys.stdout.write(f"upgrade: nobody answered for {gap:.2f} s, {refused} connections refused\n")
    assert gap < 60
    assert console(url, session) == signed_in
    assert new.stop() == 0
    assert revisions_in(data) != earlier
    assert problems(folder) == []
    refusing = start(folder, port, "refusing", old)
    assert refusing.process.wait(60) == 2
    assert "data-newer-than-program" in refusing.errors.read_text()
    (kept,) = data.glob(f"{FILE_NAME}.before-*")
    for left in data.glob(f"{FILE_NAME}-*"):
        left.unlink()
    kept.replace(data / FILE_NAME)
    back = start(folder, port, "back", old)
    assert back.address() == url
    assert console(url, session) == signed_in
    assert back.stop() == 0
    assert revisions_in(data) == earlier
    again = start(folder, port, "again")
    assert again.address() == url
    assert console(url, session) == signed_in
    assert again.stop() == 0
    assert problems(folder) == []


HANDED_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


def start_with(listener: socket.socket, folder: Path, name: str) -> Server:
    """Start the program with a listening socket, as systemd hands one over."""
    said, errors = folder / f"{name}.out", folder / f"{name}.err"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("CHENGNUO_")}
    environ["CHENGNUO_PLANES"] = str(folder / "planes")
    port = listener.getsockname()[1]
    serve = ["-m", "chengnuo", "serve", "--register", "register", "--data", "data"]
    words = [sys.executable, *serve, "--port", str(port)]
    with said.open("w") as out, errors.open("w") as err:
        process = subprocess.Popen(  # noqa: S603  our own line
            [sys.executable, "-c", HANDED_OVER, str(listener.fileno()), *words],
            stdout=out,
            stderr=err,
            text=True,
            cwd=folder,
            env=environ,
            pass_fds=[listener.fileno()],
        )
    STARTED.append(process)
    return Server(process=process, said=said, errors=errors)


@pytest.mark.real
def test_with_a_socket_that_is_handed_over_nobody_is_refused(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        first = start_with(listener, folder, "first")
        url = first.address()
        with asking(url) as client:
            while len(client.answered) < 10:
                time.sleep(0.05)
            assert first.stop(signal.SIGTERM) == 0
            second = start_with(listener, folder, "second")
            assert second.address() == url
            until = len(client.answered) + 10
            while len(client.answered) < until:
                time.sleep(0.05)
        assert second.stop() == 0
    sys.stdout.write(f"handed over: the slowest answer took {client.slowest_s:.2f} s\n")
    assert client.refused == 0
    assert problems(folder) == []
