"""Collects what could not be read, up to a bound: a hostile file fills no memory with it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.unit import Damage


class Damages:
    """Damages in the order in which they were met."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._told: list[Damage] = []
        self._untold = 0

    def add(self, where: str, why: str) -> None:
        """Add one."""
        if len(self._told) < self._bound:
            self._told.append(Damage(where=where, why=why))
        else:
            self._untold += 1

    def add_each(self, numbers: NDArray[np.integer], where: Callable[[int], str], why: str) -> None:
        """Add one of the same kind for every number; `where` tells the place of each."""
        room = max(0, self._bound - len(self._told))
        for number in numbers[:room].tolist():
            self.add(where(number), why)
        self._untold += len(numbers[room:])

    def told(self) -> tuple[Damage, ...]:
        """Return them, with one more that counts those over the bound."""
        if not self._untold:
            return tuple(self._told)
        rest = Damage(where="file", why=f"{self._untold} more damages")
        return (*self._told, rest)
