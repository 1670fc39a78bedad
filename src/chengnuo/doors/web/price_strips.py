"""Strips that pictures of an explained price are drawn of."""

from dataclasses import dataclass

WIDTH = 960


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A bar from `left` on, `wide` wide."""

    left: float
    wide: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsPicture:
    """The steps, one strip each, and the price as the last.

    Attributes:
        strips: The strips.
        first: Price at the left edge, in hundredths; 0 where bars begin at nothing.

    """

    strips: tuple[Strip, ...]
    first: int

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class RangePicture:
    """Where a price lies.

    Attributes:
        others: From the lowest to the highest of the others.
        expected: Where nearly all were to be expected; None where that is not known.
        mine: Where the price is.

    """

    others: Strip
    expected: Strip | None
    mine: float

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH
