"""Which groups of classes use which: by calls, by types that are named, by fields."""

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.program import Program

MOST_GROUPS = 6_000
"""With more groups nothing is told; real packages have under 3,000 packages of classes."""


def uses_between(program: Program, groups: list[int], count: int) -> dict[int, frozenset[int]]:
    """Return the groups that each group uses, itself left out.

    Args:
        program: The program.
        groups: `(classes,)`, the number of each class's group, from 0.
        count: How many groups there are.

    """
    if count > MOST_GROUPS or not groups:
        return {}
    of_class = np.asarray(groups, np.int64)
    of_type = np.full(len(program.types) + 1, -1, np.int64)  # the last one for no type
    known = np.flatnonzero(program.class_of >= 0)
    of_type[known] = of_class[program.class_of[known]]
    flags = np.zeros(count * count, np.bool_)
    of_method = of_class[program.defined_class]
    records = program.invocations
    called = np.append(program.method_type, np.int32(-1))[records.method]
    _mark(flags, count, of_method[records.caller], of_type[called])
    named = program.types_named
    _mark(flags, count, of_method[named.caller], of_type[named.what])
    touched = program.fields_touched
    owners = np.append(program.field_type, np.int32(-1))[touched.what]
    _mark(flags, count, of_method[touched.caller], of_type[owners])
    _mark(flags, count, of_class, of_type[program.class_super])
    held = np.repeat(of_class, np.diff(program.class_interface_starts))
    _mark(flags, count, held, of_type[program.class_interfaces])
    table = flags.reshape(count, count)
    return {
        one: frozenset(np.flatnonzero(table[one]).tolist())
        for one in np.flatnonzero(table.any(axis=1)).tolist()
    }


def _mark(
    flags: NDArray[np.bool_], count: int, using: NDArray[np.int64], used: NDArray[np.int64]
) -> None:
    kept = (used >= 0) & (using != used)
    flags[using[kept] * count + used[kept]] = True
