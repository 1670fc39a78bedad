"""Who was counted as having information abroad, kept beside the log as planes.

A projection of the records of provision: taking a record in twice changes nothing. It outlives the
destruction of an individual's keys, for a person whose data were deleted went abroad all the same;
what it then keeps is a number that leads to nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.borders.counting import Planes
from chengnuo.law.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the log is in the planes.

    Attributes:
        position: Everything below is taken in.
        at_most: Records whose content was gone when they were taken in, so that they are counted
            as all that the register of their day let them be.

    """

    position: int = 0
    at_most: int = 0


class BorderStore(Protocol):
    """Keeps planes and which ordinals are names of one individual."""

    def reached(self) -> Reached:
        """Return how far the log is taken in."""
        ...

    def add(self, planes: Planes, same: Sequence[tuple[int, int]], reached: Reached) -> None:
        """Merge planes into those that are kept, all or none.

        Args:
            planes: Who is added.
            same: Ordinals that are names of one individual with another, in pairs.
            reached: How far the log is now taken in.

        Raises:
            DatabaseUnavailableError: Nothing was changed.

        """
        ...

    def planes(self, year: int) -> Planes:
        """Return the planes of a civil year."""
        ...

    def same(self) -> tuple[tuple[int, int], ...]:
        """Return every ordinal that another stands for, and that other: the lowest of a person."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersKept:
    """What is kept of what went abroad.

    Attributes:
        store: The planes.
        calendar: Returns the official working days.

    """

    store: BorderStore
    calendar: Callable[[], WorkingCalendar]
