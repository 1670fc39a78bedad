"""Units become one program: what means the same gets one id.

Names and descriptors are told apart by their bytes, never by a hash of them. Where two units
define a class of one name, the first wins, as the runtime loads it (ART searches `classes.dex`,
`classes2.dex` and so on in this order); of the later one nothing can run, and it is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import NONE, Part, Program
from chengnuo.engines.program.unit import Constants, Damage, Ids, Invocations, Mentions, Unit

Scalar = TypeVar("Scalar", bound=np.generic)
Units: TypeAlias = Sequence[tuple[Unit, Part]]

_MOST_SAID = 100


@dataclass(slots=True)
class _Names:
    """Byte strings by the order of their first use."""

    ids: dict[bytes, int] = field(default_factory=dict)

    def of(self, found: Iterable[bytes]) -> Ids:
        """Return the id of each one; what is new gets the next."""
        ids = self.ids
        return np.asarray([ids.setdefault(one, len(ids)) for one in found], np.int32)


class _Own(NamedTuple):
    """What a unit names, before references are numbered.

    Attributes:
        types: Id of each type.
        method: Type, name and prototype of each method reference.
        field: Type, name and type of value of each field reference.

    """

    types: Ids
    method: tuple[Ids, Ids, Ids]
    field: tuple[Ids, Ids, Ids]


def link(units: Sequence[Unit]) -> Program:
    """Link units, in the order in which definitions win."""
    types, names, protos = _Names(), _Names(), _Names()
    owns = [_own(unit, types, names, protos) for unit in units]
    of, name, proto = (_joined([own.method[n] for own in owns], np.int32) for n in range(3))
    signature_name, signature_proto, signatures = _numbered(name, proto)
    method_type, method_signature, methods = _numbered(of, signatures)
    holder, name, value = (_joined([own.field[n] for own in owns], np.int32) for n in range(3))
    holders, held, pairs = _numbered(holder, name)
    pair, field_of, fields = _numbered(pairs, value)
    parts = _parts(units, owns, methods, fields)
    both: Units = list(zip(units, parts, strict=True))
    class_type = _joined([p.types[u.class_type] for u, p in both], np.int32)
    defined_method = _joined([p.methods[u.defined_method] for u, p in both], np.int32)
    defined_class = _joined([u.defined_class + p.classes for u, p in both], np.int32)
    class_unit = np.repeat(np.arange(len(units)), [len(u.class_type) for u in units])
    class_of = _first(class_type, np.arange(len(class_type)), len(types.ids))
    shadowed = class_of[class_type] != np.arange(len(class_type))
    live = np.flatnonzero(~shadowed[defined_class])
    descriptors = tuple(types.ids)
    again = [(int(at), descriptors[class_type[at]]) for at in np.flatnonzero(shadowed)]
    return Program(
        units=tuple(units),
        parts=parts,
        types=descriptors,
        type_ids=types.ids,
        names=tuple(names.ids),
        name_ids=names.ids,
        protos=tuple(protos.ids),
        signature_name=signature_name,
        signature_proto=signature_proto,
        method_type=method_type,
        method_signature=method_signature,
        field_type=holders[pair],
        field_name=held[pair],
        field_of=field_of,
        class_type=class_type,
        class_super=_joined([p.types[u.class_super] for u, p in both], np.int32),
        class_access=_joined([u.class_access for u in units], np.uint32),
        class_unit=class_unit.astype(np.int32),
        class_interfaces=_joined([p.types[u.class_interfaces] for u, p in both], np.int32),
        class_interface_starts=_starts([u.class_interface_starts for u in units]),
        class_shadowed=shadowed,
        class_of=class_of,
        defined_method=defined_method,
        defined_class=defined_class,
        defined_access=_joined([u.defined_access for u in units], np.uint32),
        defined_has_code=_joined([u.defined_has_code for u in units], np.bool_),
        defined_size=_joined([u.defined_size for u in units], np.int32),
        definition=_first(defined_method[live], live, len(method_type)),
        invocations=_invocations(both),
        strings_used=_mentions(
            [(u.strings_used, p.defined, _after(p.strings, u.strings)) for u, p in both]
        ),
        types_named=_mentions([(u.types_named, p.defined, p.types) for u, p in both]),
        fields_touched=_mentions([(u.fields_touched, p.defined, p.fields) for u, p in both]),
        constants=_constants(both),
        field_strings=_field_strings(both),
        damages=(
            *(damage for unit in units for damage in unit.damages),
            *_said([(units[class_unit[at]].name, name) for at, name in again]),
        ),
    )


def _own(unit: Unit, types: _Names, names: _Names, protos: _Names) -> _Own:
    """Give the types, names and prototypes of a unit their ids."""
    strings = unit.strings
    type_ids = types.of([strings[at] for at in unit.types.tolist()])
    used = np.zeros(len(strings), np.bool_)
    used[unit.method_name] = True
    used[unit.field_name] = True
    places = np.flatnonzero(used)
    name_ids = np.full(len(strings), -1, np.int32)
    name_ids[places] = names.of([strings[at] for at in places.tolist()])
    proto_ids = protos.of(unit.protos)
    return _Own(
        type_ids,
        (type_ids[unit.method_type], name_ids[unit.method_name], proto_ids[unit.method_proto]),
        (type_ids[unit.field_type], name_ids[unit.field_name], type_ids[unit.field_of]),
    )


def _numbered(first: Ids, second: Ids) -> tuple[Ids, Ids, Ids]:
    """Number the distinct pairs, ordered by both: their two halves, and the number of each."""
    keys = first.astype(np.int64) << 32 | second
    distinct, numbers = np.unique(keys, return_inverse=True)
    return (
        (distinct >> 32).astype(np.int32),
        (distinct & 0xFFFF_FFFF).astype(np.int32),
        numbers.astype(np.int32),
    )


def _first(keys: Ids, values: NDArray[np.intp], size: int) -> Ids:
    """Return a table: to each key the value of its first appearance, else -1."""
    distinct, places = np.unique(keys, return_index=True)
    table = np.full(size, -1, np.int32)
    table[distinct] = values[places]
    return table


def _parts(
    units: Sequence[Unit], owns: Sequence[_Own], methods: Ids, fields: Ids
) -> tuple[Part, ...]:
    """Tell how the ids of each unit become those of the program."""
    at = [
        [0, *accumulate(sizes)]
        for sizes in (
            [len(u.strings) for u in units],
            [len(u.class_type) for u in units],
            [len(u.defined_method) for u in units],
            [len(u.method_type) for u in units],
            [len(u.field_type) for u in units],
        )
    ]
    return tuple(
        Part(
            strings=at[0][n],
            classes=at[1][n],
            defined=at[2][n],
            types=_ended(own.types),
            methods=_ended(methods[at[3][n] : at[3][n + 1]]),
            fields=_ended(fields[at[4][n] : at[4][n + 1]]),
        )
        for n, own in enumerate(owns)
    )


def _ended(ids: Ids) -> Ids:
    """Add the entry that -1 finds."""
    return np.append(ids, np.int32(-1)).astype(np.int32)


def _after(offset: int, strings: Sequence[bytes]) -> Ids:
    """Return the ids of a unit's strings."""
    return np.arange(offset, offset + len(strings), dtype=np.int32)


def _joined(arrays: Sequence[NDArray[Scalar]], dtype: type[Scalar]) -> NDArray[Scalar]:
    """Put arrays one after the other; a single one is not copied."""
    if len(arrays) == 1:
        return arrays[0].astype(dtype, copy=False)
    return np.concatenate(arrays).astype(dtype, copy=False) if arrays else np.empty(0, dtype)


def _starts(arrays: Sequence[Ids]) -> Ids:
    """Put the starts of lists one after the other, as of one list."""
    sizes = [np.diff(one) for one in arrays]
    return np.concatenate([[0], np.cumsum(np.concatenate(sizes or [NONE]))]).astype(np.int32)


def _invocations(both: Units) -> Invocations:
    found = [(u.invocations, p) for u, p in both]
    arguments = [one.arguments for one, _ in found] or [np.empty((0, 5), np.uint16)]
    return Invocations(
        caller=_joined([one.caller + np.int32(p.defined) for one, p in found], np.int32),
        pc=_joined([one.pc for one, _ in found], np.int32),
        call=_joined([one.call for one, _ in found], np.uint8),
        method=_joined([p.methods[one.method] for one, p in found], np.int32),
        count=_joined([one.count for one, _ in found], np.uint8),
        arguments=_joined(arguments, np.uint16),
    )


def _mentions(found: Sequence[tuple[Mentions, int, Ids]]) -> Mentions:
    """Join mentions: each with the offset of its callers and the ids of what is mentioned."""
    return Mentions(
        caller=_joined([one.caller + np.int32(offset) for one, offset, _ in found], np.int32),
        pc=_joined([one.pc for one, _, _ in found], np.int32),
        register=_joined([one.register for one, _, _ in found], np.uint16),
        what=_joined([ids[one.what] for one, _, ids in found], np.int32),
        how=_joined([one.how for one, _, _ in found], np.uint8),
    )


def _constants(both: Units) -> Constants:
    found = [(u.constants, p) for u, p in both]
    return Constants(
        caller=_joined([one.caller + np.int32(p.defined) for one, p in found], np.int32),
        pc=_joined([one.pc for one, _ in found], np.int32),
        register=_joined([one.register for one, _ in found], np.uint16),
        value=_joined([one.value for one, _ in found], np.uint32),
    )


def _field_strings(both: Units) -> Mentions:
    """Join the strings that static fields start with; the place is the field reference."""
    joined = _mentions(
        [(u.field_strings, p.classes, _after(p.strings, u.strings)) for u, p in both]
    )
    return Mentions(
        caller=joined.caller,
        pc=_joined([p.fields[u.field_strings.pc] for u, p in both], np.int32),
        register=joined.register,
        what=joined.what,
        how=joined.how,
    )


def _said(again: Sequence[tuple[str, bytes]]) -> list[Damage]:
    """Say which classes never run, up to a hundred of them."""
    why = "a class of this name was defined before; this one never runs"
    said = [
        Damage(where=f"class {text_of(name)} in {unit}", why=why)
        for unit, name in again[:_MOST_SAID]
    ]
    more = len(again) - _MOST_SAID
    return [*said, Damage(where=f"{more} more classes", why=why)] if more > 0 else said
