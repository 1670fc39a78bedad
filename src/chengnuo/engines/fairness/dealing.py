"""Dealing out anew what the rows of a cell hold, inside the cell.

Each row gets a number of 64 bits: its cell, then chance, then its own number. To sort these is
several times as fast as to sort an order.
"""

import numpy as np

from chengnuo.engines.fairness.moments import Ints


class Dealing:
    """Deals inside cells.

    Args:
        cell: `(n,)` numbers of cells from 0.

    """

    def __init__(self, cell: Ints) -> None:
        self._row_bits = max(len(cell) - 1, 1).bit_length()
        self._free = 64 - int(cell.max(initial=0)).bit_length()
        self._fixed = cell.astype(np.uint64) << np.uint64(self._free)
        self._fixed |= np.arange(len(cell), dtype=np.uint64)
        self._by_cell = np.argsort(cell, kind="stable")

    def order(self, random: np.random.Generator) -> Ints:
        """Return `(n,)` which row of its cell each row gets what it held from."""
        chance = random.integers(
            0, 1 << (self._free - self._row_bits), len(self._fixed), dtype=np.uint64
        )
        mixed = self._fixed | (chance << np.uint64(self._row_bits))
        mixed.sort()
        order = np.empty(len(mixed), np.int64)
        order[self._by_cell] = mixed & np.uint64((1 << self._row_bits) - 1)
        return order
