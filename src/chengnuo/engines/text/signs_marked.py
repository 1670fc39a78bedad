"""Tables of what each sign may be for a search: whole texts are marked by one of them at once."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import PLANE
from chengnuo.engines.text.tokens import Flags

Marks = NDArray[np.uint16]


def marks_of(signs: Mapping[int, Iterable[str]]) -> Marks:
    """Return the `(65536,)` uint16 marks of each sign of the first plane.

    Args:
        signs: The signs that have each mark, a power of two.

    """
    table = np.zeros(PLANE, np.uint16)
    for mark, of_mark in signs.items():
        table[[ord(sign) for sign in of_mark]] |= np.uint16(mark)
    return table


def has(marks: Marks, mark: int) -> Flags:
    """Tell which signs have one of some marks."""
    flags: Flags = (marks & np.uint16(mark)) != 0
    return flags
