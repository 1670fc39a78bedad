"""Encoded values and arrays ("encoded_value encoding", "encoded_array_item").

Static fields and call sites hold numbers and indexes only: a value that holds further values
(array, annotation) is none that the runtime takes there, and counts as damage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.leb import Cursor, LebError

METHOD_TYPE: Final = 0x15
METHOD_HANDLE: Final = 0x16
STRING: Final = 0x17
_IN_HEADER: Final = (0x1E, 0x1F)
"""null and boolean: the value is in the first byte."""
_WIDEST: Final = {0x00: 1, 0x02: 2, 0x03: 2, 0x04: 4, 0x06: 8, 0x10: 4, 0x11: 8} | dict.fromkeys(
    (0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B), 4
)
"""Most bytes of each type of value after the first byte."""
FIRST_VALUES: Final = 16
"""So many values of a call site are looked at: what it runs is named by the first few."""


def value_sizes() -> NDArray[np.int64]:
    """Return how many bytes a value has by its first byte, `(256,)`; 0 if that begins none."""
    sizes = np.zeros(256, np.int64)
    for kind in _IN_HEADER:
        sizes[kind::32] = 1
    for kind, widest in _WIDEST.items():
        for argument in range(widest):
            sizes[argument << 5 | kind] = 2 + argument
    return sizes


_SIZES: Final[list[int]] = value_sizes().tolist()


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its type, and its bytes after the first as an unsigned number."""

    kind: int
    number: int


def values(cursor: Cursor, count: int) -> Iterator[Value]:
    """Yield values in their order.

    Raises:
        LebError: The bytes end, or are not values.

    """
    for _ in range(count):
        head = cursor.octet()
        if not _SIZES[head]:
            raise LebError
        yield Value(head & 0x1F, cursor.take(_SIZES[head] - 1))


def call_site_values(data: bytes, place: int) -> Iterator[Value]:
    """Yield the first values of the call site at a place.

    Raises:
        LebError: The bytes end, or are not values.

    """
    cursor = Cursor(data, place)
    yield from values(cursor, min(cursor.uleb(), FIRST_VALUES))
