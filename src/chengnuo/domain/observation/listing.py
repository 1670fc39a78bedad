"""The code around a place where something was seen, as lines for a person to read."""

from dataclasses import dataclass

from chengnuo.domain.observation.observation import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One instruction.

    Attributes:
        pc: Its place.
        text: What it says, names in place of indexes.
        is_site: Whether it is the place that was asked for.

    """

    pc: int
    text: str
    is_site: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The code around one place.

    Attributes:
        place: The place.
        lines: Instructions, in order.
        before: How many instructions of the method stand before them.
        after: How many stand after them.

    """

    place: Place
    lines: tuple[ListedLine, ...]
    before: int
    after: int
