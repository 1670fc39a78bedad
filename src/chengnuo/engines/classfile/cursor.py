"""Big-endian numbers of a class file (JVMS 4), each checked to be there."""

from struct import Struct
from typing import Final

_U2: Final = Struct(">H").unpack_from
_THREE: Final = Struct(">HHH").unpack_from
_ATTRIBUTE: Final = Struct(">HI").unpack_from


class MalformedError(Exception):
    """A part of a class file is not what the format says; never leaves this room."""


class Cursor:
    """Reads on from a place in a class file.

    Args:
        data: The class file.
        place: Where to begin.
        end: Where to stop; None: at the end of the file.

    """

    __slots__ = ("data", "end", "place")

    def __init__(self, data: bytes, place: int, end: int | None = None) -> None:
        self.data = data
        self.place = place
        self.end = len(data) if end is None else end

    def u2(self) -> int:
        """Return a number of two bytes."""
        value: int = _U2(self.data, self.take(2))[0]
        return value

    def three(self) -> tuple[int, int, int]:
        """Return three numbers of two bytes each."""
        first, second, third = _THREE(self.data, self.take(6))
        return first, second, third

    def attribute(self) -> tuple[int, int]:
        """Return the name and the size at the head of an attribute (JVMS 4.7)."""
        name, size = _ATTRIBUTE(self.data, self.take(6))
        return name, size

    def u4(self) -> int:
        """Return a number of four bytes."""
        return int.from_bytes(self.data[self.take(4) : self.place], "big")

    def take(self, size: int) -> int:
        """Pass over some bytes and return where they began.

        Raises:
            MalformedError: There are not so many.

        """
        place = self.place
        if place + size > self.end:
            message = f"it ends at byte {self.end}, {place + size} were promised"
            raise MalformedError(message)
        self.place = place + size
        return place
