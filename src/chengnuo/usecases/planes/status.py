"""How the planes of a service are, for whoever watches it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanesStatus:
    """How the planes are.

    Attributes:
        current: Whether readers may rely on them.
        individuals: For how many there is room.
        bytes: How much memory they take.
        position: How many records of the log are in them.
        why: Code of what keeps them from being current; empty if nothing is known to.

    """

    current: bool
    individuals: int
    bytes: int
    position: int
    why: str = ""


class PlanesWatch(Protocol):
    """Tells how the planes are."""

    def __call__(self) -> PlanesStatus | None:
        """Return how they are; None where there are none."""
        ...


def no_planes() -> None:
    """Return that there are none."""
