"""Reads one DEX file, or each in a container of version 041, into a `Unit`.

Nothing but `UnreadableDexError` leaves this room. What is damaged inside a file is left out and
said; the order of several files in a package is the caller's business.
"""

import numpy as np

from chengnuo.engines.dex.bodies import DexBodies, Methods
from chengnuo.engines.dex.call_sites import read_call_sites
from chengnuo.engines.dex.classes import read_classes
from chengnuo.engines.dex.code import read_code
from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.field_strings import read_field_strings
from chengnuo.engines.dex.header import Header, check_size, header_at, is_container
from chengnuo.engines.dex.limits import ORDINARY, Limits
from chengnuo.engines.dex.members import read_members
from chengnuo.engines.dex.records import RECORDED, Counts, read_records, without_damaged
from chengnuo.engines.dex.source import Source, source_of
from chengnuo.engines.dex.tables import read_tables
from chengnuo.engines.dex.walk import walk
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.unit import Unit


def read_dex(data: bytes, name: str, limits: Limits = ORDINARY) -> tuple[Unit, ...]:
    """Read a DEX file.

    Args:
        data: Its bytes.
        name: Its place in the package, as `classes2.dex`; further files of a container are named
            `classes.dex#1` and so on.
        limits: Bounds on what is read.

    Returns:
        The unit of each DEX file in it, one unless it is a container. Same bytes, same units.

    Raises:
        UnreadableDexError: The runtime would refuse its header, or it is over the limit.

    """
    check_size(name, data, limits)
    source = source_of(data)
    damages = Damages(limits.damages)
    header = header_at(name, data, 0, limits, damages)
    units = [_unit(source, header, name, limits, damages)]
    while is_container(data, 0) and header.end < len(data):
        if len(units) == limits.dex_files:
            raise UnreadableDexError(name, f"it holds more than {limits.dex_files} DEX files")
        damages = Damages(limits.damages)
        header = header_at(name, data, header.end, limits, damages)
        units.append(_unit(source, header, f"{name}#{len(units)}", limits, damages))
    return tuple(units)


def _unit(source: Source, header: Header, name: str, limits: Limits, damages: Damages) -> Unit:
    tables = read_tables(source, header, limits, damages)
    classes = read_classes(source, header, tables, limits, damages)
    members = read_members(source, classes, tables, damages)
    code = read_code(source, members, tables, limits, damages)
    walked = walk(source.units, RECORDED, code.first, code.size)
    sites = read_call_sites(source, header, tables, damages)
    records = read_records(
        source.units,
        walked,
        code,
        Counts(
            strings=tables.string_count,
            types=tables.type_count,
            fields=len(tables.field_type),
            methods=len(tables.method_type),
            protos=tables.proto_count,
        ),
        sites.implementation,
    )
    records = without_damaged(records, len(members.method))

    def place(method: int) -> str:
        return f"code of {tables.method_text(members.method[method])}"

    faulty = code.method[walked.faults >= 0]
    damages.add_each(faulty, place, "it has what is no instruction, or one that does not fit")
    damages.add_each(
        records.damaged, place, "an instruction names an entry that is not in its table"
    )
    size = np.zeros(len(members.method), np.int32)
    size[code.method] = code.size
    size[faulty] = 0
    size[records.damaged] = 0
    first = np.zeros(len(members.method), np.int64)
    first[code.method] = code.first
    access = members.access.astype(np.uint32)
    defined = members.method.astype(np.int32)
    return Unit(
        name=name,
        strings=tables.strings,
        types=tables.types,
        protos=tables.protos,
        method_type=tables.method_type,
        method_name=tables.method_name,
        method_proto=tables.method_proto,
        field_type=tables.field_type,
        field_name=tables.field_name,
        field_of=tables.field_of,
        class_type=classes.type,
        class_super=classes.super,
        class_access=classes.access,
        class_interfaces=classes.interfaces,
        class_interface_starts=classes.interface_starts,
        defined_method=defined,
        defined_class=members.method_class.astype(np.int32),
        defined_access=access,
        defined_has_code=size > 0,
        defined_size=size,
        field_strings=read_field_strings(source, classes, members, tables, damages),
        invocations=records.invocations,
        strings_used=records.strings_used,
        types_named=records.types_named,
        fields_touched=records.fields_touched,
        constants=records.constants,
        bodies=DexBodies(source, tables, sites, Methods(defined, access, first, size)),
        damages=damages.told(),
    )
