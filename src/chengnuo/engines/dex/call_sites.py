"""What `invoke-custom` runs ("call_site_item", "method_handle_item", "map_list").

A call site is an array: handle of the bootstrap method, name, method type, then what the bootstrap
is given. That of lambdas is given the handle of the method that the lambda consists of.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.dex.encoded import METHOD_HANDLE, METHOD_TYPE, call_site_values
from chengnuo.engines.dex.header import Header, Section
from chengnuo.engines.dex.leb import LebError
from chengnuo.engines.dex.source import Source
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.unit import Ids

CALL_SITES: Final = 0x0007
METHOD_HANDLES: Final = 0x0008
INVOKING: Final = (4, 5, 6, 7, 8)
"""Kinds of handles that call a method: static, instance, constructor, direct, interface."""
MOST: Final = 1 << 16
"""Call sites and method handles; instructions name them with 16 bits."""
FIRST_GIVEN: Final = 3
"""Place of the first value that the bootstrap is given."""


@dataclass(frozen=True, slots=True)
class CallSites:
    """Call sites and method handles of one DEX file.

    Attributes:
        implementation: Method that each call site's bootstrap is given a handle of, `(n,)`; -1.
        proto: Prototype of what each call site makes, `(n,)`; -1.
        handle: Method that each method handle calls, `(n,)`; -1 for one of a field.

    """

    implementation: Ids
    proto: Ids
    handle: Ids


def _mapped(source: Source, header: Header, kind: int, item_bytes: int) -> Section:
    """Return the section of a kind that the map lists, as far as it lies in the file."""
    at = header.map_offset
    if not at:
        return Section(0, 0)
    count = min(int.from_bytes(source.data[at : at + 4], "little"), (len(source.data) - at) // 12)
    rows = source.table(at + 4, min(count, (len(source.data) - at - 4) // 12), 3)
    found = rows[(rows[:, 0] & 0xFFFF) == kind]
    if not len(found):
        return Section(0, 0)
    offset = int(found[0, 2])
    room = max(0, len(source.data) - offset) // item_bytes
    return Section(min(int(found[0, 1]), room, MOST), offset)


def _handles(source: Source, header: Header, method_count: int) -> Ids:
    section = _mapped(source, header, METHOD_HANDLES, 8)
    if not section.count:
        return np.zeros(0, np.int32)
    rows = source.table(section.offset, section.count, 2)
    methods = rows[:, 1] & 0xFFFF
    calls = np.isin(rows[:, 0] & 0xFFFF, INVOKING) & (methods < method_count)
    return np.where(calls, methods.astype(np.int64), -1).astype(np.int32)


def read_call_sites(source: Source, header: Header, tables: Tables, damages: Damages) -> CallSites:
    """Return what the call sites run, as far as it is a method given to their bootstrap."""
    handle = _handles(source, header, len(tables.method_type))
    section = _mapped(source, header, CALL_SITES, 4)
    offsets = source.table(section.offset, section.count, 1)[:, 0] if section.count else ()
    found = np.full((section.count, 2), -1, np.int32)
    known: dict[int, tuple[int, int] | None] = {}
    for site, offset in enumerate(map(int, offsets)):
        if offset not in known:
            known[offset] = _site(source.data, offset, handle, tables.proto_count)
        made = known[offset]
        if made is None:
            damages.add(f"call site {site}", "its values cannot be read")
        else:
            found[site] = made
    return CallSites(found[:, 0].copy(), found[:, 1].copy(), handle)


def _site(data: bytes, offset: int, handle: Ids, protos: int) -> tuple[int, int] | None:
    """Return the first method of a handle given to the bootstrap, and the prototype; or -1."""
    method = proto = -1
    try:
        for place, value in enumerate(call_site_values(data, offset)):
            if place == FIRST_GIVEN - 1 and value.kind == METHOD_TYPE and value.number < protos:
                proto = value.number
            elif place >= FIRST_GIVEN and value.kind == METHOD_HANDLE and method < 0:
                method = int(handle[value.number]) if value.number < len(handle) else -1
    except LebError:
        return None
    return method, proto
