"""Hosts that are network namespaces around a switch, whose links can be taken down or made deaf.

A thread that has entered a host stays there: whatever socket it opens and whatever process it
starts belongs to that host. Nothing of it is seen from the machine's own network, so that several
networks may stand side by side with the same addresses.
"""

import ctypes
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pytest

NETWORK = "10.77.0"
_CLONE_NEWNET = 0x40000000
_NOWHERE = "02:00:00:00:00:fe"
_OURS, _PLACE = "chengnuo-lab-", Path("/run/netns")
T = TypeVar("T")


def ip(*words: str) -> None:
    """Run `ip`; what it says goes into the failure."""
    tool = shutil.which("ip") or "/usr/sbin/ip"
    try:
        done = subprocess.run(  # noqa: S603  the system's own tool
            [tool, *words], check=False, capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.fail("`ip` is not installed (Debian package iproute2)")
    if done.returncode != 0:
        pytest.fail(
            f"network namespaces cannot be made here: `ip {' '.join(words)}` said {done.stderr}"
        )


def enter(namespace: str) -> None:
    """Put this thread into a network namespace, from which it does not come back."""
    libc = ctypes.CDLL(None, use_errno=True)
    with (_PLACE / namespace).open("rb") as file:
        if libc.setns(file.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@dataclass(slots=True)
class Host:
    """One host.

    Attributes:
        name: Its name within the network.
        namespace: Its name on this machine.
        address: Its IPv4 address.
        port_of_switch: The switch's end of its link.

    """

    name: str
    namespace: str
    address: str
    port_of_switch: str
    _pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        """Start the thread that lives there."""
        self._pool = ThreadPoolExecutor(
            max_workers=1, initializer=enter, initargs=(self.namespace,)
        )

    def do(self, what: Callable[[], T]) -> T:
        """Do something there and return what it returns."""
        return self._pool.submit(what).result()

    def thread(self, what: Callable[[], None], name: str) -> Thread:
        """Start a thread that lives there."""

        def along() -> None:
            enter(self.namespace)
            what()

        thread = Thread(target=along, name=f"{self.name} {name}", daemon=True)
        thread.start()
        return thread

    def leave(self) -> None:
        """End the thread that lives there; processes that it started end too."""
        self._pool.shutdown(wait=True)


class Network:
    """A switch and the hosts around it."""

    def __init__(self, *names: str) -> None:
        _sweep()
        self._mark = f"{_OURS}{os.getpid()}-{secrets.token_hex(3)}"
        self._switch = f"{self._mark}-switch"
        self.hosts: dict[str, Host] = {}
        try:
            ip("netns", "add", self._switch)
            self._in_switch("link", "add", "br0", "type", "bridge")
            self._in_switch("link", "set", "br0", "up")
            for number, name in enumerate(names, 1):
                self.hosts[name] = self._join(name, number)
        except BaseException:
            self.close()
            raise

    def isolate(self, host: Host) -> None:
        """Take the link of a host down: nobody hears of it and it hears of nobody."""
        self._in_switch("link", "set", host.port_of_switch, "down")

    def rejoin(self, host: Host) -> None:
        """Take the link up again."""
        self._in_switch("link", "set", host.port_of_switch, "up")

    def cut(self, one: Host, other: Host) -> None:
        """Let two hosts not hear each other, as when a cable between two switches breaks."""
        for near, far in ((one, other), (other, one)):
            ip("-n", near.namespace, "neigh", "replace", far.address, "lladdr", _NOWHERE,
               "dev", "eth0", "nud", "permanent")  # fmt: skip

    def mend(self, one: Host, other: Host) -> None:
        """Let two hosts hear each other again."""
        for near, far in ((one, other), (other, one)):
            ip("-n", near.namespace, "neigh", "del", far.address, "dev", "eth0")

    def close(self) -> None:
        """Take everything away."""
        for host in self.hosts.values():
            host.leave()
        ours = sorted(_PLACE.glob(f"{self._mark}-*"))
        for namespace in ours:
            ip("netns", "del", namespace.name)

    def _join(self, name: str, number: int) -> Host:
        namespace, port = f"{self._mark}-{name}", f"p{number}"
        address = f"{NETWORK}.{number}"
        ip("netns", "add", namespace)
        ip("-n", namespace, "link", "set", "lo", "up")
        ip("-n", namespace, "link", "add", "eth0", "type", "veth",
           "peer", "name", port, "netns", self._switch)  # fmt: skip
        ip("-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0")
        ip("-n", namespace, "link", "set", "eth0", "up")
        self._in_switch("link", "set", port, "master", "br0")
        self._in_switch("link", "set", port, "up")
        return Host(name, namespace, address, port)

    def _in_switch(self, *words: str) -> None:
        ip("-n", self._switch, *words)


def _sweep() -> None:
    """Take away what runs left that were killed."""
    for namespace in _PLACE.glob(f"{_OURS}*"):
        maker = namespace.name.removeprefix(_OURS).partition("-")[0]
        if not Path(f"/proc/{maker}").exists():
            ip("netns", "del", namespace.name)


@contextmanager
def network(*names: str) -> Iterator[Network]:
    """Yield a network of hosts that is gone afterwards."""
    made = Network(*names)
    try:
        yield made
    finally:
        made.close()
