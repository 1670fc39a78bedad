"""A service in a process of its own, started as an operator starts it."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import pytest

ADDRESS = re.compile(r"serving at (http://\S+);")
FORM_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')
SET_UP = re.compile(r"open this link once, within 24 hours, to make the admin: (\S+)")


STARTED: list[subprocess.Popen[str]] = []


def stop_what_still_runs() -> None:
    """End every server that a test left behind, as when it failed halfway."""
    while STARTED:
        process = STARTED.pop()
        if process.poll() is None:
            process.kill()
            process.wait(30)


def wait_for(url: str, *, seconds: float = 90) -> httpx.Response:
    """Return the first good answer of an address."""
    until = time.monotonic() + seconds
    while True:
        try:
            answer = httpx.get(url)
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return answer


@dataclass(slots=True)
class Server:
    """A running `chengnuo serve`."""

    process: subprocess.Popen[str]
    said: Path
    errors: Path

    @classmethod
    def start(cls, *arguments: str, folder: Path, name: str = "server") -> Self:
        said, errors = folder / f"{name}.out", folder / f"{name}.err"
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGNUO_")}
        data = arguments[arguments.index("--data") + 1] if "--data" in arguments else "data"
        # Not in memory, where they would stay.
        environ["CHENGNUO_PLANES"] = str(folder / f"{data}-planes")
        with said.open("w") as out, errors.open("w") as err:
            process = subprocess.Popen(  # noqa: S603  our own interpreter
                [sys.executable, "-m", "chengnuo", "serve", *arguments],
                stdout=out,
                stderr=err,
                text=True,
                cwd=folder,
                env=environ,
            )
        STARTED.append(process)
        return cls(process=process, said=said, errors=errors)

    def address(self, *, seconds: float = 90) -> str:
        """Return the address it prints once it answers."""
        return self._printed(ADDRESS, seconds)

    def set_up_link(self) -> str:
        return self._printed(SET_UP, 30)

    def admin_session(self) -> str:
        """Use the set-up link where no second factor is asked for; returns the session."""
        link = self.set_up_link()
        password = "four quiet lanterns by the river"  # noqa: S105  a test's own
        with httpx.Client(base_url=self.address()) as client:
            found = FORM_TOKEN.search(client.get(link).text)
            assert found is not None
            fields = {
                "csrf_token": found.group(1),
                "token": link.partition("token=")[2],
                "name": "first.admin",
                "password": password,
                "again": password,
            }
            client.post("/console/set-up", data=fields)
            return client.cookies["chengnuo-staff"]

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        return self.process.wait(30)

    def said_in_errors(self, words: str, *, seconds: float = 30) -> None:
        """Wait until the server has said something on stderr."""
        until = time.monotonic() + seconds
        while words not in self.errors.read_text():
            if time.monotonic() > until:
                pytest.fail(f"never said {words!r}: {self.errors.read_text()}")
            time.sleep(0.05)

    def _printed(self, what: re.Pattern[str], seconds: float) -> str:
        until = time.monotonic() + seconds
        while (found := what.search(self.said.read_text())) is None:
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()
                ended = self.process.wait(10)
                pytest.fail(f"ended with {ended}: {self.errors.read_text()}")
            time.sleep(0.05)
        return found.group(1)
