"""The keys that sign the log's checkpoints, and how one follows another.

A new key is endorsed by the one in force and signs beside it until that one is retired, so that
whoever knows only the old key can still check, and learns the new one.
"""

from typing import Protocol

from chengnuo.base.errors import ConflictError, IntegrityError
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.domain.evidence.note import VKey


class KeysOverlapError(ConflictError):
    """A new key was asked for while two are in force."""

    code = "log-keys-overlap"

    def __init__(self, origin: str) -> None:
        super().__init__(f"two keys of log `{origin}` are in force; retire the older one first")
        self.origin = origin


class NoKeyToRetireError(ConflictError):
    """The only key in force was to be retired."""

    code = "log-key-only-one"

    def __init__(self, origin: str) -> None:
        super().__init__(f"log `{origin}` has one key in force; make the next one first")
        self.origin = origin


class LogOriginError(ConflictError):
    """A log of another name is where one was to be made."""

    code = "log-origin"

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"the log here is `{found}`; expected `{expected}`")
        self.found = found
        self.expected = expected


class LogKeyMissingError(IntegrityError):
    """The private key of a public key in force is not there, or is another."""

    code = "log-key-missing"

    def __init__(self, file: str, vkey: VKey) -> None:
        super().__init__(f"key file `{file}` does not hold the private key of `{vkey}`")
        self.file = file
        self.vkey = vkey


class LogSigner(Protocol):
    """Signs checkpoints with every key in force."""

    @property
    def vkeys(self) -> tuple[VKey, ...]:
        """The public keys in force, oldest first."""
        ...

    def keys(self) -> LogKeys:
        """Return all public keys the log has had."""
        ...

    def sign_note(self, text: str) -> str:
        """Return the note of a text, signed by every key in force, oldest first.

        Raises:
            LogKeyMissingError: A private key is not there.

        """
        ...

    def sign_statement(self, payload: bytes) -> tuple[VKey, bytes]:
        """Return the oldest key in force and its signature of a statement's payload.

        What is signed is the payload in DSSE's pre-authentication encoding, which no note of the
        log can be: so neither signature can be taken for the other.

        Raises:
            LogKeyMissingError: The private key is not there.

        """
        ...

    def sign_by_all(self, payload: bytes) -> tuple[tuple[VKey, bytes], ...]:
        """Return every key in force, oldest first, with its signature of a statement's payload.

        Raises:
            LogKeyMissingError: A private key is not there.

        """
        ...

    def rotate(self, size: int) -> tuple[VKey, VKey]:
        """Make the next key, endorsed by the one in force; both sign from now on.

        Args:
            size: Of the newest checkpoint: the first size that the new key signs.

        Returns:
            The key in force before, and the new one.

        Raises:
            KeysOverlapError: Two keys are in force already.

        """
        ...

    def retire(self, size: int) -> VKey:
        """Let the older of two keys sign no more, destroy its private key, and return it.

        Args:
            size: Of the newest checkpoint: the last size that the key has signed.

        Raises:
            NoKeyToRetireError: One key only is in force.

        """
        ...
