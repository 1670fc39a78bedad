"""Kept register versions: signed, found again, never changed."""

from pathlib import Path

import pytest
from sqlalchemy import update
from tests.adapters.sql.conftest import NewDatabase
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.adapters.sql.schema import REGISTER_VERSION
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.ports.versions import (
    ArchiveDamagedError,
    UnknownVersionError,
)
from chengnuo.usecases.versions import Versions, register_message

ONE = b'{"app":"one"}'
TWO = b'{"app":"two"}'


@pytest.fixture
def folder(tmp_path: Path, new_database: NewDatabase) -> DataFolder:
    return open_data_folder(
        tmp_path, signing_key_file=None, clock=StandingClock(), database=new_database()
    )


@pytest.fixture
def versions(folder: DataFolder) -> Versions:
    return Versions(archive=folder.versions, signer=folder.keys.signer, clock=StandingClock())


def test_a_version_is_named_by_its_bytes_and_signed(folder: DataFolder, versions: Versions) -> None:
    kept = versions.keep(ONE, by="cli", note="first")
    assert kept.id == sha256_hex(ONE)
    signer = folder.keys.signer
    message = b"chengnuo register v1\n" + kept.id.encode()
    assert signer.is_signature(kept.signature, message, public_key=kept.public_key)
    other = b"chengnuo register v2\n" + kept.id.encode()
    assert not signer.is_signature(kept.signature, other, public_key=kept.public_key)


def test_keeping_the_same_bytes_again_changes_nothing(versions: Versions) -> None:
    first = versions.keep(ONE, by="cli", note="first")
    assert versions.keep(ONE, by="service", note="again") == first
    assert versions.all() == (first,)


def test_versions_come_newest_first_without_gaps(versions: Versions) -> None:
    versions.keep(ONE, by="cli")
    versions.keep(TWO, by="cli")
    assert [(one.position, one.data) for one in versions.all()] == [(2, TWO), (1, ONE)]
    newest = versions.latest()
    assert newest is not None
    assert newest.data == TWO


def test_a_version_is_found_by_its_first_digits(versions: Versions) -> None:
    kept = versions.keep(ONE, by="cli")
    assert versions.one(kept.id) == versions.one(kept.id[:12]) == versions.one(kept.id[:7]) == kept


@pytest.mark.parametrize("given", ["", "abcdef", "f" * 64, "%%%%%%%", "ABCDEF0123"])
def test_what_names_no_single_version_is_refused(versions: Versions, given: str) -> None:
    versions.keep(ONE, by="cli")
    with pytest.raises(UnknownVersionError):
        versions.one(given)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"data": b"{}"}, "bytes"),
        ({"signature": bytes(64)}, "signature"),
        ({"public_key": bytes(32)}, "signature"),
        ({"public_key": b""}, "signature"),
    ],
)
def test_a_version_that_was_tampered_with_is_found(
    folder: DataFolder, versions: Versions, change: dict[str, bytes], what: str
) -> None:
    kept = versions.keep(ONE, by="cli")
    with folder.database.write() as connection:
        connection.execute(update(REGISTER_VERSION).values(**change))
    for read in (versions.all, versions.latest, lambda: versions.one(kept.id)):
        with pytest.raises(ArchiveDamagedError) as found:
            read()
        assert found.value.what == what


def test_the_message_that_is_signed_names_its_kind() -> None:
    assert register_message(Digest("0" * 64)).startswith(b"chengnuo register v1\n")
