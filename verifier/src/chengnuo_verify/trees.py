"""The two trees: that of the log (RFC 6962 section 2.1) and the map of chain heads."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH = 32


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf, of either tree."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node, of either tree."""
    return sha256(b"\x01" + left + right).digest()


def fold(row: bytes) -> bytes:
    """Return the root over 2**k hashes that stand one after the other."""
    while len(row) > HASH:
        pairs = range(0, len(row), 64)
        row = b"".join([sha256(b"\x01" + row[at : at + 64]).digest() for at in pairs])
    return row


def root_of(edges: Iterable[bytes]) -> bytes:
    """Return the root from each level's last tile, lowest first, cut into complete subtrees."""
    found = b""
    for edge in edges:
        for bit in range(8):
            if len(edge) // HASH >> bit & 1:
                edge, part = edge[: -HASH << bit], fold(edge[-HASH << bit :])  # noqa: PLW2901
                found = node_hash(part, found) if found else part
    return found or sha256().digest()


def path_root(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root a path leads to (RFC 9162 section 2.1.3.2), or b"" if of a wrong length."""
    # Until the way up meets the tree's right edge, the bits of the index say on which side the
    # sibling stands; from there on it always stands left.
    inner = (index ^ (size - 1)).bit_length()
    if index >= size or len(path) != inner + (index >> inner).bit_count():
        return b""
    for level, sibling in enumerate(path):
        left = level >= inner or index >> level & 1
        leaf = node_hash(sibling, leaf) if left else node_hash(leaf, sibling)
    return leaf


def map_root(heads: dict[bytes, bytes]) -> bytes:
    """Return the root of the map; a head is `seq (8) || index (8) || leaf hash`."""
    tags = sorted(heads)  # nothing is built: each subtree is a range of the tags

    def under(low: int, high: int, bit: int) -> bytes:
        if high - low <= 1:
            return leaf_hash(tags[low] + heads[tags[low]]) if low < high else bytes(HASH)
        split = bisect_left(tags, 1, low, high, key=lambda tag: int.from_bytes(tag) >> bit & 1)
        return node_hash(under(low, split, bit - 1), under(split, high, bit - 1))

    return under(0, len(tags), 255)
