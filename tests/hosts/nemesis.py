"""What is done to the hosts: each fault begins, is held for a while, and is mended.

A fault is chosen and timed by a seeded chance; what it hits is whoever writes at that moment.
"""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from time import monotonic, monotonic_ns, sleep

from tests.hosts.history import Operation
from tests.hosts.labs import Lab
from tests.hosts.shim import BROKEN, FULL

Mend = Callable[[], None]
_LONG_S = 30.0
"""Longer than a lease, and than a host that takes over needs to start."""
_CALM_S = 3.0
_BACK_S = 180.0
_CLAIMED = "nobody writes: this process takes over"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong.

    Attributes:
        name: Its name.
        held_s: How long it lasts.
        begin: Lets it happen, and returns what mends it.

    """

    name: str
    held_s: float
    begin: Callable[[Lab, Random], Mend]


def _nothing() -> None:
    """Mend what mends itself."""


def _kill(lab: Lab, _: Random) -> Mend:
    lab.leader().signal(signal.SIGKILL)
    return _nothing


def _kill_any(lab: Lab, chance: Random) -> Mend:
    lab.nodes[chance.choice(sorted(lab.nodes))].signal(signal.SIGKILL)
    return _nothing


def _pause(lab: Lab, _: Random) -> Mend:
    leader = lab.leader()
    leader.signal(signal.SIGSTOP)
    return lambda: leader.signal(signal.SIGCONT)


def _claimant(by: signal.Signals) -> Callable[[Lab, Random], Mend]:
    """Kill whoever writes, then signal whoever has claimed its lease, before it can write."""

    def begin(lab: Lab, _: Random) -> Mend:
        before = {name: node.said.count(_CLAIMED) for name, node in lab.nodes.items()}
        lab.leader().signal(signal.SIGKILL)
        until = monotonic() + _BACK_S
        while monotonic() < until:
            for name, node in lab.nodes.items():
                if node.said.count(_CLAIMED) > before[name]:
                    node.signal(by)
                    return partial(node.signal, signal.SIGCONT)
            sleep(0.02)
        raise AssertionError("nobody takes over")

    return begin


def _isolate(lab: Lab, _: Random) -> Mend:
    host = lab.leader().host
    lab.net.isolate(host)
    return lambda: lab.net.rejoin(host)


def _cut_database(lab: Lab, _: Random) -> Mend:
    host, database = lab.leader().host, lab.net.hosts["db"]
    lab.net.cut(host, database)
    return lambda: lab.net.mend(host, database)


def _cut_clients(lab: Lab, _: Random) -> Mend:
    """Cut the writer from the clients and the other hosts, but not from the database."""
    host = lab.leader().host
    others = [one for one in lab.net.hosts.values() if one.name not in {"db", host.name}]
    for other in others:
        lab.net.cut(host, other)

    def mend() -> None:
        for other in others:
            lab.net.mend(host, other)

    return mend


def _slow(lab: Lab, _: Random) -> Mend:
    link = lab.links[lab.leader().host.name]
    link.delay_s, link.bytes_per_s = 0.02, 250_000

    def mend() -> None:
        link.delay_s, link.bytes_per_s = 0.0, 0

    return mend


def _reset(lab: Lab, _: Random) -> Mend:
    link = lab.links[lab.leader().host.name]
    link.down()
    return link.up


def _database(by: signal.Signals) -> Callable[[Lab, Random], Mend]:
    def begin(lab: Lab, _: Random) -> Mend:
        assert lab.database is not None
        lab.database.crash(by)
        return lab.database.again

    return begin


def _database_disk(lab: Lab, _: Random) -> Mend:
    """Let the disk of the database be full; a server that ended over it is started again."""
    database = lab.database
    assert database is not None
    database.shim.tell(write_error=FULL)

    def mend() -> None:
        database.shim.tell(write_error=0)
        database.crash(signal.SIGQUIT)
        database.again()

    return mend


def _clock(by: timedelta) -> Callable[[Lab, Random], Mend]:
    def begin(lab: Lab, _: Random) -> Mend:
        shim = lab.leader().shim
        shim.tell(clock=by)
        return lambda: shim.tell(clock=timedelta())

    return begin


def _database_clock(by: timedelta) -> Callable[[Lab, Random], Mend]:
    def begin(lab: Lab, _: Random) -> Mend:
        database = lab.database
        assert database is not None
        database.shim.tell(clock=by)
        return lambda: database.shim.tell(clock=timedelta())

    return begin


def _syncs_fail(lab: Lab, _: Random) -> Mend:
    shim = lab.leader().shim
    shim.tell(sync_error=BROKEN)
    return lambda: shim.tell(sync_error=0)


def _no_room(lab: Lab, _: Random) -> Mend:
    shim = lab.leader().shim
    shim.tell(write_error=FULL)
    return lambda: shim.tell(write_error=0)


def _writes_fail(lab: Lab, _: Random) -> Mend:
    shim = lab.leader().shim
    shim.tell(write_error=BROKEN)
    return lambda: shim.tell(write_error=0)


def _full_disk(lab: Lab, _: Random) -> Mend:
    assert lab.disk is not None
    lab.disk.fill()
    return lab.disk.empty


def _read_only_disk(lab: Lab, _: Random) -> Mend:
    """Let the disk turn read-only; it is mended as an operator does, with the service stopped."""
    node, disk = lab.leader(), lab.disk
    assert disk is not None
    disk.abort()

    def mend() -> None:
        node.stop()
        disk.mend()
        node.start()

    return mend


ANYWHERE = (
    Fault("kill", 0.5, _kill),
    Fault("pause", _LONG_S, _pause),
    Fault("clock an hour ahead", 6, _clock(timedelta(hours=1))),
    Fault("clock an hour back", 6, _clock(timedelta(hours=-1))),
    Fault("no room on its disk", 5, _no_room),
    Fault("writes fail", 5, _writes_fail),
    Fault("syncs fail", 5, _syncs_fail),
)
"""What can happen to the host that writes, whether it keeps its own files or not."""

ON_A_DISK = (
    Fault("full disk", 6, _full_disk),
    Fault("disk turns read-only", 6, _read_only_disk),
)
"""What can happen besides to a host whose data folder is on a file system of its own."""

OVER_A_DATABASE = (
    Fault("kill any", 0.5, _kill_any),
    Fault("kill whoever takes over", 0.5, _claimant(signal.SIGKILL)),
    Fault("pause whoever takes over", _LONG_S, _claimant(signal.SIGSTOP)),
    Fault("isolate", _LONG_S, _isolate),
    Fault("cut from the database", _LONG_S, _cut_database),
    Fault("cut from everybody but the database", 8, _cut_clients),
    Fault("slow link to the database", 8, _slow),
    Fault("connections to the database break", 1, _reset),
    Fault("database killed", 2, _database(signal.SIGKILL)),
    Fault("database stopped at once", 2, _database(signal.SIGQUIT)),
    Fault("no room on the disk of the database", 5, _database_disk),
    Fault("clock of the database an hour ahead", 12, _database_clock(timedelta(hours=1))),
    Fault("clock of the database an hour back", 12, _database_clock(timedelta(hours=-1))),
)
"""What can happen besides where the database is on another host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffered:
    """What one fault did.

    Attributes:
        name: The fault.
        held_s: From its beginning until it was mended.
        acts_s: The longest time from its beginning on in which no act was acknowledged.
        answers_s: The same for decisions.
        back_s: From its mending until the next act that was acknowledged.

    """

    name: str
    held_s: float
    acts_s: float
    answers_s: float
    back_s: float


def suffer(lab: Lab, fault: Fault, chance: Random, *, calm_s: float = _CALM_S) -> Suffered:
    """Let a fault happen, wait until acts are acknowledged again, and for some calm."""
    began = monotonic_ns()
    mend = fault.begin(lab, chance)
    sleep(fault.held_s)
    mend()
    mended = monotonic_ns()
    until = monotonic() + _BACK_S
    while not (back := _acts(lab, mended)):
        if monotonic() > until:
            said = "\n".join(f"{one.host.name}: {one.said[-1500:]}" for one in lab.nodes.values())
            raise AssertionError(f"after `{fault.name}` nothing is acknowledged again: {said}")
        sleep(0.05)
    sleep(calm_s)
    lab.history.fault(began, fault.name)
    return Suffered(
        name=fault.name,
        held_s=(mended - began) / 1e9,
        acts_s=longest_silence(lab.history.operations, began, acts=True),
        answers_s=longest_silence(lab.history.operations, began, acts=False),
        back_s=(back - mended) / 1e9,
    )


def longest_silence(operations: list[Operation], began: int, *, acts: bool) -> float:
    """Return the longest time after an instant in which nothing was answered, seconds."""
    kinds = {"give", "withdraw"} if acts else {"decide"}
    ends = [one.ended for one in [*operations] if one.kind in kinds and one.outcome == "ok"]
    last, longest = began, 0
    for end in sorted(end for end in ends if end > began):
        longest, last = max(longest, end - last), end
    return longest / 1e9


def _acts(lab: Lab, after: int) -> int:
    """Return when the first act that was begun after an instant was acknowledged; 0 if none."""
    for one in [*lab.history.operations]:
        if one.kind in {"give", "withdraw"} and one.outcome == "ok" and one.ended > after:
            return one.ended
    return 0
