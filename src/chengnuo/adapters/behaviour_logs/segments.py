"""The beginning of what one side of a TCP connection sends, put together by sequence numbers.

Segments come twice, out of order, over one another, and numbers go round at 2^32 (RFC 9293 section
3.4). The SYN tells the number of the first octet. Where a capture begins after it, what is said
begins with the earliest segment that looks like a beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_ROUND: Final = 1 << 32
_MOST_PARTS: Final = 64


@dataclass(slots=True)
class Segments:
    """The first segments of one direction.

    Attributes:
        most: How many octets from the first one on are of interest.
        held: How many octets are kept.

    """

    most: int
    held: int = 0
    _origin: int | None = None
    _is_opened: bool = False
    _parts: dict[int, bytes] = field(default_factory=dict)

    def open(self, sequence: int) -> bool:
        """Take the number of a SYN; tell whether it begins another connection than before."""
        first = (sequence + 1) % _ROUND
        is_other = self._is_opened and self._origin != first
        if not self._is_opened and self._origin is not None:
            shift = _signed(self._origin - first)
            self._parts = {at + shift: part for at, part in self._parts.items() if at + shift >= 0}
        self._origin, self._is_opened = first, True
        return is_other

    def take(self, sequence: int, payload: bytes) -> None:
        """Take in a segment; what is before the first octet or too far behind it is left out."""
        if self._origin is None:
            self._origin = sequence
        at = _signed(sequence - self._origin)
        if self._is_opened and at < 0:
            at, payload = 0, payload[-at:]
        known = self._parts.get(at, b"")
        if abs(at) < self.most and len(payload) > len(known):
            self.held += len(payload) - len(known)
            self._parts[at] = known + payload[len(known) :]

    def so_far(self, begins: Callable[[bytes], bool]) -> bytes:
        """Return the beginning as far as it is without a gap.

        Args:
            begins: Tells whether octets look like the beginning of what is said.

        Returns:
            The octets. Of those that came more than once, and not alike, those count that came in
            the segment that begins first, or of two that begin together, in the first.

        """
        first = self._first(begins)
        found = bytearray()
        for at in sorted(at for at in self._parts if at >= first):
            if at - first > len(found):
                break
            found += self._parts[at][first + len(found) - at :]
        return bytes(found)

    def number(self, begins: Callable[[bytes], bool]) -> int | None:
        """Return the number of the first octet, by the SYN or by what begins; None before any."""
        return None if self._origin is None else (self._origin + self._first(begins)) % _ROUND

    def _first(self, begins: Callable[[bytes], bool]) -> int:
        if self._is_opened:
            return 0
        return min((at for at, part in self._parts.items() if begins(part)), default=self.most)

    def is_full(self) -> bool:
        """Tell whether so much came that no more is waited for."""
        return self.held > self.most or len(self._parts) > _MOST_PARTS


def _signed(distance: int) -> int:
    """Return a distance of sequence numbers, taken the short way round."""
    distance %= _ROUND
    return distance - _ROUND if distance >= _ROUND // 2 else distance
