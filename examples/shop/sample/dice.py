"""Repeatable chance: the same seed gives the same throws on every Python and machine.

Only `Random.random()` is used, the one method whose sequence Python promises to keep. Each
table throws its own dice, so a change in one table leaves the others as they were.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One repeatable sequence of throws, named for what it decides."""

    def __init__(self, seed: int, name: str) -> None:
        """Start the sequence that belongs to a seed and a name."""
        self._throw = random.Random(f"{seed}/{name}").random  # noqa: S311 - sample data, no secret

    def below(self, limit: int) -> int:
        """Return an integer from 0 up to, not including, the limit."""
        return int(self._throw() * limit)

    def between(self, low: int, high: int) -> int:
        """Return an integer from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, permille: int) -> bool:
        """Tell whether something that happens so many times in a thousand happens now."""
        return self.below(1000) < permille

    def pick(self, among: Sequence[T]) -> T:
        """Return one of several, all equally likely."""
        return among[self.below(len(among))]

    def lean(self, among: Sequence[T]) -> T:
        """Return one of several, the first ones far more often than the last."""
        first = self._throw()
        return among[int(first * first * len(among))]

    def count(self, typical: int) -> int:
        """Return how often something was done: mostly below twice the typical, seldom more."""
        first, second = self._throw(), self._throw()
        return int(typical * (first + second)) * (4 if self.chance(20) else 1)

    def digits(self, length: int) -> str:
        """Return so many decimal digits."""
        return "".join("0123456789"[self.below(10)] for _ in range(length))

    def letters(self, length: int, alphabet: str = "0123456789abcdef") -> str:
        """Return so many letters of an alphabet."""
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))
