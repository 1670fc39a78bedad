"""A database server for one run of tests: own folder, own port, stopped and removed at the end.

A server that runs already is never looked at. Where the tests run as root the server runs as
`nobody`, since PostgreSQL refuses root and permissions do not bind it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

START_S = 60


def unprivileged() -> str | None:
    """Return the account that servers run as; None where it is our own."""
    return "nobody" if os.geteuid() == 0 else None


def free_port() -> int:
    """Return a port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ThrowawayServer:
    """A server process in a folder of its own.

    Attributes:
        ends_by: What ends it at once; what it holds is thrown away.

    """

    ends_by = signal.SIGKILL

    def __init__(self, name: str) -> None:
        self.port = free_port()
        # Not pytest's folder, which others than its owner may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix=f"chengnuo-{name}-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._command: list[str] = []
        self._answers: Callable[[], bool] = lambda: True
        if (account := unprivileged()) is not None:
            entry = pwd.getpwnam(account)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)

    def run(self, command: Sequence[str]) -> None:
        """Run a command that sets the server up, to its end."""
        done = subprocess.run(  # noqa: S603  a server's own tool
            command,
            user=unprivileged(),
            group=None if unprivileged() is None else "nogroup",
            extra_groups=None if unprivileged() is None else [],
            cwd=self.folder,
            env=self._environ(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{command[0]} ended with {done.returncode}: {done.stderr}")

    def start(self, command: Sequence[str], *, answers: Callable[[], bool]) -> None:
        """Start the server and wait until it answers."""
        # It ends with us, even where we are ended without warning.
        ends = [setpriv, "--pdeathsig", "KILL"] if (setpriv := shutil.which("setpriv")) else []
        self._command, self._answers = [*ends, *command], answers
        self.start_again()

    def start_again(self) -> None:
        """Start it as before, as after `kill`."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  the server
                self._command,
                user=unprivileged(),
                group=None if unprivileged() is None else "nogroup",
                extra_groups=None if unprivileged() is None else [],
                cwd=self.folder,
                env=self._environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                said = (self.folder / "log").read_text(errors="replace")
                self.stop()
                pytest.fail(f"the server does not answer: {said[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it without warning, with all that it started."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it and remove all it had."""
        self._end(self.ends_by)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, by: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, by)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)

    def _environ(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
