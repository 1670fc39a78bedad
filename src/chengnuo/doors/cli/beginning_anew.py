"""A process that begins anew in place: same number, same listening socket, all else from the start.

The socket goes along as systemd hands one over (sd_listen_fds: descriptor 3, `LISTEN_FDS` and
`LISTEN_PID`), so that who connects meanwhile waits instead of being refused; and a service that
systemd starts by a socket takes that one. Children that end with a program (the resource tracker of
`multiprocessing`) are waited for by the next, or each beginning would leave a zombie.
"""

import os
import socket
import sys
from contextlib import suppress
from threading import Event
from typing import Final

ANEW: Final = Event()
"""Set, from any thread and at any time, for this process to end and begin anew."""
_FIRST: Final = 3
_COUNT, _WHOSE = "LISTEN_FDS", "LISTEN_PID"


def given_listener() -> socket.socket | None:
    """Return the listening socket that was handed to this process; None if none was."""
    whose, count = os.environ.pop(_WHOSE, ""), os.environ.pop(_COUNT, "")
    if whose != str(os.getpid()) or count != "1":
        return None
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    listener = socket.socket(fileno=_FIRST)
    listener.set_inheritable(False)
    return listener


def begin_anew(listener: socket.socket) -> None:
    """Run the program of this process from its start, with the socket that it listens on.

    It does not return.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if listener.fileno() == _FIRST:
        listener.set_inheritable(True)
    else:
        os.dup2(listener.fileno(), _FIRST, inheritable=True)
    os.environ |= {_COUNT: "1", _WHOSE: str(os.getpid())}
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  ourselves, by no shell
