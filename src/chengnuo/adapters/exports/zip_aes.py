"""The encryption of ZIP members that common programs open: WinZip AE-2 with AES-256.

As "AES Encryption Information: Encryption Specification AE-1 and AE-2" (WinZip) describes it: a
random salt of 16 bytes, keys by PBKDF2-HMAC-SHA1 with 1,000 rounds, AES in counter mode with a
little-endian counter that begins at 1, and the first 10 bytes of an HMAC-SHA1. SHA-1 and so few
rounds are what the format asks for: the code that opens a copy therefore has 100 random bits.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

METHOD = 99
SALT_BYTES = 16
VERIFIER_BYTES = 2
AUTH_BYTES = 10
_ROUNDS = 1_000
_KEY = 32
_BLOCK = 16


def extra_field(method: int) -> bytes:
    """Return the extra field of a member: AE-2, AES-256, and how it is compressed."""
    return b"\x01\x99\x07\x00\x02\x00AE\x03" + method.to_bytes(2, "little")


class MemberCipher:
    """Encrypts one member."""

    def __init__(self, pass_code: str) -> None:
        """Derive the keys of a member; each has a salt of its own."""
        self._salt = os.urandom(SALT_BYTES)
        length = 2 * _KEY + VERIFIER_BYTES
        keys = hashlib.pbkdf2_hmac("sha1", pass_code.encode(), self._salt, _ROUNDS, length)
        # One block is encrypted at a time on purpose: that is what counter mode is made of.
        self._encrypt = Cipher(AES256(keys[:_KEY]), ECB()).encryptor()  # noqa: S305  see above
        self._mac = hmac.new(keys[_KEY : 2 * _KEY], digestmod=hashlib.sha1)
        self._verifier = keys[2 * _KEY :]
        self._counter = 1
        self._stream = b""

    def head(self) -> bytes:
        """Return what stands before the data."""
        return self._salt + self._verifier

    def update(self, data: bytes) -> bytes:
        """Return some data encrypted."""
        if not data:
            return b""
        blocks = -(-max(0, len(data) - len(self._stream)) // _BLOCK)
        counters = range(self._counter, self._counter + blocks)
        plain = b"".join(counter.to_bytes(_BLOCK, "little") for counter in counters)
        self._counter += blocks
        stream = self._stream + self._encrypt.update(plain)
        mask, self._stream = stream[: len(data)], stream[len(data) :]
        mixed = int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")
        sealed = mixed.to_bytes(len(data), "little")
        self._mac.update(sealed)
        return sealed

    def tail(self) -> bytes:
        """Return what stands after the data."""
        return self._mac.digest()[:AUTH_BYTES]
