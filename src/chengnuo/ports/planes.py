"""The planes of an installation: the state of consent in memory that many processes read at once.

One process writes them, the one that writes the log. What they say of themselves decides whether
anybody may rely on them: a mark, the day they are for, and how far the log is in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from chengnuo.engines.planes.planes import Planes, Whole

Carried = Mapping[str, tuple[str, tuple[int, int, int, int]]]
"""Which new lane begins as which older one, and what becomes of each value."""


class Mark(IntEnum):
    """Whether planes can be relied on."""

    RAW = 0
    """They are being made; nothing of them says anything."""
    BEHIND = 1
    """They are right up to their position, and the log may be further."""
    CURRENT = 2
    """They equal the state, and whoever writes the log writes them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a register's planes are for.

    Attributes:
        register: Version of the register, 64 hex digits.
        law: Version of the law catalogue.

    """

    register: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """The civil day that ages in planes are right for, in microseconds since 1970.

    Attributes:
        since: When it begins.
        until: When it is over.

    """

    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the log is in planes.

    Attributes:
        position: How many records of it.
        at: Effective instant of the last record, microseconds since 1970.
        anchor: SHA-256 of that record; empty bytes where there is none.

    """

    position: int
    at: int
    anchor: bytes


class PlanesWritten(Protocol):
    """Planes as their one writer sees them. What is written every reader sees on return."""

    @property
    def planes(self) -> Planes:
        """The planes as they are now."""
        ...

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        ...

    @property
    def mark(self) -> Mark:
        """Whether they can be relied on."""
        ...

    @property
    def good(self) -> Good:
        """The day that they are for."""
        ...

    @property
    def reached_to(self) -> Reached:
        """How far the log is in them."""
        ...

    @property
    def expected(self) -> int | None:
        """Whose ordinal may have changed without a record when the last writer ended."""
        ...

    def marked(self, mark: Mark) -> None:
        """Say whether they can be relied on."""
        ...

    def good_for(self, good: Good) -> None:
        """Say which day they are for."""
        ...

    def count_until(self, until: int) -> None:
        """Say until when at most they count, microseconds since 1970, unless said again.

        Where another process may write the log at some time without saying so here.
        """
        ...

    def reached(self, reached: Reached) -> None:
        """Say how far the log is in them, once it is."""
        ...

    def expect(self, ordinal: int | None) -> None:
        """Say whose state is about to change without a record; None once that is written."""
        ...

    def put(self, ordinal: int, whole: Whole) -> None:
        """Write all that is so about somebody.

        Raises:
            UnavailableError: There is no room; part of it may be written.
            InvalidInputError: The ordinal is none that planes can hold.

        """
        ...

    def renew(self, meant: Meant, lanes: Iterable[str], carried: Carried) -> None:
        """Change to another register: add its lanes, carry over, take the others away.

        Raises:
            UnavailableError: There is no room.
            InvalidInputError: There are too many lanes.

        """
        ...

    def empty(self, meant: Meant, lanes: Iterable[str]) -> None:
        """Throw everything away and begin anew, marked as raw.

        Raises:
            UnavailableError: There is no room.
            InvalidInputError: There are too many lanes.

        """
        ...

    def used(self) -> int:
        """Return how many bytes of memory they take."""
        ...

    def close(self) -> None:
        """Let go of them; they stay as they are marked."""
        ...


class PlanesMapped(Protocol):
    """Planes as one of many readers sees them."""

    @property
    def generation(self) -> int:
        """Grows whenever what `planes` returned has to be asked for anew."""
        ...

    def last(self) -> tuple[int, int]:
        """Return how many records of the log are in the planes, and the instant of the last."""
        ...

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        ...

    @property
    def good(self) -> Good:
        """The day that they are for."""
        ...

    def counts(self, generation: int, at: int) -> bool:
        """Tell whether planes got at a generation can be relied on at an instant, now."""
        ...

    def is_there(self) -> bool:
        """Tell whether what is mapped is still what lies in its place."""
        ...

    def planes(self) -> Planes:
        """Return the planes as they are now.

        Raises:
            UnavailableError: They are being changed.
            IntegrityError: A file is something else.

        """
        ...
