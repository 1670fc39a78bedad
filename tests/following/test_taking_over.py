"""The host that writes dies, or sleeps: another takes over, and nothing acknowledged is lost."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.doors.server_kit import stop_what_still_runs
from tests.following.hosts import Host, Shop, key_of, start
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

NOW = datetime.now(UTC).isoformat()  # noqa: TID251  the servers' own clock


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)
        stop_what_still_runs()


def records(host: Host) -> int:
    """Return how many records the public checkpoint is signed over."""
    return int(httpx.get(f"{host.address}/tlog/checkpoint", timeout=60).text.split("\n")[1])


def is_whole(host: Host) -> bool:
    """Tell whether the log is sound, seen from a host."""
    where = ["--data", str(host.data), "--settings", str(host.settings)]
    return run(Program(), ["evidence", "check", *where]) == 0


@pytest.mark.real
def test_a_follower_takes_over_from_one_that_was_killed(url: str, tmp_path: Path) -> None:
    one = start(tmp_path, "one", url)
    shop = Shop(key_of(one))
    two = start(tmp_path, "two", url, like=one)
    for person in ("kept", "withdrawn"):
        shop.give(one, person, NOW)
    last = int(str(shop.withdraw(one, "withdrawn")["position"]))
    shop.level(two, "withdrawn", last + 1)
    os.kill(one.server.process.pid, signal.SIGKILL)
    one.server.process.wait(timeout=30)
    # Who only asks gets answers all along; who acts waits until there is somebody to write it.
    assert shop.outcome(two, "kept") == "permit"
    assert shop.post(two, "/v1/consents:list", {"person": "kept"}).status_code == 503
    until(two.is_leader, seconds=60)
    assert shop.outcome(two, "kept") == "permit"
    assert shop.outcome(two, "withdrawn") != "permit"
    assert int(str(shop.withdraw(two, "kept")["position"])) > last
    until(lambda: records(two) > last, seconds=30)
    assert two.server.process.poll() is None  # the same process, begun anew
    assert is_whole(two)


@pytest.mark.slow
def test_one_that_slept_writes_nothing_more_and_follows(url: str, tmp_path: Path) -> None:
    one = start(tmp_path, "one", url)
    shop = Shop(key_of(one))
    two = start(tmp_path, "two", url, like=one)
    three = start(tmp_path, "three", url, like=one)
    shop.give(one, "asleep", NOW)
    until(lambda: shop.outcome(two, "asleep") == "permit")
    one.server.process.send_signal(signal.SIGSTOP)
    until(lambda: two.is_leader() or three.is_leader(), seconds=60)
    leader, other = (two, three) if two.is_leader() else (three, two)
    shop.withdraw(leader, "asleep")
    one.server.process.send_signal(signal.SIGCONT)
    for _ in range(20):  # from the first moment on: no yes out of a memory that is behind
        try:
            assert shop.outcome(one, "asleep") != "permit"
        except httpx.TransportError:
            continue
    until(one.is_follower, seconds=60)
    assert shop.outcome(one, "asleep") != "permit"
    until(lambda: other.is_follower() and shop.outcome(other, "asleep") != "permit", seconds=30)
    position = int(str(shop.give(one, "asleep", NOW)["position"]))
    assert shop.level(other, "asleep", position + 1)["outcome"] == "permit"
    assert is_whole(leader)
