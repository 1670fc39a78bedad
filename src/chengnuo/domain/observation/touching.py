"""What a sign of the knowledge touches, and how well it is known."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.law.ids import CategoryId


class Basis(StrEnum):
    """What a row was checked against."""

    STUB = "stub"
    """The stubs of the Android SDK."""
    SOURCE = "source"
    """Source text or documentation that could be read."""
    UNCHECKED = "unchecked"
    """Common knowledge of the field; nothing was at hand to check it."""


class Weight(StrEnum):
    """How much a sign says."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"
    """It says something only beside others, as one attribute of a fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The categories of personal information that a sign stands for.

    Attributes:
        categories: What is reported when nothing narrows it down, the main one first.
        maybe: What it may stand for besides, or instead, depending on how it is used.
        alone: Whether it is personal information by itself; a mere technical state is reported
            only together with others.

    """

    categories: tuple[CategoryId, ...] = ()
    maybe: tuple[CategoryId, ...] = ()
    alone: bool = True


NOTHING = Touched()
