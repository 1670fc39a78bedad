"""Wrapping keys with AES-256-GCM: `nonce (12) || ciphertext (32) || tag (16)`.

The nonce is random. So at most 2^32 keys may be wrapped under one key (NIST SP 800-38D section
8.3); an epoch ends with every erasure, long before that.
"""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.ports.evidence_keys import WrappedKeyError

KEY_BYTES = 32
NONCE_BYTES = 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16


def wrapped_under(key: bytes, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
    """Return each (key, context) wrapped under a key."""
    cipher = AESGCM(key)
    nonces = os.urandom(NONCE_BYTES * len(keys))
    wrapped = []
    for number, (plain, context) in enumerate(keys):
        nonce = nonces[number * NONCE_BYTES : (number + 1) * NONCE_BYTES]
        wrapped.append(nonce + cipher.encrypt(nonce, plain, context))
    return wrapped


def unwrapped_under(key: bytes, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
    """Return the key of each (wrapped, context).

    Raises:
        WrappedKeyError: One does not open.

    """
    cipher = AESGCM(key)
    keys = []
    for sealed, context in wrapped:
        if len(sealed) != WRAPPED_BYTES:
            raise WrappedKeyError(f"it has {len(sealed)} bytes; expected {WRAPPED_BYTES}")
        try:
            keys.append(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context))
        except InvalidTag as error:
            raise WrappedKeyError("it was changed, or belongs to another epoch key") from error
    return keys
