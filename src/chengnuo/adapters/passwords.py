"""Passwords hashed with Argon2id (RFC 9106), in PHC form so that the cost can be raised later.

A secret of the installation goes into the hash (RFC 9106 section 3.1, `K`), so that a copy of the
database alone lets nobody try passwords. Hashes from before it are still read, and told to be old.

Memory is bounded however many people sign in at once: two hashes are computed at a time.
"""

import os
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from chengnuo.ports.secrets import Tokens

_MEMORY_KIB = 19 * 1024
_ITERATIONS = 2
_LANES = 1
_SALT_BYTES = 16
_HASH_BYTES = 32
_AT_ONCE = 2
_WITH_SECRET = "secret"  # noqa: S105  a word before the hash
"""What stands before the PHC string of a hash that a secret went into."""


class Argon2Passwords:
    """`PasswordHasher` with Argon2id: 19 MiB, two passes, one lane."""

    def __init__(
        self, secret: bytes, *, memory_kib: int = _MEMORY_KIB, iterations: int = _ITERATIONS
    ) -> None:
        """Prepare the hash against which unknown names are checked.

        Args:
            secret: Goes into every hash; kept apart from where the hashes are.
            memory_kib: Memory of a hash, KiB; at least 8.
            iterations: Passes over it.

        """
        self._secret = secret
        self._memory_kib, self._iterations = memory_kib, iterations
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash(os.urandom(16).hex())

    def hash(self, password: str) -> str:
        """See `PasswordHasher.hash`."""
        with self._turns:
            return _WITH_SECRET + Argon2id(
                salt=os.urandom(_SALT_BYTES),
                length=_HASH_BYTES,
                iterations=self._iterations,
                lanes=_LANES,
                memory_cost=self._memory_kib,
                secret=self._secret,
            ).derive_phc_encoded(_bytes(password))

    def verify(self, password: str, hashed: str | None) -> bool:
        """See `PasswordHasher.verify`."""
        kept = self._nobody if hashed is None else hashed
        secret = None if self.is_old(kept) else self._secret
        with self._turns:
            try:
                Argon2id.verify_phc_encoded(
                    _bytes(password), kept.removeprefix(_WITH_SECRET), secret=secret
                )
            except InvalidKey:
                return False
        return hashed is not None

    def is_old(self, hashed: str) -> bool:
        """See `PasswordHasher.is_old`."""
        return not hashed.startswith(_WITH_SECRET)


def password_secret(tokens: Tokens) -> bytes:
    """Return the secret of an installation that goes into its hashes: made of its tenant key."""
    return bytes.fromhex(tokens.keyed("passwords", "the secret of their hashes"))


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
