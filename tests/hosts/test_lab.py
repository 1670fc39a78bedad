"""The network between hosts is what it is meant to be, and a failing disk loses nothing."""

import socket
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.hosts.checker import violations
from tests.hosts.labs import alone
from tests.hosts.nemesis import ANYWHERE, suffer
from tests.hosts.network import Host, network
from tests.hosts.nodes import PORT
from tests.waiting import until

pytestmark = pytest.mark.real


def reaches(one: Host, other: Host) -> bool:
    """Tell whether a connection can be made from one host to another, where nobody listens."""

    def attempt() -> bool:
        with suppress(TimeoutError), socket.socket() as end:
            end.settimeout(0.5)
            try:
                end.connect((other.address, PORT))
            except ConnectionRefusedError:
                return True
            except OSError:
                return False
        return False

    return one.do(attempt)


def test_links_go_down_and_up_and_cables_between_two_break() -> None:
    with network("a", "b", "c") as net:
        a, b, c = net.hosts.values()
        assert reaches(a, b)
        net.isolate(b)
        assert not reaches(a, b)
        assert not reaches(b, c)
        assert reaches(a, c)
        net.rejoin(b)
        until(lambda: reaches(a, b))
        net.cut(a, b)
        assert not reaches(a, b)
        assert not reaches(b, a)
        assert reaches(a, c)
        assert reaches(c, b)
        net.mend(a, b)
        until(lambda: reaches(a, b))


def test_a_host_whose_disk_confirms_nothing_begins_anew_and_loses_nothing(place: Path) -> None:
    with alone(place, seed=7, under="evidence/wal") as lab:
        node = lab.leader()
        lab.begin()
        syncs = next(one for one in ANYWHERE if one.name == "syncs fail")
        suffer(lab, replace(syncs, held_s=1.0), Random(7), calm_s=0.5)
        found = lab.rest()
        assert violations(lab.history.operations, found) == []
        kinds = {one.kind for one in lab.history.operations if one.outcome == "ok"}
        assert kinds == {"give", "withdraw", "request", "decide", "record", "look"}
        assert set(node.ends) == {3}
        assert "Traceback" not in node.said
