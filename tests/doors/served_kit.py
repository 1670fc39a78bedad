"""The sample shop served in a process of its own, with an API key for whoever asks it."""

import contextlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.doors.server_kit import STARTED, Server

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

REGISTER = Path(__file__).parents[2] / "examples" / "shop" / "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running service, and a key."""

    address: str
    key: str


@contextmanager
def served_shop(folder: Path, scopes: Iterable[str]) -> Iterator[Served]:
    """Serve, with a key of some scopes; it outlives each test, and is stopped at the end."""
    server = Server.start(
        "--data", "data", "--register", str(REGISTER), "--port", "0", folder=folder
    )
    STARTED.remove(server.process)
    try:
        address = server.address()
        asked = [f"--scope={one}" for one in scopes]
        with (folder / "key").open("w") as out, contextlib.redirect_stdout(out):
            made = run(Program(), ["keys", "make", "x", *asked, "--data", str(folder / "data")])
        assert made == 0
        yield Served(address=address, key=(folder / "key").read_text().strip())
        assert server.stop() == 0
    finally:
        server.process.kill()
        server.process.wait(30)
