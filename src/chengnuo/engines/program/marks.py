"""When a method can run, how the way came into it, and where the system begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.framework import When
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.unit import Ids


class Mark(IntEnum):
    """When something runs, the earliest and surest first."""

    CERTAIN = 0
    """Every step from the start to here is taken without a test."""
    CONDITIONAL = 1
    """Some step depends on a test, or on something else that happens."""
    GUARDED = 2
    """Every way passes a test whose other side is taken as long as nobody has agreed."""
    AFTER_ACTION = 3
    """Only through an action of the individual on the screen."""
    LATER = 4
    """Only from parts that the start does not lead to by itself."""
    UNREACHABLE = 5


class Why(IntEnum):
    """How a way comes into a method."""

    START = 0
    """The system calls it."""
    CALL = 1
    OVERRIDE = 2
    """A call that runs the method of a subclass."""
    STATIC_INITIALISER = 3
    CALLBACK = 4
    """The system calls back an object that was handed to it."""
    ACTION = 5
    """The individual does something on the screen."""
    REFLECTION = 6
    INTENT = 7
    """Another part of the app is started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A method that the system calls.

    Attributes:
        defined: The method.
        type_id: Type of the object that it is called on; the system makes it. -1: of none.
        at_start: Whether the first start calls it; else it runs later.

    """

    defined: int
    type_id: int = -1
    at_start: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A step that no call instruction shows: reflection with constants, or an intent.

    Attributes:
        pc: Place that brings it about.
        why: `REFLECTION` or `INTENT`.
        type_id: Type that is initialised there.
        makes: Whether an object of it is made.
        methods: Defined methods that run.
        called: Defined methods that the system calls after that, and when.

    """

    pc: int
    why: Why
    type_id: int
    makes: bool
    methods: tuple[int, ...]
    called: tuple[tuple[int, When], ...] = ()


class Looks(Protocol):
    """Looks into methods, when the way has come to them."""

    def segments(self, defined: int) -> Sequence[tuple[int, Sure]]:
        """Return how surely each place of a method is run: from each place on, ascending."""
        ...

    def may_guard(self, defined: int) -> bool:
        """Tell whether some place of a method may be guarded; only this matters after a test."""
        ...

    def handed(self, defined: int, pc: int, argument: int) -> tuple[int, ...] | None:
        """Return the types of the objects that a call hands over; None if it cannot be told."""
        ...

    def jumps(self, defined: int, pcs: Sequence[int]) -> Sequence[Jump]:
        """Return the jumps that calls of a method bring about."""
        ...

    def jumps_by(self, name: bytes) -> bool:
        """Tell whether a method of the system of this name may bring about a jump."""
        ...

    def shows_by(self, name: bytes) -> bool:
        """Tell whether a method of this name, even an own one, may show a layout."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What runs, and when.

    Attributes:
        marks: `(defined methods,)` uint8, a `Mark`.
        before: `(defined methods,)` int32, the method that the way came from, or -1.
        before_pc: Place in it.
        why: `(defined methods,)` uint8, a `Why`.
        order: `(defined methods,)` int32, when the search came to it; -1 if never.
        finished: Whether the search came to its end; else some marks may be too late.

    """

    marks: NDArray[np.uint8]
    before: Ids
    before_pc: Ids
    why: NDArray[np.uint8]
    order: Ids
    finished: bool

    def mark(self, defined: int) -> Mark:
        """Return when a method runs."""
        return Mark(int(self.marks[defined]))

    def way(self, defined: int) -> list[tuple[int, int, Why]]:
        """Return the way to a method: each method, how it was come into, and where it is left.

        Returns:
            From the start on: method, place from which the way goes on (-1 for the last), why.
            Empty if it is never reached.

        """
        steps: list[tuple[int, int, Why]] = []
        if self.marks[defined] == Mark.UNREACHABLE:
            return steps
        at, pc = defined, -1
        while at >= 0:
            steps.append((at, pc, Why(int(self.why[at]))))
            at, pc = int(self.before[at]), int(self.before_pc[at])
        return steps[::-1]
