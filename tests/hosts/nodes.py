"""A host of the service: `chengnuo serve` under a supervisor that starts it again whenever it ends.

What the supervisor does is what `deploy/chengnuo.service` asks of systemd: start again after a
second, whatever it ended by.
"""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from tests.hosts.network import Host
from tests.hosts.shim import Shim

SHOP = Path(__file__).parents[2] / "examples" / "shop" / "register"
PORT = 8700
RESTART_S = 1.0
_ENDS_WITH_US = (shutil.which("setpriv") or "setpriv", "--pdeathsig", "KILL")
_SCOPES = (
    *("decide", "consent:read", "consent:write", "rights:read", "rights:write"),
)  # fmt: skip


@dataclass(slots=True)
class Node:
    """A service on a host.

    Attributes:
        host: Where it runs.
        folder: What is its own: settings, what it said, and unless told otherwise its data.
        settings: Lines of its settings file.
        data: Its data folder.
        shim: What fails for it just now.
        ends: How each of its processes ended.

    """

    host: Host
    folder: Path
    settings: str
    data: Path
    shim: Shim
    ends: list[int] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _wanted: Event = field(default_factory=Event)
    _thread: Thread | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{self.host.address}:{PORT}"

    @property
    def pid(self) -> int:
        """The number of its process.

        Raises:
            ProcessLookupError: There is none just now.

        """
        if self._process is None:
            raise ProcessLookupError
        return self._process.pid

    def runs_as(self, number: int) -> bool:
        """Tell whether its process has a number."""
        return self._process is not None and self._process.pid == number

    @property
    def said(self) -> str:
        """What it said so far."""
        return (self.folder / "said").read_text("utf-8", errors="replace")

    def start(self) -> None:
        """Let it run from now on."""
        self.folder.mkdir(exist_ok=True, parents=True)
        (self.folder / "settings.toml").write_text(self.settings, "utf-8")
        (self.folder / "said").touch()
        self._wanted.set()
        self._thread = self.host.thread(self._supervise, "supervisor")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Let it run no more."""
        self._wanted.clear()
        self.signal(signal.SIGCONT)
        self.signal(by)
        if self._thread is not None:
            self._thread.join(20)
            if self._thread.is_alive():
                self.signal(signal.SIGKILL)
                self._thread.join(20)

    def signal(self, what: signal.Signals) -> None:
        """Send its process a signal, if there is one."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(what)

    def command(self, *words: str) -> str:
        """Run a command of the program on its host, to the end, and return what it printed."""
        self.folder.mkdir(exist_ok=True, parents=True)
        (self.folder / "settings.toml").write_text(self.settings, "utf-8")
        done = self.host.do(
            lambda: subprocess.run(  # noqa: S603  our own program
                [sys.executable, "-m", "chengnuo", *words, "--data", str(self.data),
                 "--settings", "settings.toml"],
                cwd=self.folder, env=self._environ(), capture_output=True, text=True, check=False,
                timeout=120,
            )
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def make_key(self, name: str) -> str:
        """Make an API key for all that clients do."""
        scopes = [part for scope in _SCOPES for part in ("--scope", scope)]
        printed = self.command("keys", "make", name, *scopes)
        return next(word for word in printed.split() if word.startswith("chengnuo_"))

    def wait_until_said(self, words: str, *, seconds: float = 120) -> None:
        """Wait until it has said something."""
        until = monotonic() + seconds
        while words not in self.said:
            assert monotonic() < until, f"{self.host.name} never said {words!r}: {self.said}"
            sleep(0.05)

    def resident_bytes(self) -> int:
        """Return the memory that its process holds."""
        text = Path(f"/proc/{self.pid}/statm").read_text("ascii")
        return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _supervise(self) -> None:
        with (self.folder / "said").open("ab") as said:
            while self._wanted.is_set():
                self._process = subprocess.Popen(  # noqa: S603  our own program
                    [*_ENDS_WITH_US, sys.executable, "-m", "chengnuo", "serve",
                     "--host", self.host.address, "--port", str(PORT), "--register", str(SHOP),
                     "--data", str(self.data), "--settings", "settings.toml"],
                    cwd=self.folder, env=self._environ(), stdin=subprocess.DEVNULL,
                    stdout=said, stderr=said,
                )  # fmt: skip
                self.ends.append(self._process.wait())
                until = monotonic() + RESTART_S
                while self._wanted.is_set() and monotonic() < until:
                    sleep(0.02)

    def _environ(self) -> dict[str, str]:
        ours = {k: v for k, v in os.environ.items() if not k.startswith("CHENGNUO_")}
        ours["CHENGNUO_PLANES"] = str(self.folder / "planes")
        return ours | self.shim.environ()
