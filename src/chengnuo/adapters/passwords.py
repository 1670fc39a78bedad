"""Passwords hashed with Argon2id (RFC 9106), in PHC form so that the cost can be raised later.

Memory is bounded however many people sign in at once: two hashes are computed at a time.
"""

import os
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_MEMORY_KIB = 19 * 1024
_ITERATIONS = 2
_LANES = 1
_SALT_BYTES = 16
_HASH_BYTES = 32
_AT_ONCE = 2


class Argon2Passwords:
    """`PasswordHasher` with Argon2id: 19 MiB, two passes, one lane."""

    def __init__(self, *, memory_kib: int = _MEMORY_KIB, iterations: int = _ITERATIONS) -> None:
        """Prepare the hash against which unknown names are checked.

        Args:
            memory_kib: Memory of a hash, KiB; at least 8.
            iterations: Passes over it.

        """
        self._memory_kib, self._iterations = memory_kib, iterations
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash(os.urandom(16).hex())

    def hash(self, password: str) -> str:
        """See `PasswordHasher.hash`."""
        with self._turns:
            return Argon2id(
                salt=os.urandom(_SALT_BYTES),
                length=_HASH_BYTES,
                iterations=self._iterations,
                lanes=_LANES,
                memory_cost=self._memory_kib,
            ).derive_phc_encoded(_bytes(password))

    def verify(self, password: str, hashed: str | None) -> bool:
        """See `PasswordHasher.verify`."""
        with self._turns:
            try:
                Argon2id.verify_phc_encoded(
                    _bytes(password), self._nobody if hashed is None else hashed
                )
            except InvalidKey:
                return False
        return hashed is not None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
