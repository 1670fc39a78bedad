"""Strings that static fields start with ("static_values_off", "encoded_array_item").

The arrays of all classes are read in lock-step; what is left of the few long ones, and arrays that
are damaged, are read one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.classes import Classes
from chengnuo.engines.dex.encoded import STRING, value_sizes, values
from chengnuo.engines.dex.leb import Cursor, LebError
from chengnuo.engines.dex.members import Members
from chengnuo.engines.dex.source import Source
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.unit import Mentions

FEW: Final = 24
_SIZES: Final = value_sizes()
_STRING_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class _Arrays:
    """Arrays of values on the way through them; all `(n,)`.

    Attributes:
        owner: Class of each.
        place: Where its next value is.
        field: Which static field of the file the value is of.
        end: The static field after its last.

    """

    owner: NDArray[np.int64]
    place: NDArray[np.int64]
    field: NDArray[np.int64]
    end: NDArray[np.int64]

    def chosen(self, choice: NDArray[np.bool_]) -> "_Arrays":
        return _Arrays(self.owner[choice], self.place[choice], self.field[choice], self.end[choice])


class _Found:
    """Which static field of the file starts with which string."""

    def __init__(self) -> None:
        self.fields: list[NDArray[np.int64]] = []
        self.strings: list[NDArray[np.int64]] = []

    def add(self, fields: NDArray[np.int64], strings: NDArray[np.int64]) -> None:
        self.fields.append(fields)
        self.strings.append(strings)


def _referring(members: Members, tables: Tables) -> NDArray[np.int64]:
    """Return for each static field one more than the last field up to it that holds an object."""
    objects = np.array([text[:1] == b"L" for text in tables.type_texts])
    fields = np.arange(1, len(members.static_field) + 1)
    return np.maximum.accumulate(
        np.where(objects[tables.field_of[members.static_field]], fields, 0)
    )


def _begun(
    source: Source, classes: Classes, members: Members, tables: Tables
) -> tuple[_Arrays, set[int]]:
    """Return the arrays at their first value, and the classes whose array has no length.

    Each ends after the last field that can hold a string: most arrays hold numbers only.
    """
    bounds = np.searchsorted(members.static_class, np.arange(len(classes.type) + 1))
    valued = np.flatnonzero((classes.values_offset > 0) & (bounds[1:] > bounds[:-1]))
    if not len(valued):
        none = np.zeros(0, np.int64)
        return _Arrays(none, none, none, none), set()
    first, last = bounds[valued], _referring(members, tables)[bounds[valued + 1] - 1]
    places, ends, lost = [], [], set()
    for owner, offset, begin, end in zip(
        valued.tolist(),
        classes.values_offset[valued].tolist(),
        first.tolist(),
        last.tolist(),
        strict=True,
    ):
        cursor = Cursor(source.data, offset)
        try:
            ends.append(min(end, begin + cursor.uleb()) if begin < end else 0)
        except LebError:
            lost.add(owner)
            ends.append(0)
        places.append(cursor.place)
    arrays = _Arrays(valued, np.array(places, np.int64), first, np.array(ends, np.int64))
    return arrays.chosen(arrays.field < arrays.end), lost


def _in_lock_step(source: Source, arrays: _Arrays, found: _Found) -> Iterator[_Arrays]:
    """Read values of all arrays at once; yield those arrays that are to be read one by one."""
    octets = source.octets
    while len(arrays.owner) > FEW:
        inside = arrays.place < len(octets)
        yield arrays.chosen(~inside)
        arrays = arrays.chosen(inside)
        head = octets[arrays.place]
        size = _SIZES[head]
        whole = (size > 0) & (arrays.place + size <= len(octets))
        yield arrays.chosen(~whole)
        arrays, head, size = arrays.chosen(whole), head[whole], size[whole]
        texts = np.flatnonzero(head & 0x1F == STRING)
        if len(texts):
            number = np.zeros(len(texts), np.int64)
            for place in range(_STRING_BYTES):
                at = np.flatnonzero(size[texts] > place + 1)
                octet = octets[arrays.place[texts[at]] + 1 + place].astype(np.int64)
                number[at] |= octet << (8 * place)
            found.add(arrays.field[texts], number)
        arrays = _Arrays(arrays.owner, arrays.place + size, arrays.field + 1, arrays.end)
        arrays = arrays.chosen(arrays.field < arrays.end)
    yield arrays


def _one_by_one(source: Source, arrays: _Arrays, found: _Found) -> Iterator[int]:
    """Read the rest of some arrays; yield the classes whose array is damaged."""
    for owner, place, field, end in zip(
        arrays.owner.tolist(),
        arrays.place.tolist(),
        arrays.field.tolist(),
        arrays.end.tolist(),
        strict=True,
    ):
        texts: list[tuple[int, int]] = []
        read = values(Cursor(source.data, place), end - field)
        try:
            texts += [
                (field + ordinal, value.number)
                for ordinal, value in enumerate(read)
                if value.kind == STRING
            ]
        except LebError:
            yield owner
        columns = np.array(texts, np.int64).reshape(-1, 2)
        found.add(columns[:, 0], columns[:, 1])


def read_field_strings(
    source: Source, classes: Classes, members: Members, tables: Tables, damages: Damages
) -> Mentions:
    """Return which static field starts with which string, in the order of the fields."""
    arrays, lost = _begun(source, classes, members, tables)
    found = _Found()
    for rest in _in_lock_step(source, arrays, found):
        lost.update(_one_by_one(source, rest, found))
    damages.add_each(
        np.array(sorted(lost), np.int64),
        lambda owner: f"static values of {tables.type_name(classes.type[owner])}",
        "they cannot be read",
    )
    none = np.zeros(0, np.int64)
    field = np.concatenate([none, *found.fields])
    string = np.concatenate([none, *found.strings])
    owner = members.static_class[field]
    order = np.argsort(field, kind="stable")
    good = (string < tables.string_count) & ~np.isin(owner, sorted(lost))
    order = order[good[order]]
    return Mentions(
        caller=owner[order].astype(np.int32),
        pc=members.static_field[field[order]].astype(np.int32),
        register=np.zeros(len(order), np.uint16),
        what=string[order].astype(np.int32),
        how=np.zeros(len(order), np.uint8),
    )
