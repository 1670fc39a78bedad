"""The bytes of a DEX file seen as bytes and as code units, and checked ways into them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_INDEX = 0xFFFFFFFF
"""An optional index that is not there ("NO_INDEX")."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of the file.

    Attributes:
        data: All of them.
        octets: The same, `(n,)` uint8.
        units: The same as little-endian code units, `(n // 2,)` uint16.

    """

    data: bytes
    octets: NDArray[np.uint8]
    units: NDArray[np.uint16]

    def table(self, offset: int, rows: int, columns: int) -> NDArray[np.uint32]:
        """Return `(rows, columns)` numbers of 32 bits; the caller has checked that they fit."""
        flat = np.frombuffer(self.data, "<u4", rows * columns, offset)
        return flat.reshape(rows, columns)

    def words(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the 32-bit numbers at even offsets that the caller has checked, `(n,)`."""
        at = offsets >> 1
        both: NDArray[np.int64] = self.units[at] | self.units[at + 1].astype(np.int64) << 16
        return both


def source_of(data: bytes) -> Source:
    """Return the views of the bytes; nothing is copied."""
    return Source(
        data=data,
        octets=np.frombuffer(data, np.uint8),
        units=np.frombuffer(data, "<u2", len(data) // 2),
    )


def ragged(starts: NDArray[np.int64], counts: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Return the places of lists one after the other.

    Args:
        starts: Place of the first entry of each list, `(n,)`.
        counts: Entries of each list, `(n,)`.
        step: From one entry to the next.

    Returns:
        `(counts.sum(),)`: for each list `starts + step * 0, 1, ... counts - 1`.

    """
    before = np.cumsum(counts) - counts
    return np.repeat(starts - step * before, counts) + step * np.arange(
        int(counts.sum()), dtype=np.int64
    )
