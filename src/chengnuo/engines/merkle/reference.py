"""The tree as RFC 6962 section 2.1 defines it, plain and slow: what the fast one must equal.

Every function takes leaf hashes, `(n,)` of 32 bytes each.
"""

from collections.abc import Sequence

from chengnuo.engines.merkle.hashing import EMPTY_ROOT, node_hash


def root(leaves: Sequence[bytes]) -> bytes:
    """Return MTH of the leaves (RFC 6962 section 2.1)."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(root(leaves[:split]), root(leaves[split:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return PATH(index, leaves), lowest node first (RFC 6962 section 2.1.1)."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(index, leaves[:split]), root(leaves[split:])]
    return [*inclusion(index - split, leaves[split:]), root(leaves[:split])]


def consistency(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return PROOF(old_size, leaves) for 0 < old_size <= n (RFC 6962 section 2.1.2)."""
    return _subproof(old_size, leaves, whole=True)


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if size <= split:
        return [*_subproof(size, leaves[:split], whole=whole), root(leaves[split:])]
    return [*_subproof(size - split, leaves[split:], whole=False), root(leaves[:split])]


def _split(count: int) -> int:
    """Return the largest power of two below `count` (>= 2)."""
    return 1 << ((count - 1).bit_length() - 1)
