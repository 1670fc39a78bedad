"""Two services hand a copy over, over real HTTP, from one process to another."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import SimpleNamespace

import httpx
import pytest
from tests.usecases.evidence.tea_log import TeaLog
from tests.usecases.rights import transfer_kit
from tests.usecases.rights.copy_kit import Found
from tests.usecases.rights.transfer_kit import sending

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.exports.transfer_peer import HttpPeer
from chengnuo.doors.http.transfers import MANIFEST, PIECE
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.transfers import (
    TransferAddressError,
    TransferPeerRefusedError,
    TransferPeerUnavailableError,
)

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[3]


@dataclass
class OtherService:
    """The receiving service.

    Attributes:
        process: It.
        offer: What it offers.
        address: Where it is.

    """

    process: subprocess.Popen[str]
    offer: str
    address: str

    def received(self) -> list[str]:
        """End it and return the digests of what it has."""
        out, _ = self.process.communicate(timeout=60)
        return out.split()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[OtherService]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "other"
    folder.mkdir()
    program = Path(__file__).with_name("receiving_process.py")
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, str(program), str(folder), str(port)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    offer = process.stdout.readline().strip()
    try:
        yield OtherService(process, offer, f"http://127.0.0.1:{port}")
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(30)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sender act now, as the other service does."""
    monkeypatch.setattr(transfer_kit, "AT", SystemClock().now())


def test_two_services_hand_a_copy_over(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, other: OtherService
) -> None:
    random = Random(2)
    found = Found()
    for _ in range(3):
        rows = [(random.randbytes(400).hex(),) for _ in range(2_000)]
        found.add("customers", ("nickname",), rows)
    own = sending(tmp_path, tea, catalogue, found=found)
    assert sum(file.size for file in own.files) > 2 << 20
    done = own.send(other.offer)
    assert own.send(other.offer).receipt == done.receipt
    assert other.received() == [file.sha256 for file in own.files]


def test_what_is_no_transfer_is_refused_with_a_code(other: OtherService) -> None:
    def asked(path: str, method: str = "POST", **headers: str) -> tuple[int, str]:
        answer = httpx.request(method, other.address + path, headers=headers, content=b"x")
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.json()["code"]

    authority = "Transfer to-aaaaaaaaaaaaaaaaaaaa." + "x" * 43
    assert asked(MANIFEST) == (404, "transfer-unknown")
    assert asked(MANIFEST, authorization=authority) == (404, "transfer-unknown")
    assert asked(MANIFEST, "GET", authorization=authority) == (405, "post-only")
    assert asked(PIECE, authorization=authority) == (400, "transfer-message")
    large = httpx.post(other.address + MANIFEST, content=bytes((1 << 20) + 1))
    assert (large.status_code, large.json()["code"]) == (413, "body-over-limit")


def test_guessing_codes_is_slowed_down(other: OtherService) -> None:
    answers = [httpx.post(other.address + MANIFEST, content=b"x").status_code for _ in range(40)]
    assert answers[0] == 404
    assert 429 in answers, "a slow machine may be let in again later, but not each time"


def test_a_sender_reaches_nobody_it_should_not(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, other: OtherService
) -> None:
    own = sending(tmp_path, tea, catalogue)
    offer = own.sender.offer(other.offer, transfer_kit.AT)
    careful = HttpPeer()
    for address in (other.address, "https://127.0.0.1:9", "https://[::1]", "file:///x", "https://"):
        moved = SimpleNamespace(address=address, id=offer.id, code=offer.code)
        with pytest.raises(TransferAddressError):
            careful.receipt(moved)  # type: ignore[arg-type]  # an offer with another address
    other.process.kill()
    other.process.wait(30)
    with pytest.raises(TransferPeerUnavailableError):
        own.send(other.offer)


def test_a_refusal_reaches_the_sender_by_its_code(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, other: OtherService
) -> None:
    own = sending(tmp_path, tea, catalogue)
    own.send(other.offer)
    again = sending(tmp_path / "again", tea, catalogue)
    with pytest.raises(TransferPeerRefusedError) as refused:
        again.send(other.offer)
    assert refused.value.said == "transfer-used"
