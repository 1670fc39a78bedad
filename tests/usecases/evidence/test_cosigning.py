"""Being a witness: what is cosigned extends what was seen and is recorded first."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.usecases.evidence.tea_log import TeaLog
from tests.verifier.maker import ORIGIN, Made, Signer, make, records

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.cosigner import FileCosigner, FileSeen
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.adapters.keys import is_signature
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.add_checkpoint import (
    AddCheckpoint,
    AddCheckpointMalformedError,
    written_request,
)
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.cosignature import cosigned_at
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.evidence.shard import OtherShardError, Shard, ShardedOrigin, shard_of
from chengnuo.doors.settings import EvidenceSettings, ServeSettings
from chengnuo.engines.merkle import reference
from chengnuo.ports.evidence_log import LogDamagedError, Opened, Record
from chengnuo.ports.witnessing import WitnessKeyMissingError
from chengnuo.usecases.evidence.cosigning import Cosigning, Outcome
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.seen_logs import NothingSeenError, missing_shards, seen_logs
from chengnuo.wiring.shards import cosigning_of

OTHER = make(records(40))
"""Another log, made from the page of the format alone."""


@dataclass(frozen=True)
class Watch:
    """A witness over the tea house's log."""

    tea: TeaLog
    cosigning: Cosigning

    def add(self, size: int, old: int, made: Made = OTHER, note: str = "") -> Outcome:
        text = note or made.note(size)
        grows = 0 < old < size
        proof = reference.consistency(old, made.hashes[:size]) if grows else []
        body = written_request(SignedCheckpoint.parse(text), old, proof)
        answer = self.cosigning.add(AddCheckpoint.parse(body))
        if answer.line is not None:
            kept = SignedCheckpoint.parse(text).note.text
            vkey = self.cosigning.cosigner.vkey
            assert cosigned_at(answer.line, kept, vkey, is_signature) is not None
        assert (answer.line is not None) == (answer.outcome is Outcome.COSIGNED)
        return answer.outcome

    def recorded(self) -> list[tuple[str, int]]:
        log, payloads = self.tea.opened.log, self.tea.opened.payloads
        log.publish()
        values = [
            json.loads(payloads.opened(record).payload or "")
            for record in log.newest()
            if record.leaf.kind == Kind.CHECKPOINT_SEEN
        ]
        return [(one["log"], one["size"]) for one in reversed(values)]


@pytest.fixture
def watch(tea: TeaLog, tmp_path: Path) -> Watch:
    tea.register_published()
    keys = tmp_path / "data" / "keys"
    return Watch(
        tea,
        Cosigning(
            logs=(VKey.parse(Signer("first").vkey),),
            cosigner=FileCosigner(keys / "witness.pem", "log.example/tea", is_used=False),
            seen=FileSeen(tmp_path / "seen", RealFiles()),
            recorder=tea.recorder,
            clock=SystemClock(),
            verify=is_signature,
        ),
    )


def test_a_log_that_grows_is_cosigned_and_recorded_each_time(watch: Watch) -> None:
    assert [watch.add(3, 0), watch.add(17, 3), watch.add(40, 17)] == [Outcome.COSIGNED] * 3
    assert watch.recorded() == [(ORIGIN, 3), (ORIGIN, 17), (ORIGIN, 40)]
    [seen] = seen_logs(watch.tea.opened.log, watch.tea.opened.payloads)
    assert seen.signed.checkpoint.size == 40


def test_the_same_checkpoint_is_cosigned_again_and_recorded_once(watch: Watch) -> None:
    assert [watch.add(9, 0), watch.add(9, 9), watch.add(9, 9)] == [Outcome.COSIGNED] * 3
    assert watch.recorded() == [(ORIGIN, 9)]


def test_what_does_not_extend_what_was_seen_is_refused_and_changes_nothing(watch: Watch) -> None:
    fork = make([*records(10), *reversed(records(30))])
    assert watch.add(20, 0) is Outcome.COSIGNED
    assert watch.add(40, 20, fork) is Outcome.NOT_EXTENDED
    assert watch.add(20, 20, fork) is Outcome.SEEN_ANOTHER
    assert watch.add(10, 10) is Outcome.SEEN_ANOTHER
    assert watch.add(40, 0) is Outcome.SEEN_ANOTHER
    assert watch.add(5, 20) is Outcome.OLD_ABOVE_NEW
    assert watch.recorded() == [(ORIGIN, 20)]
    assert watch.add(40, 20) is Outcome.COSIGNED


def test_only_logs_that_are_watched_are_cosigned_and_only_under_their_keys(watch: Watch) -> None:
    stranger = replace(make(records(4), signers=[Signer("x", "log.example/x")]))
    assert watch.add(4, 0, replace(stranger, origin="log.example/x")) is Outcome.UNKNOWN_LOG
    thief = OTHER.note(9, by=[Signer("thief")])
    assert watch.add(9, 0, note=thief) is Outcome.UNKNOWN_KEY
    broken = OTHER.note(9)[:-12] + OTHER.note(8)[-12:]
    assert watch.add(9, 0, note=broken) is Outcome.UNKNOWN_KEY
    assert watch.recorded() == []
    with pytest.raises(NothingSeenError):
        seen_logs(watch.tea.opened.log, watch.tea.opened.payloads)


@pytest.mark.parametrize("seed", range(12))
def test_any_sequence_of_sizes_is_cosigned_only_upwards(watch: Watch, seed: int) -> None:
    chance = Random(seed)
    seen, recorded = 0, []
    for _ in range(8):
        size = chance.randrange(41)
        outcome = watch.add(size, seen)
        assert outcome is (Outcome.COSIGNED if size >= seen else Outcome.OLD_ABOVE_NEW)
        recorded += [(ORIGIN, size)] if size > seen else []
        seen = max(seen, size)
    assert watch.recorded() == recorded


def test_what_was_seen_outlives_the_service_and_damage_to_it_is_named(
    watch: Watch, tmp_path: Path
) -> None:
    assert watch.add(12, 0) is Outcome.COSIGNED
    anew = replace(watch.cosigning)
    assert anew.seen.newest(ORIGIN) is not None
    assert Watch(watch.tea, anew).add(30, 0) is Outcome.SEEN_ANOTHER
    [file] = (tmp_path / "seen").iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(LogDamagedError):
        Watch(watch.tea, anew).add(30, 12)


def test_another_host_over_the_same_log_knows_what_was_cosigned(
    watch: Watch, tmp_path: Path
) -> None:
    other = make(records(9), signers=[Signer("second", "log.example/second")])
    other = replace(other, origin="log.example/second")
    logs = (*watch.cosigning.logs, VKey.parse(Signer("second", "log.example/second").vkey))
    watch = Watch(watch.tea, replace(watch.cosigning, logs=logs))
    fork = make([*records(10), *reversed(records(30))])
    assert watch.add(20, 0) is Outcome.COSIGNED
    assert [watch.add(size, size - 1, other) for size in (1, 2)] == [Outcome.COSIGNED] * 2
    watch.tea.opened.log.publish()  # as whoever opens a log does

    def taken_over(number: int) -> Watch:
        seen = FileSeen(tmp_path / f"host-{number}", RealFiles())
        return Watch(watch.tea, replace(watch.cosigning, seen=seen))

    assert taken_over(1).add(15, 0, fork) is Outcome.SEEN_ANOTHER
    assert taken_over(2).add(20, 20, fork) is Outcome.SEEN_ANOTHER
    third = taken_over(3)
    answer = third.cosigning.add(
        AddCheckpoint.parse(written_request(SignedCheckpoint.parse(OTHER.note(40)), 0, []))
    )
    assert (answer.outcome, answer.seen) == (Outcome.SEEN_ANOTHER, 20)
    assert third.add(40, 20) is Outcome.COSIGNED
    assert third.add(9, 2, other) is Outcome.COSIGNED
    watch.tea.opened.log.publish()
    # The first host again: what it keeps beside the log is older than the log.
    assert Watch(watch.tea, replace(watch.cosigning)).add(30, 20) is Outcome.SEEN_ANOTHER
    first = Watch(watch.tea, replace(watch.cosigning))
    assert first.add(30, 40) is Outcome.OLD_ABOVE_NEW
    assert first.add(40, 40) is Outcome.COSIGNED


def test_what_is_kept_beside_a_log_counts_where_the_log_was_put_back(
    watch: Watch, tmp_path: Path
) -> None:
    assert watch.add(9, 0) is Outcome.COSIGNED
    watch.tea.opened.log.publish()
    FileSeen(tmp_path / "seen", RealFiles()).keep(SignedCheckpoint.parse(OTHER.note(30)))
    anew = Watch(watch.tea, replace(watch.cosigning))
    assert anew.add(20, 9) is Outcome.SEEN_ANOTHER
    assert anew.add(40, 30) is Outcome.COSIGNED


def test_a_log_that_is_looked_up_keeps_no_other_waiting(watch: Watch) -> None:
    asked, goes_on = Event(), Event()
    goes_on.set()

    class Slow(VaultPayloads):
        def opened(self, record: Record) -> Opened:
            asked.set()
            assert goes_on.wait(10)
            return super().opened(record)

    never_seen = replace(make(records(3), signers=[Signer("x", "log.example/x")]))
    never_seen = replace(never_seen, origin="log.example/x")
    slow = Watch(
        watch.tea,
        replace(
            watch.cosigning,
            logs=(*watch.cosigning.logs, VKey.parse(Signer("x", "log.example/x").vkey)),
            recorder=replace(watch.tea.recorder, payloads=Slow(watch.tea.opened.vault)),
        ),
    )
    assert slow.add(3, 0) is Outcome.COSIGNED
    watch.tea.opened.log.publish()
    goes_on.clear()
    outcomes: list[Outcome] = []
    asks = Thread(target=lambda: outcomes.append(slow.add(2, 0, never_seen)))
    asks.start()
    assert asked.wait(10)
    assert slow.add(9, 3) is Outcome.COSIGNED
    goes_on.set()
    asks.join()
    assert outcomes == [Outcome.COSIGNED]


def test_the_key_of_a_witness_is_not_made_anew_where_it_was_used(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def cosigning() -> Cosigning:
        settings = ServeSettings(
            data=str(tmp_path / "data"),
            evidence=EvidenceSettings(witness_of=(Signer("first").vkey,)),
        )
        found = cosigning_of(settings, "log.example/tea", watch.tea.recorder, SystemClock())
        assert found is not None
        return found

    key, apart = tmp_path / "data" / "keys" / "witness.pem", tmp_path / "witness.pem"
    key.unlink()
    first = Watch(watch.tea, cosigning())
    vkey = first.cosigning.cosigner.vkey
    assert first.add(9, 0) is Outcome.COSIGNED
    watch.tea.opened.log.publish()
    key.rename(apart)
    assert [str(vkey) in one for one in caplog.messages] == [True]  # that it was made
    caplog.clear()
    anew = Watch(watch.tea, cosigning())
    assert "witness.pem" in caplog.text
    assert not key.exists()
    with pytest.raises(WitnessKeyMissingError, match=r"keys/witness\.pem"):
        anew.add(12, 9)
    assert anew.recorded() == [(ORIGIN, 9)]
    apart.rename(key)
    assert anew.cosigning.cosigner.vkey == vkey
    assert anew.add(12, 9) is Outcome.COSIGNED


def test_a_witness_that_cannot_record_does_not_cosign(watch: Watch) -> None:
    watch.tea.opened.log.close()
    with pytest.raises(Exception, match=r"closed|written"):
        watch.add(12, 0)
    assert watch.cosigning.seen.newest(ORIGIN) is None


def test_the_key_that_cosigns_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "witness.pem"
    made = [FileCosigner(path, "log.example/a", is_used=False).vkey for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].name == "log.example/a/witness"
    assert (tmp_path / "witness.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old -1\n\n" + OTHER.note(3).encode(),
        b"old 01\n\n" + OTHER.note(3).encode(),
        b"new 0\n\n" + OTHER.note(3).encode(),
        b"old 1\nAAAA\n\n" + OTHER.note(3).encode(),
        b"old 1\n" + b"A" * 43 + b"=\n" * 1 + b"\xff\n\n" + OTHER.note(3).encode(),
        b"old 1\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + OTHER.note(3).encode(),
        b"old 0\n\n" + b" " * 200_000,
    ],
)
def test_a_request_of_another_form_is_refused(body: bytes) -> None:
    with pytest.raises(AddCheckpointMalformedError):
        AddCheckpoint.parse(body)


@given(st.binary(max_size=400), st.integers(0, 200))
def test_a_request_survives_no_change_without_an_error_of_ours(junk: bytes, at: int) -> None:
    whole = written_request(SignedCheckpoint.parse(OTHER.note(7)), 3, [b"\x01" * 32])
    assert AddCheckpoint.parse(whole).old == 3
    with suppress(InvalidInputError):
        AddCheckpoint.parse(whole[:at] + junk + whole[at:])


def test_a_proof_names_the_newest_of_each_log_that_was_seen(watch: Watch) -> None:
    for size, old in ((3, 0), (9, 3)):
        watch.add(size, old)
    log, payloads = watch.tea.opened.log, watch.tea.opened.payloads
    log.publish()
    [seen] = seen_logs(log, payloads)
    proof = Prover(log=log, payloads=payloads).inclusion([seen.position], disclose=True)
    [one] = proof.disclosed
    assert json.loads(one.payload)["note"]["text"] == OTHER.note(9)


def test_missing_shards_are_told_for_each_set_of_shards() -> None:
    origins = ["a/1-of-3", "a/3-of-3", "b/1-of-1", "plain", "c/9-of-2"]
    assert missing_shards(origins) == {"a": (2,), "b": ()}


@given(st.text(), st.integers(1, 999))
def test_everybody_belongs_to_exactly_one_shard(account: str, of: int) -> None:
    number = shard_of(account, of)
    assert 1 <= number <= of
    Shard(number=number, of=of).hold(account)
    if of > 1:
        with pytest.raises(OtherShardError) as refused:
            Shard(number=number % of + 1, of=of).hold(account)
        assert refused.value.found == number


def test_shards_are_of_about_one_size() -> None:
    counts = Counter(shard_of(f"u-{number}", 7) for number in range(70_000))
    assert all(abs(count - 10_000) < 400 for count in counts.values())


@pytest.mark.parametrize("number", [1, 16, 999])
def test_an_origin_says_its_shard(number: int) -> None:
    shard = Shard(number=number, of=999)
    assert ShardedOrigin.parse(f"log.example/x{shard.ending}") == ShardedOrigin(
        of_all="log.example/x", shard=shard
    )
