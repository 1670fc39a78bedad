"""Pools of strings of Android's resource format (`ResStringPool_header`), decoded on demand.

A string of UTF-16 has its length in units before it, one of UTF-8 its length in UTF-16 units and
then in bytes; each length is one unit, or two where the highest bit of the first is set.
"""

from struct import Struct, error

from chengnuo.engines.axml.chunk import Chunk

POOL = Struct("<5I")
POOL_HEADER = 28
OFFSET = Struct("<I")
UTF8 = 1 << 8
NO_STRING = 0xFFFFFFFF
LONGEST = 1 << 20
"""Characters; of a longer string nothing is given."""
TOGETHER = 1 << 26
"""Bytes of all strings given: hostile pools let all offsets point at one long string."""
SHORT = Struct("<2B")
WIDE = Struct("<H")


class StringPool:
    """The strings of a pool, by index; those asked for are kept."""

    __slots__ = ("_at", "_data", "_end", "_known", "_left", "_offsets", "_utf8", "count")

    def __init__(self, data: bytes, chunk: Chunk | None) -> None:
        """Look at the header of a pool; without one there are no strings."""
        self._data = data
        self._known: dict[int, str | None] = {}
        self._at = self._end = self._offsets = self.count = 0
        self._utf8 = False
        self._left = TOGETHER
        if chunk is None or chunk.at + POOL_HEADER > chunk.end:
            return
        count, _, flags, strings, _ = POOL.unpack_from(data, chunk.at + 8)
        self._offsets = chunk.at + chunk.header
        self._at = chunk.at + strings
        self._end = chunk.end
        self._utf8 = bool(flags & UTF8)
        self.count = max(0, min(count, (chunk.end - self._offsets) // OFFSET.size))

    def get(self, index: int) -> str | None:
        """Return a string, None if there is none of this index or it is not inside the pool."""
        if not 0 <= index < self.count:
            return None
        if index not in self._known:
            try:
                self._known[index] = self._decoded(index)
            except error:
                self._known[index] = None
        return self._known[index]

    def _decoded(self, index: int) -> str | None:
        (offset,) = OFFSET.unpack_from(self._data, self._offsets + OFFSET.size * index)
        at = self._at + offset
        if at + 2 > self._end:
            return None
        if self._utf8:
            _, at = self._length8(at)
            length, at = self._length8(at)
        else:
            units, at = self._length16(at)
            length = 2 * units
        self._left -= length
        if length > 2 * LONGEST or self._left < 0 or at + length > self._end:
            return None
        data = self._data[at : at + length]
        return _utf8(data) if self._utf8 else data.decode("utf-16-le", "replace")

    def _length8(self, at: int) -> tuple[int, int]:
        first, second = SHORT.unpack_from(self._data, at)
        if first & 0x80:
            return (first & 0x7F) << 8 | second, at + 2
        return first, at + 1

    def _length16(self, at: int) -> tuple[int, int]:
        (first,) = WIDE.unpack_from(self._data, at)
        if first & 0x8000:
            (second,) = WIDE.unpack_from(self._data, at + 2)
            return (first & 0x7FFF) << 16 | second, at + 4
        return first, at + 2


def _utf8(data: bytes) -> str:
    """Decode UTF-8, and the form that writes each half of a surrogate pair by itself."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
