"""The tree cut into tiles of eight levels (C2SP tlog-tiles): paths, growing, reading.

A tile `(level, index)` holds up to 256 hashes of nodes at tree level `8 * level`. What a log must
remember to grow is its right edge: for each level the hashes of the tile that is not full yet.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from struct import Struct

from chengnuo.engines.merkle.hashing import HASH_BYTES, NODE_PREFIX
from chengnuo.engines.merkle.tree import root_of

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
_TILE_BYTES = TILE_WIDTH * HASH_BYTES
_LENGTH_BYTES = 2
_PAIRS = {64 << bit: Struct("64s" * (1 << bit)) for bit in range(TILE_HEIGHT)}

TileReader = Callable[[int, int, int], bytes]
"""Returns the first `width` hashes of tile `(level, index)`."""


class BundleError(ValueError):
    """Some bytes are not an entry bundle."""


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile, relative to the log.

    >>> tile_path(0, 1234067), tile_path(1, 5, 12)
    ('tile/0/x001/x234/067', 'tile/1/005.p/12')

    """
    return f"tile/{level}/{_index_path(index)}{_partial(width)}"


def bundle_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of an entry bundle, relative to the log."""
    return f"tile/entries/{_index_path(index)}{_partial(width)}"


def _partial(width: int) -> str:
    return "" if width == TILE_WIDTH else f".p/{width}"


def _index_path(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:  # noqa: PLR2004  groups of three digits
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def widths(size: int) -> Iterator[tuple[int, int]]:
    """Yield `(level, nodes)` for each tile level that a tree of `size` leaves has.

    >>> list(widths(70_000))
    [(0, 70000), (1, 273), (2, 1)]

    """
    level = 0
    while size > 0:
        yield level, size
        level, size = level + 1, size >> TILE_HEIGHT


def pack_bundle(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length in two bytes."""
    parts: list[bytes] = []
    for entry in entries:
        parts += (len(entry).to_bytes(_LENGTH_BYTES, "big"), entry)
    return b"".join(parts)


def unpack_bundle(bundle: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        BundleError: The bytes end within an entry.

    """
    entries: list[bytes] = []
    start, end = 0, len(bundle)
    while start < end:
        head = start + _LENGTH_BYTES
        stop = head + int.from_bytes(bundle[start:head], "big")
        if stop > end or head > end:
            raise BundleError("the bundle ends within an entry")
        entries.append(bundle[head:stop])
        start = stop
    return entries


class RightEdge:
    """The right edge of a growing tree: the tiles that are not full yet, lowest level first."""

    def __init__(self, levels: Sequence[bytes] = (), full: Sequence[int] = ()) -> None:
        """Take up where an edge was left.

        Args:
            levels: For each tile level the hashes of its last tile, each under 256 hashes.
            full: For each tile level how many full tiles there are before it.

        """
        self.levels: list[bytearray] = [bytearray(one) for one in levels]
        self.full: list[int] = list(full)

    @property
    def size(self) -> int:
        """Leaves of the tree."""
        if not self.levels:
            return 0
        return self.full[0] * TILE_WIDTH + len(self.levels[0]) // HASH_BYTES

    def extend(self, hashes: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add leaf hashes and yield each tile `(level, index, bytes)` that becomes full.

        Args:
            hashes: Leaf hashes, one after the other.

        """
        yield from self._extend(0, hashes)

    def _extend(self, level: int, hashes: bytes) -> Iterator[tuple[int, int, bytes]]:
        if level == len(self.levels):
            self.levels.append(bytearray())
            self.full.append(0)
        edge = self.levels[level]
        edge += hashes
        start = 0
        above: list[bytes] = []
        while len(edge) - start >= _TILE_BYTES:
            tile = bytes(edge[start : start + _TILE_BYTES])
            yield level, self.full[level], tile
            self.full[level] += 1
            start += _TILE_BYTES
            above.append(subtree_root(tile))
        if start:
            del edge[:start]
            yield from self._extend(level + 1, b"".join(above))

    def partials(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield each tile `(level, index, bytes)` that is begun and not full."""
        for level, edge in enumerate(self.levels):
            if edge:
                yield level, self.full[level], bytes(edge)

    def root(self) -> bytes:
        """Return the root of the tree."""
        frontier: list[bytes] = []
        for edge in reversed(self.levels):
            start = 0
            count = len(edge) // HASH_BYTES
            for bit in range(TILE_HEIGHT - 1, -1, -1):
                if count >> bit & 1:
                    stop = start + (HASH_BYTES << bit)
                    frontier.append(subtree_root(bytes(edge[start:stop])))
                    start = stop
        return root_of(frontier)


def subtree_root(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes, one after the other, at most a tile's."""
    digest = sha256
    while len(hashes) > HASH_BYTES:
        pairs = _PAIRS[len(hashes)].unpack(hashes)
        hashes = b"".join([digest(NODE_PREFIX + pair).digest() for pair in pairs])
    return hashes


def node_in_tiles(level: int, index: int, size: int, read: TileReader) -> bytes:
    """Return the hash of a complete node of the tree of `size` leaves from its tile.

    Raises:
        BundleError: The tile read is too short.

    """
    height, inner = divmod(level, TILE_HEIGHT)
    first = index << inner
    tile, offset = divmod(first, TILE_WIDTH)
    nodes = size >> (TILE_HEIGHT * height)
    width = min(TILE_WIDTH, nodes - tile * TILE_WIDTH)
    found = read(height, tile, width)
    start = offset * HASH_BYTES
    part = found[start : start + (HASH_BYTES << inner)]
    if len(part) != HASH_BYTES << inner:
        raise BundleError(f"tile {height}/{tile} is too short")
    return subtree_root(part)
