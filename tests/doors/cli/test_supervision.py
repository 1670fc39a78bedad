"""What a supervisor is told, over a real socket: ready, alive, stuck, stopping."""

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from tests.doors.server_kit import Server
from tests.running import run

from chengnuo.doors.cli import supervision
from chengnuo.doors.cli.supervision import Supervisor

ALIVE = "WATCHDOG=1"
SOUND = Path(__file__).parents[2] / "corpus" / "register" / "sound.yaml"


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(30)
        yield listener


def heard(listener: socket.socket) -> list[str]:
    """Return what has been said until now."""
    listener.setblocking(False)
    found: list[str] = []
    while True:
        try:
            found.append(listener.recv(4096).decode())
        except BlockingIOError:
            return found


def supervisor(listener: socket.socket, every_s: float) -> Supervisor:
    return Supervisor(listener.getsockname(), every_s)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, Supervisor()),
        ({"NOTIFY_SOCKET": "/run/n"}, Supervisor("/run/n")),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "60000000"}, Supervisor("@n", 30.0)),
        (
            {"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"},
            Supervisor("/n"),
        ),
        ({"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "soon"}, Supervisor("/n")),
        ({"NOTIFY_SOCKET": "vsock:2:1"}, Supervisor()),
        ({"WATCHDOG_USEC": "60000000"}, Supervisor()),
    ],
)
def test_the_environment_says_who_supervises(environ: dict[str, str], expected: Supervisor) -> None:
    assert Supervisor.of(environ) == expected


def test_an_abstract_socket_is_told_too_and_one_that_is_gone_ends_nothing() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0chengnuo-test-notify")
        gone = Supervisor("@chengnuo-test-notify")
        gone.ready()
        assert heard(listener) == ["READY=1\nSTATUS=serving"]
    gone.stopping()


def test_signs_of_life_stop_while_no_thread_answers_and_come_again(
    listening: socket.socket,
) -> None:
    freed, every = Event(), 0.05

    async def stuck() -> None:
        watching = asyncio.create_task(supervisor(listening, every).watch(lambda: False))
        await asyncio.sleep(6 * every)
        assert ALIVE in heard(listening)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
        waiting = [asyncio.create_task(asyncio.to_thread(freed.wait)) for _ in range(2)]
        await asyncio.sleep(3 * every)
        heard(listening)
        await asyncio.sleep(6 * every)
        assert heard(listening) == []
        freed.set()
        await asyncio.gather(*waiting)
        await asyncio.sleep(6 * every)
        assert ALIVE in heard(listening)
        watching.cancel()

    run(stuck())


def test_a_service_that_has_given_up_gives_no_sign(listening: socket.socket) -> None:
    async def watched() -> None:
        watching = asyncio.create_task(supervisor(listening, 0.02).watch(lambda: True))
        await asyncio.sleep(0.2)
        watching.cancel()

    run(watched())
    assert heard(listening) == []


def test_who_never_ends_to_begin_anew_gives_no_more_signs_of_life(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "_CLOSES_S", 0.2)
    supervisor(listening, 0.02).beginning_anew()
    time.sleep(0.5)
    assert heard(listening).count(ALIVE) > 2
    time.sleep(0.2)
    assert heard(listening) == []


@pytest.mark.real
def test_a_served_installation_is_ready_alive_and_stopping(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = tmp_path / "register"
    register.mkdir()
    (register / "register.yaml").write_bytes(SOUND.read_bytes())
    monkeypatch.setenv("NOTIFY_SOCKET", listening.getsockname())
    monkeypatch.setenv("WATCHDOG_USEC", "400000")
    server = Server.start(
        "--register", "register", "--data", "data", "--port", "0", folder=tmp_path
    )
    assert listening.recv(4096).decode() == ALIVE
    while (said := listening.recv(4096).decode()) == ALIVE:  # all through the start
        pass
    assert said.startswith("READY=1\n")
    assert server.said.read_text(), "it is ready before it answers"
    assert [listening.recv(4096).decode() for _ in range(3)] == [ALIVE] * 3
    assert server.stop() == 0
    assert heard(listening)[-1].startswith("STOPPING=1\n")
