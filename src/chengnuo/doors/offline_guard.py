"""A guard where the service cannot be reached: it answers from a signed snapshot, or says no.

It needs no data folder, no register and no log: the file, the key of its pseudonyms, and the
public key of the installation that signed it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengnuo.base.instant import to_us
from chengnuo.domain.decision.request import Request
from chengnuo.domain.decision.snapshot import OfflineAnswer, Snapshot, open_snapshot
from chengnuo.domain.decision.snapshot_file import MOST_BYTES, SnapshotRefusedError
from chengnuo.law.civil import civil_date


@dataclass(frozen=True, slots=True)
class OfflineGuard:
    """Asks a snapshot.

    Attributes:
        snapshot: The snapshot.

    """

    snapshot: Snapshot

    def ask(self, account: str, request: Request, *, at: datetime) -> OfflineAnswer:
        """Return the answer about an individual.

        Args:
            account: The operator's account id.
            request: What shall be done.
            at: The instant, aware.

        Raises:
            NaiveInstantError: `at` has no time zone.

        """
        civil_date(at)
        return self.snapshot.decide(account, request, at=to_us(at.astimezone(UTC)))


def offline_guard(file: Path, *, app: str, key: str, public_key: str) -> OfflineGuard:
    """Open a snapshot.

    Args:
        file: The snapshot.
        app: Which app asks.
        key: Key of the pseudonyms, as its file holds it (hex).
        public_key: Public key of the installation (hex).

    Raises:
        SnapshotRefusedError: It cannot be read, or may not be used here.

    """
    snapshot = open_snapshot(
        read_snapshot(file), app=app, key=from_hex(key), is_signed=signed_by(public_key)
    )
    return OfflineGuard(snapshot)


def read_snapshot(file: Path) -> bytes:
    """Return the bytes of a snapshot file.

    Raises:
        SnapshotRefusedError: It cannot be read, or is too large to be one.

    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SnapshotRefusedError("it is over a gigabyte")
        return file.read_bytes()
    except OSError as error:
        raise SnapshotRefusedError(error.strerror or "it cannot be read") from error


def signed_by(public_key: str) -> Callable[[bytes, bytes], bool]:
    """Return what tells whether a signature is by a key (hex).

    Raises:
        SnapshotRefusedError: It is no Ed25519 public key.

    """
    try:
        key = Ed25519PublicKey.from_public_bytes(from_hex(public_key))
    except ValueError as error:
        raise SnapshotRefusedError("the public key is no Ed25519 key in hex") from error

    def is_signed(signature: bytes, message: bytes) -> bool:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return is_signed


def from_hex(text: str) -> bytes:
    """Return the bytes of a key in hex.

    Raises:
        SnapshotRefusedError: It is no hex.

    """
    try:
        return bytes.fromhex(text.strip())
    except ValueError as error:
        raise SnapshotRefusedError("a key is not in hex") from error
