"""A process that begins anew keeps its number and the socket it listens on."""

import os
import socket
import subprocess
import sys

import pytest

from chengnuo.doors.cli.beginning_anew import given_listener

# Begins anew once, and then says who it is and where it listens.
PROGRAM = """
import os, socket
from chengnuo.doors.cli.beginning_anew import begin_anew, given_listener
listener = given_listener()
if listener is None:
    listener = socket.create_server(("127.0.0.1", 0))
    print(os.getpid(), listener.getsockname()[1], flush=True)
    begin_anew(listener)
print(os.getpid(), listener.getsockname()[1], flush=True)
print("LISTEN_FDS" in os.environ, listener.get_inheritable(), flush=True)
connection, _ = listener.accept()
connection.sendall(b"anew")
"""


@pytest.mark.real
def test_the_socket_goes_along() -> None:
    started = subprocess.Popen(  # noqa: S603  our own interpreter
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    first = started.stdout.readline().split()
    with socket.create_connection(("127.0.0.1", int(first[1])), timeout=30) as asked:
        assert asked.recv(10) == b"anew"
    said = started.communicate(timeout=30)[0].splitlines()
    assert said == [" ".join(first), "False False"]
    assert started.returncode == 0


def test_what_was_handed_to_another_process_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN_PID", str(os.getpid() + 1))
    monkeypatch.setenv("LISTEN_FDS", "1")
    assert given_listener() is None
    assert "LISTEN_FDS" not in os.environ
