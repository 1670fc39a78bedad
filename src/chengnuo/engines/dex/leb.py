"""A checked way through the bytes of a DEX file, one number after the other ("LEB128")."""

_CONTINUED = 0x80
_MOST_BITS = 35


class LebError(ValueError):
    """The bytes end within a number, or it has too many; caught and said within this room."""


class Cursor:
    """A place in the bytes that moves on as numbers are read.

    Attributes:
        place: Where the next number is.

    """

    def __init__(self, data: bytes, place: int) -> None:
        self._data = data
        self.place = place

    def octet(self) -> int:
        """Return the byte here.

        Raises:
            LebError: The place is outside the bytes.

        """
        if not 0 <= self.place < len(self._data):
            raise LebError
        self.place += 1
        return self._data[self.place - 1]

    def uleb(self) -> int:
        """Return the ULEB128 number of up to 32 bits here.

        Raises:
            LebError: There is none.

        """
        return self._leb()[0] & 0xFFFFFFFF

    def sleb(self) -> int:
        """Return the SLEB128 number here.

        Raises:
            LebError: There is none.

        """
        value, bits = self._leb()
        return value - (1 << bits) if value >> (bits - 1) else value

    def take(self, size: int) -> int:
        """Return the little-endian number of `size` bytes here.

        Raises:
            LebError: They are not all there.

        """
        end = self.place + size
        if not 0 <= self.place <= end <= len(self._data):
            raise LebError
        number = int.from_bytes(self._data[self.place : end], "little")
        self.place = end
        return number

    def _leb(self) -> tuple[int, int]:
        value = 0
        for shift in range(0, _MOST_BITS, 7):
            octet = self.octet()
            value |= (octet & (_CONTINUED - 1)) << shift
            if octet < _CONTINUED:
                return value, shift + 7
        raise LebError
