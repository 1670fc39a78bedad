"""The two trees: that of the log (RFC 6962 section 2.1) and the map of chain heads."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH, LEAF, NODE = 32, b"\x00", b"\x01"


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of parts one after the other; LEAF or NODE is first in either tree."""
    return sha256(b"".join(parts)).digest()


def digests(first: bytes, parts: Iterable[bytes]) -> list[bytes]:
    """Return `digest(first, part)` of each part, from copies of one begun hash: half the time."""
    begun, found = sha256(first).copy, list[bytes]()
    for part in parts:
        one = begun()
        one.update(part)
        found.append(one.digest())
    return found


def fold(row: bytes) -> bytes:
    """Return the root over hashes that stand one after the other; an odd last one is moved up."""
    while len(row) > HASH:
        pairs = range(0, (even := len(row) // 64 * 64), 64)
        row = b"".join(digests(NODE, [row[at : at + 64] for at in pairs])) + row[even:]
    return row


def root_of(edges: Iterable[bytes]) -> bytes:
    """Return the root from each level's last tile, lowest first; what is below comes last in it."""
    found = b""
    for edge in edges:
        found = fold(edge + found)
    return found or digest()


def climb(found: bytes, path: Sequence[bytes], lefts: Iterable[object]) -> bytes:
    """Return the root over a hash and its siblings, lowest first; some of them stand left."""
    for sibling, left in zip(path, lefts, strict=True):
        found = digest(NODE, sibling, found) if left else digest(NODE, found, sibling)
    return found


def path_root(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root a path leads to (RFC 9162 section 2.1.3.2), or b"" if of a wrong length."""
    # Until the way up meets the tree's right edge, the bits of the index say on which side the
    # sibling stands; from there on it always stands left.
    inner = (index ^ (size - 1)).bit_length()
    if index >= size or len(path) != inner + (index >> inner).bit_count():
        return b""
    return climb(leaf, path, [at >= inner or index >> at & 1 for at in range(len(path))])


def map_root(heads: dict[bytes, bytes]) -> bytes:
    """Return the root of the map; a head is `seq (8) || index (8) || leaf hash`."""
    tags = sorted(heads)  # nothing is built: each subtree is a range of the tags

    def under(low: int, high: int, bit: int) -> bytes:
        if high - low <= 1:
            return digest(LEAF, tags[low], heads[tags[low]]) if low < high else bytes(HASH)
        split = bisect_left(tags, 1, low, high, key=lambda tag: int.from_bytes(tag) >> bit & 1)
        return digest(NODE, under(low, split, bit - 1), under(split, high, bit - 1))

    return under(0, len(tags), 255)
