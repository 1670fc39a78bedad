"""The classes that a DEX file defines ("class_def_item"), without their members."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.header import Header
from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.dex.source import NO_INDEX, Source
from chengnuo.engines.dex.tables import Tables, type_lists
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.unit import Ids

MOST_INTERFACES = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Defined classes as in a `Unit`; one whose type is bad or defined before is left out.

    Attributes:
        data_offset: Where the members are, `(n,)`; 0 for none.
        values_offset: Where the values of static fields are, `(n,)`; 0 for none.

    """

    type: Ids
    super: Ids
    access: NDArray[np.uint32]
    interfaces: Ids
    interface_starts: Ids
    data_offset: NDArray[np.int64]
    values_offset: NDArray[np.int64]


def _defined(types: NDArray[np.uint32], type_count: int, damages: Damages) -> NDArray[np.intp]:
    """Return the rows whose type exists and is not defined by an earlier row, in their order."""
    first = np.unique(types, return_index=True)[1]
    taken = np.zeros(len(types), np.bool_)
    taken[first] = True
    taken &= types < type_count
    damages.add_each(
        np.flatnonzero(~taken),
        "class_def {}".format,
        "its type is not in the table, or is defined already",
    )
    return np.flatnonzero(taken)


def read_classes(
    source: Source, header: Header, tables: Tables, limits: Limits, damages: Damages
) -> Classes:
    """Return the defined classes in the order of the file."""
    rows = source.table(header.classes.offset, header.classes.count, 8)
    rows = rows[_defined(rows[:, 0], tables.type_count, damages)]
    types = rows[:, 0].astype(np.int32)
    above = rows[:, 2]
    bad_above = (above != NO_INDEX) & (above >= tables.type_count)
    listed, counts, good = type_lists(source, rows[:, 3].astype(np.int64), MOST_INTERFACES, limits)
    owner = np.repeat(np.arange(len(types)), counts)
    inside = listed < tables.type_count
    damaged = bad_above | ~good
    damaged[owner[~inside]] = True
    damages.add_each(
        np.flatnonzero(damaged),
        lambda row: f"class_def of {tables.type_name(types[row])}",
        "its superclass or interfaces cannot be read",
    )
    counts = np.bincount(owner[inside], minlength=len(types))
    return Classes(
        type=types,
        super=np.where((above == NO_INDEX) | bad_above, -1, above.astype(np.int64)).astype(
            np.int32
        ),
        access=rows[:, 1].astype(np.uint32),
        interfaces=listed[inside].astype(np.int32),
        interface_starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        data_offset=rows[:, 6].astype(np.int64),
        values_offset=rows[:, 7].astype(np.int64),
    )
