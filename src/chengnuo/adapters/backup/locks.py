"""What a backup is locked with: a public key whose private half is elsewhere, or a passphrase.

The first bytes of a backup say which (`docs/formats/backup.md`): the magic, the way, and what the
way needs. They go into the name that the sealed stream behind them is bound to, so that none of
them can be changed. X25519 is RFC 7748, scrypt RFC 7914, the key is drawn by HKDF of RFC 5869.
"""

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from chengnuo.ports.backup_errors import BackupDamagedError, BackupKeyError
from chengnuo.ports.backups import Lock

MAGIC = b"CNBACKUP\x01"
_X25519, _SCRYPT = b"\x01", b"\x02"
_KEY_BYTES = 32
_SALT_BYTES = 16
_LOG_N, _R, _P = 17, 8, 1
_COST = struct.Struct(">BBB")
_MOST_LOG_N = 20  # 1 GiB: what a file may make its reader take
_INFO = b"chengnuo backup v1\n"
_MOST_FILE_BYTES = 4096


def new_pair() -> tuple[bytes, bytes]:
    """Return a private and a public X25519 key in PEM."""
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def locked(lock: Lock) -> tuple[bytes, bytes]:
    """Return the first bytes of a backup and the key of its stream.

    Raises:
        BackupKeyError: The key or passphrase is none.

    """
    if lock.key is not None:
        own = X25519PrivateKey.generate()
        public = _raw(own.public_key())
        recipient = _public_key(lock.key)
        key = _drawn(own.exchange(recipient), public + _raw(recipient))
        return MAGIC + _X25519 + public, key
    salt = os.urandom(_SALT_BYTES)
    head = MAGIC + _SCRYPT + _COST.pack(_LOG_N, _R, _P) + salt
    return head, _stretched(_passphrase(lock), salt, _LOG_N, _R, _P)


def opened(lock: Lock, file: BinaryIO, name: str) -> tuple[bytes, bytes]:
    """Read the first bytes of a backup and return them with the key of its stream.

    Raises:
        BackupKeyError: The key is of another sort than the backup was locked with.
        BackupDamagedError: It does not begin as a backup.

    """
    read = _exactly(file, name)
    head = read(len(MAGIC) + 1)
    way = head[len(MAGIC) :]
    if not head.startswith(MAGIC) or way not in {_X25519, _SCRYPT}:
        raise BackupDamagedError(name, "it does not begin as a backup of this program")
    if way == _X25519:
        if lock.key is None:
            raise BackupKeyError("it is locked with a key, not with a passphrase")
        public = read(_KEY_BYTES)
        own = _private_key(lock.key)
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(public))
        except ValueError as error:
            raise BackupDamagedError(name, "its X25519 key is one of low order") from error
        return head + public, _drawn(shared, public + _raw(own.public_key()))
    if lock.passphrase is None:
        raise BackupKeyError("it is locked with a passphrase, not with a key")
    cost, salt = read(_COST.size), read(_SALT_BYTES)
    log_n, r, p = _COST.unpack(cost)
    if not (1 <= log_n <= _MOST_LOG_N and r == _R and p == _P):
        raise BackupDamagedError(name, "the cost of its passphrase is out of bounds")
    return head + cost + salt, _stretched(_passphrase(lock), salt, log_n, r, p)


def _exactly(file: BinaryIO, name: str) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        found = file.read(count)
        if len(found) != count:
            raise BackupDamagedError(name, "it ends before it begins")
        return found

    return read


def _drawn(shared: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), length=_KEY_BYTES, salt=salt, info=_INFO).derive(shared)


def _stretched(passphrase: bytes, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return Scrypt(salt=salt, length=_KEY_BYTES, n=1 << log_n, r=r, p=p).derive(passphrase)


def _passphrase(lock: Lock) -> bytes:
    if lock.passphrase is None:
        raise BackupKeyError("give a key file or a passphrase file")
    line = _content(lock.passphrase).split(b"\n", 1)[0].strip()
    if not line:
        raise BackupKeyError("the passphrase file is empty")
    return line


def _public_key(path: Path) -> X25519PublicKey:
    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BackupKeyError("expected a public X25519 key in PEM") from error
    if not isinstance(key, X25519PublicKey):
        raise BackupKeyError("expected an X25519 key")
    return key


def _private_key(path: Path) -> X25519PrivateKey:
    try:
        key = load_pem_private_key(_content(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BackupKeyError("expected an unencrypted private X25519 key in PEM") from error
    if not isinstance(key, X25519PrivateKey):
        raise BackupKeyError("expected an X25519 key")
    return key


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_FILE_BYTES)
    except OSError as error:
        raise BackupKeyError(f"`{path.name}` cannot be read") from error


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
