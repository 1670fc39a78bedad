"""A process that loses the right to write begins anew, whenever that is, and is not killed for it.

As systemd has it (sd_notify(3), `service.c`): `STOPPING=1` cannot be taken back, and whoever has
said it is killed when the time to stop is over, though it said `READY=1` again meanwhile.
"""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.docs.markdown import ROOT
from tests.doors.cli.beginning_served import CHILDREN, CLOSES_S, LONG_S, LOST, NOTED
from tests.doors.server_kit import STARTED
from tests.waiting import until

pytestmark = pytest.mark.real
EVERY_S = 0.1
READY, ALIVE = "READY=1", "WATCHDOG=1"


class Supervised:
    """A process of `beginning_served.py`, and what it told its supervisor."""

    def __init__(self, folder: Path, *ways: str, is_watched: bool = True) -> None:
        self.folder = folder
        self._heard: list[str] = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._listener.bind(str(folder / "notify"))
        self._listener.setblocking(False)
        environ = {
            "PYTHONPATH": str(ROOT),
            "NOTIFY_SOCKET": str(folder / "notify"),
        }
        if is_watched:
            environ["WATCHDOG_USEC"] = str(int(2 * EVERY_S * 1_000_000))
        with (folder / "out").open("w") as out:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter
                [sys.executable, "-m", "tests.doors.cli.beginning_served", *ways],
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                cwd=folder,
                env=environ,
            )
        STARTED.append(self.process)

    def heard(self) -> list[str]:
        """Return the first line of all that was told until now."""
        while True:
            try:
                self._heard.append(self._listener.recv(4096).decode().partition("\n")[0])
            except BlockingIOError:
                return self._heard

    def beginnings(self) -> list[list[str]]:
        """Return the number of the process and the way of each beginning."""
        noted = self.folder / NOTED
        return [one.split() for one in noted.read_text().splitlines()] if noted.exists() else []

    def serves(self, *, times: int = 1) -> str:
        """Wait until it has said so often that it answers, and return its address."""
        until(lambda: self.heard().count(READY) >= times, seconds=60)
        found = re.findall(r"serving at (http://\S+);", (self.folder / "out").read_text())
        assert len(found) == times
        return str(found[-1])

    def told(self) -> list[str]:
        """Return what was told but for signs of life."""
        return [one for one in self.heard() if one != ALIVE]

    def close(self) -> None:
        self._listener.close()


@contextmanager
def supervised(folder: Path, *ways: str, is_watched: bool = True) -> Iterator[Supervised]:
    one = Supervised(folder, *ways, is_watched=is_watched)
    try:
        yield one
    finally:
        one.close()


def test_at_any_moment_it_begins_anew_in_place_and_answers_again(tmp_path: Path) -> None:
    ways = ("put-together", "long-broken", "lifespan", "serving")
    with supervised(tmp_path, *ways) as one:
        address = one.serves()
        assert httpx.get(address).text == "here"
        assert one.serves(times=2) == address
        assert httpx.get(address).text == "here"
        process = str(one.process.pid)
        assert one.beginnings() == [[process, way] for way in (*ways, "stays")]
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(30) == 0
        assert one.told()[-4:] == [READY, "RELOADING=1", READY, "STOPPING=1"]
        assert one.told().count("STOPPING=1") == 1


def test_who_is_told_to_stop_stops_though_the_right_to_write_was_lost(tmp_path: Path) -> None:
    with supervised(tmp_path, "stopped") as one:
        assert httpx.get(one.serves()).text == "here"
        assert one.process.wait(30) == 0
        assert one.told() == [READY, "STOPPING=1"]
        assert len(one.beginnings()) == 1


def test_who_is_told_to_stop_between_two_programs_stops(tmp_path: Path) -> None:
    with supervised(tmp_path, "between", is_watched=False) as one:
        assert httpx.get(one.serves()).text == "here"
        assert one.process.wait(30) == 0
        assert one.told() == [READY, "RELOADING=1"]
        assert [way for _, way in one.beginnings()] == ["between", "stays"]


def test_it_stops_though_another_thread_than_the_first_is_told(tmp_path: Path) -> None:
    """As one always may be: that which gives signs of life, that which renews the lease."""
    with supervised(tmp_path, "between") as one:
        assert httpx.get(one.serves()).text == "here"
        assert one.process.wait(30) == -signal.SIGTERM
        assert one.told() == [READY, "RELOADING=1"]


def test_who_closes_long_to_begin_anew_gives_signs_of_life(tmp_path: Path) -> None:
    with supervised(tmp_path, "closes-long") as one:
        assert httpx.get(one.serves()).text == "here"
        until((tmp_path / "closes-long").exists, seconds=30)
        before = one.heard().count(ALIVE)
        until(lambda: one.heard().count(ALIVE) - before >= CLOSES_S / EVERY_S / 3, seconds=30)
        assert len(one.beginnings()) == 1
        one.serves(times=2)
        assert LOST in (tmp_path / "out").read_text()
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(30) == 0


def test_another_ctrl_c_breaks_off_what_is_closed(tmp_path: Path) -> None:
    with supervised(tmp_path, "closes-long-stopped") as one:
        one.serves()
        one.process.send_signal(signal.SIGINT)
        until((tmp_path / "closes-long-stopped").exists, seconds=30)
        before = time.monotonic()
        one.process.send_signal(signal.SIGINT)
        assert one.process.wait(30) == 128 + signal.SIGINT
        assert time.monotonic() - before < CLOSES_S


def test_one_ctrl_c_lets_it_close(tmp_path: Path) -> None:
    with supervised(tmp_path, "closes-long-stopped") as one:
        one.serves()
        one.process.send_signal(signal.SIGINT)
        one.process.wait(30)
        assert LOST in (tmp_path / "out").read_text()


def test_children_that_ended_with_a_program_are_no_zombies_of_the_next(tmp_path: Path) -> None:
    with supervised(tmp_path, "leaves-child-broken") as one:
        one.serves()
        assert (tmp_path / CHILDREN).read_text().split() == ["False", "False"]
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(30) == 0


def test_a_long_start_gives_signs_of_life_and_may_be_stopped(tmp_path: Path) -> None:
    with supervised(tmp_path, "long", "long") as one:
        until(lambda: len(one.beginnings()) == 1, seconds=30)
        until(lambda: one.heard().count(ALIVE) >= LONG_S / EVERY_S / 2, seconds=30)
        assert one.told() == []
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(30) == 0
        assert one.told() == []
