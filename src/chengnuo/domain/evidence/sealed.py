"""Sealed payloads: what is kept of a record beside its leaf, and how its content is shown later.

The commitment at the head lets whoever is shown salt and payload check that this is what was
recorded, without any key: it is inside the bytes that the leaf names by their hash.
"""

from hashlib import sha256

from chengnuo.base.errors import IntegrityError

SALT_BYTES = 32
NONCE_BYTES = 12
COMMITMENT_BYTES = 32
_TAG_BYTES = 16


class PayloadDamagedError(IntegrityError):
    """A sealed payload is not the one that its leaf names, or does not open."""

    code = "payload-damaged"

    def __init__(self, position: int, what: str) -> None:
        super().__init__(f"the payload of record {position} is damaged: {what}")
        self.position = position
        self.what = what


def commitment(salt: bytes, payload: bytes) -> bytes:
    """Return the 32 bytes that commit to a payload under a salt of 32 bytes."""
    return sha256(salt + payload).digest()


def associated_data(position: int, kind: str) -> bytes:
    """Return what a payload is bound to under its key: its position and its kind."""
    return position.to_bytes(8, "big") + kind.encode("ascii")


def seal_open(salt: bytes, payload: bytes) -> bytes:
    """Return the sealed form of a payload that concerns no one individual."""
    return sha256(salt + payload).digest() + salt + payload


def read_open(position: int, sealed: bytes) -> tuple[bytes, bytes]:
    """Return salt and payload of an open payload.

    Raises:
        PayloadDamagedError: The commitment is not that of the rest.

    """
    rest = sealed[COMMITMENT_BYTES:]
    return split_opened(position, sealed, rest)


def split_opened(position: int, sealed: bytes, opened: bytes) -> tuple[bytes, bytes]:
    """Return salt and payload of an opened payload, held to its commitment.

    Raises:
        PayloadDamagedError: The commitment is not that of salt and payload.

    """
    salt, payload = opened[:SALT_BYTES], opened[SALT_BYTES:]
    if len(salt) != SALT_BYTES or commitment(salt, payload) != sealed[:COMMITMENT_BYTES]:
        raise PayloadDamagedError(position, "its commitment does not belong to it")
    return salt, payload
