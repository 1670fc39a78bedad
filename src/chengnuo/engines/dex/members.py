"""Members of the defined classes ("class_data_item"): static fields and methods.

A class data item is a row of ULEB128 numbers. All numbers between the first and the last item are
decoded at once; an item is then a slice of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.classes import Classes
from chengnuo.engines.dex.source import Source, ragged
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.damages import Damages

WINDOW_BYTES = 1 << 22
"""Items are decoded in groups that begin within one such window, so that memory is bounded."""

ULEB_BYTES = 5


@dataclass(frozen=True, slots=True)
class Members:
    """What the classes define, in the order of the classes.

    Attributes:
        static_class, static_field: Class and field reference of each static field, in the order
            that its values follow.
        method_class, method, access, code_offset: Class, reference, access flags and place of the
            code (0 for none) of each method.

    """

    static_class: NDArray[np.int64]
    static_field: NDArray[np.int64]
    method_class: NDArray[np.int64]
    method: NDArray[np.int64]
    access: NDArray[np.int64]
    code_offset: NDArray[np.int64]

    def chosen(self, fields: NDArray[np.intp], methods: NDArray[np.intp]) -> "Members":
        """Return some of them, in another order."""
        return Members(
            static_class=self.static_class[fields],
            static_field=self.static_field[fields],
            method_class=self.method_class[methods],
            method=self.method[methods],
            access=self.access[methods],
            code_offset=self.code_offset[methods],
        )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """ULEB128 numbers that end within a stretch of the file.

    Attributes:
        ends: Place of the last byte of each, `(n,)`.
        values: The numbers, `(n,)`.
        overlong: `(n + 1,)`; how many before each have too many bytes.

    """

    ends: NDArray[np.int64]
    values: NDArray[np.int64]
    overlong: NDArray[np.int64]


def _numbers(source: Source, first: int, end: int) -> _Numbers:
    octets = source.octets[first:end]
    ends = np.flatnonzero(octets < 0x80)  # noqa: PLR2004 - continuation bit
    lengths = np.diff(ends, prepend=-1)
    values = octets[ends].astype(np.int64)
    for back in range(1, ULEB_BYTES):
        longer = np.flatnonzero(lengths > back)
        if not len(longer):
            break
        values[longer] = (values[longer] << 7) | (octets[ends[longer] - back] & 0x7F)
    overlong = np.concatenate(([0], np.cumsum(lengths > ULEB_BYTES)))
    return _Numbers(ends + first, values & 0xFFFFFFFF, overlong)


def _first_numbers(
    source: Source, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the numbers at exact places, whose last bytes are known; -1 for one too long."""
    values = np.zeros(len(starts), np.int64)
    for place in range(ULEB_BYTES):
        at = starts + place
        within = np.flatnonzero(at <= ends)
        values[within] |= (source.octets[at[within]].astype(np.int64) & 0x7F) << (7 * place)
    return np.where(ends - starts < ULEB_BYTES, values & 0xFFFFFFFF, -1)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Where the lists of some class data items are among the numbers; counts as the item says.

    Attributes:
        owner: Class of each item, `(n,)`.
        first: Place of the number after the four counts, `(n,)`.
        counts: `(n, 4)`: static fields, instance fields, direct methods, virtual methods.

    """

    owner: NDArray[np.int64]
    first: NDArray[np.int64]
    counts: NDArray[np.int64]


def _lists(
    source: Source,
    numbers: _Numbers,
    owner: NDArray[np.int64],
    starts: NDArray[np.int64],
    most: NDArray[np.int64],
) -> _Lists:
    """Find the lists; an item that says more than `most`, or does not end, is left out."""
    last = len(numbers.ends)
    token = np.searchsorted(numbers.ends, starts)
    fits = token + 4 <= last
    owner, starts, most, token = owner[fits], starts[fits], most[fits], token[fits]
    counts = np.stack(
        [
            _first_numbers(source, starts, numbers.ends[token]),
            *(numbers.values[token + place] for place in (1, 2, 3)),
        ],
        axis=1,
    )
    length = 4 + 2 * (counts[:, 0] + counts[:, 1]) + 3 * (counts[:, 2] + counts[:, 3])
    fits = (counts >= 0).all(1) & (counts <= most).all(1) & (token + length <= last)
    beyond = np.where(fits, token + length, token + 1)
    fits &= numbers.overlong[beyond] == numbers.overlong[token + 1]
    return _Lists(owner[fits], token[fits] + 4, counts[fits])


def _indexes(
    numbers: _Numbers, places: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the indexes of lists that give each as the difference from the one before."""
    summed: NDArray[np.int64] = np.cumsum(numbers.values[places])
    begins = np.cumsum(counts) - counts
    before = np.concatenate(([0], summed))[begins]
    indexes: NDArray[np.int64] = summed - np.repeat(before, counts)
    return indexes


def _window(
    source: Source,
    owner: NDArray[np.int64],
    starts: NDArray[np.int64],
    most: NDArray[np.int64],
) -> tuple[Members, NDArray[np.int64]]:
    """Return the members of items that begin within one window, and the owners read."""
    longest = starts + ULEB_BYTES * (4 + 2 * most[:, 0] * 2 + 3 * most[:, 2] * 2)
    numbers = _numbers(source, int(starts.min()), min(int(longest.max()), len(source.data)))
    lists = _lists(source, numbers, owner, starts, most)
    fields = lists.counts[:, 0]
    places = ragged(lists.first, fields, 2)
    static_field = _indexes(numbers, places, fields)
    method_counts = lists.counts[:, 2:].ravel()
    direct = lists.first + 2 * (fields + lists.counts[:, 1])
    firsts = np.stack([direct, direct + 3 * lists.counts[:, 2]], axis=1).ravel()
    places = ragged(firsts, method_counts, 3)
    members = Members(
        static_class=np.repeat(lists.owner, fields),
        static_field=static_field,
        method_class=np.repeat(np.repeat(lists.owner, 2), method_counts),
        method=_indexes(numbers, places, method_counts),
        access=numbers.values[places + 1],
        code_offset=numbers.values[places + 2],
    )
    return members, lists.owner


def _most(classes: Classes, tables: Tables) -> NDArray[np.int64]:
    """Return how many members of each kind a class can have, `(classes, 4)`.

    A class defines only members that the tables refer to as its own, each once in a list.
    """
    fields = np.bincount(tables.field_type, minlength=len(tables.types))[classes.type]
    methods = np.bincount(tables.method_type, minlength=len(tables.types))[classes.type]
    return np.stack([fields, fields, methods, methods], axis=1)


def _joined(parts: list[Members]) -> Members:
    """Return the members of all windows in the order of the classes."""
    none = np.zeros(0, np.int64)
    members = Members(
        static_class=np.concatenate([none, *(part.static_class for part in parts)]),
        static_field=np.concatenate([none, *(part.static_field for part in parts)]),
        method_class=np.concatenate([none, *(part.method_class for part in parts)]),
        method=np.concatenate([none, *(part.method for part in parts)]),
        access=np.concatenate([none, *(part.access for part in parts)]),
        code_offset=np.concatenate([none, *(part.code_offset for part in parts)]),
    )
    return members.chosen(
        np.argsort(members.static_class, kind="stable"),
        np.argsort(members.method_class, kind="stable"),
    )


def _bad_owners(members: Members, classes: Classes, tables: Tables) -> NDArray[np.int64]:
    """Return the classes that define a member that is not in the tables as theirs."""

    def foreign(
        index: NDArray[np.int64], owner: NDArray[np.int64], types: NDArray[np.int32]
    ) -> NDArray[np.int64]:
        if not len(types):
            return owner
        inside = np.minimum(index, len(types) - 1)
        other: NDArray[np.int64] = owner[
            (index >= len(types)) | (types[inside] != classes.type[owner])
        ]
        return other

    return np.union1d(
        foreign(members.static_field, members.static_class, tables.field_type),
        foreign(members.method, members.method_class, tables.method_type),
    )


def read_members(source: Source, classes: Classes, tables: Tables, damages: Damages) -> Members:
    """Return the members of all classes; a class whose data is damaged has none."""
    owner = np.flatnonzero((classes.data_offset > 0) & (classes.data_offset < len(source.data)))
    starts = classes.data_offset[owner]
    most = _most(classes, tables)[owner]
    parts: list[Members] = []
    read = np.zeros(len(classes.type), np.bool_)
    windows = starts // WINDOW_BYTES
    for window in np.unique(windows).tolist():
        chosen = windows == window
        part, owners = _window(source, owner[chosen], starts[chosen], most[chosen])
        parts.append(part)
        read[owners] = True
    members = _joined(parts)
    read[_bad_owners(members, classes, tables)] = False
    lost = np.flatnonzero(~read & (classes.data_offset > 0))
    damages.add_each(
        lost,
        lambda index: f"class_data of {tables.type_name(classes.type[index])}",
        "its members cannot be read",
    )
    if not len(lost):
        return members
    return members.chosen(
        np.flatnonzero(read[members.static_class]), np.flatnonzero(read[members.method_class])
    )
