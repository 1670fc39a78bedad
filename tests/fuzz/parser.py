"""What the harness knows of a parser: where inputs begin, how they change, what may leave it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

Change: TypeAlias = Callable[[bytes, Sequence[bytes], Random], bytes]


class Broken(AssertionError):  # noqa: N818 (it says what is broken)
    """A parser gave a value that its contract forbids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One parser of hostile bytes.

    Attributes:
        seeds: Makes the contents that inputs are changed from.
        change: Changes one of them.
        read: Reads an input and looks at all that came out of it; returns whether it was taken,
            False where it was refused in the parser's own way. Raises nothing but for a fault.
        weight: Inputs in a long run, of a million in all, in thousands.

    """

    seeds: Callable[[], Sequence[bytes]]
    change: Change
    read: Callable[[bytes], bool]
    weight: int


def refused_by(
    *errors: type[Exception],
) -> Callable[[Callable[[bytes], object]], Callable[[bytes], bool]]:
    """Return what makes of a reader one that tells whether it took an input."""

    def wrap(reader: Callable[[bytes], object]) -> Callable[[bytes], bool]:
        def read(content: bytes) -> bool:
            try:
                reader(content)
            except errors:
                return False
            return True

        return read

    return wrap
