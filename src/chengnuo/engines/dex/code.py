"""Code of the defined methods ("code_item") before its instructions are looked at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.dex.members import Members
from chengnuo.engines.dex.source import Source
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.damages import Damages

CODE_HEADER_BYTES = 16
REPEATED = 2
"""Methods may share code, and compilers let them, but not so often that it adds up to more than
this many times the file."""


@dataclass(frozen=True, slots=True)
class Code:
    """Where the code of the defined methods is.

    Attributes:
        method: Index of each defined method with code that lies in the file, `(n,)`, ascending.
        first: First code unit of each, `(n,)`.
        size: Its code units, `(n,)`.

    """

    method: NDArray[np.int64]
    first: NDArray[np.int64]
    size: NDArray[np.int64]


def read_code(
    source: Source, members: Members, tables: Tables, limits: Limits, damages: Damages
) -> Code:
    """Find the code of every method whose code item lies in the file and within the limits."""
    size_of_file = len(source.data)
    claimed = np.flatnonzero(members.code_offset)
    offset = members.code_offset[claimed]
    fits = (offset % 4 == 0) & (offset + CODE_HEADER_BYTES <= size_of_file)
    size = np.zeros(len(claimed), np.int64)
    size[fits] = source.words(offset[fits] + 12)
    fits &= (size > 0) & (size <= limits.method_units)
    fits &= offset + CODE_HEADER_BYTES + 2 * size <= size_of_file
    most = min(limits.code_units, REPEATED * len(source.units))
    fits &= np.cumsum(np.where(fits, size, 0)) <= most
    lost = claimed[~fits]
    damages.add_each(
        lost,
        lambda each: f"code of {tables.method_text(members.method[each])}",
        "it lies outside the file, is empty, or is over the limit",
    )
    return Code(
        method=claimed[fits],
        first=(offset[fits] + CODE_HEADER_BYTES) >> 1,
        size=size[fits],
    )
