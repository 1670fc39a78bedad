"""A program of few parts that is served for real, and loses the right to write again and again.

Run by `test_supervision_anew.py`, with the way of each beginning as its words: when the right to
write is lost. The one after the last serves until it is told to stop.
"""

import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from litestar.types import Receive, Scope, Send

from chengnuo.base.errors import ConflictError
from chengnuo.doors.cli.beginning_anew import ANEW
from chengnuo.doors.cli.serve import Served, ServingProgram, serve_until_stopped
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.ports.evidence_log import LogUnavailableError

NOTED = "beginnings"
"""A file with a line for each beginning: number of the process, and how it goes."""
CHILDREN = "children"
"""A file with a line for each beginning: whether the process has children."""
LONG_S = 0.6
CLOSES_S = 1.5
LOST = "17 records are lost"


class Loses:
    """A program that loses the right to write in one of the ways."""

    def __init__(self, way: str) -> None:
        self.way = way

    def read_settings(self, file: Path | None) -> ServeSettings:
        del file
        return ServeSettings()

    def service(self, settings: ServeSettings, web: WebSettings) -> Served:
        """Take a while, as reading a log does."""
        del settings, web
        with Path(CHILDREN).open("a") as file:
            file.write(f"{_has_children()}\n")
        if self.way.startswith("long"):
            time.sleep(LONG_S)
        if self.way.endswith("put-together"):
            ANEW.set()
        if self.way == "leaves-child-broken":
            os.posix_spawn("/bin/true", ["true"], {})
        if self.way.endswith("broken"):
            ANEW.set()
            raise ConflictError("the lease is another's")
        made = SimpleNamespace(
            app=self.app,
            key_holder=SimpleNamespace(in_data_folder=False, forgets=True),
            made_keys=(),
            set_up_path="",
            decisions=None,
            given_up=lambda: "",
            recovered=lambda: "",
            close=self.close,
        )
        return cast("Served", made)

    def close(self) -> None:
        """Take a while, as where the database does not answer."""
        if self.way.startswith("closes-long"):
            Path(self.way).touch()
            time.sleep(CLOSES_S)
            raise LogUnavailableError(LOST)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say how it goes."""
        if scope["type"] == "lifespan":
            for what in ("startup", "shutdown"):
                await receive()
                if (what, self.way) == ("startup", "lifespan"):
                    ANEW.set()
                said: Any = {"type": f"lifespan.{what}.complete"}
                await send(said)
            return
        start: Any = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)
        await send({"type": "http.response.body", "body": b"here", "more_body": False})
        if self.way in {"serving", "stopped", "between", "closes-long"}:
            ANEW.set()
        if self.way == "stopped":
            os.kill(os.getpid(), signal.SIGTERM)


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _stopped_between(event: str, _: object) -> None:
    """Be told to stop in the last moment of a program, before the next of the process begins."""
    if event == "os.exec":
        os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    noted, ways = Path(NOTED), sys.argv[1:]
    done = len(noted.read_text().splitlines()) if noted.exists() else 0
    way = ways[done] if done < len(ways) else "stays"
    with noted.open("a") as file:
        file.write(f"{os.getpid()} {way}\n")
    if way == "between":
        sys.addaudithook(_stopped_between)
    program = Loses(way)
    settings = ServeSettings(port=0)
    serve_until_stopped(cast("ServingProgram", program), settings)


if __name__ == "__main__":
    main()
