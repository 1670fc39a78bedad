"""The digest of long memory: SHA-256 over the SHA-256 of each piece of it, in order.

What SHA-256 says of the pieces can be worked out by as many threads as there are processors. The
length is not in the digest; whoever keeps one keeps the length beside it.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

PIECE: Final = 1 << 22


class GrowingDigest:
    """The digest of memory that comes chunk by chunk."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._whole, self._piece, self._length = hashlib.sha256(), hashlib.sha256(), 0

    def update(self, chunk: bytes) -> None:
        """Take a chunk in; no chunk may lie in two pieces."""
        if self._length == PIECE:
            self._whole.update(self._piece.digest())
            self._piece, self._length = hashlib.sha256(), 0
        self._piece.update(chunk)
        self._length += len(chunk)

    def hexdigest(self) -> str:
        """Return the digest of all that was taken in, in hex; nothing can be added afterwards."""
        if self._length:
            self._whole.update(self._piece.digest())
        return self._whole.hexdigest()


def hexdigests(
    memories: Sequence[memoryview], nothing_in: Callable[[int, int, int], bool]
) -> Iterator[str]:
    """Yield the digest of each memory, in hex, worked out on all processors.

    Args:
        memories: What to digest.
        nothing_in: Tells of a piece, by its memory's number, start and length, whether it is known
            to be all zeros without reading it.

    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pieces = [
            [
                pool.submit(_of_zeros if nothing_in(number, start, len(piece)) else _sha256, piece)
                for start in range(0, len(memory), PIECE)
                for piece in [memory[start : start + PIECE]]
            ]
            for number, memory in enumerate(memories)
        ]
        for some in pieces:
            yield hashlib.sha256(b"".join(piece.result() for piece in some)).hexdigest()


def _sha256(piece: memoryview) -> bytes:
    return hashlib.sha256(piece).digest()


def _of_zeros(piece: memoryview) -> bytes:
    return _ZEROS if len(piece) == PIECE else hashlib.sha256(bytes(len(piece))).digest()


_ZEROS: Final = hashlib.sha256(bytes(PIECE)).digest()
