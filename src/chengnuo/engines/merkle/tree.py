"""Growing the log's tree and proving from it, given any hash of a complete subtree.

A node `(level, index)` covers leaves `index * 2**level` up to `(index + 1) * 2**level`; only
complete nodes are ever asked for. Proofs are lists of 32-byte hashes, lowest first.
"""

from collections.abc import Callable, Iterator, Sequence

from chengnuo.engines.merkle.hashing import EMPTY_ROOT, HASH_BYTES, node_hash

NodeReader = Callable[[int, int], bytes]
"""Returns the hash of the complete node `(level, index)`."""


def frontier_nodes(size: int) -> Iterator[tuple[int, int]]:
    """Yield the complete subtrees that a tree of `size` leaves is made of, left to right."""
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


def root_of(frontier: Sequence[bytes]) -> bytes:
    """Return the root of a tree from its complete subtrees, left to right."""
    if not frontier:
        return EMPTY_ROOT
    found = frontier[-1]
    for left in reversed(frontier[:-1]):
        found = node_hash(left, found)
    return found


def grow(frontier: list[bytes], size: int, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Add a leaf to a frontier in place and yield every node that it completes, lowest first.

    Args:
        frontier: Complete subtrees of the tree before, left to right; changed.
        size: Leaves of the tree before.
        leaf: Hash of the new leaf.

    """
    level, index, found = 0, size, leaf
    yield 0, size, leaf
    while index & 1:
        found = node_hash(frontier.pop(), found)
        level, index = level + 1, index >> 1
        yield level, index, found
    frontier.append(found)


def inclusion_proof(index: int, size: int, read: NodeReader) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` (RFC 9162 section 2.1.3.1)."""
    proof: list[bytes] = []
    start, count = 0, size
    above: list[tuple[int, int]] = []
    while count > 1:
        split = 1 << ((count - 1).bit_length() - 1)
        if index - start < split:
            above.append((start + split, count - split))
            count = split
        else:
            above.append((start, split))
            start, count = start + split, count - split
    proof.extend(_range_hash(begin, length, read) for begin, length in reversed(above))
    return proof


def consistency_proof(old: int, new: int, read: NodeReader) -> list[bytes]:
    """Return the proof that the tree of `new` extends that of `old` (RFC 9162 section 2.1.4.1).

    Empty when `old` is 0 or equals `new`.
    """
    if old in {0, new}:
        return []
    above: list[tuple[int, int]] = []
    start, count, whole = 0, new, True
    while old != start + count:
        split = 1 << ((count - 1).bit_length() - 1)
        if old - start <= split:
            above.append((start + split, count - split))
            count = split
        else:
            above.append((start, split))
            start, count, whole = start + split, count - split, False
    first = [] if whole else [_range_hash(start, count, read)]
    return [*first, *(_range_hash(begin, length, read) for begin, length in reversed(above))]


def _range_hash(start: int, count: int, read: NodeReader) -> bytes:
    """Return the hash over leaves that begin at a multiple of the power of two above `count`."""
    parts = [read(level, (start >> level) + index) for level, index in frontier_nodes(count)]
    return root_of(parts)


def includes(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows a leaf at `index` in the tree (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(proof):
        return False
    first, last, found = index, size - 1, leaf
    for node in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(node, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, node)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def extends(  # noqa: C901  the steps are those of RFC 9162, one by one
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that one tree extends another (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old <= new or not _are_hashes(proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    of_old = of_new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            of_old, of_new = node_hash(node, of_old), node_hash(node, of_new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            of_new = node_hash(of_new, node)
        first, last = first >> 1, last >> 1
    return last == 0 and of_old == old_root and of_new == new_root


def _are_hashes(proof: Sequence[bytes]) -> bool:
    return all(len(node) == HASH_BYTES for node in proof)
