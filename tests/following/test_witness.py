"""A host that takes a witness over knows what was cosigned, and cosigns with the same key."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.doors.server_kit import stop_what_still_runs
from tests.following.hosts import Host, start
from tests.servers.databases import Postgresql
from tests.verifier.maker import Made, Signer, make, records
from tests.waiting import until

from chengnuo.domain.evidence.add_checkpoint import written_request
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint

pytestmark = pytest.mark.slow
SHARD = make(records(20))
FORK = make([*records(5), *reversed(records(15))])


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)
        stop_what_still_runs()


def shown(host: Host, made: Made, size: int) -> httpx.Response:
    """Show a witness a checkpoint, as a log does that it never saw."""
    body = written_request(SignedCheckpoint.parse(made.note(size)), 0, [])
    return httpx.post(f"{host.address}/witness/add-checkpoint", content=body, timeout=30)


def test_a_fork_is_not_cosigned_after_a_takeover(url: str, tmp_path: Path) -> None:
    watched = f'witness_of = ["{Signer("first").vkey}"]'
    one = start(tmp_path, "one", url, evidence=watched)
    vkey = httpx.get(f"{one.address}/witness/vkey").text
    assert shown(one, SHARD, 20).status_code == 200
    key = one.data / "keys" / "witness.pem"
    apart = shutil.move(key, tmp_path)  # the keys of the other are copied without it
    two = start(tmp_path, "two", url, like=one, evidence=watched)
    two.server.said_in_errors("keys/witness.pem")
    os.kill(one.server.process.pid, signal.SIGKILL)
    until(two.is_leader, seconds=60)
    refused = shown(two, FORK, 15)
    assert refused.status_code == 503
    assert not (two.data / "keys" / "witness.pem").exists()
    shutil.copy(apart, two.data / "keys")
    known = shown(two, FORK, 15)
    assert (known.status_code, known.text) == (409, "20\n")
    assert httpx.get(f"{two.address}/witness/vkey").text == vkey
