"""Leaf and node hashing of the log's tree (RFC 6962 section 2.1, RFC 9162 section 2.1.1)."""

from hashlib import sha256

HASH_BYTES = 32
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
EMPTY_ROOT = sha256(b"").digest()
"""Root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the 32-byte hash of a leaf."""
    return sha256(LEAF_PREFIX + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of an inner node."""
    return sha256(NODE_PREFIX + left + right).digest()
