"""Start a server as a person does, and time it until it is healthy."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

ADDRESS = re.compile(rb"https?://(?:127\.0\.0\.1|localhost)(?::\d+)")
LIMIT_S = 60.0
STEP_S = 0.005


def environment() -> dict[str, str]:
    """Return the environment without what would keep compiled modules from being kept."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A server that answers: how long it took, and how much memory it holds."""

    address: str
    seconds: float
    rss_bytes: int


class NotHealthyError(Exception):
    """A server ended, or did not answer in time."""


def healthy(address: str) -> bool:
    """Tell whether a server answers `/healthz` with 200."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def memory(process: int) -> int:
    """Return the resident bytes of a process and its children."""
    parent = psutil.Process(process)
    return sum(p.memory_info().rss for p in [parent, *parent.children(recursive=True)])


def wait(server: subprocess.Popen[bytes], log: Path, since: float) -> Started:
    """Wait until a server has printed its address and is healthy."""
    while time.perf_counter() - since < LIMIT_S:
        found = ADDRESS.findall(log.read_bytes())
        if found and healthy(address := found[-1].decode()):
            seconds = time.perf_counter() - since
            return Started(address=address, seconds=seconds, rss_bytes=memory(server.pid))
        if server.poll() is not None:
            break
        time.sleep(STEP_S)
    raise NotHealthyError(log.read_text(encoding="utf-8", errors="replace")[-2000:])


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[Started]:
    """Start a server in a folder, yield it healthy, and stop it with SIGTERM.

    Raises:
        NotHealthyError: It ended or did not answer; the end of its log is the message.

    """
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "log"
        with log.open("wb") as out:
            since = time.perf_counter()
            server = subprocess.Popen(  # noqa: S603 - our own command
                command, cwd=folder, stdout=out, stderr=out, env=environment()
            )
        try:
            yield wait(server, log, since)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=15)
