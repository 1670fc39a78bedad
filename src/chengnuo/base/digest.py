"""SHA-256 as lower-case hex, whole and short."""

import hashlib
from typing import NewType

Digest = NewType("Digest", str)
"""64 lower-case hex digits of a SHA-256."""

SHORT_LENGTH = 12


def sha256_hex(data: bytes) -> Digest:
    """Return the SHA-256 of some bytes in hex."""
    return Digest(hashlib.sha256(data).hexdigest())


def short(digest: str) -> str:
    """Return the first 12 hex digits, the form shown to people."""
    return digest[:SHORT_LENGTH]
