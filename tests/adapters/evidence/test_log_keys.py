"""The log's keys as files: made, followed by others, retired, and a crash anywhere between."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.domain.evidence.keys_kit import verify

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log_keys import FileLogSigner, read_log_keys
from chengnuo.adapters.keys import KeyFileError
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint, is_signed
from chengnuo.domain.evidence.log_keys import trusted_keys
from chengnuo.domain.evidence.note import VKey, VKeyMalformedError
from chengnuo.ports.checkpoint_signing import (
    KeysOverlapError,
    LogKeyMissingError,
    LogOriginError,
    NoKeyToRetireError,
)
from chengnuo.ports.evidence_log import LogDamagedError, NoLogError

ORIGIN = "log.example/evidence"
CHECKPOINT = Checkpoint(origin=ORIGIN, size=0, root=b"\x01" * 32, map_root=b"\x02" * 32)


class PowerLostError(OSError):
    """The power goes before `log.json` is replaced."""


class FilesThatFail(RealFiles):
    """A file system of which the next replacement does not happen."""

    def replace(self, path: Path, data: bytes) -> None:
        raise PowerLostError(path.name, len(data))


class Place:
    """The two folders of a log."""

    def __init__(self, folder: Path) -> None:
        self.keys = folder / "keys"
        self.public = folder / "log"
        self.public.mkdir()

    def create(self, *, origin: str = ORIGIN, fails: bool = False) -> FileLogSigner:
        files = FilesThatFail() if fails else RealFiles()
        return FileLogSigner.create(self.keys, self.public, files, origin=origin)

    def open(self, *, fails: bool = False) -> FileLogSigner:
        return FileLogSigner(self.keys, self.public, FilesThatFail() if fails else RealFiles())

    def key_files(self) -> list[str]:
        return sorted(path.name for path in self.keys.iterdir())


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def signers(signer: FileLogSigner, size: int) -> list[VKey]:
    """Return whose signatures stand under a checkpoint, all of which must fit."""
    signed = SignedCheckpoint.parse(signer.sign_note(replace(CHECKPOINT, size=size).text()))
    keys = signer.keys()
    assert is_signed(signed, trusted_keys(keys, None, verify), verify)
    found = signed.note.checked([key.vkey for key in keys.keys], verify)
    assert len(found.good) == len(signed.note.signatures)
    return list(found.good)


def test_the_first_key_is_made_once_for_the_owner_alone(place: Place) -> None:
    first = place.create()
    assert place.create().keys() == place.open().keys() == first.keys()
    assert place.key_files() == ["evidence-1.pem"]
    assert (place.keys / "evidence-1.pem").stat().st_mode & 0o777 == 0o600
    assert signers(first, 0) == list(first.vkeys)


def test_two_keys_sign_until_the_older_is_retired(place: Place) -> None:
    signer = place.create()
    old, new = signer.rotate(5)
    assert signers(signer, 5) == signers(place.open(), 9) == [old, new]
    assert signer.retire(9) == old
    assert signers(signer, 10) == signers(place.open(), 10) == [new]
    assert place.key_files() == ["evidence-2.pem"]
    assert [(key.since, key.until) for key in signer.keys().keys] == [(0, 9), (5, None)]


def test_who_knows_the_first_key_can_rely_on_the_fifth(place: Place) -> None:
    signer = place.create()
    [first] = signer.vkeys
    for size in range(10, 50, 10):
        signer.rotate(size)
        signer.retire(size)
    assert len(trusted_keys(signer.keys(), first, verify)) == 5
    assert len(signers(signer, 99)) == 1


def test_a_signer_follows_what_another_process_does(place: Place) -> None:
    signer = place.create()
    old, new = place.open().rotate(1)
    assert signers(signer, 1) == [old, new]
    place.open().retire(2)
    assert signers(signer, 3) == [new]


def test_a_third_key_waits_for_the_first_to_be_retired(place: Place) -> None:
    signer = place.create()
    signer.rotate(1)
    before = signer.keys()
    with pytest.raises(KeysOverlapError):
        signer.rotate(2)
    assert signer.keys() == before


def test_the_only_key_is_not_retired(place: Place) -> None:
    signer = place.create()
    with pytest.raises(NoKeyToRetireError):
        signer.retire(1)
    assert len(signers(signer, 2)) == 1


def test_power_lost_while_the_first_key_is_made_leaves_a_log_to_be_made(place: Place) -> None:
    with pytest.raises(PowerLostError):
        place.create(fails=True)
    with pytest.raises(NoLogError):
        place.open()
    assert len(signers(place.create(), 0)) == 1
    assert place.key_files() == ["evidence-1.pem"]


def test_power_lost_while_a_key_follows_leaves_the_old_one_in_force(place: Place) -> None:
    place.create()
    with pytest.raises(PowerLostError):
        place.open(fails=True).rotate(5)
    signer = place.open()
    assert len(signers(signer, 5)) == 1
    assert len(signers(signer, 6)) == len(signer.vkeys) == 1
    signer.rotate(6)
    assert len(signers(signer, 6)) == 2
    assert place.key_files() == ["evidence-1.pem", "evidence-2.pem"]


def test_power_lost_while_a_key_is_retired_leaves_both_or_one(place: Place) -> None:
    place.create().rotate(5)
    private = (place.keys / "evidence-1.pem").read_bytes()
    with pytest.raises(PowerLostError):
        place.open(fails=True).retire(6)
    assert len(signers(place.open(), 6)) == 2
    place.open().retire(6)
    # As if the power had gone after the list was replaced and before the key was destroyed.
    left = place.keys / "evidence-1.pem"
    left.write_bytes(private)
    left.chmod(0o600)
    assert len(signers(place.open(), 7)) == 1
    assert place.key_files() == ["evidence-2.pem"]


def test_a_missing_private_key_is_said(place: Place) -> None:
    place.create()
    (place.keys / "evidence-1.pem").unlink()
    with pytest.raises(LogKeyMissingError):
        place.open()
    assert place.key_files() == []


def test_another_private_key_is_not_taken(place: Place, tmp_path: Path) -> None:
    place.create()
    (tmp_path / "other").mkdir()
    other = Place(tmp_path / "other")
    other.create()
    (other.keys / "evidence-1.pem").replace(place.keys / "evidence-1.pem")
    with pytest.raises(LogKeyMissingError):
        place.open()


def test_a_private_key_that_others_can_read_is_refused(place: Place) -> None:
    place.create()
    (place.keys / "evidence-1.pem").chmod(0o640)
    with pytest.raises(KeyFileError, match="0600"):
        place.open()


def test_a_damaged_list_is_named(place: Place) -> None:
    place.create()
    whole = (place.public / "log.json").read_bytes()
    (place.public / "log.json").write_bytes(whole[:-1])
    with pytest.raises(LogDamagedError, match=r"log\.json"):
        place.open()
    with pytest.raises(LogDamagedError):
        place.create()
    assert (place.public / "log.json").read_bytes() == whole[:-1]


def test_a_log_of_another_name_stays_as_it_is(place: Place) -> None:
    place.create()
    with pytest.raises(LogOriginError):
        place.create(origin="other.example")
    assert read_log_keys(RealFiles(), place.public).origin == ORIGIN


def test_a_name_that_no_key_can_have_makes_no_log(place: Place) -> None:
    with pytest.raises(VKeyMalformedError):
        place.create(origin="two words")
    assert not place.keys.exists()
