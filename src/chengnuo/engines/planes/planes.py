"""The state of everybody: a byte of flags and lanes of two bits, each lane by its name.

Every part has the same capacity. Of whoever lies beyond it nothing is known. A lane that has no
name here reads 0 for everybody: whoever asks for a consent by a name that has changed meets no
consent, never an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chengnuo.engines.planes.lane import Lane
from chengnuo.engines.planes.untils import NEVER, Untils

TIMED: Final = 0x40
"""The flag in an individual's byte that says that some value of theirs counts for a time."""
HAS_NO_END: Final = 3
"""The value that never ends, whatever end another value of the same lane had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planes:
    """What is so about everybody.

    Attributes:
        capacity: Ordinals below this are held.
        flags: A byte for each individual; the bit `TIMED` is ours, the others the caller's.
        lanes: The lanes by name.
        numbers: The number of each lane in `untils`, from 1.
        untils: Until when the values of those with the bit `TIMED` count.
        good_until: When all of it stops counting, microseconds since 1970 (an old snapshot).

    """

    capacity: int
    flags: memoryview
    lanes: Mapping[str, Lane]
    numbers: Mapping[str, int]
    untils: Untils
    good_until: int = NEVER

    def flags_of(self, ordinal: int) -> int:
        """Return somebody's flags; 0 beyond the capacity."""
        return self.flags[ordinal] if 0 <= ordinal < self.capacity else 0

    def value(self, name: str, ordinal: int) -> int:
        """Return somebody's value in a lane, whatever its end; 0 where nothing is known."""
        lane = self.lanes.get(name)
        return 0 if lane is None or not 0 <= ordinal < self.capacity else lane[ordinal]

    def end(self, name: str, ordinal: int) -> int:
        """Return until when somebody's value in a lane counts."""
        if not self.flags_of(ordinal) & TIMED or name not in self.numbers:
            return NEVER
        return self.untils.get(ordinal, self.numbers[name])


def _no_memory() -> memoryview:
    return memoryview(b"")


@dataclass(frozen=True, slots=True)
class Value:
    """A lane's value and when it ends.

    Attributes:
        value: 0 to 3.
        end: Microseconds since 1970; `NEVER` where it has no end.

    """

    value: int
    end: int = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that is so about one individual.

    Attributes:
        flags: Their byte; `TIMED` in it is set by whoever writes it.
        values: Their values by lane; 0 in every lane that is not named.

    """

    flags: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)


NOTHING = Planes(
    capacity=0,
    flags=_no_memory(),
    lanes={},
    numbers={},
    untils=Untils(memoryview(b"").cast("Q"), memoryview(b"").cast("q")),
)
"""Planes of nobody."""
