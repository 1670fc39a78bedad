"""The tables of ids ("type_id_item", "proto_id_item", "field_id_item", "method_id_item").

Every id that leaves here can be used as an index: one that points outside its table points to an
empty string, type or prototype added at the end for it, and is a damage.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.header import Header, Section
from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.dex.source import Source, ragged
from chengnuo.engines.dex.strings import read_strings
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.shown import shown
from chengnuo.engines.program.unit import Ids

MOST_PARAMETERS = 255
"""An invocation has no more argument registers."""

Whole = TypeVar("Whole", np.uint16, np.uint32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Ids of one DEX file, as in a `Unit`.

    Attributes:
        type_texts: Descriptor of each type.
        string_count, type_count, proto_count: Entries of the file, without those added here.

    """

    strings: list[bytes]
    types: Ids
    type_texts: list[bytes]
    protos: list[bytes]
    method_type: Ids
    method_name: Ids
    method_proto: Ids
    field_type: Ids
    field_name: Ids
    field_of: Ids
    string_count: int
    type_count: int
    proto_count: int

    def type_text(self, index: int) -> bytes:
        """Return the descriptor of a type."""
        return self.type_texts[index]

    def type_name(self, index: int) -> str:
        """Return the descriptor of a type for a person to read."""
        return shown(self.type_text(index))

    def method_text(self, index: int) -> str:
        """Return a method reference as `Lcom/example/A;->b()V`, for a person to read."""
        name = shown(self.strings[self.method_name[index]])
        proto = shown(self.protos[self.method_proto[index]])
        return f"{self.type_name(self.method_type[index])}->{name}{proto}"

    def field_text(self, index: int) -> str:
        """Return a field reference as `Lcom/example/A;->b:I`, for a person to read."""
        name = shown(self.strings[self.field_name[index]])
        of = self.type_name(self.field_of[index])
        return f"{self.type_name(self.field_type[index])}->{name}:{of}"


class _Added:
    """Turns ids that point outside a table into the id of one entry after its last."""

    def __init__(self, count: int, damages: Damages) -> None:
        self.count = count
        self.used = False
        self._damages = damages

    def clean(self, ids: NDArray[Whole], label: str) -> Ids:
        outside = ids >= self.count
        if not outside.any():
            return ids.astype(np.int32)
        self.used = True
        self._damages.add_each(
            np.flatnonzero(outside),
            f"{label} {{}}".format,
            "names an entry that is not in its table",
        )
        return np.where(outside, self.count, ids).astype(np.int32)


def type_lists(
    source: Source, offsets: NDArray[np.int64], most: int, limits: Limits
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.bool_]]:
    """Read type lists ("type_list").

    Args:
        source: The file.
        offsets: Where each list is, `(n,)`; 0 for an empty one.
        most: How long a list may be.
        limits: Bound on all together.

    Returns:
        Types of all lists one after the other; `(n,)` their lengths; `(n,)` whether a list can be
        read (its length is 0 if not).

    """
    size = len(source.data)
    there = offsets > 0
    good = ~there | ((offsets % 4 == 0) & (offsets + 4 <= size))
    counts = np.zeros(len(offsets), np.int64)
    at = np.flatnonzero(there & good)
    counts[at] = source.words(offsets[at])
    good &= (counts <= most) & (offsets + 4 + 2 * counts <= size)
    counts[~good] = 0
    good &= np.cumsum(counts) <= limits.listed
    counts[~good] = 0
    return source.units[ragged((offsets + 4) >> 1, counts, 1)], counts, good


def _descriptors(
    source: Source,
    rows: NDArray[np.uint32],
    texts: list[bytes],
    limits: Limits,
    damages: Damages,
) -> list[bytes]:
    """Return `(parameters)answer` of each prototype; one that cannot be read is empty."""
    type_count = len(texts)
    answers = rows[:, 1].astype(np.int64)
    offsets = rows[:, 2].astype(np.int64)
    listed, counts, good = type_lists(source, offsets, MOST_PARAMETERS, limits)
    bounds = np.concatenate(([0], np.cumsum(counts)))
    outside = np.concatenate(([0], np.cumsum(listed >= type_count)))
    good &= (answers < type_count) & (outside[bounds[1:]] == outside[bounds[:-1]])
    lengths = np.array([len(text) for text in texts], np.int64)
    if type_count:
        inside = np.minimum(listed, type_count - 1)
        summed = np.concatenate(([0], np.cumsum(lengths[inside])))
        own = lengths[np.minimum(answers, type_count - 1)]
        good &= np.cumsum(summed[bounds[1:]] - summed[bounds[:-1]] + own) <= limits.proto_bytes
    if not good.all():
        damages.add_each(
            np.flatnonzero(~good),
            "proto {}".format,
            "its types cannot be read, or are over the limit",
        )
    # All of them are joined as one text and parted at the NUL, which no string holds.
    opening, closing, nothing, end = range(type_count, type_count + 4)
    size = counts + 4
    first = np.cumsum(size) - size
    words = np.empty(int(size.sum()), np.int64)
    words[first] = np.where(good, opening, nothing)
    words[ragged(first + 1, counts, 1)] = np.where(np.repeat(good, counts), listed, nothing)
    words[first + counts + 1] = np.where(good, closing, nothing)
    words[first + counts + 2] = np.where(good, answers, nothing)
    words[first + counts + 3] = end
    known = [*texts, b"(", b")", b"", b"\0"]
    return b"".join(map(known.__getitem__, words.tolist())).split(b"\0")[:-1]


def read_tables(source: Source, header: Header, limits: Limits, damages: Damages) -> Tables:
    """Return the tables of ids of one DEX file."""

    def rows(section: Section, columns: int) -> NDArray[np.uint32]:
        return source.table(section.offset, section.count, columns)

    strings = read_strings(source, rows(header.strings, 1)[:, 0], limits, damages)
    string = _Added(len(strings), damages)
    types = string.clean(rows(header.types, 1)[:, 0], "type")
    texts = [strings[index] if index < len(strings) else b"" for index in types.tolist()]
    type_ = _Added(len(types), damages)
    protos = _descriptors(source, rows(header.protos, 3), texts, limits, damages)
    proto = _Added(len(protos), damages)
    fields = rows(header.fields, 2)
    methods = rows(header.methods, 2)
    low, high = np.uint32(0xFFFF), np.uint32(16)
    field_type = type_.clean(fields[:, 0] & low, "type of field")
    field_of = type_.clean(fields[:, 0] >> high, "value type of field")
    field_name = string.clean(fields[:, 1], "name of field")
    method_type = type_.clean(methods[:, 0] & low, "type of method")
    method_proto = proto.clean(methods[:, 0] >> high, "prototype of method")
    method_name = string.clean(methods[:, 1], "name of method")
    type_count = len(types)
    if type_.used:
        types = np.append(types, np.int32(string.count))
    return Tables(
        strings=[*strings, b""] if string.used or type_.used else strings,
        types=types,
        type_texts=[*texts, b""] if type_.used else texts,
        protos=[*protos, b""] if proto.used else protos,
        method_type=method_type,
        method_name=method_name,
        method_proto=method_proto,
        field_type=field_type,
        field_name=field_name,
        field_of=field_of,
        string_count=string.count,
        type_count=type_count,
        proto_count=proto.count,
    )
