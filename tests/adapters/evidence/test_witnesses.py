"""Asking a real witness for cosignatures, and what is made of its answers."""

from collections.abc import Iterator
from time import monotonic

import pytest
from tests.adapters.evidence.witness_kit import Knobs, WitnessServer, running_witness
from tests.domain.evidence.keys_kit import ORIGIN, Pair, note_by, verify, witness

from chengnuo.adapters.evidence.witnesses import HttpWitness
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.cosignature import with_cosignatures, witnessed
from chengnuo.domain.evidence.note import VKey, VKeyMalformedError
from chengnuo.engines.merkle import reference
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.witnessing import (
    PlainAddressError,
    WitnessAnswerError,
    WitnessRefusedError,
    WitnessSawAnotherError,
    WitnessUnavailableError,
)

pytestmark = pytest.mark.real

KEY = Pair(ORIGIN, "log")
LEAVES = [leaf_hash(b"%d" % at) for at in range(70)]


def proof(old: int, new: int) -> list[bytes]:
    return reference.consistency(old, LEAVES[:new])


def signed(size: int, leaves: list[bytes] = LEAVES, key: Pair = KEY) -> SignedCheckpoint:
    root = reference.root(leaves[:size])
    text = Checkpoint(origin=key.name, size=size, root=root, map_root=b"\x01" * 32).text()
    return SignedCheckpoint.parse(note_by(text, key).written)


@pytest.fixture(name="server")
def _server() -> Iterator[WitnessServer]:
    with running_witness({ORIGIN: [KEY.vkey.public_key]}) as found:
        yield found


def asking(server: WitnessServer, timeout_s: float = 10) -> HttpWitness:
    return HttpWitness(VKey.parse(server.vkey), server.address, verify=verify, timeout_s=timeout_s)


def test_a_witness_cosigns_a_log_that_grows(server: WitnessServer) -> None:
    asked = asking(server)
    old = 0
    for size in (1, 2, 3, 7, 8, 33, 64, 70, 70):
        note = signed(size)
        lines = asked.cosign(note, old, proof)
        found = witnessed(with_cosignatures(note.note, lines), [asked.vkey], 1, verify)
        assert found.enough
        assert [int(one.at.timestamp()) for one in found.by] == [server.now]
        old = size
    assert server.asked == [0, 1, 2, 3, 7, 8, 33, 64, 70]
    assert server.seen[ORIGIN] == (70, reference.root(LEAVES))


@pytest.mark.parametrize("thought", [0, 5, 40, 70], ids=lambda size: f"thought to be at {size}")
def test_a_witness_at_another_size_is_asked_once_more(server: WitnessServer, thought: int) -> None:
    asking(server).cosign(signed(33), 0, proof)
    server.asked.clear()
    asking(server).cosign(signed(64), thought, proof)
    assert server.asked == [min(thought, 64), 33]


def test_a_witness_that_names_ever_other_sizes_is_not_asked_for_ever(
    server: WitnessServer,
) -> None:
    server.knobs = Knobs(claims=[3, 4, 5])
    with pytest.raises(WitnessUnavailableError):
        asking(server).cosign(signed(8), 0, proof)
    assert server.asked == [0, 3]


def test_lines_of_others_in_the_answer_are_left_out(server: WitnessServer) -> None:
    other = witness("other").cosigns(signed(3).note.text, 1)
    server.knobs = Knobs(others=other.line)
    lines = asking(server).cosign(signed(3), 0, proof)
    assert [line.name for line in lines] == [asking(server).vkey.name]


def test_a_log_that_was_rewritten_is_found_out(server: WitnessServer) -> None:
    asking(server).cosign(signed(33), 0, proof)
    forged = [leaf_hash(b"forged"), *LEAVES[1:]]

    def forged_proof(old: int, new: int) -> list[bytes]:
        return reference.consistency(old, forged[:new])

    with pytest.raises(WitnessSawAnotherError) as found:
        asking(server).cosign(signed(64, forged), 33, forged_proof)
    assert found.value.size == 33
    with pytest.raises(WitnessSawAnotherError, match="root is another"):
        asking(server).cosign(signed(33, forged), 33, forged_proof)


def test_a_log_that_was_cut_back_is_found_out(server: WitnessServer) -> None:
    asking(server).cosign(signed(33), 0, proof)
    with pytest.raises(WitnessSawAnotherError) as found:
        asking(server).cosign(signed(32), 32, proof)
    assert found.value.size == 33


def test_a_conflict_at_the_same_size_needs_no_size_to_be_understood(
    server: WitnessServer,
) -> None:
    server.knobs = Knobs(conflict_body=b"")
    with pytest.raises(WitnessSawAnotherError):
        asking(server).cosign(signed(33), 33, proof)


@pytest.mark.parametrize(
    ("knobs", "expected"),
    [
        pytest.param(Knobs(status=400), WitnessRefusedError, id="it calls the request wrong"),
        pytest.param(Knobs(status=403), WitnessRefusedError, id="it does not trust the key"),
        pytest.param(Knobs(status=404), WitnessRefusedError, id="it does not know the log"),
        pytest.param(Knobs(status=422), WitnessSawAnotherError, id="it finds the proof wrong"),
        pytest.param(Knobs(status=302), WitnessUnavailableError, id="it sends elsewhere"),
        pytest.param(Knobs(status=429), WitnessUnavailableError, id="it is asked too often"),
        pytest.param(Knobs(status=500), WitnessUnavailableError, id="it is broken"),
        pytest.param(Knobs(conflict_body=b"3"), WitnessAnswerError, id="a size of no type"),
        pytest.param(Knobs(breaks_signature=True), WitnessAnswerError, id="wrong signature"),
        pytest.param(Knobs(signs_other=True), WitnessAnswerError, id="it signs another text"),
        pytest.param(Knobs(body=b""), WitnessAnswerError, id="no line"),
        pytest.param(Knobs(body=b"\xff"), WitnessAnswerError, id="not UTF-8"),
        pytest.param(Knobs(body=b"hello\n"), WitnessAnswerError, id="not a signature line"),
        pytest.param(
            Knobs(body=witness("other").cosigns("x\n", 1).line.encode()),
            WitnessAnswerError,
            id="another's line alone",
        ),
        pytest.param(Knobs(body=b"x" * 65_537), WitnessUnavailableError, id="a huge answer"),
    ],
)
def test_what_is_not_a_cosignature_is_refused_by_reason(
    server: WitnessServer, knobs: Knobs, expected: type[ChengnuoError]
) -> None:
    server.knobs = knobs
    with pytest.raises(expected):
        asking(server).cosign(signed(8), 0, proof)


def test_a_key_that_the_witness_does_not_trust_is_refused(server: WitnessServer) -> None:
    with pytest.raises(WitnessRefusedError) as found:
        asking(server).cosign(signed(8, key=Pair(ORIGIN, "stranger")), 0, proof)
    assert found.value.status == 403


def test_a_log_that_the_witness_does_not_know_is_refused(server: WitnessServer) -> None:
    with pytest.raises(WitnessRefusedError) as found:
        asking(server).cosign(signed(8, key=Pair("unknown.example", "log")), 0, proof)
    assert found.value.status == 404


@pytest.mark.parametrize(
    "knobs",
    [
        pytest.param(Knobs(silent_s=0.8), id="no answer"),
        pytest.param(Knobs(drip_s=0.02), id="an answer byte by byte"),
    ],
)
def test_a_slow_witness_is_not_waited_for(server: WitnessServer, knobs: Knobs) -> None:
    server.knobs = knobs
    start = monotonic()
    with pytest.raises(WitnessUnavailableError, match=r"0\.3 s"):
        asking(server, timeout_s=0.3).cosign(signed(8), 0, proof)
    assert monotonic() - start < 2


def test_a_witness_that_is_away_is_said_to_be(server: WitnessServer) -> None:
    with running_witness({}) as gone:
        address = gone.address
    asked = HttpWitness(VKey.parse(server.vkey), address, verify=verify)
    with pytest.raises(WitnessUnavailableError):
        asked.cosign(signed(8), 0, proof)


@pytest.mark.parametrize(
    "address",
    [
        "http://witness.example/w",
        "http://127.0.0.1.example/w",
        "http://localhost@witness.example/w",
        "ftp://localhost/w",
        "https:///w",
        "http://[::1/w",
        "",
    ],
)
def test_plain_http_is_for_this_machine_only(address: str) -> None:
    with pytest.raises(PlainAddressError):
        HttpWitness(witness("east").vkey, address, verify=verify)


def test_a_key_that_is_not_of_cosignatures_is_no_witness() -> None:
    with pytest.raises(VKeyMalformedError):
        HttpWitness(KEY.vkey, "https://witness.example", verify=verify)
